# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Temporary hours tell the switchboard of themselves, once approved, and are forgotten with their last day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from vaxel.directory import hours
from vaxel.directory.audit import By
from vaxel.directory.models import HoursException, Organisation
from vaxel.notices import live, temporary_hours
from vaxel.notices.models import Notice

BY, DIRECTOR = By(name="Mette Holm"), By(name="Direktør Hansen")


def monday(home: Organisation) -> hours.Change:
    today = hours.today_in(home.time_zone)
    first = today + timedelta(days=14 - today.weekday())
    return hours.Change(first=first, last=first, name="Personaledag", spans=[[480, 720]], cover="Receptionen")


@pytest.mark.clause("AAB-13", "AAB-14")
def test_shorter_hours_are_told_once_they_are_approved_with_who_answers_meanwhile(aabenraa: Organisation) -> None:
    made = hours.add_exception(aabenraa, BY, monday(aabenraa))
    assert live.load().notices == {}
    hours.approve_exception(made, DIRECTOR)
    (shown,) = live.load().notices.values()
    assert (shown["kind"], shown["cover"], shown["told_by"]) == ("temporary_hours", "Receptionen", "Direktør Hansen")
    assert "08:00–12:00" in shown["title"]
    assert "mandag" in shown["title"], "in the municipality's language"
    assert shown["until"] - shown["from"] == 86400
    hours.remove_exception(made, BY)
    assert live.load().notices == {}
    assert Notice.objects.get().withdrawn_by == "Mette Holm"


@pytest.mark.clause("AAB-15")
def test_they_end_after_six_months_at_most_and_the_day_of_reassessment_is_shown(aabenraa: Organisation) -> None:
    change = monday(aabenraa)
    too_long = hours.Change(
        first=change.first, last=change.first + timedelta(days=200), name="Færre folk", spans=[[480, 720]], cover="Vi"
    )
    with pytest.raises(ValidationError, match="6 months at most"):
        hours.add_exception(aabenraa, BY, too_long)
    made = hours.approve_exception(hours.add_exception(aabenraa, BY, change), DIRECTOR)
    (shown,) = live.load().notices.values()
    assert shown["review"] == made.last.isoformat()


def test_exceptions_from_before_there_were_notices_are_told_too(aabenraa: Organisation) -> None:
    made = hours.approve_exception(hours.add_exception(aabenraa, BY, monday(aabenraa)), DIRECTOR)
    Notice.objects.all().delete()
    assert temporary_hours.catch_up() == 1
    assert temporary_hours.catch_up() == 0
    assert Notice.objects.get().exception == HoursException.objects.get(pk=made.pk)
