# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a file is told by line and key, with what was found, expected and meant."""

from __future__ import annotations

import pytest

from tests.policy.samples import HEAD, clause, faults, hours, line_of, only_fault, text

RINGS = 'use = "ring-limit"\nrings = 5'
OPEN = 'use = "opening-hours"'


def test_an_unknown_key_is_told_with_what_was_probably_meant() -> None:
    written = text(clause("LIL-1", 'use = "ring-limit"\nrings = 5\nunit = ["Bygg"]'))
    fault = only_fault(written)
    assert str(fault) == (
        f"lillby.toml:{line_of(written, 'unit = ')}: LIL-1 › ring-limit › unit: this key isn't known here. Did you mean `units`? "
        "There may be: units, groups, people, rings, seconds."
    )


def test_a_wrong_type_is_told_with_what_was_found_and_what_was_expected() -> None:
    written = text(clause("LIL-1", 'use = "ring-limit"\nrings = "five"'))
    fault = only_fault(written)
    assert fault.line == line_of(written, "five")
    assert fault.sentence == "found a text, “five”; expected a whole number, without quotation marks."


def test_a_date_in_quotation_marks_is_told_so() -> None:
    written = text(clause("LIL-1", OPEN)).replace("2026-01-01", '"2026-01-01"')
    fault = only_fault(written)
    assert fault.key == "policy › valid_from"
    assert "expected a date without quotation marks" in fault.sentence


def test_an_unknown_control_is_told_with_the_nearest() -> None:
    written = text(clause("LIL-1", 'use = "ring-limits"\nrings = 5'))
    fault = only_fault(written)
    assert fault.sentence == "there is no control “ring-limits”. Did you mean `ring-limit`?"
    assert fault.line == line_of(written, "[[clause.control]]")


def test_an_unknown_word_is_told_with_those_there_are() -> None:
    fault = only_fault(text(clause("LIL-1", 'use = "answer-order"\norder = ["mailbx"]')))
    assert fault.sentence == (
        "found a text, “mailbx”; expected one of: mobile, same-function, group, mailbox, switchboard. Did you mean `mailbox`?"
    )


@pytest.mark.parametrize(
    ("controls", "told"),
    [
        ((), "the key `control` is missing."),
        (('use = "ring-limit"',), "give either rings or seconds: one of them, and not both."),
        (('use = "ring-limit"\nrings = 5\nseconds = 30',), "give either rings or seconds: one of them, and not both."),
        (('use = "ring-limit"\nrings = 50',), "found 50; expected at most 20."),
        (('use = "ring-limit"\nrings = 0',), "found 0; expected at least 1."),
        (
            ('use = "answer-order"\norder = ["mailbox", "group"]',),
            "nothing can come after “mailbox”, which always takes the call: put it last, or drop what follows.",
        ),
        (
            ('use = "call-back"\ndeadline = { within = "working-days" }',),
            "“working-days” needs a number: add `count = 2`, for example.",
        ),
        (
            ('use = "call-back"\ndeadline = { within = "same-day", count = 2 }',),
            "“same-day” takes no number: drop `count`, or count in working-days, working-hours, hours or months.",
        ),
        (
            ('use = "answer-order"\norder = ["mailbox"]\ngroups = ["Växel"]',),
            "Växel: this is asked of people, and somebody may be in several groups. Name units or people instead.",
        ),
        (
            ('use = "answer-order"\norder = ["mailbox"]\nmailbox_after_rings = 6\nunits = ["Bygg"]',),
            "the wait for the mailbox holds for everybody: give it in a clause that names no units and no people.",
        ),
        (
            ('use = "staffed"\npeople = ["Eva Berg"]',),
            "Eva Berg: nobody is a team by herself. Name units or groups instead.",
        ),
        (("rings = 5",), 'the control\'s name is missing: add `use = "…"`. `vaxel policy controls` lists them.'),
    ],
)
def test_a_control_that_does_not_fit_is_told(controls: tuple[str, ...], told: str) -> None:
    assert only_fault(text(clause("LIL-1", *controls))).sentence == told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('week.mon = "8-16"', "“8-16” isn't a time of opening."),
        ('week.mon = "08:00-25:00"', "“08:00-25:00” has a time that doesn't exist"),
        ('week.mon = "08:60-12:00"', "“08:60-12:00” has a time that doesn't exist"),
        ('week.mon = "08:00-12:00, 11:00-16:00"', "these times overlap: 08:00-12:00 / 11:00-16:00."),
        ('week.mon = "08:00-08:00"', "“08:00-08:00” begins when it ends."),
        ('week.mån = "08:00-16:00"', ""),
        ('week.monday = "08:00-16:00"', "“monday” isn't a day"),
        ('week = { mon-wed = "08:00-16:00", wed = "10:00-12:00" }', "the day “wed” is given twice."),
        (
            'week = { sun = "22:00-06:00", mon = "05:00-12:00" }',
            "these times overlap: sun 22:00-06:00 / mon 05:00-12:00.",
        ),
        (
            'week.mon = "08:00-16:00"\nseason = [{ first = "02-30", last = "08-15", week = {} }]',
            "“02-30” isn't a day of the year",
        ),
    ],
)
def test_impossible_times_are_told(lines: str, told: str) -> None:
    written = text(hours(lines), clause("LIL-1", OPEN))
    fault = only_fault(written)
    assert told in fault.sentence
    assert fault.line >= line_of(written, "week")


