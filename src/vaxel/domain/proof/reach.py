# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a change reaches: which numbers, referrals and organisations must be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaxel.domain.proof.shapes import Shape
from vaxel.domain.world import World


class Reach:
    """Of a change of ``keys`` between two worlds, looked for in both: what was reached before may not be now.

    ``numbers`` are to be given their shape anew, ``referrers`` are people whose referrals to look at, ``organisations`` those whose
    checks to repeat.
    """

    def __init__(self, old: World, new: World, keys: frozenset[str]) -> None:
        self._old, self._new, self._keys = old, new, keys
        self.organisations = frozenset(self._homes())
        direct = {key for key in keys if key in old.people or key in new.people}
        self._groups = set(self._groups_reached(direct))
        self._people = direct | set(self._in_units()) | set(self._standing_in(direct)) | set(self._members())
        self.numbers = list(dict.fromkeys(self._numbers()))
        self.referrers = self._referrers()

    @property
    def _worlds(self) -> tuple[World, World]:
        return self._old, self._new

    def shapes(self, known: Iterable[Shape]) -> list[Shape]:
        """Shapes that no longer hold though their numbers keep them: of organisations, groups, hours and leavers that changed."""
        changed = self._keys | self._groups | set(self._schedules())
        return [shape for shape in known if shape[0] in self._keys or not changed.isdisjoint(_keys_in(shape))]

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

    def _standing_in(self, people: set[str]) -> Iterator[str]:
        """People with the function of somebody who changed, and those whose successor changed."""
        for world in self._worlds:
            for key in people & world.people.keys():
                person = world.people[key]
                yield from world.same_function.get((person.organisation, person.function), ())
            yield from (key for key, person in world.ended.items() if person.successor in self._keys)

    def _groups_reached(self, people: set[str]) -> Iterator[str]:
        for world in self._worlds:
            for key in people:
                yield from world.groups_of.get(key, ())
            for group in world.groups.values():
                if not self._keys.isdisjoint((group.id, group.unit_id, group.overflow)):
                    yield group.id

    def _members(self) -> Iterator[str]:
        """Of a group that itself changed: it may be where their calls go on."""
        for world in self._worlds:
            for key in self._keys & world.groups.keys():
                yield from world.groups[key].members

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
        """Those reached who are away, and whoever refers to somebody reached, along the chain."""
        reached = self._people | self._groups | self._keys
        found: set[str] = set()
        while True:
            more = {
                person
                for world in self._worlds
                for person, absences in world.absences.items()
                if person not in found and (person in reached or any(each.refer_id in reached for each in absences))
            }
            if not more:
                return found | {key for key in self._keys if key in self._old.people}
            found |= more
            reached |= more


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


def _keys_in(shape: Shape) -> set[str]:
    keys = {part for part in shape if isinstance(part, str)}
    for part in shape:
        if isinstance(part, frozenset):
            keys |= {inner for pair in part for inner in pair if isinstance(inner, str)}
    return keys - {""}
