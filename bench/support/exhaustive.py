# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The search once more, slow and plainly right: every word of every document is compared with every word of the query.

Shares with the index how text is cut into words, how a query is read and what a match is worth; nothing of how matches are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from vaxel.directory.search import ranking
from vaxel.directory.search.documents import Document
from vaxel.directory.search.index import Asking
from vaxel.directory.search.questions import read, readings
from vaxel.directory.search.ranking import COMPOUNDS, Field
from vaxel.directory.search.tokens import spellings

Words = list[tuple[Field, tuple[str, ...]]]
NOTHING = 0


class Exhaustive:
    """``shelves``: organisation → documents."""

    def __init__(self, shelves: Mapping[str, Iterable[Document]]) -> None:
        self.documents = [
            (home, document, list(document.fields())) for home, documents in shelves.items() for document in documents
        ]

    def search(self, text: str, asking: Asking) -> list[tuple[str, int, int]]:
        """Key, total and bonus of the best, best first."""
        query = read(text)
        if not query.words:
            return []
        seen = [
            (home, document, words)
            for home, document, words in self.documents
            if home in asking.organisations and (asking.protected or not document.protected)
        ]
        exact = self._having(query.words, seen, asking, 0, forgiving=False)
        if len(exact) >= asking.limit:
            return exact[: asking.limit]
        if not exact:
            known = {
                spelled
                for _, _, words in seen
                for field, found in words
                if field is not Field.INITIALS
                for word in found
                for spelled in spellings(word)
            }
            for other in readings(query, lambda word: any(spelled in known for spelled in spellings(word))):
                found = self._having(other, seen, asking, 0, forgiving=False)
                if found:
                    return found[: asking.limit]
        near = self._having(query.words, seen, asking, 0, forgiving=True)
        if not near and query.loose:
            near = self._having(query.words, seen, asking, 1, forgiving=True)
        return near[: asking.limit]

    def _having(
        self,
        asked: tuple[str, ...],
        seen: list[tuple[str, Document, Words]],
        asking: Asking,
        missing: int,
        *,
        forgiving: bool,
    ) -> list[tuple[str, int, int]]:
        found = []
        for home, document, words in seen:
            values = [value_in(word, document, words, forgiving) for word in asked]
            if sum(value == NOTHING for value in values) > missing:
                continue
            total = sum(values)
            bonus = ranking.bonus(total, standing_of(document, asking.now), asking.likely.get(document.key, 0))
            rank = (ranking.tier(total), home == asking.home, ranking.quality(total), bonus)
            found.append((tuple(-int(part) for part in rank), document.order, document.key, total, bonus))
        return [(key, total, bonus) for _, _, key, total, bonus in sorted(found)]


def standing_of(document: Document, now: float) -> int:
    if document.left:
        return ranking.GONE
    until = [end for begin, end in document.away if begin <= now < end]
    return ranking.standing(now, max(until)) if until else ranking.PRESENT


def value_in(asked: str, document: Document, words: Words, forgiving: bool) -> int:
    """The best that ``asked`` is worth in the document, 0 for nothing."""
    best = max((of_number(asked, number) for number in document.numbers), default=NOTHING)
    for field, found in words:
        for word in found:
            if field is Field.INITIALS:
                value = ranking.base(0, whole=True) if word == asked else NOTHING
            else:
                value = of_word(asked, word, forgiving)
                if not value and field in COMPOUNDS and is_inside(asked, word):
                    value = ranking.base(0, inside=True)
            if value:
                best = max(best, value + ranking.share(field))
    return best


def of_number(asked: str, number: str) -> int:
    if not (asked.isascii() and asked.isdecimal() and len(asked) > 1):
        return NOTHING
    national = asked.lstrip("0")
    if len(asked) > 4 and (asked == number or (national and number[2:] == national)):
        return ranking.base(0, whole=True) + ranking.share(Field.NUMBER)
    for part in {part for part in (asked, national) if len(part) > 1}:
        if number.startswith(part) or number[2:].startswith(part) or number[-4:].startswith(part):
            return ranking.base(0) + ranking.share(Field.NUMBER)
    if len(asked) >= 3 and asked in number:
        return ranking.base(0, inside=True) + ranking.share(Field.NUMBER)
    return NOTHING


@lru_cache(maxsize=2_000_000)
def of_word(asked: str, word: str, forgiving: bool) -> int:
    """What it is worth that ``word`` begins like ``asked``."""
    own = word.startswith(asked)
    pairs = [(typed, spelled) for typed in spellings(asked) for spelled in spellings(word)]
    if any(spelled.startswith(typed) for typed, spelled in pairs):
        return max(
            ranking.base(0, whole=typed == spelled, own_letters=own)
            for typed, spelled in pairs
            if spelled.startswith(typed)
        )
    most = ranking.errors_allowed(asked) if forgiving else 0
    if not most:
        return NOTHING
    begun = [distances(typed, spelled) for typed, spelled in pairs]
    fewest = min(min(row) for row in begun)
    return ranking.base(fewest, whole=any(row[-1] == fewest for row in begun)) if fewest <= most else NOTHING


@lru_cache(maxsize=200_000)
def is_inside(asked: str, word: str) -> bool:
    """Does a latter part of ``word``, with four letters or more, begin with ``asked``, of three or more?"""
    return len(asked) >= ranking.INSIDE_ASKED and any(
        spelled[at:].startswith(typed)
        for typed in spellings(asked)
        for spelled in spellings(word)
        for at in range(ranking.INSIDE_FROM, len(spelled) - ranking.INSIDE_LEAST + 1)
    )


def distances(typed: str, word: str) -> list[int]:
    """Between ``typed`` and each beginning of ``word``: letters added, left out, wrong, or exchanged with the next."""
    above: list[int] = []
    before = list(range(len(word) + 1))
    for n, letter in enumerate(typed, 1):
        row = [n]
        for m, other in enumerate(word, 1):
            cost = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != other))
            if n > 1 and m > 1 and letter == word[m - 2] and typed[n - 2] == other:
                cost = min(cost, above[m - 2] + 1)
            row.append(cost)
        above, before = before, row
    return before
