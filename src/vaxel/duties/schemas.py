# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages as the REST API takes and shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema
from pydantic import StrictBool

from vaxel.directory.moments import Moment
from vaxel.duties.models import Message


class MessageIn(Schema):
    """``to`` is the id of a person, "" for the switchboard's own list."""

    to: str = Field("", max_length=80)
    caller_name: str = Field("", max_length=120)
    caller_number: str = Field("", max_length=80)
    matter: str = Field(min_length=1, max_length=4000)
    call_back: StrictBool = False
    promised_at: Moment | None = Field(None, description="By when the caller was promised an answer.")


class MessageOut(Schema):
    """A message. ``status`` is new, read or done."""

    id: int
    organisation: str
    call: str | None
    voicemail: int | None
    to: str
    to_name: str
    caller_name: str
    caller_number: str
    matter: str
    call_back: bool
    promised_at: datetime | None
    status: str
    taken_by: str
    taken_at: datetime
    read_at: datetime | None
    done_at: datetime | None


def message_out(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "organisation": message.organisation_id,
        "call": message.call_id,
        "voicemail": message.voicemail_id,
        "to": f"p{message.person_id}" if message.person_id else "",
        "to_name": message.person.name if message.person else "",
        "caller_name": message.caller_name,
        "caller_number": message.caller_number,
        "matter": message.matter,
        "call_back": message.call_back,
        "promised_at": message.promised_at,
        "status": message.status,
        "taken_by": f"o{message.taken_by_id}" if message.taken_by_id else "",
        "taken_at": message.taken_at,
        "read_at": message.read_at,
        "done_at": message.done_at,
    }
