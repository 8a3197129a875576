# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Errors of the REST API as ``application/problem+json`` (RFC 9457), whichever part of the program refused."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from vaxel.site.middleware import GetResponse, around

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """To be raised anywhere below the REST API. ``code`` is a stable word for programs, ``detail`` a sentence for people."""

    def __init__(self, status: int, code: str, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.extra = extra


def problem_response(problem: Problem) -> HttpResponse:
    """The answer that tells of ``problem``."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        **problem.extra,
    }
    response = HttpResponse(orjson.dumps(body), content_type=CONTENT_TYPE, status=problem.status)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="vaxel"'
    return response


@sync_and_async_middleware
def problems_as_json(get_response: GetResponse) -> GetResponse:
    """Errors under ``/api/`` that Django itself made (unknown address, wrong method, a failure) get the same form."""

    def after(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path.startswith("/api/") or response.status_code < 400:
            return response
        if response.headers.get("Content-Type", "").startswith(CONTENT_TYPE):
            return response
        told = problem_response(_of(response.status_code))
        if allow := response.headers.get("Allow"):
            told.headers["Allow"] = allow
        if content_range := response.headers.get("Content-Range"):
            told.headers["Content-Range"] = content_range
        return told

    return around(get_response, lambda request: None, after)


def _of(status: int) -> Problem:
    known = {
        400: ("invalid", "The request can't be read. See the OpenAPI document for its form."),
        403: ("forbidden", "Your key doesn't allow this."),
        404: ("not_found", "There is nothing at this address that you may see."),
        405: ("method_not_allowed", "This address doesn't know the method. The Allow header lists those it knows."),
        413: ("too_large", "The request is too large."),
        416: ("range", "The range lies outside the recording."),
    }
    code, detail = known.get(status, ("failed", "Something failed here. It has been logged; try again later."))
    return Problem(status, code, detail)
