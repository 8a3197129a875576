# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from vaxel.directory.numbers import international, national, readable


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("0980-31 92 01", "SE", "46980319201"),
        ("+46 (0)980 319201".replace("(0)", ""), "SE", "46980319201"),
        ("0046980319201", "NO", "46980319201"),
        ("60 00 01 01", "NO", "4760000101"),
        ("84 00 01 01", "DK", "4584000101"),
        ("09 310 1691", "FI", "35893101691"),
        ("018-25 000", "AX", "3581825000"),
        ("+358 40 123 4567", "SE", "358401234567"),
        ("545 1000", "IS", "3545451000"),
        ("30 20 00", "FO", "298302000"),
    ],
)
def test_what_people_write_becomes_international(text: str, country: str, number: str) -> None:
    assert international(text, country) == number


@pytest.mark.parametrize("text", ["", "anonymous", "12", "+", "sip:x@y", "1" * 40, "٠١٢٣٤٥٦٧"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a telephone number"):
        international(text, "SE")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("46980319201", "+46 980 31 92 01"),
        ("46313900601", "+46 31 390 06 01"),
        ("46846500401", "+46 8 465 004 01"),
        ("46701740605", "+46 70 174 06 05"),
        ("4760000101", "+47 60 00 01 01"),
        ("35893101691", "+358 9 310 16 91"),
        ("3581825000", "+358 18 250 00"),
        ("3545451000", "+354 545 1000"),
        ("298302000", "+298 30 20 00"),
        ("112", "112"),
        ("", ""),
        ("anonymous", "anonymous"),
        ("12025550123", "+12025550123"),
    ],
)
def test_numbers_are_shown_in_groups(number: str, shown: str) -> None:
    assert readable(number) == shown


def test_national_form() -> None:
    assert national("46980319201") == "0980319201"
    assert national("4760000101") == "60000101"
    assert national("3581825000") == "01825000"
    assert national("3545451000") == "5451000"
    assert national("12025550123") == "0012025550123"
