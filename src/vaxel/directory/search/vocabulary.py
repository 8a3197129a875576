# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All words of a directory, and which of them begin like a word that is being typed, with errors or without.

The spellings stand sorted, so what begins alike stands together. Where their beginnings part makes a tree, kept as one array a level, and
typing errors are found by walking it level by level: for all nodes of a level at once, the states of Wu and Manber's automaton (one bit for
each letter of the typed word, one integer for each number of errors), with neighbouring letters exchanged as one error.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from vaxel.directory.search.ranking import INSIDE_ASKED, INSIDE_FROM, INSIDE_LEAST, base, errors_allowed
from vaxel.directory.search.tokens import MOST_LETTERS, spellings

Ints = NDArray[np.int32]
Array = NDArray[Any]

_AFTER = "\U0010ffff"
_BITS = np.uint64
_ONE = _BITS(1)


class _Level(Struct, frozen=True):
    """Nodes of one depth: the rows ``first`` to ``end`` below each, its letter, and its children on the next level."""

    first: Ints
    end: Ints
    letter: NDArray[np.intp]
    child: NDArray[np.intp]
    children_end: NDArray[np.intp]


class Rows:
    """Sorted spellings, each with the number of its word."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(pairs)
        self.spelled = [spelled for spelled, _ in ordered]
        self.word: Ints = np.array([word for _, word in ordered], dtype=np.int32)

    def beginning(self, typed: str) -> tuple[int, int]:
        """First row that begins with ``typed``, and the one after the last."""
        first = bisect_left(self.spelled, typed)
        return first, bisect_left(self.spelled, typed + _AFTER, first)


class Vocabulary:
    """The words, numbered by their order. ``compounds`` are the numbers of those in which parts may be sought."""

    def __init__(self, words: Sequence[str], compounds: Iterable[int]) -> None:
        self.words = words
        self.rows = Rows((spelled, n) for n, word in enumerate(words) for spelled in spellings(word) if word[0] != "=")
        self.inside = Rows((part, n) for n in compounds for spelled in spellings(words[n]) for part in parts(spelled))
        self._length = np.fromiter(map(len, self.rows.spelled), dtype=np.int16, count=len(self.rows.spelled))
        self._levels: list[_Level] | None = None
        self._letters: dict[str, int] = {}

    def exact(self, typed: str) -> tuple[Ints, Ints]:
        """Words that begin with ``typed``, and the integer of each (``ranking.base``)."""
        found: list[Ints] = []
        values: list[Ints] = []
        for spelled in spellings(typed):
            first, end = self.rows.beginning(spelled)
            words = self.rows.word[first:end]
            found.append(words)
            # What is spelled so may still have other letters of its own: then it isn't quite what was typed.
            same = self._begins_own(words, typed)
            whole = self._length[first:end] == len(spelled)
            values.append(
                base(0) + (base(0, whole=True) - base(0)) * whole + (base(0, own_letters=True) - base(0)) * same
            )
        return _best(np.concatenate(found), np.concatenate(values).astype(np.int32))

    def _begins_own(self, words: Ints, typed: str) -> Array:
        """For each word: does it begin with ``typed`` in its own letters?"""
        first = bisect_left(self.words, typed)
        end = bisect_left(self.words, typed + _AFTER, first)
        return (words >= first) & (words < end)

    def parts(self, typed: str) -> Ints:
        """Words with ``typed`` inside, as the beginning of a part of a compound."""
        if len(typed) < INSIDE_ASKED:
            return np.zeros(0, dtype=np.int32)
        found = [self.inside.beginning(spelled) for spelled in spellings(typed)]
        return distinct(np.concatenate([self.inside.word[first:end] for first, end in found]), len(self.words))

    def initials(self, typed: str) -> int | None:
        """The number of these initials, which stand among the words with ``=`` in front; None for nobody's."""
        wanted = f"={typed}"
        at = bisect_left(self.words, wanted)
        return at if at < len(self.words) and self.words[at] == wanted else None

    def knows(self, word: str) -> bool:
        """Is it one of the words as it stands, or in another spelling?"""
        for spelled in spellings(word):
            at = bisect_left(self.rows.spelled, spelled)
            if at < len(self.rows.spelled) and self.rows.spelled[at] == spelled:
                return True
        return False

    # ── with typing errors ──────────────────────────────────────────────────────────────────────────────────────────

    def near(self, typed: str) -> tuple[Ints, Ints]:
        """Words whose beginning differs from ``typed`` by as many errors as are forgiven, at least one, and their integers."""
        most = errors_allowed(typed)
        count = len(self.rows.spelled)
        errors = np.full(count, most + 1, dtype=np.int8)
        whole = np.zeros(count, dtype=bool)
        reached = (
            [found for spelled in spellings(typed) for found in self._walk(spelled, most)] if count and most else []
        )
        for level in range(most, -1, -1):
            for first, end, _depth, fewest in reached:
                rows = ranges(first[fewest == level], end[fewest == level])
                errors[rows] = level
        for first, end, depth, fewest in reached:
            rows = ranges(first, end)
            ends = (self._length[rows] == depth) & (np.repeat(fewest, end - first) == errors[rows])
            whole[rows[ends]] = True
        rows = np.flatnonzero((errors <= most) & (errors > 0))
        values = base(0) + (base(1) - base(0)) * errors[rows].astype(np.int32)
        values += (base(0, whole=True) - base(0)) * whole[rows]
        return _best(self.rows.word[rows], values.astype(np.int32))

    def _walk(self, spelled: str, most: int) -> list[tuple[Ints, Ints, int, Array]]:
        """By depth: rows below nodes at which ``spelled`` is used up, and with how many errors at least."""
        levels = self._tree()
        masks = np.zeros(len(self._letters) + 1, dtype=_BITS)
        for n, letter in enumerate(spelled):
            masks[self._letters.get(letter, -1)] |= _ONE << _BITS(n)
        masks[-1] = 0
        goal, every = _ONE << _BITS(len(spelled)), (_ONE << _BITS(len(spelled) + 1)) - _ONE
        start = [np.array([(1 << (n + 1)) - 1], dtype=_BITS) & every for n in range(most + 1)]
        nodes = np.arange(len(levels[0].first)) if levels else np.zeros(0, dtype=np.intp)
        above, before, came = [state.repeat(len(nodes)) for state in start], None, np.zeros(0, dtype=_BITS)
        reached = []
        for depth, level in enumerate(levels[: len(spelled) + most], 1):
            mask = masks[level.letter[nodes]]
            states = _step(above, before, mask, came, every)
            alive = states[most] != 0
            nodes, mask = nodes[alive], mask[alive]
            states, above = [state[alive] for state in states], [state[alive] for state in above]
            done = states[most] & goal != 0
            if done.any():
                at = nodes[done]
                fewest = (most - sum((state[done] & goal != 0).astype(np.int8) for state in states[:most])).astype(
                    np.int8
                )
                reached.append((level.first[at], level.end[at], depth, fewest))
            if not len(nodes):
                break
            counts = level.children_end[nodes] - level.child[nodes]
            parent = np.arange(len(nodes)).repeat(counts)
            nodes = ranges(level.child[nodes], level.children_end[nodes])
            before, above, came = [s[parent] for s in above], [s[parent] for s in states], mask[parent]
        return reached

    def _tree(self) -> list[_Level]:
        if self._levels is None:
            self._levels = self._levels_of(self.rows.spelled)
        return self._levels

    def _levels_of(self, spelled: list[str]) -> list[_Level]:
        if not spelled:
            return []
        letters = np.array(spelled, dtype=f"U{MOST_LETTERS}").view(np.uint32).reshape(len(spelled), MOST_LETTERS)
        differs = letters[1:] != letters[:-1]
        common = np.where(differs.any(axis=1), differs.argmax(axis=1), MOST_LETTERS)
        alphabet = np.unique(letters)
        self._letters = {chr(code): n for n, code in enumerate(alphabet)}
        coded = np.searchsorted(alphabet, letters)
        plain: list[tuple[Ints, Ints, Array]] = []
        for depth in range(1, int(self._length.max()) + 1):
            first = np.concatenate(([0], np.flatnonzero(common < depth) + 1))
            end = np.append(first[1:], len(spelled))
            there = self._length[first] >= depth
            # A shorter word stands first among those that begin with it, so a node's rows are never parted.
            plain.append((first[there].astype(np.int32), end[there].astype(np.int32), coded[first[there], depth - 1]))
        levels = []
        for n, (first, end, letter) in enumerate(plain):
            below = plain[n + 1][0] if n + 1 < len(plain) else np.zeros(0, dtype=np.int32)
            levels.append(_Level(first, end, letter, np.searchsorted(below, first), np.searchsorted(below, end)))
        return levels


