# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who stands in and when, as one cell of a table tells it: “anna@example.org 2026-07-01/2026-07-31, p12”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

OPEN = ".."
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PERIOD = re.compile(rf"^(.*?)\s*\(?\s*({_DAY}|\.\.)\s*[/–]\s*({_DAY}|\.\.)\s*\)?$")


class Period(Struct, frozen=True, order=True):
    """Days as 2026-01-31, both within it; "" where it is open. ``who``: see ``plan``."""

    first: str
    last: str
    who: str


def read(text: str) -> list[Period]:
    """Those in ``text``, with commas, semicolons or lines between. Raises ``ValueError`` with the one that can't be."""
    return [_period(part.strip()) for part in re.split(r"[,;|\n]", text) if part.strip()]


def written(periods: Iterable[Period]) -> str:
    """Always the same text for the same periods."""
    return ", ".join(_told(period) for period in sorted(set(periods)))


def _period(told: str) -> Period:
    found = _PERIOD.match(told)
    if found is None:
        return Period("", "", told)
    who, *days = found.groups()
    first, last = ("" if day == OPEN else day for day in days)
    try:
        whole = [date.fromisoformat(day) for day in (first, last) if day]
    except ValueError as error:
        raise ValueError(told) from error
    if not who or whole != sorted(whole):
        raise ValueError(told)
    return Period(first, last, who)


def _told(period: Period) -> str:
    if not period.first and not period.last:
        return period.who
    return f"{period.who} {period.first or OPEN}/{period.last or OPEN}"
