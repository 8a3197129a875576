# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/calls`` and ``/voicemails`` of the REST API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router, Status

from vaxel.calls import actions, audio, schemas, selectors
from vaxel.calls.models import Call
from vaxel.directory.audit import Via, acting, by_user, record_read
from vaxel.duties.actions import promise_call_back, take_message
from vaxel.duties.earlier import caller_out, callers_out
from vaxel.duties.schemas import CallBackIn, CallerCounts, CallerOut, MessageIn, MessageOut, message_out
from vaxel.site.api.auth import actor_of, operator_of
from vaxel.site.api.commanding import commanded
from vaxel.site.api.paging import Page, Paging, newest_first
from vaxel.site.api.types import CallId, CallIds, OrganisationId, RowId

router = Router(tags=["calls"])

ONE_HEARING = timedelta(hours=1)
"""Players ask for a sound piece by piece; within this time that is one hearing."""


@router.get("/calls", response=Page[schemas.CallOut], summary="List calls, newest first")
def list_calls(
    request: HttpRequest,
    paging: Query[Paging],
    organisation: OrganisationId = "",
    state: Literal["", "live", "ended"] = "",
) -> dict[str, Any]:
    calls = selectors.calls_of(operator_of(request)[0], organisation)
    if state:
        calls = calls.filter(ended__isnull=state == "live")
    page, following = newest_first(calls, "started", paging)
    return {"items": [schemas.call_out(call) for call in page], "next": following}


@router.get("/calls/callers", response=list[CallerCounts], summary="How much is known of the callers of some calls")
def callers(request: HttpRequest, call: CallIds) -> list[dict[str, Any]]:
    actor = operator_of(request)[0]
    wanted = selectors.calls_of(actor).filter(pk__in=call).select_related("organisation")
    return callers_out(actor, list(wanted.only("caller_number", "organisation__time_zone")))


@router.get("/calls/{call}", response=schemas.CallDetail, summary="A call with its journal")
def get_call(request: HttpRequest, call: CallId) -> dict[str, Any]:
    found = selectors.call_of(operator_of(request)[0], call)
    return {
        **schemas.call_out(found),
        "journal": [schemas.entry_out(entry) for entry in found.journal.order_by("n")],
        "notes": [schemas.note_out(note) for note in found.notes.order_by("written")],
        "voicemails": [schemas.voicemail_out(voicemail) for voicemail in found.voicemails.order_by("left")],
    }


def _command(request: HttpRequest, do: str, call: str, **fields: str | bool) -> dict[str, Any]:
    """Have the controller do it. It knows calls that the database doesn't have yet, and refuses those of others itself."""
    actor, operator = operator_of(request)
    result = commanded(operator, do, call=call, **fields)
    if view := result.get("call"):
        return schemas.call_fields(view)
    return schemas.call_out(selectors.call_of(actor, call))


@router.post("/calls/{call}/answer", response=schemas.CallOut, summary="Take a waiting or offered call")
def answer(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "answer", call)


@router.post("/calls/{call}/hold", response=schemas.CallOut, summary="Put the caller on hold")
def hold(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "hold", call)


@router.post("/calls/{call}/resume", response=schemas.CallOut, summary="Talk to the held caller again")
def resume(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "resume", call)


@router.post("/calls/{call}/consult", response=schemas.CallOut, summary="Hold the caller and ring somebody")
def consult(request: HttpRequest, call: CallId, target: schemas.Target) -> dict[str, Any]:
    return _command(request, "consult", call, to=target.to, mobile=target.mobile)


@router.post("/calls/{call}/complete", response=schemas.CallOut, summary="Join the caller and the one consulted")
def complete(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "complete", call)


@router.post("/calls/{call}/return", response=schemas.CallOut, summary="End the consultation, back to the caller")
def return_to_caller(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "return", call)


@router.post("/calls/{call}/transfer", response=schemas.CallOut, summary="Pass the caller on; recalled without answer")
def transfer(request: HttpRequest, call: CallId, target: schemas.TransferTarget) -> dict[str, Any]:
    return _command(request, "transfer", call, to=target.to, mobile=target.mobile, exactly=target.exactly)


@router.post("/calls/{call}/park", response=schemas.CallOut, summary="Park the caller for any operator to fetch")
def park(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "park", call)


