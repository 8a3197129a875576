# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compiled catalogues of translations: made when a process starts and finds them older than their source."""

from __future__ import annotations

import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def sources() -> list[Path]:
    """The catalogues as translators write them. None in an installed package, which has only their compiled form."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compile_stale() -> None:
    """Compile the catalogues that are newer than their compiled form, where that may be written.

    Several processes may start at once: each replaces the file in one step.
    """
    for source in sources():
        if not is_compiled(source) and os.access(source.parent, os.W_OK):
            _compile(source, source.with_suffix(".mo"))


def is_compiled(source: Path) -> bool:
    """Whether the compiled form of the catalogue ``source`` is there and not older."""
    target = source.with_suffix(".mo")
    return target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _compile(source: Path, target: Path) -> None:
    # Imported only when there is something to compile: it takes as long as all else that a short command does.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    draft = target.with_suffix(f".{os.getpid()}")
    with source.open("rb") as text, draft.open("wb") as compiled:
        write_mo(compiled, read_po(text))
    draft.replace(target)
