# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality of any size, as routing and the prover see it: units with hours, functions, groups, absences, leavers."""

from __future__ import annotations

import random
from datetime import date

from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.hours import DayKind, Schedule, Season, Span, SpecialDay, Week
from vaxel.domain.rules import Choice, Resort, Rules
from vaxel.domain.world import (
    Group,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Strategy,
    Unit,
    World,
)

HOME = "storby"
START = 1_798_758_000.0
"""1 January 2027 in Stockholm."""
HOUR, DAY = 3600.0, 86_400.0
RULES = Rules(
    ring=30.0,
    order=(Resort.SAME_FUNCTION, Resort.MAILBOX),
    absence_choices=(Choice.MESSAGE, Choice.COLLEAGUE, Choice.SWITCHBOARD),
    clauses={"ring-limit": "SOL-2", "answer-order": "FAL-1", "no-dead-end": "AAB-24"},
)


def municipality(numbers: int, seed: int = 1) -> World:
    """A world with so many numbers: 93 of 100 direct, 7 of groups. The same ``seed`` gives the same world."""
    chance = random.Random(seed)
    people = {f"p{n}": _person(n, chance) for n in range(int(numbers * 0.93))}
    groups = {f"g{n}": _group(n, list(people), chance) for n in range(numbers - len(people) - 1)}
    owners = [*(_number(person.number, NumberKind.DIRECT, person.id) for person in people.values())]
    owners += [_number(group.number, NumberKind.GROUP, group.id) for group in groups.values()]
    owners.append(_number("4680000000", NumberKind.MAIN, ""))
    units = {f"u{n}": _unit(n, chance) for n in range(max(1, numbers // 50))}
    schedules = {unit.schedule: _schedule(unit.schedule, chance) for unit in units.values() if unit.schedule}
    schedules["main"] = Schedule(id="main", week=_week(480, 1020), holiday=(), eve=(Span(480, 720),))
    return World(
        organisations={HOME: _organisation()},
        numbers={number.number: number for number in owners},
        people=people,
        groups=groups,
        operators={f"o{n}": Operator(id=f"o{n}", name="", organisations=(HOME,), phone=f"o{n}") for n in range(20)},
        phones={},
        units=units,
        schedules=schedules,
        absences=_absences(people, chance),
        trunk="trunk",
    )


def _organisation() -> Organisation:
    return Organisation(
        id=HOME,
        name="Storby kommun",
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        main_number="4680000000",
        welcome_phrase="Välkommen till Storby kommun",
        rules=RULES,
        schedule="main",
        calendar={
            date(2027, 1, 6): SpecialDay(kind=DayKind.HOLIDAY, name="Trettondedag jul"),
            date(2027, 3, 26): SpecialDay(kind=DayKind.HOLIDAY, name="Långfredagen"),
            date(2027, 6, 25): SpecialDay(kind=DayKind.EVE, name="Midsommarafton"),
            date(2027, 12, 24): SpecialDay(kind=DayKind.EVE, name="Julafton"),
        },
    )


def _number(number: str, kind: NumberKind, owner: str) -> Number:
    return Number(number=number, organisation=HOME, kind=kind, owner=owner)


def _person(n: int, chance: random.Random) -> Person:
    return Person(
        id=f"p{n}",
        organisation=HOME,
        name=f"Person {n}",
        unit=f"Unit {n // 50}",
        unit_id=f"u{n // 50}",
        number=f"46800{n:07}",
        phones=(f"s{n}",) if chance.random() < 0.97 else (),
        function=f"f{n // 5}" if chance.random() < 0.7 else "",
        has_greeting=chance.random() < 0.8,
        mobile="46700000000" if chance.random() < 0.2 else "",
        ended=START - DAY if chance.random() < 0.005 else None,
        successor=f"p{n // 2}" if chance.random() < 0.5 else "",
    )


def _group(n: int, people: list[str], chance: random.Random) -> Group:
    size = chance.randint(2, 9)
    first = chance.randrange(max(1, len(people) - size))
    return Group(
        id=f"g{n}",
        organisation=HOME,
        name=f"Group {n}",
        number=f"46801{n:07}",
        members=tuple(people[first : first + size]),
        strategy=chance.choice(list(Strategy)),
        unit_id=f"u{first // 50}",
        overflow=f"g{chance.randrange(n)}" if n and chance.random() < 0.1 else "",
        mailbox=chance.random() < 0.5,
        enrolled=size,
    )


def _unit(n: int, chance: random.Random) -> Unit:
    own = chance.random() < 0.4
    return Unit(
        id=f"u{n}",
        organisation=HOME,
        name=f"Unit {n}",
        parent=f"u{n // 8}" if n else "",
        schedule=f"h{n}" if own else "",
    )


def _week(opens: int, closes: int, lunch: int = 0) -> Week:
    day = (Span(opens, lunch), Span(lunch + 60, closes)) if lunch else (Span(opens, closes),)
    return (day, day, day, day, (Span(opens, closes - 60),), (), ())


def _schedule(id_: str, chance: random.Random) -> Schedule:
    """Every unit has hours of its own: nothing is gained by two being equal."""
    week = _week(480 + 5 * chance.randrange(24), 840 + 5 * chance.randrange(36), chance.choice([0, 690, 720]))
    summer = Season(first=(6, 20), last=(8, 15), week=_week(540, 780))
    return Schedule(id=id_, week=week, seasons=(summer,) if chance.random() < 0.3 else ())


def _absences(people: dict[str, Person], chance: random.Random) -> dict[str, tuple[Absence, ...]]:
    """One in ten is away now and then, a third of them referred to a colleague."""
    found = {}
    for person in chance.sample(list(people), len(people) // 10):
        start, known = START + chance.random() * 60 * DAY, []
        for n in range(chance.randint(1, 3)):
            refer = chance.choice([ReferTo.NOWHERE, ReferTo.COLLEAGUE, ReferTo.SWITCHBOARD, ReferTo.VOICEMAIL])
            other = f"p{chance.randrange(len(people))}" if refer is ReferTo.COLLEAGUE else ""
            end = start + chance.choice([HOUR, 8 * HOUR, 14 * DAY])
            reason = chance.choice(list(AbsenceReason))
            known.append(
                Absence(
                    id=f"{person}-{n}", person=person, reason=reason, start=start, end=end, refer=refer, refer_id=other
                )
            )
            start = end + chance.choice([0, DAY])
        found[person] = tuple(known)
    return found
