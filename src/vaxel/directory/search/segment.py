# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents that don't change any more, arranged so that a word of a query finds them.

Documents are numbered by name, words by spelling. An *entry* is a word in a field: entry ``field × words + word``. For every entry the
documents that have it (``postings``), for every document its entries (``entries``): whichever way is shorter is gone.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from vaxel.directory.search import ranking
from vaxel.directory.search.digits import Numbers
from vaxel.directory.search.documents import Document
from vaxel.directory.search.ranking import COMPOUNDS, ERROR_BIT, POINTS_BIT, Field
from vaxel.directory.search.vocabulary import Ints, Vocabulary, distinct, ranges

Array = NDArray[Any]

_FIELDS = len(Field)
_SHARES = np.array([ranking.share(field) for field in Field], dtype=np.int32)
_QUALITY_SHIFT = 30
_BONUS_SHIFT = 22
_DEED = (1 << POINTS_BIT) - 1
MANY = 20_000
"""Documents of one quality from which on only the foremost are looked at."""


class Found(Struct):
    """What one word of a query found: entries and single documents with their integers, and how many documents that are in all."""

    entries: Array
    values: Ints
    documents: Ints
    document_values: Ints
    size: int


class Seen(Struct, frozen=True, kw_only=True):
    """Who asks, and when. ``hidden`` documents are passed over; ``likely`` says whom the operator or the caller is likely to mean."""

    now: float
    hidden: NDArray[np.bool_] | None = None
    likely: tuple[tuple[int, int], ...] = ()


class Hit(Struct, frozen=True):
    """A document found, by number: the sum over the words, and what orders it among its equals."""

    document: int
    total: int
    bonus: int


