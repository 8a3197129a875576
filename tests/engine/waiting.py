# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waiting for events in tests: a list that can be waited on, and files and states that have no event of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

Event = dict[str, Any]
Found = TypeVar("Found")


class Events:
    """What has happened so far. Filled by one thread, waited on by another."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._changed = threading.Condition()

    def add(self, event: Event) -> None:
        with self._changed:
            self._events.append(event)
            self._changed.notify_all()

    def all(self) -> list[Event]:
        with self._changed:
            return list(self._events)

    def count(self) -> int:
        """To wait later only for what comes after now."""
        with self._changed:
            return len(self._events)

    def wait(self, wanted: Callable[[Event], bool], timeout: float = 20.0, since: int = 0) -> Event:
        """The first wanted event after the first ``since``. Raises :class:`TimeoutError` with what came instead."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                for event in self._events[since:]:
                    if wanted(event):
                        return event
                left = deadline - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    raise TimeoutError(
                        f"not within {timeout} s; came: {[(event.get('type'), event.get('param')) for event in self._events[since:]]}"
                    )


def until(ask: Callable[[], Found | None], timeout: float = 20.0, what: str = "it", every: float = 0.02) -> Found:
    """For states that nobody announces, as a file that appears: ask until the answer is true. ``every``: seconds between two looks."""
    deadline = time.monotonic() + timeout
    while not (found := ask()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come about within {timeout} s")
        time.sleep(every)
    return found
