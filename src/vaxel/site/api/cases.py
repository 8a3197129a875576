# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/case-divisions`` of the REST API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.params import functions as parameter

from vaxel.cases import selectors
from vaxel.directory.models import Person
from vaxel.site.api.auth import actor_of
from vaxel.site.api.types import OrganisationId

router = Router(tags=["case divisions"])

Key = Annotated[str, parameter.Path(pattern=r"^d[0-9]{1,18}$", description="The id of a case division.")]


class DivisionOut(Schema):
    """``ask`` is what to ask the citizen for, in the reader's language."""

    id: str
    organisation: str
    task: str
    by: str
    ask: str


class Divisions(Schema):
    items: list[DivisionOut]


class Told(Schema):
    told: str = Field(
        min_length=1, max_length=200, description="What the citizen told. It is not kept, and not logged."
    )


class HandlerOut(Schema):
    """``id`` of a person or group may be given as ``to`` of a transfer; null when nobody handles such a case."""

    id: str | None
    name: str
    title: str = ""
    numbers: list[str] = []


@router.get("/case-divisions", response=Divisions, summary="How cases are divided")
def list_divisions(request: HttpRequest, organisation: OrganisationId = "") -> dict[str, Any]:
    found = selectors.divisions(actor_of(request), organisation)
    return {
        "items": [
            {
                "id": division.key,
                "organisation": division.organisation_id,
                "task": division.task,
                "by": division.by,
                "ask": selectors.question(division),
            }
            for division in found
        ]
    }


@router.post("/case-divisions/{division}/look-up", response=HandlerOut, summary="Who handles this citizen's case")
def look_up(request: HttpRequest, division: Key, body: Told) -> dict[str, Any]:
    actor = actor_of(request)
    found = selectors.handler(actor, selectors.division_of(actor, division), body.told)
    if found is None:
        return {"id": None, "name": ""}
    title = found.title if isinstance(found, Person) else ""
    numbers = list(found.numbers.order_by("id").values_list("number", flat=True))
    return {"id": found.key, "name": found.name, "title": title, "numbers": numbers}
