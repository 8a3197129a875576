# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a change would do, told before it is saved: whose calls would go another way, and what the proof says to it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from vaxel.domain.explain import Line, explain
from vaxel.domain.hours import DAY, Span, Timetable
from vaxel.domain.plan import Announce, Dictate, Enter, HangUp, Keep, Menu, Option, Queue, Ring, Step, Voicemail
from vaxel.domain.proof import Proof
from vaxel.domain.proof.prover import decisions
from vaxel.domain.proof.reach import Reach
from vaxel.domain.proof.shapes import shape_of
from vaxel.domain.proof.stretches import Stretches
from vaxel.domain.routing import plan
from vaxel.domain.world import Group, Organisation, Person, Unit, World
from vaxel.proof.comparison import Comparison, compared
from vaxel.proof.differences import touched

DAYS = 14
"""So far ahead calls are compared: a fortnight has every weekday twice, and shows nobody the calls of next summer."""
A_YEAR = 371
"""So far where nothing differs before, and hours: all seasons and holidays, to the end of the week."""
MOST = 50
"""So many kinds of numbers are told of."""
BEGINNINGS = 4
"""So many moments from which on hours are others are looked at: of a day, opening and closing, with a lunch between."""
ONE_BY_ONE = 500
"""Up to so many numbers are each compared; of more, one of each shape."""


Owner = Organisation | Unit | Group | Person


class Changed(Struct, frozen=True, kw_only=True):
    """``number`` stands for ``others`` more whose calls change alike; ``at`` is a moment at which it shows.

    ``before`` is empty for a number that is new, ``after`` for one that is gone.
    """

    number: str
    name: str
    at: float
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    others: int = 0


class ChangedDay(Struct, frozen=True, kw_only=True):
    """When it is open on ``day``, before and after."""

    day: date
    before: tuple[Span, ...]
    after: tuple[Span, ...]


class ChangedHours(Struct, frozen=True, kw_only=True):
    """On which days of the coming year the hours of ``owner`` (a name, "" when that is protected) are others, as people are told them."""

    owner: str
    days: tuple[ChangedDay, ...]


class ChangedTransfer(Struct, frozen=True, kw_only=True):
    """Where the ``unit`` (a name) wants its calls passed on: the key of a person, a number, or "" for whom the caller asks for."""

    unit: str
    to: str


class Effect(Struct, frozen=True, kw_only=True):
    """``numbers`` counts those whose calls change; ``changed`` tells of one of each kind, ``hours`` whose hours are others.

    ``transfers``: whose wish is another as to where operators pass on its calls.
    """

    comparison: Comparison
    numbers: int
    changed: tuple[Changed, ...]
    hours: tuple[ChangedHours, ...]
    transfers: tuple[ChangedTransfer, ...] = ()


def effect(before: Proof, after: Proof, organisation: str) -> Effect:
    """Of the change between two proofs of ``organisation``, over the coming fortnight, or the year when it shows later."""
    old, new = before.world, after.world
    start = after.summary.start
    found: list[Changed] = []
    for days in (DAYS, A_YEAR):
        if not found and old is not new:
            stretches = Stretches(start, start + days * 86_400.0)
            found += _changed(old, new, organisation, stretches, _beginnings(old, new, organisation, stretches))
    found.sort(key=lambda one: (-one.others, one.number))
    return Effect(
        comparison=compared(before, after),
        numbers=sum(1 + one.others for one in found),
        changed=tuple(found[:MOST]),
        hours=tuple(_hours(old, new, organisation, start)),
        transfers=tuple(
            ChangedTransfer(unit=unit.name, to=unit.transfer_to)
            for key, unit in new.units.items()
            if unit.organisation == organisation and key in old.units and unit.transfer_to != old.units[key].transfer_to
        ),
    )


def _beginnings(old: World, new: World, organisation: str, stretches: Stretches) -> set[float]:
    """When hours that are others are so for the first time: one closed day is to the proof as any other."""
    found: set[float] = set()
    pairs = {(was, now) for _owner, was, now in _other_hours(old, new, organisation)}
    for was, now in sorted(pairs)[:MOST]:
        tables = old.timetable(was, organisation), new.timetable(now, organisation)
        before, after = (set(table.changes(stretches.start, stretches.end)) if table else set() for table in tables)
        found.update(sorted(before ^ after)[:BEGINNINGS])
    return found


def _changed(
    old: World, new: World, organisation: str, stretches: Stretches, beginnings: set[float]
) -> Iterator[Changed]:
    found: dict[Hashable, Changed] = {}
    for kind, numbers in _alike(old, new, organisation):
        one = _first_difference(numbers[0], old, new, stretches, beginnings)
        if one is not None:
            told = found.get((kind, one.at))
            more = len(numbers) if told else len(numbers) - 1
            found[kind, one.at] = replace(told or one, others=(told.others if told else 0) + more)
    yield from found.values()


