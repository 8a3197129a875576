# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is away, and until when."""

from __future__ import annotations

import pytest

from vaxel.domain.absence import Absence, AbsenceReason, away, changes

HOUR = 3600.0
GAP = 15 * 60.0


def absence(start: float, end: float | None, reason: AbsenceReason = AbsenceReason.MEETING) -> Absence:
    return Absence(
        id=f"{start}", person="p1", reason=reason, start=start * HOUR, end=None if end is None else end * HOUR
    )


MEETING, LUNCH = absence(10, 12), absence(12, 13, AbsenceReason.LUNCH)


@pytest.mark.clause("GNO-4")
def test_a_meeting_and_the_lunch_after_it_are_one_absence() -> None:
    found = away([LUNCH, MEETING], 11 * HOUR, GAP)
    assert found is not None
    assert (found.reason, found.end) == (AbsenceReason.MEETING, 13 * HOUR)


@pytest.mark.clause("GNO-4")
def test_a_few_minutes_between_are_not_worth_coming_back_for() -> None:
    found = away([MEETING, absence(12.2, 14)], 11 * HOUR, GAP)
    assert found is not None
    assert found.end == 14 * HOUR


def test_without_merging_each_absence_is_its_own() -> None:
    found = away([MEETING, LUNCH], 11 * HOUR)
    assert found is not None
    assert found.end == 12 * HOUR


def test_an_hour_between_is_an_hour_at_work() -> None:
    found = away([MEETING, absence(13, 14)], 11 * HOUR, GAP)
    assert found is not None
    assert found.end == 12 * HOUR
    assert away([MEETING, absence(13, 14)], 12.5 * HOUR, GAP) is None


def test_of_two_at_once_the_later_one_tells_why_and_the_longer_one_how_long() -> None:
    found = away([absence(8, 17, AbsenceReason.TRAVEL), MEETING], 11 * HOUR, GAP)
    assert found is not None
    assert (found.reason, found.end) == (AbsenceReason.MEETING, 17 * HOUR)


def test_until_further_notice_has_no_end() -> None:
    found = away([MEETING, absence(12, None, AbsenceReason.SICK)], 11 * HOUR, GAP)
    assert found is not None
    assert found.end is None


def test_who_comes_back_is_there_on_the_minute() -> None:
    assert away([MEETING], 12 * HOUR, GAP) is None
    assert changes([MEETING, LUNCH], 0.0, 13 * HOUR) == [10 * HOUR, 12 * HOUR]
