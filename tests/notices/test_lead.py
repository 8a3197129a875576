# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest

from vaxel.domain.hours import Calendar, DayKind, SpecialDay
from vaxel.notices.lead import lead

EASTER: Calendar = {
    date(2026, 4, 3): SpecialDay(kind=DayKind.HOLIDAY, name="Långfredagen"),
    date(2026, 4, 2): SpecialDay(kind=DayKind.EVE, name="Skärtorsdagen"),
    date(2026, 4, 6): SpecialDay(kind=DayKind.HOLIDAY, name="Annandag påsk"),
}


@pytest.mark.clause("FAL-14")
@pytest.mark.parametrize(
    ("told", "begins", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 2), date(2026, 3, 4), 2),
        (date(2026, 3, 6), date(2026, 3, 9), 1),
        (date(2026, 3, 6), date(2026, 3, 7), 0),
        (date(2026, 4, 1), date(2026, 4, 7), 2),
        (date(2026, 3, 4), date(2026, 3, 2), -2),
        (date(2026, 3, 8), date(2026, 3, 7), -1),
        (date(2026, 1, 1), date(2999, 1, 1), 260),
    ],
)
def test_working_days_beforehand(told: date, begins: date, days: int) -> None:
    found = lead(told, begins, EASTER)
    assert found == days or (days == 260 and 250 <= found <= 265)
