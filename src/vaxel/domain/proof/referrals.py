# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Absences as they are entered: does each lead to somebody, and not round in a ring?"""

from __future__ import annotations

from collections.abc import Iterator

from vaxel.domain.absence import Absence, ReferTo, away, changes
from vaxel.domain.proof.findings import Finding, Kind
from vaxel.domain.proof.stretches import Stretches
from vaxel.domain.proof.ways import Ending, ways
from vaxel.domain.routing import Reads, plan
from vaxel.domain.rules import Topic
from vaxel.domain.world import Person, World

TO_SOMEBODY = (ReferTo.COLLEAGUE, ReferTo.GROUP)


def check_referrals(world: World, person: str, stretches: Stretches) -> Iterator[Finding]:
    """Of one person: each absence in the period that refers to a colleague or a group. What else can be is supposed of everybody."""
    owner = world.people.get(person)
    if owner is None:
        return
    for absence in world.absences.get(person, ()):
        in_period = absence.start < stretches.end and (absence.end is None or absence.end > stretches.start)
        if absence.refer in TO_SOMEBODY and in_period:
            yield from _check(world, owner, absence, stretches)


def _check(world: World, owner: Person, absence: Absence, stretches: Stretches) -> Iterator[Finding]:
    target = world.people.get(absence.refer_id) or world.groups.get(absence.refer_id)
    start, end = max(absence.start, stretches.start), min(absence.end or stretches.end, stretches.end)
    if target is None or (isinstance(target, Person) and target.ended is not None and target.ended < end):
        yield _finding(Kind.REFERRED_TO_NOBODY, world, owner, start, target.name if target else "")
    elif isinstance(target, Person):
        yield from _absent_too(world, owner, target, start, end)
    for key in sorted(world.leading_to(owner.id)):
        for number in world.numbers_of.get(key, ()):
            yield from _walk(world, owner, number, start, end)


def _absent_too(world: World, owner: Person, target: Person, start: float, end: float) -> Iterator[Finding]:
    absences = world.absences.get(target.id, ())
    for at in (start, *changes(absences, start, end)):
        found = away(absences, at)
        if found is not None and found.refer not in TO_SOMEBODY:
            yield _finding(Kind.REFERRED_TO_ABSENT, world, owner, at, target.name)
            return


def _walk(world: World, owner: Person, number: str, start: float, end: float) -> Iterator[Finding]:
    """From ``number`` through the chain of referrals, at its beginning and whenever somebody on it comes or goes."""
    home = world.organisations[owner.organisation]
    waiting, seen = {start}, set()
    while waiting:
        at = min(waiting)
        waiting.discard(at)
        seen.add(at)
        reads = Reads()
        step = plan(number, False, world, at, reads=reads).plan
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


def _finding(
    kind: Kind, world: World, owner: Person, at: float, detail: str, way: tuple[str, ...] = (), seconds: float = 0.0
) -> Finding:
    return Finding(
        kind=kind,
        organisation=owner.organisation,
        subject=owner.number or owner.id,
        name=owner.name,
        at=at,
        way=way,
        seconds=seconds,
        detail=detail,
        clause=world.organisations[owner.organisation].rules.clause(Topic.ABSENCE_REFERRAL),
    )
