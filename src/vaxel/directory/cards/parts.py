# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the cards of people, groups and units share."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from vaxel.absence.presence import presences
from vaxel.absence.schemas import presence_out
from vaxel.directory.access import Actor
from vaxel.directory.models import Person, Place, Role, RoleKind, Unit
from vaxel.directory.numbers import readable
from vaxel.domain.world import World

MOST_LISTED = 60


def chain(unit: Unit | None) -> list[Unit]:
    """``unit`` and those above it, from below. One query a level."""
    found: list[Unit] = []
    while unit is not None and unit not in found:
        found.append(unit)
        unit = unit.parent
    return found


def path(units: list[Unit]) -> list[str]:
    """Their names, the highest first."""
    return [unit.name for unit in reversed(units)]


def opening(schedule: str, organisation: str, world: World) -> dict[str, Any]:
    """Open now, and until when; or when it opens. Without hours it is always open."""
    table = world.told(schedule, organisation)
    now = time.time()
    if table is None:
        return {"open": True, "until": None, "opens": None}
    if table.is_open(now):
        return {"open": True, "until": _moment(table.closing(now)), "opens": None}
    return {"open": False, "until": None, "opens": _moment(table.next_opening(now))}


def _moment(at: float | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC)


def transfer(unit: Unit | None, asked: str, world: World) -> dict[str, str] | None:
    """Where the unit wants calls passed on, and why; None when the one who was asked for may have them (AAB-29)."""
    to = "" if unit is None else world.transfers_of_unit(unit.key)
    if not to or to == asked:
        return None
    person = world.people.get(to)
    if person is not None and person.protected:
        return {"to": to, "why": _("The unit wants its calls at one person only.")}
    name = person.name if person is not None else readable(to)
    return {"to": to, "why": _("The unit wants its calls at %(name)s only.") % {"name": name}}


def contacts(units: list[Unit], organisation: str, kind: RoleKind = RoleKind.PHONE_CONTACT) -> list[dict[str, str]]:
    """The telephone contacts of the nearest unit that has any, else of the whole organisation (AAB-32). ``kind``: or managers."""
    roles = Role.objects.filter(organisation=organisation, kind=kind, person__protected=False).select_related("person")
    by_unit: dict[int | None, list[Person]] = {}
    for role in roles.filter(unit__in=units) | roles.filter(unit=None):
        by_unit.setdefault(role.unit_id, []).append(role.person)
    for place in (*(unit.pk for unit in units), None):
        if place in by_unit:
            return [{"id": person.key, "name": person.name} for person in by_unit[place]]
    return []


def listed(people: Iterable[Person]) -> list[dict[str, Any]]:
    """People in a list, those who are here first. Reads ``numbers``, which should be prefetched, and ``successor``."""
    people = list(people)
    here = presences(people)
    rows = [
        {
            "id": person.key,
            "name": person.name,
            "title": person.title,
            "number": next((number.number for number in person.numbers.all()), ""),
            "presence": presence_out(here[person.pk]),
        }
        for person in people
    ]
    return sorted(rows, key=lambda one: (not one["presence"]["here"], bool(one["presence"]["busy_until"])))


def visible(actor: Actor) -> dict[str, bool]:
    """A filter of people: those whom she may find."""
    return {} if actor.finds_protected else {"protected": False}


def place_words(place: Place | None, room: str = "") -> str:
    """Where to find somebody: “Town hall, room 214, Storgatan 15”."""
    parts = [place.name if place else "", _("room %(room)s") % {"room": room} if room else ""]
    parts.append(place.address if place else "")
    return ", ".join(part for part in parts if part)


def words(text: str) -> list[str]:
    """The parts of a text with commas or lines between them."""
    return [part for part in (piece.strip() for piece in text.replace("\n", ",").split(",")) if part]
