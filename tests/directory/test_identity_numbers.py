# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from vaxel.directory.identity_numbers import found_in, stands_for_a_number


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876",
        "Gäller 19811218-9876, ring igen",
        "198112189876",
        "8112189876",
        "811218+9876",
        "701063-2391",
        "född 811218 9876".replace(" 9", "-9"),
        "fnr 13097248022.",
        "130972 48022",
        "CPR 211062-5629",
        "CPR 2110625629",
        "811218 9876",
        "19811218 9876",
        "1981-12-18-9876",
        "81 12 18 9876",
        "811218.9876",
        "811218\u22129876",
        "811218\u20119876",
        "8112\u200b18-9876",
        "\uff18\uff11\uff11\uff12\uff11\uff18-\uff19\uff18\uff17\uff16",
        "CPR 211062 5629",
        "21.10.62-5629",
        "fnr 13 09 72 48022",
        "12 811218-9876",
        "hetu 131052-308T",
        "131052-308t.",
        "13.10.52 -308T",
        "010594Y1027",
        "kt. 120174-3399",
        "1201743399",
        "120174 3399",
    ],
)
def test_the_countries_numbers_are_recognised(text: str) -> None:
    assert found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring 070-174 06 05 efter lunch",
        "0701740605",
        "+46701740605",
        "4584000101",
        "60 00 01 00",
        "ärende 2026-11-24",
        "faktura 8112189875",
        "811318-9876",
        "diarienummer 123456-7890",
        "fnr 13097248023",
        "11 siffror 12345678901",
        "08-465 004 00",
        "131052-308U",
        "organisation 450401-3150",
        "+358 9 310 1691",
        "545 1000",
        "031-390 06 00 eller 070-174 06 05",
        "2026-11-25 10:30",
        "ring 0980-31 92 01",
        "12 34 56 78 och 87 65 43 21",
        "1" * 500,
        "07e30f11-0562-4748-943e-c25a70536e9b",
        "Delta: https://mote.example.org/8B1C8329-0483-4963-83EA-7D7FF7DB0951?x",
    ],
)
def test_telephone_numbers_dates_and_references_are_not(text: str) -> None:
    assert not found_in(text)


@pytest.mark.parametrize("text", ["811218-9876", "19811218 9876", "198112189876", "8112189876"])
def test_they_are_no_telephone_numbers(text: str) -> None:
    assert stands_for_a_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "0701740605", "46701740605", "+46 70 174 06 05", "4611123453", "4584000101", "358401234567", "ankn. 123"],
)
def test_telephone_numbers_may_be_what_they_look_like(text: str) -> None:
    assert not stands_for_a_number(text)
