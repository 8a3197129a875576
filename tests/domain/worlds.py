# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Random small municipalities: everything that routing knows of, in all combinations, also those that nobody should set up."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st

from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.hours import DatedHours, DayKind, Schedule, Span, SpecialDay, Week
from vaxel.domain.rules import Choice, Resort, Rules
from vaxel.domain.world import (
    Group,
    NoAnswer,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Strategy,
    Unit,
    World,
)

START = 1_795_388_400.0
"""Monday 23 November 2026, midnight in Stockholm."""
HOUR, DAY = 3600.0, 86_400.0
END = START + 10 * DAY
PEOPLE = tuple(f"p{n}" for n in range(5))
GROUPS = ("g0", "g1", "g2")
UNITS = ("u0", "u1")
SCHEDULES = ("", "s0", "s1", "s2")
MAIN = "4680000000"


@cache
def _spans() -> st.SearchStrategy[tuple[Span, ...]]:
    return st.sampled_from(
        [(), (Span(480, 960),), (Span(480, 690), Span(750, 960)), (Span(1200, 1560),), (Span(0, 1440),)]
    )


@cache
@st.composite
def schedules(draw: st.DrawFn, id_: str) -> Schedule:
    week: Week = tuple(draw(_spans()) for _ in range(7))
    dated = DatedHours(first=date(2026, 11, 25), last=date(2026, 11, 26), spans=draw(_spans()), name="Kort dag")
    eve = draw(st.none() | _spans())
    return Schedule(id=id_, week=week, dated=(dated,) if draw(st.booleans()) else (), eve=eve)


@cache
def rules() -> st.SearchStrategy[Rules]:
    return st.builds(
        Rules,
        ring=st.sampled_from([15.0, 30.0]),
        ring_of_unit=st.sampled_from([{}, {"Unit": 95.0}, {"Unit": 18.0, "Below": 95.0}]),
        ring_of_person=st.sampled_from([{}, {"P1": 95.0}]),
        longest_ringing=st.sampled_from([60.0, 90.0]),
        order=st.lists(st.sampled_from(list(Resort)), unique=True, max_size=3).map(tuple),
        order_of=st.sampled_from([{}, {}, {"Unit": (Resort.SWITCHBOARD,), "P2": (Resort.GROUP, Resort.MAILBOX)}]),
        absence_choices_of=st.sampled_from([{}, {}, {"Below": (Choice.COLLEAGUE, Choice.GROUP)}]),
        absence_choices=st.lists(st.sampled_from(list(Choice)), unique=True, max_size=4).map(tuple),
        merge_gap=st.sampled_from([None, 900.0]),
        shared_ignore_absence=st.booleans(),
        closed_offers_message=st.booleans(),
    )


@cache
def _person(id_: str) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        id=st.just(id_),
        organisation=st.just("home"),
        name=st.just(id_.upper()),
        unit=st.just("Unit"),
        number=st.just(f"46800000{id_[1:]}"),
        phones=st.sampled_from([(), (f"phone-{id_}",), (f"phone-{id_}", f"soft-{id_}")]),
        unit_id=st.sampled_from(["", *UNITS]),
        function=st.sampled_from(["", "permits", "taxes"]),
        schedule=st.sampled_from(SCHEDULES),
        no_answer=st.none() | st.sampled_from(list(NoAnswer)),
        has_greeting=st.booleans(),
        mobile=st.sampled_from(["", "46700000001"]),
        ended=st.none() | st.sampled_from([START - DAY, START + 2.5 * DAY]),
        successor=st.sampled_from(["", *PEOPLE]),
    )


@cache
def _group(id_: str) -> st.SearchStrategy[Group]:
    return st.builds(
        Group,
        id=st.just(id_),
        organisation=st.just("home"),
        name=st.just(id_.upper()),
        number=st.just(f"46810000{id_[1:]}"),
        members=st.lists(st.sampled_from(PEOPLE), unique=True).map(tuple),
        strategy=st.sampled_from(list(Strategy)),
        seconds=st.none() | st.just(20.0),
        schedule=st.sampled_from(SCHEDULES),
        unit_id=st.sampled_from(["", *UNITS]),
        overflow=st.sampled_from(["", *GROUPS, *PEOPLE]),
        mailbox=st.booleans(),
        first=st.none() | st.just(START + DAY),
        last=st.none() | st.just(START + 5 * DAY),
    )


@cache
def _absence(person: str, n: int) -> st.SearchStrategy[Absence]:
    refer = st.sampled_from(list(ReferTo))
    start = st.integers(-24, 9 * 24).map(lambda hours: START + hours * HOUR)
    return st.tuples(start, st.none() | st.integers(1, 72), refer, st.sampled_from([*PEOPLE, *GROUPS])).map(
        lambda drawn: Absence(
            id=f"{person}-{n}",
            person=person,
            reason=AbsenceReason.MEETING,
            start=drawn[0],
            end=None if drawn[1] is None else drawn[0] + drawn[1] * HOUR,
            refer=drawn[2],
            refer_id=drawn[3],
        )
    )


@st.composite
def worlds(draw: st.DrawFn, safe: bool = False) -> World:
    """``safe``: the switchboard opens each day, so that there is always something to announce."""
    main = Schedule(id="s0", week=((Span(480, 960),),) * 7) if safe else draw(schedules("s0"))
    home = Organisation(
        id="home",
        name="Home",
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        main_number=MAIN,
        welcome_phrase="Hej",
        rules=draw(rules()),
        schedule=draw(st.sampled_from(["", "s0"])),
        calendar={
            date(2026, 11, 27): SpecialDay(kind=DayKind.HOLIDAY, name="Helgdag"),
            date(2026, 11, 30): SpecialDay(kind=DayKind.EVE, name="Afton"),
        },
    )
    people = {id_: draw(_person(id_)) for id_ in PEOPLE}
    groups = {id_: draw(_group(id_)) for id_ in GROUPS}
    numbers = [Number(number=MAIN, organisation="home", kind=NumberKind.MAIN)]
    numbers += [
        Number(number=p.number, organisation="home", kind=NumberKind.DIRECT, owner=p.id) for p in people.values()
    ]
    numbers += [
        Number(number=g.number, organisation="home", kind=NumberKind.GROUP, owner=g.id) for g in groups.values()
    ]
    away = draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=4))
    return World(
        organisations={"home": home},
        numbers={number.number: number for number in numbers},
        people=people,
        groups=groups,
        operators={"o1": Operator(id="o1", name="Olga", organisations=("home",), phone="olga")},
        phones={},
        units={
            "u0": Unit(id="u0", organisation="home", name="Unit", schedule=draw(st.sampled_from(SCHEDULES))),
            "u1": Unit(id="u1", organisation="home", name="Below", parent=draw(st.sampled_from(["u0", "u0", ""]))),
        },
        schedules={"s0": main, "s1": draw(schedules("s1")), "s2": draw(schedules("s2"))},
        absences={person: tuple(draw(_absence(person, n)) for n in range(draw(st.integers(1, 2)))) for person in away},
        trunk=draw(st.sampled_from(["", "trunk"])),
    )
