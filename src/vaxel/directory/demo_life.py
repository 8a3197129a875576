# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes on in the demonstration: hours, absences of every kind, people who have left, a hotline for a month.

All of it is relative to the moment at which it is loaded. Numbers of people are their places in the directory, from 1.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from msgspec import Struct

from vaxel.absence.models import Absence, Via, not_over
from vaxel.directory.calendars import easter
from vaxel.directory.hours import today_in
from vaxel.directory.models import (
    ClosingDay,
    Group,
    Hours,
    HoursException,
    Organisation,
    Person,
    Role,
    RoleKind,
    Unit,
)
from vaxel.directory.spans import read_day

ASCENSION = 39
"""Days after Easter."""


class SeasonPlan(Struct, frozen=True):
    """``first`` and ``last`` are month and day; ``week`` seven days, as people write hours."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    week: tuple[str, str, str, str, str, str, str]


class HoursPlan(Struct, frozen=True, kw_only=True):
    """``of`` a unit or group (by name) or person; "" for the switchboard."""

    week: tuple[str, str, str, str, str, str, str]
    of: str | int = ""
    holiday: str = ""
    eve: str | None = None
    seasons: list[SeasonPlan] = []


class ExceptionPlan(Struct, frozen=True):
    """Of the switchboard's hours, ``after`` so many days, ``days`` long. ``approval``: it still waits for one."""

    name: str
    after: int
    days: int
    spans: str
    cover: str = ""
    approval: bool = False


class ClosingPlan(Struct, frozen=True):
    """So many days after Ascension, of this year or the next."""

    name: str
    after_ascension: int


class AbsencePlan(Struct, frozen=True, kw_only=True):
    """From ``since`` hours ago (negative) or ahead, ``hours`` long or until further notice. ``by`` “operator”: set by one."""

    person: int
    reason: str
    since: float
    hours: float | None = None
    refer: str = ""
    refer_to: int = 0
    refer_group: str = ""
    message: str = ""
    by: str = ""


class LeaverPlan(Struct, frozen=True):
    """Left so many ``days`` ago; ``successor`` 0: nobody."""

    person: int
    days: int
    successor: int = 0


class MobilePlan(Struct, frozen=True):
    """Agreed that calls go to her mobile."""

    person: int
    number: str


class PeoplePlan(Struct, frozen=True):
    protected: list[int] = []


class Life(Struct, frozen=True, kw_only=True):
    """That part of a municipality's file."""

    hours: list[HoursPlan] = []
    exceptions: list[ExceptionPlan] = []
    closing_days: list[ClosingPlan] = []
    absences: list[AbsencePlan] = []
    leavers: list[LeaverPlan] = []
    mobiles: list[MobilePlan] = []
    people: PeoplePlan = PeoplePlan()


def create(organisation: Organisation, life: Life) -> None:
    """Put it into the database. The organisation, its people and groups are there."""
    _Municipality(organisation).create(life)


def move_on(organisation: Organisation, life: Life) -> int:
    """What was entered relative to the first day, and has passed, happens again now; what somebody has ended, changed or entered stays.

    Returns how many absences moved.
    """
    return _Municipality(organisation).move_on(life)


