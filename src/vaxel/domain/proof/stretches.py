# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stretches of time in which nothing changes, and of those that are alike one each.

A decision depends on time only through what it read: which timetables are open, and on which side of certain moments it lies. Two
stretches in which these are the same have the same decision, but for the moment of the next opening that is announced.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import pairwise

from msgspec import Struct

from vaxel.domain.hours import Timetable


class Places(Struct, frozen=True, kw_only=True):
    """The timetables that a call may come upon, None for always open: the switchboard's, the sought one's, a group's, colleagues' (with
    the moment at which each leaves).
    """

    home: Timetable | None
    own: Timetable | None
    group: Timetable | None
    colleagues: frozenset[tuple[Timetable | None, float | None]]


class Switchboard(Enum):
    """``NEVER``: closed, and it doesn't open again within a year, so that nothing can be announced."""

    OPEN = 1
    CLOSED = 2
    NEVER = 3


Open = tuple[Switchboard, bool, bool, bool]
"""The switchboard; whether the sought one and the group are open; whether any colleague is at work."""


def _open(places: Places, at: float) -> Open:
    switchboard = Switchboard.OPEN
    if places.home is not None and not places.home.is_open(at):
        switchboard = Switchboard.NEVER if places.home.next_opening(at) is None else Switchboard.CLOSED
    own, group = (table is None or table.is_open(at) for table in (places.own, places.group))
    colleague = any(
        (ended is None or at < ended) and (table is None or table.is_open(at)) for table, ended in places.colleagues
    )
    return switchboard, own, group, colleague


class Stretches:
    """The stretches of one period, from ``start`` to before ``end`` (seconds since the epoch)."""

    def __init__(self, start: float, end: float) -> None:
        self.start, self.end = start, end
        self._changes: dict[Timetable, list[float]] = {}
        self._kinds: dict[Places, list[tuple[float, Open]]] = {}
        self._alike: dict[tuple[frozenset[Timetable], frozenset[float]], list[float]] = {}

    def unlike(self, tables: Iterable[Timetable], moments: Iterable[float] = ()) -> list[float]:
        """One moment, the first, of each kind of stretch."""
        key = frozenset(tables), frozenset(moments)
        known = self._alike.get(key)
        if known is None:
            known = self._alike[key] = self._unlike(*key)
        return known

    def _unlike(self, tables: frozenset[Timetable], moments: frozenset[float]) -> list[float]:
        toggling = [self._of(table) for table in tables]
        toggling += [[moment] for moment in moments if self.start < moment < self.end]
        events = sorted((at, 1 << n) for n, changes in enumerate(toggling) for at in changes)
        # Which have changed an odd number of times tells open from closed, though not which is which: that isn't needed here.
        found, state = {0: self.start}, 0
        for (at, bit), (following, _bit) in pairwise([*events, (self.end, 0)]):
            state ^= bit
            if following != at:
                found.setdefault(state, at)
        return list(found.values())

    def kinds(self, places: Places) -> list[tuple[float, Open]]:
        """The first moment of each kind of stretch, by which of ``places`` are open."""
        known = self._kinds.get(places)
        if known is None:
            tables = {places.home, places.own, places.group, *(table for table, _ended in places.colleagues)} - {None}
            moments = {ended for _table, ended in places.colleagues if ended is not None}
            found: dict[Open, float] = {}
            for at in self.unlike((table for table in tables if table is not None), moments):
                found.setdefault(_open(places, at), at)
            known = self._kinds[places] = [(at, kind) for kind, at in found.items()]
        return known

    def _of(self, table: Timetable) -> list[float]:
        known = self._changes.get(table)
        if known is None:
            known = self._changes[table] = table.changes(self.start, self.end)
        return known
