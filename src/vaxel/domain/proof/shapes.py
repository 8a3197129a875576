# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a number matters to how its calls go, without whose it is: numbers of one shape have the same ways, so one stands for all.

A shape holds everything that ``routing.plan`` reads of the world except names, the absences there happen to be, and the rules of the
organisation: the prover supposes every kind of absence for each shape anyway. Referrals to one particular colleague or group are proved one
by one.
"""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct

from vaxel.domain.plan import PartyKind
from vaxel.domain.routing import absence_choices_of, order_of, own_limit, schedule_of
from vaxel.domain.rules import Choice, Resort, Rules
from vaxel.domain.world import Group, Number, NumberKind, Organisation, Person, Strategy, World

Shape = tuple[Hashable, ...]


class Alike(Struct, frozen=True, kw_only=True):
    """A shape with its hours taken out: ``static`` is what is left, the rest whose hours they were (ids of schedules, "" for always).

    ``colleagues``: (hours, end of employment) of those who may stand in; ``group``: of the group that may take the call.
    """

    static: Hashable
    own: str
    group: str = ""
    colleagues: frozenset[tuple[str, float | None]] = frozenset()


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
    return (
        home.id,
        NumberKind.DIRECT,
        schedule_of(person, world),
        bool(person.phones),
        person.no_answer,
        bool(person.mobile),
        _own_rules(person, home.rules, world),
        _colleagues(person, home, world),
        *_first_group(person, home, world),
    )


def _own_rules(person: Person, rules: Rules, world: World) -> Hashable:
    """What the policy says of her, or of a unit that she is in; None where everybody's holds, which is read where it matters."""
    if not (rules.differ_by_unit or rules.ring_of_person):
        return None
    order = order_of(person, rules, world) if rules.order_of else None
    choices = absence_choices_of(person, rules, world) if rules.absence_choices_of else None
    return own_limit(person, rules, world), order, choices


def shaping(rules: Rules) -> Hashable:
    """What of rules the shapes hold: while this is the same, so are they."""
    return (
        tuple(sorted(rules.ring_of_unit.items())),
        tuple(sorted(rules.ring_of_person.items())),
        tuple(sorted(rules.ring_of_group.items())),
        tuple(sorted(rules.order_of.items())),
        tuple(sorted(rules.absence_choices_of.items())),
        Resort.SAME_FUNCTION in rules.order or Choice.COLLEAGUE in rules.absence_choices,
        Resort.GROUP in rules.order or Choice.GROUP in rules.absence_choices,
        rules.shared_ignore_absence,
    )


def _colleagues(person: Person, home: Organisation, world: World) -> Hashable:
    """Whether there is anybody to stand in, and the hours of those who might."""
    if not _uses(person, Resort.SAME_FUNCTION, Choice.COLLEAGUE, home.rules, world) or not person.functions:
        return ()
    found = set()
    for id_ in world.colleagues_of(person):
        other = world.people[id_]
        if id_ != person.id and other.phones:
            found.add((schedule_of(other, world), other.ended))
    return frozenset(found)


def _uses(person: Person, resort: Resort, choice: Choice, rules: Rules, world: World) -> bool:
    return resort in order_of(person, rules, world) or choice in absence_choices_of(person, rules, world)


def _first_group(person: Person, home: Organisation, world: World) -> tuple[str, str]:
    """A group stands for itself: what comes after it may be anything; and, if something does, so does the person: it may lead back."""
    groups = world.groups_of.get(person.id, ())
    if not groups or not _uses(person, Resort.GROUP, Choice.GROUP, home.rules, world):
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
        group.seconds or home.rules.ring_of_group.get(group.name),
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


def alike(shape: Shape, world: World) -> Alike | None:
    """``shape`` with its hours taken out; None for one that stands for itself."""
    match shape:
        case (_, NumberKind.DIRECT, str() as own, phones, no_answer, mobile, limit, colleagues, str() as group, ""):
            inner = _inner(group, world)
            if inner is None:
                return None
            static = (NumberKind.DIRECT, phones, no_answer, mobile, limit, bool(colleagues), inner.static)
            return Alike(static=static, own=own, group=inner.own, colleagues=frozenset(colleagues))  # type: ignore[call-overload]
        case (_, NumberKind.GROUP, str() as own, *rest) if len(rest) == _REST_OF_GROUP:
            return Alike(static=(NumberKind.GROUP, *rest), own=own)
    return None


_REST_OF_GROUP = 4
"""So many parts has the shape of a group that doesn't stand for itself, after its hours."""
_NO_GROUP = Alike(static=None, own="")


def _inner(group: str, world: World) -> Alike | None:
    """Of the group in a person's shape."""
    if not group:
        return _NO_GROUP
    found = world.groups[group]
    return alike(_group(found, world.organisations[found.organisation], world), world)
