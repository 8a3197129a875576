# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People as SCIM users: their JSON, and what a user's JSON says of a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from vaxel.directory.models import Person
from vaxel.exchange import references
from vaxel.exchange.fields import CONSENTS, UNIT_SEPARATOR, Entry, Unfit, cleaned, put_together
from vaxel.exchange.known import values_of
from vaxel.exchange.models import ExternalKey
from vaxel.exchange.scim.errors import ENTERPRISE, OWN, USER, ScimError

OWN_FIELDS = {
    "function": "function",
    "functions": "functions",
    "standsIn": "stands_in",
    "tasks": "tasks",
    "searchWords": "search_words",
    "place": "place",
    "room": "room",
    "prefers": "prefers",
    "mayTell": "may_tell",
    "note": "note",
    "initials": "initials",
    "mobileConsent": "mobile_consent",
    "mobileTold": "mobile_told",
    "noAnswer": "no_answer",
    "substitutes": "substitutes",
    "successor": "successor",
}
"""Attribute of the own extension → field. All are texts, lists with commas between, days as 2026-01-31; people are told by their ids here,
and read by those, the source's keys, e-mail addresses or numbers."""

CONSENT_ATTRIBUTES = {name: field for name, field in OWN_FIELDS.items() if field in CONSENTS}

EXTENSIONS = {ENTERPRISE: ("division", "department"), OWN: tuple(OWN_FIELDS)}
"""The attributes that are kept of each extension."""


def user(
    key: ExternalKey, person: Person, paths: Mapping[int, str], hidden: Collection[str], today: date
) -> dict[str, Any]:
    """The resource of ``person``. ``paths``: those of the units; ``hidden``: keys of those whom the source may not know of."""
    values = values_of(person, paths)
    values |= {name: references.without(name, values[name], hidden) for name in references.FIELDS}
    extra: Mapping[str, Any] = key.extra
    name: dict[str, Any] = {"formatted": person.name}
    if extra.get("name") == person.name:
        # Nobody has changed the name since the source told its parts.
        name |= {part: extra[part] for part in ("givenName", "familyName") if extra.get(part)}
    made: dict[str, Any] = {
        "schemas": [USER, ENTERPRISE, OWN],
        "id": person.key,
        "userName": extra.get("userName", key.key),
        "name": name,
        "displayName": person.name,
        "active": person.last_day is None or person.last_day > today,
        "groups": [
            {"value": membership.group.key, "display": membership.group.name, "type": "direct"}
            for membership in person.memberships.all()
        ],
    }
    extensions = {
        ENTERPRISE: _enterprise(values["unit"]),
        OWN: {attribute: values[field] for attribute, field in OWN_FIELDS.items()},
    }
    for schema, attributes in extensions.items():
        if told := {name: value for name, value in attributes.items() if value}:
            made[schema] = told
    if extra.get("externalId"):
        made["externalId"] = extra["externalId"]
    if person.title:
        made["title"] = person.title
    if person.email:
        made["emails"] = [{"value": person.email, "type": "work"}]
    numbers: list[dict[str, Any]] = [
        {"value": f"+{number.number}", "type": "work"}
        for number in sorted(person.numbers.all(), key=lambda n: n.number)
    ]
    if person.mobile:
        numbers.append({"value": f"+{person.mobile}", "type": "mobile"})
    if numbers:
        made["phoneNumbers"] = numbers
    return made


def _enterprise(unit: str) -> dict[str, str]:
    above, _separator, last = unit.rpartition(UNIT_SEPARATOR)
    return {name: value for name, value in (("division", above), ("department", last)) if value}


# ── what a user's JSON says ─────────────────────────────────────────────────────────────────────────────────────────────