@router.post("/calls/{call}/fetch", response=schemas.CallOut, summary="Fetch a parked call")
def fetch(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "fetch", call)


@router.post("/calls/{call}/hangup", response=schemas.CallOut, summary="End the call")
def hangup(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "hangup", call)


@router.post(
    "/calls/{call}/take_over", response=schemas.CallOut, summary="Take a call from whoever has it (supervisors)"
)
def take_over(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "take_over", call)


@router.post(
    "/calls/{call}/hand_over", response=schemas.CallOut, summary="Give a held or parked call to another operator"
)
def hand_over(request: HttpRequest, call: CallId, target: schemas.Target) -> dict[str, Any]:
    return _command(request, "hand_over", call, to=target.to)


@router.post(
    "/calls/{call}/listen",
    response=schemas.CallOut,
    summary="Listen to a call (supervisors, where the policy allows it and the caller knows)",
)
def listen(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "listen", call)


@router.post("/calls/{call}/stop_listening", response=schemas.CallOut, summary="Listen to the call no more")
def stop_listening(request: HttpRequest, call: CallId) -> dict[str, Any]:
    return _command(request, "stop_listening", call)


@router.post("/calls/{call}/note", response={201: schemas.NoteOut}, summary="Write a note about the call")
def note(request: HttpRequest, call: CallId, body: schemas.NoteIn) -> Status[dict[str, Any]]:
    actor, operator = operator_of(request)
    written = actions.write_note(selectors.call_of(actor, call), operator, body.text)
    return Status(201, schemas.note_out(written))


@router.post("/calls/{call}/message", response={201: MessageOut}, summary="Leave a message from the caller")
def message(request: HttpRequest, call: CallId, body: MessageIn) -> Status[dict[str, Any]]:
    actor, operator = operator_of(request)
    found: Call = selectors.call_of(actor, call)
    return Status(201, message_out(take_message(operator, found, **body.model_dump())))


@router.post("/calls/{call}/call-back", response={201: MessageOut}, summary="Promise the caller to be rung back")
def call_back(request: HttpRequest, call: CallId, body: CallBackIn) -> Status[dict[str, Any]]:
    actor, operator = operator_of(request)
    found = selectors.call_of(actor, call)
    promised = promise_call_back(
        operator,
        found,
        person=body.person,
        by=body.operator,
        number=body.number,
        text=body.text,
        promised=body.promised,
    )
    return Status(201, message_out(promised))


@router.get("/calls/{call}/caller", response=CallerOut, summary="What is known of the caller: earlier calls, promises")
def caller(request: HttpRequest, call: CallId) -> dict[str, Any]:
    actor = operator_of(request)[0]
    return caller_out(actor, selectors.call_of(actor, call))


@router.get(
    "/voicemails", response=Page[schemas.VoicemailOut], tags=["voicemails"], summary="List voice messages, newest first"
)
def list_voicemails(request: HttpRequest, paging: Query[Paging], organisation: OrganisationId = "") -> dict[str, Any]:
    voicemails = selectors.voicemails_of(actor_of(request), organisation)
    page, following = newest_first(voicemails, "left", paging)
    return {"items": [schemas.voicemail_out(voicemail) for voicemail in page], "next": following}


@router.get(
    "/voicemails/{voicemail}/audio",
    tags=["voicemails"],
    summary="The sound of a voice message",
    description="WAVE audio. Answers range requests.",
    openapi_extra={
        "responses": {
            200: {
                "description": "All of it",
                "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
            },
            206: {
                "description": "The part that was asked for",
                "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
            },
        }
    },
)
def voicemail_audio(request: HttpRequest, voicemail: RowId) -> HttpResponseBase:
    actor = actor_of(request)
    found = selectors.voicemail_of(actor, voicemail)
    if selectors.is_anothers(actor, found):
        with acting(by_user(actor.user, Via.REST)):
            record_read(found, once_in=ONE_HEARING)
    return audio.answer(request, audio.path_of(found))


@router.post(
    "/voicemails/{voicemail}/heard", response=schemas.VoicemailOut, tags=["voicemails"], summary="Mark it as heard"
)
def voicemail_heard(request: HttpRequest, voicemail: RowId) -> dict[str, Any]:
    found = selectors.voicemail_of(actor_of(request), voicemail)
    actions.mark_heard(found)
    return schemas.voicemail_out(found)
