# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/shift``, ``/operators`` and ``/organisations/{id}/…`` of the REST API: the operators' working day, and what supervisors steer.

Every request is one of the hub's commands (``docs/live-hub.md``), by the same code.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params import functions as parameter
from pydantic import Field

from vaxel.site.api.auth import operator_of
from vaxel.site.api.commanding import commanded

router = Router(tags=["shift"])

Home = Annotated[str, parameter.Path(max_length=32)]
Key = Annotated[str, parameter.Path(pattern=r"^o[0-9]{1,18}$", description="The operator's key, like o7.")]


HAND_OVER = Field(
    "", max_length=32, description="Key of the operator who gets her held and parked calls, or queue: back there."
)


class Ready(Schema):
    phone: str = Field(
        "", max_length=63, description="SIP user of the telephone; empty: whichever of hers is registered."
    )


class Pause(Schema):
    reason: str = Field("", max_length=80, description="lunch, post, or any words.")
    relief: str = Field("", max_length=32, description="Key of the operator who answers meanwhile.")
    hand_over: str = HAND_OVER


class Leaving(Schema):
    hand_over: str = HAND_OVER


class Assign(Schema):
    organisations: list[str] = Field(max_length=100, description="Whom she serves until she logs off; empty: her own.")


class Announcement(Schema):
    text: str = Field("", max_length=500, description="To the operators.")
    prompt: str = Field("", max_length=40, description="What waiting callers hear: told-busy, told-fault, told-event.")


class OperatorState(Schema):
    """OPERATOR of the live hub."""

    id: str
    name: str
    state: str
    presence: str
    since: float
    reason: str
    phone: str
    phone_registered: bool
    home: list[str]
    serves: list[str]
    supervises: list[str]
    relief: list[str]
    relief_for: str
    relief_missing: list[str]
    back_by: float | None
    calls_today: int


class Surge(Schema):
    """``asked`` and ``joined`` are keys of operators."""

    since: float
    by: str
    asked: list[str]
    joined: list[str]


class SurgeOut(Schema):
    surge: Surge | None


class Done(Schema):
    ok: bool = True


def _do(request: HttpRequest, do: str, **fields: Any) -> dict[str, Any]:
    return commanded(operator_of(request)[1], do, **fields)


@router.post("/shift/ready", response=OperatorState, summary="Log on, or end a pause")
def ready(request: HttpRequest, body: Ready) -> Any:
    return _do(request, "ready", phone=body.phone)["operator"]


@router.post("/shift/pause", response=OperatorState, summary="Take a break; with relief where the policy wants it")
def pause(request: HttpRequest, body: Pause) -> Any:
    return _do(request, "pause", reason=body.reason, relief=body.relief, hand_over=body.hand_over)["operator"]


@router.post("/shift/log_off", response=OperatorState, summary="Log off; held callers go back to the queue")
def log_off(request: HttpRequest, body: Leaving | None = None) -> Any:
    return _do(request, "log_off", hand_over=body.hand_over if body else "")["operator"]


@router.post("/operators/{operator}/assign", response=OperatorState, summary="Move an operator (supervisors)")
def assign(request: HttpRequest, operator: Key, body: Assign) -> Any:
    return _do(request, "assign", whom=operator, organisations=body.organisations)["operator"]


@router.post("/organisations/{organisation}/surge", response=SurgeOut, summary="Call for reinforcement (supervisors)")
def surge(request: HttpRequest, organisation: Home) -> Any:
    return _do(request, "surge", organisation=organisation)


@router.post("/organisations/{organisation}/surge/end", response=SurgeOut, summary="Release the reinforcement")
def end_surge(request: HttpRequest, organisation: Home) -> Any:
    return _do(request, "end_surge", organisation=organisation)


@router.post("/organisations/{organisation}/surge/join", response=OperatorState, summary="Come and help")
def join_surge(request: HttpRequest, organisation: Home) -> Any:
    return _do(request, "join_surge", organisation=organisation)["operator"]


@router.post("/organisations/{organisation}/surge/decline", response=OperatorState, summary="Say that one can't come")
def decline_surge(request: HttpRequest, organisation: Home) -> Any:
    return _do(request, "decline_surge", organisation=organisation)["operator"]


@router.post("/organisations/{organisation}/announce", response=Done, summary="Tell operators, or callers who wait")
def announce(request: HttpRequest, organisation: Home, body: Announcement) -> Any:
    _do(request, "announce", organisation=organisation, text=body.text, prompt=body.prompt)
    return Done()


@router.post("/organisations/{organisation}/announce/end", response=Done, summary="End what is announced")
def end_announcement(request: HttpRequest, organisation: Home, callers: bool = False) -> Any:
    _do(request, "end_announcement", organisation=organisation, callers=callers)
    return Done()
