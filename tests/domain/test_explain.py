# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The explanation is the plan that calls walk: nothing left out, nothing added, and said as callers hear it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.test_proof import slow
from tests.domain.worlds import END, HOUR, MAIN, START, worlds
from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.explain import Line, What, explain
from vaxel.domain.hours import Schedule, Span
from vaxel.domain.proof import Ending, ways
from vaxel.domain.routing import plan
from vaxel.domain.rules import Choice, Rules
from vaxel.domain.world import NoAnswer, Number, NumberKind, Organisation, Person, World

ENDINGS = {
    What.PERSON: Ending.PERSON,
    What.OPERATOR: Ending.OPERATOR,
    What.MAILBOX: Ending.MAILBOX,
    What.TOLD: Ending.TOLD,
    What.DEAD: Ending.DEAD,
}


@slow
@given(world=worlds(), at=st.floats(START, END), number=st.integers(0, 8))
def test_every_end_of_the_plan_is_a_line(world: World, at: float, number: int) -> None:
    dialled = list(world.numbers)[number]
    route = plan(dialled, False, world, at)
    lines = explain(route, at, world)
    walked = {way.ending for way in ways(route.plan)} - {Ending.MESSAGE}
    assert {ENDINGS[line.what] for line in lines if line.what in ENDINGS} == walked
    assert all(line.depth >= 0 for line in lines)
    assert lines[0].depth == 0
    for line in lines:
        if line.branch == "chose:nothing" and line.what is What.SAME:
            assert any(other.digit == line.digit and other.branch.startswith("chose:") for other in lines)


def small(**fields: object) -> World:
    home = Organisation(
        id="home",
        name="Home",
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        main_number=MAIN,
        welcome_phrase="Välkommen till Home.",
        schedule="s",
        rules=Rules(
            clauses={"welcome": "HOM-1", "message-offer": "HOM-2", "absence-referral": "HOM-3", "ring-limit": "HOM-4"},
            absence_choices=(Choice.MESSAGE, Choice.SWITCHBOARD),
        ),
    )
    anna = Person(id="p1", organisation="home", name="Anna Berg", unit="", number="4681", phones=("anna",))
    numbers = [
        Number(number=MAIN, organisation="home", kind=NumberKind.MAIN),
        Number(number="4681", organisation="home", kind=NumberKind.DIRECT, owner="p1"),
    ]
    world = World(
        organisations={"home": home},
        numbers={number.number: number for number in numbers},
        people={"p1": anna},
        groups={},
        operators={},
        phones={},
        schedules={"s": Schedule(id="s", week=((Span(480, 960),),) * 5 + ((), ()))},
    )
    return replace(world, **fields)


def told(number: str, at: float, world: World) -> tuple[Line, ...]:
    return explain(plan(number, False, world, at), at, world)


def test_a_closed_switchboard_says_when_it_opens() -> None:
    closed = told(MAIN, START + 5 * 24 * HOUR + 12 * HOUR, small())  # Saturday noon
    assert [line.what for line in closed] == [What.ANNOUNCE, What.TOLD]
    assert closed[0].heard == "Växeln är stängd just nu. Vi öppnar på måndag, klockan åtta."


def test_the_main_number_tells_the_whole_way_with_clauses() -> None:
    lines = told(MAIN, START + 9 * HOUR, small())
    assert [(line.depth, line.branch, line.what) for line in lines] == [
        (0, "", What.ANNOUNCE),
        (0, "", What.QUEUE),
        (1, "answered", What.OPERATOR),
        (0, "waited", What.MESSAGE),
    ]
    assert lines[0].heard == "Välkommen till Home."
    assert (lines[0].clause, lines[1].clause, lines[3].clause) == ("HOM-1", "HOM-1", "HOM-2")
    assert lines[1].seconds == Rules().wait


def test_who_is_rung_for_how_long_and_what_then() -> None:
    ring, talk, mailbox = told("4681", START + 9 * HOUR, small())
    assert (ring.what, ring.seconds, ring.clause) == (What.RING, 25.0, "HOM-4")
    assert (talk.branch, talk.who[0].name) == ("answered", "Anna Berg")
    assert (mailbox.branch, mailbox.what, mailbox.who[0].name) == ("unanswered", What.MAILBOX, "Anna Berg")
    assert mailbox.heard.startswith("Anna Berg kan inte svara just nu.")


def test_an_absent_person_s_callers_choose_and_who_presses_nothing_is_not_left_out() -> None:
    absence = Absence(
        id="a1", person="p1", reason=AbsenceReason.MEETING, start=START, end=START + 13 * HOUR, refer=ReferTo.NOWHERE
    )
    lines = told("4681", START + 9 * HOUR, small(absences={"p1": (absence,)}))
    assert lines[0].what is What.MENU
    assert lines[0].heard == (
        "Anna Berg sitter i möte, och är åter i dag, klockan tretton. "
        "För att lämna ett meddelande, tryck ett. För att tala med växeln, tryck två."
    )
    assert [(line.branch, line.digit) for line in lines if line.branch.startswith("chose:")] == [
        ("chose:message", "1"),
        ("chose:switchboard", "2"),
        ("chose:nothing", "2"),
    ]


def test_what_is_not_known_ends_the_sentence() -> None:
    absence = Absence(id="a1", person="p1", reason=AbsenceReason.MEETING, start=START, refer=ReferTo.VOICEMAIL)
    (mailbox,) = told("4681", START + 9 * HOUR, small(absences={"p1": (absence,)}))
    assert mailbox.heard.startswith("Anna Berg sitter i möte. Tala in ditt meddelande efter tonen")


def test_a_person_without_a_telephone_is_passed_over() -> None:
    world = small()
    anna = replace(world.people["p1"], phones=(), no_answer=NoAnswer.SWITCHBOARD)
    lines = told("4681", START + 9 * HOUR, replace(world, people={"p1": anna}))
    assert lines[0].what is What.NO_TELEPHONE
    assert lines[1].what is What.QUEUE


def test_a_number_that_is_nobody_s_ends_at_once() -> None:
    (line,) = told("4699", START, small())
    assert line.what is What.DEAD
    assert line.why == "The number belongs to nobody."
