# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long beforehand the switchboard was told, in working days (FAL-14). Pure."""

from __future__ import annotations

from datetime import date, timedelta

from vaxel.domain.hours import Calendar, DayKind

LONGEST = 366
"""Days further apart count as so many."""


def lead(told: date, begins: date, calendar: Calendar) -> int:
    """Working days from ``told`` to ``begins``: 0 for the same day or only free days between, negative when it was told afterwards.

    An eve with short hours is a working day.
    """
    first, last = sorted((told, begins))
    days = min((last - first).days, LONGEST)
    counted = sum(works(first + timedelta(days=n), calendar) for n in range(1, days + 1))
    return counted if begins >= told else min(-counted, -1)


def works(day: date, calendar: Calendar) -> bool:
    """Whether the organisation's offices work on ``day``."""
    special = calendar.get(day)
    return day.weekday() < 5 and (special is None or special.kind is DayKind.EVE)
