# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between two versions of a policy: clauses, parameters of controls, hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.policy.document import Clause, Hours, Policy


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Difference(Struct, frozen=True, kw_only=True):
    """``key`` is where, as “ring-limit › rings”; ``before`` and ``after`` are "" where there was, or is, nothing."""

    key: str
    before: str
    after: str


class Change(Struct, frozen=True, kw_only=True):
    """A clause, or the hours of somebody, that is new, gone or different."""

    subject: str
    what: What
    differences: tuple[Difference, ...] = ()


def changes(before: Policy | None, after: Policy) -> list[Change]:
    """Of clauses and hours, in the order of the new file; what is gone comes last."""
    old_clauses = {clause.id: _clause(clause) for clause in before.clause} if before else {}
    old_hours = {_whose(hours): _flat(hours) for hours in before.hours} if before else {}
    return [
        *_compared(old_hours, {_whose(hours): _flat(hours) for hours in after.hours}),
        *_compared(old_clauses, {clause.id: _clause(clause) for clause in after.clause}),
    ]


def _compared(before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]) -> Iterator[Change]:
    for subject, new in after.items():
        old = before.get(subject)
        if old is None:
            yield Change(subject=subject, what=What.ADDED, differences=tuple(_differences({}, new)))
        elif old != new:
            yield Change(subject=subject, what=What.CHANGED, differences=tuple(_differences(old, new)))
    for subject, old in before.items():
        if subject not in after:
            yield Change(subject=subject, what=What.REMOVED, differences=tuple(_differences(old, {})))


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield Difference(key=key, before=before.get(key, ""), after=after.get(key, ""))


def _whose(hours: Hours) -> str:
    """“Telephone hours of Jobcenter”."""
    told = {"telephone": _("Telephone hours"), "visiting": _("Visiting hours")}[hours.kind]
    owner = hours.unit or hours.group
    return _("{hours} of {owner}").format(hours=told, owner=owner) if owner else told


def _clause(clause: Clause) -> dict[str, str]:
    """Every value of a clause by its place; controls by name, and by number from the second of a name."""
    found = flatten("", clause.model_dump(mode="json", exclude={"id", "control"}, exclude_defaults=True))
    seen: dict[str, int] = defaultdict(int)
    for control in clause.control:
        seen[control.use] += 1
        name = control.use if seen[control.use] == 1 else f"{control.use} {seen[control.use]}"
        values = control.model_dump(mode="json", exclude={"use"}, exclude_defaults=True)
        found[name] = _("used")
        found |= flatten(name, values)
    return found


def _flat(hours: Hours) -> dict[str, str]:
    return flatten("", hours.model_dump(mode="json", exclude={"kind", "unit", "group"}, exclude_defaults=True))


def flatten(place: str, value: Any) -> dict[str, str]:
    """``{"a": {"b": 1}}`` → ``{"a › b": "1"}``. Lists of plain values are one value."""
    match value:
        case dict():
            items = [(str(key), inner) for key, inner in value.items()]
        case list() if any(isinstance(inner, dict) for inner in value):
            items = [(str(n), inner) for n, inner in enumerate(value, 1)]
        case list():
            return {place: ", ".join(map(str, value))}
        case bool():
            return {place: _("yes") if value else _("no")}
        case _:
            return {place: str(value)}
    found: dict[str, str] = {}
    for key, inner in items:
        found |= flatten(f"{place} › {key}" if place else key, inner)
    return found
