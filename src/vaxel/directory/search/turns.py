# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One search at a time in a process, and none that nobody waits for any more: keystrokes come faster than answers on a busy day."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

_MOST_KEPT = 4_096


class Turns:
    """A search is work for the processor alone, so that two at once only make both late."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._newest: OrderedDict[str, int] = OrderedDict()
        self._asked = threading.Lock()
        self._searching = threading.Lock()

    @contextmanager
    def turn(self, who: str) -> Iterator[bool]:
        """Waits for its turn; then, whether the search is still wanted: ``who`` hasn't asked for something else meanwhile.

        ``who`` is a box in which somebody types; what is asked for "" is always wanted.
        """
        with self._asked:
            mine = next(self._numbers)
            if who:
                self._newest[who] = mine
                self._newest.move_to_end(who)
                if len(self._newest) > _MOST_KEPT:
                    self._newest.popitem(last=False)
        with self._searching:
            yield not who or self._newest.get(who, mine) == mine
