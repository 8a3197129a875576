# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person's card: what she does, when she is back, how to reach her, and what a citizen may be told."""

from __future__ import annotations

from typing import Any

from vaxel.absence.calendars.selectors import until_tonight
from vaxel.absence.presence import Presence, presence
from vaxel.absence.schemas import presence_out
from vaxel.directory import current, telling
from vaxel.directory.access import Actor
from vaxel.directory.cards import parts
from vaxel.directory.hours import today_in
from vaxel.directory.keys import row
from vaxel.directory.models import FunctionRole, Person, Published, Substitute
from vaxel.directory.publication import published
from vaxel.domain import routing
from vaxel.domain.world import World


def person_card(actor: Actor, person: Person) -> dict[str, Any]:
    """``docs/rest-api.md``. A dozen queries, however large the directory is."""
    world = current.recent()
    units = parts.chain(person.unit)
    now = presence(person)
    numbers = telling.numbers_of(person, units)
    return {
        "id": person.key,
        "kind": "person",
        "organisation": person.organisation_id,
        "name": person.name,
        "title": person.title,
        "unit": person.unit.name if person.unit else "",
        "unit_id": person.unit.key if person.unit else "",
        "unit_path": parts.path(units),
        **_functions(person),
        "number": next((one.number for one in person.numbers.all()), ""),
        "email": person.email,
        "email_tell": Published.EMAIL in published(person),
        "tasks": person.tasks,
        "task_list": task_list(person),
        "presence": presence_out(now),
        "protected": person.protected,
        "numbers": numbers,
        "tell_number": telling.to_tell(numbers),
        "mobile": {"reachable": telling.mobile_reachable(person), "tell": telling.mobile_told(person)},
        "back_at": now.back,
        "absence": _absence(now),
        "calendar": until_tonight(person),
        "same_function": _same_function(actor, person, world),
        "substitute": _substitute(actor, person),
        "successor": _named(actor, person.successor),
        "transfer": parts.transfer(person.unit, person.key, world),
        "may_tell": person.may_tell,
        "prefers": person.prefers or "phone",
        "place": parts.place_words(person.place or (person.unit.place if person.unit else None), person.room),
        "opening": _opening(person, world),
        "contacts": parts.contacts(units, person.organisation_id),
        "note": person.note,
    }


def _functions(person: Person) -> dict[str, Any]:
    further = list(person.further_functions.all())
    more = [one.name for one in further if one.role == FunctionRole.DOES]
    return {
        "function": person.function,
        "functions": list(dict.fromkeys(name for name in (person.function, *more) if name)),
        "stands_in": [one.name for one in further if one.role == FunctionRole.STANDS_IN],
    }


def task_list(person: Person) -> list[str]:
    """Tasks of the register that she handles, her main ones first, then those in her own words."""
    handled = [one.task.name for one in person.handlings.select_related("task").order_by("-main", "position", "id")]
    return list(dict.fromkeys([*handled, *parts.words(person.tasks)]))


def _absence(now: Presence) -> dict[str, Any] | None:
    if now.here:
        return None
    return {"reason": now.reason, "until": now.back, "message": now.message, "refer_name": now.refer_name}


def _same_function(actor: Actor, person: Person, world: World) -> list[dict[str, Any]]:
    known = world.people.get(person.key)
    keys = world.colleagues_of(known) if known is not None else ()
    rows = [row(key, "p") or 0 for key in keys if key != person.key][: parts.MOST_LISTED]
    today = today_in(person.organisation.time_zone)
    people = Person.objects.filter(pk__in=rows, **parts.visible(actor)).exclude(last_day__lt=today)
    order = {row_: n for n, row_ in enumerate(rows)}
    found = sorted(people.select_related("successor").prefetch_related("numbers"), key=lambda one: order[one.pk])
    return parts.listed(found)


def _substitute(actor: Actor, person: Person) -> dict[str, Any] | None:
    """The one whose period is now; else the one who always is."""
    today = today_in(person.organisation.time_zone)
    visible = {f"substitute__{field}": value for field, value in parts.visible(actor).items()}
    rows = Substitute.objects.filter(person=person, **visible).exclude(last_day__lt=today).exclude(first_day__gt=today)
    found = rows.select_related("substitute").first()
    return None if found is None else _named(actor, found.substitute)


def _named(actor: Actor, person: Person | None) -> dict[str, Any] | None:
    if person is None or (person.protected and not actor.finds_protected):
        return None
    return {
        "id": person.key,
        "name": person.name,
        "number": next((one.number for one in person.numbers.all()), ""),
    }


def _opening(person: Person, world: World) -> dict[str, Any]:
    known = world.people.get(person.key)
    schedule = routing.schedule_of(known, world) if known else ""
    return parts.opening(schedule, person.organisation_id, world)
