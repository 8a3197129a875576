# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which operator is offered which waiting call."""

from __future__ import annotations

from collections.abc import Iterable

from vaxel.domain.call import Call, State
from vaxel.domain.desk import Desk, Presence
from vaxel.domain.routing import EXTERNAL

REST = 5.0
"""Seconds that an operator is left in peace after letting a call ring or declining it, so that others are asked first."""

LOST_REST = 1.0
"""Seconds after which the engine has told whether a telephone that was lost in a call is still registered."""


def free(desks: Iterable[Desk], at: float) -> list[Desk]:
    """Those who can be offered a call now, longest idle first.

    An organisation where nobody has logged on is served by whoever's telephone is registered: better a colleague who did not
    log on than a caller who waits for nobody (AAB-7).
    """
    desks = list(desks)
    able = [
        desk
        for desk in desks
        if not desk.calls and desk.presence is not Presence.PAUSED and desk.reachable and at >= desk.rest_until
    ]
    if any(desk.presence is Presence.OFF for desk in able):
        attended = {home for desk in desks if desk.presence is not Presence.OFF for home in desk.organisations}
        able = [
            desk for desk in able if desk.presence is Presence.READY or not attended.intersection(desk.organisations)
        ]
    return sorted(able, key=lambda desk: desk.idle_since)


def waiting_order(call: Call, at: float) -> tuple[int, float]:
    """External before internal (FAL-16), recalls before both; then who has waited longest.

    An internal call that has waited beyond its limit counts as an external one, and goes before those who came later: nobody starves.
    """
    since = call.waiting_since or call.started
    starved = call.priority > EXTERNAL and at - since >= call.limits.starve
    return EXTERNAL if starved else call.priority, since


def is_unoffered(call: Call) -> bool:
    return call.state is State.WAITING and not call.accepted_by and not call.offered_to


def distribute(waiting: Iterable[Call], desks: Iterable[Desk], at: float) -> list[tuple[Call, Desk]]:
    """Pairs to offer now: each unoffered call to one operator, nobody twice.

    A recalled call goes to the operator who sent it if she is free. One who let the call ring is asked again only after the others.
    """
    unoffered = sorted(filter(is_unoffered, waiting), key=lambda call: waiting_order(call, at))
    available = free(desks, at) if unoffered else []
    pairs: list[tuple[Call, Desk]] = []
    for call in unoffered:
        if not available:
            break
        serving = [desk for desk in available if call.organisation in desk.organisations]
        if serving:
            desk = serving[0]
            if call.recall_for or call.tried:
                desk = min(
                    serving, key=lambda desk: (desk.operator != call.recall_for, call.tried.count(desk.operator))
                )
            available.remove(desk)
            pairs.append((call, desk))
    return pairs
