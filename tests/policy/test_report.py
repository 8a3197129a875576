# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report of a period: how each clause stands, by the policy of its time."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.utils import translation

from tests import rows
from tests.policy.history import DAY, NOON, History, answered, direct, ended, main, rang, waiting
from tests.policy.samples import clause, text
from vaxel.directory.audit import By
from vaxel.directory.models import Organisation
from vaxel.policy import actions
from vaxel.policy.evidence.base import State
from vaxel.policy.load import shipped
from vaxel.policy.report import as_csv, as_json, as_text, report, together

pytestmark = pytest.mark.django_db

BY = By(name="Eva")
LIMIT = 'use = "ring-limit"\nrings = {}'


@pytest.fixture
def lillby() -> Organisation:
    return rows.organisation("lillby")


def in_force(written: str, days: int = 0) -> None:
    actions.activate(actions.propose(written, BY), BY, moment=NOON + days * DAY)


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ("kept kept", State.KEPT),
        ("kept unmeasured", State.NOT_MEASURED),
        ("kept uncontrolled", State.NO_CONTROL),
        ("unmeasured uncontrolled kept", State.NO_CONTROL),
        ("uncontrolled broken kept", State.BROKEN),
    ],
)
def test_a_clause_without_a_working_control_is_never_green(states: str, whole: State) -> None:
    words = {
        "kept": State.KEPT, "broken": State.BROKEN, "unmeasured": State.NOT_MEASURED, "uncontrolled": State.NO_CONTROL,
    }  # fmt: skip
    assert together(words[word] for word in states.split()) is whole


@pytest.mark.parametrize("name", sorted(shipped()))
def test_no_clause_of_the_five_is_green_while_something_is_missing(name: str) -> None:
    countries = {"tana": ("NO", "nb"), "aabenraa": ("DK", "da")}
    country, language = countries.get(name, ("SE", "sv"))
    home = rows.organisation(name, country=country, language=language)
    in_force(shipped()[name])
    made = report(home, NOON, NOON + DAY)
    clauses = made.versions[0].clauses
    assert clauses
    for one in clauses:
        if not all(control.works for control in one.controls):
            assert one.state in (State.NO_CONTROL, State.BROKEN), one.clause
            assert all(control.evidence for control in one.controls)


def test_a_past_call_is_judged_by_the_policy_of_its_time(lillby: Organisation) -> None:
    in_force(text(clause("LIL-1", LIMIT.format(8))))
    History(lillby, NOON + 0.5 * DAY).call(direct(), rang(45, 45), waiting(45), ended(60))
    in_force(text(clause("LIL-1", LIMIT.format(5))).replace('version = "1"', 'version = "2"'), days=1)
    made = report(lillby, NOON - DAY, NOON + 2 * DAY)
    assert [(one.version, one.clauses[0].state) for one in made.versions] == [
        ("1", State.KEPT),
        ("2", State.NOT_MEASURED),
    ]
    assert (made.versions[0].start, made.versions[0].end) == (NOON, NOON + DAY)


@pytest.fixture
def broken(lillby: Organisation) -> tuple[Organisation, str]:
    in_force(text(clause("LIL-1", LIMIT.format(5)), clause("LIL-2", 'use = "parcels"')))
    past = History(lillby)
    past.call(main(), waiting(0), answered(9), ended(60))
    return lillby, past.call(direct(), rang(45, 45), waiting(45), ended(60))


def test_a_report_is_told_to_people_to_programs_and_to_spreadsheets(broken: tuple[Organisation, str]) -> None:
    lillby, call = broken
    made = report(lillby, NOON, NOON + DAY)
    told = as_text(made)
    assert "LIL-1    BROKEN" in told
    assert f"{call} Anna Lind's telephone rang for 45 s; 30 s are allowed." in told
    assert "LIL-2    NO CONTROL" in told
    assert "parcels: The receipt book for parcels doesn't exist yet." in told
    assert "kept 0, broken 1, not measured yet 0, no control 1" in told
    read = json.loads(as_json(made))
    assert read["versions"][0]["clauses"][0]["controls"][0]["cases"][0]["call"] == call
    rows_of_csv = list(csv.DictReader(io.StringIO(as_csv(made))))
    assert [(row["clause"], row["state"], row["cases"]) for row in rows_of_csv] == [
        ("LIL-1", "broken", call),
        ("LIL-2", "no control", ""),
    ]


def test_a_cell_that_a_spreadsheet_would_calculate_is_told_to_be_text(lillby: Organisation) -> None:
    in_force(text(clause("LIL-1", LIMIT.format(5))).replace("A promise.", "=1+1"))
    assert "'=1+1" in as_csv(report(lillby, NOON, NOON + DAY))


def test_without_a_policy_the_report_says_so(lillby: Organisation) -> None:
    assert as_text(report(lillby, NOON, NOON + DAY)) == "No policy of Lillby kommun was in force in the period.\n"


def test_clauses_are_told_in_the_reader_s_language_where_the_policy_has_it(lillby: Organisation) -> None:
    written = text(clause("LIL-1", LIMIT.format(5))).replace(
        'text.en = "A promise."', 'text = { en = "A promise.", sv = "Ett löfte." }'
    )
    in_force(written)
    with translation.override("sv"):
        assert report(lillby, NOON, NOON + DAY).versions[0].clauses[0].text == "Ett löfte."
    with translation.override("da"):
        assert report(lillby, NOON, NOON + DAY).versions[0].clauses[0].text == "A promise."
