# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""After one change in a municipality with 100,000 numbers, the time to a new proof: milliseconds, 99th percentile of changes as they come.

An absence, a member of a group, a telephone, the hours of a unit without units below it; beside it, and not in the figure, the hours of a
unit far up and a change of the whole municipality's rules, which reach (nearly) every number.
"""

from __future__ import annotations

import gc
import platform
import random
import sys
import time
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from bench.support.municipality import DAY, HOME, START, municipality
from bench.support.result import report, say
from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.proof import Proof, prove
from vaxel.domain.world import World

SIZES = (1_000, 10_000, 100_000)
CHANGES = 40
GOAL = 200.0
Change = Callable[[World, random.Random], tuple[World, Iterable[str]]]


def absence(world: World, chance: random.Random) -> tuple[World, Iterable[str]]:
    person, other = chance.sample(list(world.people), 2)
    away = Absence(
        id="new",
        person=person,
        reason=AbsenceReason.MEETING,
        start=START,
        end=START + DAY,
        refer=ReferTo.COLLEAGUE,
        refer_id=other,
    )
    return replace(world, absences={**world.absences, person: (away,)}), {person}


def member(world: World, chance: random.Random) -> tuple[World, Iterable[str]]:
    group = chance.choice([group for group in world.groups.values() if len(group.members) > 1])
    return replace(world, groups={**world.groups, group.id: replace(group, members=group.members[1:])}), {group.id}


def telephone(world: World, chance: random.Random) -> tuple[World, Iterable[str]]:
    person = world.people[chance.choice(list(world.people))]
    phones = () if person.phones else ("new",)
    return replace(world, people={**world.people, person.id: replace(person, phones=phones)}), {person.id}


def hours(world: World, chance: random.Random) -> tuple[World, Iterable[str]]:
    parents = {unit.parent for unit in world.units.values()}
    units = [unit for unit in world.units.values() if unit.schedule and unit.id not in parents]
    return _with_hours(world, chance.choice(units).id)


def hours_far_up(world: World, _: random.Random) -> tuple[World, Iterable[str]]:
    return _with_hours(world, next(unit.id for unit in world.units.values() if unit.schedule))


def _with_hours(world: World, unit: str) -> tuple[World, Iterable[str]]:
    schedule = world.schedules[world.units[unit].schedule]
    new = replace(schedule, week=world.schedules["main"].week)
    return replace(world, schedules={**world.schedules, schedule.id: new}), {unit}


def rules(world: World, _: random.Random) -> tuple[World, Iterable[str]]:
    home = world.organisations[HOME]
    return replace(world, organisations={HOME: replace(home, rules=replace(home.rules, ring=20.0))}), {HOME}


USUAL: tuple[Change, ...] = (absence, member, telephone, hours)
WIDE: tuple[Change, ...] = (hours_far_up, rules)


def taken(proof: Proof, change: Change, chance: random.Random) -> float:
    """Milliseconds to the proof after ``change``."""
    world, keys = change(proof.world, chance)
    gc.collect()
    before = time.perf_counter()
    proof.after(world, keys)
    return (time.perf_counter() - before) * 1000


def main() -> int:
    growth: dict[str, dict[str, float]] = {}
    figures: list[float] = []
    for size in SIZES:
        proof, chance = prove(municipality(size), START, START + 365 * DAY), random.Random(7)
        taken(proof, absence, chance)
        times = {change.__name__: sorted(taken(proof, change, chance) for _ in range(CHANGES)) for change in USUAL}
        figures = sorted(each for change in times.values() for each in change)
        medians = {name: each[len(each) // 2] for name, each in times.items()}
        medians |= {change.__name__: taken(proof, change, chance) for change in WIDE}
        growth[str(size)] = {"p99": figures[len(figures) * 99 // 100]} | medians
        say(f"{size} numbers: " + ", ".join(f"{name} {value:.1f} ms" for name, value in growth[str(size)].items()))
    report(
        "proof_change",
        growth[str(SIZES[-1])]["p99"],
        "ms, 99th percentile of usual changes at 100,000 numbers",
        GOAL,
        lower_is_better=True,
        samples=len(figures),
        versions={"python": platform.python_version()},
        growth={size: {name: round(value, 2) for name, value in values.items()} for size, values in growth.items()},
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
