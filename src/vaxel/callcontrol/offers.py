# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waiting calls are offered to operators, and those who let one pass are left in peace for a while."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaxel.domain import events as e
from vaxel.domain.call import Call, State
from vaxel.domain.plan import Cause, ReasonCode
from vaxel.domain.queueing import LOST_REST, REST, distribute

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller


class Offers:
    """``waiting`` are the calls that wait for an operator, by id."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._distributing: asyncio.TimerHandle | None = None
        self.waiting: set[str] = set()

    def keep(self, call: Call) -> None:
        if call.state is State.WAITING:
            self.waiting.add(call.id)
        else:
            self.waiting.discard(call.id)

    def follow(self, before: Call | None, after: Call, event: e.CallEvent | None) -> None:
        """Let rest whom this event shows to need it."""
        if before is None:
            return
        if isinstance(event, e.LegEnded | e.TimerFired) and after.tried != before.tried and after.tried:
            self._rest(after.tried[-1], event)
        if before.operator and after.state is State.WAITING and not after.operator:
            self._rest_if_lost(before.operator, after)

    def _rest(self, operator: str, event: e.LegEnded | e.TimerFired) -> None:
        """She let it ring, or declined: others first."""
        desks = self._controller.desks
        desk = desks.get(operator)
        if desk is None:
            return
        if isinstance(event, e.LegEnded) and event.cause is Cause.UNREGISTERED:
            desk = desks.unreachable(desk)
        desks.put(replace(desk, rest_until=event.at + REST))
        asyncio.get_running_loop().call_later(REST, self.look)

    def _rest_if_lost(self, operator: str, call: Call) -> None:
        """Her telephone went away in the middle of the call: to ring it before it is back would be to ring nobody."""
        desk = self._controller.desks.get(operator)
        if desk is not None and call.reason.code is ReasonCode.OPERATOR_LOST:
            self._controller.desks.put(replace(desk, rest_until=call.since + LOST_REST))
            asyncio.get_running_loop().call_later(LOST_REST, self.look)

    def look(self) -> None:
        """Distribute waiting calls once the present event has been dealt with."""
        if self._distributing is None and self.waiting:
            self._distributing = asyncio.get_running_loop().call_later(0, self._distribute)

    def _distribute(self) -> None:
        self._distributing = None
        controller = self._controller
        if not controller.connected:
            return
        at = time.time()
        waiting = [controller.calls[id_] for id_ in self.waiting]
        for call, desk in distribute(waiting, controller.desks, at):
            controller.apply(call.id, e.Offered(at=at, seat=controller.desks.seat(desk)))
        attended = {home for desk in controller.desks if desk.reachable for home in desk.organisations}
        for call in waiting:
            if call.organisation not in attended and not call.unattended and call.id in self.waiting:
                controller.apply(call.id, e.Unattended(at=at))
