# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A known world with what a transaction has written: of a hundred thousand numbers, only those rows are read that were touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from msgspec.structs import replace

from vaxel.directory import snapshot
from vaxel.directory.models import Hours
from vaxel.directory.noted import Noted
from vaxel.directory.snapshot import Only, Reader
from vaxel.domain.world import NumberKind, World

Part = TypeVar("Part")


def written(known: World, noted: Noted) -> World:
    """The world as this transaction sees it. ``known`` is of before it wrote what is ``noted``.

    The first write holds the version's row until the transaction ends, so a version that has moved on by just what was noted tells that
    nobody else has written since ``known``. Otherwise everything is read. Raises ``django.db.Error``.
    """
    if not noted.raised:
        return known if snapshot.version() == known.version else snapshot.load().world
    if noted.unclear or noted.many or snapshot.version() - noted.raised != known.version:
        return snapshot.load().world
    return _Merging(known, noted).world()


class _Merging:
    def __init__(self, known: World, noted: Noted) -> None:
        self.known = known
        units, groups, people = _keeping_those_above()
        self.only = Only(
            organisations=frozenset(noted.organisations),
            units=frozenset(noted.units) | units,
            people=frozenset(noted.people) | _renamed(known, noted) | people,
            groups=frozenset(noted.groups) | groups,
            operators=frozenset(noted.operators),
            absent=frozenset(noted.absent),
            numbers=frozenset(noted.numbers),
            phones=frozenset(noted.phones),
        )
        self.read = Reader(self.only, known)

    def world(self) -> World:
        known, read, only = self.known, self.read, self.only
        people, groups = _keys("p", only.people), _keys("g", only.groups)
        return replace(
            known,
            organisations=_merged(known.organisations, read.organisations, only.organisations),
            numbers=_merged(known.numbers, read.numbers, self._numbers(people, groups)),
            people=_merged(known.people, read.people, people),
            groups=_merged(known.groups, read.groups, groups),
            operators=_merged(known.operators, read.operators, _keys("o", only.operators)),
            phones=_merged(known.phones, read.phone_owners(), self._phones(people)),
            units=_merged(known.units, read.units, _keys("u", only.units)),
            schedules=_merged(known.schedules, read.schedules, self._schedules(people, groups)),
            absences=_merged(known.absences, read.absences, _keys("p", only.absent)),
            version=read.version,
        )

    def _numbers(self, people: set[str], groups: set[str]) -> set[str]:
        """Those of everybody who is read again: who has a number no longer is told by its not being read."""
        known = self.known
        found = set(self.only.numbers)
        for key in (*people, *groups):
            found.update(known.numbers_of.get(key, ()))
        for home in self.only.organisations:
            found.update(
                number.number
                for number in known.numbers.values()
                if number.organisation == home and number.kind is NumberKind.MAIN
            )
        return found

    def _phones(self, people: set[str]) -> set[str]:
        known = self.known
        found = set(self.only.phones)
        for key in people & known.people.keys():
            found.update(known.people[key].phones)
        for key in _keys("o", self.only.operators) & known.operators.keys():
            found.update(known.operators[key].phones)
        return found

    def _schedules(self, people: set[str], groups: set[str]) -> set[str]:
        known = self.known
        owners: list[Any] = [known.people.get(key) for key in people]
        owners += [known.groups.get(key) for key in groups]
        owners += [known.units.get(key) for key in _keys("u", self.only.units)]
        owners += [known.organisations.get(key) for key in self.only.organisations]
        return {owner.schedule for owner in owners if owner is not None and owner.schedule}


def _keeping_those_above() -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Units, groups and people with nothing but exceptions from the hours above: those may be others now."""
    rows = list(Hours.objects.filter(only_exceptions=True).values_list("unit_id", "group_id", "person_id"))
    units, groups, people = (frozenset(row[n] for row in rows if row[n] is not None) for n in range(3))
    return units, groups, people


def _renamed(known: World, noted: Noted) -> frozenset[int]:
    """People bear the name of their unit."""
    units = _keys("u", noted.units)
    return frozenset(int(key[1:]) for unit in units for key in known.people_of_unit.get(unit, ()))


def _keys(letter: str, ids: Iterable[int]) -> set[str]:
    return {f"{letter}{id_}" for id_ in ids}


def _merged(known: dict[str, Part], read: dict[str, Part], again: Iterable[str]) -> dict[str, Part]:
    """``known`` with what was read ``again``; the very same when that changes nothing, so that what was made of it may be kept."""
    gone = [key for key in again if key in known and key not in read]
    new = {key: part for key, part in read.items() if (old := known.get(key)) is not part and old != part}
    if not gone and not new:
        return known
    merged = {**known, **new}
    for key in gone:
        del merged[key]
    return merged
