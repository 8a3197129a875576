# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose case is it? From what a citizen tells, and nothing is kept of it."""

from __future__ import annotations

import pytest

from vaxel.domain.case_division import By, Division, NotUnderstood, Share, birth, look_up

pytestmark = pytest.mark.clause("AAB-27")


def division(by: By, language: str, *shares: Share) -> Division:
    return Division(id="d1", organisation="home", task="Social benefits", by=by, language=language, shares=shares)


@pytest.mark.parametrize(
    ("told", "language", "day_and_month"),
    [
        ("19800317-1234", "sv", (17, 3)),
        ("800317-1234", "sv", (17, 3)),
        ("800317+1234", "sv", (17, 3)),
        ("198003771234", "sv", (17, 3)),
        ("800317", "sv", (17, 3)),
        ("170380-1234", "da", (17, 3)),
        ("1703801234", "da", (17, 3)),
        ("17.03.80", "da", (17, 3)),
        ("17038012345", "nb", (17, 3)),
        ("57038012345", "nb", (17, 3)),
        ("290200-1234", "da", (29, 2)),
    ],
)
def test_day_and_month_are_read_from_the_number_of_the_country(
    told: str, language: str, day_and_month: tuple[int, int]
) -> None:
    assert birth(told, language) == day_and_month


@pytest.mark.parametrize("told", ["", "Anna", "12345", "803117-1234", "321380-1234", "1703801234567"])
@pytest.mark.parametrize("language", ["sv", "da"])
def test_what_is_no_birth_date_is_refused(told: str, language: str) -> None:
    with pytest.raises(NotUnderstood):
        birth(told, language)


def test_days_are_divided_among_caseworkers() -> None:
    days = division(
        By.DAY,
        "da",
        Share(owner="p1", first="1", last="10"),
        Share(owner="p2", first="11", last="20"),
        Share(owner="g1", first="21", last="31"),
    )
    assert [look_up(days, f"{day:02}0180-1234") for day in (1, 10, 11, 31)] == ["p1", "p1", "p2", "g1"]


def test_months_are_divided_among_caseworkers() -> None:
    months = division(By.MONTH, "sv", Share(owner="p1", first="1", last="6"), Share(owner="p2", first="7", last="12"))
    assert [look_up(months, told) for told in ("800630-1234", "800701-1234")] == ["p1", "p2"]


@pytest.mark.parametrize(
    ("language", "name", "owner"),
    [
        ("sv", "Andersson", "p1"),
        ("sv", "Flodin", "p1"),
        ("sv", "Fredriksson", "p2"),
        ("sv", "Åberg", "p3"),
        ("sv", "Østergaard", "p3"),
        ("sv", "von Essen", "p2"),
        ("da", "Aagaard", "p3"),
        ("da", "Ågård", "p3"),
        ("da", "Öberg", "p3"),
        ("da", "abel", "p1"),
    ],
)
def test_surnames_follow_the_alphabet_of_the_country(language: str, name: str, owner: str) -> None:
    names = division(
        By.SURNAME,
        language,
        Share(owner="p1", first="A", last="Fl"),
        Share(owner="p2", first="Fm", last="Z"),
        Share(owner="p3", first="Æ" if language == "da" else "Å", last="Å" if language == "da" else "Ö"),
    )
    assert look_up(names, name) == owner


def test_a_side_or_stretch_of_a_street_goes_before_the_whole_of_it() -> None:
    streets = division(
        By.STREET,
        "sv",
        Share(owner="p1", place="Storgatan"),
        Share(owner="p2", place="Storgatan", numbers=(1, 40)),
        Share(owner="p3", place="Storgatan", numbers=(1, 40), odd=True),
    )
    told = ["Storgatan 3 B", "storgatan  4", "Storgatan 41", "Storgatan", "Lillgatan 3"]
    assert [look_up(streets, each) for each in told] == ["p3", "p2", "p1", "p1", ""]


def test_wards_are_names() -> None:
    wards = division(By.WARD, "nb", Share(owner="p1", place="Tana bru"), Share(owner="p2", place="Seida"))
    assert [look_up(wards, told) for told in ("tana BRU", "Seida", "Skiippagurra")] == ["p1", "p2", ""]
