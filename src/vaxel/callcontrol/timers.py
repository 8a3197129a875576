# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Timers of calls on the event loop. What is to be waited for stands in the call; here it is only armed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from vaxel.domain.call import Call, Timer


class Timers:
    """``fire(call_id, timer)`` is called when a timer is due; one that the call no longer has is never fired."""

    def __init__(self, fire: Callable[[str, Timer], None]) -> None:
        self._fire = fire
        self._armed: dict[str, dict[Timer, asyncio.TimerHandle]] = {}

    def follow(self, call: Call) -> None:
        """Arm and disarm so that exactly the call's timers are armed."""
        armed = self._armed.get(call.id)
        if not call.timers and not armed:
            return
        armed = self._armed.setdefault(call.id, {})
        for timer in [timer for timer in armed if timer not in call.timers]:
            armed.pop(timer).cancel()
        for timer in call.timers:
            if timer not in armed:
                delay = max(0.0, timer.due - time.time())
                armed[timer] = asyncio.get_running_loop().call_later(delay, self._due, call.id, timer)
        if not armed:
            del self._armed[call.id]

    def _due(self, call: str, timer: Timer) -> None:
        armed = self._armed.get(call, {})
        if armed.pop(timer, None) is not None:
            self._fire(call, timer)

    def forget(self) -> None:
        for armed in self._armed.values():
            for handle in armed.values():
                handle.cancel()
        self._armed = {}
