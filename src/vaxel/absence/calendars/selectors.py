# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Busy and free by the calendars, and which calendars can't be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from vaxel.absence.calendars.models import BusyTime, Calendar, Proposal
from vaxel.directory.models import Organisation, Person

UNREAD = timedelta(hours=24)
"""A calendar that couldn't be read for so long says nothing about today."""
UNCHANGED = timedelta(days=45)
"""One with nothing to come that hasn't changed for so long is kept by nobody (AAB-17)."""


def busy_now(people: Iterable[Person], now: datetime) -> dict[int, datetime]:
    """Person's row → until when her calendar has something now. Calendars that couldn't be read lately aren't asked."""
    fresh = now - UNREAD
    found = BusyTime.objects.filter(
        calendar__person__in=[person.pk for person in people], calendar__read_at__gt=fresh, start__lte=now, end__gt=now
    )
    busy: dict[int, datetime] = {}
    for person, end in found.values_list("calendar__person_id", "end"):
        busy[person] = max(end, busy.get(person, end))
    return busy


def until_tonight(person: Person) -> list[dict[str, Any]]:
    """From now until midnight in her municipality: ``begins``, ``ends``, ``state`` busy or free. Empty without a calendar read lately."""
    now = timezone.now()
    calendars = list(Calendar.objects.filter(person=person, read_at__gt=now - UNREAD))
    if not calendars:
        return []
    zone = ZoneInfo(person.organisation.time_zone)
    tonight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    rows = BusyTime.objects.filter(calendar__in=calendars, end__gt=now, start__lt=tonight).order_by("start")
    return stretches(list(rows.values_list("start", "end")), now, tonight)


def stretches(busy: list[tuple[datetime, datetime]], start: datetime, end: datetime) -> list[dict[str, Any]]:
    """``busy``, in order of their starts, and the free times between them, from ``start`` to ``end`` without gap."""
    found: list[dict[str, Any]] = []
    at = start
    for first, last in busy:
        begins, ends = max(first, at), min(last, end)
        if ends <= begins:
            continue
        if begins > at:
            found.append({"begins": at, "ends": begins, "state": "free"})
        if found and found[-1]["state"] == "busy" and found[-1]["ends"] == begins:
            found[-1]["ends"] = ends
        else:
            found.append({"begins": begins, "ends": ends, "state": "busy"})
        at = ends
    if at < end:
        found.append({"begins": at, "ends": end, "state": "free"})
    return found


def doubtful(calendars: QuerySet[Calendar], now: datetime) -> QuerySet[Calendar]:
    """Those that say nothing reliable: not read for a day, or kept by nobody (AAB-17)."""
    unread = Q(read_at=None, made__lt=now - UNREAD) | Q(read_at__lt=now - UNREAD)
    unkept = Q(changed_at__lt=now - UNCHANGED) & (Q(ends_at=None) | Q(ends_at__lt=now))
    return calendars.filter(unread | unkept)


def of_organisation(organisation: Organisation) -> QuerySet[Calendar]:
    """The calendars of those who work there."""
    return Calendar.objects.filter(person__organisation=organisation).select_related("person")


def proposals(person: Person) -> QuerySet[Proposal]:
    """Absences that her calendars suggest, not decided and not over."""
    open_ = Proposal.objects.filter(calendar__person=person, decision=Proposal.Decision.OPEN, end__gt=timezone.now())
    return open_.select_related("calendar").order_by("start")
