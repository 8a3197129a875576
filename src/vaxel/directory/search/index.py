# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index of a process: one shelf an organisation, so that nothing of another one can be found.

A shelf is a large segment, and a small one with what has changed since; what is superseded in the large one is passed over. Shelves are
replaced, never changed, so that nobody who searches waits for somebody who writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from vaxel.directory.search import ranking
from vaxel.directory.search.documents import Document
from vaxel.directory.search.questions import Query, read, readings
from vaxel.directory.search.ranking import Field
from vaxel.directory.search.segment import Found, Hit, Seen, Segment
from vaxel.directory.search.vocabulary import Ints

MOST_CHANGED = 2_000
"""Documents in the small segment of a shelf; with more of them it is time to make the large one anew."""


class Asking(Struct, frozen=True, kw_only=True):
    """Who asks. ``home``: where the caller's call belongs, whose people come first. ``likely``: key → share, up to
    ``ranking.MOST_LIKELY``, of those whom this operator often connects to, or this caller lately spoke to.
    """

    organisations: frozenset[str]
    now: float
    home: str = ""
    protected: bool = False
    likely: dict[str, int] = {}
    limit: int = 20


class Match(Struct, frozen=True, kw_only=True):
    """Somebody who was found. ``field`` and ``word`` tell why: the word as it stands in the directory, "" for a number."""

    key: str
    organisation: str
    name: str
    total: int
    bonus: int
    field: Field
    word: str


