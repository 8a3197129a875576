# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening hours on real time: nights, lunches, holidays, seasons, and the nights on which the clock is changed."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.worlds import DAY, END, START, schedules
from vaxel.domain.hours import (
    ALWAYS,
    CLOSED_WEEK,
    DatedHours,
    DayKind,
    Schedule,
    Season,
    Span,
    SpecialDay,
    Timetable,
    Week,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
OFFICE: Week = (*(((Span(480, 720), Span(780, 960)),) * 5), (), ())
CALENDAR = {
    date(2026, 12, 24): SpecialDay(kind=DayKind.EVE, name="Julafton"),
    date(2026, 12, 25): SpecialDay(kind=DayKind.HOLIDAY, name="Juldagen"),
}


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp()


def table(week: Week = OFFICE, **more: object) -> Timetable:
    return Timetable(Schedule(id="s", week=week, **more), CALENDAR, STOCKHOLM)  # type: ignore[arg-type]


def opens(times: Timetable, moment: str) -> str:
    found = times.next_opening(at(moment))
    return "never" if found is None else times.local(found).strftime("%Y-%m-%d %H:%M")


@pytest.mark.clause("GNO-16", "AAB-9")
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 08:00", "2026-11-24 08:00"),
        ("2026-11-24 12:00", "2026-11-24 13:00"),
        ("2026-11-24 16:00", "2026-11-25 08:00"),
        ("2026-11-27 16:00", "2026-11-30 08:00"),
        ("2026-12-24 16:00", "2026-12-28 08:00"),
    ],
    ids=["morning", "on the minute", "lunch", "evening", "weekend", "over the holiday"],
)
def test_the_next_opening(moment: str, expected: str) -> None:
    assert opens(table(), moment) == expected


@pytest.mark.clause("GNO-16")
def test_an_eve_is_kept_as_the_organisation_says() -> None:
    assert opens(table(eve=()), "2026-12-24 07:00") == "2026-12-28 08:00"
    half = table(eve=(Span(480, 720),))
    assert half.is_open(at("2026-12-24 11:59"))
    assert not half.is_open(at("2026-12-24 13:30"))
    assert half.schedule.why(date(2026, 12, 24), CALENDAR) == "Julafton"


@pytest.mark.clause("AAB-12", "AAB-13")
def test_dated_hours_go_before_everything_and_the_last_one_entered_before_the_others() -> None:
    longer = DatedHours(first=date(2026, 12, 21), last=date(2026, 12, 31), spans=(Span(480, 1200),), name="Skatt")
    closed = DatedHours(first=date(2026, 12, 23), last=date(2026, 12, 23), name="Utbildning")
    times = table(dated=(longer, closed))
    assert times.is_open(at("2026-12-25 19:59")), "even on a holiday, if it is said so"
    assert not times.is_open(at("2026-12-23 10:00"))


def test_a_season_may_run_past_new_year() -> None:
    winter = Season(first=(12, 1), last=(2, 28), week=(*(((Span(600, 840),),) * 5), (), ()))
    times = table(seasons=(winter,))
    assert opens(times, "2027-01-04 06:00") == "2027-01-04 10:00"
    assert opens(times, "2027-03-01 06:00") == "2027-03-01 08:00"


def test_hours_past_midnight_belong_to_the_day_they_began() -> None:
    night: Week = ((), (), (), (), (Span(1200, 1560),), (), ())
    times = table(night)
    assert times.is_open(at("2026-11-28 01:59"))
    assert not times.is_open(at("2026-11-28 02:00"))
    assert not times.is_open(at("2026-11-27 01:00"))


def test_on_the_night_the_clock_goes_forward_an_hour_that_does_not_exist_is_moved_not_lost() -> None:
    """28 March 2027: 02:00 becomes 03:00."""
    times = table(((), (), (), (), (), (), (Span(150, 240),)))
    assert times.openings(at("2027-03-28 00:00"), at("2027-03-28 12:00")) == [
        (at("2027-03-28 03:30"), at("2027-03-28 04:00"))
    ]


def test_on_the_night_the_clock_goes_back_the_hour_that_comes_twice_is_open_both_times() -> None:
    """31 October 2027: 03:00 becomes 02:00."""
    times = table(((), (), (), (), (), (), (Span(120, 180),)))
    ((opening, closing),) = times.openings(at("2027-10-31 00:00"), at("2027-10-31 12:00"))
    assert closing - opening == 2 * 3600


def test_a_night_shift_over_the_change_of_clock_is_as_long_as_it_is() -> None:
    night: Week = ((), (), (), (), (), (Span(1320, 1800),), ())
    times = table(night)
    ((opening, closing),) = times.openings(at("2027-03-27 12:00"), at("2027-03-28 12:00"))
    assert closing - opening == 7 * 3600


def test_always_open_and_never_open() -> None:
    assert table(ALWAYS, holiday=(Span(0, 1440),)).closing(START) is None
    assert opens(table(CLOSED_WEEK), "2026-11-24 08:00") == "never"


@settings(max_examples=150, deadline=None)
@given(schedule=schedules("s"), moments=st.lists(st.floats(START, END), min_size=1, max_size=10))
def test_openings_changes_and_moments_tell_the_same(schedule: Schedule, moments: list[float]) -> None:
    times = Timetable(schedule, CALENDAR, STOCKHOLM)
    openings = times.openings(START, END + DAY)
    assert all(before[1] < after[0] for before, after in pairwise(openings))
    for moment in moments:
        assert times.is_open(moment) == any(start <= moment < end for start, end in openings)
        opening = times.next_opening(moment)
        if opening is not None:
            assert times.is_open(opening)
            assert not any(start < opening and end > moment for start, end in openings if opening > moment)
