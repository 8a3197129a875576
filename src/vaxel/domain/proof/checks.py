# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be seen without walking: numbers without owner, groups of one, hours that nobody covers.

Each subject (a number, a function, or the key of a person, group, unit or organisation) is looked at by itself, so that a change asks
only about what it touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from msgspec.structs import replace

from vaxel.domain.absence import away, changes
from vaxel.domain.hours import Timetable
from vaxel.domain.proof.findings import Finding, Kind
from vaxel.domain.proof.stretches import Stretches
from vaxel.domain.routing import names_upwards, order_of, schedule_of
from vaxel.domain.rules import Resort, Rules, Topic
from vaxel.domain.world import Group, NumberKind, Organisation, Person, Unit, World

SEVERAL = 3
"""So many people with one function are “several extensions that answer the same questions” (SOL-6)."""

Subject = str | tuple[str, str]
"""A key or number, or (organisation, function)."""

TOLD_TOGETHER = frozenset({Kind.NO_GREETING, Kind.NO_TELEPHONE})
"""Of these there may be thousands: one is told, with the number of the others."""


def subjects(world: World) -> Iterator[Subject]:
    for part in (world.organisations, world.units, world.people, world.groups, world.numbers, world.same_function):
        yield from part


def checking(rules: Rules) -> Hashable:
    """What the checks of people, groups, units and numbers read of rules."""
    own = tuple(sorted((topic, *names.items()) for topic, names in rules.clauses_of.items()))
    orders = Resort.MAILBOX in rules.order, tuple(sorted(rules.order_of.items()))
    return tuple(sorted(rules.clauses.items())), own, orders, rules.telephone_hours


def check(subject: Subject, world: World, stretches: Stretches) -> Iterator[Finding]:
    if isinstance(subject, tuple):
        yield from _function(subject, world)
    elif subject in world.numbers:
        yield from _number(subject, world)
    elif subject in world.people:
        yield from _person(world.people[subject], world, stretches)
    elif subject in world.groups:
        yield from _group(world.groups[subject], world, stretches)
    elif subject in world.units:
        yield from _unit(world.units[subject], world, stretches)
    elif subject in world.organisations:
        yield from _organisation(world.organisations[subject], world, stretches)


def together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """With those that are told together made one."""
    found: dict[tuple[Kind, str], list[Finding]] = {}
    for finding in findings:
        if finding.kind in TOLD_TOGETHER:
            found.setdefault((finding.kind, finding.organisation), []).append(finding)
        else:
            yield finding
    for alike in found.values():
        first = min(alike, key=lambda finding: (len(finding.subject), finding.subject))
        yield replace(first, others=len(alike) - 1)


def _finding(
    kind: Kind, home: Organisation, topic: Topic, subject: str, name: str, names: tuple[str, ...] = (), **more: object
) -> Finding:
    """``names``: whose own clause on ``topic`` counts before everybody's."""
    clause = home.rules.clause(topic, *names)
    return Finding(kind=kind, organisation=home.id, subject=subject, name=name, clause=clause, **more)  # type: ignore[arg-type]


def _number(key: str, world: World) -> Iterator[Finding]:
    number = world.numbers[key]
    home = world.organisations[number.organisation]
    owned = {
        NumberKind.MAIN: True,
        NumberKind.DIRECT: number.owner in world.people,
        NumberKind.GROUP: number.owner in world.groups,
    }
    if not owned[number.kind]:
        yield _finding(Kind.NO_OWNER, home, Topic.NUMBER_OWNERS, key, "")


def _organisation(home: Organisation, world: World, stretches: Stretches) -> Iterator[Finding]:
    serving = sum(home.id in operator.organisations for operator in world.operators.values())
    trained = sum(home.id in (*operator.organisations, *operator.reserve_for) for operator in world.operators.values())
    wanted = home.rules.standard_operators * home.rules.trained_factor
    if not serving:
        yield _finding(Kind.NO_OPERATORS, home, Topic.NO_DEAD_END, home.id, home.name)
    elif trained < wanted:
        detail = f"{trained} / {wanted:g}"
        yield _finding(Kind.TOO_FEW_TRAINED, home, Topic.TRAINED_POOL, home.id, home.name, detail=detail)
    yield from _never_opens(home.schedule, home.name, home, world, stretches)


def _person(person: Person, world: World, stretches: Stretches) -> Iterator[Finding]:
    if _left(person, stretches):
        return
    home = world.organisations[person.organisation]
    if person.number and not person.has_greeting and Resort.MAILBOX in order_of(person, home.rules, world):
        yield _finding(Kind.NO_GREETING, home, Topic.PERSONAL_GREETING, person.id, person.name)
    if person.number and not person.phones:
        yield _finding(Kind.NO_TELEPHONE, home, Topic.NO_DEAD_END, person.id, person.name)
    yield from _own_hours(person.schedule, person.name, home, world, stretches)


