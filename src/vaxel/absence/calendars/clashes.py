# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Meetings in somebody's own telephone hours, which should be kept free of them (GNO-10): told to the manager."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from vaxel.absence.calendars.models import BusyTime
from vaxel.directory import current
from vaxel.directory.models import Organisation, Person
from vaxel.domain import routing

AHEAD = timedelta(days=14)
MOST = 500


class Clash(Struct, frozen=True):
    """``person`` is busy from ``start`` to ``end``, within the telephone hours of ``whose``."""

    person: Person
    whose: str
    start: datetime
    end: datetime


def clashes(organisation: Organisation, now: datetime) -> list[Clash]:
    """In the coming fortnight, soonest first. Only hours that are narrower than the switchboard's: a person's own, or her unit's."""
    world = current.recent()
    home = world.organisations.get(organisation.pk)
    if home is None:
        return []
    busy = BusyTime.objects.filter(
        calendar__person__organisation=organisation, end__gt=now, start__lt=now + AHEAD
    ).select_related("calendar__person__unit", "calendar__person__organisation")
    found: list[Clash] = []
    for one in busy.order_by("start")[: MOST * 10]:
        person = one.calendar.person
        known = world.people.get(person.key)
        schedule = routing.schedule_of(known, world) if known else ""
        table = world.timetable(schedule, home.id) if schedule else None
        if known is None or table is None:
            continue
        whose = person.name if known.schedule else known.unit
        for opens, closes in table.openings(one.start.timestamp(), one.end.timestamp()):
            start, end = max(one.start, _moment(opens)), min(one.end, _moment(closes))
            if start < end:
                found.append(Clash(person, whose, start, end))
    return found[:MOST]


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
