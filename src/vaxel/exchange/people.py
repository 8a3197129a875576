# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The people of an organisation as lists, exports and imports show them: those who work there now, in the order of their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from msgspec import Struct

from vaxel.directory.hours import today_in
from vaxel.directory.keys import row
from vaxel.directory.models import NoAnswer, Organisation, Person, Prefers
from vaxel.directory.numbers import readable
from vaxel.directory.protection import somebody
from vaxel.exchange import periods, references
from vaxel.exchange.known import unit_paths, values_of, with_values


class Listed(Struct, frozen=True, kw_only=True):
    """One person, with her fields as imports compare them. ``unit`` is the path from the top, "" for none; ``numbers`` in E.164 digits,
    oldest first. No mobile number.
    """

    key: str
    name: str
    title: str
    unit: str
    function: str
    numbers: tuple[str, ...]
    email: str
    tasks: str
    search_words: str
    functions: str
    stands_in: str
    initials: str
    place: str
    room: str
    prefers: str
    no_answer: str
    may_tell: str
    note: str
    substitutes: str
    successor: str
    last_day: str


def working(home: Organisation, *, protected: bool = False) -> QuerySet[Person]:
    """Those who haven't left; with ``protected`` also people with protected identity."""
    today = today_in(home.time_zone)
    found = Person.objects.filter(Q(last_day=None) | Q(last_day__gte=today), organisation=home)
    return found if protected else found.filter(protected=False)


def everybody(home: Organisation, *, protected: bool = False) -> list[Listed]:
    """All of them, as lists show them. A handful of queries."""
    paths = unit_paths(home)
    hidden = frozenset() if protected else hidden_in(home)
    return [listed(person, paths, hidden) for person in with_values(working(home, protected=protected))]


def hidden_in(home: Organisation) -> frozenset[str]:
    """Keys of those with protected identity: others are told no more than that, not even that they stand in for somebody."""
    rows = Person.objects.filter(organisation=home, protected=True).values_list("pk", flat=True)
    return frozenset(f"p{row}" for row in rows)


def listed(person: Person, paths: Mapping[int, str], hidden: Collection[str] = ()) -> Listed:
    """``person`` with her numbers, naming nobody who is ``hidden``."""
    numbers = sorted(person.numbers.all(), key=lambda number: number.pk)
    values = values_of(person, paths)
    fields: dict[str, Any] = {name: values[name] for name in Listed.__struct_fields__ if name in values}
    for name in references.FIELDS:
        fields[name] = references.without(name, fields[name], hidden)
    fields |= {"key": person.key, "numbers": tuple(number.number for number in numbers)}
    return Listed(**fields)


class Words:
    """What a field holds, for people: names instead of keys. ``protected``: may see people with protected identity; ``new``: the names
    of those who come in only with the import, by how its steps name them.
    """

    def __init__(self, home: Organisation, *, protected: bool, new: Mapping[str, str] | None = None) -> None:
        self._home = home
        self._protected = protected
        self._known = dict(new or {})

    def told(self, name: str, value: str) -> str:
        """The value of the field ``name``."""
        if name in ("numbers", "mobile"):
            return ", ".join(readable(number) for number in value.split())
        if name == "prefers" and value in Prefers.values:
            return str(Prefers(value).label)
        if name == "no_answer" and value in NoAnswer.values:
            return str(NoAnswer(value).label)
        if name == "successor":
            return self._name(value) if value else ""
        if name == "substitutes":
            named = (periods.Period(one.first, one.last, self._name(one.who)) for one in periods.read(value))
            return periods.written(named)
        return value

    def _name(self, key: str) -> str:
        if key not in self._known:
            person = Person.objects.filter(pk=row(key, "p") or 0, organisation=self._home).first()
            hidden = person is not None and person.protected and not self._protected
            self._known[key] = somebody() if hidden else person.name if person else key
        return self._known[key]
