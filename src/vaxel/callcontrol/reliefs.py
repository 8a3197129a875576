# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who answers for an operator while she is away, and for those who counted on her (TAN-17); what becomes of callers whom she holds."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from vaxel.callcontrol.hub import Refusal
from vaxel.domain import breaks, working_day
from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import Call, State
from vaxel.domain.draft import Refused
from vaxel.domain.words import _
from vaxel.domain.working_day import WorkingDay

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

Handed = tuple[Call, Call, e.HandOver]


def pause(controller: Controller, desk: d.Desk, reason: str, named: str, at: float) -> d.Paused:
    """A break of hers, with relief where the policy of an organisation that she serves wants it. Raises ``Refusal``."""
    successors(controller, desk, at)  # Who counts on her is told before that nobody relieves her.
    days = _days(controller, desk)
    relief = _found(controller, desk, _needing(days, reason), named)
    length = working_day.length(reason, days.values())
    return d.Paused(at=at, reason=reason, relief=relief, back_by=None if length is None else at + length)


def leave(controller: Controller, desk: d.Desk, event: d.Paused | d.LoggedOff, handed: Iterable[Handed] = ()) -> None:
    """She goes away; who counted on her counts on somebody else from then on. Raises ``Refusal`` when there is nobody else.

    ``handed``: calls that are a colleague's from now on, before, after, and by which event. Other callers whom she holds go back to the
    queue; those parked come back by themselves.
    """
    for away, relief in successors(controller, desk, event.at):
        controller.desks.work(away, d.ReliefChanged(at=event.at, relief=relief))
    controller.desks.work(desk, event)
    for before, after, handing in handed:
        controller.commit(before, after, handing)
    for call in held_by(controller, desk):
        controller.apply(call.id, e.HolderLeft(at=time.time(), operator=desk.operator))


def held_by(controller: Controller, desk: d.Desk) -> list[Call]:
    """Calls that she holds."""
    calls = (controller.calls.get(id_) for id_ in desk.calls)
    return [call for call in calls if call is not None and call.state is State.HELD and call.operator == desk.operator]


def successors(controller: Controller, desk: d.Desk, at: float) -> list[tuple[d.Desk, tuple[str, ...]]]:
    """Those who count on her at time ``at``, and on whom they would if she left. Raises ``Refusal`` when there is nobody else."""
    bound = breaks.bound_to(desk.operator, controller.desks, at)
    return [(away, _instead_of(controller, desk, away)) for away in bound]


def _instead_of(controller: Controller, desk: d.Desk, away: d.Desk) -> tuple[str, ...]:
    """The reliefs of ``away`` once ``desk``'s operator is none of them."""
    days = _days(controller, away)
    needing = {home: day for home, day in _needing(days, away.reason).items() if home in desk.organisations}
    try:
        found = _found(controller, desk, needing, "")
    except Refusal as refusal:
        text = _(
            "{clause}: {name} is on a break and counts on you. Wait until she is back, or until another colleague "
            "who serves the same is logged on."
        )
        raise Refusal("forbidden", text, clause=refusal.fields["clause"], name=away.name) from refusal
    others = (operator for operator in away.relief if operator != desk.operator)
    return tuple(dict.fromkeys((*others, *found)))


def _found(controller: Controller, desk: d.Desk, needing: dict[str, WorkingDay], named: str) -> tuple[str, ...]:
    if not needing:
        return ()
    clause = next(iter(needing.values())).relief_clause
    try:
        return breaks.reliefs(desk, controller.desks, tuple(needing), named, clause)
    except Refused as refused:
        raise Refusal.of(refused) from refused


def _days(controller: Controller, desk: d.Desk) -> dict[str, WorkingDay]:
    organisations = controller.snapshot.world.organisations
    return {home: organisations[home].rules.working_day for home in desk.organisations if home in organisations}


def _needing(days: dict[str, WorkingDay], reason: str) -> dict[str, WorkingDay]:
    return {home: day for home, day in days.items() if working_day.needs_relief(reason, day)}
