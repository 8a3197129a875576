# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hours as they are kept in the database: JSON of minutes from midnight, and from it the domain's values.

A span is ``[start, end]``, 0 ≤ start < end ≤ 2,880: an end beyond 1,440 is on the next day. A day is a list of spans in order, a week
seven days from Monday. A season is ``{"first": [month, day], "last": [month, day], "week": week, "name": text}``.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vaxel.domain.hours import DAY, Season, Span, Week, overlapping

Day = list[list[int]]

LATEST = 2 * DAY
MOST_SPANS = 8
DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


def closed_week() -> list[Day]:
    """A week without hours."""
    return [[] for _day in range(7)]


def day_of(value: Any) -> tuple[Span, ...]:
    """The domain's spans of a day that has been checked."""
    return tuple(Span(start, end) for start, end in value)


def week_of(value: Any) -> Week:
    """The domain's week."""
    return tuple(day_of(day) for day in value)


def season_of(value: Any) -> Season:
    """The domain's season."""
    first, last = value["first"], value["last"]
    return Season(
        first=(first[0], first[1]),
        last=(last[0], last[1]),
        week=week_of(value["week"]),
        name=value.get("name", ""),
    )


def check_day(value: Any) -> None:
    """Refuse what isn't a day's spans in order, with a sentence. Raises ``ValidationError``."""
    if not isinstance(value, list) or len(value) > MOST_SPANS:
        raise ValidationError(
            _("Give the hours of a day as at most %(most)d pairs of times."), params={"most": MOST_SPANS}
        )
    for span in value:
        _check_span(span)
    for (_start, end), (start, _end) in pairwise(value):
        if start < end:
            raise ValidationError(
                _("%(one)s begins before %(other)s has ended: join them, or leave a pause between them."),
                params={"one": clock(start), "other": clock(end)},
            )


def _check_span(span: Any) -> None:
    if not isinstance(span, list) or len(span) != 2 or not all(type(minutes) is int for minutes in span):
        raise ValidationError(_("Hours are two times: when it opens and when it closes."))
    start, end = span
    if not 0 <= start < DAY or end > LATEST:
        raise ValidationError(_("Times lie between 00:00 and 24:00; what goes past midnight ends on the next day."))
    if end <= start:
        raise ValidationError(
            _("%(start)s–%(end)s ends before it begins."), params={"start": clock(start), "end": clock(end)}
        )


def check_week(value: Any) -> None:
    """Refuse what isn't seven days whose hours don't run into each other. Raises ``ValidationError``."""
    if not isinstance(value, list) or len(value) != 7:
        raise ValidationError(_("A week has seven days."))
    for day, spans in zip(WEEKDAYS, value, strict=True):
        try:
            check_day(spans)
        except ValidationError as error:
            raise ValidationError([f"{day}: {told}" for told in error.messages]) from error
    for n, spans in enumerate(value):
        following = value[(n + 1) % 7]
        if spans and following and spans[-1][1] > DAY and spans[-1][1] - DAY > following[0][0]:
            raise ValidationError(
                _("%(day)s runs past midnight into the hours of %(next)s."),
                params={"day": WEEKDAYS[n], "next": WEEKDAYS[(n + 1) % 7]},
            )


def check_seasons(value: Any) -> None:
    """Refuse seasons that aren't dates of a year with a week, or that overlap. Raises ``ValidationError``."""
    if not isinstance(value, list) or not all(isinstance(season, dict) for season in value):
        raise ValidationError(_("A season has a first day, a last day and a week."))
    for season in value:
        _check_month_day(season.get("first"))
        _check_month_day(season.get("last"))
        check_week(season.get("week"))
    seasons = [season_of(season) for season in value]
    for n, one in enumerate(seasons):
        for other in seasons[n + 1 :]:
            if overlapping(one, other):
                raise ValidationError(
                    _("The seasons “%(one)s” and “%(other)s” overlap."), params={"one": one.name, "other": other.name}
                )


def _check_month_day(value: Any) -> None:
    right = (
        isinstance(value, list)
        and len(value) == 2
        and all(type(part) is int for part in value)
        and 1 <= value[0] <= 12
        and 1 <= value[1] <= DAYS_OF_MONTH[value[0] - 1]
    )
    if not right:
        raise ValidationError(_("A season begins and ends on a day of the year, as 1 June."))


def clock(minutes: int) -> str:
    """Minutes from midnight as a time of day: 480 → 08:00, 1,440 → 24:00, 1,560 → 02:00."""
    if minutes > DAY:
        minutes -= DAY
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(text: str) -> int:
    """A time of day as people write it, in minutes: “8”, “8.30”, “08:30”, “0830”, “24:00”. Raises ``ValidationError``."""
    digits = text.strip().replace(".", ":").replace(",", ":")
    hours, _colon, rest = digits.partition(":")
    if not rest and len(hours) in (3, 4):
        hours, rest = hours[:-2], hours[-2:]
    rest = rest or "0"
    if not (hours.isascii() and hours.isdecimal() and rest.isascii() and rest.isdecimal() and len(rest) <= 2):
        raise ValidationError(_("“%(text)s” is not a time. Write it like 08:30."), params={"text": text.strip()[:20]})
    minutes = int(hours[:3]) * 60 + int(rest)
    if int(rest) >= 60 or minutes > DAY:
        raise ValidationError(_("“%(text)s” is not a time. Write it like 08:30."), params={"text": text.strip()[:20]})
    return minutes


def written(day: Any) -> str:
    """A day's spans as they are written and read: “08:00–12:00, 13:00–16:00”; "" for closed."""
    return ", ".join(f"{clock(start)}–{clock(end)}" for start, end in day)


def read_day(text: str) -> Day:
    """A day's spans as somebody wrote them: “8–12, 13–16.30”, “22–02” past midnight, "" or “–” for closed. Raises ``ValidationError``."""
    text = text.strip()
    if not text.strip("-–—") or text.casefold() in _CLOSED:
        return []
    day = [_read_span(part) for part in re.split(r"[,;]|\s+(?:och|og|and|\+)\s+", text) if part.strip()]
    check_day(day)
    return day


_CLOSED = frozenset({"closed", "stängt", "stengt", "lukket"})


def _read_span(text: str) -> list[int]:
    parts = re.split(r"\s*[-–—]\s*|\s+(?:till?|to)\s+", text.strip())
    if len(parts) != 2:
        raise ValidationError(
            _("“%(text)s” isn't a time from and to. Write it like 08:00–16:00."), params={"text": text.strip()[:20]}
        )
    start, end = minutes_of(parts[0]), minutes_of(parts[1])
    return [start, end + DAY if end < start else end]
