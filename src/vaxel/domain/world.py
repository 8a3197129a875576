# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The world as routing sees it: an immutable snapshot of organisations, numbers, people, groups, hours, absences and operators.

Numbers are E.164 digits without ``+`` (ITU-T E.164). Ids are strings, unique over the installation. A snapshot is made from the
database by ``vaxel.directory.snapshot`` and handed to the controller, the prover and the tests alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from vaxel.domain.absence import Absence
from vaxel.domain.hours import Calendar, Schedule, Timetable
from vaxel.domain.rules import Rules


class NumberKind(StrEnum):
    MAIN = "main"
    DIRECT = "direct"
    GROUP = "group"


class NoAnswer(StrEnum):
    """Where a call goes when its person doesn't answer within the ring limit (SOL-2, FAL-1)."""

    VOICEMAIL = "voicemail"
    SWITCHBOARD = "switchboard"


class Strategy(StrEnum):
    """In which order the members of a group are rung. ``LONGEST_IDLE``: who has been left in peace longest comes first."""

    ALL = "all"
    ORDERED = "ordered"
    IN_TURN = "in_turn"
    LONGEST_IDLE = "longest_idle"


class Organisation(Struct, frozen=True, kw_only=True):
    """A municipality. ``schedule`` is the switchboard's hours, "" for always open; ``calendar`` its public holidays and closing days.

    ``languages``: in which callers hear everything, one after the other; empty: in ``language`` alone.
    """

    id: str
    name: str
    language: str
    country: str
    time_zone: str
    main_number: str
    welcome_phrase: str
    rules: Rules = Rules()
    schedule: str = ""
    calendar: Calendar = {}
    offer_seconds: float = 20.0
    recall_seconds: float = 25.0
    park_seconds: float = 120.0
    hold_seconds: float = 90.0
    voicemail_seconds: float = 180.0
    welcome_prompt: bool = True
    languages: tuple[str, ...] = ()


class Unit(Struct, frozen=True, kw_only=True):
    """``parent`` and ``schedule`` may be "". ``transfer_to``: a number or person to which alone it wants calls passed on (AAB-29)."""

    id: str
    organisation: str
    name: str
    parent: str = ""
    schedule: str = ""
    transfer_to: str = ""


class Person(Struct, frozen=True, kw_only=True):
    """Someone with a telephone. ``phones`` are SIP users, rung together.

    ``unit`` is its name, ``unit_id`` its key. ``function``: people of one organisation with the same function stand in for each other
    (FAL-1); ``more_functions`` are the others that she has, ``stands_in`` those of colleagues that she helps out with, after them.
    ``mobile`` is E.164, "" when there is none or its user hasn't agreed that calls are sent there (then ``mobile_withheld``). ``ended``: no
    longer employed, since that moment; ``successor`` is the key of who took over.
    """

    id: str
    organisation: str
    name: str
    unit: str
    number: str
    phones: tuple[str, ...]
    unit_id: str = ""
    function: str = ""
    more_functions: tuple[str, ...] = ()
    stands_in: tuple[str, ...] = ()
    schedule: str = ""
    no_answer: NoAnswer | None = None
    has_greeting: bool = False
    mobile: str = ""
    mobile_withheld: bool = False
    protected: bool = False
    ended: float | None = None
    successor: str = ""

    @property
    def shown(self) -> str:
        """Her name as calls and their record show it to all who see them: none when her identity is protected, but her number."""
        return "" if self.protected else self.name

    @property
    def functions(self) -> tuple[str, ...]:
        """All that she has, the main one first."""
        if not self.more_functions:
            return (self.function,) if self.function else ()
        return tuple(dict.fromkeys(name for name in (self.function, *self.more_functions) if name))


class Number(Struct, frozen=True, kw_only=True):
    """A dialled number and what it belongs to: the organisation's switchboard, a person, or a group of people."""

    number: str
    organisation: str
    kind: NumberKind
    owner: str = ""


