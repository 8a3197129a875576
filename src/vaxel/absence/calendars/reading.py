# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A calendar's file, read for its busy times. What entries are about is looked at once, for identity numbers, and goes no further.

Pure, and without Django's models: it is run in a process of its own, which is ended when somebody's rule of repetition never ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from icalendar.prop import vBroken
from msgspec import Struct

from vaxel.directory.identity_numbers import found_in

MOST_ENTRIES = 20_000
MOST_OCCURRENCES = 5_000
LONGEST_TEXT = 10_000
LONGEST_LIST = 31
_REPEATED = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_NOT_BUSY = frozenset({"FREE", "TENTATIVE", "WORKINGELSEWHERE"})

Span = tuple[datetime, datetime]


class NotACalendar(ValueError):
    """It can't be read as iCalendar (RFC 5545)."""


class TooLarge(ValueError):
    """It has more entries than anybody's calendar."""


class Away(Struct, frozen=True, order=True):
    """Out of office from ``start`` to ``end``. ``mark`` tells the entry from others, not what it is."""

    start: datetime
    end: datetime
    mark: str


class Reading(Struct, frozen=True, kw_only=True):
    """``busy`` in order, none touching another. ``identity_numbers``: entries that hold one (AAB-18)."""

    busy: tuple[Span, ...] = ()
    away: tuple[Away, ...] = ()
    identity_numbers: int = 0


def read(files: Iterable[bytes], time_zone: str, start: datetime, end: datetime) -> Reading:
    """What the calendars ``files`` hold from ``start`` until ``end`` (aware). Tasks (VTODO) are left out (AAB-17).

    ``time_zone`` is for whole days and for times that name none. Raises ``NotACalendar``, ``TooLarge``.
    """
    zone = ZoneInfo(time_zone)
    busy: list[Span] = []
    away: list[Away] = []
    revealing: set[str] = set()
    count = 0
    for file in files:
        for event in _occurrences(file, start, end):
            count += 1
            if count > MOST_OCCURRENCES:
                raise TooLarge
            if _holds_identity_number(event):
                revealing.add(str(event.get("UID", count)))
            span = _span(event, zone)
            if span is None or span[0] >= span[1]:
                continue
            match _state(event):
                case "away":
                    away.append(Away(*span, _mark(event, span)))
                    busy.append(span)
                case "busy":
                    busy.append(span)
    return Reading(busy=tuple(merged(busy)), away=tuple(sorted(set(away))), identity_numbers=len(revealing))


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order, those that overlap or touch made one."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found


def _occurrences(file: bytes, start: datetime, end: datetime) -> Iterator[Any]:
    if file.upper().count(b"BEGIN:VEVENT") > MOST_ENTRIES:
        raise TooLarge
    try:
        calendars = icalendar.Calendar.from_ical(file.decode("utf-8", errors="replace"), multiple=True)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise NotACalendar from error
    found = [one for one in calendars if one.name == "VCALENDAR"]
    if not found:
        raise NotACalendar
    for calendar in found:
        calendar.subcomponents = [part for part in calendar.subcomponents if _is_tame(part)]
        query = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=True)
        yield from query.between(start, end)


def _is_tame(part: Any) -> bool:
    """Rules that repeat by the hour or faster, or name very many times, are nobody's meetings; they would take hours to lay out.

    What is broken says nothing of when it is.
    """
    if part.name != "VEVENT":
        return bool(part.name == "VTIMEZONE")
    values = [one for value in part.values() for one in (value if isinstance(value, list) else [value])]
    if "DTSTART" not in part or any(isinstance(value, vBroken) for value in values):
        return False
    rules = part.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        frequency = {str(one).upper() for one in rule.get("FREQ", [])}
        if not frequency <= _REPEATED:
            return False
        if any(rule.get(name) for name in ("BYSECOND", "BYMINUTE", "BYHOUR")):
            return False
        if any(len(value) > LONGEST_LIST for value in rule.values() if isinstance(value, list)):
            return False
    return True


def _state(event: Any) -> str:
    """busy, away or free."""
    outlook = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    status = str(event.get("STATUS", "")).upper()
    if status in ("CANCELLED", "TENTATIVE") or outlook in _NOT_BUSY:
        return "free"
    if outlook == "OOF":
        return "away"
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return "free"
    whole_day = not isinstance(event["DTSTART"].dt, datetime)
    return "away" if whole_day and outlook != "BUSY" else "busy"


def _span(event: Any, zone: ZoneInfo) -> Span | None:
    try:
        begins = event["DTSTART"].dt
        ends = event["DTEND"].dt if "DTEND" in event else begins + _length(event, begins)
        return _moment(begins, zone), _moment(ends, zone)
    except (KeyError, AttributeError, TypeError, OverflowError, ValueError):
        return None


def _length(event: Any, begins: date) -> timedelta:
    if "DURATION" in event:
        found: timedelta = event["DURATION"].dt
        return found
    return timedelta() if isinstance(begins, datetime) else timedelta(days=1)


def _moment(value: date, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value if value.tzinfo is not None else value.replace(tzinfo=zone)


def _holds_identity_number(event: Any) -> bool:
    texts = (str(event.get(name, ""))[:LONGEST_TEXT] for name in ("SUMMARY", "DESCRIPTION", "LOCATION"))
    return any(found_in(text) for text in texts if text)


def _mark(event: Any, span: Span) -> str:
    told = f"{event.get('UID', '')}|{span[0].timestamp():.0f}|{span[1].timestamp():.0f}"
    return hashlib.sha256(told.encode()).hexdigest()
