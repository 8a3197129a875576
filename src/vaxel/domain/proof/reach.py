# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a change reaches: which numbers, referrals and organisations must be looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from vaxel.domain.proof.checks import Subject, checking, subjects
from vaxel.domain.proof.shapes import shaping
from vaxel.domain.routing import names_upwards
from vaxel.domain.world import Person, World


class Reach:
    """Of a change of ``keys`` between two worlds, looked for in both: what was reached before may not be now.

    ``numbers`` are to be given their shape anew, ``referrers`` are people whose referrals to look at, ``organisations`` those whose
    checks to repeat. ``schedules`` are hours that may say something else: shapes that hold them keep their numbers, and are walked again.
    """

    def __init__(self, old: World, new: World, keys: frozenset[str]) -> None:
        self._old, self._new, self._keys = old, new, keys
        self.organisations = frozenset(self._homes())
        self.schedules = frozenset(self._schedules())
        self._units = {key for key in keys if key in old.units or key in new.units}
        self._groups: set[str] = set()
        own = {key for key in keys if key in old.people or key in new.people}
        ruled = set(self._in_renamed_units())
        self._people = {*own, *ruled, *self._in_units(), *self._standing_in()}
        self._groups |= {*self._of_members(), *self._of_keys()}
        leading = set(self._leading_here())
        self._groups |= {key for key in leading if key in old.groups or key in new.groups}
        self._people |= leading - self._groups
        self._checked = own | ruled | set(self._standing_in()) | set(self._members())
        self.numbers = list(dict.fromkeys(self._numbers()))
        self.referrers = self._referrers()

    @property
    def _worlds(self) -> tuple[World, World]:
        return self._old, self._new

    @property
    def keys(self) -> set[str]:
        """What a shape may hold, that no longer means what it did though the shape looks the same."""
        still = {key for key in self._keys & self._new.organisations.keys() if self._home_is_same(key)}
        return {*self._keys, *self._groups, *self._people, *self.schedules} - still

    def _home_is_same(self, home: str) -> bool:
        """Is an organisation itself as it was, its hours included? What its key stands for is then something beside it."""
        old, new = self._worlds
        before, now = old.organisations.get(home), new.organisations[home]
        return before == now and old.schedules.get(now.schedule) == new.schedules.get(now.schedule)

    def subjects(self) -> set[Subject]:
        """What to check again by itself."""
        if any(_checked_otherwise(key, self._old, self._new) for key in self._keys & self._new.organisations.keys()):
            return set(subjects(self._new))
        found: set[Subject] = {*self._keys, *self._checked, *self._groups, *self.organisations, *self._timed()}
        for world in self._worlds:
            owners = [world.people[key] for key in self._checked & world.people.keys()]
            for person in owners:
                places = (*person.functions, *person.stands_in)
                found |= {
                    *((person.organisation, function) for function in places),
                    person.unit_id,
                    *world.numbers_of.get(person.id, ()),
                }
            for key in self._groups & world.groups.keys():
                found.update(world.numbers_of.get(key, ()))
        return found

    def _timed(self) -> Iterator[str]:
        """Units and groups that keep hours which may be others now, and those that are staffed by people who do."""
        if not self.schedules and not self._units:
            return
        for world in self._worlds:
            of_unit = {unit: world.schedule_of_unit(unit) for unit in world.units}
            homes = {home for home in self._keys & world.organisations.keys()}
            for unit, schedule in of_unit.items():
                if schedule in self.schedules or (
                    _told_of_home(schedule, world) and world.units[unit].organisation in homes
                ):
                    yield unit
                    for person in world.people_of_unit.get(unit, ()):
                        yield from world.groups_of.get(person, ())
            for key, hours in self._own_hours(world):
                if hours in self.schedules:
                    yield from (key, world.people[key].unit_id, *world.groups_of.get(key, ()))
            for group in world.groups.values():
                schedule = group.schedule or of_unit.get(group.unit_id, "")
                if schedule in self.schedules or (_told_of_home(schedule, world) and group.organisation in homes):
                    yield group.id
        yield from self._moved_units()

    def _own_hours(self, world: World) -> Iterator[tuple[str, str]]:
        if len(self.schedules) > 1:
            yield from ((person.id, person.schedule) for person in world.people.values() if person.schedule)

    def _members(self) -> Iterator[str]:
        """Of groups that changed: whether people with one function have a group in common may be otherwise."""
        for world in self._worlds:
            for key in self._keys & world.groups.keys():
                yield from world.groups[key].members

    def _moved_units(self) -> set[str]:
        """Units that keep the hours of another than before."""
        old, new = self._worlds
        if not self._units:
            return set()
        return {
            unit
            for unit in old.units.keys() | new.units.keys()
            if old.schedule_of_unit(unit) != new.schedule_of_unit(unit)
        }

    def _in_renamed_units(self) -> Iterator[str]:
        """Of whom the policy may say something else because of her unit, or of one above it: it names them."""
        old, new = self._worlds
        rules = (home.rules for world in self._worlds for home in world.organisations.values())
        if not self._units or not any(one.differ_by_unit for one in rules):
            return
        for unit in old.units.keys() | new.units.keys():
            if _chain(unit, old) != _chain(unit, new):
                for world in self._worlds:
                    yield from world.people_of_unit.get(unit, ())

    def _schedules(self) -> Iterator[str]:
        old, new = self._worlds
        for world in self._worlds:
            for key in self._keys:
                parts = (world.units, world.groups, world.people, world.organisations)
                for owner in (part.get(key) for part in parts):
                    if owner is not None and owner.schedule:
                        yield owner.schedule
        if any(_kept_otherwise(key, old, new) for key in self._keys & new.organisations.keys()):
            yield from old.schedules.keys() | new.schedules.keys()

    def _homes(self) -> Iterator[str]:
        for world in self._worlds:
            for key in self._keys:
                if key in world.organisations:
                    yield key
                owners = (world.numbers.get(key), world.people.get(key), world.groups.get(key), world.units.get(key))
                yield from (owner.organisation for owner in owners if owner is not None)

    def _in_units(self) -> Iterator[str]:
        """Who keeps other hours than before because of her unit."""
        moved = self._moved_units()
        for world in self._worlds:
            for unit in moved:
                for key in world.people_of_unit.get(unit, ()):
                    person = world.people[key]
                    if not person.schedule:
                        yield key
                        yield from self._of_functions(person, world)

    def _standing_in(self) -> Iterator[str]:
        """People with the function of somebody who changed."""
        for world in self._worlds:
            for key in self._keys & world.people.keys():
                person = world.people[key]
                yield from self._of_functions(person, world)

    def _of_functions(self, person: Person, world: World) -> Iterator[str]:
        for function in (*person.functions, *person.stands_in):
            yield from world.same_function.get((person.organisation, function), ())

    def _of_members(self) -> Iterator[str]:
        for world in self._worlds:
            for key in self._people:
                yield from world.groups_of.get(key, ())

    def _of_keys(self) -> Iterator[str]:
        moved = self._moved_units()
        for world in self._worlds:
            yield from self._keys & world.groups.keys()
            if moved:
                yield from (
                    group.id for group in world.groups.values() if group.unit_id in moved and not group.schedule
                )

    def _leading_here(self) -> Iterator[str]:
        """Whose calls may go on to somebody reached."""
        for world in self._worlds:
            for key in self._people | self._groups:
                yield from world.leading_to(key)

    def _numbers(self) -> Iterator[str]:
        old, new = self._worlds
        rewritten = {key for key in self._keys & new.organisations.keys() if _shaped_otherwise(key, old, new)}
        if rewritten:
            yield from (number.number for number in new.numbers.values() if number.organisation in rewritten)
        for world in self._worlds:
            for key in self._people | self._groups:
                yield from world.numbers_of.get(key, ())
            yield from self._keys & world.numbers.keys()

    def _referrers(self) -> set[str]:
        """Those reached who are away, those to whom a call from here goes on, and whoever refers to somebody reached, along the chain."""
        found = self._people | self._groups | self._keys
        waiting = found | set(self._further())
        found |= waiting
        while waiting:
            waiting = {
                who for world in self._worlds for key in waiting for who in world.referred_to.get(key, ())
            } - found
            found |= waiting
        homes = {
            key for key in self._keys & self._new.organisations.keys() if _ruled_otherwise(key, self._old, self._new)
        }
        if homes:
            found |= {key for key in self._new.absences if _home_of(key, self._new) in homes}
        return {key for key in found if any(key in world.absences for world in self._worlds)}

    def _further(self) -> Iterator[str]:
        for world in self._worlds:
            waiting = set(self._people | self._groups)
            seen: set[str] = set()
            while waiting:
                key = waiting.pop()
                seen.add(key)
                group, person = world.groups.get(key), world.people.get(key)
                on = {group.overflow} if group else {person.successor} if person else set()
                on |= set(world.groups_of.get(key, ()))
                waiting |= on - seen - {""}
            yield from seen


