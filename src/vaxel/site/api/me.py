# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/me`` of the REST API: what somebody has chosen for herself, and has promised."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from vaxel.console.own_keys import keep_keys, own_keys
from vaxel.duties.schemas import MessageOut, message_out
from vaxel.duties.selectors import promises_of
from vaxel.site.api.auth import actor_of, operator_of

router = Router(tags=["me"])


MOST_PROMISES = 100


class Keys(Schema):
    """The keys of the console that she has changed, by action, as ``{"hold": "F9", "park": "Ctrl+F8"}``."""

    keys: dict[str, str] = Field(max_length=100)


@router.get("/me/keys", response=Keys, summary="Your own keys of the console")
def get_keys(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {"keys": own_keys(actor_of(request).user)}


@router.put("/me/keys", response=Keys, summary="Change your keys of the console")
def put_keys(request: HttpRequest, body: Keys) -> dict[str, dict[str, str]]:
    return {"keys": keep_keys(actor_of(request).user, body.keys)}


@router.get("/me/promises", response=list[MessageOut], summary="Whom you have promised to ring back, due first")
def get_promises(request: HttpRequest) -> list[dict[str, Any]]:
    return [message_out(message) for message in promises_of(*operator_of(request))[:MOST_PROMISES]]
