# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/directory`` and ``/organisations`` of the REST API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from vaxel.directory.models import NumberKind, Organisation
from vaxel.site.api import search
from vaxel.site.api.auth import operator_of

router = Router(tags=["directory"])
router.add_router("", search.router)


class OrganisationOut(Schema):
    id: str
    name: str
    language: str
    country: str
    time_zone: str
    main_number: str
    welcome_phrase: str


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