class Shelf:
    """The documents of one organisation."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._large = Segment(documents)
        self._recent: dict[str, Document | None] = {}
        self._small: Segment | None = None
        self._superseded: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        gone = 0 if self._superseded is None else int(self._superseded.sum())
        return len(self._large) - gone + (len(self._small) if self._small else 0)

    @property
    def worn(self) -> bool:
        """Has so much changed that it should be made anew?"""
        return len(self._recent) > MOST_CHANGED

    def with_changes(self, changed: Mapping[str, Document | None]) -> Shelf:
        """The same with other documents for some keys, and without those of which there are none."""
        shelf = object.__new__(Shelf)
        shelf._large = self._large
        shelf._recent = {**self._recent, **changed}
        shelf._small = Segment(document for document in shelf._recent.values() if document is not None)
        places = (self._large.document(key) for key in shelf._recent)
        shelf._superseded = np.zeros(len(self._large), dtype=bool)
        shelf._superseded[[place for place in places if place is not None]] = True
        return shelf

    def has(self, key: str) -> bool:
        """Is there such a document, or was there one until lately?"""
        return key in self._recent or self._large.document(key) is not None

    def parts(self) -> list[tuple[Segment, NDArray[np.bool_] | None]]:
        """Segments, each with what is passed over in it."""
        parts = [(self._large, self._superseded)] if len(self._large) else []
        return parts + ([(self._small, None)] if self._small else [])


@dataclass
class _Search:
    """One query in one segment. What its words have found is kept: a second look asks for more of the same."""

    organisation: str
    segment: Segment
    seen: Seen
    found: dict[str, Found] = field(default_factory=dict)
    forgiving: dict[str, Found] = field(default_factory=dict)
    values: dict[str, Ints] = field(default_factory=dict)

    def what(self, word: str) -> Found:
        """What was found of ``word``, errors forgiven if it came to that."""
        return self.forgiving.get(word) or self.found[word]

    def by_entry(self, word: str) -> Ints:
        if word not in self.values:
            self.values[word] = self.segment.values_by_entry(self.what(word))
        return self.values[word]

    def exactly(self, words: tuple[str, ...]) -> list[Found]:
        for word in words:
            if word not in self.found:
                self.found[word] = self.segment.exact(word)
        return [self.found[word] for word in words]

    def forgivingly(self, words: tuple[str, ...]) -> list[Found]:
        for word, exact in zip(words, self.exactly(words), strict=True):
            if word not in self.forgiving:
                near = self.segment.near(word) if ranking.errors_allowed(word) else None
                self.forgiving[word] = self.segment.both(near, exact) if near is not None else exact
        return [self.forgiving[word] for word in words]


_Candidate = tuple[tuple[int, bool, int, int], tuple[str, str], _Search, Hit]


class Index:
    """Shelves by organisation. Not changed in place: ``shelves`` is replaced as a whole."""

    def __init__(self, shelves: Mapping[str, Shelf] | None = None) -> None:
        self.shelves = dict(shelves or {})

    def search(self, text: str, asking: Asking) -> list[Match]:
        """The best for ``text``, best first; nobody when there is no word in it."""
        query = read(text)
        if not query.words:
            return []
        searches = self._searches(asking)
        words, found = self._found(query, searches, asking)
        return [_match(candidate, words) for candidate in found]

    def _searches(self, asking: Asking) -> list[_Search]:
        return [
            _Search(organisation, segment, _seen(segment, passed_over, asking))
            for organisation in sorted(asking.organisations & self.shelves.keys())
            for segment, passed_over in self.shelves[organisation].parts()
        ]

    def _found(self, query: Query, searches: list[_Search], asking: Asking) -> tuple[tuple[str, ...], list[_Candidate]]:
        """What is written just so; else compounds joined or parted; with typing errors; without one of the words."""
        words = query.words
        exact = _together(searches, asking, words)
        if len(exact) >= asking.limit:
            return words, exact
        if not exact:
            for other in readings(query, lambda word: any(one.segment.vocabulary.knows(word) for one in searches)):
                if found := _together(searches, asking, other):
                    return other, found
        near = _together(searches, asking, words, forgiving=True)
        if near or not query.loose:
            return words, near
        limit = asking.limit
        return words, _merged(
            searches, asking, lambda one: one.segment.all_but_one(one.forgivingly(words), limit, one.seen)
        )


def _together(
    searches: list[_Search], asking: Asking, words: tuple[str, ...], forgiving: bool = False
) -> list[_Candidate]:
    def look(one: _Search) -> list[Hit]:
        found = one.forgivingly(words) if forgiving else one.exactly(words)
        return one.segment.together(found, asking.limit, one.seen)

    return _merged(searches, asking, look)


def _seen(segment: Segment, passed_over: NDArray[np.bool_] | None, asking: Asking) -> Seen:
    hidden = passed_over
    if len(segment.protected) and not asking.protected:
        hidden = np.zeros(len(segment), dtype=bool) if hidden is None else hidden.copy()
        hidden[segment.protected] = True
    places = ((segment.document(key), share) for key, share in asking.likely.items())
    return Seen(now=asking.now, hidden=hidden, likely=tuple((at, share) for at, share in places if at is not None))


def _merged(searches: Collection[_Search], asking: Asking, look: Callable[[_Search], list[Hit]]) -> list[_Candidate]:
    """The best of all segments. Those of the caller's municipality come first among those with as few errors."""
    found: list[_Candidate] = []
    for one in searches:
        at_home = one.organisation == asking.home
        for hit in look(one):
            rank = (ranking.tier(hit.total), at_home, ranking.quality(hit.total), hit.bonus)
            name = one.segment.names[hit.document].casefold()
            found.append((rank, (name, one.segment.keys[hit.document]), one, hit))
    found.sort(key=lambda candidate: (tuple(-int(part) for part in candidate[0]), candidate[1]))
    return found[: asking.limit]


def _match(candidate: _Candidate, words: tuple[str, ...]) -> Match:
    _rank, _name, one, hit = candidate
    field, word = _reason(hit, one, words)
    return Match(
        key=one.segment.keys[hit.document],
        organisation=one.organisation,
        name=one.segment.names[hit.document],
        total=hit.total,
        bonus=hit.bonus,
        field=field,
        word=word,
    )


def _reason(hit: Hit, one: _Search, words: tuple[str, ...]) -> tuple[Field, str]:
    """The first word that was found elsewhere than in the name, which is shown anyway."""
    in_name = (Field.NAME, "")
    for word in words:
        field, stands, value = one.segment.best_entry(hit.document, one.what(word), one.by_entry(word))
        if value and field not in (Field.NAME, Field.INITIALS):
            return field, stands
        if value:
            in_name = (field, stands)
    return in_name
