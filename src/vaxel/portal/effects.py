# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a change would do to callers, in words, before it is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _
from msgspec import Struct
from msgspec.structs import replace

from vaxel.absence.models import Absence
from vaxel.directory import current
from vaxel.directory.models import Person
from vaxel.directory.numbers import readable
from vaxel.directory.protection import somebody
from vaxel.directory.spans import written
from vaxel.domain.explain import Line
from vaxel.domain.hours import Span
from vaxel.domain.world import World
from vaxel.policy.compile import Compiled
from vaxel.portal import seen
from vaxel.proof import tree
from vaxel.proof.effect import ChangedHours, ChangedTransfer, Effect
from vaxel.proof.hiding import Hiding

DAYS_LISTED = 7
"""So many of the days on which hours are others are listed: of other weekly hours, a week."""
DEEPEST = 6
"""Deeper lines are shown no further in: there is no room on a telephone's screen."""


class Step(Struct, frozen=True, kw_only=True):
    """One line of what happens to a call. ``depth`` 0–6; ``branch`` is how it gets there, "" when it simply goes on."""

    depth: int
    branch: str
    told: str
    clause: str


class Way(Struct, frozen=True, kw_only=True):
    """What happens to a call to ``name`` at ``at``, by the municipality's clock. ``before`` is empty when only what will be is told."""

    name: str
    number: str
    at: datetime
    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    others: int = 0


class Day(Struct, frozen=True, kw_only=True):
    """When it is open on ``day``; "" for closed."""

    day: date
    before: str
    after: str


class Hours(Struct, frozen=True, kw_only=True):
    """The days of the coming year on which the hours of ``name`` are others: the first of them, and how many more there are."""

    name: str
    days: tuple[Day, ...]
    more: int = 0


class Told(Struct, frozen=True, kw_only=True):
    """The effect of a change. ``numbers``: how many have calls that go another way; ``hours``: whose are others; ``transfers``: where
    operators are asked to pass calls on, in sentences; ``refused``: why it can't be saved; ``warnings``: what its maker
    must accept first. ``asked``: it was to be saved, and only they are told.
    """

    ways: tuple[Way, ...] = ()
    numbers: int = 0
    hours: tuple[Hours, ...] = ()
    transfers: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    asked: bool = False

    @property
    def unlisted(self) -> int:
        """How many of ``numbers`` no way stands for."""
        return max(0, self.numbers - sum(1 + way.others for way in self.ways))

    @property
    def silent(self) -> bool:
        """Does no caller notice anything?"""
        return not (self.ways or self.hours or self.transfers or self.refused or self.warnings)


def steps(lines: Iterable[Line]) -> tuple[Step, ...]:
    """Lines of the tree in words."""
    return tuple(
        Step(depth=min(line.depth, DEEPEST), branch=tree.branch(line), told=tree.told(line), clause=line.clause)
        for line in lines
    )


def of_absence(absence: Absence, replacing: Absence | None = None) -> Told:
    """What a caller of the person's number meets while ``absence``, not saved yet, is in force. ``replacing``: the one it is instead of."""
    world = _with_absence(current.world(), absence, replacing)
    return _met(absence.person, world, _typical_moment(absence, world))


def _with_absence(world: World, absence: Absence, replacing: Absence | None) -> World:
    key = absence.person.key
    gone = replacing.key if replacing else ""
    others = tuple(other for other in world.absences.get(key, ()) if other.id != gone)
    return replace(world, absences={**world.absences, key: (*others, absence.value())})


def _typical_moment(absence: Absence, world: World) -> float:
    """As it begins, or, when the municipality is closed then, when it next opens."""
    home = world.organisations[absence.organisation_id]
    start = max(absence.start.timestamp(), time.time()) + 1
    table = world.timetable(home.schedule, home.id)
    opens = table.next_opening(start) if table else None
    over = absence.end.timestamp() if absence.end else None
    return start if opens is None or (over is not None and opens >= over) else opens


