# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whoever is logged in makes the changes of her requests: also those of the administration's pages, which know no actions."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from vaxel.directory.audit import NOBODY, By, Via, acting, by_user
from vaxel.site.middleware import GetResponse


def _by(request: HttpRequest, user: Any) -> By:
    if not user.is_authenticated:
        return NOBODY
    return by_user(user, Via.ADMINISTRATION if request.path.startswith("/admin/") else Via.WEB)


@sync_and_async_middleware
def who_acts(get_response: GetResponse) -> GetResponse:
    """Record changes as made by the user of the session."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponseBase:
            with acting(_by(request, await request.auser())):
                return await cast("Awaitable[HttpResponseBase]", get_response(request))

        markcoroutinefunction(middleware)
        return middleware

    def synchronous(request: HttpRequest) -> HttpResponseBase:
        with acting(_by(request, request.user)):
            return cast("HttpResponseBase", get_response(request))

    return synchronous