def test_what_is_not_toml_is_told_with_its_line() -> None:
    written = text(clause("LIL-1", RINGS)) + "rings = = 5\n"
    fault = only_fault(written)
    assert fault.line == line_of(written, "= =")
    assert "this isn't TOML" in fault.sentence
    assert "rings = = 5" in fault.sentence


def test_a_day_that_does_not_exist_is_told_with_its_key_and_what_was_expected() -> None:
    dated = '[[hours.dated]]\nname = "Tax"\nfirst = 2026-04-31\nlast = 2026-05-04\nopen = "closed"'
    written = text(hours(f'week.mon = "08:00-16:00"\n{dated}'), clause("LIL-1", OPEN)).replace(
        "2026-01-01", "2026-02-30"
    )
    head, tax = faults(written)
    assert (head.line, head.key) == (line_of(written, "2026-02-30"), "policy › valid_from")
    assert head.sentence == "“2026-02-30” doesn't exist: expected a date, as 2026-01-31."
    assert (tax.line, tax.key) == (line_of(written, "2026-04-31"), "hours 1 › Tax › first")


def test_a_country_of_which_nothing_is_known_is_told_so() -> None:
    fault = only_fault(text(clause("LIL-1", OPEN)).replace('"SE"', '"DE"'))
    assert fault.sentence == (
        "found a text, “DE”; expected one of: SE, NO, DK, FI, AX, IS, FO. "
        "Vaxel knows the public holidays and the length of a ring of these alone."
    )


def test_a_key_written_twice_is_told_with_its_line() -> None:
    written = text(clause("LIL-1", 'use = "ring-limit"\nrings = 5\nrings = 6'))
    assert only_fault(written).line == line_of(written, "rings = 6")


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    written = text(clause("LIL-1", 'use = "ring-limit"\nrings = 0'), clause("lil-2", 'use = "nothing"')).replace(
        'country = "SE"', 'country = "Sweden"'
    )
    found = faults(written)
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)
    assert [fault.key for fault in found] == [
        "policy › country",
        "LIL-1 › ring-limit › rings",
        "lil-2 › id",
        "lil-2 › nothing",
    ]


def test_an_empty_file_is_told_what_it_lacks() -> None:
    assert [fault.sentence for fault in faults("")] == ["the key `clause` is missing.", "the key `policy` is missing."]


def test_a_file_of_an_absurd_size_is_not_read() -> None:
    assert "more than a policy ever needs" in only_fault(HEAD + "#" * 1_000_001).sentence


def test_a_clause_is_told_in_english_at_least() -> None:
    fault = only_fault(text(clause("LIL-1", OPEN)).replace("text.en", "text.sv"))
    assert "the English paraphrase is missing" in fault.sentence
