# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sign of life of a part that listens nowhere: a file with its process id, written anew each time that it got something done."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

LONGEST_SILENCE = 600.0
"""Seconds. Longer than any single piece of the worker's work may take."""


class Heart:
    """``VAR/run/PART``. The part itself calls ``beat`` and ``stop``; whoever wants to know asks ``beats``."""

    def __init__(self, var: Path, part: str) -> None:
        self.path = var / "run" / part

    def beat(self) -> None:
        """It works, with all that it needs."""
        # On a full disk the work matters more than the sign of it.
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft = self.path.with_suffix(f".{os.getpid()}")
            draft.write_text(f"{os.getpid()}\n")
            draft.replace(self.path)

    def stop(self) -> None:
        """It ends, or can't work at present."""
        self.path.unlink(missing_ok=True)

    def beats(self) -> bool:
        """Whether it is at work. What a killed process left behind doesn't count."""
        try:
            age = time.time() - self.path.stat().st_mtime
            process = int(self.path.read_text())
        except (OSError, ValueError):
            return False
        return age < LONGEST_SILENCE and Path(f"/proc/{process}").exists()
