# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Another time of day for one process: libfaketime lets its wall clock run ahead of everybody else's, and leaves its timers alone."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"

FOR_ITSELF_ALONE = 'import os; os.environ.pop("LD_PRELOAD", None)'
"""Python to be run first: programs that the process starts have the machine's time."""


class Clock:
    """``environment`` is what the process is started with; ``set`` moves its clock on while it runs."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        library = next(iter(sorted(Path("/").glob(LIBRARY.removeprefix("/")))), None)
        if library is None:
            raise RuntimeError("The scripted days need libfaketime: install the package faketime.")
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_NO_CACHE": "1",
        }

    def set(self, moment: datetime) -> None:
        """It is ``moment`` now, for the process; time goes on from there."""
        draft = self._file.with_name(f"clock.{os.getpid()}")
        draft.write_text(f"{moment.timestamp() - time.time():+.3f}\n")
        draft.replace(self._file)
