# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments and periods as people give them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

DAY = 86_400.0
WEEK = 7 * DAY
YEAR = 365 * DAY
MOMENT = 1.0
"""A proof of one moment is one of a second: nothing opens or closes within it."""


def moment(text: str, zone: str, now: float) -> float:
    """“2026-12-24 10:00” in ``zone``, or with an offset (RFC 3339); “10:00” is that time today. Raises ``ValueError`` with a sentence."""
    here = datetime.fromtimestamp(now, ZoneInfo(zone))
    cleaned = text.strip()
    try:
        if len(cleaned) <= 5:
            clock = datetime.strptime(cleaned, "%H:%M")  # noqa: DTZ007 - only hour and minute are taken
            return here.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0).timestamp()
        found = datetime.fromisoformat(cleaned)
        return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))).timestamp()
    except (ValueError, OverflowError) as error:
        told = _("“{text}” is not a time. Write it like {example}.")
        raise ValueError(told.format(text=text, example=f"{here + timedelta(days=1):%Y-%m-%d} 10:00")) from error
