# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/imports`` of the REST API: another system sends people, sees what that would do, and has it done or taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from vaxel.directory.audit import By, Via, by_user
from vaxel.directory.models import Organisation
from vaxel.directory.rights import Rights
from vaxel.exchange import actions
from vaxel.exchange.apply import carry_out
from vaxel.exchange.doors import entries
from vaxel.exchange.models import Import, SourceKind
from vaxel.exchange.plan import Do, Options, Plan
from vaxel.exchange.undo import undo
from vaxel.site.api.auth import SendersToken, Session, actor_of
from vaxel.site.api.paging import Page, Paging, newest_first
from vaxel.site.api.types import OrganisationId, RowId

router = Router(tags=["imports"])

MOST = 20_000


class PersonIn(Schema):
    """One person. A field that isn't sent is left as it is, an empty one is emptied."""

    key: str = Field(min_length=1, max_length=200, description="The sender's own, which never changes.")
    name: str = Field(max_length=500)
    title: str | None = None
    email: str | None = None
    numbers: list[str] | None = Field(None, max_length=20, description="Direct numbers: +46980319201 or 0980-31 92 01.")
    mobile: str | None = None
    unit: list[str] | None = Field(None, max_length=10, description="The path of units from the top.")
    function: str | None = None
    tasks: str | None = None
    search_words: str | None = None
    functions: list[str] | None = Field(None, max_length=50, description="Those that she has beside the main one.")
    stands_in: list[str] | None = Field(None, max_length=50, description="Functions in which she helps colleagues.")
    initials: str | None = None
    place: str | None = Field(None, description="The house or site, made when there is none of that name.")
    room: str | None = None
    prefers: str | None = Field(None, description="How she would rather be reached: phone, message, mail.")
    may_tell: str | None = Field(None, description="What citizens may be told.")
    note: str | None = Field(None, description="For operators only.")
    mobile_consent: str | None = Field(None, description="The day on which she agreed that calls go to the mobile.")
    mobile_told: str | None = Field(None, description="The day on which she agreed that the mobile number is told.")
    no_answer: str | None = Field(None, description="Where her calls go when nobody answers: voicemail, switchboard.")
    substitutes: list[str] | None = Field(
        None,
        max_length=50,
        description="Keys, e-mail addresses or numbers, each with its days if not always: “17 2026-07-01/2026-07-31”.",
    )
    successor: str | None = Field(None, description="Who gets her calls once she has left: key, address or number.")
    last_day: str | None = Field(None, description="2026-01-31, or empty.")


class ImportIn(Schema):
    organisation: str = Field(max_length=32)
    source: str = Field(min_length=1, max_length=60, description="Always the same for one sender.")
    people: list[PersonIn] = Field(max_length=MOST)
    complete: bool = Field(False, description="Whoever isn't among them has left.")
    override: bool = Field(False, description="Also write over what was changed by hand.")
    force: bool = Field(False, description="Also when more than a tenth would leave.")
    dry_run: bool = Field(False, description="Only tell what would be done.")


class RowProblem(Schema):
    """``row`` counts the people sent from 1."""

    row: int
    field: str
    detail: str


class PlannedOut(Schema):
    """``do``: add, change, leave, unchanged. ``held``: fields that were changed by hand, with what was sent."""

    do: str
    key: str
    name: str
    changes: dict[str, str]
    held: dict[str, str]


class ImportOut(Schema):
    """``id`` is null after a dry run, and when it was refused. ``counts`` by what is done."""

    id: int | None
    organisation: str
    source: str
    at: str | None
    who: str
    undone_at: str | None
    counts: dict[str, int]
    refusal: str
    problems: list[RowProblem]
    people: list[PlannedOut]


class UndoneOut(Schema):
    """``remains``: what can't be taken back, in words."""

    id: int
    remains: list[str]


def _led(request: HttpRequest, organisation: str) -> tuple[Any, Organisation]:
    actor = actor_of(request)
    home = Organisation.objects.filter(pk=organisation.replace("\x00", "")).first()
    if home is None or not Rights(actor).leads_organisation(home.pk):
        raise Http404
    return actor, home


def _by(actor: Any) -> By:
    return by_user(actor.user, Via.REST)


@router.get("/imports", response=Page[ImportOut], summary="List imports, newest first")
def list_imports(request: HttpRequest, paging: Query[Paging], organisation: OrganisationId = "") -> dict[str, Any]:
    rights = Rights(actor_of(request))
    homes = rights.organisations if not organisation else [_led(request, organisation)[1]]
    led = [home.pk for home in homes if rights.leads_organisation(home.pk)]
    found = Import.objects.filter(source__organisation__in=led).select_related("source")
    page, following = newest_first(found, "at", paging)
    return {"items": [_import_out(done) for done in page], "next": following}


@router.post(
    "/imports", response={200: ImportOut, 201: ImportOut}, auth=[SendersToken(), Session()], summary="Import people"
)
def send_people(request: HttpRequest, body: ImportIn) -> Status[dict[str, Any]]:
    actor, home = _led(request, body.organisation)
    source = actions.source_of(home, body.source, SourceKind.REST)
    found, problems = entries([person.model_dump(exclude_none=True) for person in body.people], home.country)
    options = Options(complete=body.complete, override=body.override, force=body.force, protected=actor.finds_protected)
    plan = actions.planned_entries(source, found, problems, options)
    if body.dry_run or plan.refusal:
        told = {"id": None, "organisation": home.pk, "source": source.name, "at": None, "who": "", "undone_at": None}
        return Status(200, {**told, **_plan_out(plan)})
    done = carry_out(source, plan, _by(actor), forced=body.force)
    return Status(201, {**_import_out(done), **_plan_out(plan)})


@router.post("/imports/{number}/undo", response=UndoneOut, summary="Take an import back")
def take_back(request: HttpRequest, number: RowId) -> dict[str, Any]:
    found = Import.objects.filter(pk=number).select_related("source__organisation").first()
    if found is None:
        raise Http404
    actor, _home = _led(request, found.source.organisation_id)
    undo(found, _by(actor))
    return {"id": found.pk, "remains": found.remains}


def _plan_out(plan: Plan) -> dict[str, Any]:
    return {
        "counts": plan.counts,
        "refusal": plan.refusal,
        "problems": [{"row": p.line, "field": p.column, "detail": p.told} for p in plan.problems],
        "people": [
            {"do": step.do.value, "key": step.key, "name": step.name, "changes": step.after, "held": step.held}
            for step in plan.steps
            if step.do is not Do.UNCHANGED or step.held
        ],
    }


def _import_out(done: Import) -> dict[str, Any]:
    return {
        "id": done.pk,
        "organisation": done.source.organisation_id,
        "source": done.source.name,
        "at": done.at.isoformat(),
        "who": done.who,
        "undone_at": done.undone_at.isoformat() if done.undone_at else None,
        "counts": done.counts,
        "refusal": "",
        "problems": [{"row": p["line"], "field": p["column"], "detail": p["told"]} for p in done.problems],
        "people": [],
    }
