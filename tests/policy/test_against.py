# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy held against the directory: names that aren't there, hours that it overrides, deadlines that can't be kept."""

from __future__ import annotations

from datetime import date

import pytest

from tests import rows
from tests.policy.samples import clause, hours, line_of, text
from vaxel.directory.audit import By
from vaxel.directory.models import Group, Hours, HoursException, Organisation, Unit
from vaxel.policy import actions, against
from vaxel.policy.faults import Fault, PolicyError
from vaxel.policy.load import parse
from vaxel.policy.locate import Lines

pytestmark = pytest.mark.django_db

BY = By(name="Eva")
OFFICE = [[[480, 960]]] * 5 + [[], []]
WEEK = 'week.mon-fri = "08:00-16:00"'
OPEN = clause("LIL-1", 'use = "opening-hours"')


@pytest.fixture
def lillby() -> Organisation:
    made = rows.organisation("lillby")
    rows.person(made, "Anna Lind", unit="Bygglov")
    Group.objects.create(organisation=made, name="Växel")
    return made


def notes(home: Organisation, written: str) -> list[Fault]:
    return against.notes(home, parse(written), Lines(written))


def test_a_misspelt_name_is_told_with_its_line_and_what_was_probably_meant(lillby: Organisation) -> None:
    limit = (
        'use = "ring-limit"\nseconds = 40\nunits = ["Byglov", "Bygglov"]\ngroups = ["växeln"]\npeople = ["Ana Lind"]'
    )
    written = text(clause("LIL-1", limit))
    unit, group, person = notes(lillby, written)
    assert (unit.line, unit.key) == (line_of(written, "units"), "LIL-1 › ring-limit › units")
    assert unit.sentence == (
        "the directory has no unit “Byglov”. Did you mean “Bygglov”? What the clause says of it holds for nobody."
    )
    assert "no group “växeln”. Did you mean “Växel”?" in group.sentence
    assert person.sentence == "the directory has no person “Ana Lind”. What the clause says of it holds for nobody."


def test_visiting_hours_of_nobody_are_told_as_well(lillby: Organisation) -> None:
    written = text(hours(f'unit = "Skola"\n{WEEK}').replace("telephone", "visiting"), OPEN)
    assert [note.sentence for note in notes(lillby, written)] == [
        "the directory has no unit “Skola”. Nobody keeps these hours."
    ]


STAFF_DAY = '[[hours.dated]]\nname = "Staff day"\nfirst = 2036-09-08\nlast = 2036-09-10\nopen = "closed"'


@pytest.mark.clause("AAB-12", "AAB-13")
def test_exceptions_of_people_that_a_policy_overrides_are_told(lillby: Organisation) -> None:
    own = Hours.objects.create(organisation=lillby, week=OFFICE)
    unit = Unit.objects.get(name="Bygglov")
    elsewhere = Hours.objects.create(organisation=lillby, unit=unit, week=OFFICE)
    for whose, name, first in ((own, "Tax", 10), (own, "Passports", 11), (elsewhere, "Move", 9)):
        HoursException.objects.create(
            hours=whose, name=name, first=date(2036, 9, first), last=date(2036, 9, 20), entered_by="Bo Ek"
        )
    written = text(hours(f"{WEEK}\n{STAFF_DAY}"), OPEN)
    lost, told = notes(lillby, written)
    assert lost.sentence.startswith("The hours that people have entered for Lillby kommun are lost")
    assert "Monday 08:00–16:00 · " in lost.sentence
    assert "Saturday closed" in lost.sentence
    assert (told.line, told.key) == (line_of(written, "[[hours.dated]]"), "Staff day")
    assert told.sentence.startswith("“Tax” (")
    assert "entered by Bo Ek for Lillby kommun, gives way to these hours" in told.sentence


def test_exceptions_that_go_with_hours_of_the_policy_before_are_told(lillby: Organisation) -> None:
    actions.activate(actions.propose(text(hours(WEEK), OPEN), BY), BY)
    HoursException.objects.create(
        hours=Hours.objects.get(), name="Tax", first=date(2036, 9, 10), last=date(2036, 9, 20), entered_by="Bo Ek"
    )
    assert notes(lillby, text(hours(WEEK), OPEN)) == []
    (told,) = notes(lillby, text(OPEN))
    assert told.sentence.endswith("goes: the policy no longer gives the hours that it is an exception from.")


@pytest.mark.clause("AAB-19")
def test_a_deadline_too_short_for_the_hours_of_the_directory_is_refused(lillby: Organisation) -> None:
    written = text(clause("LIL-1", 'use = "call-back"\ndeadline = { within = "hours", count = 4 }'))
    parse(written)
    Hours.objects.create(organisation=lillby, week=OFFICE)
    with pytest.raises(PolicyError) as refused:
        actions.propose(written, BY)
    (fault,) = refused.value.faults
    assert fault.line == line_of(written, "deadline")
    assert "within 4 hours is shorter than the municipality is closed at a stretch (64 h)" in fault.sentence
    around_the_clock = written.replace("[[clause]]", hours('week.mon-sun = "00:00-24:00"') + "[[clause]]")
    actions.propose(around_the_clock, BY)