def of_person(person: Person) -> Told:
    """What a caller of her number meets now."""
    return _met(person, current.world(), time.time())


def _met(person: Person, world: World, at: float) -> Told:
    """What a caller of her number meets at ``at``."""
    known = world.people.get(person.key)
    if known is None or not known.number:
        return Told()
    found = tree.explained(known.number, "", at, world)
    zone = ZoneInfo(person.organisation.time_zone)
    way = Way(
        name=known.name,
        number=known.number,
        at=_local(at, zone),
        after=steps(Hiding(None, world, {known.id}).lines(found.lines)),
    )
    return Told(ways=(way,))


def of_change(organisation: str, change: Callable[[], object]) -> Told:
    """What ``change`` would bring: it is carried out and taken back. What it raises is passed on."""
    from vaxel.proof import guard

    return _told(guard.tried(organisation, change), organisation)


def of_policy(organisation: str, compiled: Compiled) -> Told:
    """What putting ``compiled`` in force would bring."""
    from vaxel.proof import guard

    return _told(guard.tried_policy(organisation, compiled), organisation)


def _told(found: Effect, organisation: str) -> Told:
    from vaxel.proof import guard

    world = current.world()
    zone, hiding = ZoneInfo(world.organisations[organisation].time_zone), Hiding(None, world)
    ways = tuple(
        Way(
            name=one.name or somebody(),
            number=one.number,
            at=_local(one.at, zone),
            before=steps(hiding.lines(one.before)),
            after=steps(hiding.lines(one.after)),
            others=one.others,
        )
        for one in found.changed
    )
    refused = tuple(guard.refusals(found.comparison.counterexamples, world))
    warnings = tuple(guard.refusals(found.comparison.warnings, world))
    hours = tuple(map(_told_hours, found.hours))
    transfers = tuple(map(_told_transfer, found.transfers))
    return Told(ways=ways, numbers=found.numbers, hours=hours, transfers=transfers, refused=refused, warnings=warnings)


def _local(at: float, zone: ZoneInfo) -> datetime:
    """As the clock there shows it: without a zone, so that no page turns it into its own."""
    return datetime.fromtimestamp(at, zone).replace(tzinfo=None)


def _told_transfer(found: ChangedTransfer) -> str:
    if not found.to:
        return _("Operators pass calls to %(unit)s on to whomever the caller asks for.") % {"unit": found.unit}
    person = current.world().people.get(found.to)
    to = (person.shown or somebody()) if person is not None else readable(found.to)
    return _("Operators are asked to pass calls to %(unit)s on to %(to)s only.") % {"unit": found.unit, "to": to}


def _told_hours(found: ChangedHours) -> Hours:
    days = tuple(
        Day(day=one.day, before=_spans(one.before), after=_spans(one.after)) for one in found.days[:DAYS_LISTED]
    )
    return Hours(name=found.owner or somebody(), days=days, more=len(found.days) - len(days))


def _spans(spans: Iterable[Span]) -> str:
    return written([[span.start, span.end] for span in spans])


def shown_or_saved(request: HttpRequest, organisation: str, change: Callable[[], object]) -> Told | None:
    """What ``change`` would bring, to be shown first; None when it has been carried out: that was seen, or no caller notices anything."""
    if request.POST.get("do") == "save" and seen.is_seen(request):
        return saved(request, change)
    told = of_change(organisation, change)
    return saved(request, change) if told.silent else told


def saved(request: HttpRequest, change: Callable[[], object]) -> Told | None:
    """Carry out ``change``, and return None; or what its maker has to accept first, when she hasn't. What it raises is passed on."""
    from vaxel.proof.guard import Unaccepted, asking

    with nullcontext() if request.POST.get(seen.ACCEPTED) else asking():
        try:
            change()
        except Unaccepted as error:
            return Told(warnings=tuple(error.messages), asked=True)
    return None
