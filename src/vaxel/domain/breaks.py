# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who answers while an operator has a break (TAN-17).

One may relieve several colleagues at once, as long as she serves the organisations of each: the clause wants somebody who answers, not
somebody for each. Who relieves fewest is found first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from vaxel.domain.desk import Desk, Presence
from vaxel.domain.draft import Refused
from vaxel.domain.words import _


def reliefs(
    desk: Desk, others: Iterable[Desk], organisations: Collection[str], named: str = "", clause: str = ""
) -> tuple[str, ...]:
    """Who answers for ``organisations`` while ``desk``'s operator is away: ``named`` if she can, else as few as can.

    Raises ``Refused`` (``forbidden``) when an organisation would be left without anybody.
    """
    everybody = list(others)
    there = [other for other in everybody if other.operator != desk.operator and attends(other)]
    if named:
        chosen = next((other for other in there if other.operator == named), None)
        if chosen is None or not set(organisations) <= set(chosen.organisations):
            text = _("{clause}: the relief must be logged on and serve the same organisations.")
            raise Refused("forbidden", text, clause=clause)
        return (named,)
    busy = {other.operator: len(relieved_by(other.operator, everybody)) for other in there}
    found: list[str] = []
    left = set(organisations)
    while left:
        best = max(
            there,
            key=lambda other: (len(left.intersection(other.organisations)), -busy[other.operator]),
            default=None,
        )
        if best is None or not left.intersection(best.organisations):
            text = _("{clause}: no colleague is logged on who could relieve you.")
            raise Refused("forbidden", text, clause=clause)
        found.append(best.operator)
        left -= set(best.organisations)
    return tuple(found)


def attends(desk: Desk) -> bool:
    """Whether calls come to her, and her telephone is reached."""
    return desk.presence is Presence.READY and desk.reachable


def relieved_by(operator: str, desks: Iterable[Desk]) -> tuple[Desk, ...]:
    """Those who are away now and count on ``operator``."""
    return tuple(desk for desk in desks if desk.presence is Presence.PAUSED and operator in desk.relief)


def bound_to(operator: str, desks: Iterable[Desk], at: float) -> tuple[Desk, ...]:
    """Those for whom ``operator`` must stay at time ``at``: who should have been back by now has had her break."""
    away = relieved_by(operator, desks)
    return tuple(desk for desk in away if desk.back_by is None or at < desk.back_by)


def missing(desk: Desk, others: Iterable[Desk]) -> tuple[str, ...]:
    """Those who were to answer for ``desk``'s operator and can't: no longer ready, without a telephone, or serving somebody else now."""
    if not desk.relief:
        return ()
    there = {
        other.operator for other in others if attends(other) and set(other.organisations) & set(desk.organisations)
    }
    return tuple(operator for operator in desk.relief if operator not in there)
