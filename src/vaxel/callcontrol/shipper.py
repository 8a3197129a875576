# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Journal entries to the database, in order, from a thread of its own: calls never wait for the database.

While the database is away entries gather here; they are on local disk as well (``spool``), so a crash loses nothing.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence

import structlog

from vaxel.domain.journal import Entry

log = structlog.get_logger()

BATCH = 500
RETRY_SECONDS = 1.0
GATHER_SECONDS = 0.2
"""Pause between two batches that are not full: under load a call's row is then written once for many of its events."""


class Shipper:
    """``ship`` writes a batch or raises; ``done(segment)`` hears that everything up to that spool segment is in the database."""

    def __init__(self, ship: Callable[[Sequence[Entry]], None], done: Callable[[int], None]) -> None:
        self._ship = ship
        self._done = done
        self._queue: queue.SimpleQueue[tuple[int, Entry] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="journal-shipper", daemon=True)
        self._stopping = threading.Event()
        self.waiting = 0
        """Entries not yet in the database."""
        self.failing_since: float | None = None

    def start(self) -> None:
        self._thread.start()

    def put(self, segment: int, entry: Entry) -> None:
        self.waiting += 1
        self._queue.put((segment, entry))

    def stop(self, seconds: float) -> None:
        """Ship what is left, for at most ``seconds``."""
        self._stopping.set()
        self._queue.put(None)
        self._thread.join(seconds)

    def _run(self) -> None:
        while True:
            batch = self._take()
            if batch:
                self._deliver([entry for _, entry in batch])
                self.waiting -= len(batch)
                self._tell(batch[-1][0])
            elif self._stopping.is_set():
                return
            if len(batch) < BATCH:
                self._stopping.wait(GATHER_SECONDS)

    def _tell(self, segment: int) -> None:
        try:
            self._done(segment)
        except OSError as error:
            # What is shipped is shipped; the segment is removed with the next one. This thread must go on.
            log.warning("journal segment not removed from disk", error=str(error))

    def _take(self) -> list[tuple[int, Entry]]:
        batch: list[tuple[int, Entry]] = []
        item = self._queue.get()
        while item is not None:
            batch.append(item)
            if len(batch) >= BATCH:
                break
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                break
        return batch

    def _deliver(self, entries: list[Entry]) -> None:
        while True:
            try:
                self._ship(entries)
            except Exception as error:
                if self.failing_since is None:
                    self.failing_since = time.time()
                    log.warning(
                        "journal not shipped, the database is away", error=type(error).__name__, waiting=self.waiting
                    )
                if self._stopping.wait(RETRY_SECONDS):
                    return
            else:
                if self.failing_since is not None:
                    log.info("journal shipped again", seconds=round(time.time() - self.failing_since))
                    self.failing_since = None
                return
