# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/notices`` and ``/answers`` of the REST API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status
from ninja.params import functions as parameter

from vaxel.calls import selectors as calls
from vaxel.directory import audit
from vaxel.directory.access import Actor
from vaxel.directory.audit import By, Via
from vaxel.directory.models import Organisation
from vaxel.directory.rights import Rights
from vaxel.notices import actions, answers, selectors
from vaxel.notices.live import unread_by
from vaxel.notices.models import Notice, PreparedAnswer
from vaxel.notices.schemas import (
    AnswerIn,
    AnswerOut,
    Matching,
    NewAnswer,
    NewNotice,
    NoticeIn,
    NoticeOut,
    answer_out,
    notice_out,
)
from vaxel.site.api.absences import Key
from vaxel.site.api.auth import actor_of, operator_of
from vaxel.site.api.paging import Page, Paging, newest_first
from vaxel.site.api.types import OrganisationId
from vaxel.site.problems import Problem

router = Router(tags=["notices"])

Words = Annotated[str, parameter.Query(max_length=10_000, description="What was typed into the search.")]
Call = Annotated[str, parameter.Query(max_length=80, description="Id of the call that is handled.")]
All = Annotated[bool, parameter.Query(description="Also those that are over.")]


def _by(actor: Actor) -> By:
    return audit.by_user(actor.user, Via.REST)


def _out(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    rows = list(notices)
    unread = unread_by(rows)
    return [notice_out(notice, unread[notice.pk]) for notice in rows]


def _home(actor: Actor, organisation: str) -> Organisation:
    """The organisation for which she writes. 404 for one that she doesn't see."""
    found = selectors.homes(actor, organisation).first() if organisation else None
    if found is None:
        raise Http404
    return found


def _unit(found: Notice | PreparedAnswer) -> str:
    return f"u{found.unit_id}" if found.unit_id else ""


def _allowed(actor: Actor, home: str, unit: str) -> None:
    if not selectors.may_write_for(Rights(actor), home, unit):
        raise Problem(403, "forbidden", selectors.refusal())


@router.get("/notices", response=Page[NoticeOut], summary="Notices to the operators, newest first")
def list_notices(
    request: HttpRequest, paging: Query[Paging], organisation: OrganisationId = "", over: All = False
) -> dict[str, Any]:
    found = selectors.notices_of(actor_of(request), organisation)
    rows, following = newest_first(found if over else selectors.live(found), "told_at", paging)
    return {"items": _out(rows), "next": following}


@router.get("/notices/matching", response=Matching, summary="What a search or a call touches")
def matching(request: HttpRequest, q: Words = "", call: Call = "") -> dict[str, Any]:
    actor, _operator = operator_of(request)
    handled = calls.call_of(actor, call.replace("\x00", "")) if call else None
    notices, prepared = selectors.matching(actor, q.replace("\x00", ""), handled)
    return {"items": _out(notices), "answers": [answer_out(answer) for answer in prepared]}


@router.post("/notices", response={201: NoticeOut}, summary="Tell the operators")
def tell(request: HttpRequest, body: NewNotice) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    home = _home(actor, body.organisation)
    _allowed(actor, home.pk, body.unit)
    made = actions.tell(home, _by(actor), body.plan())
    return Status(201, _out([made])[0])


@router.get("/notices/{notice}", response=NoticeOut, summary="A notice")
def read_notice(request: HttpRequest, notice: Key) -> dict[str, Any]:
    return _out([selectors.notice_of(actor_of(request), notice)])[0]


@router.put("/notices/{notice}", response=NoticeOut, summary="Say it otherwise")
def change_notice(request: HttpRequest, notice: Key, body: NoticeIn) -> dict[str, Any]:
    actor = actor_of(request)
    found = selectors.notice_of(actor, notice)
    _allowed(actor, found.organisation_id, _unit(found))
    _allowed(actor, found.organisation_id, body.unit)
    return _out([actions.change(found, _by(actor), body.plan())])[0]


@router.post("/notices/{notice}/withdraw", response=NoticeOut, summary="Nobody needs to know it any longer")
def withdraw_notice(request: HttpRequest, notice: Key) -> dict[str, Any]:
    actor = actor_of(request)
    found = selectors.notice_of(actor, notice)
    _allowed(actor, found.organisation_id, _unit(found))
    return _out([actions.withdraw(found, _by(actor))])[0]


@router.post("/notices/{notice}/acknowledge", response=NoticeOut, summary="I have read it")
def acknowledge(request: HttpRequest, notice: Key) -> dict[str, Any]:
    actor, operator = operator_of(request)
    found = selectors.notice_of(actor, notice)
    actions.acknowledge(found, operator)
    return _out([found])[0]


# ── prepared answers ────────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/answers", response=list[AnswerOut], summary="Prepared answers")
def list_answers(request: HttpRequest, organisation: OrganisationId = "", q: Words = "") -> list[dict[str, Any]]:
    found = selectors.valid(selectors.answers_of(actor_of(request), organisation))
    return [answer_out(answer) for answer in selectors.by_words(found, q.replace("\x00", ""))]


@router.post("/answers", response={201: AnswerOut}, summary="Prepare an answer")
def prepare_answer(request: HttpRequest, body: NewAnswer) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    home = _home(actor, body.organisation)
    _allowed(actor, home.pk, body.unit)
    return Status(201, answer_out(answers.prepare(home, _by(actor), body.plan())))


@router.put("/answers/{answer}", response=AnswerOut, summary="Answer otherwise")
def change_answer(request: HttpRequest, answer: Key, body: AnswerIn) -> dict[str, Any]:
    actor = actor_of(request)
    found = selectors.answer_of(actor, answer)
    _allowed(actor, found.organisation_id, _unit(found))
    _allowed(actor, found.organisation_id, body.unit)
    return answer_out(answers.change(found, _by(actor), body.plan()))


@router.post("/answers/{answer}/withdraw", response=AnswerOut, summary="Don't answer so any longer")
def withdraw_answer(request: HttpRequest, answer: Key) -> dict[str, Any]:
    actor = actor_of(request)
    found = selectors.answer_of(actor, answer)
    _allowed(actor, found.organisation_id, _unit(found))
    return answer_out(answers.withdraw(found, _by(actor)))
