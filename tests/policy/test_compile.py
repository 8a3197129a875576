# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy becomes rules and schedules."""

from __future__ import annotations

import pytest

from tests.policy.samples import clause, hours, policy
from vaxel.domain.hours import Span
from vaxel.domain.rules import Choice, Resort, Rules, Topic
from vaxel.policy.compile import compile_policy
from vaxel.policy.load import parse
from vaxel.policy.rings import seconds

OPEN = 'use = "opening-hours"'


@pytest.mark.parametrize(
    ("country", "five"),
    [("SE", 30.0), ("NO", 25.0), ("DK", 25.0), ("FI", 25.0), ("AX", 25.0), ("IS", 29.5), ("FO", 25.0)],
)
def test_five_rings_are_as_long_as_they_are_in_the_country(country: str, five: float) -> None:
    assert seconds(5, country) == pytest.approx(five)


def test_what_a_policy_does_not_speak_of_stays_as_it_is() -> None:
    rules = compile_policy(policy(clause("LIL-1", OPEN))).rules
    assert rules == Rules(version="1", clauses={"opening-hours": "LIL-1"})


def test_units_groups_and_people_may_have_limits_of_their_own() -> None:
    rules = compile_policy(
        policy(
            clause("LIL-1", 'use = "ring-limit"\nrings = 5'),
            clause("LIL-2", 'use = "ring-limit"\nseconds = 40\nunits = ["Bygg"]\npeople = ["Eva Berg"]'),
            clause("LIL-3", 'use = "ring-limit"\nrings = 2\ngroups = ["Växel"]'),
        )
    ).rules
    assert rules.ring == 30.0
    assert rules.own_ring("Bo Ek", ["Skola"]) is None
    assert rules.own_ring("Bo Ek", ["Lov", "Bygg"]) == 40.0
    assert rules.own_ring("Eva Berg", ["Skola"]) == 40.0
    assert (rules.group_seconds("Växel"), rules.group_seconds("Annan")) == (12.0, 30.0)
    assert (rules.a_ring, rules.a_ring_of) == (6.0, {"Bygg": None, "Eva Berg": None})


def test_a_policy_that_counts_seconds_knows_no_ring() -> None:
    assert compile_policy(policy(clause("LIL-1", 'use = "ring-limit"\nseconds = 40'))).rules.a_ring is None


@pytest.mark.clause("AAB-5", "AAB-10")
def test_a_clause_for_one_unit_is_cited_for_that_unit_alone() -> None:
    rules = compile_policy(
        policy(
            clause("LIL-1", 'use = "own-hours"\ngroups = ["Hemtjänsten"]'),
            clause("LIL-2", 'use = "own-hours"\nunits = ["Jobcenter"]'),
            clause("LIL-3", 'use = "ring-limit"\nrings = 2\npeople = ["Eva Berg"]'),
            clause("LIL-4", 'use = "ring-limit"\nrings = 5'),
        )
    ).rules
    assert rules.clause(Topic.OWN_HOURS, "Någon", "Jobcenter") == "LIL-2"
    assert rules.clause(Topic.OWN_HOURS, "Hemtjänsten") == "LIL-1"
    assert rules.clause(Topic.OWN_HOURS, "Bygg") == "", "no clause speaks of it"
    assert (rules.clause(Topic.RING_LIMIT, "Eva Berg"), rules.clause(Topic.RING_LIMIT)) == ("LIL-3", "LIL-4")


@pytest.mark.clause("FAL-1", "GNO-3")
def test_units_and_people_may_have_an_order_and_choices_of_their_own() -> None:
    rules = compile_policy(
        policy(
            clause("LIL-1", 'use = "answer-order"\norder = ["switchboard"]\nunits = ["Bygg"]'),
            clause("LIL-2", 'use = "answer-order"\norder = ["same-function", "mailbox"]'),
            clause(
                "LIL-3", 'use = "absence-referral"\nchoices = ["group"]\nspeak_reason = false\npeople = ["Eva Berg"]'
            ),
        )
    ).rules
    assert (rules.order, rules.order_of) == (
        (Resort.SAME_FUNCTION, Resort.MAILBOX),
        {"Bygg": (Resort.SWITCHBOARD,)},
    )
    assert (rules.absence_choices, rules.speak_reason) == (Rules().absence_choices, True)
    assert (rules.absence_choices_of, rules.speak_reason_of) == ({"Eva Berg": (Choice.GROUP,)}, {"Eva Berg": False})
    assert rules.clause(Topic.ANSWER_ORDER, "Eva Berg", "Bygg") == "LIL-1"


