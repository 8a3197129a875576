# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaxel.absence.codes import (
    REASONS,
    AbsenceMenu,
    Back,
    LogIn,
    PickUp,
    SetAbsence,
    Status,
    Until,
    end_of,
    is_code,
    parse,
)
from vaxel.domain.absence import AbsenceReason as R

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=STOCKHOLM)

UNDERSTOOD = [
    ("*23*1*1300#", SetAbsence(reason=R.LUNCH, until=Until(time=780))),
    ("*23*1*1300", SetAbsence(reason=R.LUNCH, until=Until(time=780))),
    ("*23*2*0830#", SetAbsence(reason=R.MEETING, until=Until(time=510))),
    ("*23*6*0830#", SetAbsence(reason=R.VACATION, until=Until(day=(8, 30)))),
    ("*23*2*1231#", SetAbsence(reason=R.MEETING, until=Until(time=751))),
    ("*23*6*1300#", SetAbsence(reason=R.VACATION, until=Until(time=780))),
    ("*23*7#", SetAbsence(reason=R.SICK)),
    ("*23*4*03051500#", SetAbsence(reason=R.TRAVEL, until=Until(day=(3, 5), time=900))),
    ("*23*2*1300*9202#", SetAbsence(reason=R.MEETING, until=Until(time=780), refer_to="9202")),
    ("*23*7**9202#", SetAbsence(reason=R.SICK, refer_to="9202")),
    ("*23*7**0#", SetAbsence(reason=R.SICK, refer_to="0")),
    ("*23#", AbsenceMenu()),
    ("#23#", Back()),
    ("#23", Back()),
    ("*#23#", Status()),
    ("*24#", LogIn(logged_in=True)),
    ("#24#", LogIn(logged_in=False)),
    ("*24*9290#", LogIn(logged_in=True, group="9290")),
    ("#24*9290#", LogIn(logged_in=False, group="9290")),
    ("*8", PickUp()),
    ("*8#", PickUp()),
]


@pytest.mark.parametrize(("dialled", "code"), UNDERSTOOD)
def test_codes_are_understood(dialled: str, code: object) -> None:
    assert parse(dialled) == code


@pytest.mark.parametrize(
    "dialled",
    [
        "*23*#",
        "*23*7*#",
        "*23*7**#",
        "*23*7***92#",
        "*23*1*2500#",
        "*23*1*130#",
        "*23*1*13000#",
        "*23*6*0231*#",
        "*23*1*99999999#",
        "*23*10*1300#",
        "*23*1*１３００#",
        "*23*1*1300##",
        "*23*1*1300x",
        "**23*1#",
        "*24*abc#",
        "*99#",
        "#",
        "*",
        "",
    ],
)
def test_what_is_no_code_is_not_understood(dialled: str) -> None:
    assert parse(dialled) is None


@given(st.text(alphabet="0123456789*#", max_size=25))
def test_whatever_is_keyed_is_parsed_or_not_understood(keyed: str) -> None:
    code = parse(keyed)
    assert code is None or is_code(keyed)
    if isinstance(code, SetAbsence):
        assert code.reason in REASONS.values()
        end = end_of(code, NOW, STOCKHOLM)
        assert end is None or end > NOW


@pytest.mark.parametrize(
    ("keyed", "end"),
    [
        ("*23*1*1300#", datetime(2026, 3, 2, 13, 0, tzinfo=STOCKHOLM)),
        ("*23*1*0900#", datetime(2026, 3, 3, 9, 0, tzinfo=STOCKHOLM)),
        ("*23*6*0310#", datetime(2026, 3, 10, 0, 0, tzinfo=STOCKHOLM)),
        ("*23*6*0301#", datetime(2027, 3, 1, 0, 0, tzinfo=STOCKHOLM)),
        ("*23*6*0229#", datetime(2028, 2, 29, 0, 0, tzinfo=STOCKHOLM)),
        ("*23*4*03051500#", datetime(2026, 3, 5, 15, 0, tzinfo=STOCKHOLM)),
        ("*23*8#", datetime(2026, 3, 3, 0, 0, tzinfo=STOCKHOLM)),
        ("*23*7#", None),
    ],
)
def test_a_time_or_day_is_the_next_one(keyed: str, end: datetime | None) -> None:
    code = parse(keyed)
    assert isinstance(code, SetAbsence)
    assert end_of(code, NOW, STOCKHOLM) == end


def test_a_number_is_no_code() -> None:
    assert not is_code("46980319201")
    assert not is_code("")
    assert is_code("*23*nonsense")
