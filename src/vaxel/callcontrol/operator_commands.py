# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operators' commands: checked, made into events, decided at once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from vaxel.callcontrol import arrivals, desk_commands, metrics, supervision, whom
from vaxel.callcontrol.hub import Refusal
from vaxel.callcontrol.requests import REQUESTS
from vaxel.callcontrol.views import call_view
from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import Call
from vaxel.domain.draft import Refused
from vaxel.domain.lifecycle import IllegalEvent, receive
from vaxel.domain.words import _

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

NO_TELEPHONE = _("Your telephone is not registered: start it, or choose another.")
MOST_HOLDS = 50
"""Times that one call can be held: each makes its story, which every console is sent at every change, longer still."""
NEED_TELEPHONE = ("answer", "resume", "fetch", "return")

Frame = dict[str, Any]


class OperatorCommands:
    """What operators ask for, by console or REST (``docs/live-hub.md``)."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._dialled = 0

    def do(self, operator: str, frame: Frame) -> Frame:
        """Do what an operator asks. Raises ``Refusal``."""
        try:
            return self._decide(operator, frame)
        except Refusal as refusal:
            metrics.REFUSED.labels(refusal.code).inc()
            raise

    def _decide(self, operator: str, frame: Frame) -> Frame:
        desk = self._controller.desks.get(operator)
        if desk is None:
            raise Refusal("forbidden", _("You are not an operator here."))
        do = frame.get("do")
        if not isinstance(do, str):
            raise Refusal("invalid", _("There is no command “{do}”."), do=str(do)[:40])
        if do == "ping":
            return {"at": time.time()}
        if do == "dial":
            return self._dial(desk, frame)
        if do in desk_commands.COMMANDS:
            return desk_commands.do(self._controller, desk, do, frame)
        if do in supervision.COMMANDS:
            return supervision.do(self._controller, desk, do, frame)
        if do not in REQUESTS and do not in supervision.CALL_COMMANDS:
            raise Refusal("invalid", _("There is no command “{do}”."), do=do[:40])
        return self._with_call(desk, do, frame, self._call(desk, frame))

    def _call(self, desk: d.Desk, frame: Frame) -> Call:
        call = self._controller.calls.get(str(frame.get("call")))
        hers = call is not None and (call.organisation in desk.organisations or call.id in desk.calls)
        if call is None or not (hers or call.organisation in desk.supervises):
            raise Refusal("not_found", _("There is no such call now: it may have ended."))
        return call

    def _with_call(self, desk: d.Desk, do: str, frame: Frame, call: Call) -> Frame:
        self._must_be_connected()
        if do in NEED_TELEPHONE or do in supervision.NEED_TELEPHONE:
            if not desk.reachable:
                raise Refusal("unavailable", NO_TELEPHONE)
            self._must_be_free(desk, but=call.id)
        if do in supervision.CALL_COMMANDS:
            return {
                "call": call_view(self._request(call, supervision.call_event(self._controller, desk, do, frame, call)))
            }
        if do == "hold" and sum(fact.code == "held" for fact in call.facts) >= MOST_HOLDS:
            raise Refusal("illegal", _("This call has been held so often that it can't be held again."))
        seat = self._controller.desks.seat(desk)
        event = REQUESTS[do](time.time(), seat, frame, call, self._controller.snapshot.world)
        return {"call": call_view(self._request(call, event))}

    def _request(self, before: Call, event: e.CallEvent) -> Call:
        try:
            after = receive(before, event)
        except Refused as refused:
            raise Refusal.of(refused) from refused
        except IllegalEvent as illegal:
            text = _("That can't be done now. The state of the call: {state}.")
            raise Refusal("illegal", text, before.operator_name, state=before.state) from illegal
        self._controller.commit(before, after, event)
        return after

    def _must_be_connected(self) -> None:
        if not self._controller.connected:
            raise Refusal("unavailable", _("The telephone engine is not reached just now; try again in a moment."))

    def _must_be_free(self, desk: d.Desk, but: str = "") -> None:
        """One telephone, one call at a time: an open line in two of them would be held by both, and by neither let go."""
        for id_ in desk.calls:
            call = self._controller.calls.get(id_)
            if call is not None and id_ != but and _occupies(call, desk.operator):
                raise Refusal("busy", _("You are in another call: end it, hold it or pass it on first."))

    def _dial(self, desk: d.Desk, frame: Frame) -> Frame:
        self._must_be_connected()
        world = self._controller.snapshot.world
        organisation = str(frame.get("organisation") or next(iter(desk.organisations), ""))
        if organisation not in desk.organisations:
            raise Refusal("forbidden", _("You don't serve this organisation."))
        to, mobile = str(frame.get("to") or ""), frame.get("mobile") is True
        found = whom.asked_for(desk.operator, to, organisation, world, mobile=mobile)
        if not desk.reachable:
            raise Refusal("unavailable", NO_TELEPHONE)
        self._must_be_free(desk)
        at = time.time()
        self._dialled += 1
        home = world.organisations[organisation]
        event = e.Dialled(
            at=at,
            call=f"{self._controller.node}-{int(at)}.{self._dialled}o",
            organisation=organisation,
            language=home.language,
            seat=self._controller.desks.seat(desk),
            target=found[0],
            limits=arrivals.limits(home),
            shown_number=home.main_number,
        )
        metrics.CALLS.labels(organisation, "out").inc()
        return {"call": call_view(self._controller.start(event))}


def _occupies(call: Call, operator: str) -> bool:
    """Whether her telephone is being connected to the call, talks in it or hears something in it. On hold it is free."""
    hers = (leg for leg in call.operator_legs if leg.party.id == operator)
    listens = any(leg.party.id == operator for leg in call.listeners)
    return (
        listens
        or call.accepted_by == operator
        or any(leg.up and (leg.talking or leg.media is not None) for leg in hers)
    )
