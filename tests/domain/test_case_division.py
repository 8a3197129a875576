# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose case is it? From what a citizen tells, and nothing is kept of it."""

from __future__ import annotations

import pytest

from vaxel.domain.case_division import By, Division, NotUnderstood, Share, birth, look_up

pytestmark = pytest.mark.clause("AAB-27")


def division(by: By, country: str, *shares: Share) -> Division:
    return Division(id="d1", organisation="home", task="Social benefits", by=by, country=country, shares=shares)


@pytest.mark.parametrize(
    ("told", "country", "day_and_month"),
    [
        ("19800317-1234", "SE", (17, 3)),
        ("800317-1234", "SE", (17, 3)),
        ("800317+1234", "SE", (17, 3)),
        ("198003771234", "SE", (17, 3)),
        ("800317", "SE", (17, 3)),
        ("170380-1234", "DK", (17, 3)),
        ("1703801234", "DK", (17, 3)),
        ("17.03.80", "DK", (17, 3)),
        ("17038012345", "NO", (17, 3)),
        ("57038012345", "NO", (17, 3)),
        ("290200-1234", "DK", (29, 2)),
        ("101105-308T", "FI", (10, 11)),
        ("101105A308T", "AX", (10, 11)),
        ("120174-3399", "IS", (12, 1)),
        ("170380-1234", "FO", (17, 3)),
    ],
)
def test_day_and_month_are_read_from_the_number_of_the_country(
    told: str, country: str, day_and_month: tuple[int, int]
) -> None:
    assert birth(told, country) == day_and_month


@pytest.mark.parametrize("told", ["", "Anna", "12345", "803117-1234", "321380-1234", "1703801234567"])
@pytest.mark.parametrize("country", ["SE", "DK"])
def test_what_is_no_birth_date_is_refused(told: str, country: str) -> None:
    with pytest.raises(NotUnderstood):
        birth(told, country)


def test_days_are_divided_among_caseworkers() -> None:
    days = division(
        By.DAY,
        "DK",
        Share(owner="p1", first="1", last="10"),
        Share(owner="p2", first="11", last="20"),
        Share(owner="g1", first="21", last="31"),
    )
    assert [look_up(days, f"{day:02}0180-1234") for day in (1, 10, 11, 31)] == ["p1", "p1", "p2", "g1"]


def test_months_are_divided_among_caseworkers() -> None:
    months = division(By.MONTH, "SE", Share(owner="p1", first="1", last="6"), Share(owner="p2", first="7", last="12"))
    assert [look_up(months, told) for told in ("800630-1234", "800701-1234")] == ["p1", "p2"]


@pytest.mark.parametrize(
    ("country", "name", "owner"),
    [
        ("SE", "Andersson", "p1"),
        ("SE", "Flodin", "p1"),
        ("SE", "Fredriksson", "p2"),
        ("SE", "Åberg", "p3"),
        ("SE", "Østergaard", "p3"),
        ("SE", "von Essen", "p2"),
        ("DK", "Aagaard", "p3"),
        ("DK", "Ågård", "p3"),
        ("DK", "Öberg", "p3"),
        ("DK", "abel", "p1"),
    ],
)
def test_surnames_follow_the_alphabet_of_the_country(country: str, name: str, owner: str) -> None:
    names = division(
        By.SURNAME,
        country,
        Share(owner="p1", first="A", last="Fl"),
        Share(owner="p2", first="Fm", last="Z"),
        Share(owner="p3", first="Æ" if country == "DK" else "Å", last="Å" if country == "DK" else "Ö"),
    )
    assert look_up(names, name) == owner


def test_a_side_or_stretch_of_a_street_goes_before_the_whole_of_it() -> None:
    streets = division(
        By.STREET,
        "SE",
        Share(owner="p1", place="Storgatan"),
        Share(owner="p2", place="Storgatan", numbers=(1, 40)),
        Share(owner="p3", place="Storgatan", numbers=(1, 40), odd=True),
    )
    told = ["Storgatan 3 B", "storgatan  4", "Storgatan 41", "Storgatan", "Lillgatan 3"]
    assert [look_up(streets, each) for each in told] == ["p3", "p2", "p1", "p1", ""]


def test_wards_are_names() -> None:
    wards = division(By.WARD, "NO", Share(owner="p1", place="Tana bru"), Share(owner="p2", place="Seida"))
    assert [look_up(wards, told) for told in ("tana BRU", "Seida", "Skiippagurra")] == ["p1", "p2", ""]
