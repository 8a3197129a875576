# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The five policies that come with Vaxel."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from vaxel.domain.hours import Span, Timetable
from vaxel.domain.rules import Choice, Resort, Topic
from vaxel.policy.compile import Compiled, compile_policy
from vaxel.policy.document import HoursKind, Policy
from vaxel.policy.load import parse, shipped

CLAUSES = {
    "tana": ("TAN", 18),
    "gnosjo": ("GNO", 21),
    "falkenberg": ("FAL", 18),
    "aabenraa": ("AAB", 39),
    "sollentuna": ("SOL", 13),
}


@pytest.fixture(scope="module")
def policies() -> dict[str, Policy]:
    return {name: parse(text, f"{name}.toml") for name, text in shipped().items()}


@pytest.fixture(scope="module")
def compiled(policies: dict[str, Policy]) -> dict[str, Compiled]:
    return {name: compile_policy(policy) for name, policy in policies.items()}


def test_every_clause_of_the_five_is_there_in_its_place(policies: dict[str, Policy]) -> None:
    assert {name: [clause.id for clause in policy.clause] for name, policy in policies.items()} == {
        name: [f"{prefix}-{n}" for n in range(1, count + 1)] for name, (prefix, count) in CLAUSES.items()
    }


def test_every_clause_is_told_in_english_and_in_the_language_of_its_municipality(policies: dict[str, Policy]) -> None:
    for policy in policies.values():
        for clause in policy.clause:
            assert set(clause.text) >= {"en", policy.policy.language}, clause.id


def test_every_file_is_named_after_its_organisation(policies: dict[str, Policy]) -> None:
    assert all(policy.policy.organisation == name for name, policy in policies.items())


@pytest.mark.clause("SOL-2")
def test_five_swedish_rings_are_thirty_seconds(compiled: dict[str, Compiled]) -> None:
    rules = compiled["sollentuna"].rules
    assert (rules.ring, rules.order) == (30.0, (Resort.MAILBOX,))
    assert rules.clause(Topic.RING_LIMIT) == "SOL-2"


@pytest.mark.clause("FAL-1")
def test_in_falkenberg_a_colleague_with_the_same_function_comes_before_the_mailbox(
    compiled: dict[str, Compiled],
) -> None:
    rules = compiled["falkenberg"].rules
    assert rules.order == (Resort.SAME_FUNCTION, Resort.MAILBOX)
    assert rules.absence_choices == (Choice.COLLEAGUE, Choice.MESSAGE)
    assert rules.clause(Topic.ANSWER_ORDER) == "FAL-1"


@pytest.mark.clause("SOL-7")
def test_telephone_hours_are_forbidden_in_sollentuna_alone(compiled: dict[str, Compiled]) -> None:
    assert {name: one.rules.telephone_hours for name, one in compiled.items()} == {
        "tana": True, "gnosjo": True, "falkenberg": True, "aabenraa": True, "sollentuna": False,
    }  # fmt: skip


@pytest.mark.clause("AAB-9")
def test_aabenraa_keeps_its_telephone_and_visiting_hours(compiled: dict[str, Compiled]) -> None:
    telephone = compiled["aabenraa"].telephone_hours()
    assert telephone is not None
    assert telephone.clause == "AAB-9"
    assert telephone.week[:5] == ((Span(480, 960),),) * 3 + ((Span(480, 1020),), (Span(480, 840),))
    assert telephone.week[5:] == ((), ())
    visiting = [owned.schedule for owned in compiled["aabenraa"].schedules if owned.kind is HoursKind.VISITING]
    assert visiting[0].week[:5] == ((Span(600, 900),),) * 3 + ((Span(600, 1020),), (Span(600, 840),))
    table = Timetable(telephone, {}, ZoneInfo("Europe/Copenhagen"))
    friday_afternoon = datetime(2026, 2, 6, 14, 30, tzinfo=ZoneInfo("Europe/Copenhagen")).timestamp()
    opens = table.next_opening(friday_afternoon)
    assert opens is not None
    assert table.local(opens).strftime("%a %H:%M") == "Mon 08:00"


@pytest.mark.clause("AAB-9")
def test_visiting_hours_are_told_and_decide_no_call(compiled: dict[str, Compiled]) -> None:
    schedule = compiled["aabenraa"].visiting_hours()
    assert schedule is not None
    assert schedule.week[0] == (Span(600, 900),)
    assert compiled["aabenraa"].visiting_hours("Jobcenter") is None
    assert compiled["gnosjo"].visiting_hours() is None


def test_only_the_paper_that_gives_hours_has_them(compiled: dict[str, Compiled]) -> None:
    assert {name for name, one in compiled.items() if one.schedules} == {"aabenraa"}


@pytest.mark.clause("FAL-18")
def test_falkenberg_has_twice_the_standard_staff_trained(compiled: dict[str, Compiled]) -> None:
    assert compiled["falkenberg"].rules.trained_factor == 2.0


def test_no_policy_begins_in_the_future(policies: dict[str, Policy]) -> None:
    assert all(policy.policy.valid_from < date(2026, 1, 1) for policy in policies.values())
