# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the directory and the calendars show of each control."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import rows
from tests.policy.history import look
from tests.policy.samples import clause, policy
from vaxel.absence.calendars.models import BusyTime, Calendar
from vaxel.directory import current, hours
from vaxel.directory.audit import By
from vaxel.directory.models import Exemption, Organisation, Person, Role, RoleKind, Task, Unit
from vaxel.policy.controls import CONTROLS
from vaxel.policy.evidence import contents
from vaxel.policy.evidence.base import Evidence, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def lillby() -> Organisation:
    return rows.organisation("lillby")


@pytest.fixture
def anna(lillby: Organisation) -> Person:
    return rows.person(lillby, unit="Bygg", function="bygglov", tasks="bygglov")


def evidence(lillby: Organisation, control: str) -> Evidence:
    written = policy(clause("LIL-1", control))
    parameters = written.clause[0].control[0]
    module, _colon, name = CONTROLS[parameters.use].measure.partition(":")
    assert module == contents.__name__
    found: Evidence = getattr(contents, name)(parameters, look(lillby, written))
    return found


@pytest.mark.clause("AAB-25", "AAB-26", "AAB-28")
def test_what_a_clause_asks_of_the_directory_is_there_or_a_case(lillby: Organisation, anna: Person) -> None:
    staff = 'use = "directory-contents"\nof = ["tasks", "staff", "main-tasks"]'
    assert [case.text for case in evidence(lillby, staff).cases] == ["Bygg tells no tasks."]
    Task.objects.create(organisation=lillby, unit=anna.unit, name="Bygglov")
    assert evidence(lillby, staff).state is State.KEPT
    institutions = 'use = "directory-contents"\nof = ["institutions"]'
    assert evidence(lillby, institutions).cases[0].text == "The directory has no unit of this kind: Institution."
    Unit.objects.update(kind="institution", description="Prövar bygglov.", number="46980319290")
    assert evidence(lillby, institutions).state is State.KEPT
    anna.tasks, anna.protected = "", True
    anna.save()
    assert [case.text for case in evidence(lillby, staff).cases] == [
        "Somebody with protected identity tells no main tasks."
    ]


@pytest.mark.clause("SOL-5")
def test_a_unit_that_was_reviewed_too_long_ago_is_a_case(lillby: Organisation, anna: Person) -> None:
    words = 'use = "search-words"\nreview_months = 6'
    assert evidence(lillby, words).cases[0].text == "Bygg hasn't been reviewed in time."
    Unit.objects.update(reviewed_at=timezone.now() - timedelta(days=100))
    assert evidence(lillby, words).state is State.KEPT
    Unit.objects.update(reviewed_at=timezone.now() - timedelta(days=200))
    assert evidence(lillby, words).state is State.BROKEN


@pytest.mark.clause("AAB-6")
def test_exemptions_are_counted_and_somebody_approved_them(lillby: Organisation, anna: Person) -> None:
    published = 'use = "publication"\nexempted_by = "head"'
    Exemption.objects.create(person=anna, what="number", reason="hot", decision="approved", decided_by="Chef")
    Exemption.objects.create(person=anna, what="email", reason="hot")
    found = evidence(lillby, published)
    assert (found.state, found.figures) == (State.KEPT, {"people": 1, "exempt": 1, "open": 1})
    Exemption.objects.update(decided_by="")
    assert evidence(lillby, published).cases[0].text == "Nobody knows who exempted Anna Lind."


@pytest.mark.clause("AAB-8", "AAB-17", "AAB-18", "GNO-10")
def test_calendars_are_read_kept_hold_no_identity_numbers_and_leave_telephone_hours_free(
    lillby: Organisation, anna: Person
) -> None:
    controls = [f'use = "calendar-{name}"' for name in ("presence", "freshness", "privacy", "clash")]
    assert {evidence(lillby, control).state for control in controls} == {State.NOT_MEASURED}
    now = timezone.now()
    made = Calendar.objects.create(person=anna, host="calendar.example", read_at=now, changed_at=now)
    assert {evidence(lillby, control).state for control in controls} == {State.KEPT}
    Calendar.objects.update(failure="log_in", read_at=now - timedelta(days=9), identity_numbers=1)
    BusyTime.objects.create(calendar=made, start=now + timedelta(days=1), end=now + timedelta(days=1, hours=1))
    assert anna.unit
    hours.set_hours(anna.unit, By(), hours.Plan(week=[[[0, 1440]]] * 7))
    current.forget()
    cases = [evidence(lillby, control).cases[0].text for control in controls]
    assert cases == [
        "Anna Lind's calendar can't be read: The server wants another user name or password.",
        "Anna Lind's calendar hasn't been read or kept for a long time.",
        "Anna Lind's calendar has entries with identity numbers; the owner was told.",
        "Anna Lind is busy in the telephone hours of Bygg.",
    ]


@pytest.mark.clause("AAB-37", "GNO-20")
def test_units_have_a_number_to_tell_and_mobiles_a_greeting(lillby: Organisation, anna: Person) -> None:
    number, mailbox = 'use = "number-to-tell"', 'use = "mobile-mailbox"\nparts = ["name"]'
    assert evidence(lillby, mailbox).state is State.NOT_MEASURED
    anna.mobile = "46701740605"
    anna.save()
    assert evidence(lillby, number).cases[0].text == "Bygg has no number that may be told to citizens."
    assert evidence(lillby, mailbox).cases[0].text == "Anna Lind has a mobile whose greeting nobody has checked."
    Unit.objects.update(number="46980319290")
    anna.mobile_greeting = timezone.localdate()
    anna.save()
    Role.objects.create(organisation=lillby, person=anna, kind=RoleKind.MANAGER)
    assert (evidence(lillby, number).state, evidence(lillby, mailbox).state) == (State.KEPT, State.KEPT)