class Group(Struct, frozen=True, kw_only=True):
    """``members`` are those logged in, in order; ``seconds`` is how long each round rings (None: the organisation's ring limit).

    ``overflow`` is the key of a group or person, ``mailbox`` whether it has a mailbox of its own: without either a call that nobody took
    goes to the switchboard. ``first``, ``last``: in use only between these moments (AAB-31). ``enrolled`` counts all members, also those
    not logged in. ``pick_up``: members may take each other's ringing calls.
    """

    id: str
    organisation: str
    name: str
    number: str
    members: tuple[str, ...]
    strategy: Strategy = Strategy.ALL
    seconds: float | None = None
    schedule: str = ""
    unit_id: str = ""
    overflow: str = ""
    mailbox: bool = False
    pick_up: bool = True
    enrolled: int = 0
    first: float | None = None
    last: float | None = None


class Operator(Struct, frozen=True, kw_only=True):
    """An operator and the organisations she serves. ``phone`` is the SIP user of her phone, ``phones`` those she may choose from.

    ``finds_protected``: she may name people whose identity is protected. ``supervises``: whose calls and operators she may step in for;
    ``reserve_for``: whom she can serve besides, when called in. ``code`` logs her on at any telephone of the house, "" for none.
    """

    id: str
    name: str
    organisations: tuple[str, ...]
    phone: str
    phones: tuple[str, ...] = ()
    finds_protected: bool = False
    supervises: tuple[str, ...] = ()
    reserve_for: tuple[str, ...] = ()
    code: str = ""


class PhoneOwner(Struct, frozen=True, kw_only=True):
    """Whose telephone it is. ``person`` and ``operator`` may both be "": a citizen's browser in the demonstration."""

    organisation: str = ""
    person: str = ""
    operator: str = ""
    browser: bool = False

    @property
    def shared(self) -> bool:
        """A desk phone of the house that is nobody's: any operator may sit there."""
        return bool(self.organisation) and not self.person and not self.operator and not self.browser


