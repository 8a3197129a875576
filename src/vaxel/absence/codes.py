# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feature codes: what an employee keys on her own telephone instead of a number.

=============================  ========================================================================================
``*23*REASON#``                away until further notice (reason 8, gone for the day: until midnight)
``*23*REASON*UNTIL#``          away until then: a time ``HHMM``, a day of return ``MMDD``, or both ``MMDDHHMM``
``*23*REASON*UNTIL*NUMBER#``   the same, and callers are referred to a colleague's, group's or the switchboard's number, or by one digit
                               to the switchboard (0), the own voicemail (1) or mobile (2); UNTIL may be empty
``*23#``                       a spoken menu of all this
``#23#``                       back
``*#23#``                      hear one's own state
``*24#``, ``#24#``             log in to, out of, all one's groups
``*24*NUMBER#``, ``#24*…#``    of one group, by its number or the last digits of it
``*8``                         take a call that rings at a colleague of one's pick-up group
``*12*CODE#``, ``#12#``        an operator logs on at this telephone, by her code; whoever is logged on here logs off
``*14``                        an operator who was asked to reinforce a switchboard comes (its telephone dials this by itself)
=============================  ========================================================================================

The last ``#`` may be missing: many telephones keep it as the key that dials. Nothing here reads a clock or a database.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from vaxel.domain.absence import AbsenceReason as R
from vaxel.domain.absence import ReferTo

REASONS = {
    "0": R.OTHER,
    "1": R.LUNCH,
    "2": R.MEETING,
    "3": R.ERRAND,
    "4": R.TRAVEL,
    "5": R.COURSE,
    "6": R.VACATION,
    "7": R.SICK,
    "8": R.GONE_FOR_DAY,
    "9": R.PARENTAL,
}
"""Key → reason."""

SHORT = {"0": ReferTo.SWITCHBOARD, "1": ReferTo.VOICEMAIL, "2": ReferTo.MOBILE}
"""Key, instead of a number → where callers are referred to."""

BY_THE_DAY = frozenset({R.TRAVEL, R.COURSE, R.VACATION, R.SICK, R.PARENTAL, R.OTHER})
"""Reasons with which four digits are a day of return when they can be one; with the others they are a time."""


class Until(Struct, frozen=True, kw_only=True):
    """``time`` in minutes from midnight, ``day`` as (month, day); at least one of them is there."""

    time: int | None = None
    day: tuple[int, int] | None = None


class SetAbsence(Struct, frozen=True, kw_only=True):
    """``refer_to`` is a number as keyed, or one of ``SHORT``, "" for none."""

    reason: R
    until: Until | None = None
    refer_to: str = ""


class AbsenceMenu(Struct, frozen=True):
    """She wants to be asked."""


class Back(Struct, frozen=True):
    """She is here again."""


class Status(Struct, frozen=True):
    """She wants to hear her own state."""


class LogIn(Struct, frozen=True, kw_only=True):
    """``group``: its number or the last digits of it, "" for all."""

    logged_in: bool
    group: str = ""


class PickUp(Struct, frozen=True):
    """She wants to take a colleague's ringing call."""


class LogOnHere(Struct, frozen=True, kw_only=True):
    """An operator sits down at this telephone. ``code`` is hers, and secret."""

    code: str


class LogOffHere(Struct, frozen=True):
    """The operator at this telephone leaves."""


class Come(Struct, frozen=True):
    """An operator is asked to reinforce a switchboard."""


Code = SetAbsence | AbsenceMenu | Back | Status | LogIn | PickUp | LogOnHere | LogOffHere | Come

_AWAY = re.compile(r"\*23\*([0-9])(?:\*(?:([0-9]{4}|[0-9]{8})|(?=\*[0-9]))(?:\*([0-9]{1,15}))?)?")
_GROUPS = re.compile(r"([*#])24(?:\*([0-9]{2,15}))?")
_SEAT = re.compile(r"\*12\*([0-9]{4,8})")
COME = "*14"
MENU = "*23"
STATUS = "*#23"
_PLAIN: dict[str, Code] = {
    "#23": Back(),
    STATUS: Status(),
    "*8": PickUp(),
    "#12": LogOffHere(),
    COME: Come(),
    MENU: AbsenceMenu(),
}


def is_code(dialled: str) -> bool:
    """Is it a code at all, right or wrong?"""
    return dialled[:1] in ("*", "#")


def without_secret(dialled: str) -> str:
    """What was keyed as it may be kept: an operator's code is nobody's business, even mistyped."""
    return "*12" if dialled.startswith("*12") else dialled


def parse(dialled: str) -> Code | None:
    """What was keyed; None when it can't be understood."""
    keyed = dialled.strip().removesuffix("#")
    if keyed in _PLAIN:
        return _PLAIN[keyed]
    if match := _GROUPS.fullmatch(keyed):
        return LogIn(logged_in=match[1] == "*", group=match[2] or "")
    if match := _SEAT.fullmatch(keyed):
        return LogOnHere(code=match[1])
    if match := _AWAY.fullmatch(keyed):
        reason = REASONS[match[1]]
        until = _until(match[2], reason) if match[2] else None
        if match[2] and until is None:
            return None
        return SetAbsence(reason=reason, until=until, refer_to=match[3] or "")
    return None


def _until(digits: str, reason: R) -> Until | None:
    if len(digits) == 8:
        day, time = _day(digits[:4]), _time(digits[4:])
        return Until(day=day, time=time) if day and time is not None else None
    day, time = _day(digits), _time(digits)
    if day is not None and (time is None or reason in BY_THE_DAY):
        return Until(day=day)
    return Until(time=time) if time is not None else None


def _time(digits: str) -> int | None:
    hours, minutes = int(digits[:2]), int(digits[2:])
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def _day(digits: str) -> tuple[int, int] | None:
    month, day = int(digits[:2]), int(digits[2:])
    try:
        date(2024, month, day)  # a leap year: 29 February is a day
    except ValueError:
        return None
    return month, day


def end_of(code: SetAbsence, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment that ``code`` means, the next one after ``now``; None for until further notice.

    A day alone is the day of return: the absence ends as it begins. Gone for the day ends at midnight.
    """
    local = now.astimezone(zone)
    until = code.until
    if until is None:
        return _at(local.date() + timedelta(days=1), 0, zone) if code.reason is R.GONE_FOR_DAY else None
    if until.day is None:
        today = _at(local.date(), until.time or 0, zone)
        return today if today > now else _at(local.date() + timedelta(days=1), until.time or 0, zone)
    for year in range(local.year, local.year + 9):
        try:
            moment = _at(date(year, *until.day), until.time or 0, zone)
        except ValueError:  # 29 February
            continue
        if moment > now:
            return moment
    return None


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=zone)