def _told_of_home(schedule: str, world: World) -> bool:
    """Are people told the switchboard's hours, but for exceptions, since there are none above?"""
    found = world.schedules.get(schedule)
    return found is None or found.base == ""


def _chain(unit: str, world: World) -> tuple[str, ...]:
    known = world.units.get(unit)
    return () if known is None else names_upwards(known, world)


def _home_of(person: str, world: World) -> str:
    known = world.people.get(person)
    return known.organisation if known else ""


def _shaped_otherwise(home: str, old: World, new: World) -> bool:
    """May the numbers of ``home`` have other shapes?"""
    if home not in old.organisations:
        return True
    before, now = old.organisations[home], new.organisations[home]
    return before.rules != now.rules and shaping(before.rules) != shaping(now.rules)


def _ruled_otherwise(home: str, old: World, new: World) -> bool:
    """Has anything of an organisation changed but what its hours say?"""
    if home not in old.organisations:
        return True
    now = new.organisations[home]
    return replace(old.organisations[home], calendar=now.calendar, time_zone=now.time_zone) != now


def _checked_otherwise(home: str, old: World, new: World) -> bool:
    """May what is checked of everybody in ``home`` be another?"""
    if home not in old.organisations:
        return True
    before, now = old.organisations[home].rules, new.organisations[home].rules
    return before != now and checking(before) != checking(now)


def _kept_otherwise(home: str, old: World, new: World) -> bool:
    """May all hours of an organisation say something else, since its holidays do?"""
    if home not in old.organisations:
        return True
    before, now = old.organisations[home], new.organisations[home]
    return (before.calendar, before.time_zone) != (now.calendar, now.time_zone)
