# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/scim/v2``: requests, answers, versions and pages of the standard."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from vaxel.directory.tokens import hashed
from vaxel.exchange.models import Source, SourceKind
from vaxel.exchange.scim import filters, schemas
from vaxel.exchange.scim.errors import ERROR, LIST, ScimError
from vaxel.exchange.scim.groups import Groups
from vaxel.exchange.scim.service import Resource, Users

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/scim+json"
MOST_BYTES = 1_000_000
Doors = Users | Groups


@csrf_exempt
def door(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every request: whoever has no token that is valid learns nothing."""
    try:
        source = _source(request)
        return _answer(request, source, [part for part in path.split("/") if part])
    except ScimError as error:
        return _refused(error)
    except ValidationError as error:
        return _refused(ScimError(400, " ".join(error.messages), "invalidValue"))
    except (InterfaceError, OperationalError):
        log.exception("a SCIM request failed: the database can't be used")
        return _refused(ScimError(503, "The database doesn't answer at the moment. Try again in a few seconds."))


def _source(request: HttpRequest) -> Source:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    found = None
    if scheme.casefold() == "bearer" and token.strip():
        found = (
            Source.objects.filter(sha256=hashed(token.strip()), kind=SourceKind.SCIM)
            .select_related("organisation")
            .first()
        )
    if found is None:
        raise ScimError(401, "Send a token that is valid: “Authorization: Bearer …”.")
    now = timezone.now()
    if found.seen_at is None or (now - found.seen_at).total_seconds() > 60:
        Source.objects.filter(pk=found.pk).update(seen_at=now)
    return found


def _answer(request: HttpRequest, source: Source, path: list[str]) -> HttpResponse:
    address = request.build_absolute_uri("/scim/v2")
    match path:
        case ["Users", *rest]:
            return _resources(request, Users(source), f"{address}/Users", rest)
        case ["Groups", *rest]:
            return _resources(request, Groups(source), f"{address}/Groups", rest)
        case [".search"] if request.method == "POST":
            return _search_all(source, address, _body(request))
        case ["ServiceProviderConfig"]:
            return _fixed(request, schemas.configuration(address))
        case ["Schemas" | "ResourceTypes" as kind, *rest] if len(rest) < 2:
            all_ = schemas.schemas(address) if kind == "Schemas" else schemas.resource_types(address)
            return _fixed(request, _one_or_all(all_, rest))
    raise ScimError(404, "There is nothing at this address. There are Users, Groups, Schemas and ResourceTypes.")


def _fixed(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        raise ScimError(405, "This can only be read.")
    if "filter" in request.GET:
        raise ScimError(403, "This can't be filtered.")
    return _json(body)


def _one_or_all(all_: list[dict[str, Any]], rest: list[str]) -> dict[str, Any]:
    if not rest:
        return _page(len(all_), 1, all_)
    found = next((one for one in all_ if one["id"] == rest[0]), None)
    if found is None:
        raise ScimError(404, "There is nothing of that name.")
    return found


def _resources(request: HttpRequest, door: Doors, address: str, rest: list[str]) -> HttpResponse:
    match request.method, rest:
        case "GET" | "HEAD", []:
            return _search(request, door, address, request.GET.dict())
        case "POST", []:
            made = door.create(_body(request))
            return _one(request, made, address, 201)
        case "POST", [".search"]:
            return _search(request, door, address, _body(request))
        case "GET" | "HEAD", [id_]:
            return _one(request, door.get(id_), address)
        case "PUT", [id_]:
            return _one(request, door.replace(id_, _body(request), _unchanged(request)), address)
        case "PATCH", [id_]:
            return _one(request, door.patch(id_, _body(request), _unchanged(request)), address)
        case "DELETE", [id_]:
            door.remove(id_, _unchanged(request))
            return HttpResponse(status=204)
    if len(rest) > 1:
        raise ScimError(404, "There is nothing at this address.")
    raise ScimError(405, f"This address doesn't know the method {request.method}.")


def _body(request: HttpRequest) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise ScimError(413, "The request is too large.")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise ScimError(400, "The request's body isn't JSON.", "invalidSyntax") from error
    if not isinstance(body, dict) or "\x00" in json.dumps(body, ensure_ascii=False):
        raise ScimError(400, "The request's body is a JSON object.", "invalidSyntax")
    return body


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _search(request: HttpRequest, door: Doors, address: str, asked: dict[str, Any]) -> HttpResponse:
    start, count, tree = _asked(asked)
    total, found = door.found(tree, start - 1, count)
    return _json(_page(total, start, [_shown(asked, _finished(one, address)) for one in found]))


def _search_all(source: Source, address: str, asked: dict[str, Any]) -> HttpResponse:
    """People first, then groups (RFC 7644 3.4.3)."""
    start, count, tree = _asked(asked)
    doors: tuple[tuple[Doors, str], ...] = ((Users(source), "Users"), (Groups(source), "Groups"))
    total, skip = 0, start - 1
    found: list[Resource] = []
    for door, name in doors:
        n, some = door.found(tree, skip, count - len(found))
        found += [_shown(asked, _finished(one, f"{address}/{name}")) for one in some]
        total, skip = total + n, max(skip - n, 0)
    return _json(_page(total, start, found))


def _asked(asked: dict[str, Any]) -> tuple[int, int, filters.Tree | None]:
    """From where, how many, and the filter."""
    start = max(_number(asked.get("startIndex"), 1), 1)
    count = min(max(_number(asked.get("count"), 100), 0), schemas.MOST_FOUND)
    told = asked.get("filter") or ""
    return start, count, filters.parse(str(told)) if told else None


def _number(value: Any, otherwise: int) -> int:
    if value in (None, ""):
        return otherwise
    try:
        return int(str(value)[:9])
    except ValueError as error:
        raise ScimError(400, "startIndex and count are whole numbers.", "invalidValue") from error


def _page(total: int, start: int, found: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(found),
        "Resources": found,
    }


def _shown(asked: dict[str, Any], resource: Resource) -> Resource:
    """Only the attributes that were asked for (RFC 7644 3.9)."""
    wanted, unwanted = _names(asked.get("attributes")), _names(asked.get("excludedAttributes"))
    always = {"schemas", "id"}
    if wanted:
        return {name: value for name, value in resource.items() if name in always or name.casefold() in wanted}
    return {name: value for name, value in resource.items() if name in always or name.casefold() not in unwanted}


def _names(value: Any) -> set[str]:
    names = value if isinstance(value, list) else str(value or "").split(",")
    return {filters.attribute(str(name).strip()).partition(".")[0] for name in names if str(name).strip()}


# ── one resource ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _finished(resource: Resource, address: str) -> Resource:
    """With its address, its times as text, and its version."""
    meta = resource["meta"]
    plain = {name: value for name, value in resource.items() if name != "meta"}
    if "members" in plain:
        users = f"{address.removesuffix('/Groups')}/Users"
        plain["members"] = [{**member, "$ref": f"{users}/{member['value']}"} for member in plain["members"]]
    version = hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:20]
    times = {name: _time(meta[name]) for name in ("created", "lastModified")}
    return {
        **plain,
        "meta": {
            "resourceType": meta["resourceType"],
            **times,
            "location": f"{address}/{resource['id']}",
            "version": f'W/"{version}"',
        },
    }


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _one(request: HttpRequest, resource: Resource, address: str, status: int = 200) -> HttpResponse:
    made = _finished(resource, address)
    version = made["meta"]["version"]
    if request.method in ("GET", "HEAD") and version in _versions(request.headers.get("If-None-Match", "")):
        answer = HttpResponse(status=304)
    else:
        answer = _json(_shown(request.GET.dict(), made), status)
    answer.headers["ETag"] = version
    if status == 201:
        answer.headers["Location"] = made["meta"]["location"]
    return answer


def _versions(header: str) -> list[str]:
    return [part.strip() for part in header.split(",") if part.strip()]


def _unchanged(request: HttpRequest) -> Callable[[Resource], None]:
    """Refuses when the resource is another than the one that the request knows (``If-Match``)."""
    wanted = _versions(request.headers.get("If-Match", ""))

    def check(resource: Resource) -> None:
        if wanted and "*" not in wanted and _finished(resource, "")["meta"]["version"] not in wanted:
            raise ScimError(412, "Somebody has changed it meanwhile: read it again.")

    return check


def _json(body: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=CONTENT_TYPE, status=status)


def _refused(error: ScimError) -> HttpResponse:
    body = {"schemas": [ERROR], "status": str(error.status), "detail": error.detail}
    answer = _json(body | ({"scimType": error.kind} if error.kind else {}), error.status)
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="vaxel"'
    return answer
