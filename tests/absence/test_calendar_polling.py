# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calendars are read from real servers; what the switchboard sees of them, and what it says when they can't be read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from tests import rows
from tests.absence.servers import COLLECTION, PASSWORD, USER, Answers, answering, radicale
from tests.absence.test_calendar_reading import calendar as file
from tests.absence.test_calendar_reading import event
from vaxel.absence.calendars import actions, addresses, poll, selectors
from vaxel.absence.calendars.apart import Reader, Unread
from vaxel.absence.calendars.models import Calendar, Failure, Kind, Proposal
from vaxel.absence.calendars.reading import Reading
from vaxel.absence.calendars.sealed import sealed
from vaxel.absence.models import Absence, Via
from vaxel.absence.presence import presence
from vaxel.directory.audit import By
from vaxel.directory.models import AuditEntry, Person
from vaxel.site.config import config

pytestmark = pytest.mark.django_db

STOCKHOLM = ZoneInfo("Europe/Stockholm")
BY = By(name="Anna Lind")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    # It is started by the first who reads, beside all the other tests.
    made = Reader(seconds=120)
    yield made
    made.close()


@pytest.fixture
def anna(monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(config(), "calendar_networks", "127.0.0.0/8")
    return rows.person(rows.organisation(), user=rows.user("anna"))


@pytest.fixture
def server() -> Iterator[Answers]:
    with answering() as answers:
        yield answers


def times(start: datetime, end: datetime) -> tuple[str, str]:
    return f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}"


def now_for(minutes: int) -> tuple[str, str]:
    now = timezone.now().replace(microsecond=0)
    return times(now - timedelta(minutes=5), now + timedelta(minutes=minutes))


def subscribed(anna: Person, server: Answers, path: str = "/anna.ics") -> Calendar:
    return actions.add_calendar(anna, BY, kind=Kind.SUBSCRIBED, address=f"{server.url}{path}")


@pytest.mark.clause("AAB-8", "AAB-17", "AAB-18")
def test_a_calendar_on_radicale_tells_until_when_somebody_is_busy(anna: Person, reader: Reader, tmp_path: Path) -> None:
    todo = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t\r\nBEGIN:VTODO\r\nUID:t\r\nDTSTAMP:20260101T000000Z\r\n"
    with radicale(tmp_path) as server:
        server.make_calendar()
        server.put("meeting", file(event(*now_for(40), "SUMMARY:Samtal med 850709-9805", uid="m")))
        server.put("task", todo + b"SUMMARY:Ring\r\nEND:VTODO\r\nEND:VCALENDAR\r\n")
        for address in (f"{server.url}{COLLECTION}", f"{server.url}/{USER}/", server.url):
            made = actions.add_calendar(anna, BY, kind=Kind.CALDAV, address=address, user=USER, password=PASSWORD)
            poll.poll(made, reader)
            made.refresh_from_db()
            assert (made.failure, made.identity_numbers, made.busy_times.count()) == ("", 1, 1), address
        wrong = Calendar.objects.first()
        assert wrong
        Calendar.objects.exclude(pk=wrong.pk).delete()
        busy = presence(anna)
        assert busy.here
        assert busy.busy_until
        assert abs(busy.busy_until - timezone.now() - timedelta(minutes=40)) < timedelta(minutes=1)
        wrong.password_sealed = sealed("another")
        wrong.save()
        poll.poll(wrong, reader)
    wrong.refresh_from_db()
    assert wrong.failure == Failure.LOG_IN
    assert presence(anna).busy_until == busy.busy_until, "what was known stays for a day"


@pytest.mark.clause("AAB-18")
def test_neither_subject_nor_address_nor_password_stands_in_the_database_or_the_record(
    anna: Person, reader: Reader, server: Answers
) -> None:
    server.body = file(event(*now_for(30), "SUMMARY:Uppsägning av Bo", "LOCATION:Rum 17"))
    made = actions.add_calendar(
        anna, BY, kind=Kind.SUBSCRIBED, address=f"{server.url}/token-4711.ics", user="anna", password="open-sesame"
    )
    poll.poll(made, reader)
    told = str(list(AuditEntry.objects.values()))
    with connection.cursor() as cursor:
        for table in ("absence_calendar", "absence_busytime", "absence_proposal"):
            cursor.execute(f"SELECT * FROM {table}")
            told += str(cursor.fetchall())
    assert not [word for word in ("Uppsägning", "Rum 17", "token-4711", "open-sesame") if word in told]
    assert server.asked == ["/token-4711.ics"]


