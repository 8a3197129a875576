# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephone numbers by any of their parts: a national number, the last four digits, something in the middle.

Every tail of a number with three digits or more is kept by its first eight digits, sorted, so that a part is found like a beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaxel.directory.search.ranking import Field, base, share

Ints = NDArray[np.int32]
Array = NDArray[Any]

_KEPT = 8
_BASE = 11  # ten digits, and nothing
_COUNTRY_CODE = 2
_LAST = 4
LEAST, _LEAST_INSIDE = 2, 3
_LONGEST = 15


class Numbers:
    """``numbers`` in international form, each with the number of the document whose it is."""

    def __init__(self, numbers: Sequence[str], owners: Sequence[int]) -> None:
        self.numbers = np.array(numbers, dtype=f"S{_LONGEST}")
        self.owner: Ints = np.array(owners, dtype=np.int32)
        count = len(numbers)
        digits = np.zeros((count, _LONGEST + _KEPT), dtype=np.uint32)
        if count:
            written = self.numbers.view(np.uint8).reshape(count, _LONGEST)
            digits[:, :_LONGEST] = np.where(written > 0, written - ord("0") + 1, 0)
        length = np.char.str_len(self.numbers).astype(np.int16) if count else np.zeros(0, dtype=np.int16)
        beginnings, tails = [], []
        for at in range(_LONGEST):
            packed = np.zeros(count, dtype=np.uint32)
            for n in range(_KEPT):
                packed = packed * np.uint32(_BASE) + digits[:, at + n]
            left = length - at
            begins = (left > 0) & ((at in (0, _COUNTRY_CODE)) | (left == _LAST))
            beginnings.append((packed[begins], np.flatnonzero(begins)))
            inside = (left >= _LEAST_INSIDE) & ~begins
            tails.append((packed[inside], np.flatnonzero(inside)))
        self._beginnings, self._tails = _Sorted(beginnings), _Sorted(tails)

    def __len__(self) -> int:
        return len(self.numbers)

    def find(self, typed: str) -> tuple[Ints, Ints]:
        """Documents with a number of which ``typed`` is a part, and the integer of each (``ranking.base`` with the field's share).

        A leading 0 is that of a national number, or a part as it stands. Values rise. Nothing is found by a single digit, and a
        document may come twice.
        """
        if len(typed) < LEAST:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
        parts = {part for part in (typed, typed.lstrip("0")) if len(part) >= LEAST}
        begun = np.concatenate([self._begun(part) for part in parts])
        inside = self._inside(typed) if len(typed) >= _LEAST_INSIDE else np.zeros(0, dtype=np.int32)
        plain = base(0) + share(Field.NUMBER)
        values = np.full(len(inside) + len(begun), plain, dtype=np.int32)
        values[: len(inside)] += base(0, inside=True) - base(0)
        whole = self._whole(begun, typed)
        values[len(inside) :][whole] += base(0, whole=True) - base(0)
        owners = np.concatenate((self.owner[inside], self.owner[begun]))
        if not whole.any():
            return owners, values
        order = np.argsort(values, kind="stable")
        return owners[order], values[order]

    def _whole(self, rows: Array, typed: str) -> Array:
        if len(typed) <= _LAST:
            return np.zeros(len(rows), dtype=bool)
        national = typed.lstrip("0").encode()
        spelled = self.numbers[rows]
        at_end = (np.char.str_len(spelled) == len(national) + _COUNTRY_CODE) & np.char.endswith(spelled, national)
        whole: Array = (spelled == typed.encode()) | (at_end & bool(national))
        return whole

    def _begun(self, part: str) -> Array:
        """Rows of numbers that begin with ``part``, nationally or internationally, or whose last four digits do."""
        found = self._beginnings.beginning(part)
        if len(part) > _KEPT:
            spelled, wanted = self.numbers[found], part.encode()
            found = found[np.char.startswith(spelled, wanted) | np.char.startswith(spelled, wanted, _COUNTRY_CODE)]
        return found

    def _inside(self, part: str) -> Array:
        found = self._tails.beginning(part)
        return found if len(part) <= _KEPT else found[np.char.find(self.numbers[found], part.encode()) >= 0]


class _Sorted:
    """Packed beginnings in order, with the row of the number of each."""

    def __init__(self, parts: list[tuple[Array, Array]]) -> None:
        packed = np.concatenate([packed for packed, _ in parts])
        rows = np.concatenate([rows for _, rows in parts]).astype(np.int32)
        order = np.argsort(packed, kind="stable")
        self.packed, self.rows = packed[order], rows[order]

    def beginning(self, part: str) -> Array:
        first = end = 0
        for n in range(_KEPT):
            digit = int(part[n]) + 1 if n < len(part) else 0
            first, end = first * _BASE + digit, end * _BASE + (digit if n < len(part) else _BASE - 1)
        low = np.searchsorted(self.packed, np.uint32(first), side="left")
        return self.rows[low : np.searchsorted(self.packed, np.uint32(end), side="right")]