@pytest.mark.clause("AAB-12", "AAB-13")
def test_exceptional_hours_of_a_unit_are_allowed_by_what_is_said_of_it_and_of_everybody() -> None:
    rules = compile_policy(
        policy(
            clause("LIL-1", 'use = "exceptional-hours"\nlonger = false\napproved_by = "director"'),
            clause("LIL-2", 'use = "exceptional-hours"\nshorter = false\nunits = ["Borgerservice"]'),
            clause("LIL-3", 'use = "exceptional-hours"\nlonger = false\ncover = true\ngroups = ["Växel"]'),
        )
    ).rules
    everybody, service, exchange = (
        rules.exceptional_hours,
        rules.exceptional_hours_of["Borgerservice"],
        rules.exceptional_hours_of["Växel"],
    )
    assert (everybody.longer, everybody.shorter, everybody.approved_by, everybody.cover) == (
        False,
        True,
        "director",
        False,
    )
    assert (service.longer, service.clause_of_longer, service.approved_by) == (True, "LIL-2", "director")
    assert (exchange.longer, exchange.cover, exchange.approved_by) == (False, True, "director")


def test_the_longest_ringing_is_the_shorter_of_what_the_clauses_say() -> None:
    rules = compile_policy(
        policy(
            clause("LIL-1", 'use = "no-dead-end"\nlongest_ringing_seconds = 60'),
            clause("LIL-2", 'use = "answer-order"\norder = ["mailbox"]\nmailbox_after_rings = 8'),
        )
    ).rules
    assert rules.longest_ringing == 48.0


def test_a_week_has_lunch_seasons_holidays_eves_and_nights() -> None:
    schedule = compile_policy(
        policy(
            hours(
                'week = { mon-thu = "08:00-16:00", fri = "22:00-02:00" }\n'
                'lunch = "12:00-13:00"\n'
                'eve = "08:00-12:00"\n'
                '[[hours.season]]\nname = "Summer"\nfirst = "06-15"\nlast = "08-15"\nweek.mon-thu = "08:00-15:00"\n'
                '[[hours.dated]]\nname = "Staff day"\nfirst = 2026-09-07\nlast = 2026-09-07\nopen = "closed"'
            ),
            clause("LIL-1", OPEN),
        )
    ).telephone_hours()
    assert schedule is not None
    assert schedule.week[0] == (Span(480, 720), Span(780, 960))
    assert schedule.week[4] == (Span(1320, 1560),)
    assert schedule.week[6] == ()
    assert schedule.eve == (Span(480, 720),)
    assert schedule.holiday == ()
    assert schedule.seasons[0].week[3] == (Span(480, 720), Span(780, 900))
    assert (schedule.dated[0].spans, schedule.dated[0].name, schedule.dated[0].clause) == ((), "Staff day", "LIL-1")


def test_hours_of_a_unit_are_found_by_its_name() -> None:
    text = hours('unit = "Jobcenter"\nweek.mon = "09:00-12:00"')
    compiled = compile_policy(policy(text, clause("LIL-1", 'use = "own-hours"\nunits = ["Jobcenter"]')))
    assert compiled.telephone_hours() is None
    assert compiled.telephone_hours(unit="Jobcenter") is not None


def test_a_policy_may_be_read_with_line_ends_of_windows() -> None:
    from tests.policy.samples import text

    assert parse(text(clause("LIL-1", OPEN)).replace("\n", "\r\n")).clause[0].id == "LIL-1"
