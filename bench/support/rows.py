# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality of ``municipality`` as rows of a database."""

from __future__ import annotations

from bench.support.municipality import HOME, municipality
from vaxel.directory.changes import raise_version
from vaxel.directory.models import (
    Group,
    Hours,
    Membership,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Phone,
    Unit,
    User,
)
from vaxel.domain.hours import Span
from vaxel.domain.world import World

BATCH = 2000


def furnish(size: int) -> None:
    """An organisation with so many numbers, in an empty database. Of absences there are none."""
    world = municipality(size)
    home = Organisation.objects.create(
        id=HOME, name="Storby kommun", language="sv", country="SE", time_zone="Europe/Stockholm"
    )
    operator = Operator.objects.create(user=User.objects.create(username="olga"), name="Olga")
    operator.organisations.add(home)
    _units(world, home)
    _people(world, home)
    _groups(world, home)
    Hours.objects.create(organisation=home, week=_week(world.schedules["main"].week))
    Number.objects.create(number="4680000000", organisation=home, kind=NumberKind.MAIN)
    raise_version()


def _row(key: str) -> int:
    return int(key[1:]) + 1


def _week(week: tuple[tuple[Span, ...], ...]) -> list[list[list[int]]]:
    return [[[span.start, span.end] for span in day] for day in week]


def _units(world: World, home: Organisation) -> None:
    units = [
        Unit(id=_row(unit.id), organisation=home, name=unit.name, parent_id=_row(unit.parent) if unit.parent else None)
        for unit in world.units.values()
        if unit.parent != unit.id
    ]
    units += [
        Unit(id=_row(unit.id), organisation=home, name=unit.name)
        for unit in world.units.values()
        if unit.parent == unit.id
    ]
    Unit.objects.bulk_create(sorted(units, key=lambda unit: unit.pk), BATCH)
    Hours.objects.bulk_create(
        [
            Hours(organisation=home, unit_id=_row(unit.id), week=_week(world.schedules[unit.schedule].week))
            for unit in world.units.values()
            if unit.schedule
        ],
        BATCH,
    )


def _people(world: World, home: Organisation) -> None:
    people = [
        Person(
            id=_row(p.id),
            organisation=home,
            name=p.name,
            unit_id=_row(p.unit_id),
            function=p.function,
            has_greeting=p.has_greeting,
        )
        for p in world.people.values()
    ]
    Person.objects.bulk_create(people, BATCH)
    Number.objects.bulk_create(
        [
            Number(number=p.number, organisation=home, kind=NumberKind.DIRECT, person_id=_row(p.id))
            for p in world.people.values()
        ],
        BATCH,
    )
    Phone.objects.bulk_create(
        [Phone(user=user, organisation=home, person_id=_row(p.id)) for p in world.people.values() for user in p.phones],
        BATCH,
    )


def _groups(world: World, home: Organisation) -> None:
    Group.objects.bulk_create(
        [
            Group(
                id=_row(group.id),
                organisation=home,
                name=group.name,
                unit_id=_row(group.unit_id),
                strategy=group.strategy.value,
                mailbox=group.mailbox,
                overflow_group_id=_row(group.overflow) if group.overflow else None,
            )
            for group in world.groups.values()
        ],
        BATCH,
    )
    Membership.objects.bulk_create(
        [
            Membership(group_id=_row(group.id), person_id=_row(member), position=n)
            for group in world.groups.values()
            for n, member in enumerate(group.members)
        ],
        BATCH,
    )
    Number.objects.bulk_create(
        [
            Number(number=group.number, organisation=home, kind=NumberKind.GROUP, group_id=_row(group.id))
            for group in world.groups.values()
        ],
        BATCH,
    )
