# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The directory as documents: what is read from the database for the index.

Other parts of the directory that say what somebody does add a function to ``SOURCES``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from vaxel.absence.models import Absence, not_over
from vaxel.directory.keys import row
from vaxel.directory.models import (
    FurtherFunction,
    Group,
    Number,
    Person,
    Place,
    Synonyms,
    Task,
    TaskHandler,
    TaskWords,
    Unit,
)
from vaxel.directory.search.alike import Alike
from vaxel.directory.search.documents import Document
from vaxel.directory.search.ranking import Field

Source = Callable[[str, Collection[str] | None], Iterable[tuple[str, Field, str]]]
"""Given an organisation and keys (None: everybody's): key, field and text of what else is written about them."""

Text = tuple[Field, str]
Texts = tuple[Text, ...]
_AT_ONCE = 10_000


def documents(organisation: str, keys: Collection[str] | None = None) -> Iterator[Document]:
    """People, groups and units of ``organisation``, or those of them that are among ``keys``. A query a table."""
    reading = _Reading(organisation, keys)
    yield from reading.people()
    yield from reading.groups()
    yield from reading.units()


def widened(keys: Iterable[str]) -> set[str]:
    """``keys`` with everybody in the units among them and below, whose names people bear, and all who handle the tasks among them."""
    found = set(keys)
    tasks = {task for key in found if (task := row(key, "t")) is not None}
    if tasks:
        handlers = TaskHandler.objects.filter(task__in=tasks).values_list("person_id", flat=True)
        found = {key for key in found if not key.startswith("t")} | {f"p{person}" for person in handlers}
    units = _with_all_below({unit for key in found if (unit := row(key, "u")) is not None})
    if units:
        found.update(f"u{unit}" for unit in units)
        found.update(f"p{person}" for person in Person.objects.filter(unit__in=units).values_list("pk", flat=True))
        found.update(f"g{group}" for group in Group.objects.filter(unit__in=units).values_list("pk", flat=True))
    return found


