# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is here and who is away, why, and when she is back: what an operator sees beside a name (AAB-8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils import timezone
from msgspec import Struct

from vaxel.absence.calendars.selectors import busy_now
from vaxel.absence.models import Absence, Reason, not_over
from vaxel.directory import current
from vaxel.directory.models import Person
from vaxel.domain import routing
from vaxel.domain import world as domain
from vaxel.domain.absence import Absence as Away
from vaxel.domain.absence import away


class Presence(Struct, frozen=True, kw_only=True):
    """``here``: neither absent nor gone for good. ``back``: when she is expected, None when here or not known.

    ``reason`` is a code of ``domain.absence``, or ``left`` for an employment that has ended. ``refer_name`` tells whom she refers to.
    ``busy_until``: she is here, but her calendar has something until then.
    """

    here: bool = True
    reason: str = ""
    back: datetime | None = None
    message: str = ""
    refer: str = ""
    refer_name: str = ""
    busy_until: datetime | None = None

    @property
    def reason_words(self) -> str:
        """The reason in words, in the language of the page."""
        return str(Reason(self.reason).label) if self.reason in Reason.values else ""


HERE = Presence()


def presences(people: Iterable[Person]) -> dict[int, Presence]:
    """Person's row → presence now. Two queries for all of them."""
    now = timezone.now()
    people = list(people)
    found: dict[int, list[Absence]] = defaultdict(list)
    rows = Absence.objects.filter(not_over(now), person__in=people)
    for row in rows.select_related("refer_person", "refer_group"):
        found[row.person_id].append(row)
    busy = busy_now(people, now)
    return {person.pk: _presence(person, found[person.pk], now, busy.get(person.pk)) for person in people}


def presence(person: Person) -> Presence:
    """The same of one."""
    return presences([person])[person.pk]


def _presence(person: Person, rows: list[Absence], now: datetime, busy: datetime | None) -> Presence:
    if person.last_day is not None and person.last_day < now.date():
        return Presence(here=False, reason="left", refer_name=person.successor.name if person.successor else "")
    world = current.recent()
    known = world.people.get(person.key)
    here = HERE if busy is None else Presence(busy_until=busy)
    if not rows or known is None:
        return here
    home = world.organisations[known.organisation]
    merged = away((row.value() for row in rows), now.timestamp(), home.rules.merge_gap)
    return here if merged is None else _away(merged, _row(rows, merged), known)


def presence_by(person: Person, absence: Absence) -> Presence:
    """What it would be if she were away by ``absence``, which needn't be saved, alone."""
    known = current.recent().people.get(person.key)
    return HERE if known is None else _away(absence.value(), absence, known)


def _away(merged: Away, row: Absence, known: domain.Person) -> Presence:
    world = current.recent()
    at = routing.back_at(merged, known, world.organisations[known.organisation], world)
    named = row.refer_person or row.refer_group
    return Presence(
        here=False,
        reason=row.reason,
        back=None if at is None else datetime.fromtimestamp(at, UTC),
        message=row.message,
        refer=row.refer,
        refer_name=named.name if named else "",
    )


def _row(rows: list[Absence], merged: Away) -> Absence:
    return next(row for row in rows if row.key == merged.id)
