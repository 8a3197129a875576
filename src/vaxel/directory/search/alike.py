# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words that mean the same: whoever has one of them in what she does is found by the others, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from vaxel.directory.search.ranking import DOES, Field
from vaxel.directory.search.tokens import words

_COMPOUND_FROM = 4
"""A word so long also counts at the beginning of a compound: hund, in hundskatt."""


class Alike:
    """``sets``: phrases that mean the same."""

    def __init__(self, sets: Iterable[Iterable[str]]) -> None:
        self._others: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for together in sets:
            phrases = list(together)
            for phrase in phrases:
                self._others[tuple(words(phrase))] += [other for other in phrases if other != phrase]
        self._others.pop((), None)
        self._known: dict[tuple[Field, str], frozenset[str]] = {}

    def of(self, texts: Iterable[tuple[Field, str]]) -> list[tuple[Field, str]]:
        """What else those are to be found by of whom ``texts`` are written."""
        if not self._others:
            return []
        found: set[str] = set()
        for field, text in texts:
            if field in DOES and field is not Field.UNIT:
                if (field, text) not in self._known:
                    self._known[field, text] = frozenset(self._meant(words(text)))
                found |= self._known[field, text]
        return [(Field.SEARCH_WORD, text) for text in sorted(found)]

    def _meant(self, written: list[str]) -> Iterable[str]:
        for phrase, others in self._others.items():
            if all(any(_is(word, part) for part in written) for word in phrase):
                yield from others


def _is(word: str, part: str) -> bool:
    return part == word or (len(word) >= _COMPOUND_FROM and part.startswith(word))
