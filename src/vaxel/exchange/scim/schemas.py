# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this door tells of itself: its schemas, its kinds of resources, and what it can do (RFC 7643 5–7)."""

from __future__ import annotations

from typing import Any

from vaxel.exchange.fields import NO_ANSWER, PREFERS
from vaxel.exchange.scim.errors import ENTERPRISE, GROUP, OWN, USER
from vaxel.exchange.scim.users import OWN_FIELDS

MOST_FOUND = 200
_META = "urn:ietf:params:scim:schemas:core:2.0:"


def _attribute(name: str, kind: str = "string", **other: Any) -> dict[str, Any]:
    made = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "description": name,
        "required": False,
        "mutability": "readWrite",
        "returned": "default",
        **other,
    }
    if kind == "string":
        made = {"caseExact": False, "uniqueness": "none", **made}
    return made


def _list(name: str, *sub: dict[str, Any], **other: Any) -> dict[str, Any]:
    return _attribute(name, "complex", multiValued=True, subAttributes=list(sub), **other)


_EMAILS = (_attribute("value"), _attribute("type", canonicalValues=["work"]))
_NUMBERS = (_attribute("value"), _attribute("type", canonicalValues=["work", "mobile"]))
_WORDS = {"prefers": PREFERS, "noAnswer": NO_ANSWER}
_FIXED = {"mutability": "readOnly"}

SCHEMA_ATTRIBUTES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    USER: (
        "User",
        [
            _attribute("userName", required=True, uniqueness="server"),
            _attribute(
                "name",
                "complex",
                subAttributes=[_attribute("formatted"), _attribute("familyName"), _attribute("givenName")],
            ),
            _attribute("displayName"),
            _attribute("title"),
            _attribute("active", "boolean"),
            _list("emails", *_EMAILS),
            _list("phoneNumbers", *_NUMBERS),
            _list(
                "groups",
                _attribute("value", **_FIXED),
                _attribute("display", **_FIXED),
                _attribute("type", **_FIXED),
                **_FIXED,
            ),
        ],
    ),
    ENTERPRISE: ("EnterpriseUser", [_attribute("division"), _attribute("department")]),
    OWN: (
        "VaxelUser",
        [
            _attribute(name, canonicalValues=list(_WORDS[name])) if name in _WORDS else _attribute(name)
            for name in OWN_FIELDS
        ],
    ),
    GROUP: (
        "Group",
        [
            _attribute("displayName", required=True),
            _list(
                "members",
                _attribute("value", mutability="immutable"),
                _attribute("$ref", "reference", mutability="immutable", referenceTypes=["User"], caseExact=True),
                _attribute("type", mutability="immutable", canonicalValues=["User"]),
            ),
        ],
    ),
}


def schemas(address: str) -> list[dict[str, Any]]:
    """All of them. ``address`` is the door's, without a stroke at its end."""
    return [
        {
            "schemas": [f"{_META}Schema"],
            "id": id_,
            "name": name,
            "description": name,
            "attributes": attributes,
            "meta": {"resourceType": "Schema", "location": f"{address}/Schemas/{id_}"},
        }
        for id_, (name, attributes) in SCHEMA_ATTRIBUTES.items()
    ]


def resource_types(address: str) -> list[dict[str, Any]]:
    """Users and groups."""
    kinds: tuple[tuple[str, str, str, list[dict[str, Any]]], ...] = (
        ("User", "/Users", USER, [{"schema": ENTERPRISE, "required": False}, {"schema": OWN, "required": False}]),
        ("Group", "/Groups", GROUP, []),
    )
    return [
        {
            "schemas": [f"{_META}ResourceType"],
            "id": name,
            "name": name,
            "description": name,
            "endpoint": endpoint,
            "schema": schema,
            "schemaExtensions": extensions,
            "meta": {"resourceType": "ResourceType", "location": f"{address}/ResourceTypes/{name}"},
        }
        for name, endpoint, schema, extensions in kinds
    ]


def configuration(address: str) -> dict[str, Any]:
    """What is supported."""
    return {
        "schemas": [f"{_META}ServiceProviderConfig"],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST_FOUND},
        "changePassword": {"supported": False},
        "sort": {"supported": False},
        "etag": {"supported": True},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Bearer token",
                "description": "A token for each source, made on the page “Import and export”.",
                "specUri": "https://www.rfc-editor.org/rfc/rfc6750",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": f"{address}/ServiceProviderConfig"},
    }
