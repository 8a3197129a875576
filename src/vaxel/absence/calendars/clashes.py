# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Meetings, breaks and the like in somebody's own telephone hours, which should be kept free of them (GNO-10): told to the manager.

They come from calendars, and from absences that were entered on the web, by telephone or by others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from vaxel.absence.calendars.models import BusyTime
from vaxel.absence.models import Absence, Reason, Via, not_over
from vaxel.directory import current
from vaxel.directory.models import Organisation, Person
from vaxel.domain import routing
from vaxel.domain.rules import Topic
from vaxel.domain.world import World

IN_THE_WAY = (Reason.MEETING, Reason.LUNCH, Reason.ERRAND, Reason.BUSY)
"""Absences that can be put elsewhere. Nobody chooses when she is ill."""
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
    until = now + AHEAD
    found = [
        clash
        for person, start, end in (*_busy(organisation, now, until), *_away(organisation, now, until))
        for clash in of(person, start, end, world)
    ]
    return sorted(found, key=lambda clash: (clash.start, clash.person.pk))[:MOST]


Times = Iterator[tuple[Person, datetime, datetime]]


def _busy(organisation: Organisation, now: datetime, until: datetime) -> Times:
    busy = BusyTime.objects.filter(calendar__person__organisation=organisation, end__gt=now, start__lt=until)
    rows = busy.select_related("calendar__person__unit", "calendar__person__organisation")
    for one in rows.order_by("start")[: MOST * 10]:
        yield one.calendar.person, one.start, one.end


def _away(organisation: Organisation, now: datetime, until: datetime) -> Times:
    """Of absences that a calendar made, the calendar tells already."""
    away = Absence.objects.filter(not_over(now), organisation=organisation, reason__in=IN_THE_WAY, start__lt=until)
    rows = away.exclude(via=Via.CALENDAR).select_related("person__unit", "person__organisation")
    for one in rows.order_by("start")[: MOST * 10]:
        yield one.person, one.start, min(one.until or until, until)


def of(person: Person, start: datetime, end: datetime, world: World) -> list[Clash]:
    """Where the time from ``start`` to ``end`` lies in the telephone hours of ``person``: her own, or her unit's."""
    known = world.people.get(person.key)
    schedule = routing.schedule_of(known, world) if known else ""
    table = world.timetable(schedule, known.organisation) if known and schedule else None
    # Who is only away on certain dates has no telephone hours on the others.
    if known is None or table is None or table.schedule.base == "":
        return []
    whose = person.name if known.schedule else known.unit
    spans = table.openings(start.timestamp(), end.timestamp())
    found = [(max(start, _moment(opens)), min(end, _moment(closes))) for opens, closes in spans]
    return [Clash(person, whose, begins, ends) for begins, ends in found if begins < ends]


def of_absence(absence: Absence) -> Clash | None:
    """The first clash of an absence with telephone hours, where the policy wants them respected; None when there is none."""
    world = current.recent()
    rules = world.organisations[absence.organisation_id].rules
    if Topic.CALENDAR_CLASH not in rules.clauses or absence.reason not in IN_THE_WAY:
        return None
    end = min(absence.until or absence.start + AHEAD, absence.start + AHEAD)
    return next(iter(of(absence.person, absence.start, end, world)), None)


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
