# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The REST API, assembled: ``/api/v1``, described by OpenAPI 3.1 at ``/api/v1/openapi.json``."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, AuthorizationError, HttpError
from ninja.errors import ValidationError as RequestInvalid
from ninja.openapi.schema import OpenAPISchema

from vaxel import __version__
from vaxel.site.api import (
    absences,
    calls,
    cards,
    cases,
    directory,
    imports,
    me,
    messages,
    notices,
    proof,
    shift,
    staffing,
)
from vaxel.site.api.auth import AUTH
from vaxel.site.api.bodies import Objects
from vaxel.site.problems import CONTENT_TYPE, Problem, problem_response

log = logging.getLogger(__name__)


class FieldError(Schema):
    field: str
    detail: str


class ProblemOut(Schema):
    """RFC 9457. ``code`` is for programs; ``errors`` says by field what is wrong; ``by`` who has a call that is taken."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] | None = None
    by: str | None = None


class Api(NinjaAPI):
    """With the problems that every operation may answer, in the description too."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        schemas = schema["components"].setdefault("schemas", {})
        for model in (FieldError, ProblemOut):
            described = model.model_json_schema(ref_template="#/components/schemas/{model}")
            described.pop("$defs", None)
            schemas[model.__name__] = described
        reference = {"schema": {"$ref": "#/components/schemas/ProblemOut"}}
        problem = {"description": "A problem (RFC 9457)", "content": {CONTENT_TYPE: reference}}
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"]["default"] = problem
        return schema


api = Api(
    title="Vaxel",
    version=__version__,
    description="The switchboard: calls, messages, voice messages and the directory of the organisations you serve.",
    auth=AUTH,
    docs_url=None,
    parser=Objects(),
    urls_namespace="api",
)
api.add_router("", calls.router)
api.add_router("", directory.router)
api.add_router("", cards.router)
api.add_router("", absences.router)
api.add_router("", messages.router)
api.add_router("", proof.router)
api.add_router("", cases.router)
api.add_router("", imports.router)
api.add_router("", shift.router)
api.add_router("", me.router)
api.add_router("", notices.router)
api.add_router("", staffing.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem)


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(Problem(401, "unauthenticated", _("Send a key: “Authorization: Bearer …”.")))


@api.exception_handler(AuthorizationError)
def _forbidden(request: HttpRequest, error: AuthorizationError) -> HttpResponse:
    return problem_response(Problem(403, "forbidden", _("Your key doesn't allow this.")))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(Problem(404, "not_found", _("There is nothing at this address that you may see.")))


@api.exception_handler(RequestInvalid)
def _request_invalid(request: HttpRequest, error: RequestInvalid) -> HttpResponse:
    errors = [{"field": _field(item["loc"]), "detail": item["msg"]} for item in error.errors]
    return problem_response(Problem(422, "invalid", _("Something in the request doesn't fit."), errors=errors))


def _field(location: tuple[str | int, ...]) -> str:
    """“body”, “query” or “path” and the name of the parameter stand before the field's own name."""
    return str(location[-1]) if location else ""


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    errors = [{"field": field, "detail": message} for field, told in fields.items() for message in told]
    detail = " ".join(item["detail"] for item in errors)
    return problem_response(Problem(422, "invalid", detail, errors=errors))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = {400: "invalid", 404: "not_found"}.get(error.status_code, "failed")
    return problem_response(Problem(error.status_code, code, error.message))


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem_response(Problem(413, "too_large", _("The request is too large.")))


@api.exception_handler(InterfaceError)
@api.exception_handler(OperationalError)
def _database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("the database can't be used")
    detail = _("The database doesn't answer at the moment. Try again in a few seconds.")
    return problem_response(Problem(503, "unavailable", detail))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("a request to the API failed")
    return problem_response(Problem(500, "failed", _("Something failed here. It has been logged; try again later.")))
