# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Absences and referrals: who is away, why, until when, and where callers are sent meanwhile.

Moments are seconds since the epoch, UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class AbsenceReason(StrEnum):
    MEETING = "meeting"
    LUNCH = "lunch"
    ERRAND = "errand"
    TRAVEL = "travel"
    COURSE = "course"
    VACATION = "vacation"
    SICK = "sick"
    PARENTAL = "parental"
    LEAVE = "leave"
    GONE_FOR_DAY = "gone_for_day"
    BUSY = "busy"
    OTHER = "other"


PRIVATE = frozenset({AbsenceReason.SICK, AbsenceReason.PARENTAL, AbsenceReason.LEAVE})
"""Reasons that are nobody's business outside: a caller hears only that the person is away, and until when."""


class ReferTo(StrEnum):
    """``NOWHERE``: no referral was given; the policy's choices are offered."""

    NOWHERE = ""
    COLLEAGUE = "colleague"
    GROUP = "group"
    SWITCHBOARD = "switchboard"
    VOICEMAIL = "voicemail"
    MOBILE = "mobile"


class Absence(Struct, frozen=True, kw_only=True):
    """``end`` None: until further notice. ``refer_id`` is the key of the colleague or group. ``set_by`` is whoever entered it (AAB-21)."""

    id: str
    person: str
    reason: AbsenceReason
    start: float
    end: float | None = None
    message: str = ""
    refer: ReferTo = ReferTo.NOWHERE
    refer_id: str = ""
    set_by: str = ""

    def covers(self, at: float) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


def away(absences: Iterable[Absence], at: float, gap: float | None = None) -> Absence | None:
    """The absence in force at ``at``, as one with those that follow within ``gap`` seconds; None when present (GNO-4).

    Where several overlap the one that began last decides reason and referral. ``gap`` None: absences aren't merged.
    """
    known = sorted(absences, key=lambda absence: absence.start)
    current = next((absence for absence in reversed(known) if absence.covers(at)), None)
    if current is None or gap is None:
        return current
    end = current.end
    for absence in known:
        if end is None:
            break
        if absence.start <= end + gap and (absence.end is None or absence.end > end):
            end = absence.end
    return Absence(
        id=current.id,
        person=current.person,
        reason=current.reason,
        start=current.start,
        end=end,
        message=current.message,
        refer=current.refer,
        refer_id=current.refer_id,
        set_by=current.set_by,
    )


def changes(absences: Iterable[Absence], start: float, end: float) -> list[float]:
    """The moments after ``start`` and before ``end`` at which an absence begins or ends."""
    moments = {at for absence in absences for at in (absence.start, absence.end) if at is not None}
    return sorted(at for at in moments if start < at < end)
