# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The people of an organisation as lists and exports show them: those who work there now, in the order of their names."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from msgspec import Struct

from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation, Person
from vaxel.exchange.known import unit_paths


class Listed(Struct, frozen=True, kw_only=True):
    """One person. ``unit`` is the path from the top, "" for none; ``numbers`` in E.164 digits, oldest first. No mobile number."""

    key: str
    name: str
    title: str
    unit: str
    function: str
    numbers: tuple[str, ...]
    email: str
    tasks: str
    search_words: str


def working(home: Organisation, *, protected: bool = False) -> QuerySet[Person]:
    """Those who haven't left; with ``protected`` also people with protected identity."""
    today = today_in(home.time_zone)
    found = Person.objects.filter(Q(last_day=None) | Q(last_day__gte=today), organisation=home)
    return found if protected else found.filter(protected=False)


def everybody(home: Organisation, *, protected: bool = False) -> list[Listed]:
    """All of them, as lists show them. Three queries."""
    paths = unit_paths(home)
    return [listed(person, paths) for person in working(home, protected=protected).prefetch_related("numbers")]


def listed(person: Person, paths: Mapping[int, str]) -> Listed:
    """``person`` with her numbers."""
    numbers = sorted(person.numbers.all(), key=lambda number: number.pk)
    return Listed(
        key=person.key,
        name=person.name,
        title=person.title,
        unit=paths.get(person.unit_id or 0, ""),
        function=person.function,
        numbers=tuple(number.number for number in numbers),
        email=person.email,
        tasks=person.tasks,
        search_words=person.search_words,
    )
