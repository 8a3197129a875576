# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding people by the beginnings of words: name, title, unit, task, search word, number, in any order.

Every person has one column with all her words in comparable spelling (``text``); each word of a query must begin one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save

from vaxel.directory.models import Number, Organisation, Person, Unit, search_text
from vaxel.directory.text import query_words

MOST_WORDS = 12
_BATCH = 1000


def people(query: str, organisations: Iterable[str | Organisation], protected: bool = False) -> QuerySet[Person]:
    """People of ``organisations`` whom ``query`` describes, by name. Without a word in it, nobody.

    ``protected``: also those with protected identity. Words beyond the first ``MOST_WORDS`` are left out.
    """
    found = Person.objects.filter(organisation__in=organisations).select_related("unit").prefetch_related("numbers")
    if not protected:
        found = found.filter(protected=False)
    if not query_words(query):
        return found.none()
    return narrow(found, query).order_by("name", "id")


def narrow(people: QuerySet[Person], query: str) -> QuerySet[Person]:
    """Those of ``people`` whom ``query`` describes; all of them when it has no word."""
    for spellings in query_words(_joined_number(query))[:MOST_WORDS]:
        people = people.filter(reduce(or_, (Q(search_text__contains=f" {word}") for word in sorted(spellings))))
    return people


def watch() -> None:
    """Keep the words right when a person, her number or her unit is saved. Called once, when Django has started."""
    post_save.connect(_person_saved, sender=Person, dispatch_uid="vaxel.search.person")
    post_save.connect(_number_changed, sender=Number, dispatch_uid="vaxel.search.number")
    post_delete.connect(_number_changed, sender=Number, dispatch_uid="vaxel.search.number-deleted")
    post_save.connect(_unit_saved, sender=Unit, dispatch_uid="vaxel.search.unit")


_waiting: ContextVar[set[int] | None] = ContextVar("vaxel_search_waiting", default=None)


@contextmanager
def later() -> Iterator[None]:
    """People who are saved inside get their words at its end, all at once: for changes of thousands."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    rows = sorted(waiting)
    for at in range(0, len(rows), _BATCH // 2):
        some = Person.objects.filter(pk__in=rows[at : at + _BATCH // 2])
        refresh(some.select_related("unit").prefetch_related("numbers"))


def _person_saved(instance: Person, **kwargs: Any) -> None:
    waiting = _waiting.get()
    if waiting is None:
        refresh([instance])
    else:
        waiting.add(instance.pk)


def _number_changed(instance: Number, **kwargs: Any) -> None:
    waiting = _waiting.get()
    if waiting is not None and instance.person_id is not None:
        waiting.add(instance.person_id)
    elif instance.person_id is not None:
        refresh(Person.objects.filter(pk=instance.person_id).select_related("unit"))


def _unit_saved(instance: Unit, created: bool, **kwargs: Any) -> None:
    waiting = _waiting.get()
    if waiting is not None and not created:
        waiting.update(instance.people.values_list("pk", flat=True))
    elif not created:
        refresh(instance.people.select_related("unit").prefetch_related("numbers"))


def refresh(people: Iterable[Person]) -> None:
    """Write anew the words under which ``people`` are found. Sends no signals."""
    batch: list[Person] = []
    for person in people:
        numbers = [number.number for number in person.numbers.all()]
        person.search_text = search_text(person, person.unit.name if person.unit else "", numbers)
        batch.append(person)
    Person.objects.bulk_update(batch, ["search_text"], batch_size=_BATCH)


def _joined_number(query: str) -> str:
    """A number may be keyed with spaces and hyphens, which would otherwise make words of its parts."""
    compact = query.strip().removeprefix("+").removeprefix("00")
    digits = "".join(character for character in compact if character not in " -/().")
    return digits if digits.isascii() and digits.isdecimal() and len(digits) >= 4 else query
