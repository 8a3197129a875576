# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls as the REST API shows them: the live hub's values, with moments written as RFC 3339."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema
from pydantic import StrictBool

from vaxel.calls.models import Call, JournalEntry, Note, Voicemail


class Caller(Schema):
    number: str = ""
    name: str = ""
    internal: bool = False


class Reason(Schema):
    """Why the call is where it is. ``clause`` is the municipality's rule that decided, ``person`` whom the caller wanted."""

    code: str = ""
    clause: str = ""
    text: str = ""
    person: str = ""
    seconds: float | None = None


class Step(Schema):
    """One step of the call's way (``docs/journal.md``): ``code`` happened, with ``who``, for ``seconds``, because of ``cause``.

    ``party`` is the key of ``who``, ``kind`` what she is to the call: caller, operator, person or number.
    """

    at: datetime
    code: str
    text: str = ""
    who: str = ""
    party: str = ""
    kind: str = ""
    seconds: float | None = None
    cause: str = ""


class Leg(Schema):
    """One telephone in the call."""

    n: int
    party: str = ""
    kind: str = ""
    name: str = ""
    number: str = ""
    state: str = ""


class CallOut(Schema):
    """A call. ``state`` is one of the states in ``docs/call-lifecycle.md``; ``cause`` tells why it ended."""

    id: str
    organisation: str
    state: str
    direction: str = ""
    since: datetime | None = None
    started: datetime | None = None
    answered: datetime | None = None
    ended: datetime | None = None
    waiting_since: datetime | None = None
    dialled: str = ""
    dialled_name: str = ""
    caller: Caller = Caller()
    reason: Reason = Reason()
    operator: str = ""
    operator_name: str = ""
    offered_to: list[str] = Field(default_factory=list)
    legs: list[Leg] = Field(default_factory=list)
    path: list[Step] = Field(default_factory=list)
    parked_by: str = ""
    held_by: str = ""
    priority: int = 1
    cause: str = ""


class EntryOut(Schema):
    """One event of the journal, as it was recorded."""

    n: int
    at: datetime
    kind: str
    data: dict[str, Any]


class NoteOut(Schema):
    id: int
    operator: str = Field("", description="Key of the operator who wrote it.")
    text: str
    written: datetime


class VoicemailOut(Schema):
    """A voice message. ``audio`` is the address of its sound, ``person`` whose mailbox it is in, "" the switchboard's."""

    id: int
    call: str | None
    organisation: str | None
    person: str
    caller_number: str
    caller_name: str
    left: datetime
    seconds: float
    heard: datetime | None
    audio: str


class CallDetail(CallOut):
    """A call with everything that is known of it."""

    journal: list[EntryOut]
    notes: list[NoteOut]
    voicemails: list[VoicemailOut]


class NoteIn(Schema):
    text: str = Field(min_length=1, max_length=4000)


class Target(Schema):
    to: str = Field(min_length=1, max_length=80, description="A telephone number, or the id of a person.")
    mobile: StrictBool = Field(
        default=False, description="The person's mobile, if she has agreed; its number is shown to nobody (GNO-15)."
    )


class TransferTarget(Target):
    exactly: StrictBool = Field(
        default=False, description="To this person, also where the unit wants its calls at one number or person."
    )


def call_fields(view: dict[str, Any]) -> dict[str, Any]:
    """A call's ``view`` in the shape of ``CallOut``."""
    fields = {name: view[name] for name in CallOut.model_fields if view.get(name) is not None}
    fields["cause"] = view.get("end_cause") or view.get("cause") or ""
    return fields


def call_out(call: Call) -> dict[str, Any]:
    """``call`` in the shape of ``CallOut``. The row's own columns win over the view, which may have been written without them."""
    columns = {
        "id": call.pk,
        "organisation": call.organisation_id or "",
        "state": call.state,
        "direction": call.direction,
        "started": call.started,
        "answered": call.answered,
        "ended": call.ended,
        "cause": call.cause,
    }
    return {**call_fields(call.view), **columns}


def entry_out(entry: JournalEntry) -> dict[str, Any]:
    return {"n": entry.n, "at": entry.at, "kind": entry.kind, "data": entry.data}


def note_out(note: Note) -> dict[str, Any]:
    operator = f"o{note.operator_id}" if note.operator_id else ""
    return {"id": note.pk, "operator": operator, "text": note.text, "written": note.written}


def voicemail_out(voicemail: Voicemail) -> dict[str, Any]:
    return {
        "id": voicemail.pk,
        "call": voicemail.call_id,
        "organisation": voicemail.organisation_id,
        "person": f"p{voicemail.person_id}" if voicemail.person_id else "",
        "caller_number": voicemail.caller_number,
        "caller_name": voicemail.caller_name,
        "left": voicemail.left,
        "seconds": voicemail.seconds,
        "heard": voicemail.heard,
        "audio": f"/api/v1/voicemails/{voicemail.pk}/audio",
    }
