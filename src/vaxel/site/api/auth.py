# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is asking the REST API: a bearer token (RFC 6750), or the session of a page from this server."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from vaxel.directory.access import Actor, actor_of_token
from vaxel.directory.models import Operator, User
from vaxel.site.problems import Problem


class Token(HttpBearer):
    """``Authorization: Bearer …`` with an API key, or with the short-lived key of a console page."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = actor_of_token(token)
        if actor is None:
            raise Problem(401, "unauthenticated", _("The key isn't valid, or it has expired."))
        return actor


class SendersToken(Token):
    """For an address to which a whole municipality is sent: whoever has a key may send more than Django would read of a stranger."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = super().authenticate(request, token)
        # As much as ``request_size`` has let in. What was read is kept here, and its size isn't looked at again.
        request._body = request.read()
        return actor


class Session(APIKeyCookie):
    """The session cookie; changes also need the header ``X-CSRFToken``."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        if not isinstance(request.user, User):
            return None
        if check_csrf(request) is not None:
            raise Problem(403, "csrf", _("The page is too old to change anything. Load it again."))
        return Actor(request.user)


AUTH = [Token(), Session()]


def actor_of(request: HttpRequest) -> Actor:
    """Who asks: what ``AUTH`` has found."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def operator_of(request: HttpRequest) -> tuple[Actor, Operator]:
    """Who asks, being an operator; 403 for others."""
    actor = actor_of(request)
    if actor.operator is None:
        raise Problem(403, "forbidden", _("Only operators may do this."))
    return actor, actor.operator
