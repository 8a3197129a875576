# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is there to be rung: at work, of the same function, in a group and in its order."""

from __future__ import annotations

from vaxel.domain.absence import Absence, away
from vaxel.domain.plan import Target
from vaxel.domain.routing.case import Case
from vaxel.domain.routing.own import schedule_of
from vaxel.domain.routing.telephones import person_targets
from vaxel.domain.world import Group, Organisation, Person, Strategy, World

SHORTEST_ROUND = 6.0
"""Seconds that a telephone of a group rings at least when its members are rung one after the other."""


def absence_of(case: Case, person: Person) -> Absence | None:
    """What keeps a person away now."""
    known = case.world.absences.get(person.id)
    if not known:
        return None
    case.reads.absences.add(person.id)
    return away(known, case.at, case.rules.merge_gap)


def supposed(case: Case, person: Person) -> Absence | None:
    """What the prover supposes in its place."""
    assert case.suppose is not None
    return case.suppose.absence if case.seen == {person.id} else case.suppose.later


def back_at(absence: Absence, person: Person, home: Organisation, world: World) -> float | None:
    """When the person is expected: at the end of the absence, or when her working hours next begin. None: not known."""
    if absence.end is None:
        return None
    table = world.told(schedule_of(person, world), home.id)
    return absence.end if table is None else table.next_opening(absence.end)


def _at_work(case: Case, person: Person) -> bool:
    if person.ended is not None:
        case.reads.moments.add(person.ended)
        if case.at >= person.ended:
            return False
    away_now = case.suppose is None and absence_of(case, person) is not None
    return not away_now and case.is_open(schedule_of(person, case.world))


def colleagues_of(case: Case, person: Person) -> list[Person]:
    """Those with the same function who have a telephone, are at work, and haven't been rung in this call."""
    if case.suppose is not None and not case.suppose.colleagues:
        return []
    found = []
    for id_ in case.world.colleagues_of(person):
        other = case.world.people[id_]
        if id_ not in case.seen and other.phones and _at_work(case, other):
            found.append(other)
    return found


def group_of(case: Case, person: Person) -> Group | None:
    """The first group of hers that the call hasn't been to."""
    groups = (case.world.groups[id_] for id_ in case.world.groups_of.get(person.id, ()))
    return next((group for group in groups if group.id not in case.seen), None)


def rounds_of(case: Case, group: Group) -> tuple[tuple[tuple[Target, ...], ...], float]:
    """Who is rung together, round by round, and for how many seconds each: in all no longer than the policy lets a caller wait."""
    seconds = group.seconds or case.rules.group_seconds(group.name)
    members = _members(case, group)
    if group.strategy is Strategy.ALL:
        together = tuple(target for member in members for target in person_targets(member))
        return ((together,), seconds) if together else ((), seconds)
    rounds = tuple(person_targets(member) for member in _in_order(case, group, members))
    longest = case.rules.longest_ringing
    seconds = max(SHORTEST_ROUND, min(seconds, longest / max(1, len(rounds))))
    return rounds[: max(1, int(longest // seconds))], seconds


def _members(case: Case, group: Group) -> list[Person]:
    if case.suppose is not None and not case.suppose.colleagues:
        return []
    people = (case.world.people[id_] for id_ in group.members if id_ in case.world.people)
    able = [person for person in people if person.phones]
    if case.rules.shared_ignore_absence:
        return able
    return [person for person in able if _at_work(case, person)]


def _in_order(case: Case, group: Group, members: list[Person]) -> list[Person]:
    match group.strategy:
        case Strategy.IN_TURN:
            return sorted(members, key=lambda person: case.activity.rung.get(person.id, 0.0))
        case Strategy.LONGEST_IDLE:
            return sorted(members, key=lambda person: case.activity.talked.get(person.id, 0.0))
    return members