class Segment:
    """Made of ``documents`` at once. A hundred thousand take some seconds."""

    def __init__(self, documents: Iterable[Document]) -> None:
        reading = _Reading()
        for document in documents:
            reading.add(document)
        order = sorted(range(len(reading.names)), key=lambda n: (reading.names[n].casefold(), reading.keys[n]))
        place = np.empty(len(order), dtype=np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        self.names = [reading.names[n] for n in order]
        self.keys = [reading.keys[n] for n in order]
        self._place = {key: n for n, key in enumerate(self.keys)}
        self.protected: Ints = np.sort(place[np.array(reading.protected, dtype=np.intp)])
        self._left: Ints = place[np.array(reading.left, dtype=np.intp)]
        self._away: Ints = place[np.array(reading.away, dtype=np.intp)]
        self._away_from, self._away_until = np.array(reading.away_from), np.array(reading.away_until)
        self._stood = (-np.inf, np.zeros(0, dtype=np.int8))
        self.numbers = Numbers(reading.numbers, [int(place[n]) for n in reading.number_owners])
        self._arrange(reading, place)

    def __len__(self) -> int:
        return len(self.keys)

    def _arrange(self, reading: _Reading, place: Ints) -> None:
        words = sorted(reading.words)
        renumbered = np.empty(len(words), dtype=np.int32)
        renumbered[[reading.words[word] for word in words]] = np.arange(len(words), dtype=np.int32)
        field = np.frombuffer(reading.fields, dtype=np.int8).astype(np.int64)
        word = renumbered[np.frombuffer(reading.word_numbers, dtype=np.int32)] if words else field
        document = np.repeat(place, np.array(reading.counts, dtype=np.int64))
        entry = field * max(1, len(words)) + word
        self.count = max(1, len(words))
        by_entry = np.lexsort((document, entry))
        self.postings: Ints = document[by_entry].astype(np.int32)
        self.offsets = np.searchsorted(entry[by_entry], np.arange(_FIELDS * self.count + 1)).astype(np.int32)
        by_document = np.argsort(document, kind="stable")
        self.entries: Ints = entry[by_document].astype(np.int32)
        self.entry_offsets = np.searchsorted(document[by_document], np.arange(len(self) + 1)).astype(np.int32)
        compounds = np.unique(word[np.isin(field, COMPOUNDS)]).tolist() if words else []
        self.vocabulary = Vocabulary(words, compounds)

    def document(self, key: str) -> int | None:
        """The number of the document with ``key``."""
        return self._place.get(key)

    # ── one word ────────────────────────────────────────────────────────────────────────────────────────────────────

    def exact(self, word: str) -> Found:
        """What begins with ``word``."""
        words, values = self.vocabulary.exact(word)
        inside = self.vocabulary.parts(word)
        initials = self.vocabulary.initials(word)
        entries = [self._in_every_field(words, values)]
        if len(inside):
            shares = np.full(len(inside), ranking.base(0, inside=True), dtype=np.int32)
            entries.append(self._in_fields(inside, shares, np.array(COMPOUNDS)))
        if initials is not None:
            value = np.array([ranking.base(0, whole=True)], dtype=np.int32)
            entries.append(self._in_fields(np.array([initials], dtype=np.int32), value, np.array([Field.INITIALS])))
        documents, document_values = self.numbers.find(word) if word.isascii() and word.isdecimal() else (_NONE, _NONE)
        return self._found(entries, documents, document_values)

    def near(self, word: str) -> Found:
        """What begins like ``word`` but for one or two typing errors."""
        words, values = self.vocabulary.near(word)
        return self._found([self._in_every_field(words, values)], _NONE, _NONE)

    def both(self, one: Found, other: Found) -> Found:
        """Everything that either found. The better of an entry's two values counts, since better ones come later."""
        parts = [(one.entries, one.values), (other.entries, other.values)]
        return self._found(parts, one.documents, one.document_values)

    def _in_every_field(self, words: Ints, values: Ints) -> tuple[Array, Ints]:
        return self._in_fields(words, values, _EVERY_FIELD)

    def _in_fields(self, words: Ints, values: Ints, fields: Array) -> tuple[Array, Ints]:
        entries = (fields.astype(np.int64)[:, None] * self.count + words[None, :]).ravel()
        return entries, (values[None, :] + _SHARES[fields][:, None]).ravel()

    def _found(self, parts: list[tuple[Array, Ints]], documents: Ints, document_values: Ints) -> Found:
        entries = np.concatenate([entries for entries, _ in parts])
        values = np.concatenate([values for _, values in parts])
        counts = self.offsets[entries + 1] - self.offsets[entries]
        there = counts > 0
        entries, values = entries[there], values[there]
        order = np.argsort(values, kind="stable")
        return Found(entries[order], values[order], documents, document_values, int(counts.sum()) + len(documents))

    # ── all words ───────────────────────────────────────────────────────────────────────────────────────────────────

    def together(self, found: list[Found], limit: int, seen: Seen) -> list[Hit]:
        """The best documents that have every word."""
        if len(found) == 1:
            return self._only(found[0], limit, seen)
        order = sorted(range(len(found)), key=lambda n: found[n].size)
        first = found[order[0]]
        totals = np.zeros(len(self), dtype=np.int32)
        self._mark(first, totals)
        documents = self._shown(np.flatnonzero(totals) if first.size * 8 > len(self) else self._having(first), seen)
        sums = totals[documents]
        for n in order[1:]:
            values = self._values(found[n], documents)
            there = values > 0
            documents, sums = documents[there], sums[there] + values[there]
        return self._ranked(documents, sums, limit, seen)

    def all_but_one(self, found: list[Found], limit: int, seen: Seen) -> list[Hit]:
        """The best documents that have every word but one, whichever."""
        sums = np.zeros(len(self), dtype=np.int32)
        for one in found:
            totals = np.zeros(len(self), dtype=np.int32)
            self._mark(one, totals)
            sums += totals
        least = (len(found) - 2) * ranking.MOST_ERRORS
        documents = self._shown(np.flatnonzero(sums >> ERROR_BIT > least), seen)
        return self._ranked(documents, sums[documents], limit, seen)

    def _only(self, found: Found, limit: int, seen: Seen) -> list[Hit]:
        """One word: from the best value down, and no further than ``limit`` documents take it."""
        totals = np.zeros(len(self), dtype=np.int32)
        quality = found.values >> POINTS_BIT
        numbers = found.document_values >> POINTS_BIT
        taken: list[Array] = []
        count = 0
        for level in sorted({*_steps(quality), *_steps(numbers)}, reverse=True):
            first, end = np.searchsorted(quality, (level, level + 1))
            documents, values = self._expanded(found.entries[first:end], found.values[first:end])
            first, end = np.searchsorted(numbers, (level, level + 1))
            documents = np.concatenate((found.documents[first:end], documents))
            values = np.concatenate((found.document_values[first:end], values))
            if len(documents) > MANY:
                documents, values = self._foremost(documents, values, totals, limit, seen)
            new = totals[documents] == 0
            documents, values = documents[new], values[new]
            totals[documents] = values
            fresh = self._shown(distinct(documents, len(self)), seen)
            taken.append(fresh)
            count += len(fresh)
            if count >= limit:
                break
        documents = np.concatenate(taken) if taken else np.zeros(0, dtype=np.intp)
        return self._ranked(documents, totals[documents], limit, seen)

    def _foremost(self, documents: Ints, values: Ints, totals: Ints, limit: int, seen: Seen) -> tuple[Ints, Ints]:
        """Of many with one quality, those that can be among the ``limit`` best: whoever is likely, and by name the first of each standing.

        What is hidden, or stands in ``totals`` already, is left out. A tenth of the work of ordering them all.
        """
        standing = self._standing(seen.now)
        likely = np.array([document for document, _share in seen.likely], dtype=np.int32)
        wanted = totals == 0
        if seen.hidden is not None:
            wanted &= ~seen.hidden
        by_deed = (values & _DEED) > 0
        kept, worth = [], []
        for one in (by_deed, ~by_deed):
            if not one.any():
                continue
            there = np.zeros(len(self), dtype=bool)
            there[documents[one]] = True
            there &= wanted
            wanted &= ~there
            first = [np.flatnonzero(there & (standing == each))[:limit] for each in range(ranking.PRESENT + 1)]
            found = np.unique(np.concatenate([likely[there[likely]], *first])).astype(np.int32)
            kept.append(found)
            worth.append(np.full(len(found), values[one][0], dtype=np.int32))
        return np.concatenate(kept), np.concatenate(worth)

    def _having(self, found: Found) -> Array:
        documents, _values = self._expanded(found.entries, found.values)
        return distinct(np.concatenate((documents, found.documents)), len(self))

    def _mark(self, found: Found, totals: Ints) -> None:
        """Write each document's best value. Values rise, so that the best is written last."""
        documents, values = self._expanded(found.entries, found.values)
        totals[documents] = values
        if len(found.documents):
            totals[found.documents] = np.maximum(totals[found.documents], found.document_values)

    def _expanded(self, entries: Array, values: Ints) -> tuple[Ints, Ints]:
        first, end = self.offsets[entries], self.offsets[entries + 1]
        return self.postings[ranges(first, end)], np.repeat(values, end - first)

    def _values(self, found: Found, documents: Array) -> Ints:
        """The best value of each of ``documents``, 0 for those that don't have the word."""
        if found.size < 4 * len(documents) or len(found.documents):
            totals = np.zeros(len(self), dtype=np.int32)
            self._mark(found, totals)
            return totals[documents]
        of_entry = self.values_by_entry(found)
        first, end = self.entry_offsets[documents], self.entry_offsets[documents + 1]
        # Every document has a name, and so an entry: no range is empty.
        starts = np.concatenate(([0], np.cumsum(end - first)[:-1])).astype(np.intp)
        return np.maximum.reduceat(of_entry[self.entries[ranges(first, end)]], starts) if len(documents) else _NONE

    def values_by_entry(self, found: Found) -> Ints:
        of_entry = np.zeros(_FIELDS * self.count, dtype=np.int32)
        of_entry[found.entries] = found.values
        return of_entry

    def _shown(self, documents: Array, seen: Seen) -> Array:
        return documents if seen.hidden is None else documents[~seen.hidden[documents]]

    def _ranked(self, documents: Array, totals: Ints, limit: int, seen: Seen) -> list[Hit]:
        """The ``limit`` best of ``documents``, in order."""
        if not len(documents):
            return []
        quality = totals.astype(np.int64) >> POINTS_BIT
        if len(documents) > 4 * limit:
            enough = np.partition(quality, len(quality) - limit)[len(quality) - limit]
            kept = quality >= enough
            documents, totals, quality = documents[kept], totals[kept], quality[kept]
        bonus = self._bonus(documents, totals, seen)
        key = (quality << _QUALITY_SHIFT) + (bonus << _BONUS_SHIFT) + (len(self) - documents)
        if len(key) > limit:
            best = np.argpartition(key, len(key) - limit)[len(key) - limit :]
            documents, totals, bonus, key = documents[best], totals[best], bonus[best], key[best]
        return [Hit(int(documents[n]), int(totals[n]), int(bonus[n])) for n in np.argsort(-key)]

    def _bonus(self, documents: Array, totals: Ints, seen: Seen) -> Array:
        standing = self._standing(seen.now)[documents].astype(np.int64)
        likely = np.zeros(len(documents), dtype=np.int64)
        if seen.likely:
            of_document = np.zeros(len(self), dtype=np.int8)
            for document, share in seen.likely:
                of_document[document] = share
            likely = of_document[documents].astype(np.int64)
        by_deed = (totals & _DEED) > 0
        return np.where(by_deed, standing * 16 + likely, likely * 8 + standing)

    def _standing(self, now: float) -> NDArray[np.int8]:
        """How soon each is here (``ranking.standing``), as it was within the last second."""
        at, standing = self._stood
        if not 0.0 <= now - at < 1.0:
            standing = self._standing_at(now)
            self._stood = (now, standing)
        return standing

    def _standing_at(self, now: float) -> NDArray[np.int8]:
        standing = np.full(len(self), ranking.PRESENT, dtype=np.int8)
        away = np.flatnonzero((self._away_from <= now) & (now < self._away_until))
        # Who is away twice at once is away until the later of the two: it is written last.
        away = away[np.argsort(self._away_until[away], kind="stable")]
        left = self._away_until[away] - now
        how_soon = np.where(left <= ranking.SOON_SECONDS, ranking.SOON, ranking.LATER)
        how_soon[(left > ranking.SOON_SECONDS) & (left <= ranking.TODAY_SECONDS)] = ranking.TODAY
        standing[self._away[away]] = how_soon
        standing[self._left] = ranking.GONE
        return standing

    # ── why ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def best_entry(self, document: int, found: Found, of_entry: Ints) -> tuple[Field, str, int]:
        """Where ``document`` has the word: the field, the word as it stands there ("" for a number), and the integer."""
        entries = self.entries[self.entry_offsets[document] : self.entry_offsets[document + 1]]
        values = of_entry[entries]
        at = int(values.argmax())
        value = int(values[at])
        if len(found.documents):
            number = int(found.document_values[found.documents == document].max(initial=0))
            if number > value:
                return Field.NUMBER, "", number
        field, word = divmod(int(entries[at]), self.count)
        return Field(field), self.vocabulary.words[word].removeprefix("="), value


class _Reading:
    """Documents as they come, their words numbered in the order in which they are met."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.keys: list[str] = []
        self.words: dict[str, int] = {}
        self.word_numbers, self.fields, self.counts = array("i"), array("b"), array("i")
        self.numbers: list[str] = []
        self.number_owners = array("i")
        self.protected, self.left, self.away = array("i"), array("i"), array("i")
        self.away_from, self.away_until = array("d"), array("d")

    def add(self, document: Document) -> None:
        here = len(self.keys)
        self.keys.append(document.key)
        self.names.append(document.name)
        if document.protected:
            self.protected.append(here)
        if document.left:
            self.left.append(here)
        for begin, end in document.away:
            self.away.append(here)
            self.away_from.append(begin)
            self.away_until.append(end)
        for number in document.numbers:
            self.numbers.append(number)
            self.number_owners.append(here)
        self.counts.append(self._add_words(document))

    def _add_words(self, document: Document) -> int:
        found = {(field, word) for field, words in document.fields() for word in self._numbers_of(field, words)}
        # A name without letters has no word; so that every document has an entry, it gets one that nothing is found by.
        for field, word in found or {(Field.NAME, self._numbers_of(Field.INITIALS, ("",))[0])}:
            self.fields.append(field)
            self.word_numbers.append(word)
        return max(1, len(found))

    def _numbers_of(self, field: Field, words: tuple[str, ...]) -> tuple[int, ...]:
        marked = tuple(f"={word}" for word in words) if field is Field.INITIALS else words
        known = self.words
        return tuple(known.setdefault(word, len(known)) for word in marked)


def _steps(ascending: Array) -> list[int]:
    """The different values of what is in order."""
    if not len(ascending):
        return []
    steps: list[int] = ascending[np.append(ascending[1:] != ascending[:-1], True)].tolist()
    return steps


_NONE: Ints = np.zeros(0, dtype=np.int32)
_EVERY_FIELD = np.array([field for field in Field if field is not Field.INITIALS])
