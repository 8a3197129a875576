# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every request passes through: counting, headers that protect the browser, and the user's own language."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.decorators import sync_and_async_middleware
from prometheus_client import Counter, Histogram

from vaxel.site.config import config

Answer = HttpResponseBase
GetResponse = Callable[[HttpRequest], Any]

REQUESTS = Counter("vaxel_web_requests_total", "HTTP requests answered by the web.", ["view", "method", "status"])
SECONDS = Histogram("vaxel_web_request_seconds", "Seconds to answer an HTTP request.", ["view"])


def around(
    get_response: GetResponse,
    before: Callable[[HttpRequest], None],
    after: Callable[[HttpRequest, Answer], Answer],
) -> GetResponse:
    """A middleware of two plain functions, for synchronous and asynchronous use alike."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> Answer:
            before(request)
            return after(request, await cast("Awaitable[Answer]", get_response(request)))

        markcoroutinefunction(middleware)
        return middleware

    def synchronous(request: HttpRequest) -> Answer:
        before(request)
        return after(request, get_response(request))

    return synchronous


@sync_and_async_middleware
def count_requests(get_response: GetResponse) -> GetResponse:
    """Count and time requests by the name of their view, never by their address, which may hold ids."""

    def before(request: HttpRequest) -> None:
        request.vaxel_began = time.perf_counter()  # type: ignore[attr-defined]

    def after(request: HttpRequest, response: Answer) -> Answer:
        match = request.resolver_match
        view = (match.view_name or "unnamed") if match else "none"
        method = request.method if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") else "other"
        REQUESTS.labels(view, method, str(response.status_code)).inc()
        SECONDS.labels(view).observe(time.perf_counter() - request.vaxel_began)  # type: ignore[attr-defined]
        return response

    return around(get_response, before, after)


def _policy() -> str:
    """The Content Security Policy: everything from here, and WebSockets to the live hub and the engine."""

    def origin(url: str) -> str:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}"

    live, phone = origin(config().live_url), origin(config().sip_ws_url)
    return "; ".join(
        (
            "default-src 'self'",
            f"connect-src 'self' {live} {phone}",
            "img-src 'self' data:",
            "media-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


@sync_and_async_middleware
def security_headers(get_response: GetResponse) -> GetResponse:
    """Tell the browser to load nothing from elsewhere, and to grant microphone and loudspeaker only to our own pages."""
    policy = _policy()

    def after(request: HttpRequest, response: Answer) -> Answer:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "microphone=(self), speaker-selection=(self), camera=(), geolocation=(), payment=()"
        )
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return around(get_response, lambda request: None, after)


@sync_and_async_middleware
def own_language(get_response: GetResponse) -> GetResponse:
    """Show pages in the language that the user has chosen, else in the browser's."""

    def activate(user: Any) -> None:
        if user.is_authenticated and user.language:
            translation.activate(user.language)

    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> Answer:
            activate(await request.auser())
            return cast("Answer", await get_response(request))

        markcoroutinefunction(middleware)
        return middleware

    def synchronous(request: HttpRequest) -> Answer:
        activate(request.user)
        return cast("Answer", get_response(request))

    return synchronous
