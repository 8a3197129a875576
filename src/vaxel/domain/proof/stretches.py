# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stretches of time in which nothing changes, and of those that are alike one each.

A decision depends on time only through what it read: which timetables are open, and on which side of certain moments it lies. Two
stretches in which these are the same have the same decision, but for the moment of the next opening that is announced.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from vaxel.domain.hours import Timetable


class Stretches:
    """The stretches of one period, from ``start`` to before ``end`` (seconds since the epoch)."""

    def __init__(self, start: float, end: float) -> None:
        self.start, self.end = start, end
        self._changes: dict[Timetable, tuple[list[float], list[bool]]] = {}
        self._alike: dict[frozenset[Timetable], list[tuple[float, tuple[bool, ...]]]] = {}

    def unlike(
        self, tables: Iterable[Timetable], moments: Iterable[float] = ()
    ) -> list[tuple[float, tuple[bool, ...]]]:
        """The first moment of each kind of stretch, and what kind: one bool for each table and moment."""
        key = frozenset(tables)
        within = sorted(moment for moment in set(moments) if self.start < moment < self.end)
        if not within and key in self._alike:
            return self._alike[key]
        ordered = sorted(key, key=lambda table: table.schedule.id)
        edges = {self.start, *within}
        for table in ordered:
            edges.update(self._of(table)[0])
        found: dict[tuple[bool, ...], float] = {}
        for at in sorted(edges):
            kind = (*(self._open(table, at) for table in ordered), *(at >= moment for moment in within))
            found.setdefault(kind, at)
        result = [(at, kind) for kind, at in found.items()]
        if not within:
            self._alike[key] = result
        return result

    def _open(self, table: Timetable, at: float) -> bool:
        edges, states = self._of(table)
        return states[bisect_right(edges, at) - 1]

    def _of(self, table: Timetable) -> tuple[list[float], list[bool]]:
        known = self._changes.get(table)
        if known is None:
            edges = [self.start, *table.changes(self.start, self.end)]
            known = (edges, [table.is_open(at) for at in edges])
            self._changes[table] = known
        return known
