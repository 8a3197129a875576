# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is read of a calendar's file: when somebody is busy or away, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from vaxel.absence.calendars.apart import Reader, Unread
from vaxel.absence.calendars.reading import NotACalendar, Reading, TooLarge, read

STOCKHOLM = ZoneInfo("Europe/Stockholm")
START = datetime(2026, 3, 23, tzinfo=STOCKHOLM)
END = START + timedelta(days=14)


def event(*lines: str, uid: str = "1") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260301T000000Z", *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test", *parts, "END:VCALENDAR", ""]).encode()


def found(*parts: str) -> Reading:
    return read([calendar(*parts)], "Europe/Stockholm", START, END)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=STOCKHOLM)


MEETING = ("DTSTART:20260324T090000Z", "DTEND:20260324T100000Z")


@pytest.mark.clause("AAB-8")
def test_a_meeting_is_busy_from_its_start_to_its_end_and_its_subject_is_nowhere() -> None:
    reading = found(event(*MEETING, "SUMMARY:Löneförhandling med Anna", "LOCATION:Rum 4", "DESCRIPTION:Hemligt"))
    assert reading.busy == ((at(24, 10), at(24, 11)),)
    assert not any(word in repr(reading) for word in ("Anna", "Rum", "Hemligt", "Löne"))


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "STATUS:TENTATIVE",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
        "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
    ],
)
def test_what_is_marked_as_free_or_uncertain_is_free(line: str) -> None:
    assert found(event(*MEETING, line)).busy == ()


@pytest.mark.clause("AAB-17")
def test_tasks_are_left_out() -> None:
    todo = "BEGIN:VTODO\r\nUID:9\r\nDTSTART:20260324T090000Z\r\nDUE:20260324T100000Z\r\nSUMMARY:Ring\r\nEND:VTODO"
    assert found(todo) == Reading()


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART;VALUE=DATE:20260325", "DTEND;VALUE=DATE:20260327"),
        ("DTSTART;TZID=Europe/Stockholm:20260325T000000", "DURATION:P2D", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
    ],
)
def test_whole_days_and_out_of_office_are_away(lines: tuple[str, ...]) -> None:
    (away,) = found(event(*lines)).away
    assert (away.start, away.end) == (at(25, 0), at(27, 0))
    assert len(away.mark) == 64


def test_times_that_touch_or_overlap_are_one() -> None:
    reading = found(
        event(*MEETING),
        event("DTSTART:20260324T100000Z", "DTEND:20260324T110000Z", uid="2"),
        event("DTSTART:20260324T093000Z", "DURATION:PT15M", uid="3"),
    )
    assert reading.busy == ((at(24, 10), at(24, 12)),)


def test_what_repeats_keeps_its_hour_when_the_clock_changes_and_its_exceptions() -> None:
    weekly = event(
        "DTSTART;TZID=Europe/Stockholm:20260105T083000",
        "DTEND;TZID=Europe/Stockholm:20260105T090000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE",
        "EXDATE;TZID=Europe/Stockholm:20260325T083000",
    )
    # Between the two Mondays the clock goes forward.
    assert found(weekly).busy == (
        (at(23, 8, 30), at(23, 9)),
        (at(30, 8, 30), at(30, 9)),
        (at(1, 8, 30, 4), at(1, 9, 0, 4)),
    )


def test_a_time_that_names_no_zone_is_the_municipalitys() -> None:
    assert found(event("DTSTART:20260324T090000", "DTEND:20260324T100000")).busy == ((at(24, 9), at(24, 10)),)


@pytest.mark.clause("AAB-18")
def test_entries_with_identity_numbers_are_counted_and_not_kept() -> None:
    weekly = "RRULE:FREQ=DAILY;COUNT=3"
    reading = found(
        event(*MEETING, weekly, "SUMMARY:Hembesök hos 850709-9805"),
        event(*MEETING, "DESCRIPTION:CPR 070761-4285", uid="2"),
        event(*MEETING, "SUMMARY:Ring 0980-31 92 01", uid="3"),
    )
    assert reading.identity_numbers == 2
    assert "850709" not in repr(reading)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=2",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3",
        "FREQ=YEARLY;BYYEARDAY=" + ",".join(str(n) for n in range(1, 200)),
    ],
)
def test_rules_that_are_nobodys_meetings_are_left_out(rule: str) -> None:
    assert found(event(*MEETING, f"RRULE:{rule}"), event(*MEETING, uid="2")).busy == ((at(24, 10), at(24, 11)),)


@pytest.mark.parametrize(
    "file",
    [b"", b"<html>", b"\x00\xff" * 50, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"BEGIN:VCARD\r\nEND:VCARD\r\n"],
)
def test_what_is_no_calendar_is_told(file: bytes) -> None:
    with pytest.raises(NotACalendar):
        read([file], "Europe/Stockholm", START, END)


def test_entries_that_make_no_sense_spoil_nothing() -> None:
    reading = found(
        event("DTSTART:20260324T100000Z", "DTEND:20260324T090000Z"),
        event("SUMMARY:no times", uid="2"),
        event("DTSTART:99999999", uid="3"),
        event(*MEETING, "RRULE:FREQ=NEVER", uid="4"),
        event(*MEETING, uid="5"),
    )
    assert reading.busy == ((at(24, 10), at(24, 11)),)


def test_nobody_has_so_many_entries() -> None:
    with pytest.raises(TooLarge):
        read([b"BEGIN:VEVENT" * 20_001], "Europe/Stockholm", START, END)


def test_a_rule_that_is_looked_for_to_the_end_of_time_ends_with_its_process() -> None:
    """The 30th of February, thirty times over: laid out, it takes longer than anybody waits."""
    endless = [event(*MEETING, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid=str(n)) for n in range(300)]
    reader = Reader(seconds=4)
    try:
        with pytest.raises(Unread):
            reader.read([calendar(*endless)], "Europe/Stockholm", START, END)
        assert reader.read([calendar(event(*MEETING))], "Europe/Stockholm", START, END).busy == (
            (at(24, 10).astimezone(UTC), at(24, 11).astimezone(UTC)),
        )
    finally:
        reader.close()
