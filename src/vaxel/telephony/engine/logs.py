# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's logs, kept from filling the disk: strangers who knock at the SIP port write lines in them."""

from __future__ import annotations

from pathlib import Path

from vaxel.site.config import Config
from vaxel.telephony.engine import control
from vaxel.telephony.engine.places import places

LARGEST = 20_000_000
"""Bytes of one log before a new one is begun."""
KEPT = 4
"""Old ones of each log."""

NAMES = ("messages", "security")


def rotate_logs(config: Config, largest: int = LARGEST) -> bool:
    """Begin new logs when one has grown beyond ``largest`` bytes, and remove the oldest. True when it did.

    Cheap when there is nothing to do. Raises :class:`~vaxel.telephony.engine.errors.CommandError` when the engine hangs.
    """
    folder = places(config).log
    if not any(_size(folder / name) > largest for name in NAMES) or control.process(config) is None:
        return False
    control.command(config, "logger rotate")
    for name in NAMES:
        for old in folder.glob(f"{name}.*"):
            number = old.name.removeprefix(f"{name}.")
            if number.isdigit() and int(number) >= KEPT:
                old.unlink(missing_ok=True)
    return True


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
