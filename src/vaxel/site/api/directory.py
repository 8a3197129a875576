# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/directory`` and ``/organisations`` of the REST API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.params.functions import Query as QueryField

from vaxel.absence.presence import Presence, presences
from vaxel.absence.schemas import PresenceOut, presence_out
from vaxel.directory import search
from vaxel.directory.models import NumberKind, Organisation, Person
from vaxel.site.api.auth import operator_of
from vaxel.site.api.types import OrganisationId

router = Router(tags=["directory"])


class PersonOut(Schema):
    """A person in the directory. ``id`` may be given as ``to`` of a transfer or a message."""

    id: str
    organisation: str
    name: str
    title: str
    unit: str
    number: str
    email: str
    tasks: str
    search_words: str
    function: str
    presence: PresenceOut


class Found(Schema):
    items: list[PersonOut]


class Question(Schema):
    q: str = QueryField("", max_length=10_000, description="Beginnings of words, or a number, in any order.")
    limit: int = QueryField(20, ge=1, le=100, description="How many at most.")


class OrganisationOut(Schema):
    id: str
    name: str
    language: str
    country: str
    time_zone: str
    main_number: str
    welcome_phrase: str


def _person_out(person: Person, presence: Presence) -> dict[str, Any]:
    return {
        "id": person.key,
        "organisation": person.organisation_id,
        "name": person.name,
        "title": person.title,
        "unit": person.unit.name if person.unit else "",
        "number": next((number.number for number in person.numbers.all()), ""),
        "email": person.email,
        "tasks": person.tasks,
        "search_words": person.search_words,
        "function": person.function,
        "presence": presence_out(presence),
    }


@router.get("/directory/search", response=Found, summary="Find people")
def search_people(request: HttpRequest, question: Query[Question], organisation: OrganisationId = "") -> dict[str, Any]:
    actor, _operator = operator_of(request)
    found = search.people(question.q, actor.chosen(organisation), protected=actor.finds_protected)
    people = list(found.select_related("unit", "successor")[: question.limit])
    here = presences(people)
    return {"items": [_person_out(person, here[person.pk]) for person in people]}


@router.get("/organisations", response=list[OrganisationOut], summary="The organisations that you serve")
def list_organisations(request: HttpRequest) -> list[dict[str, Any]]:
    actor, _operator = operator_of(request)
    rows = Organisation.objects.filter(pk__in=actor.organisations).prefetch_related("numbers")
    return [
        {
            "id": row.pk,
            "name": row.name,
            "language": row.language,
            "country": row.country,
            "time_zone": row.time_zone,
            "main_number": next((n.number for n in row.numbers.all() if n.kind == NumberKind.MAIN), ""),
            "welcome_phrase": row.welcome_phrase,
        }
        for row in rows
    ]
