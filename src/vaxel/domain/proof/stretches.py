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
        self._changes: dict[Timetable, list[float]] = {}
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
        edges = sorted({self.start, *(at for changes in toggling for at in changes)})
        # The parity of the changes so far tells open from closed, though not which is which: that isn't needed here.
        columns = [[bisect_right(changes, at) % 2 for at in edges] for changes in toggling]
        found: dict[tuple[int, ...], float] = {}
        for at, kind in zip(edges, zip(*columns, strict=True) if columns else [()], strict=True):
            found.setdefault(kind, at)
        return list(found.values())

    def _of(self, table: Timetable) -> list[float]:
        known = self._changes.get(table)
        if known is None:
            known = self._changes[table] = table.changes(self.start, self.end)
        return known
