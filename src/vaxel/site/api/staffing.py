# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/staff-changes`` of the REST API: the change form (AAB-33)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from vaxel.directory import audit
from vaxel.directory.access import Actor
from vaxel.directory.audit import By, Via
from vaxel.directory.rights import Rights
from vaxel.site.api.absences import Key
from vaxel.site.api.auth import actor_of
from vaxel.site.api.paging import Page, Paging, newest_first
from vaxel.staffing import actions, rights
from vaxel.staffing.models import StaffChange
from vaxel.staffing.schemas import ChangeOut, NewReport, ReportIn, Why, change_out

router = Router(tags=["staff changes"])


def _by(actor: Actor) -> By:
    return audit.by_user(actor.user, Via.REST)


def _decided_by_me(actor: Actor, key: str) -> StaffChange:
    found = rights.change_of(actor, key)
    if not rights.may_decide(Rights(actor), found):
        raise Http404
    return found


def _mine(actor: Actor, key: str) -> StaffChange:
    found = rights.change_of(actor, key)
    if not rights.may_report(Rights(actor), found.organisation_id, found.unit):
        raise Http404
    return found


@router.get("/staff-changes", response=Page[ChangeOut], summary="Changes of staff, newest first")
def list_changes(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    rows, following = newest_first(rights.changes_of(actor_of(request)), "first_reported", paging)
    return {"items": [change_out(change) for change in rows], "next": following}


@router.post("/staff-changes", response={201: ChangeOut}, summary="Report a change")
def report_change(request: HttpRequest, body: NewReport) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    mine = Rights(actor)
    home = rights.homes(mine).filter(pk=body.organisation.replace("\x00", "")).first()
    if home is None:
        raise Http404
    return Status(201, change_out(actions.report(home, mine, _by(actor), body.report())))


@router.get("/staff-changes/{change}", response=ChangeOut, summary="A change")
def read_change(request: HttpRequest, change: Key) -> dict[str, Any]:
    return change_out(rights.change_of(actor_of(request), change))


@router.put("/staff-changes/{change}", response=ChangeOut, summary="Fill it in anew")
def report_change_again(request: HttpRequest, change: Key, body: ReportIn) -> dict[str, Any]:
    actor = actor_of(request)
    found = _mine(actor, change)
    return change_out(actions.report_again(found, Rights(actor), _by(actor), body.report()))


@router.post("/staff-changes/{change}/approve", response=ChangeOut, summary="Approve it")
def approve_change(request: HttpRequest, change: Key) -> dict[str, Any]:
    actor = actor_of(request)
    return change_out(actions.approve(_decided_by_me(actor, change), _by(actor)))


@router.post("/staff-changes/{change}/refuse", response=ChangeOut, summary="Send it back, with the reason")
def refuse_change(request: HttpRequest, change: Key, body: Why) -> dict[str, Any]:
    actor = actor_of(request)
    return change_out(actions.refuse(_decided_by_me(actor, change), _by(actor), body.why))


@router.post("/staff-changes/{change}/withdraw", response=ChangeOut, summary="It won't happen")
def withdraw_change(request: HttpRequest, change: Key) -> dict[str, Any]:
    actor = actor_of(request)
    return change_out(actions.withdraw(_mine(actor, change), _by(actor)))