def _with_all_below(units: set[int]) -> set[int]:
    found, level = set(units), set(units)
    while level:
        level = set(Unit.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


def organisations_of(keys: Iterable[str]) -> dict[str, set[str]]:
    """Organisation → those of ``keys`` that are in it."""
    found: dict[str, set[str]] = defaultdict(set)
    keys = set(keys)
    for letter, model in (("p", Person), ("g", Group), ("u", Unit)):
        rows = {number for key in keys if (number := row(key, letter)) is not None}
        known: QuerySet[Any] = model._default_manager.filter(pk__in=rows)
        for number, organisation in known.values_list("pk", "organisation_id") if rows else ():
            found[organisation].add(f"{letter}{number}")
    return found


class _Reading:
    """The tables of one organisation, or the rows of ``keys`` in them."""

    def __init__(self, organisation: str, keys: Collection[str] | None) -> None:
        self.organisation = organisation
        self.keys = keys
        self.now = timezone.now()
        self.unit_names: dict[int, tuple[str, int | None]] = {
            pk: (name, parent)
            for pk, name, parent in Unit.objects.filter(organisation=organisation).values_list(
                "pk", "name", "parent_id"
            )
        }
        self.paths: dict[int | None, Texts] = {None: ()}
        self.places: dict[int | None, Texts] = {
            pk: ((Field.PLACE, f"{name} {address}"),)
            for pk, name, address in Place.objects.filter(organisation=organisation).values_list(
                "pk", "name", "address"
            )
        }
        self.synonyms = Alike(one.together for one in Synonyms.objects.filter(organisation=organisation))
        self.more: dict[str, list[Text]] = defaultdict(list)
        for source in SOURCES:
            for key, field, text in source(organisation, keys):
                self.more[key].append((field, text))

    def _rows(self, model: Any, letter: str) -> Any:
        rows = model._default_manager.filter(organisation=self.organisation)
        if self.keys is None:
            return rows
        return rows.filter(pk__in={number for key in self.keys if (number := row(key, letter)) is not None})

    def _path(self, unit: int | None) -> Texts:
        """Names of the unit and of all above it."""
        if unit not in self.paths:
            names: list[str] = []
            seen: set[int] = set()
            above = unit
            while above is not None and above not in seen:
                seen.add(above)
                name, above = self.unit_names.get(above, ("", None))
                names.append(name)
            self.paths[unit] = tuple((Field.UNIT, name) for name in names)
        return self.paths[unit]

    def _numbers(self, owner: str, owners: Any) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        numbers = Number.objects.filter(organisation=self.organisation, **{f"{owner}__isnull": False})
        if self.keys is not None:
            numbers = numbers.filter(**{f"{owner}__in": owners})
        for whose, number in numbers.order_by("id").values_list(f"{owner}_id", "number").iterator(chunk_size=_AT_ONCE):
            found[whose].append(number)
        return found

    def _absences(self, people: Any) -> dict[int, list[tuple[float, float]]]:
        absences = Absence.objects.filter(not_over(self.now), organisation=self.organisation)
        if self.keys is not None:
            absences = absences.filter(person__in=people)
        found: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for absence in absences.iterator(chunk_size=_AT_ONCE):
            until = math.inf if absence.until is None else absence.until.timestamp()
            found[absence.person_id].append((absence.start.timestamp(), until))
        return found

    def people(self) -> Iterator[Document]:
        people = self._rows(Person, "p")
        numbers, absences = self._numbers("person", people), self._absences(people)
        today = self.now.date()
        for pk, name, unit, place, protected, last_day, *written in people.values_list(
            *_PERSON, *_WRITTEN.values()
        ).iterator(chunk_size=_AT_ONCE):
            key = f"p{pk}"
            yield Document(
                key=key,
                name=name,
                texts=self._texts(key, tuple(zip(_WRITTEN, written, strict=True)), unit, place),
                numbers=tuple(numbers.get(pk, ())),
                protected=protected,
                away=tuple(absences.get(pk, ())),
                left=last_day is not None and last_day < today,
            )

    def groups(self) -> Iterator[Document]:
        groups = self._rows(Group, "g")
        numbers = self._numbers("group", groups)
        for pk, name, unit, first, last in groups.values_list("pk", "name", "unit_id", "first_day", "last_day"):
            yield Document(
                key=f"g{pk}",
                name=name,
                texts=self._texts(f"g{pk}", (), unit, None),
                numbers=tuple(numbers.get(pk, ())),
                away=tuple(_outside(first, last)),
            )

    def units(self) -> Iterator[Document]:
        units = self._rows(Unit, "u").values_list(
            "pk", "name", "parent_id", "place_id", "number", "email", "description"
        )
        for pk, name, parent, place, number, email, description in units:
            written = ((Field.EMAIL, email), (Field.TASK, description))
            yield Document(
                key=f"u{pk}",
                name=name,
                texts=self._texts(f"u{pk}", written, parent, place),
                numbers=(number,) if number else (),
            )

    def _texts(self, key: str, written: Texts, unit: int | None, place: int | None) -> Texts:
        texts = (*(text for text in written if text[1]), *self.more.get(key, ()), *self.places.get(place, ()))
        return (*texts, *self.synonyms.of(texts), *self._path(unit))


def functions(organisation: str, keys: Collection[str] | None) -> Iterator[tuple[str, Field, str]]:
    """Functions that people have beside the main one, or in which they stand in."""
    rows = FurtherFunction.objects.filter(person__organisation=organisation)
    if keys is not None:
        rows = rows.filter(person__in=[number for key in keys if (number := row(key, "p")) is not None])
    for person, name in rows.values_list("person_id", "name"):
        yield f"p{person}", Field.FUNCTION, name


def tasks(organisation: str, keys: Collection[str] | None) -> Iterator[tuple[str, Field, str]]:
    """Tasks with their search words, in all languages: of those who handle them, and of the unit."""
    handled = TaskHandler.objects.filter(task__organisation=organisation)
    own = Task.objects.filter(organisation=organisation).exclude(unit=None)
    if keys is not None:
        handled = handled.filter(person__in=[number for key in keys if (number := row(key, "p")) is not None])
        own = own.filter(unit__in=[number for key in keys if (number := row(key, "u")) is not None])
    owners = [(f"p{person}", task) for person, task in handled.values_list("person_id", "task_id")]
    owners += [(f"u{unit}", task) for unit, task in own.values_list("unit_id", "pk")]
    texts: dict[int, list[Text]] = defaultdict(list)
    for model, task_id in ((Task, "pk"), (TaskWords, "task_id")):
        known: Any = model.objects.filter(**{f"{task_id}__in": {task for _, task in owners}})
        for task, name, words in known.values_list(task_id, "name", "search_words"):
            texts[task] += [(Field.TASK, name), (Field.SEARCH_WORD, words)]
    for key, task in owners:
        yield from ((key, field, text) for field, text in texts[task] if text)


SOURCES: list[Source] = [functions, tasks]

_PERSON = ("pk", "name", "unit_id", "place_id", "protected", "last_day")
_WRITTEN = {
    Field.INITIALS: "initials",
    Field.TITLE: "title",
    Field.FUNCTION: "function",
    Field.TASK: "tasks",
    Field.SEARCH_WORD: "search_words",
    Field.EMAIL: "email",
    Field.PLACE: "room",
}


def _outside(first: date | None, last: date | None) -> Iterator[tuple[float, float]]:
    """When a group for a period isn't there, to a day."""
    if first is not None:
        yield -math.inf, datetime.combine(first, time(), UTC).timestamp()
    if last is not None:
        yield datetime.combine(last + timedelta(days=1), time(), UTC).timestamp(), math.inf
