# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hours as they are written in a policy file: ``"08:00-12:00, 13:00-16:00"``, ``"closed"``, ``mon-thu = …``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from vaxel.domain.hours import DAY, Span, Week
from vaxel.policy.terms import refuse

CLOSED = "closed"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
_DAY_KEY = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def spans(text: str) -> tuple[Span, ...]:
    """The spans of one day, in order. An end that isn't after its start lies on the next day (``22:00-02:00``); ``24:00`` is midnight.

    Raises ``PydanticCustomError`` for what isn't times, is impossible, or overlaps.
    """
    if text.strip() == CLOSED:
        return ()
    found = sorted(_span(part.strip()) for part in text.split(","))
    for one, other in pairwise(found):
        if other.start < one.end:
            raise refuse("spans_overlap", f"{shown(one)} / {shown(other)}")
    return tuple(found)


def _span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise refuse("span", text)
    first_hour, first_minute, last_hour, last_minute = map(int, match.groups())
    start, end = first_hour * 60 + first_minute, last_hour * 60 + last_minute
    if first_minute > 59 or last_minute > 59 or start >= DAY or end > DAY:
        raise refuse("impossible_time", text)
    if start == end:
        raise refuse("empty_span", text)
    return Span(start, end if end > start else end + DAY)


def shown(span: Span) -> str:
    """A span as it is written."""
    end = span.end if span.end <= DAY else span.end - DAY
    return f"{span.start // 60:02d}:{span.start % 60:02d}-{end // 60:02d}:{end % 60:02d}"


def day_text(day: Iterable[Span]) -> str:
    """A day as it is written."""
    return ", ".join(shown(span) for span in day) or CLOSED


def week(days: Mapping[str, str]) -> Week:
    """A week from ``mon = …`` or ``mon-wed = …``; days not named are closed. Raises ``PydanticCustomError``."""
    found: list[tuple[Span, ...] | None] = [None] * 7
    for key, text in days.items():
        for n in days_of(key):
            if found[n] is not None:
                raise refuse("day_twice", DAYS[n])
            found[n] = spans(text)
    for n, day in enumerate(found):
        following = found[(n + 1) % 7] or ()
        if day and following and day[-1].end - DAY > following[0].start:
            raise refuse("spans_overlap", f"{DAYS[n]} {shown(day[-1])} / {DAYS[(n + 1) % 7]} {shown(following[0])}")
    return tuple(day or () for day in found)


def days_of(key: str) -> list[int]:
    """``mon`` → [0], ``sat-mon`` → [5, 6, 0]. Raises ``PydanticCustomError``."""
    match = _DAY_KEY.fullmatch(key)
    names = [name for name in match.groups() if name] if match else []
    if not names or any(name not in DAYS for name in names):
        raise refuse("day", key)
    first, last = DAYS.index(names[0]), DAYS.index(names[-1])
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]


def without(day: tuple[Span, ...], closings: tuple[Span, ...]) -> tuple[Span, ...]:
    """``day`` less what lies in ``closings``."""
    left = list(day)
    for closing in closings:
        pieces = []
        for span in left:
            for start, end in ((span.start, min(span.end, closing.start)), (max(span.start, closing.end), span.end)):
                if start < end:
                    pieces.append(Span(start, end))
        left = sorted(set(pieces))
    return tuple(left)


def month_day(text: str) -> tuple[int, int]:
    """``06-15`` → (6, 15). Raises ``PydanticCustomError``."""
    match = _MONTH_DAY.fullmatch(text)
    month, day = map(int, match.groups()) if match else (0, 0)
    if not 1 <= month <= 12 or not 1 <= day <= _LENGTHS[month - 1]:
        raise refuse("month_day", text)
    return month, day
