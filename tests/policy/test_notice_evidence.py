# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What notices, prepared answers and the change form show of their controls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from tests import rows
from tests.policy.history import look
from tests.policy.samples import clause, policy
from vaxel.directory.audit import By
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation
from vaxel.notices import actions, answers
from vaxel.notices.models import Notice, PreparedAnswer, PressFeed
from vaxel.notices.plans import AnswerPlan, NoticePlan
from vaxel.policy.controls import CONTROLS
from vaxel.policy.evidence.base import Evidence, State
from vaxel.staffing.models import StaffChange, Status

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
BY = By(name="Bo")


@pytest.fixture
def lillby() -> Organisation:
    home = rows.organisation("lillby")
    rows.operator(home)
    return home


def evidence(home: Organisation, control: str) -> Evidence:
    """Of ``control``, in the month around ``TUESDAY``."""
    written = policy(clause("LIL-1", control))
    parameters = written.clause[0].control[0]
    module, _colon, name = CONTROLS[parameters.use].measure.partition(":")
    seen = look(home, written, TUESDAY - 15 * DAY, TUESDAY + 15 * DAY)
    found: Evidence = getattr(import_module(module), name)(parameters, seen)
    return found


def told(home: Organisation, days: int, **fields: object) -> Notice:
    """A notice told on that Tuesday of what begins so many days later, read by everybody."""
    made = actions.tell(home, BY, NoticePlan(**{"kind": "change", "title": "Ny taxa", **fields}))  # type: ignore[arg-type]
    Notice.objects.filter(pk=made.pk).update(told_at=TUESDAY, begins=TUESDAY + days * DAY)
    made.refresh_from_db()
    for operator in home.operators.all():
        actions.acknowledge(made, operator)
    return made


@pytest.mark.parametrize(
    "control",
    [
        'use = "change-notices"',
        'use = "expected-calls"',
        'use = "press-releases"',
        'use = "prepared-answers"',
        'use = "change-form"\nsubjects = ["joiners"]',
        'use = "unstaffed"\napproved_by = "chef"',
    ],
)
def test_without_anything_nothing_is_measured(lillby: Organisation, control: str) -> None:
    assert evidence(lillby, control).state is State.NOT_MEASURED


@pytest.mark.clause("FAL-14", "GNO-17")
def test_the_time_beforehand_is_measured_and_who_has_not_read(lillby: Organisation) -> None:
    told(lillby, 0)
    good = told(lillby, 6)
    found = evidence(lillby, 'use = "change-notices"')
    assert (found.state, found.figures["median_lead_days"]) == (State.KEPT, 2.0)
    short = evidence(lillby, 'use = "change-notices"\nlead_days = 3')
    assert [case.text for case in short.cases] == ["“Ny taxa” was told 0 working days beforehand; 3 are asked for."]
    rows.operator(lillby, name="Ulla", username="ulla")
    assert len(evidence(lillby, 'use = "change-notices"').cases) == 2
    for notice in Notice.objects.all():
        actions.withdraw(notice, BY)
    assert evidence(lillby, 'use = "change-notices"').state is State.KEPT
    Notice.objects.filter(pk=good.pk).update(begins=TUESDAY - DAY)
    late = evidence(lillby, 'use = "change-notices"')
    assert [case.text for case in late.cases] == ["“Ny taxa” was told 1 working days after it had begun."]


@pytest.mark.clause("AAB-30")
def test_expected_calls_without_anybody_are_cases(lillby: Organisation) -> None:
    bo = rows.person(lillby)
    told(lillby, 3, kind="expected_calls", people=[bo.key])
    assert evidence(lillby, 'use = "expected-calls"').state is State.KEPT
    told(lillby, 3, kind="expected_calls", title="Brev")
    found = evidence(lillby, 'use = "expected-calls"')
    assert [case.text for case in found.cases] == ["“Brev” names nobody who answers."]


@pytest.mark.clause("FAL-15")
def test_press_releases_are_counted_and_a_broken_feed_is_a_case(lillby: Organisation) -> None:
    told(lillby, 0, kind="press_release")
    PressFeed.objects.create(organisation=lillby, address="https://x.example/rss", read_at=timezone.now())
    found = evidence(lillby, 'use = "press-releases"')
    assert (found.state, found.figures) == (State.KEPT, {"releases": 1, "feeds": 1})
    PressFeed.objects.update(error="the server answers 500", read_at=None)
    assert "500" in evidence(lillby, 'use = "press-releases"').cases[0].text


@pytest.mark.clause("AAB-36")
def test_answers_whose_day_has_passed_are_cases(lillby: Organisation) -> None:
    answers.prepare(lillby, BY, AnswerPlan(question="Altan?", text="Ja."))
    assert evidence(lillby, 'use = "prepared-answers"').state is State.KEPT
    PreparedAnswer.objects.update(valid_until=today_in(lillby.time_zone) - DAY)
    found = evidence(lillby, 'use = "prepared-answers"')
    assert (found.state, found.figures) == (State.BROKEN, {"answers": 0, "stale": 1})


def changed(home: Organisation, subject: str, days: int, status: Status = Status.DONE) -> StaffChange:
    """Reported on that Tuesday, for so many days later."""
    made = StaffChange.objects.create(
        organisation=home, subject=subject, day=TUESDAY.date() + days * DAY, status=status, summary="Eva slutar"
    )
    StaffChange.objects.filter(pk=made.pk).update(first_reported=TUESDAY, decided_at=TUESDAY)
    return made


@pytest.mark.clause("AAB-33", "AAB-34")
def test_what_is_reported_late_or_not_carried_out_is_a_case(lillby: Organisation) -> None:
    form = 'use = "change-form"\nsubjects = ["leavers", "tasks"]'
    changed(lillby, "leaver", 5)
    changed(lillby, "joiner", -9)
    assert evidence(lillby, form).state is State.KEPT
    changed(lillby, "task", -2)
    changed(lillby, "leaver", 1, Status.RETURNED)
    assert [case.text for case in evidence(lillby, form).cases] == [
        "“Eva slutar” was reported 2 days late.",
        "“Eva slutar” hasn't been carried out: came back.",
    ]


@pytest.mark.clause("AAB-23")
def test_a_unit_unstaffed_before_it_was_approved_is_a_case(lillby: Organisation) -> None:
    control = 'use = "unstaffed"\napproved_by = "chef"'
    changed(lillby, "unstaffed", 1)
    assert evidence(lillby, control).state is State.KEPT
    changed(lillby, "unstaffed", -1)
    assert [case.text for case in evidence(lillby, control).cases] == ["“Eva slutar” wasn't approved before it began."]