def _alike(old: World, new: World, organisation: str) -> Iterator[tuple[Hashable, list[str]]]:
    """The numbers that a change may reach, by their shapes before and after: each alone, or, when they are many, those of a kind as one."""
    numbers = _reached(old, new, organisation)
    each = len(numbers) <= ONE_BY_ONE
    kinds: dict[Hashable, list[str]] = {}
    for number in numbers:
        kind = _shape(number, old), _shape(number, new)
        if each:
            yield kind, [number]
        else:
            kinds.setdefault((kind, _present(number, old), _present(number, new)), []).append(number)
    yield from kinds.items()


def _reached(old: World, new: World, organisation: str) -> list[str]:
    keys = touched(old, new)
    if keys is None or organisation in keys:
        found: Iterable[str] = (*old.numbers, *new.numbers)
    else:
        reach = Reach(old, new, keys)
        referring = (
            number for world in (old, new) for who in reach.referrers for number in world.numbers_of.get(who, ())
        )
        found = (*reach.numbers, *referring)
    return [number for number in dict.fromkeys(found) if organisation in (_home(number, old), _home(number, new))]


def _home(number: str, world: World) -> str:
    known = world.numbers.get(number)
    return known.organisation if known is not None else ""


def _shape(number: str, world: World) -> Hashable:
    known = world.numbers.get(number)
    return None if known is None else shape_of(known, world)


def _present(number: str, world: World) -> Hashable:
    """Absences that there are, which shapes leave out."""
    known = world.numbers.get(number)
    return () if known is None else world.absences.get(known.owner, ())


def _first_difference(
    number: str, old: World, new: World, stretches: Stretches, beginnings: set[float]
) -> Changed | None:
    moments = beginnings | {at for world in (old, new) for at, _step in _decisions(number, world, stretches)}
    for at in sorted(moments) or [stretches.start]:
        routes = [plan(number, False, world, at) for world in (old, new)]
        if bare(routes[0].plan) != bare(routes[1].plan):
            before, after = (
                explain(route, at, world) if number in world.numbers else ()
                for route, world in zip(routes, (old, new), strict=True)
            )
            name = routes[1].dialled_name or routes[0].dialled_name
            return Changed(number=number, name=name, at=at, before=before, after=after)
    return None


def _decisions(number: str, world: World, stretches: Stretches) -> Iterator[tuple[float, Step]]:
    return decisions(number, world, stretches) if number in world.numbers else iter(())


def bare(step: Step) -> Step:
    """A plan without reasons and clauses: what is left is what callers meet."""
    match step:
        case Announce():
            return replace(step, why="", clause="", then=bare(step.then))
        case Ring():
            return replace(step, why="", clause="", then=bare(step.then))
        case Menu():
            options = tuple(
                Option(digit=option.digit, code=option.code, then=bare(option.then)) for option in step.options
            )
            return replace(step, why="", clause="", options=options, otherwise=bare(step.otherwise))
        case Queue():
            return replace(step, why="", clause="", reason=replace(step.reason, clause=""))
        case Voicemail() | HangUp() | Dictate() | Keep() | Enter():
            return replace(step, why="", clause="")


def _hours(old: World, new: World, organisation: str, start: float) -> Iterator[ChangedHours]:
    first = datetime.fromtimestamp(start, ZoneInfo(new.organisations[organisation].time_zone)).date()
    for owner, was, now in _other_hours(old, new, organisation):
        days = tuple(_days(old.told(was, organisation), new.told(now, organisation), first))
        if days:
            yield ChangedHours(owner=owner.shown if isinstance(owner, Person) else owner.name, days=days)


def _other_hours(old: World, new: World, organisation: str) -> Iterator[tuple[Owner, str, str]]:
    """Whose hours say something else, by themselves or because of the switchboard's holidays: which they had, which they have."""
    before, after = old.organisations.get(organisation), new.organisations[organisation]
    other_days = before is None or before.calendar != after.calendar
    for part in ("organisations", "units", "groups", "people"):
        olds, news = getattr(old, part), getattr(new, part)
        for key, owner in news.items():
            if organisation not in (key, getattr(owner, "organisation", "")):
                continue
            was, now = (owners[key].schedule if key in owners else "" for owners in (olds, news))
            if old.schedules.get(was) != new.schedules.get(now) or (other_days and (was or now)):
                yield owner, was, now


def _days(before: Timetable | None, after: Timetable | None, first: date) -> Iterator[ChangedDay]:
    for ahead in range(A_YEAR):
        day = first + timedelta(days=ahead)
        was, now = ((Span(0, DAY),) if table is None else table.wall_clock(day) for table in (before, after))
        if was != now:
            yield ChangedDay(day=day, before=was, after=now)
