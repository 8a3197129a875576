# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest

from vaxel.directory.calendars import calendar, easter, eves
from vaxel.domain.countries import COUNTRIES
from vaxel.domain.hours import DayKind

NORTHERN = [
    # Moveable days of 2026 and 2027, from the almanacs of the countries.
    ("SE", "sv", date(2026, 6, 19), "Midsommarafton", DayKind.HOLIDAY),
    ("SE", "sv", date(2027, 6, 25), "Midsommarafton", DayKind.HOLIDAY),
    ("SE", "sv", date(2026, 10, 30), "Allhelgonaafton", DayKind.EVE),
    ("SE", "sv", date(2027, 11, 5), "Allhelgonaafton", DayKind.EVE),
    ("SE", "sv", date(2026, 4, 2), "Skärtorsdagen", DayKind.EVE),
    ("SE", "sv", date(2026, 5, 14), "Kristi himmelsfärdsdag", DayKind.HOLIDAY),
    ("SE", "en", date(2026, 12, 24), "Christmas Eve", DayKind.HOLIDAY),
    ("NO", "nb", date(2026, 4, 2), "Skjærtorsdag", DayKind.HOLIDAY),
    ("NO", "nb", date(2026, 4, 1), "Onsdag før skjærtorsdag", DayKind.EVE),
    ("NO", "nb", date(2026, 5, 17), "Grunnlovsdag", DayKind.HOLIDAY),
    ("DK", "da", date(2026, 5, 15), "Fredag efter Kristi himmelfartsdag", DayKind.HOLIDAY),
    ("DK", "da", date(2026, 6, 5), "Grundlovsdag", DayKind.HOLIDAY),
    ("DK", "sv", date(2026, 12, 25), "Juledag", DayKind.HOLIDAY),
    ("FI", "sv", date(2026, 12, 6), "Självständighetsdagen", DayKind.HOLIDAY),
    ("FI", "sv", date(2026, 6, 19), "Midsommarafton", DayKind.HOLIDAY),
    ("AX", "sv", date(2026, 6, 9), "Ålands självstyrelsedag", DayKind.HOLIDAY),
    ("AX", "en", date(2026, 4, 4), "Easter Eve", DayKind.HOLIDAY),
    ("IS", "en", date(2026, 4, 23), "First Day of Summer", DayKind.HOLIDAY),
    ("IS", "da", date(2026, 6, 17), "Þjóðhátíðardagurinn", DayKind.HOLIDAY),
    ("IS", "da", date(2026, 12, 24), "Juleaftensdag", DayKind.EVE),
    ("FO", "da", date(2026, 7, 28), "Ólavsøkuaftan", DayKind.EVE),
    ("FO", "en", date(2026, 7, 29), "Saint Olaf's Day", DayKind.HOLIDAY),
]


@pytest.mark.parametrize(("country", "language", "day", "name", "kind"), NORTHERN)
def test_days_have_their_local_names(country: str, language: str, day: date, name: str, kind: DayKind) -> None:
    special = calendar(country, language, [day.year], {})[day]
    assert (special.name, special.kind) == (name, kind)


def test_danish_municipalities_have_no_prayer_day_since_2024() -> None:
    assert date(2026, 5, 1) not in calendar("DK", "da", [2026], {})


@pytest.mark.parametrize(
    ("year", "day"), [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))]
)
def test_easter_is_where_the_almanac_has_it(year: int, day: date) -> None:
    assert easter(year) == day


def test_a_public_holiday_comes_before_an_eve_and_an_own_day_before_both() -> None:
    own = [(date(2026, 12, 25), "Stängt", False), (date(2026, 12, 23), "Halvdag", True)]
    made = calendar("SE", "sv", [2026], {}, own)
    assert (made[date(2026, 12, 25)].kind, made[date(2026, 12, 25)].name) == (DayKind.LOCAL, "Stängt")
    assert made[date(2026, 12, 23)].kind is DayKind.EVE


@pytest.mark.parametrize("country", list(COUNTRIES))
def test_every_eve_has_a_name_in_english_and_a_day_in_every_year(country: str) -> None:
    for eve in eves(country):
        assert eve.names["en"]
        assert all(eve.on(year).year == year for year in range(2024, 2040))
