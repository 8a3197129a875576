# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How complete and how fresh the directory is, unit by unit, and who is to mend what is missing (AAB-25…29, AAB-32, SOL-5).

Each thing that the switchboard should know of a unit or somebody in it counts one; the score is how many of them are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from vaxel.directory.hours import months_after, today_in
from vaxel.directory.models import Group, Organisation, Person, Role, RoleKind, TaskHandler, Unit, UnitKind
from vaxel.policy import selectors as policies
from vaxel.policy.parameters.directory import SearchWords

MONTHS = 12
"""So long a review holds where the policy gives no other time."""


def review_months(organisation: Organisation) -> int:
    """How long a review holds by the policy in force (SOL-5)."""
    version = policies.in_force(organisation.pk, timezone.now())
    if version is None:
        return MONTHS
    controls = (control for clause in policies.document(version.text).clause for control in clause.control)
    return next((one.review_months for one in controls if isinstance(one, SearchWords) and one.review_months), MONTHS)


WORDS: dict[str, tuple[str, Promise]] = {
    "contact": ("AAB-32", _("has no telephone contact")),
    "manager": ("FAL-9", _("has no manager")),
    "tasks": ("AAB-25", _("tells no tasks")),
    "description": ("AAB-25", _("doesn't tell what it does")),
    "number": ("AAB-37", _("has no number that may be told to citizens")),
    "staff": ("AAB-26", _("has nobody in it")),
    "unit-reviewed": ("SOL-5", _("hasn't been reviewed in time")),
    "main-tasks": ("AAB-26", _("tells no main tasks")),
    "function": ("AAB-26", _("has no function")),
    "telephone": ("GNO-1", _("has no number")),
    "successor": ("AAB-33", _("has left without a successor")),
    "mobile-greeting": ("GNO-20", _("has a mobile whose greeting nobody has checked")),
    "members": ("AAB-26", _("has no members")),
}
"""What may be missing: the clause that asks for it first, and in words, after a name."""


class Owner(Struct, frozen=True):
    """Who is to mend it."""

    id: str
    name: str


class Lack(Struct, frozen=True, kw_only=True):
    """``about`` is the key of a unit, person or group, ``name`` its name."""

    code: str
    about: str
    name: str
    protected: bool = False

    @property
    def clause(self) -> str:
        return WORDS[self.code][0]

    @property
    def text(self) -> str:
        return str(WORDS[self.code][1])


class Score(Struct, frozen=True, kw_only=True, dict=True):
    """Of one unit. ``by``: its telephone contacts, else its managers, else those of the nearest unit above."""

    unit: Unit
    wanted: int
    lacks: tuple[Lack, ...]
    by: tuple[Owner, ...]
    reviewed_at: datetime | None
    fresh: bool

    @property
    def there(self) -> int:
        return self.wanted - len(self.lacks)

    @property
    def percent(self) -> float:
        return round(100 * self.there / self.wanted, 1) if self.wanted else 100.0


def scores(organisation: Organisation, months: int | None = None) -> list[Score]:
    """Of every unit, those with the lowest score first. ``months``: how long a review holds, None: as the policy says. A dozen queries."""
    directory = _Directory(organisation, review_months(organisation) if months is None else months)
    return sorted(
        (directory.score(unit) for unit in directory.units.values()), key=lambda one: (one.percent, one.unit.name)
    )


def score_out(score: Score, shows_protected: bool) -> dict[str, Any]:
    """As the REST API shows it; without what is said of people with protected identity, unless they may be shown."""
    by = [{"id": owner.id, "name": owner.name} for owner in score.by]
    shown = [lack for lack in score.lacks if shows_protected or not lack.protected]
    return {
        "unit": score.unit.key,
        "name": score.unit.name,
        "organisation": score.unit.organisation_id,
        "wanted": score.wanted,
        "there": score.there,
        "percent": score.percent,
        "fresh": score.fresh,
        "reviewed_at": score.reviewed_at,
        "lacks": [
            {"code": one.code, "clause": one.clause, "about": one.about, "name": one.name, "text": one.text, "by": by}
            for one in shown
        ],
    }


