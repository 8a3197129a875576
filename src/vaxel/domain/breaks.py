# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who answers while an operator has a break (TAN-17)."""

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
    there = [other for other in others if other.operator != desk.operator and _attends(other)]
    if named:
        chosen = next((other for other in there if other.operator == named), None)
        if chosen is None or not set(organisations) <= set(chosen.organisations):
            text = _("{clause}: the relief must be logged on and serve the same organisations.")
            raise Refused("forbidden", text, clause=clause)
        return (named,)
    found: list[str] = []
    left = set(organisations)
    while left:
        best = max(there, key=lambda other: len(left.intersection(other.organisations)), default=None)
        if best is None or not left.intersection(best.organisations):
            text = _("{clause}: no colleague is logged on who could relieve you.")
            raise Refused("forbidden", text, clause=clause)
        found.append(best.operator)
        left -= set(best.organisations)
    return tuple(found)


def _attends(desk: Desk) -> bool:
    return desk.presence is Presence.READY and desk.reachable


def relieved_by(operator: str, desks: Iterable[Desk]) -> tuple[str, ...]:
    """Those who are away now and count on ``operator``."""
    return tuple(desk.operator for desk in desks if desk.presence is Presence.PAUSED and operator in desk.relief)
