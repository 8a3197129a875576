# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a chain of referrals leads: to refuse one that comes back to where it began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from vaxel.absence.models import Absence, Refer
from vaxel.directory.models import Group, Person

LONGEST_CHAIN = 50


def ring(person: Person, to: Person | Group, start: datetime, end: datetime | None) -> list[str]:
    """The names on the way from ``person`` through ``to`` back to ``person``, if referrals of that time lead there; else none.

    A colleague refers on while absent herself, a group by its overflow.
    """
    ways: list[list[Person | Group]] = [[to]]
    seen = {to.key}
    while ways:
        way = ways.pop(0)
        for following in _following(way[-1], start, end):
            if following.key == person.key:
                return [person.name, *(step.name for step in way), person.name]
            if following.key not in seen and len(way) < LONGEST_CHAIN:
                seen.add(following.key)
                ways.append([*way, following])
    return []


def _following(at: Person | Group, start: datetime, end: datetime | None) -> Iterator[Person | Group]:
    if isinstance(at, Group):
        for overflow in (at.overflow_group, at.overflow_person):
            if overflow is not None:
                yield overflow
        return
    overlapping = Q(ended=None) & (Q(end=None) | Q(end__gt=start))
    if end is not None:
        overlapping &= Q(start__lt=end)
    found = Absence.objects.filter(overlapping, person=at, refer__in=(Refer.COLLEAGUE, Refer.GROUP))
    for absence in found.select_related("refer_person", "refer_group"):
        following = absence.refer_person or absence.refer_group
        if following is not None:
            yield following
    if at.last_day is not None and at.successor is not None:
        yield at.successor
