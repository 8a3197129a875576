# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calendars are read again and again by the worker. Several workers share the work: each calendar is claimed by a conditional update."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import threading
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import Error as DatabaseError
from django.db import close_old_connections, transaction
from django.db.models import F, Q
from django.utils import timezone
from msgspec import Struct
from prometheus_client import Counter

from vaxel.absence.calendars import addresses, caldav, sealed
from vaxel.absence.calendars.apart import Reader, Unread
from vaxel.absence.calendars.fetch import Client, Failed
from vaxel.absence.calendars.models import BusyTime, Calendar, Failure, Kind, Proposal
from vaxel.absence.calendars.reading import NotACalendar, Reading, TooLarge
from vaxel.site.config import config

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=15)
FAILING_EVERY = timedelta(hours=1)
BUSY_AHEAD = timedelta(days=14)
AWAY_AHEAD = timedelta(days=62)
AT_ONCE = 10
LOOK_SECONDS = 20.0
LONGEST = 60.0
"""Seconds to ask for all of one calendar: a CalDAV server is asked several questions, and the others that are due wait for it."""
POLLS = Counter("vaxel_calendar_polls_total", "Calendars read, by how it went.", ["done"])


class Poller(threading.Thread):
    """Reads what is due until ``stop`` is set."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="calendars", daemon=True)
        self._stop_asked = stop

    def run(self) -> None:
        reader = Reader()
        try:
            while not self._stop_asked.is_set():
                close_old_connections()
                try:
                    read = poll_due(timezone.now(), reader)
                except DatabaseError:
                    log.warning("calendars can't be read: the database can't be used; trying again")
                    read = 0
                if not read:
                    self._stop_asked.wait(LOOK_SECONDS)
        finally:
            reader.close()
            close_old_connections()


def due(now: datetime) -> list[Calendar]:
    """Those to be read now, the ones that have waited longest first."""
    ready = Q(polled_at=None) | Q(failure="", polled_at__lte=now - EVERY)
    ready |= Q(polled_at__lte=now - FAILING_EVERY)
    # A fault of a moment is tried again soon.
    ready |= Q(failing_since__gt=now - FAILING_EVERY, polled_at__lte=now - EVERY)
    found = Calendar.objects.filter(ready).select_related("person__organisation")
    return list(found.order_by(F("polled_at").asc(nulls_first=True), "id")[:AT_ONCE])


def poll_due(now: datetime, reader: Reader) -> int:
    """Read up to ``AT_ONCE`` that are due; how many were."""
    claimed = [one for one in due(now) if _claim(one, now)]
    if not claimed:
        return 0
    for calendar, fetched in zip(claimed, _fetched(claimed, now), strict=True):
        take_in(calendar, fetched, now, reader)
    return len(claimed)


def poll(calendar: Calendar, reader: Reader) -> None:
    """Read this one now, due or not."""
    now = timezone.now()
    Calendar.objects.filter(pk=calendar.pk).update(polled_at=now)
    (fetched,) = _fetched([calendar], now)
    take_in(calendar, fetched, now, reader)


def _claim(calendar: Calendar, now: datetime) -> bool:
    return bool(Calendar.objects.filter(pk=calendar.pk, polled_at=calendar.polled_at).update(polled_at=now))


class _Wanted(Struct, frozen=True):
    """What is to be asked of a server. Read from the database beforehand: that can't be asked inside a loop."""

    kind: str
    address: str
    user: str
    password: str
    start: datetime
    end: datetime


def _fetched(calendars: list[Calendar], now: datetime) -> list[list[bytes] | Failure]:
    """Of each calendar its files, or why there are none; all at once."""
    wanted = [_wanted(calendar, now) for calendar in calendars]
    return asyncio.run(_fetch_all(wanted, addresses.networks(config().calendar_networks)))


def _wanted(calendar: Calendar, now: datetime) -> _Wanted | Failure:
    try:
        return _Wanted(calendar.kind, calendar.address, calendar.user, calendar.password, *period(calendar, now))
    except sealed.Unreadable:
        return Failure.ADDRESS


async def _fetch_all(
    wanted: list[_Wanted | Failure], allowed: tuple[addresses.Network, ...]
) -> list[list[bytes] | Failure]:
    return list(await asyncio.gather(*(_fetch(one, allowed) for one in wanted)))


