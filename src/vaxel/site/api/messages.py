# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/messages`` of the REST API. A message is made with its call: ``POST /calls/{id}/message``."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router

from vaxel.duties import actions, selectors
from vaxel.duties.schemas import MessageOut, message_out
from vaxel.site.api.auth import actor_of
from vaxel.site.api.paging import Page, Paging, newest_first
from vaxel.site.api.types import OrganisationId, RowId

router = Router(tags=["messages"])


@router.get("/messages", response=Page[MessageOut], summary="List messages, newest first")
def list_messages(
    request: HttpRequest,
    paging: Query[Paging],
    organisation: OrganisationId = "",
    status: Literal["", "new", "read", "done"] = "",
) -> dict[str, Any]:
    messages = selectors.messages_of(actor_of(request), organisation)
    if status:
        messages = messages.filter(status=status)
    page, following = newest_first(messages, "taken_at", paging)
    return {"items": [message_out(message) for message in page], "next": following}


@router.get("/messages/{message}", response=MessageOut, summary="A message")
def get_message(request: HttpRequest, message: RowId) -> dict[str, Any]:
    return message_out(selectors.message_of(actor_of(request), message))


@router.post("/messages/{message}/read", response=MessageOut, summary="Mark it as read")
def mark_read(request: HttpRequest, message: RowId) -> dict[str, Any]:
    found = selectors.message_of(actor_of(request), message)
    return message_out(actions.mark_read(found))


@router.post("/messages/{message}/done", response=MessageOut, summary="Mark it as done")
def mark_done(request: HttpRequest, message: RowId) -> dict[str, Any]:
    found = selectors.message_of(actor_of(request), message)
    return message_out(actions.mark_done(found))
