# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A unit's card: what it does, who works there, when it is open, and where it wants its calls."""

from __future__ import annotations

from typing import Any

from vaxel.directory import current, telling
from vaxel.directory.access import Actor
from vaxel.directory.cards import parts
from vaxel.directory.hours import today_in
from vaxel.directory.models import Person, RoleKind, Unit


def unit_card(actor: Actor, unit: Unit) -> dict[str, Any]:
    """``docs/rest-api.md``."""
    world = current.recent()
    units = parts.chain(unit)
    numbers = telling.numbers_of_unit(units)
    tasks = [task.name for task in unit.tasks.order_by("name")]
    schedule = world.schedule_of_unit(unit.key)
    return {
        "id": unit.key,
        "kind": "unit",
        "organisation": unit.organisation_id,
        "name": unit.name,
        "title": unit.get_kind_display(),
        "unit": unit.parent.name if unit.parent else "",
        "unit_id": unit.parent.key if unit.parent else "",
        "unit_path": parts.path(units),
        "number": numbers[0].number if numbers else "",
        "email": unit.email,
        "email_tell": bool(unit.email),
        "tasks": ", ".join(tasks),
        "task_list": tasks,
        "numbers": numbers,
        "tell_number": telling.to_tell(numbers),
        "transfer": parts.transfer(unit, unit.key, world),
        "may_tell": unit.description,
        "place": parts.place_words(unit.place),
        "opening": parts.opening(schedule, unit.organisation_id, world),
        "contacts": parts.contacts(units, unit.organisation_id),
        "managers": parts.contacts(units, unit.organisation_id, RoleKind.MANAGER),
        "members": parts.listed(_staff(actor, unit)),
        "groups": [_small(group, group.numbers.all()) for group in unit.groups.prefetch_related("numbers")],
        "units": [{"id": one.key, "name": one.name, "number": one.number} for one in unit.children.all()],
    }


def _staff(actor: Actor, unit: Unit) -> list[Person]:
    today = today_in(unit.organisation.time_zone)
    people = Person.objects.filter(unit=unit, **parts.visible(actor)).exclude(last_day__lt=today)
    return list(people.select_related("successor").prefetch_related("numbers")[: parts.MOST_LISTED])


def _small(group: Any, numbers: Any) -> dict[str, str]:
    return {"id": group.key, "name": group.name, "number": next((one.number for one in numbers), "")}
