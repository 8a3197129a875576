# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operators' open lines: their telephones, connected between calls, so that accepting a call only bridges."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaxel.domain import desk as d
from vaxel.domain.plan import Cause

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

REOPEN_SECONDS = 2.0


class Lines:
    """``dial(channel, endpoint)`` and ``hang_up(channel)`` tell the engine. A line's channel is ``NODE-line-OPERATOR-MILLISECONDS``."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self.dial: Callable[[str, str], None] = lambda channel, endpoint: None
        self.hang_up: Callable[[str], None] = lambda channel: None
        self._again: dict[str, asyncio.TimerHandle] = {}

    def follow(self, desk: d.Desk) -> None:
        """Open or close the line as the operator wants it."""
        if desk.line_wanted and not desk.line and not desk.line_calling and desk.registered:
            channel = f"{self._controller.node}-line-{desk.operator}-{time.time_ns() // 1_000_000}"
            self._controller.desks.put(replace(desk, line_calling=channel))
            self.dial(channel, f"PJSIP/{desk.phone}")
        elif not desk.line_wanted and (desk.line or desk.line_calling) and not self._in_call(desk):
            self.hang_up(desk.line or desk.line_calling)

    def _in_call(self, desk: d.Desk) -> bool:
        return any(
            self._controller.calls[id_].operator == desk.operator for id_ in desk.calls if id_ in self._controller.calls
        )

    def up(self, channel: str) -> bool:
        """The telephone has answered; False when the channel is nobody's line."""
        desk = self._of(channel)
        if desk is None:
            return False
        self._controller.desks.put(replace(desk, line=channel, line_calling=""))
        self._controller.offers.look()
        return True

    def down(self, channel: str, cause: Cause) -> None:
        """The line has ended. One that broke is opened again; one that she hung up stays closed."""
        desk = self._of(channel)
        if desk is None:
            return
        wanted = desk.line_wanted and cause is not Cause.HANGUP
        self._controller.desks.put(replace(desk, line="", line_calling="", line_wanted=wanted))
        if wanted:
            self._later(desk.operator)

    def renew(self, channel: str) -> None:
        """The telephone ends its call when it is told that a transfer is done: open the line again."""
        desk = self._of(channel)
        if desk is not None:
            self._controller.desks.put(replace(desk, line="", line_calling=""))
            self._later(desk.operator)

    def failed(self, channel: str) -> None:
        self.down(channel, Cause.FAILED)

    def _later(self, operator: str) -> None:
        loop = asyncio.get_running_loop()
        self._again[operator] = loop.call_later(REOPEN_SECONDS, lambda: self.follow(self._controller.desks[operator]))

    def _of(self, channel: str) -> d.Desk | None:
        parts = channel.split("-")
        desk = self._controller.desks.get(parts[2]) if len(parts) == 4 and parts[1] == "line" else None
        return desk if desk is not None and channel in (desk.line, desk.line_calling) else None

    def stop(self) -> None:
        for handle in self._again.values():
            handle.cancel()