class _Directory:
    """What is known of one organisation, read once."""

    def __init__(self, organisation: Organisation, months: int) -> None:
        self._today = today_in(organisation.time_zone)
        self._months = months
        self.units = {unit.pk: unit for unit in Unit.objects.filter(organisation=organisation)}
        self._people: dict[int, list[Person]] = defaultdict(list)
        here = Q(last_day=None) | Q(last_day__gte=self._today) | Q(successor=None)
        people = Person.objects.filter(here, organisation=organisation, unit__isnull=False)
        for person in people.defer("search_text").prefetch_related("numbers"):
            self._people[person.unit_id or 0].append(person)
        self._groups: dict[int, list[Group]] = defaultdict(list)
        for group in Group.objects.filter(organisation=organisation, unit__isnull=False).prefetch_related("numbers"):
            self._groups[group.unit_id or 0].append(group)
        filled = Group.objects.filter(organisation=organisation, memberships__isnull=False)
        self._filled = set(filled.values_list("pk", flat=True))
        self._with_tasks = set(
            Unit.objects.filter(organisation=organisation, tasks__isnull=False).values_list("pk", flat=True)
        )
        self._handlers = set(
            TaskHandler.objects.filter(person__organisation=organisation).values_list("person_id", flat=True)
        )
        self._roles: dict[tuple[int | None, str], list[Owner]] = defaultdict(list)
        for role in Role.objects.filter(organisation=organisation).select_related("person"):
            if role.person.last_day is None or role.person.last_day >= self._today:
                self._roles[role.unit_id, role.kind].append(Owner(role.person.key, role.person.name))

    def score(self, unit: Unit) -> Score:
        found = [*self._of_unit(unit), *self._of_people(unit), *self._of_groups(unit)]
        fresh = self._is_fresh(unit.reviewed_at)
        return Score(
            unit=unit,
            wanted=len(found),
            lacks=tuple(lack for lack in found if lack is not None),
            by=self._responsible(unit),
            reviewed_at=unit.reviewed_at,
            fresh=fresh,
        )

    def _of_unit(self, unit: Unit) -> Iterator[Lack | None]:
        def lack(code: str, there: object) -> Lack | None:
            return None if there else Lack(code=code, about=unit.key, name=unit.name)

        yield lack("contact", self._owners(unit, RoleKind.PHONE_CONTACT))
        yield lack("manager", self._owners(unit, RoleKind.MANAGER))
        yield lack("tasks", unit.pk in self._with_tasks)
        yield lack("description", unit.description)
        yield lack("number", any(above.number for above in self._upwards(unit)) or self._group_number(unit))
        if unit.kind != UnitKind.ADMINISTRATION:
            yield lack("staff", self._people[unit.pk])
        yield lack("unit-reviewed", self._is_fresh(unit.reviewed_at))

    def _of_people(self, unit: Unit) -> Iterator[Lack | None]:
        for person in self._people[unit.pk]:
            yield from self._of_person(person)

    def _of_person(self, person: Person) -> Iterator[Lack | None]:
        def lack(code: str, there: object) -> Lack | None:
            if there:
                return None
            return Lack(code=code, about=person.key, name=person.name, protected=person.protected)

        if person.last_day is not None and person.last_day < self._today:
            yield lack("successor", person.successor_id or not person.numbers.all())
            return
        yield lack("main-tasks", person.tasks or person.search_words or person.pk in self._handlers)
        yield lack("function", person.function)
        yield lack("telephone", person.numbers.all())
        if person.mobile:
            yield lack("mobile-greeting", self._day_is_fresh(person.mobile_greeting))

    def _of_groups(self, unit: Unit) -> Iterator[Lack | None]:
        for group in self._groups[unit.pk]:
            there = group.pk in self._filled
            yield None if there else Lack(code="members", about=group.key, name=group.name)

    def _group_number(self, unit: Unit) -> bool:
        return any(group.numbers.all() for group in self._groups[unit.pk])

    def _upwards(self, unit: Unit | None) -> Iterator[Unit]:
        for _step in range(len(self.units) + 1):
            if unit is None:
                return
            yield unit
            unit = self.units.get(unit.parent_id or 0)

    def _owners(self, unit: Unit, kind: RoleKind) -> list[Owner]:
        places: Iterable[int | None] = (*(above.pk for above in self._upwards(unit)), None)
        return next((self._roles[place, kind] for place in places if self._roles.get((place, kind))), [])

    def _responsible(self, unit: Unit) -> tuple[Owner, ...]:
        for place in (*(above.pk for above in self._upwards(unit)), None):
            for kind in (RoleKind.PHONE_CONTACT, RoleKind.MANAGER):
                if found := self._roles.get((place, kind)):
                    return tuple(found)
        return ()

    def _is_fresh(self, at: datetime | None) -> bool:
        return at is not None and self._day_is_fresh(timezone.localdate(at))

    def _day_is_fresh(self, day: date | None) -> bool:
        return day is not None and months_after(day, self._months) >= self._today