def _group(group: Group, world: World, stretches: Stretches) -> Iterator[Finding]:
    home = world.organisations[group.organisation]
    if max(group.enrolled, len(group.members)) == 1:
        yield _finding(Kind.GROUP_OF_ONE, home, Topic.GROUP_NUMBERS, group.id, group.name)
    elif not group.members:
        yield _finding(Kind.GROUP_EMPTY, home, Topic.GROUP_NUMBERS, group.id, group.name)
    else:
        schedule = group.schedule or world.schedule_of_unit(group.unit_id)
        at = _uncovered(world, home, group.members, schedule, stretches)
        if at is not None:
            yield _uncovered_finding(group, home, world, at)
    yield from _own_hours(group.schedule, group.name, home, world, stretches)


def _unit(unit: Unit, world: World, stretches: Stretches) -> Iterator[Finding]:
    """Every unit is staffed on the telephone in its hours (AAB-4)."""
    home = world.organisations[unit.organisation]
    people = (world.people[key] for key in world.people_of_unit.get(unit.id, ()))
    staff = tuple(person.id for person in people if person.phones and not _left(person, stretches))
    if staff:
        schedule = world.schedule_of_unit(unit.id)
        at = _uncovered(world, home, staff, schedule, stretches)
        if at is not None:
            yield _uncovered_finding(unit, home, world, at)
    yield from _own_hours(unit.schedule, unit.name, home, world, stretches)


def _uncovered_finding(owner: Group | Unit, home: Organisation, world: World, at: float) -> Finding:
    names = names_upwards(owner, world)
    topic = Topic.STAFFED if home.rules.clause(Topic.STAFFED, *names) else Topic.OWN_HOURS
    return _finding(Kind.HOURS_UNCOVERED, home, topic, owner.id, owner.name, names, at=at)


def _left(person: Person, stretches: Stretches) -> bool:
    return person.ended is not None and person.ended <= stretches.start


def _uncovered(
    world: World, home: Organisation, staff: Iterable[str], schedule: str, stretches: Stretches
) -> float | None:
    """The first moment of ``schedule`` at which none of them is there: away, outside her own hours, gone, or without a telephone."""
    able = [person for person in (world.people[key] for key in staff if key in world.people) if person.phones]
    hours = {person.id: schedule_of(person, world) for person in able}
    if any(hours[person.id] in ("", schedule) and _always_there(person, world, stretches) for person in able):
        return None
    table = world.told(schedule, home.id)
    tables = {person.id: world.timetable(hours[person.id], home.id) for person in able}
    moments = {person.ended for person in able if person.ended is not None}
    for person in able:
        moments.update(changes(world.absences.get(person.id, ()), stretches.start, stretches.end))
    toggling = [known for known in {table, *tables.values()} if known is not None]
    for at in sorted(stretches.unlike(toggling, moments)):
        is_open = table is None or table.is_open(at)
        if is_open and not any(_there(person, tables[person.id], world, at) for person in able):
            return at
    return None


def _always_there(person: Person, world: World, stretches: Stretches) -> bool:
    """In all the period, whenever her hours say so."""
    return person.id not in world.absences and (person.ended is None or person.ended >= stretches.end)


def _there(person: Person, own: Timetable | None, world: World, at: float) -> bool:
    employed = person.ended is None or at < person.ended
    return employed and (own is None or own.is_open(at)) and away(world.absences.get(person.id, ()), at) is None


def with_function(place: tuple[str, str], world: World) -> tuple[str, ...]:
    """The keys of those who have a function, without those who only stand in. ``place``: (organisation, function)."""
    return tuple(id_ for id_ in world.same_function.get(place, ()) if place[1] in world.people[id_].functions)


def _function(place: tuple[str, str], world: World) -> Iterator[Finding]:
    """People who answer the same questions without a group number (SOL-6)."""
    ids = with_function(place, world)
    if len(ids) < SEVERAL:
        return
    groups = Counter(group for id_ in ids for group in world.groups_of.get(id_, ()))
    if max(groups.values(), default=0) < 2:
        organisation, function = place
        home = world.organisations[organisation]
        yield _finding(Kind.WITHOUT_GROUP, home, Topic.GROUP_NUMBERS, ids[0], function, others=len(ids) - 1)


def _own_hours(schedule: str, name: str, home: Organisation, world: World, stretches: Stretches) -> Iterator[Finding]:
    """Hours within the organisation's: telephone hours, which a policy may forbid (SOL-7)."""
    yield from _never_opens(schedule, name, home, world, stretches)
    own = world.schedules.get(schedule)
    if own is not None and own.base is None and not home.rules.telephone_hours:
        yield _finding(Kind.FORBIDDEN_HOURS, home, Topic.TELEPHONE_HOURS, schedule, name)


def _never_opens(schedule: str, name: str, home: Organisation, world: World, stretches: Stretches) -> Iterator[Finding]:
    table = world.timetable(schedule, home.id)
    if table is not None and table.next_opening(stretches.end) is None:
        yield _finding(Kind.NEVER_OPENS, home, Topic.OPENING_HOURS, schedule, name, at=stretches.end)
