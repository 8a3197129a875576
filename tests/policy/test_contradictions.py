# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parts of a policy that can't be true together."""

from __future__ import annotations

import pytest

from tests.policy.samples import clause, hours, line_of, only_fault, policy, text

OPEN = 'use = "opening-hours"'
FORBIDDEN = 'use = "telephone-hours"\nallowed = false'
WEEK = 'week.mon-fri = "08:00-16:00"'


@pytest.mark.clause("SOL-7")
def test_telephone_hours_where_a_clause_forbids_them() -> None:
    written = text(hours(f'unit = "Bygg"\n{WEEK}'), clause("LIL-1", FORBIDDEN))
    fault = only_fault(written)
    assert (fault.line, fault.key) == (line_of(written, "[[hours]]"), "Bygg")
    assert "clause LIL-1 forbids them" in fault.sentence


def test_the_organisation_itself_may_have_hours_where_units_may_not() -> None:
    policy(hours(WEEK), clause("LIL-1", FORBIDDEN))


def test_a_ring_limit_that_is_longer_than_the_wait_for_the_mailbox() -> None:
    written = text(
        clause("LIL-1", 'use = "ring-limit"\nrings = 8'),
        clause("LIL-2", 'use = "answer-order"\norder = ["mailbox"]\nmailbox_after_rings = 5'),
    )
    fault = only_fault(written)
    assert "may ring 48 s, but by clause LIL-2 the caller reaches the mailbox after 30 s" in fault.sentence


def test_a_deadline_in_hours_that_falls_due_while_everybody_sleeps() -> None:
    written = text(hours(WEEK), clause("LIL-1", 'use = "call-back"\ndeadline = { within = "hours", count = 4 }'))
    fault = only_fault(written)
    assert fault.line == line_of(written, "deadline")
    assert "within 4 hours is shorter than the municipality is closed at a stretch (64 h)" in fault.sentence


def test_people_called_back_before_their_message_must_have_been_heard() -> None:
    fault = only_fault(
        text(
            clause("LIL-1", 'use = "voicemail-heard"\ndeadline = { within = "working-days", count = 1 }'),
            clause("LIL-2", 'use = "call-back"\ndeadline = { within = "working-hours", count = 2 }'),
        )
    )
    assert "sooner than their messages must be heard (clause LIL-1)" in fault.sentence


def test_dated_exceptions_that_overlap() -> None:
    written = text(
        hours(
            f"{WEEK}\n"
            '[[hours.dated]]\nname = "Tax"\nfirst = 2026-04-01\nlast = 2026-05-04\nopen = "08:00-18:00"\n'
            '[[hours.dated]]\nname = "Passports"\nfirst = 2026-05-01\nlast = 2026-06-12\nopen = "08:00-18:00"'
        ),
        clause("LIL-1", OPEN),
    )
    fault = only_fault(written)
    assert "overlap those of “Tax” (2026-04-01 – 2026-05-04)" in fault.sentence
    assert fault.line == line_of(written, "Passports") - 1


@pytest.mark.clause("AAB-13", "AAB-15")
@pytest.mark.parametrize(
    ("limit", "last", "told"),
    [
        ('approved_by = "director"', "2026-02-27", "asks for approval: add `approved_by`"),
        ("longest_months = 6", "2026-12-31", "may last 6 months at most"),
    ],
)
def test_shorter_hours_that_a_clause_does_not_allow_so(limit: str, last: str, told: str) -> None:
    dated = f'{WEEK}\n[[hours.dated]]\nname = "Move"\nfirst = 2026-02-02\nlast = {last}\nopen = "10:00-12:00"'
    fault = only_fault(text(hours(dated), clause("LIL-1", f'use = "exceptional-hours"\n{limit}')))
    assert told in fault.sentence


def test_longer_hours_need_no_approval() -> None:
    dated = f'{WEEK}\n[[hours.dated]]\nname = "Tax"\nfirst = 2026-04-01\nlast = 2026-05-04\nopen = "07:00-19:00"'
    policy(hours(dated), clause("LIL-1", 'use = "exceptional-hours"\napproved_by = "director"'))


