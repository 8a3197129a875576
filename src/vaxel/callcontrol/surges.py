# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reinforcement (FAL-18): who is trained and not at work for the organisation is asked, on the console and by telephone; who comes serves.

That a surge is on stands in the desk of whoever called it, that somebody has come in hers: so a restarted controller knows both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from vaxel.callcontrol.hub import Refusal
from vaxel.callcontrol.views import View
from vaxel.domain import desk as d
from vaxel.domain.call import Call, State
from vaxel.domain.plan import Announce, HangUp, Menu, Option, PartyKind, ReasonCode
from vaxel.domain.words import _

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

COME = "come"
JOINED = Announce(prompts=("surge-joined",), then=HangUp(told=True), why="She comes to the switchboard's help.")
ASKED = Menu(
    prompts=("surge-asked", f"option:{COME}:1"),
    options=(Option(digit="1", code=COME, then=JOINED),),
    otherwise=HangUp(told=True),
    why="The switchboard needs reinforcement.",
)
"""What a telephone that is rung for help hears."""
NOT_ASKED = Announce(prompts=("not-possible",), then=HangUp(told=True), why="No switchboard has asked for her.")


class Surges:
    """``ring(operator, phone)`` rings a telephone, which then is as if it had dialled the code of one who comes."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._declined: set[tuple[str, str, float]] = set()
        self.ring: Callable[[str, str, str], None] = lambda operator, phone, organisation: None

    def of(self, organisation: str) -> tuple[d.Desk, d.Surge] | None:
        """Who has called it, and since when."""
        for desk in self._controller.desks:
            for surge in desk.surges:
                if surge.organisation == organisation:
                    return desk, surge
        return None

    def view(self, organisation: str) -> View | None:
        found = self.of(organisation)
        if found is None:
            return None
        caller, surge = found
        joined = [desk.operator for desk in self._controller.desks if organisation in desk.reinforces]
        asked = [desk.operator for desk in self._trained(organisation) if self._is_asked(desk, surge)]
        return {"since": surge.since, "by": caller.operator, "asked": asked, "joined": joined}

    def asked(self, operator: str) -> list[View]:
        """The surges to which she is called and has not come, nor said no."""
        desk = self._controller.desks.get(operator)
        if desk is None:
            return []
        world = self._controller.snapshot.world
        return [
            {
                "organisation": surge.organisation,
                "name": world.organisations[surge.organisation].name,
                "since": surge.since,
            }
            for caller in self._controller.desks
            for surge in caller.surges
            if caller.operator != operator
            and surge.organisation in world.organisations
            and self.is_trained(desk, surge.organisation)
            and self._is_asked(desk, surge)
        ]

    def is_trained(self, desk: d.Desk, organisation: str) -> bool:
        operator = self._controller.snapshot.world.operators.get(desk.operator)
        return operator is not None and organisation in (*operator.organisations, *operator.reserve_for)

    def _trained(self, organisation: str) -> Iterator[d.Desk]:
        return (desk for desk in self._controller.desks if self.is_trained(desk, organisation))

    def _is_asked(self, desk: d.Desk, surge: d.Surge) -> bool:
        serves = desk.presence is d.Presence.READY and surge.organisation in desk.organisations
        return not serves and (desk.operator, surge.organisation, surge.since) not in self._declined

    # ── what is asked for ───────────────────────────────────────────────────────────────────────────────────────────

    def call(self, desk: d.Desk, organisation: str) -> None:
        """Ask everybody who can help. Raises ``Refusal``."""
        if self.of(organisation) is not None:
            raise Refusal("illegal", _("Reinforcement is called for already."))
        self._controller.desks.work(desk, d.SurgeCalled(at=time.time(), organisation=organisation))
        self._show(organisation)
        for other in self._trained(organisation):
            if other.operator != desk.operator and self._can_be_rung(other):
                self.ring(other.operator, other.phone, organisation)

    @staticmethod
    def _can_be_rung(desk: d.Desk) -> bool:
        """Off duty or in a break, at a telephone that isn't in use. Who is at work sees it on the console."""
        at_work = desk.presence is d.Presence.READY
        return not at_work and desk.registered and not desk.calls and not desk.line and not desk.line_calling

    def end(self, desk: d.Desk, organisation: str) -> None:
        """Those who have come are released. Raises ``Refusal``."""
        found = self.of(organisation)
        if found is None:
            raise Refusal("illegal", _("No reinforcement is called for."))
        caller, _surge = found
        at, desks = time.time(), self._controller.desks
        by = "" if caller.operator == desk.operator else desk.operator
        desks.work(caller, d.SurgeEnded(at=at, organisation=organisation, by=by))
        for helper in desks:
            if organisation in helper.reinforces:
                desks.work(helper, d.Reinforcing(at=at, organisation=organisation, on=False))
        self._declined = {declined for declined in self._declined if declined[1] != organisation}
        self._show(organisation)

    def join(self, desk: d.Desk, organisation: str) -> None:
        """She comes: logs on if she isn't, and serves. Raises ``Refusal``."""
        self._must_be_asked(desk, organisation)
        if not desk.reachable:
            raise Refusal("unavailable", _("Your telephone is not registered: start it, or choose another."))
        at, desks = time.time(), self._controller.desks
        if desk.presence is not d.Presence.READY:
            desks.work(desk, d.LoggedOn(at=at, phone=desk.phone))
        if organisation not in desks[desk.operator].organisations:
            desks.work(desks[desk.operator], d.Reinforcing(at=at, organisation=organisation, on=True))
        self._show(organisation)

    def decline(self, desk: d.Desk, organisation: str) -> None:
        """She can't come. Raises ``Refusal``."""
        _caller, surge = self._must_be_asked(desk, organisation)
        self._declined.add((desk.operator, organisation, surge.since))
        self._show(organisation)

    def _must_be_asked(self, desk: d.Desk, organisation: str) -> tuple[d.Desk, d.Surge]:
        found = self.of(organisation)
        if found is None or not self.is_trained(desk, organisation):
            raise Refusal("illegal", _("You are not asked to help there."))
        return found

    def _show(self, organisation: str) -> None:
        self._controller.show_organisation(organisation)
        for desk in self._trained(organisation):
            self._controller.desks.show(desk)

    # ── by telephone ────────────────────────────────────────────────────────────────────────────────────────────────

    def follow(self, before: Call | None, after: Call) -> None:
        """She has pressed the key by which she comes. Only once her telephone is free again can it ring for a caller."""
        over = after.state is State.ENDED and (before is None or before.state is not State.ENDED)
        if not over or after.reason.code is not ReasonCode.FEATURE_CODE or after.caller.kind is not PartyKind.OPERATOR:
            return
        if any(fact.code == "chose" and fact.cause == COME for fact in after.facts):
            for surge in self.asked(after.caller.id):
                try:
                    self.join(self._controller.desks[after.caller.id], surge["organisation"])
                except Refusal:
                    # Her telephone has gone meanwhile: she stays asked.
                    return
