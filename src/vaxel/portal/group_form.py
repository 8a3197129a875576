# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a group: what was typed, kept as it was typed, and read as a ``GroupPlan``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.directory.groups import MOST_MEMBERS, GroupPlan
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Organisation, Person, Strategy
from vaxel.portal.colleagues import named, one_named
from vaxel.portal.hours_form import read_date

LAST = 999
LONGEST = 4000


class GroupForm:
    """Members are told by their keys in ``member``, each with ``order-KEY``, ``in-KEY`` (logged in) and ``out-KEY`` (to be removed)."""

    FIELDS = (
        "strategy",
        "seconds",
        "overflow",
        "overflow_person",
        "mailbox",
        "pick_up",
        "first_day",
        "last_day",
        "add",
    )

    def __init__(self, group: Group, values: dict[str, str], keys: list[str]) -> None:
        self.group = group
        self.values = values
        self.keys = keys

    @classmethod
    def filled(cls, group: Group, post: QueryDict) -> GroupForm:
        values = {name: str(post.get(name, "")).replace("\x00", "")[:LONGEST] for name in post}
        return cls(group, values, list(dict.fromkeys(post.getlist("member")))[:MOST_MEMBERS])

    @classmethod
    def empty(cls, organisation: Organisation) -> GroupForm:
        """Of a group that isn't there yet."""
        return cls(
            Group(organisation=organisation), {"strategy": Strategy.ALL.value, "mailbox": "on", "pick_up": "on"}, []
        )

    @classmethod
    def of(cls, group: Group) -> GroupForm:
        """As the group is."""
        values = {
            "strategy": group.strategy,
            "seconds": "" if group.seconds is None else f"{group.seconds:g}",
            "overflow": f"g{group.overflow_group_id}" if group.overflow_group_id else "",
            "overflow_person": named(group.overflow_person) if group.overflow_person else "",
            "mailbox": "on" if group.mailbox else "",
            "pick_up": "on" if group.pick_up else "",
            "first_day": group.first_day.isoformat() if group.first_day else "",
            "last_day": group.last_day.isoformat() if group.last_day else "",
        }
        keys = []
        for n, membership in enumerate(group.memberships.order_by("position", "id"), 1):
            key = f"p{membership.person_id}"
            keys.append(key)
            values |= {f"order-{key}": str(n), f"in-{key}": "on" if membership.logged_in else ""}
        return cls(group, values, keys)

    def plan(self) -> GroupPlan:
        """The group that is wanted. Raises ``ValidationError`` by field for what can't be read."""
        errors: dict[str, list[str]] = {}
        members = sorted(
            (key for key in self.keys if not self.values.get(f"out-{key}")), key=lambda key: self._order(key, errors)
        )
        logged_in = {key for key in members if self.values.get(f"in-{key}")}
        for added in self._added(errors):
            members.append(added)
            logged_in.add(added)
        overflow = self._person("overflow_person", errors)
        if overflow and self.values.get("overflow"):
            errors["overflow_person"] = [_("Choose a group or a person, not both.")]
        seconds = self._seconds(errors)
        days = [
            read_date(self.values[field], field, errors) if self.values.get(field) else None
            for field in ("first_day", "last_day")
        ]
        if errors:
            raise ValidationError(errors)
        return GroupPlan(
            members=members,
            logged_in=frozenset(logged_in),
            strategy=self.values.get("strategy", ""),
            seconds=seconds,
            overflow=self.values.get("overflow", "") or overflow,
            mailbox=bool(self.values.get("mailbox")),
            pick_up=bool(self.values.get("pick_up")),
            first_day=days[0],
            last_day=days[1],
        )

    def _order(self, key: str, errors: dict[str, list[str]]) -> int:
        text = self.values.get(f"order-{key}", "").strip()
        if not text:
            return LAST
        if not text.isascii() or not text.isdecimal() or len(text) > 3:
            errors[f"order-{key}"] = [_("The order is a number: 1, 2, 3 …")]
            return LAST
        return int(text)

    def _added(self, errors: dict[str, list[str]]) -> list[str]:
        """One, or in the form of a new group one a line."""
        found = []
        for line in self.values.get("add", "").splitlines():
            if not line.strip():
                continue
            try:
                found.append(one_named(line.strip(), self.group.organisation_id).key)
            except ValidationError as error:
                errors.setdefault("add", []).extend(error.messages)
        return found

    def _person(self, field: str, errors: dict[str, list[str]]) -> str:
        text = self.values.get(field, "").strip()
        if not text:
            return ""
        try:
            return one_named(text, self.group.organisation_id).key
        except ValidationError as error:
            errors[field] = error.messages
            return ""

    def _seconds(self, errors: dict[str, list[str]]) -> float | None:
        text = self.values.get("seconds", "").strip().replace(",", ".")
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            errors["seconds"] = [_("Write a number of seconds, or nothing.")]
            return None

    # ── for the page ────────────────────────────────────────────────────────────────────────────────────────────────

    def members(self) -> list[dict[str, Any]]:
        """The rows of the list, as they were typed."""
        known = {
            person.key: person
            for person in Person.objects.filter(
                organisation_id=self.group.organisation_id, pk__in=[row(key, "p") or 0 for key in self.keys]
            ).select_related("unit")
        }
        return [
            {
                "key": key,
                "person": known[key],
                "order": self.values.get(f"order-{key}", ""),
                "logged_in": bool(self.values.get(f"in-{key}")),
                "out": bool(self.values.get(f"out-{key}")),
            }
            for key in self.keys
            if key in known
        ]

    def offered(self) -> list[str]:
        """People of the group's unit who aren't members yet."""
        if self.group.unit_id is None:
            return []
        others = Person.objects.filter(unit_id=self.group.unit_id, protected=False).prefetch_related("numbers")
        return [named(person) for person in others if person.key not in self.keys]
