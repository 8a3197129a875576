# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is to be heard, by fragments: a plan's prompts become the names of recordings that are played one after the other.

Which day and hour a moment is called depends on when it is said, and on the language: “i dag klockan tretton”, “tomorrow at one p.m.”.
The Nordic languages use the 24-hour clock, as their public announcements do; English has no spoken one, and says a.m. or p.m.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from vaxel.domain.absence import PRIVATE, AbsenceReason
from vaxel.domain.phrases import MONTH_FIRST, ON_DATE, UNTIL_LAST, WEEKDAYS

WEEK = 7
"""From so many days ahead on a weekday's name could mean another week: then it is the date."""
YEAR_IS_CLEAR = 300
"""Days ahead from which on the year is said, too."""


def expand(item: str, language: str, now: float, zone: ZoneInfo) -> tuple[str, ...]:
    """The fragments of one of a plan's prompts, said at ``now`` in ``zone``. Empty when there is nothing to say: a moment gone by.

    Of a name or greeting it is one fragment, ``name-p12``, which ``texts`` doesn't have. Raises ``ValueError`` for what can't be said.
    """
    kind, colon, value = item.partition(":")
    if not colon:
        return (item,)
    match kind:
        case "name" | "greeting":
            return (f"{kind}-{value}",)
        case "absent":
            return (_absent(AbsenceReason(value)),)
        case "back" | "opens" | "until":
            return _Moment(float(value), language, now, zone).said(kind)
        case "digit":
            return digits(value)
        case "option":
            code, _, digit = value.partition(":")
            return (f"option-{code}", *digits(digit))
    raise ValueError(f"{item!r} can't be said")


def _absent(reason: AbsenceReason) -> str:
    return f"absent-{AbsenceReason.OTHER if reason in PRIVATE else reason}"


def digits(text: str) -> tuple[str, ...]:
    """One by one: ``112`` is “one one two”."""
    if not text or any(sign not in _SIGNS for sign in text):
        raise ValueError(f"{text!r} can't be said digit by digit")
    return tuple(_SIGNS[sign] for sign in text)


_SIGNS = {str(n): f"number-{n}" for n in range(10)} | {"*": "star", "#": "hash"}


class _Moment:
    def __init__(self, at: float, language: str, now: float, zone: ZoneInfo) -> None:
        self._language = language
        self._past = at <= now
        self._at = datetime.fromtimestamp(at, zone)
        self._ahead = (self._at.date() - datetime.fromtimestamp(now, zone).date()).days

    @property
    def _midnight(self) -> bool:
        return self._at.hour == self._at.minute == 0

    def said(self, kind: str) -> tuple[str, ...]:
        if self._past:
            return ()
        if kind == "until":
            return (*self._until(), "until") if self._language in UNTIL_LAST else ("until", *self._until())
        # A whole day's absence ends at midnight, which nobody says; and who is back in three weeks is not asked for the hour.
        with_time = not self._midnight and (kind == "opens" or self._ahead < WEEK)
        return (kind, *self._day("on-"), *(self._time() if with_time else ()))

    def _until(self) -> tuple[str, ...]:
        """“Until midnight” is that of the day that ends."""
        if self._midnight:
            self._at -= timedelta(minutes=1)
            self._ahead -= 1
            return (*(self._day("") if self._ahead else ()), "midnight")
        return (*(self._day("") if self._ahead else ()), *self._time())

    def _day(self, on: str) -> tuple[str, ...]:
        if self._ahead == 0:
            return ("today",)
        if self._ahead == 1:
            return ("tomorrow",)
        if self._ahead < WEEK:
            return (f"{on}{WEEKDAYS[self._at.weekday()]}",)
        return self._date(self._at.date(), on)

    def _date(self, day: date, on: str) -> tuple[str, ...]:
        named = (f"{on if self._language in ON_DATE else ''}date-{day.day}", f"month-{day.month}")
        if self._language in MONTH_FIRST:
            named = (named[1], named[0])
        return (*named, *_year(day.year)) if self._ahead >= YEAR_IS_CLEAR else named

    def _time(self) -> tuple[str, ...]:
        hour, minute = self._at.hour, self._at.minute
        if not minute:
            return (f"at-{hour}",)
        minutes = f"minute-{minute}" if minute < 10 else f"number-{minute}"
        if self._language == "en":
            return (f"hour-{hour % 12 or 12}", minutes, "am" if hour < 12 else "pm")
        return (f"hour-{hour}", minutes)


def _year(year: int) -> tuple[str, ...]:
    """Up to 2059: later the numbers end, and nobody plans so far."""
    return ("century", f"number-{year - 2000}") if 2010 <= year < 2060 else ()
