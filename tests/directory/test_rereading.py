# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a transaction has written is read again row by row: the world is then as if everything had been read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import rows
from vaxel.absence.models import Absence
from vaxel.directory import changes, snapshot
from vaxel.directory.models import (
    ClosingDay,
    Group,
    Hours,
    HoursException,
    Membership,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Phone,
    Unit,
)
from vaxel.directory.noted import noting
from vaxel.directory.rereading import written
from vaxel.domain.world import World

pytestmark = pytest.mark.django_db
WEEK = [[[480, 960]]] * 5 + [[], []]


@pytest.fixture
def home() -> Organisation:
    made = rows.organisation()
    Hours.objects.create(organisation=made, week=WEEK)
    rows.operator(made)
    anna = rows.person(made, unit="Bygg")
    rows.person(made, "Bo Ek", "46980319202", unit="Bygg")
    group = Group.objects.create(organisation=made, name="Bygglov")
    Number.objects.create(number="46980319300", organisation=made, kind=NumberKind.GROUP, group=group)
    Membership.objects.create(group=group, person=anna)
    Hours.objects.create(organisation=made, unit=Unit.objects.get(), week=WEEK)
    Absence.objects.create(organisation=made, person=anna, reason="meeting", start=timezone.now())
    return made


def anna() -> Person:
    return Person.objects.get(name="Anna Lind")


def rename_unit(home: Organisation) -> None:
    unit = Unit.objects.get()
    unit.name = "Plan och bygg"
    unit.save()


def give_phone_away(home: Organisation) -> None:
    phone = Phone.objects.get(person=anna())
    phone.person = Person.objects.get(name="Bo Ek")
    phone.save()


def give_number_away(home: Organisation) -> None:
    number = Number.objects.get(number="46980319201")
    number.number, number.person = "46980319299", Person.objects.get(name="Bo Ek")
    number.save()


def second_main_number(home: Organisation) -> None:
    Number.objects.create(number="46980319400", organisation=home, kind=NumberKind.MAIN)


def remove_number(home: Organisation) -> None:
    Number.objects.get(number="46980319201").delete()


def new_person(home: Organisation) -> None:
    rows.person(home, "Eva Ny", "46980319203", unit="Skola")


def leave(home: Organisation) -> None:
    person = anna()
    person.last_day, person.successor = date(2026, 1, 1), Person.objects.get(name="Bo Ek")
    person.save()


def members(home: Organisation) -> None:
    Membership.objects.create(group=Group.objects.get(), person=Person.objects.get(name="Bo Ek"), position=1)
    Membership.objects.get(person=anna()).delete()


def hours_of_unit(home: Organisation) -> None:
    hours = Hours.objects.get(unit__isnull=False)
    HoursException.objects.create(
        hours=hours, first=timezone.now().date(), last=timezone.now().date(), spans=[[600, 660]], name="Kort dag"
    )


def no_hours_of_unit(home: Organisation) -> None:
    Hours.objects.get(unit__isnull=False).delete()


def exception_from_those_above(home: Organisation) -> None:
    """Bo keeps the hours of the unit, but on one day; then the unit's are others."""
    day = timezone.now().date() + timedelta(days=3)
    bo = Person.objects.get(name="Bo Ek")
    hours = Hours.objects.create(organisation=home, person=bo, only_exceptions=True)
    HoursException.objects.create(hours=hours, first=day, last=day, name="Personaldag")


def hours_above_an_exception(home: Organisation) -> None:
    hours = Hours.objects.get(unit__isnull=False)
    hours.week = [[[600, 660]]] * 7
    hours.save()


def unit_under_another(home: Organisation) -> None:
    unit = Unit.objects.get()
    Hours.objects.get(unit=unit).delete()
    unit.parent = Unit.objects.create(organisation=home, name="Samhälle")
    unit.save()
    Hours.objects.create(organisation=home, unit=unit.parent, week=[[[540, 600]]] * 7)


def hours_of_switchboard(home: Organisation) -> None:
    hours = Hours.objects.get(unit=None, person=None)
    hours.week = [[]] * 7
    hours.save()


def closing_day(home: Organisation) -> None:
    ClosingDay.objects.create(organisation=home, day=timezone.now().date() + timedelta(days=3), name="Städdag")


def organisation(home: Organisation) -> None:
    home.welcome_phrase = "Hej"
    home.save()


def back(home: Organisation) -> None:
    Absence.objects.get().delete()


def operators(home: Organisation) -> None:
    operator = Operator.objects.get()
    operator.organisations.add(rows.organisation("tana", "4778920000"))


def delete_person(home: Organisation) -> None:
    anna().delete()


def in_bulk(home: Organisation) -> None:
    Person.objects.update(function="permits")
    changes.raise_version()


CHANGES: list[Callable[[Organisation], None]] = [
    rename_unit,
    give_phone_away,
    give_number_away,
    second_main_number,
    remove_number,
    new_person,
    leave,
    members,
    hours_of_unit,
    no_hours_of_unit,
    exception_from_those_above,
    hours_of_switchboard,
    closing_day,
    organisation,
    back,
    operators,
    delete_person,
    in_bulk,
]
PARTS = (
    "organisations",
    "numbers",
    "people",
    "groups",
    "operators",
    "phones",
    "units",
    "schedules",
    "absences",
    "trunk",
    "version",
)


def same(found: World, whole: World) -> None:
    for part in PARTS:
        assert getattr(found, part) == getattr(whole, part), part
    assert list(found.groups) == list(whole.groups)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_is_read_again_is_what_is_there(home: Organisation, change: Callable[[Organisation], None]) -> None:
    known = snapshot.load().world
    with noting() as noted:
        change(home)
        same(written(known, noted), snapshot.load().world)


@pytest.mark.parametrize(
    "change",
    [hours_above_an_exception, unit_under_another, no_hours_of_unit, hours_of_switchboard, closing_day],
    ids=lambda change: change.__name__,
)
def test_exceptions_follow_the_hours_above(home: Organisation, change: Callable[[Organisation], None]) -> None:
    exception_from_those_above(home)
    known = snapshot.load().world
    with noting() as noted:
        change(home)
        same(written(known, noted), snapshot.load().world)


@pytest.mark.parametrize("change", [rename_unit, members, give_number_away, back], ids=lambda change: change.__name__)
def test_only_few_rows_are_read(home: Organisation, change: Callable[[Organisation], None]) -> None:
    known = snapshot.load().world
    with noting() as noted:
        change(home)
        found = written(known, noted)
    assert not noted.unclear
    same_parts = [part for part in PARTS if getattr(found, part) is getattr(known, part)]
    assert {"organisations", "operators", "schedules"} <= set(same_parts)


def test_what_others_have_written_since_is_read_too(home: Organisation) -> None:
    known = snapshot.load().world
    new_person(home)
    with noting() as noted:
        members(home)
        same(written(known, noted), snapshot.load().world)


def test_without_a_change_the_known_world_is_the_world(home: Organisation) -> None:
    known = snapshot.load().world
    with noting() as noted:
        assert written(known, noted) is known
