# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Absences as they are entered: does each lead to somebody, and not round in a ring?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec import Struct

from vaxel.domain.absence import Absence, ReferTo, away, changes
from vaxel.domain.proof.findings import Finding, Kind
from vaxel.domain.proof.stretches import Stretches
from vaxel.domain.proof.ways import Ending, ways
from vaxel.domain.routing import Reads, names_upwards, plan
from vaxel.domain.rules import Topic
from vaxel.domain.world import Group, Person, World

TO_SOMEBODY = (ReferTo.COLLEAGUE, ReferTo.GROUP)


class Answer(Struct, frozen=True, kw_only=True):
    """What a walk read of hours: whether ``schedule`` is open at a moment, and, if not, whether it opens again."""

    schedule: str
    organisation: str
    at: float
    open: bool
    opens: bool

    def holds(self, world: World) -> bool:
        """Would it be the same in ``world``?"""
        return self == answer(self.schedule, self.organisation, self.at, world)


def answer(schedule: str, organisation: str, at: float, world: World) -> Answer:
    """What ``world`` says."""
    table = world.timetable(schedule, organisation)
    is_open = table is None or table.is_open(at)
    opens = table is None or is_open or table.next_opening(at) is not None
    return Answer(schedule=schedule, organisation=organisation, at=at, open=is_open, opens=opens)


def check_referrals(
    world: World, person: str, stretches: Stretches, ends_well: Callable[[str], bool], asked: set[Answer]
) -> Iterator[Finding]:
    """Of one person: each absence in the period that refers to a colleague or a group. What else can be is supposed of everybody.

    ``ends_well``: is it proved that calls to a person or group do? ``asked`` gets what was read of hours.
    """
    owner = world.people.get(person)
    if owner is None:
        return
    walking = _Walking(world, owner, stretches, ends_well, asked)
    for absence in world.absences.get(person, ()):
        in_period = absence.start < stretches.end and (absence.end is None or absence.end > stretches.start)
        if absence.refer in TO_SOMEBODY and in_period:
            yield from walking.check(absence)


@dataclass
class _Walking:
    world: World
    owner: Person
    stretches: Stretches
    ends_well: Callable[[str], bool]
    asked: set[Answer]

    def check(self, absence: Absence) -> Iterator[Finding]:
        world, owner, stretches = self.world, self.owner, self.stretches
        start, end = max(absence.start, stretches.start), min(absence.end or stretches.end, stretches.end)
        target = world.people.get(absence.refer_id) or world.groups.get(absence.refer_id)
        yield from _check_target(world, owner, target, start, end)
        for key in sorted(world.leading_to(owner.id)):
            if key == owner.id and self._plain(target):
                continue
            for number in world.numbers_of.get(key, ()):
                yield from self._walk(number, start, end)

    def _plain(self, target: Person | Group | None) -> bool:
        """Does the call go to somebody of whom it is proved that it ends well, and no further?

        What is proved supposes every absence that doesn't refer to somebody, and that there are colleagues to stand in, or none.
        """
        match target:
            case Person():
                further = any(one.refer in TO_SOMEBODY for one in self.world.absences.get(target.id, ()))
                further |= target.ended is not None
            case Group():
                further = bool(target.overflow)
            case None:
                return False
        groups = () if isinstance(target, Group) else self.world.groups_of.get(target.id, ())
        further |= any(self.world.groups[group].overflow for group in groups)
        same = target.organisation == self.owner.organisation and target.id != self.owner.id
        return same and not further and self.ends_well(target.id)

    def _walk(self, number: str, start: float, end: float) -> Iterator[Finding]:
        """From ``number`` through the chain of referrals, at its beginning and whenever somebody on it comes or goes."""
        world, owner = self.world, self.owner
        home = world.organisations[owner.organisation]
        waiting, seen = {start}, set()
        while waiting:
            at = min(waiting)
            waiting.discard(at)
            seen.add(at)
            reads = Reads()
            step = plan(number, False, world, at, reads=reads).plan
            self.asked.update(answer(schedule, of, at, world) for schedule, of in reads.schedules)
            if reads.rings and away(world.absences[owner.id], at) is not None:
                names = (world.people.get(key) or world.groups.get(key) for key in sorted(reads.rings))
                yield _finding(Kind.REFERRAL_RING, world, owner, at, ", ".join(found.name for found in names if found))
                return
            for way in ways(step):
                if way.ending is Ending.DEAD or way.ringing > home.rules.longest_ringing:
                    kind = Kind.DEAD_END if way.ending is Ending.DEAD else Kind.RINGS_TOO_LONG
                    yield _finding(kind, world, owner, at, "", way.hops, way.ringing)
                    return
            others = (change for who in reads.absences for change in changes(world.absences[who], start, end))
            waiting |= {change for change in others if change not in seen}


def _check_target(
    world: World, owner: Person, target: Person | Group | None, start: float, end: float
) -> Iterator[Finding]:
    if target is None or (isinstance(target, Person) and target.ended is not None and target.ended < end):
        yield _finding(Kind.REFERRED_TO_NOBODY, world, owner, start, target.name if target else "")
    elif isinstance(target, Person):
        yield from _absent_too(world, owner, target, start, end)


def _absent_too(world: World, owner: Person, target: Person, start: float, end: float) -> Iterator[Finding]:
    absences = world.absences.get(target.id, ())
    for at in (start, *changes(absences, start, end)):
        found = away(absences, at)
        if found is not None and found.refer not in TO_SOMEBODY:
            yield _finding(Kind.REFERRED_TO_ABSENT, world, owner, at, target.name)
            return


def _finding(
    kind: Kind, world: World, owner: Person, at: float, detail: str, way: tuple[str, ...] = (), seconds: float = 0.0
) -> Finding:
    rules = world.organisations[owner.organisation].rules
    return Finding(
        kind=kind,
        organisation=owner.organisation,
        subject=owner.number or owner.id,
        name=owner.name,
        at=at,
        way=way,
        seconds=seconds,
        detail=detail,
        clause=rules.clause(Topic.ABSENCE_REFERRAL, *names_upwards(owner, world)),
    )
