# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The telephone hours of a policy, kept in the directory while the policy is in force: exceptions by date hang there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vaxel.directory.models import Group, Hours, HoursException, Organisation, Unit
from vaxel.domain.hours import DatedHours, Schedule, Season, Span
from vaxel.policy.compile import Compiled, OwnedSchedule
from vaxel.policy.document import HoursKind

Owner = Organisation | Unit | Group


def keep(home: Organisation, compiled: Compiled, by: str) -> None:
    """Write the policy's hours; those of the policy before that it doesn't give any more are removed. To be called in a transaction."""
    given = [(owner, owned.schedule) for owned in compiled.schedules if (owner := owner_of(home, owned)) is not None]
    kept = {_keep(home, owner, schedule, by).pk for owner, schedule in given}
    for hours in Hours.objects.filter(organisation=home, of_policy=True).exclude(pk__in=kept):
        hours.delete()


def owner_of(home: Organisation, owned: OwnedSchedule) -> Owner | None:
    """Whose telephone hours they are. None for visiting hours, and for a unit or group that the directory doesn't have."""
    if owned.kind is not HoursKind.TELEPHONE:
        return None
    if owned.unit:
        return Unit.objects.filter(organisation=home, name=owned.unit).order_by("id").first()
    if owned.group:
        return Group.objects.filter(organisation=home, name=owned.group).first()
    return home


def _keep(home: Organisation, owner: Owner, schedule: Schedule, by: str) -> Hours:
    hours = _of(home, owner) or Hours(organisation=home)
    match owner:
        case Unit():
            hours.unit = owner
        case Group():
            hours.group = owner
    hours.week = week(schedule.week)
    hours.seasons = [_season(season) for season in schedule.seasons]
    hours.holiday = _day(schedule.holiday)
    hours.eve = None if schedule.eve is None else _day(schedule.eve)
    hours.clause, hours.of_policy, hours.only_exceptions = schedule.clause, True, False
    hours.save()
    _keep_dated(hours, schedule.dated, by)
    return hours


def _of(home: Organisation, owner: Owner) -> Hours | None:
    match owner:
        case Unit():
            return Hours.objects.filter(unit=owner).first()
        case Group():
            return Hours.objects.filter(group=owner).first()
    return Hours.objects.filter(organisation=home, unit=None, group=None, person=None).first()


def _keep_dated(hours: Hours, dated: Iterable[DatedHours], by: str) -> None:
    for old in HoursException.objects.filter(hours=hours, of_policy=True):
        old.delete()
    for one in dated:
        HoursException.objects.create(
            hours=hours,
            first=one.first,
            last=one.last,
            spans=_day(one.spans),
            week=None if one.week is None else week(one.week),
            name=one.name,
            clause=one.clause,
            entered_by=by[:120],
            of_policy=True,
        )


def week(days: Iterable[tuple[Span, ...]]) -> list[list[list[int]]]:
    """A week in the shape of ``directory.spans``."""
    return [_day(day) for day in days]


def _day(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _season(season: Season) -> dict[str, Any]:
    return {"first": list(season.first), "last": list(season.last), "week": week(season.week), "name": season.name}
