# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Set telephone hours are to be kept free of meetings and breaks (GNO-10): who enters one is told, and her manager sees it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import rows
from tests.policy import samples
from tests.portal.test_absence_pages import seen_then_saved, text_of
from vaxel.absence.actions import Wish, set_absence
from vaxel.absence.calendars.clashes import clashes, of_absence
from vaxel.directory import current
from vaxel.directory.audit import By, Via
from vaxel.directory.models import Hours, Organisation, Person
from vaxel.policy import actions as policies

pytestmark = [pytest.mark.django_db, pytest.mark.clause("GNO-10")]
BY = By(name="Anna Lind", via=Via.PHONE)
ALL_DAY = [[[0, 1440]]] * 7


@pytest.fixture
def lillby() -> Organisation:
    current.forget()
    made = rows.organisation("lillby")
    anna = rows.person(made, user=rows.user("anna"), has_greeting=True, unit="Bygg")
    Hours.objects.create(organisation=made, unit=anna.unit, week=ALL_DAY)
    return made


@pytest.fixture
def respected(lillby: Organisation) -> Organisation:
    written = samples.text(samples.clause("LIL-1", 'use = "telephone-hours"\nallowed = true', 'use = "calendar-clash"'))
    policies.activate(policies.propose(written, By(name="Eva")), By(name="Eva"))
    return lillby


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def away(reason: str) -> Wish:
    return Wish(reason=reason, start=tomorrow(), end=tomorrow() + timedelta(hours=1))


def test_a_meeting_entered_in_telephone_hours_is_shown_to_the_manager(respected: Organisation) -> None:
    absence = set_absence(Person.objects.get(), BY, away("meeting"))
    found = clashes(respected, timezone.now())
    assert [(clash.person.name, clash.whose) for clash in found] == [("Anna Lind", "Bygg")]
    assert of_absence(absence) == found[0]


@pytest.mark.parametrize("reason", ["sick", "vacation", "parental"])
def test_nobody_chooses_when_she_is_ill(respected: Organisation, reason: str) -> None:
    absence = set_absence(Person.objects.get(), BY, away(reason))
    assert of_absence(absence) is None
    assert clashes(respected, timezone.now()) == []


def test_who_enters_it_is_told(respected: Organisation) -> None:
    client = Client(headers={"accept-language": "en"})
    anna = Person.objects.get()
    assert anna.user is not None
    client.force_login(anna.user)
    seen_then_saved(client, "/absence", {"reason": "lunch", "refer": "switchboard"})
    assert "lies in the telephone hours of Bygg" in text_of(client.get("/absence"))


def test_without_such_a_clause_nobody_is_bothered(lillby: Organisation) -> None:
    assert of_absence(set_absence(Person.objects.get(), BY, away("meeting"))) is None
