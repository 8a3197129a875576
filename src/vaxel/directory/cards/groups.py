# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A group's card: who is in it and gets its calls, and when."""

from __future__ import annotations

from typing import Any

from vaxel.directory import current, telling
from vaxel.directory.access import Actor
from vaxel.directory.cards import parts
from vaxel.directory.models import Group


def group_card(actor: Actor, group: Group) -> dict[str, Any]:
    """``docs/rest-api.md``. Members who are logged out are listed, too."""
    world = current.recent()
    units = parts.chain(group.unit)
    numbers = telling.numbers_of_group(group, units)
    known = world.groups.get(group.key)
    schedule = (known.schedule if known else "") or (world.schedule_of_unit(group.unit.key) if group.unit else "")
    tasks = [task.name for task in group.unit.tasks.order_by("name")] if group.unit else []
    return {
        "id": group.key,
        "kind": "group",
        "organisation": group.organisation_id,
        "name": group.name,
        "title": group.get_strategy_display(),
        "unit": group.unit.name if group.unit else "",
        "unit_id": group.unit.key if group.unit else "",
        "unit_path": parts.path(units),
        "number": next((one.number for one in group.numbers.all()), ""),
        "email": group.unit.email if group.unit else "",
        "email_tell": bool(group.unit and group.unit.email),
        "tasks": ", ".join(tasks),
        "task_list": tasks,
        "numbers": numbers,
        "tell_number": telling.to_tell(numbers),
        "transfer": parts.transfer(group.unit, group.key, world),
        "may_tell": group.unit.description if group.unit else "",
        "place": parts.place_words(group.unit.place if group.unit else None),
        "opening": parts.opening(schedule, group.organisation_id, world),
        "contacts": parts.contacts(units, group.organisation_id),
        "members": _members(actor, group),
    }


def _members(actor: Actor, group: Group) -> list[dict[str, Any]]:
    memberships = group.memberships.select_related("person__successor").prefetch_related("person__numbers")
    found = [one for one in memberships if actor.finds_protected or not one.person.protected][: parts.MOST_LISTED]
    logged_in = {one.person.key: one.logged_in for one in found}
    return [{**row, "logged_in": logged_in[row["id"]]} for row in parts.listed(one.person for one in found)]
