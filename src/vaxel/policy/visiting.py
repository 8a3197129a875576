# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The hours in which people may come, as the policy in force gives them: for the desk, cards and pages. Calls don't depend on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from vaxel.domain.hours import Schedule, Timetable
from vaxel.domain.world import Organisation
from vaxel.policy import selectors
from vaxel.policy.document import HoursKind


class Visiting(Struct, frozen=True, kw_only=True):
    """``unit`` is its name, "" for the whole organisation."""

    unit: str
    schedule: Schedule


def visiting_hours(organisation: str, moment: datetime) -> list[Visiting]:
    """All visiting hours of the policy in force at ``moment``, the organisation's first; [] when it gives none. One query."""
    version = selectors.in_force(organisation, moment)
    if version is None:
        return []
    owned = selectors.compiled(version).schedules
    found = [Visiting(unit=one.unit, schedule=one.schedule) for one in owned if one.kind is HoursKind.VISITING]
    return sorted(found, key=lambda one: one.unit)


def opening(home: Organisation, units: tuple[str, ...], moment: datetime) -> Timetable | None:
    """When people may come to the nearest of ``units`` (names, upwards) with visiting hours, else to the organisation; None: not told."""
    given = {one.unit: one.schedule for one in visiting_hours(home.id, moment)}
    for name in _upwards(units):
        if name in given:
            return Timetable(given[name], home.calendar, ZoneInfo(home.time_zone))
    return None


def _upwards(units: tuple[str, ...]) -> Iterator[str]:
    yield from units
    yield ""
