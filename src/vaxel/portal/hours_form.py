# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of opening hours and exceptions: what was typed, kept as it was typed, and read in the shapes of ``directory.spans``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from vaxel.directory.hours import Change, Plan
from vaxel.directory.models import Hours
from vaxel.directory.spans import WEEKDAYS, read_day, written

MOST_SEASONS = 4
_OFFICE = ("08:00–16:00",) * 5 + ("", "")


class HoursForm:
    """``values`` is what stands in the fields: ``day-0`` … ``day-6``, ``holiday``, ``eve``, and per season ``s0-…``."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    @classmethod
    def filled(cls, post: QueryDict) -> HoursForm:
        return cls({name: str(post.get(name, "")).replace("\x00", "")[:200] for name in post})

    @classmethod
    def of(cls, hours: Hours | None) -> HoursForm:
        """As the hours are; office hours where there are none yet."""
        if hours is None:
            return cls({**{f"day-{n}": text for n, text in enumerate(_OFFICE)}, "eve-ordinary": "on"})
        values = {f"day-{n}": written(day) for n, day in enumerate(hours.week)}
        values |= {"holiday": written(hours.holiday), "eve": written(hours.eve or [])}
        if hours.eve is None:
            values["eve-ordinary"] = "on"
        for n, season in enumerate(hours.seasons[:MOST_SEASONS]):
            values |= {f"s{n}-name": season.get("name", "")}
            for end in ("first", "last"):
                values |= {f"s{n}-{end}-month": str(season[end][0]), f"s{n}-{end}-day": str(season[end][1])}
            values |= {f"s{n}-day-{day}": written(spans) for day, spans in enumerate(season["week"])}
        return cls(values)

    def plan(self) -> Plan:
        """The hours that are wanted. Raises ``ValidationError`` by field for what can't be read."""
        errors: dict[str, list[str]] = {}
        week = [self._day(f"day-{n}", errors, str(day)) for n, day in enumerate(WEEKDAYS)]
        holiday = self._day("holiday", errors)
        eve = None if self.values.get("eve-ordinary") else self._day("eve", errors)
        seasons = [self._season(n, errors) for n in range(MOST_SEASONS) if self._has_season(n)]
        if errors:
            raise ValidationError(errors)
        return Plan(week=week, holiday=holiday, eve=eve, seasons=seasons)

    def _day(self, field: str, errors: dict[str, list[str]], name: str = "") -> list[list[int]]:
        try:
            return read_day(self.values.get(field, ""))
        except ValidationError as error:
            errors[field] = [f"{name}: {told}" if name else told for told in error.messages]
            return []

    def _has_season(self, n: int) -> bool:
        return any(self.values.get(f"s{n}-{field}", "").strip() for field in ("name", "first-day", "last-day"))

    def _season(self, n: int, errors: dict[str, list[str]]) -> dict[str, Any]:
        return {
            "name": " ".join(self.values.get(f"s{n}-name", "").split())[:60],
            "first": self._month_day(n, "first", errors),
            "last": self._month_day(n, "last", errors),
            "week": [self._day(f"s{n}-day-{day}", errors, str(name)) for day, name in enumerate(WEEKDAYS)],
        }

    def _month_day(self, n: int, end: str, errors: dict[str, list[str]]) -> list[int]:
        month, day = self.values.get(f"s{n}-{end}-month", ""), self.values.get(f"s{n}-{end}-day", "")
        if not (month.isascii() and month.isdecimal() and day.isascii() and day.isdecimal()):
            errors[f"s{n}-{end}-day"] = [_("A season begins and ends on a day of the year, as 1 June.")]
            return [1, 1]
        return [int(month[:2]), int(day[:2])]

    # ── for the page ────────────────────────────────────────────────────────────────────────────────────────────────

    def days(self, prefix: str = "") -> list[dict[str, Any]]:
        """The rows of the week: name, field, what stands in it, and the bars of what can be read."""
        return [
            {"name": name, "field": f"{prefix}day-{n}", **self._shown(f"{prefix}day-{n}")}
            for n, name in enumerate(WEEKDAYS)
        ]

    def _shown(self, field: str) -> dict[str, Any]:
        text = self.values.get(field, "")
        try:
            return {"text": text, "bars": bars(read_day(text))}
        except ValidationError:
            return {"text": text, "bars": []}

    def seasons(self) -> list[dict[str, Any]]:
        """Those that are filled in, and one more to fill in."""
        there = [n for n in range(MOST_SEASONS) if self._has_season(n)]
        free = [n for n in range(MOST_SEASONS) if n not in there][:1]
        return [
            {
                "n": n,
                "new": n not in there,
                "name": self.values.get(f"s{n}-name", ""),
                "ends": [
                    {
                        "end": end,
                        "day": self.values.get(f"s{n}-{end}-day", ""),
                        "month": self.values.get(f"s{n}-{end}-month", ""),
                    }
                    for end in ("first", "last")
                ],
                "days": self.days(f"s{n}-"),
            }
            for n in (*there, *free)
        ]

    @staticmethod
    def months() -> list[tuple[str, Any]]:
        return [(str(n), MONTHS[n]) for n in range(1, 13)]


def bars(day: Any) -> list[dict[str, int]]:
    """The spans of a day as bars on a scale of minutes; what goes past midnight ends with the scale."""
    return [{"x": start, "width": min(end, 1440) - start} for start, end in day]


class ExceptionForm:
    """``first``, ``last``, ``spans``, ``name``, ``cover``."""

    FIELDS = ("first", "last", "spans", "name", "cover")

    def __init__(self, values: dict[str, str]) -> None:
        self.values = {field: values.get(field, "") for field in self.FIELDS}

    @classmethod
    def filled(cls, post: QueryDict) -> ExceptionForm:
        return cls({field: str(post.get(field, "")).replace("\x00", "")[:300] for field in cls.FIELDS})

    def change(self) -> Change:
        """The exception that is wanted; without a last day it is for one. Raises ``ValidationError`` by field."""
        errors: dict[str, list[str]] = {}
        first = read_date(self.values["first"], "first", errors)
        last = read_date(self.values["last"], "last", errors) if self.values["last"].strip() else first
        spans: list[Any] = []
        try:
            spans = read_day(self.values["spans"])
        except ValidationError as error:
            errors["spans"] = error.messages
        if errors or first is None or last is None:
            raise ValidationError(errors)
        return Change(first=first, last=last, spans=spans, name=self.values["name"], cover=self.values["cover"])


def read_date(text: str, field: str, errors: dict[str, list[str]]) -> date | None:
    """A date as the browser sends it; what can't be read is told in ``errors``."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        errors[field] = [_("Write the day like 2026-03-02.")]
        return None