class _Municipality:
    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.now = timezone.now()
        self.today = today_in(organisation.time_zone)
        self.people = dict(enumerate(Person.objects.filter(organisation=organisation).order_by("id"), 1))

    def create(self, life: Life) -> None:
        for hours in life.hours:
            self._create_hours(hours)
        for exception in life.exceptions:
            self._create_exception(exception)
        for closing in life.closing_days:
            self._create_closing_day(closing)
        self._change_people(life)
        for absence in life.absences:
            self._create_absence(absence)
        self._give_functions()
        self._give_roles()

    def _create_hours(self, plan: HoursPlan) -> None:
        Hours.objects.create(
            organisation=self.organisation,
            **self._owner(plan.of),
            week=[read_day(day) for day in plan.week],
            holiday=read_day(plan.holiday),
            eve=None if plan.eve is None else read_day(plan.eve),
            seasons=[
                {
                    "name": season.name,
                    "first": list(season.first),
                    "last": list(season.last),
                    "week": [read_day(day) for day in season.week],
                }
                for season in plan.seasons
            ],
        )

    def _owner(self, name: str | int) -> dict[str, Any]:
        if isinstance(name, int):
            return {"person": self.people[name]}
        if not name:
            return {}
        unit = Unit.objects.filter(organisation=self.organisation, name=name).first()
        return {"unit": unit} if unit else {"group": Group.objects.get(organisation=self.organisation, name=name)}

    def _create_exception(self, plan: ExceptionPlan) -> None:
        hours = Hours.objects.get(organisation=self.organisation, unit=None, group=None, person=None)
        first = self._working_day(self.today + timedelta(days=plan.after))
        HoursException.objects.create(
            hours=hours,
            first=first,
            last=first + timedelta(days=plan.days - 1),
            spans=read_day(plan.spans),
            name=plan.name,
            cover=plan.cover,
            needs_approval=plan.approval,
            entered_by=self.people[1].name,
        )

    @staticmethod
    def _working_day(day: date) -> date:
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 3 else 0)

    def _create_closing_day(self, plan: ClosingPlan) -> None:
        days = (easter(self.today.year + n) + timedelta(days=ASCENSION + plan.after_ascension) for n in range(2))
        day = next(day for day in days if day > self.today)
        ClosingDay.objects.create(organisation=self.organisation, day=day, name=plan.name)

    def _change_people(self, life: Life) -> None:
        for leaver in life.leavers:
            person = self.people[leaver.person]
            person.last_day = self.today - timedelta(days=leaver.days)
            person.successor = self.people.get(leaver.successor)
            person.save()
        for mobile in life.mobiles:
            person = self.people[mobile.person]
            person.mobile, person.mobile_consent = mobile.number, self.today - timedelta(days=90)
            person.save()
        for n in life.people.protected:
            self.people[n].protected = True
            self.people[n].save()

    def _create_absence(self, plan: AbsencePlan) -> None:
        person = self.people[plan.person]
        start = self._moment(plan.since)
        operator = self.organisation.operators.order_by("id").first() if plan.by == "operator" else None
        Absence.objects.create(
            organisation=self.organisation,
            person=person,
            reason=plan.reason,
            start=start,
            end=None if plan.hours is None else start + timedelta(hours=plan.hours),
            message=plan.message,
            refer=plan.refer,
            refer_person=self.people.get(plan.refer_to),
            refer_group=self.organisation.groups.filter(name=plan.refer_group).first(),
            set_by=operator.user if operator else person.user,
            set_by_name=operator.name if operator else person.name,
            via=Via.PROXY if operator else Via.WEB,
        )

    def move_on(self, life: Life) -> int:
        for exception in life.exceptions:
            self._move_exception(exception)
        known = Absence.objects.filter(not_over(self.now), organisation=self.organisation)
        away = set(known.values_list("person_id", flat=True))
        return sum(self._move_absence(absence, away) for absence in life.absences)

    def _move_absence(self, plan: AbsencePlan, away: set[int]) -> int:
        person = self.people.get(plan.person)
        if person is None or plan.hours is None or person.pk in away:
            return 0
        passed = Absence.objects.filter(person=person, reason=plan.reason, message=plan.message, refer=plan.refer)
        row = passed.filter(ended=None, end__lte=self.now).order_by("-end").first()
        if row is None or row.end is None or abs((row.end - row.start) / timedelta(hours=1) - plan.hours) > 1:
            return 0
        row.start = self._moment(plan.since)
        row.end = row.start + timedelta(hours=plan.hours)
        row.save(update_fields=["start", "end"])
        return 1

    def _move_exception(self, plan: ExceptionPlan) -> None:
        passed = HoursException.objects.filter(hours__organisation=self.organisation, name=plan.name, of_policy=False)
        row = passed.filter(last__lt=self.today).first()
        if row is None:
            return
        row.first = self._working_day(self.today + timedelta(days=plan.after))
        row.last = row.first + timedelta(days=plan.days - 1)
        others = HoursException.objects.filter(hours=row.hours, first__lte=row.last, last__gte=row.first)
        if not others.exclude(pk=row.pk).exists():
            row.save(update_fields=["first", "last"])

    def _moment(self, hours: float) -> datetime:
        """Whole quarters of an hour, as people enter them."""
        moment = self.now + timedelta(hours=hours)
        return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)

    def _give_functions(self) -> None:
        """Those with the same title in a unit stand in for each other."""
        for person in self.people.values():
            person.function = person.title.casefold()
        Person.objects.bulk_update(self.people.values(), ["function"])

    def _give_roles(self) -> None:
        """The first of each unit leads it, the second is its telephone contact; the very first leads the whole municipality."""
        Role.objects.create(organisation=self.organisation, person=self.people[1], kind=RoleKind.MANAGER)
        seen: dict[int, int] = {}
        for person in self.people.values():
            if person.unit_id is None:
                continue
            seen[person.unit_id] = place = seen.get(person.unit_id, 0) + 1
            kind = {1: RoleKind.MANAGER, 2: RoleKind.PHONE_CONTACT}.get(place)
            if kind is not None:
                Role.objects.create(organisation=self.organisation, unit_id=person.unit_id, person=person, kind=kind)
