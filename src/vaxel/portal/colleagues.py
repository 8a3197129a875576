# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Colleagues in a text field: offered in a list, and found by whatever was typed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vaxel.directory import search
from vaxel.directory.models import Person
from vaxel.directory.numbers import readable

MOST_NAMED = 3
MOST_OFFERED = 40


def named(person: Person) -> str:
    """“Anna Lind · +46 980 31 92 01”: how a colleague is offered in the list and read from it."""
    number = next((number.number for number in person.numbers.all()), "")
    return f"{person.name} · {readable(number)}" if number else person.name


def one_named(text: str, organisation: str) -> Person:
    """The one who is meant: by a name and number from the list, by the beginnings of words, or by a number. Raises ``ValidationError``."""
    name, _dot, number = text.rpartition(" · ")
    found = list(search.people(number or name, [organisation])[: MOST_NAMED + 1])
    exact = [person for person in found if named(person) == text or person.name.casefold() == text.casefold()]
    if len(exact) == 1:
        return exact[0]
    if not found:
        raise ValidationError(_("Nobody is found by “%(text)s”."), params={"text": text[:60]})
    if len(found) > 1:
        names = ", ".join(named(person) for person in found[:MOST_NAMED])
        raise ValidationError(_("Several are found: %(names)s. Write one of them."), params={"names": names})
    return found[0]


def offered(person: Person) -> list[str]:
    """Colleagues whom she is most likely to refer to: of the same function and unit."""
    colleagues = Person.objects.filter(organisation_id=person.organisation_id, protected=False).exclude(pk=person.pk)
    found: list[Person] = []
    if person.function:
        found += colleagues.filter(function=person.function).prefetch_related("numbers")[:MOST_OFFERED]
    if person.unit_id:
        found += colleagues.filter(unit_id=person.unit_id).prefetch_related("numbers")[:MOST_OFFERED]
    return list(dict.fromkeys(named(colleague) for colleague in found))[:MOST_OFFERED]