def test_free_and_busy_are_told_until_tonight() -> None:
    def at(hour: int) -> datetime:
        return datetime(2026, 3, 24, hour, tzinfo=STOCKHOLM)

    busy = [(at(8), at(10)), (at(10), at(11)), (at(13), at(14)), (at(23), at(23) + timedelta(hours=2))]
    night = at(23) + timedelta(hours=1)
    found = selectors.stretches(busy, at(9), night)
    assert [(one["begins"].hour, one["ends"].hour, one["state"]) for one in found] == [
        (9, 11, "busy"),
        (11, 13, "free"),
        (13, 14, "busy"),
        (14, 23, "free"),
        (23, 0, "busy"),
    ]
    assert selectors.stretches([], at(9), night) == [{"begins": at(9), "ends": night, "state": "free"}]


@pytest.mark.clause("AAB-17")
def test_out_of_office_becomes_an_absence_when_she_agrees(anna: Person, reader: Reader, server: Answers) -> None:
    day = timezone.now().astimezone(STOCKHOLM).date() + timedelta(days=3)
    days = f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=2):%Y%m%d}"
    server.body = file(event(*days, "SUMMARY:Semester i Kiruna"), event(*days, "TRANSP:TRANSPARENT", uid="2"))
    made = subscribed(anna, server)
    poll.poll(made, reader)
    poll.poll(made, reader)
    (proposal,) = selectors.proposals(anna)
    absence = actions.take(proposal, BY, "vacation")
    assert absence.end
    assert (absence.via, absence.reason, absence.end - absence.start) == (Via.CALENDAR, "vacation", timedelta(days=2))
    with pytest.raises(ValidationError):
        actions.take(proposal, BY, "vacation")
    assert Absence.objects.count() == 1
    poll.poll(made, reader)
    assert not selectors.proposals(anna).exists(), "what has been decided isn't asked again"
    server.body = file()
    poll.poll(made, reader)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("status", "body", "headers", "failure"),
    [
        (401, b"", {}, Failure.LOG_IN),
        (403, b"", {}, Failure.REFUSED),
        (404, b"", {}, Failure.NOT_FOUND),
        (500, b"", {}, Failure.UNREACHABLE),
        (200, b"<html>log in</html>", {}, Failure.NO_CALENDAR),
        (200, b"x" * 5_000_001, {}, Failure.TOO_LARGE),
        (302, b"", {"Location": "https://192.168.0.1/secret"}, Failure.ADDRESS),
        (302, b"", {"Location": "file:///etc/passwd"}, Failure.ADDRESS),
        (302, b"", {"Location": "/round-and-round"}, Failure.UNREACHABLE),
    ],
)
def test_what_cannot_be_read_is_told_by_its_cause(
    anna: Person,
    reader: Reader,
    server: Answers,
    status: int,
    body: bytes,
    headers: dict[str, str],
    failure: Failure,
) -> None:
    server.status, server.body, server.headers = status, body, headers
    made = subscribed(anna, server)
    poll.poll(made, reader)
    made.refresh_from_db()
    assert (made.failure, made.read_at) == (failure, None)
    assert made.failing_since