class World(Struct, frozen=True, kw_only=True, dict=True):
    """``phones`` is by SIP user, ``absences`` by person: those in force or to come. ``trunk`` carries outside calls; "" without one."""

    organisations: dict[str, Organisation]
    numbers: dict[str, Number]
    people: dict[str, Person]
    groups: dict[str, Group]
    operators: dict[str, Operator]
    phones: dict[str, PhoneOwner]
    units: dict[str, Unit] = {}
    schedules: dict[str, Schedule] = {}
    absences: dict[str, tuple[Absence, ...]] = {}
    trunk: str = ""
    version: int = 0

    @cached_property
    def known_timetables(self) -> dict[tuple[str, str], Timetable]:
        return {}

    @cached_property
    def same_function(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(organisation, function) → the keys of those who have it, then of those who stand in, oldest entry first."""
        return _grouped(self.people, _places_of)

    def colleagues_of(self, person: Person) -> tuple[str, ...]:
        """The keys of those who may be asked in her stead: with a function that she has. She is among them."""
        functions = person.functions
        if len(functions) == 1:
            return self.same_function.get((person.organisation, functions[0]), ())
        found = (self.same_function.get((person.organisation, function), ()) for function in functions)
        return tuple(dict.fromkeys(id_ for ids in found for id_ in ids))

    @cached_property
    def people_of_unit(self) -> dict[str, tuple[str, ...]]:
        """Unit → the keys of those who work there, oldest entry first."""
        return _grouped(self.people, _units_of)

    @cached_property
    def referred_to(self) -> dict[str, frozenset[str]]:
        """Person or group → those who refer to it in an absence."""
        found: dict[str, set[str]] = {}
        for person, absences in self.absences.items():
            for absence in absences:
                if absence.refer_id:
                    found.setdefault(absence.refer_id, set()).add(person)
        return {key: frozenset(people) for key, people in found.items()}

    @cached_property
    def numbers_of(self) -> dict[str, tuple[str, ...]]:
        """Person or group → its numbers."""
        found: dict[str, list[str]] = {}
        for number in self.numbers.values():
            if number.owner:
                found.setdefault(number.owner, []).append(number.number)
        return {key: tuple(numbers) for key, numbers in found.items()}

    @cached_property
    def ended(self) -> dict[str, Person]:
        """Those who have left, or will."""
        return {person.id: person for person in self.people.values() if person.ended is not None}

    @cached_property
    def groups_of(self) -> dict[str, tuple[str, ...]]:
        """Person → the keys of the groups that the person is logged in to."""
        found: dict[str, list[str]] = {}
        for group in self.groups.values():
            for member in group.members:
                found.setdefault(member, []).append(group.id)
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def followed_by(self) -> dict[str, frozenset[str]]:
        """Person or group → the groups that overflow to it and the leavers whom it succeeds."""
        found: dict[str, set[str]] = {}
        for left in self.ended.values():
            found.setdefault(left.successor, set()).add(left.id)
        for group in self.groups.values():
            found.setdefault(group.overflow, set()).add(group.id)
        found.pop("", None)
        return {key: frozenset(keys) for key, keys in found.items()}

    def leading_to(self, key: str) -> set[str]:
        """The people and groups whose calls may go on to ``key`` by overflow, succession or membership, and ``key`` itself."""
        found, waiting = {key}, [key]
        while waiting:
            at = waiting.pop()
            before = set(self.followed_by.get(at, ()))
            if at in self.groups:
                before.update(self.groups[at].members)
            waiting += before - found
            found |= before
        return found

    def inherit(self, old: World, changed: frozenset[str]) -> None:
        """Take over from ``old`` what was made of parts that are the same; ``changed`` are the keys of those that aren't."""
        for (schedule, home), table in old.known_timetables.items():
            before, now = old.schedules.get(schedule), self.schedules.get(schedule)
            if (now is before or now == before) and _same_days(
                self.organisations.get(home), old.organisations.get(home)
            ):
                self.known_timetables[schedule, home] = table
        made = self.__dict__
        if "same_function" in made:
            return
        if self.numbers is old.numbers:
            made["numbers_of"] = old.numbers_of
        if self.groups is old.groups:
            made["groups_of"] = old.groups_of
        if self.absences is old.absences:
            made["referred_to"] = old.referred_to
        if self.people is old.people:
            made["same_function"], made["ended"] = old.same_function, old.ended
            made["people_of_unit"] = old.people_of_unit
        else:
            made["same_function"] = _regrouped(old.same_function, old, self, changed, _places_of)
            made["people_of_unit"] = _regrouped(old.people_of_unit, old, self, changed, _units_of)
            kept = {key: person for key, person in old.ended.items() if key not in changed}
            leaving = {
                key: self.people[key] for key in changed & self.people.keys() if self.people[key].ended is not None
            }
            made["ended"] = {**kept, **leaving}

    def timetable(self, schedule: str, organisation: str) -> Timetable | None:
        """The hours called ``schedule``, in the time and with the holidays of ``organisation``; None for always open."""
        found = self.schedules.get(schedule)
        if found is None:
            return None
        key = (schedule, organisation)
        table = self.known_timetables.get(key)
        if table is None:
            home = self.organisations[organisation]
            table = Timetable(found, home.calendar, ZoneInfo(home.time_zone))
            self.known_timetables[key] = table
        return table

    def told(self, schedule: str, organisation: str) -> Timetable | None:
        """The hours called ``schedule`` as people are told them. None for always open.

        Who has none, even above, is rung at any time, but those who answer are expected in the switchboard's hours.
        """
        home = self.organisations.get(organisation)
        if home is None:
            return None
        found, opening = self.schedules.get(schedule), self.schedules.get(home.schedule)
        if found is None:
            return self.timetable(home.schedule, organisation)
        if found.base != "" or opening is None or schedule == home.schedule:
            return self.timetable(schedule, organisation)
        dated = replace(opening, id=schedule, dated=(*opening.dated, *found.dated))
        return Timetable(dated, home.calendar, ZoneInfo(home.time_zone))

    def transfers_of_unit(self, unit: str) -> str:
        """The number or person to which alone a unit, or the nearest above it, wants calls passed on; "" for whom was asked (AAB-29)."""
        for _ in range(len(self.units) + 1):
            found = self.units.get(unit)
            if found is None or found.transfer_to:
                return found.transfer_to if found else ""
            unit = found.parent
        return ""

    def schedule_of_unit(self, unit: str) -> str:
        """The hours of a unit, or of the nearest above it that has any; "" when none has."""
        return schedule_upwards(unit, self.units)


def schedule_upwards(unit: str, units: Mapping[str, Unit]) -> str:
    """The hours of ``unit``, or of the nearest above it that has any; "" when none has."""
    for _ in range(len(units) + 1):
        found = units.get(unit)
        if found is None:
            return ""
        if found.schedule:
            return found.schedule
        unit = found.parent
    return ""


def schedule_above(owner: Unit | Group | Person, units: Mapping[str, Unit]) -> str:
    """The hours that ``owner`` keeps when it has none of its own; "" when there are none above."""
    return schedule_upwards(owner.parent if isinstance(owner, Unit) else owner.unit_id, units)


def _same_days(one: Organisation | None, other: Organisation | None) -> bool:
    """Do hours say the same in both?"""
    if one is None or other is None:
        return False
    return one is other or (one.time_zone == other.time_zone and one.calendar == other.calendar)


def _age(key: str) -> tuple[int, str]:
    """Keys are a letter and a number that rises."""
    return len(key), key


Place = TypeVar("Place", bound=Hashable)


Placed = dict[Place, list[tuple[bool, str]]]
"""Place → (only stands in there, key)."""


def _places_of(person: Person) -> Iterable[tuple[tuple[str, str], bool]]:
    for function in person.functions:
        yield (person.organisation, function), False
    for function in person.stands_in:
        if function not in person.functions:
            yield (person.organisation, function), True


def _units_of(person: Person) -> Iterable[tuple[str, bool]]:
    if person.unit_id:
        yield person.unit_id, False


PlacesOf = Callable[[Person], Iterable[tuple[Place, bool]]]


def _grouped(people: dict[str, Person], places_of: PlacesOf[Place]) -> dict[Place, tuple[str, ...]]:
    found: Placed[Place] = {}
    for person in people.values():
        for place, stands_in in places_of(person):
            found.setdefault(place, []).append((stands_in, person.id))
    return {place: _in_order(ids) for place, ids in found.items()}


def _in_order(placed: Iterable[tuple[bool, str]]) -> tuple[str, ...]:
    return tuple(key for _stands_in, key in sorted(placed, key=lambda one: (one[0], _age(one[1]))))


def _regrouped(
    known: dict[Place, tuple[str, ...]], old: World, new: World, changed: frozenset[str], places_of: PlacesOf[Place]
) -> dict[Place, tuple[str, ...]]:
    """``known`` was grouped from ``old``; as it is in ``new``, where only ``changed`` differ."""
    came: Placed[Place] = {}
    for key in changed & new.people.keys():
        for place, stands_in in places_of(new.people[key]):
            came.setdefault(place, []).append((stands_in, key))
    left = {place for key in changed & old.people.keys() for place, _stands_in in places_of(old.people[key])}
    found = dict(known)
    for place in left | came.keys():
        kept = [
            (stands_in, id_)
            for id_ in found.pop(place, ())
            if id_ not in changed
            for there, stands_in in places_of(new.people[id_])
            if there == place
        ]
        placed = [*kept, *came.get(place, ())]
        if placed:
            found[place] = _in_order(placed)
    return found
