# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a change reaches: which numbers, referrals and organisations must be looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from vaxel.domain.proof.checks import Subject, subjects
from vaxel.domain.world import World


class Reach:
    """Of a change of ``keys`` between two worlds, looked for in both: what was reached before may not be now.

    ``numbers`` are to be given their shape anew, ``referrers`` are people whose referrals to look at, ``organisations`` those whose
    checks to repeat.
    """

    def __init__(self, old: World, new: World, keys: frozenset[str]) -> None:
        self._old, self._new, self._keys = old, new, keys
        self.organisations = frozenset(self._homes())
        self._groups: set[str] = set()
        self._people = {key for key in keys if key in old.people or key in new.people}
        self._people |= {*self._in_units(), *self._standing_in()}
        self._groups |= {*self._of_members(), *self._of_keys()}
        leading = set(self._leading_here())
        self._groups |= {key for key in leading if key in old.groups or key in new.groups}
        self._people |= leading - self._groups
        self.numbers = list(dict.fromkeys(self._numbers()))
        self.referrers = self._referrers()

    @property
    def _worlds(self) -> tuple[World, World]:
        return self._old, self._new

    @property
    def keys(self) -> set[str]:
        """What a shape may hold, that no longer means what it did though the shape looks the same."""
        return {*self._keys, *self._groups, *self._people, *self._schedules()}

    def subjects(self) -> set[Subject]:
        """What to check again by itself."""
        found: set[Subject] = {*self._keys, *self._people, *self._groups, *self.numbers, *self.organisations}
        for world in self._worlds:
            owners = [world.people[key] for key in self._people & world.people.keys()]
            for person in owners:
                found |= {(person.organisation, person.function), person.unit_id}
        rewritten = self._keys & self._new.organisations.keys()
        if rewritten:
            found |= set(subjects(self._new))
        return found

    def _schedules(self) -> Iterator[str]:
        for world in self._worlds:
            for key in self._keys:
                for owner in (world.units.get(key), world.groups.get(key), world.people.get(key)):
                    if owner is not None and owner.schedule:
                        yield owner.schedule

    def _homes(self) -> Iterator[str]:
        for world in self._worlds:
            for key in self._keys:
                if key in world.organisations:
                    yield key
                owners = (world.numbers.get(key), world.people.get(key), world.groups.get(key), world.units.get(key))
                yield from (owner.organisation for owner in owners if owner is not None)

    def _in_units(self) -> Iterator[str]:
        for world in self._worlds:
            units = self._keys & world.units.keys()
            if units:
                below = {unit for unit in world.units if _within(unit, units, world)}
                yield from (person.id for person in world.people.values() if person.unit_id in below)

    def _standing_in(self) -> Iterator[str]:
        """People with the function of somebody who changed."""
        for world in self._worlds:
            for key in self._keys & world.people.keys():
                person = world.people[key]
                if person.function:
                    yield from world.same_function.get((person.organisation, person.function), ())

    def _of_members(self) -> Iterator[str]:
        for world in self._worlds:
            for key in self._people:
                yield from world.groups_of.get(key, ())

    def _of_keys(self) -> Iterator[str]:
        for world in self._worlds:
            units = self._keys & world.units.keys()
            below = {unit for unit in world.units if _within(unit, units, world)} if units else set()
            yield from self._keys & world.groups.keys()
            if below:
                yield from (group.id for group in world.groups.values() if group.unit_id in below)

    def _leading_here(self) -> Iterator[str]:
        """Whose calls may go on to somebody reached."""
        for world in self._worlds:
            for key in self._people | self._groups:
                yield from world.leading_to(key)

    def _numbers(self) -> Iterator[str]:
        old, new = self._worlds
        rewritten = {key for key in self._keys & new.organisations.keys() if _rules_differ(key, old, new)}
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
        homes = self._keys & self._new.organisations.keys()
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


def _home_of(person: str, world: World) -> str:
    known = world.people.get(person)
    return known.organisation if known else ""


def _rules_differ(home: str, old: World, new: World) -> bool:
    return home not in old.organisations or old.organisations[home].rules != new.organisations[home].rules


def _within(unit: str, units: frozenset[str], world: World) -> bool:
    for _ in range(len(world.units) + 1):
        if unit in units:
            return True
        known = world.units.get(unit)
        if known is None:
            return False
        unit = known.parent
    return False