@pytest.mark.parametrize("where", ["fetch.SECONDS", "poll.LONGEST"])
def test_a_server_that_drips_is_cut_off_and_called_slow(
    anna: Person, reader: Reader, server: Answers, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """By the time for one question, and for all of a calendar's together."""
    monkeypatch.setattr(f"vaxel.absence.calendars.{where}", 0.3)
    server.drips = True
    made = subscribed(anna, server)
    poll.poll(made, reader)
    made.refresh_from_db()
    assert made.failure == Failure.SLOW


def test_what_could_not_be_read_in_time_is_not_called_too_large(anna: Person, server: Answers) -> None:
    class Slow(Reader):
        def read(self, *_arguments: object) -> Reading:
            raise Unread

    made = subscribed(anna, server)
    poll.poll(made, Slow())
    made.refresh_from_db()
    assert made.failure == Failure.UNREAD


def test_a_server_that_is_gone_is_told(anna: Person, reader: Reader) -> None:
    with answering() as server:
        made = subscribed(anna, server)
    poll.poll(made, reader)
    made.refresh_from_db()
    assert made.failure == Failure.UNREACHABLE


def test_a_password_goes_nowhere_else(anna: Person, reader: Reader, server: Answers) -> None:
    with answering() as other:
        other.body = file()
        server.status, server.headers = 302, {"Location": f"{other.url}/elsewhere.ics"}
        made = actions.add_calendar(
            anna, BY, kind=Kind.SUBSCRIBED, address=f"{server.url}/a.ics", user="anna", password="open-sesame"
        )
        poll.poll(made, reader)
    assert server.keys != [None]
    assert other.keys == [None]


def test_nobody_outside_points_into_the_networks_that_are_ours() -> None:
    ours = addresses.networks("127.0.0.1/32, 10.0.0.0/8")
    assert addresses.redirected("https://calendar.example/a.ics", ours) == ()
    assert addresses.redirected("https://10.0.0.7/a.ics", ours) == ours


def test_inside_the_house_nothing_is_asked_unless_it_is_named(anna: Person, server: Answers) -> None:
    config().calendar_networks = ""
    for address in (f"{server.url}/a.ics", "https://127.0.0.1/a.ics", "https://10.0.0.1/", "ftp://a.example/", ""):
        with pytest.raises(ValidationError) as refused:
            actions.add_calendar(anna, BY, kind=Kind.SUBSCRIBED, address=address)
        assert "address" in refused.value.message_dict
    webcal = actions.add_calendar(anna, BY, kind=Kind.SUBSCRIBED, address="webcal://calendar.example/a.ics")
    assert webcal.address == "https://calendar.example/a.ics"
    assert server.asked == []


def test_each_is_read_every_quarter_of_an_hour_and_by_one_worker(anna: Person, reader: Reader, server: Answers) -> None:
    server.body = file()
    made = subscribed(anna, server)
    now = timezone.now()
    (mine,) = poll.due(now)
    (theirs,) = poll.due(now)
    assert poll.poll_due(now, reader) == 1
    assert not poll._claim(theirs, now)
    assert mine.pk == theirs.pk == made.pk
    assert poll.poll_due(now + timedelta(minutes=14), reader) == 0
    assert poll.poll_due(now + timedelta(minutes=16), reader) == 1
    assert len(server.asked) == 2


@pytest.mark.clause("AAB-17")
def test_a_calendar_that_is_not_read_or_not_kept_is_doubtful(anna: Person, reader: Reader, server: Answers) -> None:
    server.body = file(event(*now_for(30)))
    made = subscribed(anna, server)
    poll.poll(made, reader)
    now = timezone.now()
    known = Calendar.objects.all()
    assert not selectors.doubtful(known, now).exists()
    assert selectors.doubtful(known, now + timedelta(hours=25)).exists(), "not read for a day"
    known.update(read_at=now + timedelta(days=60))
    assert selectors.doubtful(known, now + timedelta(days=60)).exists(), "nothing new, and nothing to come"


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_by_itself_until_it_is_asked_to_stop(monkeypatch: pytest.MonkeyPatch, server: Answers) -> None:
    monkeypatch.setattr(config(), "calendar_networks", "127.0.0.0/8")
    anna = rows.person(rows.organisation())
    server.body = file(event(*now_for(30)))
    made = subscribed(anna, server)
    stop, read = threading.Event(), threading.Event()
    take_in = poll.take_in

    def told(*arguments: Any) -> None:
        take_in(*arguments)
        read.set()

    monkeypatch.setattr(poll, "take_in", told)
    poller = poll.Poller(stop)
    poller.start()
    try:
        assert read.wait(timeout=60)
    finally:
        stop.set()
        poller.join(timeout=30)
    assert not poller.is_alive()
    assert made.busy_times.count() == 1