def entry(body: Mapping[str, Any], key: str, country: str, today: date, last_day: date | None = None) -> Entry:
    """What ``body`` says of a person, for the plan. ``key``: the source's, "" for a new one; ``last_day`` as it is in the directory.

    Raises ``ScimError`` (``invalidValue``).
    """
    told = {name.casefold(): value for name, value in body.items()}
    user_name = told.get("username")
    if not isinstance(user_name, str) or not user_name.strip():
        raise ScimError(400, "userName is missing.", "invalidValue")
    external = told.get("externalid")
    name = _object(told.get("name"), "name")
    values = _cleaned(_values(told, name), country)
    extra: dict[str, object] = {"userName": user_name.strip()[:200]}
    if isinstance(external, str) and external:
        extra["externalId"] = external[:200]
    extra |= {part: name[part] for part in ("givenName", "familyName") if isinstance(name.get(part), str)}
    extra["name"] = values.get("name", "")
    values |= _activity(told.get("active"), last_day, today)
    fresh = cleaned_one("key", "externalId", str(extra.get("externalId") or extra["userName"]), country)
    return Entry(1, key or fresh, values, extra)


def _values(told: Mapping[str, Any], name: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Field → the attribute it comes from, and its text. Only what was told."""
    found: dict[str, tuple[str, str]] = {}
    shown = told.get("displayname") or name.get("formatted")
    joined = " ".join(str(name[part]) for part in ("givenName", "familyName") if name.get(part))
    found["name"] = ("displayName", _text(shown or joined or told.get("username"), "displayName"))
    found["title"] = ("title", _text(told.get("title"), "title"))
    found["email"] = ("emails", _text(_first(told.get("emails"), "emails"), "emails"))
    work, mobile = _numbers(told.get("phonenumbers"))
    found["numbers"] = ("phoneNumbers", ", ".join(work))
    found["mobile"] = ("phoneNumbers", mobile)
    enterprise = _object(told.get(ENTERPRISE.casefold()), ENTERPRISE)
    if "division" in enterprise or "department" in enterprise:
        parts = [_text(enterprise.get(part), part) for part in ("division", "department")]
        found["unit"] = ("department", UNIT_SEPARATOR.join(part for part in parts if part))
    own = _object(told.get(OWN.casefold()), OWN)
    for attribute, field in OWN_FIELDS.items():
        if attribute in own:
            found[field] = (attribute, _text(own[attribute], attribute))
    return found


def _cleaned(values: Mapping[str, tuple[str, str]], country: str) -> dict[str, str]:
    made = {field: cleaned_one(field, attribute, text, country) for field, (attribute, text) in values.items()}
    return put_together(made)


def cleaned_one(field: str, attribute: str, text: str, country: str) -> str:
    """Raises ``ScimError`` with the attribute's name."""
    try:
        return cleaned(field, text, country)
    except Unfit as unfit:
        raise ScimError(400, f"{attribute}: {unfit}", "invalidValue") from unfit


def _activity(active: Any, last_day: date | None, today: date) -> dict[str, str]:
    """``active``: false ends the employment today, true takes back its end. Some providers send it as a word."""
    if isinstance(active, str) and active.casefold() in ("true", "false"):
        active = active.casefold() == "true"
    if active is None:
        return {}
    if not isinstance(active, bool):
        raise ScimError(400, "active is true or false.", "invalidValue")
    ended = last_day is not None and last_day <= today
    if active:
        return {"last_day": ""} if ended else {}
    return {} if ended else {"last_day": today.isoformat()}


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ScimError(400, f"{name} is an object.", "invalidValue")
    return value


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ScimError(400, f"{name} is a text.", "invalidValue")
    return value


def _list(values: Any, name: str) -> list[Mapping[str, Any]]:
    found = values or []
    if not isinstance(found, list) or not all(isinstance(part, dict) for part in found):
        raise ScimError(400, f"{name} is a list of objects.", "invalidValue")
    return found


def _first(values: Any, name: str) -> Any:
    """The value of the one marked as primary, else of the one for work, else of the first."""
    found = _list(values, name)
    ranked = sorted(found, key=lambda part: (not part.get("primary"), part.get("type") != "work"))
    return ranked[0].get("value") if ranked else None


def _numbers(values: Any) -> tuple[list[str], str]:
    work: list[str] = []
    mobile = ""
    for part in _list(values, "phoneNumbers"):
        number = _text(part.get("value"), "phoneNumbers")
        if part.get("type") == "mobile":
            mobile = mobile or number
        elif part.get("type") not in ("fax", "pager", "home"):
            work.append(number)
    return [number for number in work if number], mobile