@pytest.mark.parametrize(
    ("first", "last"), [("08-01", "09-30"), ("11-15", "06-15"), ("06-01", "08-31"), ("07-01", "07-02")]
)
def test_seasons_that_overlap(first: str, last: str) -> None:
    season = '[[hours.season]]\nname = "{}"\nfirst = "{}"\nlast = "{}"\nweek.mon = "08:00-12:00"'.format
    written = text(
        hours(f"{WEEK}\n{season('Summer', '06-15', '08-15')}\n{season('Other', first, last)}"), clause("LIL-1", OPEN)
    )
    fault = only_fault(written)
    assert "this season overlaps “Summer” (06-15 – 08-15)" in fault.sentence
    assert fault.key == "Other"
    policy(
        hours(f"{WEEK}\n{season('Summer', '06-15', '08-15')}\n{season('Winter', '12-15', '01-15')}"),
        clause("LIL-1", OPEN),
    )


def test_what_a_clause_asks_of_one_unit_does_not_bind_another() -> None:
    dated = f'unit = "Skola"\n{WEEK}\n[[hours.dated]]\nname = "Move"\nfirst = 2026-02-02\nlast = 2026-02-27\nopen = "closed"'
    asks = 'use = "exceptional-hours"\napproved_by = "director"\nunits = ["Bygg"]'
    policy(hours(dated), clause("LIL-1", asks))
    assert (
        "asks for approval" in only_fault(text(hours(dated.replace("Skola", "Bygg")), clause("LIL-1", asks))).sentence
    )


def test_two_orders_for_the_same_unit_and_none_for_different_ones() -> None:
    order = 'use = "answer-order"\norder = ["{}"]\nunits = ["{}"]'.format
    policy(clause("LIL-1", order("mailbox", "Bygg")), clause("LIL-2", order("switchboard", "Skola")))
    written = text(clause("LIL-1", order("mailbox", "Bygg")), clause("LIL-2", order("switchboard", "Bygg")))
    assert "clause LIL-1 says this differently" in only_fault(written).sentence


def test_a_clause_id_that_is_given_twice() -> None:
    written = text(clause("LIL-1", OPEN), clause("LIL-1", FORBIDDEN))
    fault = only_fault(written)
    assert fault.sentence == "this id is already that of clause number 1 in the file. Give each clause its own."
    assert fault.line > line_of(written, "LIL-1")


def test_a_paper_and_a_clause_that_are_not_there() -> None:
    fault = only_fault(text(clause("LIL-1", OPEN)).replace('document = "paper"', 'document = "papers"'))
    assert fault.sentence == "there is no paper “papers” in the head. Did you mean `paper`?"
    fault = only_fault(text(hours(WEEK).replace("LIL-1", "LIL-9"), clause("LIL-1", OPEN)))
    assert fault.sentence.startswith("there is no clause “LIL-9” in this file.")


def test_two_clauses_that_say_different_things_of_everybody() -> None:
    fault = only_fault(
        text(
            clause("LIL-1", 'use = "answer-order"\norder = ["mailbox"]'),
            clause("LIL-2", 'use = "answer-order"\norder = ["switchboard"]'),
        )
    )
    assert fault.sentence.startswith("clause LIL-1 says this differently")


def test_two_ring_limits_for_one_unit() -> None:
    fault = only_fault(
        text(
            clause("LIL-1", 'use = "ring-limit"\nrings = 3\nunits = ["Bygg"]'),
            clause("LIL-2", 'use = "ring-limit"\nrings = 4\nunits = ["Bygg"]'),
        )
    )
    assert fault.sentence.startswith("clause LIL-1 lets the same telephones ring for another time")


def test_hours_given_twice() -> None:
    assert "given a second time" in only_fault(text(hours(WEEK), hours(WEEK), clause("LIL-1", OPEN))).sentence


def test_a_lunch_that_takes_the_whole_day() -> None:
    fault = only_fault(text(hours(f'{WEEK}\nlunch = "08:00-16:00"'), clause("LIL-1", OPEN)))
    assert "there is nothing left of the hours" in fault.sentence


def test_a_policy_that_begins_before_its_paper() -> None:
    written = text(clause("LIL-1", OPEN)).replace(
        'title = "Telefonpolicy för Lillby"', 'title = "P"\nvalid_from = 2026-07-01'
    )
    assert "isn't valid before 2026-07-01" in only_fault(written).sentence
