# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be seen without walking: numbers without owner, groups of one, hours that nobody covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from vaxel.domain.absence import away, changes
from vaxel.domain.proof.findings import Finding, Kind
from vaxel.domain.proof.stretches import Stretches
from vaxel.domain.rules import Resort, Topic
from vaxel.domain.world import Group, NumberKind, Organisation, Person, Unit, World

SEVERAL = 3
"""So many people with one function are “several extensions that answer the same questions” (SOL-6)."""


def of_organisation(world: World, home: str, stretches: Stretches) -> Iterator[Finding]:
    found = world.organisations[home]
    people = [
        person for person in world.people.values() if person.organisation == home and not _left(person, stretches)
    ]
    groups = [group for group in world.groups.values() if group.organisation == home]
    yield from _numbers(world, found)
    yield from _operators(world, found)
    yield from _people(world, found, people)
    yield from _groups(world, found, groups, stretches)
    yield from _functions(world, found)
    yield from _schedules(world, found, stretches)


def _left(person: Person, stretches: Stretches) -> bool:
    return person.ended is not None and person.ended <= stretches.start


def _finding(kind: Kind, home: Organisation, topic: Topic, subject: str, name: str, **more: object) -> Finding:
    clause = home.rules.clause(topic)
    return Finding(kind=kind, organisation=home.id, subject=subject, name=name, clause=clause, **more)  # type: ignore[arg-type]


def _alike(kind: Kind, home: Organisation, topic: Topic, subjects: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Many of a kind are told as one, with the number of the others."""
    found = list(subjects)
    if found:
        subject, name = found[0]
        yield _finding(kind, home, topic, subject, name, others=len(found) - 1)


def _numbers(world: World, home: Organisation) -> Iterator[Finding]:
    owners = {NumberKind.DIRECT: world.people.keys(), NumberKind.GROUP: world.groups.keys()}
    for number in world.numbers.values():
        if number.organisation == home.id and number.kind in owners and number.owner not in owners[number.kind]:
            yield _finding(Kind.NO_OWNER, home, Topic.NUMBER_OWNERS, number.number, "")


def _operators(world: World, home: Organisation) -> Iterator[Finding]:
    serving = sum(home.id in operator.organisations for operator in world.operators.values())
    if not serving:
        yield _finding(Kind.NO_OPERATORS, home, Topic.NO_DEAD_END, home.id, home.name)
    wanted = home.rules.standard_operators * home.rules.trained_factor
    if 0 < serving < wanted:
        yield Finding(
            kind=Kind.TOO_FEW_TRAINED,
            organisation=home.id,
            subject=home.id,
            name=home.name,
            clause=home.rules.clauses.get("trained-pool", ""),
            detail=f"{serving} / {wanted:g}",
        )


def _people(world: World, home: Organisation, people: list[Person]) -> Iterator[Finding]:
    if Resort.MAILBOX in home.rules.order:
        without = ((person.id, person.name) for person in people if person.number and not person.has_greeting)
        yield from _alike(Kind.NO_GREETING, home, Topic.PERSONAL_GREETING, without)
    silent = ((person.id, person.name) for person in people if person.number and not person.phones)
    yield from _alike(Kind.NO_TELEPHONE, home, Topic.NO_DEAD_END, silent)


def _groups(world: World, home: Organisation, groups: list[Group], stretches: Stretches) -> Iterator[Finding]:
    for group in groups:
        if max(group.enrolled, len(group.members)) == 1:
            yield _finding(Kind.GROUP_OF_ONE, home, Topic.GROUP_NUMBERS, group.id, group.name)
        elif not group.members:
            yield _finding(Kind.GROUP_EMPTY, home, Topic.GROUP_NUMBERS, group.id, group.name)
        else:
            at = _uncovered(world, home, group, stretches)
            if at is not None:
                yield _finding(Kind.HOURS_UNCOVERED, home, Topic.OWN_HOURS, group.id, group.name, at=at)


def _uncovered(world: World, home: Organisation, group: Group, stretches: Stretches) -> float | None:
    """A moment in the group's hours, or the switchboard's, at which every member is away."""
    away_of = [world.absences.get(member, ()) for member in group.members]
    if not all(away_of):
        return None
    schedule = group.schedule or world.schedule_of_unit(group.unit_id) or home.schedule
    table = world.timetable(schedule, home.id)
    edges = {stretches.start, *(at for known in away_of for at in changes(known, stretches.start, stretches.end))}
    for at in sorted(edges):
        opening = at if table is None else table.next_opening(at)
        if opening is not None and opening < stretches.end and all(away(known, opening) for known in away_of):
            return opening
    return None


def _functions(world: World, home: Organisation) -> Iterator[Finding]:
    """People who answer the same questions without a group number (SOL-6)."""
    for (organisation, function), ids in world.same_function.items():
        if organisation != home.id or len(ids) < SEVERAL:
            continue
        together = Counter(group for id_ in ids for group in world.groups_of.get(id_, ()))
        if max(together.values(), default=0) < 2:
            yield _finding(Kind.WITHOUT_GROUP, home, Topic.GROUP_NUMBERS, ids[0], function, others=len(ids) - 1)


def _schedules(world: World, home: Organisation, stretches: Stretches) -> Iterator[Finding]:
    for schedule, name, own in _schedules_of(world, home):
        table = world.timetable(schedule, home.id)
        if table is not None and table.next_opening(stretches.end) is None:
            yield _finding(Kind.NEVER_OPENS, home, Topic.OPENING_HOURS, schedule, name, at=stretches.end)
        if own and not home.rules.telephone_hours:
            yield _finding(Kind.FORBIDDEN_HOURS, home, Topic.TELEPHONE_HOURS, schedule, name)


def _schedules_of(world: World, home: Organisation) -> Iterator[tuple[str, str, bool]]:
    """(schedule, whose, whether it is somebody's own within the organisation's)."""
    if home.schedule:
        yield home.schedule, home.name, False
    owners: tuple[Unit | Group | Person, ...] = (
        *world.units.values(),
        *world.groups.values(),
        *world.people.values(),
    )
    for owner in owners:
        if owner.schedule and owner.organisation == home.id and not (isinstance(owner, Person) and owner.ended):
            yield owner.schedule, owner.name, True
