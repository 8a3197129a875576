# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a number matters to how its calls go, without whose it is: numbers of one shape have the same ways, so one stands for all.

A shape holds everything that ``routing.plan`` reads of the world except names, and the absences there happen to be: the prover supposes
every kind of absence for each shape anyway. Referrals to one particular colleague or group are proved one by one.
"""

from __future__ import annotations

from collections.abc import Hashable

from vaxel.domain.plan import PartyKind
from vaxel.domain.routing import schedule_of
from vaxel.domain.rules import Choice, Resort
from vaxel.domain.world import Group, Number, NumberKind, Organisation, Person, Strategy, World

Shape = tuple[Hashable, ...]


def shape_of(number: Number, world: World) -> Shape:
    home = world.organisations[number.organisation]
    if number.kind is NumberKind.DIRECT and number.owner in world.people:
        return _person(world.people[number.owner], home, world)
    if number.kind is NumberKind.GROUP and number.owner in world.groups:
        return _group(world.groups[number.owner], home, world)
    return (home.id, NumberKind.MAIN)


def _person(person: Person, home: Organisation, world: World) -> Shape:
    if person.ended is not None:
        return (home.id, PartyKind.PERSON, person.id)
    rules = home.rules
    return (
        home.id,
        NumberKind.DIRECT,
        schedule_of(person, world),
        bool(person.phones),
        person.no_answer,
        bool(person.mobile),
        rules.ring_seconds(person.unit, person.name),
        _colleagues(person, home, world),
        *_first_group(person, home, world),
    )


def _colleagues(person: Person, home: Organisation, world: World) -> Hashable:
    """Whether there is anybody to stand in, and the hours of those who might."""
    uses = Resort.SAME_FUNCTION in home.rules.order or Choice.COLLEAGUE in home.rules.absence_choices
    if not uses or not person.function:
        return ()
    found = set()
    for id_ in world.same_function.get((person.organisation, person.function), ()):
        other = world.people[id_]
        if id_ != person.id and other.phones:
            found.add((schedule_of(other, world), other.ended))
    return frozenset(found)


def _first_group(person: Person, home: Organisation, world: World) -> tuple[str, str]:
    """A group stands for itself: what comes after it may be anything; and, if something does, so does the person: it may lead back."""
    uses = Resort.GROUP in home.rules.order or Choice.GROUP in home.rules.absence_choices
    groups = world.groups_of.get(person.id, ())
    if not uses or not groups:
        return "", ""
    return groups[0], person.id if world.groups[groups[0]].overflow else ""


def _group(group: Group, home: Organisation, world: World) -> Shape:
    schedule = group.schedule or world.schedule_of_unit(group.unit_id)
    if group.overflow or group.first is not None or group.last is not None or not home.rules.shared_ignore_absence:
        return (home.id, NumberKind.GROUP, group.id)
    able = sum(1 for id_ in group.members if id_ in world.people and world.people[id_].phones)
    rounds = min(able, 1) if group.strategy is Strategy.ALL else able
    return (
        home.id,
        NumberKind.GROUP,
        schedule,
        group.strategy,
        group.seconds or home.rules.group_seconds(group.name),
        group.mailbox,
        rounds,
    )


def keys_in(shape: Shape) -> set[str]:
    """The keys that a shape holds, also those of its colleagues' hours."""
    keys = {part for part in shape if isinstance(part, str)}
    for part in shape:
        if isinstance(part, frozenset):
            keys |= {inner for pair in part for inner in pair if isinstance(inner, str)}
    return keys - {""}