async def _fetch(wanted: _Wanted | Failure, allowed: tuple[addresses.Network, ...]) -> list[bytes] | Failure:
    if isinstance(wanted, Failure):
        return wanted
    try:
        async with asyncio.timeout(LONGEST), Client(allowed, wanted.user, wanted.password) as client:
            if wanted.kind == Kind.CALDAV:
                return await caldav.entries(client, wanted.address, wanted.start, wanted.end)
            return [await client.ask("GET", wanted.address, headers={"Accept": "text/calendar"})]
    except Failed as failed:
        return failed.failure
    except TimeoutError:
        return Failure.SLOW


def period(calendar: Calendar, now: datetime) -> tuple[datetime, datetime]:
    """From this morning, in the person's municipality, as far ahead as absences are looked for."""
    zone = ZoneInfo(calendar.person.organisation.time_zone)
    start = datetime.combine(now.astimezone(zone).date(), time(), zone)
    return start, start + AWAY_AHEAD


def take_in(calendar: Calendar, fetched: list[bytes] | Failure, now: datetime, reader: Reader) -> None:
    """Write down what was read, or why nothing was."""
    if isinstance(fetched, Failure):
        return _failed(calendar, fetched, now)
    start, end = period(calendar, now)
    try:
        reading = reader.read(fetched, calendar.person.organisation.time_zone, start, end)
    except NotACalendar:
        return _failed(calendar, Failure.NO_CALENDAR, now)
    except Unread:
        return _failed(calendar, Failure.UNREAD, now)
    except TooLarge:
        return _failed(calendar, Failure.TOO_LARGE, now)
    _write(calendar, reading, now)
    return None


def _failed(calendar: Calendar, failure: Failure, now: datetime) -> None:
    """What was known stays for a day: a server that is away for an hour is no reason to call everybody free."""
    known = Calendar.objects.filter(pk=calendar.pk)
    known.filter(failing_since=None).update(failing_since=now)
    known.update(failure=failure.value)
    POLLS.labels(failure.value).inc()
    log.info("a calendar can't be read", extra={"calendar": calendar.pk, "failure": failure.value})


def _write(calendar: Calendar, reading: Reading, now: datetime) -> None:
    digest = hashlib.sha256(repr((reading.busy, reading.away)).encode()).hexdigest()
    until = now + BUSY_AHEAD
    busy = [(begins, ends) for begins, ends in reading.busy if begins < until and ends > now]
    with transaction.atomic():
        current = Calendar.objects.select_for_update().filter(pk=calendar.pk).first()
        if current is None:
            return
        _write_busy(current, busy)
        _write_proposals(current, reading, now)
        if current.digest != digest:
            current.digest, current.changed_at = digest, now
        current.read_at, current.failure, current.failing_since = now, "", None
        current.identity_numbers = reading.identity_numbers
        current.ends_at = max((ends for _begins, ends in reading.busy), default=None)
        # Not through the record of changes: nobody changed anything.
        Calendar.objects.filter(pk=current.pk).update(**{field: getattr(current, field) for field in _LEARNED})
    POLLS.labels("read").inc()


_LEARNED = ("digest", "changed_at", "read_at", "failure", "failing_since", "identity_numbers", "ends_at")


def _write_busy(calendar: Calendar, busy: list[tuple[datetime, datetime]]) -> None:
    known = list(calendar.busy_times.values_list("start", "end"))
    if known == busy:
        return
    calendar.busy_times.all().delete()
    BusyTime.objects.bulk_create(BusyTime(calendar=calendar, start=start, end=end) for start, end in busy)


def _write_proposals(calendar: Calendar, reading: Reading, now: datetime) -> None:
    """New ones are added; those that the calendar no longer has, or that are over, go, with what was decided of them."""
    wanted = {away.mark: away for away in reading.away if away.end > now}
    calendar.proposals.exclude(mark__in=wanted).delete()
    known = set(calendar.proposals.values_list("mark", flat=True))
    Proposal.objects.bulk_create(
        Proposal(calendar=calendar, mark=mark, start=away.start, end=away.end)
        for mark, away in wanted.items()
        if mark not in known
    )
