# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from vaxel.directory.identity_numbers import found_in


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
    ],
)
def test_swedish_norwegian_and_danish_numbers_are_recognised(text: str):
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
        "1" * 500,
    ],
)
def test_telephone_numbers_dates_and_references_are_not(text: str):
    assert not found_in(text)
