# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""PATCH (RFC 7644 3.5.2): operations on the JSON of a resource. What comes out is read as if it had been sent whole."""

from __future__ import annotations

import copy
import re
from typing import Any

from vaxel.exchange.scim import filters
from vaxel.exchange.scim.errors import PATCH, SCHEMAS, ScimError

MOST = 1000
MULTIPLE = frozenset(
    {"emails", "phonenumbers", "members", "groups", "addresses", "ims", "photos", "roles", "entitlements"}
)
_PATH = re.compile(r"(?P<name>[^\[\].]+|urn:[^\[\]]+?)(?:\[(?P<filter>.+)\])?(?:\.(?P<sub>[\w$-]+))?$")


def patched(resource: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """``resource`` after the operations of ``body``. Raises ``ScimError``."""
    operations = next((value for key, value in body.items() if key.casefold() == "operations"), None)
    if PATCH not in body.get("schemas", [PATCH]) or not isinstance(operations, list) or not operations:
        raise ScimError(400, "A PATCH has a list of Operations, each with op, path and value.", "invalidSyntax")
    if len(operations) > MOST:
        raise ScimError(413, f"At most {MOST} operations in one request.", "tooMany")
    made = copy.deepcopy(resource)
    for operation in operations:
        _apply(made, operation)
    return made


def _apply(resource: dict[str, Any], operation: Any) -> None:
    told = operation if isinstance(operation, dict) else {}
    do = str(told.get("op", "")).casefold()
    path = told.get("path") or ""
    if do not in ("add", "replace", "remove") or not isinstance(path, str):
        raise ScimError(400, "An operation's op is add, replace or remove.", "invalidSyntax")
    value = told.get("value")
    if path:
        _at(resource, do, path, value)
    elif isinstance(value, dict) and do != "remove":
        for name, part in value.items():
            _at(resource, do, name, part)
    else:
        raise ScimError(400, "Without a path, value is an object with the attributes to change.", "noTarget")


def _at(resource: dict[str, Any], do: str, path: str, value: Any) -> None:
    where, rest = _extension(resource, path, do)
    if not rest:
        _whole(where, do, value)
        return
    found = _PATH.fullmatch(rest)
    if found is None:
        raise ScimError(400, f"The path “{path[:200]}” can't be read.", "invalidPath")
    name = _spelled(where, found["name"])
    if found["filter"]:
        _chosen(where, name, filters.parse(found["filter"]), found["sub"], do, value)
    elif found["sub"]:
        _sub(where, name, found["sub"], do, value)
    else:
        _attribute(where, name, do, value)


def _extension(resource: dict[str, Any], path: str, do: str) -> tuple[dict[str, Any], str]:
    """Where the path leads first: the resource, or an extension's part of it; and the rest of the path."""
    for schema in SCHEMAS:
        if path.casefold().startswith(schema.casefold()):
            rest = path[len(schema) :].lstrip(":")
            if schema in SCHEMAS[:2]:
                return resource, rest
            return resource.setdefault(schema, {}), rest
    return resource, path


def _whole(where: dict[str, Any], do: str, value: Any) -> None:
    if do == "remove":
        where.clear()
    elif isinstance(value, dict):
        for name, part in value.items():
            where[_spelled(where, name)] = part
    else:
        raise ScimError(400, "An extension's value is an object.", "invalidValue")


def _spelled(where: dict[str, Any], name: str) -> str:
    """Names of attributes are told without regard to capital letters."""
    return next((key for key in where if key.casefold() == name.casefold()), name)


def _attribute(where: dict[str, Any], name: str, do: str, value: Any) -> None:
    present = where.get(name)
    if do == "remove":
        if isinstance(present, list) and isinstance(value, list | dict):
            gone = [part.get("value") if isinstance(part, dict) else part for part in _list(value)]
            where[name] = [part for part in present if _value(part) not in gone]
        else:
            where.pop(name, None)
    elif do == "add" and name.casefold() in MULTIPLE:
        known = _list(present)
        # One of them may be the first choice (RFC 7643 2.4).
        if any(isinstance(part, dict) and part.get("primary") for part in _list(value)):
            known = [{**part, "primary": False} if isinstance(part, dict) else part for part in known]
        where[name] = known + [part for part in _list(value) if _value(part) not in map(_value, known)]
    elif isinstance(value, dict) and isinstance(present, dict):
        where[name] = {**present, **value}
    else:
        where[name] = _list(value) if name.casefold() in MULTIPLE else value


def _sub(where: dict[str, Any], name: str, sub: str, do: str, value: Any) -> None:
    for part in _list(where.setdefault(name, {} if name.casefold() not in MULTIPLE else [])):
        if isinstance(part, dict):
            _attribute(part, _spelled(part, sub), do, value)


def _chosen(where: dict[str, Any], name: str, tree: filters.Tree, sub: str | None, do: str, value: Any) -> None:
    known = _list(where.get(name))
    chosen = [part for part in known if isinstance(part, dict) and filters.fits(tree, part)]
    if not chosen and do != "remove":
        chosen = [_made(tree)]
        known = known + chosen
    for part in chosen:
        if do == "remove" and not sub:
            known = [other for other in known if other is not part]
        elif sub:
            _attribute(part, _spelled(part, sub), do, value)
        elif isinstance(value, dict):
            part.update(value)
        else:
            raise ScimError(400, f"A value of “{name}” is an object.", "invalidValue")
    where[name] = known


def _made(tree: filters.Tree) -> dict[str, Any]:
    """What the filter would find, as ``{"type": "work"}``: identity providers add a value in this way."""
    match tree:
        case filters.Compare(name, "eq", value):
            return {name: value}
        case filters.Both(one, other):
            return {**_made(one), **_made(other)}
    raise ScimError(400, "The filter of the path finds nothing.", "noTarget")


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _value(part: Any) -> Any:
    return part.get("value") if isinstance(part, dict) else part
