# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Absences and presence as the REST API shows and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from vaxel.absence.actions import Wish
from vaxel.absence.models import Absence
from vaxel.absence.presence import Presence
from vaxel.directory.moments import Moment

ReasonCode = Literal[
    "meeting",
    "lunch",
    "errand",
    "travel",
    "course",
    "vacation",
    "sick",
    "parental",
    "leave",
    "gone_for_day",
    "busy",
    "other",
]
ReferCode = Literal["", "colleague", "group", "switchboard", "voicemail", "mobile"]


class AbsenceIn(Schema):
    """An absence. ``refer`` "": callers are offered what the municipality's policy gives."""

    reason: ReasonCode
    start: Moment | None = Field(None, description="Without it: from now on.")
    end: Moment | None = Field(None, description="Without it: until further notice.")
    message: str = Field("", max_length=1000, description="What callers may be told; at most 300 characters.")
    refer: ReferCode = ""
    refer_to: str = Field("", max_length=32, description="Id of the colleague or group.")

    def wish(self) -> Wish:
        return Wish(
            reason=self.reason,
            start=self.start,
            end=self.end,
            message=self.message,
            refer=self.refer,
            refer_to=self.refer_to,
        )


class AbsenceOut(Schema):
    """``set_by`` is who entered it, ``via`` how: web, phone, rest, proxy or calendar."""

    id: str
    person: str
    reason: str
    start: datetime
    end: datetime | None
    message: str
    refer: str
    refer_to: str
    refer_name: str
    set_by: str
    via: str


class PresenceOut(Schema):
    """``reason`` is an absence's, or ``left``; ``back`` null when she is here or it isn't known.

    ``busy_until``: she is here, but her calendar has something until then (AAB-8).
    """

    here: bool
    reason: str
    back: datetime | None
    message: str
    refer: str
    refer_name: str
    busy_until: datetime | None = None


def absence_out(absence: Absence) -> dict[str, Any]:
    """Reads ``refer_person`` and ``refer_group``."""
    named = absence.refer_person or absence.refer_group
    return {
        "id": absence.key,
        "person": f"p{absence.person_id}",
        "reason": absence.reason,
        "start": absence.start,
        "end": absence.until,
        "message": absence.message,
        "refer": absence.refer,
        "refer_to": absence.refer_key,
        "refer_name": named.name if named else "",
        "set_by": absence.set_by_name,
        "via": absence.via,
    }


def presence_out(presence: Presence) -> dict[str, Any]:
    return {
        "here": presence.here,
        "reason": presence.reason,
        "back": presence.back,
        "message": presence.message,
        "refer": presence.refer,
        "refer_name": presence.refer_name,
        "busy_until": presence.busy_until,
    }
