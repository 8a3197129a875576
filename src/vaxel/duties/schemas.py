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


class CallBackIn(Schema):
    """A promise to ring back: by ``person``, by ``operator``, or, with neither, by the operator who promises it."""

    person: str = Field("", max_length=80, description="Id of the person who rings back.")
    operator: str = Field("", max_length=80, description="Id of the operator who rings back.")
    number: str = Field("", max_length=80, description="Without it: the number from which the call came.")
    text: str = Field("", max_length=4000, description="What it is about.")
    promised: Moment | None = Field(None, description="By when.")


class MessageOut(Schema):
    """A message. ``status`` is new, read or done; ``operator`` the one who has promised to ring back herself."""

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
    operator: str
    promised_at: datetime | None
    status: str
    taken_by: str
    taken_at: datetime
    read_at: datetime | None
    done_at: datetime | None


class EarlierCall(Schema):
    """An earlier call from the same number today. ``outcome``: live, answered, voicemail or lost; ``person`` whom it was for."""

    id: str
    organisation: str
    at: datetime
    dialled: str
    dialled_name: str
    reason: str
    outcome: str
    person: str
    operator_name: str


class EarlierNote(Schema):
    call: str
    text: str
    written: datetime
    operator_name: str


class CallerOut(Schema):
    """Of whoever called: earlier calls today, messages that aren't done, promises to ring back, and notes on today's calls."""

    earlier: list[EarlierCall]
    messages: list[MessageOut]
    promises: list[MessageOut]
    notes: list[EarlierNote]


class CallerCounts(Schema):
    """How much is known of the caller of ``call``: earlier calls today, open messages, open promises to ring back."""

    call: str
    earlier: int
    messages: int
    promises: int


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
        "operator": f"o{message.operator_id}" if message.operator_id else "",
        "promised_at": message.promised_at,
        "status": message.status,
        "taken_by": f"o{message.taken_by_id}" if message.taken_by_id else "",
        "taken_at": message.taken_at,
        "read_at": message.read_at,
        "done_at": message.done_at,
    }
