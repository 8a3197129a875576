# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the demonstration's directory tells: what units do, where they are, tasks with their search words, who stands in for whom.

It stands in ``demonstration/contents``. One unit of each municipality is left unreviewed and without a number, so that there is something
to mend.
"""

from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib.resources import files

from django.utils import timezone
from msgspec import Struct, convert

from vaxel.directory.models import (
    Exemption,
    FunctionRole,
    FurtherFunction,
    Organisation,
    Person,
    Place,
    Prefers,
    Published,
    Role,
    RoleKind,
    Substitute,
    Synonyms,
    Task,
    TaskHandler,
    Unit,
)
from vaxel.directory.text import index_words

ROLES = 3
"""A unit's people have three roles in turn: the first and the fourth have the same."""


class PlacePlan(Struct, frozen=True):
    name: str
    address: str


class AboutUnit(Struct, frozen=True, kw_only=True):
    """``tasks``: name, search words, and which of the roles handles it (−1: nobody). ``parent``: a new unit, below that one."""

    name: str
    kind: str
    place: str
    description: str
    tasks: list[tuple[str, str, int]]
    parent: str = ""


class Contents(Struct, frozen=True, kw_only=True):
    """One file. ``told``, ``note``, ``further`` and ``reason`` are words for somebody's card."""

    synonyms: list[str]
    told: str
    note: str
    further: str
    reason: str
    places: list[PlacePlan]
    units: list[AboutUnit]


def contents(municipality: str) -> Contents:
    """The file of one municipality."""
    text = (files("vaxel.directory") / "demonstration" / "contents" / f"{municipality}.toml").read_text(
        encoding="utf-8"
    )
    return convert(tomllib.loads(text), Contents)


def create(organisation: Organisation, plan: Contents) -> None:
    """Put it into the database. The organisation with its units, people, groups and roles is there."""
    for place in plan.places:
        Place.objects.create(organisation=organisation, name=place.name, address=place.address)
    for words in plan.synonyms:
        Synonyms.objects.create(organisation=organisation, language=organisation.language, words=words)
    for n, about in enumerate(plan.units):
        unit = _unit(organisation, about, reviewed=n != len(plan.units) - 1)
        for task in about.tasks:
            _create_task(unit, *task)
    _tell_of_people(organisation, plan)


def _unit(organisation: Organisation, about: AboutUnit, *, reviewed: bool) -> Unit:
    unit, _made = Unit.objects.get_or_create(
        organisation=organisation,
        name=about.name,
        defaults={"parent": Unit.objects.get(organisation=organisation, name=about.parent) if about.parent else None},
    )
    unit.kind, unit.description = about.kind, about.description
    unit.place = Place.objects.get(organisation=organisation, name=about.place)
    unit.email = f"{'.'.join(index_words(about.name)[:1])}@{organisation.pk}.example"
    unit.number = _number(unit) if reviewed else ""
    contact = Role.objects.filter(unit=unit, kind=RoleKind.PHONE_CONTACT).select_related("person").first()
    if reviewed:
        unit.reviewed_at = timezone.now() - timedelta(days=40)
        unit.reviewed_by = contact.person.name if contact else ""
    unit.save()
    return unit


def _number(unit: Unit) -> str:
    """Its group's, else that of its telephone contact."""
    group = unit.groups.filter(numbers__isnull=False, last_day=None).first()
    role = Role.objects.filter(unit=unit, kind=RoleKind.PHONE_CONTACT).select_related("person").first()
    owner = group or (role.person if role else None)
    found = owner.numbers.order_by("id").first() if owner else None
    return found.number if found else ""


def _create_task(unit: Unit, name: str, words: str, role: int) -> None:
    task = Task.objects.create(organisation_id=unit.organisation_id, unit=unit, name=name, search_words=words)
    people = list(unit.people.filter(last_day=None, protected=False).order_by("id"))
    able = [person for n, person in enumerate(people) if n % ROLES == role]
    for position, person in enumerate(able):
        TaskHandler.objects.create(task=task, person=person, main=position == 0, position=position)


def _tell_of_people(organisation: Organisation, plan: Contents) -> None:
    """Initials, rooms, substitutes, and for some what may be told, how they would rather be reached, and an exemption."""
    people = list(Person.objects.filter(organisation=organisation).order_by("id"))
    for n, person in enumerate(people):
        words = index_words(person.name)[: len(person.name.split())]
        person.initials = "".join(word[:2] for word in words)[:12]
        person.room = str(100 * (1 + n // 12) + n % 12 + 1)
        person.prefers = (Prefers.PHONE, Prefers.PHONE, Prefers.MESSAGE, Prefers.MAIL)[n % 4]
        person.reviewed_at = person.unit.reviewed_at if person.unit else None
        person.reviewed_by = person.unit.reviewed_by if person.unit else ""
        if person.mobile:
            person.mobile_greeting = (timezone.now() - timedelta(days=30)).date()
    people[3].may_tell = people[14].may_tell = plan.told
    people[7].note = plan.note
    fields = ["initials", "room", "prefers", "reviewed_at", "reviewed_by", "mobile_greeting", "may_tell", "note"]
    Person.objects.bulk_update(people, fields)
    for n, person in enumerate(people):
        if n % ROLES == 0 and n % 6 == 0 and n + ROLES < len(people):
            Substitute.objects.create(person=person, substitute=people[n + ROLES])
    FurtherFunction.objects.create(person=people[8], name=plan.further, role=FunctionRole.DOES)
    FurtherFunction.objects.create(person=people[10], name=people[9].function, role=FunctionRole.STANDS_IN)
    Exemption.objects.create(person=people[5], what=Published.NUMBER, reason=plan.reason, asked_by=people[5].name)
    Exemption.objects.create(
        person=people[11],
        what=Published.EMAIL,
        reason=plan.reason,
        asked_by=people[11].name,
        decision=Exemption.Decision.APPROVED,
        decided_by=people[6].name,
        decided_at=timezone.now() - timedelta(days=10),
    )
