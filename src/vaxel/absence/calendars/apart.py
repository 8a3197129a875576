# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading in a process of its own, which is ended when it takes too long: then nothing of that calendar is known."""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from multiprocessing import get_context

from vaxel.absence.calendars.reading import Reading, read

SECONDS = 15.0
"""For one calendar."""
STARTING = 60.0
"""For the process to come up, which on a busy computer takes longer than any calendar."""


class Unread(Exception):
    """It took too long, or ended the process that read it."""


class Reader:
    """One process at a time, kept for many calendars."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool: ProcessPoolExecutor | None = None

    def read(self, files: list[bytes], time_zone: str, start: datetime, end: datetime) -> Reading:
        """As ``reading.read``. Raises ``Unread`` as well."""
        try:
            if self._pool is None:
                # Not forked: this process has threads and a database connection.
                self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_leave_signals)
                self._pool.submit(_started).result(timeout=STARTING)
            return self._pool.submit(read, files, time_zone, start, end).result(timeout=self._seconds)
        except (TookTooLong, BrokenProcessPool) as error:
            self.close()
            raise Unread from error

    def close(self) -> None:
        """End the process, whatever it is doing."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((getattr(pool, "_processes", None) or {}).values()):
                process.kill()
            pool.shutdown(wait=True, cancel_futures=True)


def _started() -> None:
    """Nothing: whoever waits for it knows that the process is up, with all that it imports."""


def _leave_signals() -> None:
    # Ctrl-C at the terminal reaches the whole group; the parent decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
