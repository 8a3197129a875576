# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public holidays of the countries, the eves that municipalities keep, and an organisation's own closing days.

Public holidays come from the ``holidays`` library, eves from ``eves.toml``. Names are in the organisation's language, or the country's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct, convert

from vaxel.domain.countries import COUNTRIES
from vaxel.domain.hours import Calendar, DayKind, SpecialDay

YEARS_BEHIND, YEARS_AHEAD = 1, 2
CLOSED, HALF, ORDINARY = "closed", "half", "ordinary"
KEPT = (CLOSED, HALF, ORDINARY)
"""How an eve is kept: as a holiday, with the hours of half days, or as any day."""

_EVES_AS_IN = {"AX": "FI"}


class Eve(Struct, frozen=True, kw_only=True):
    """A day of ``eves.toml``."""

    code: str
    when: str
    kept: str
    names: dict[str, str]

    def on(self, year: int) -> date:
        """Its day in ``year``."""
        if self.when.startswith("easter"):
            return easter(year) + timedelta(days=int(self.when.removeprefix("easter")))
        if self.when.startswith("friday-from "):
            start = _day(year, self.when.removeprefix("friday-from "))
            return start + timedelta(days=(4 - start.weekday()) % 7)
        return _day(year, self.when)

    def name(self, language: str, country: str) -> str:
        return self.names.get(language) or self.names[COUNTRIES[country].language]


def _day(year: int, month_day: str) -> date:
    month, day = month_day.split("-")
    return date(year, int(month), int(day))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876, as in Meeus, Astronomical Algorithms, ch. 8)."""
    golden, century, place = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (place // 4) - epact - place % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def eves(country: str) -> tuple[Eve, ...]:
    """The eves of ``country`` (ISO 3166), through the year."""
    text = (files("vaxel.directory") / "eves.toml").read_text(encoding="utf-8")
    return tuple(convert(entry, Eve) for entry in tomllib.loads(text)[_EVES_AS_IN.get(country, country)])


@lru_cache(maxsize=256)
def public_holidays(country: str, language: str, year: int) -> tuple[tuple[date, str], ...]:
    """(day, name) of the public holidays of ``country`` in ``year``, in order."""
    from holidays import country_holidays

    # The library has each country's own language, and English.
    named = "en_US" if language == "en" else COUNTRIES[country].holidays
    return tuple(sorted(country_holidays(country, years=year, language=named).items()))


def calendar(
    country: str,
    language: str,
    years: Iterable[int],
    kept: Mapping[str, str],
    own: Iterable[tuple[date, str, bool]] = (),
) -> Calendar:
    """The special days of ``years``.

    ``kept``: eve's code → how the organisation keeps it, where it has decided. ``own``: its closing days, as (day, name, half). A public
    holiday comes before an eve on the same day, an organisation's own day before both.
    """
    found: Calendar = {}
    for year in years:
        for eve in eves(country):
            how = kept.get(eve.code, eve.kept)
            if how != ORDINARY:
                kind = DayKind.EVE if how == HALF else DayKind.HOLIDAY
                found[eve.on(year)] = SpecialDay(kind=kind, name=eve.name(language, country))
        for day, name in public_holidays(country, language, year):
            found[day] = SpecialDay(kind=DayKind.HOLIDAY, name=name)
    for day, name, half in own:
        found[day] = SpecialDay(kind=DayKind.EVE if half else DayKind.LOCAL, name=name)
    return found


def years_around(today: date) -> range:
    """The years for which a calendar is made."""
    return range(today.year - YEARS_BEHIND, today.year + YEARS_AHEAD + 1)
