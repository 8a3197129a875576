# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operators' working day as the policy orders it: breaks with relief (TAN-17), listening in, reinforcement (FAL-18)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

NOTICE = "listening-notice"
"""The prompt by which callers are told that calls may be listened to."""


class Break(StrEnum):
    """Reasons for a pause that mean something. Any other text is a reason, too."""

    LUNCH = "lunch"
    POST = "post"


class WorkingDay(Struct, frozen=True, kw_only=True):
    """``lunch_minutes``: how long a lunch is, None where the policy doesn't say; ``relieved``: pauses that need a colleague logged on.

    ``talk_hint``: seconds after which an operator is reminded to offer a call-back while others wait, None for never (GNO-9).
    ``listening``: supervisors may listen to operators' calls whose caller has been told. Clauses are "" where the policy is silent.
    """

    lunch_minutes: int | None = None
    relieved: tuple[Break, ...] = ()
    relief_clause: str = ""
    talk_hint: float | None = None
    listening: bool = False
    listening_clause: str = ""
    surge_clause: str = ""


def needs_relief(reason: str, day: WorkingDay) -> bool:
    return reason in day.relieved


def length(reason: str, days: Iterable[WorkingDay]) -> float | None:
    """Seconds that a break lasts: where several municipalities say it, as long as the longest; None when none does."""
    minutes = [day.lunch_minutes for day in days if day.lunch_minutes is not None and reason == Break.LUNCH]
    return max(minutes) * 60.0 if minutes else None