def parts(spelled: str) -> list[str]:
    """The latter parts under which a compound is found: from the fourth letter on."""
    return [spelled[at:] for at in range(INSIDE_FROM, len(spelled) - INSIDE_LEAST + 1)]


def _step(above: list[Array], before: list[Array] | None, mask: Array, came: Array, every: Any) -> list[Array]:
    """States after one more letter of the directory's word. ``before`` and ``came`` are of the letter before, for exchanged ones."""
    states: list[Array] = []
    for n, state in enumerate(above):
        after = (state & mask) << _ONE
        if n:
            after |= above[n - 1] | (above[n - 1] << _ONE) | (states[n - 1] << _ONE)
            if before is not None:
                after |= (before[n - 1] & (came >> _ONE) & mask) << _BITS(2)
        states.append(after & every)
    return states


def ranges(first: Array, end: Array) -> Array:
    """All numbers from each ``first`` to before its ``end``."""
    counts = end - first
    if not len(counts):
        return np.zeros(0, dtype=np.intp)
    starts = first - np.concatenate(([0], np.cumsum(counts)[:-1]))
    return np.repeat(starts, counts) + np.arange(counts.sum())


def distinct(numbers: Array, count: int) -> Array:
    """Each of ``numbers``, which are below ``count``, once. Quicker than sorting, by far."""
    place = np.empty(count, dtype=np.int32)
    order = np.arange(len(numbers), dtype=np.int32)
    place[numbers] = order
    once: Array = numbers[place[numbers] == order]
    return once


def _best(words: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Each word once, with the largest of its values."""
    order = np.lexsort((values, words))
    words, values = words[order], values[order]
    last = np.append(words[1:] != words[:-1], True) if len(words) else np.zeros(0, dtype=bool)
    return words[last], values[last]
