# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The days that are played, and what is so in each municipality: its hours, and who has which part among its fictional people.

The year lies ahead, so that absences and hours for it can be entered; its Easter is late enough to be clear of the change of clocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

ZONE = ZoneInfo("Europe/Stockholm")
"""Oslo and Copenhagen have the same time."""


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of April 2036: the 7th is a Monday, the 13th Easter Sunday."""
    return datetime(2036, 4, day, hour, minute, tzinfo=ZONE)


SATURDAY = moment(5, 11)
EARLY = moment(7, 7, 10)
MORNING = moment(7, 9)
LUNCH = moment(7, 12, 15)
EVENING = moment(7, 17, 30)
WEDNESDAY = moment(9, 13, 30)
"""The afternoon before Maundy Thursday, which is a public holiday in Norway and Denmark, and the eve of one in Sweden."""
THURSDAY = moment(10, 13, 30)
FRIDAY = moment(11, 10)
"""Good Friday."""

Week = list[list[list[int]]]


def week(*spans: tuple[int, int]) -> Week:
    """The same hours from Monday to Friday, in minutes from midnight."""
    return [[list(span) for span in spans]] * 5 + [[], []]


def at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


FORENOON = [[at(8), at(12)]]

PARTS = (
    "meeting",  # in a meeting, then on an errand
    "stand-in",  # has the function of the one in the meeting, and answers
    "leave",  # away for two weeks
    "busy",  # has the function of the one on leave, and is talking
    "silent",  # doesn't answer
    "busy-2",  # has that one's function, and is talking
    "leaver",
    "successor",  # answers
    "errand",  # on an errand, referred to the mobile
    "protected",  # with a protected identity, on a course
    "colleague",  # rings the switchboard
    "turn-1",
    "turn-2",
    "turn-3",
    "rung",  # doesn't answer either
    "taker",  # and takes the call that rings there
)
"""Who has which part: the people that are in no group, in the order of the directory."""

IN_TURN, HOTLINE, PICK_UP = 92, 93, 94
"""The last two digits of the numbers of groups that are made for the day."""


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """``week`` None: its policy gives the hours. ``unit`` has hours of its own, from ten on; "" for none."""

    id: str
    language: str
    week: Week | None
    eve: list[list[int]] | None = None
    unit: str = ""


TANA = Municipality(
    id="tana", language="nb", week=week((at(8), at(15, 30))), eve=FORENOON, unit="Næring, miljø og kultur"
)
GNOSJO = Municipality(id="gnosjo", language="sv", week=week((at(8), at(12)), (at(13), at(16, 30))), eve=FORENOON)
FALKENBERG = Municipality(
    id="falkenberg", language="sv", week=week((at(7, 30), at(12)), (at(13), at(17))), eve=FORENOON
)
AABENRAA = Municipality(id="aabenraa", language="da", week=None, unit="Jobcenter")
SOLLENTUNA = Municipality(id="sollentuna", language="sv", week=week((at(8), at(17))), eve=FORENOON)

ALL = (TANA, GNOSJO, FALKENBERG, AABENRAA, SOLLENTUNA)
BY_ID = {municipality.id: municipality for municipality in ALL}
HOURS_OF_UNIT = week((at(10), at(12)), (at(13), at(15)))


def cast(home: Json, unit: str) -> dict[str, Json]:
    """Part → person, as ``demo.json`` describes people. ``unit``: whoever has hours of its own has no part."""
    taken = {member for group in home["groups"] for member in group["members"]}
    free = [person for person in home["people"] if person["id"] not in taken and person["unit"] != unit]
    assert len(free) >= len(PARTS), f"{home['name']} has only {len(free)} people who are in no group"
    found = dict(zip(PARTS, free, strict=False))
    if unit:
        found["hours"] = next(person for person in home["people"] if person["unit"] == unit)
    return found


def mobile_of(municipality: Municipality) -> str:
    """The mobile number of whoever is on an errand there."""
    return f"4670174069{ALL.index(municipality)}"
