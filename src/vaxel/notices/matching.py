# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which notices and answers a search or a call touches: by subject words, in the spellings of ``directory.text``. Pure.

A phrase is touched when each of its words is: by the beginning of it that was typed, or by a compound that begins with it (*bygglov* by
*bygglovsavgift*).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from vaxel.directory.text import query_words

SHORTEST_TYPED = 3
"""Letters that must be typed of a word, unless it is shorter itself."""
SHORTEST_BEGINNING = 4
"""Letters of a word that may begin a longer one."""
MOST_WORDS = 40


class Subject(Struct, frozen=True, kw_only=True):
    """What something is about: ``title`` and each of ``phrases`` in words; ``units`` and ``people`` by key."""

    title: str = ""
    phrases: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


class Touch(Struct, frozen=True, kw_only=True):
    """What was typed, or what a call is about: ``text`` in words, the units and people that it concerns by key."""

    text: str = ""
    units: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


T = TypeVar("T")

PHRASE, WORD_OF_TITLE, PERSON, UNIT = 8, 3, 6, 4


def score(subject: Subject, touch: Touch) -> int:
    """How closely ``touch`` concerns ``subject``; 0 when it doesn't."""
    typed = _words(touch.text)
    found = max(
        (PHRASE + 2 * len(words) for words in map(_words, subject.phrases) if _touched(words, typed)), default=0
    )
    title = [word for word in _words(subject.title) if _longest(word) > SHORTEST_TYPED]
    found += WORD_OF_TITLE * sum(_touched([word], typed) for word in title)
    found += PERSON * bool(subject.people & touch.people)
    return found + UNIT * bool(subject.units & touch.units)


def touched(subjects: Iterable[tuple[T, Subject]], touch: Touch) -> list[T]:
    """Those that ``touch`` concerns, the closest first; of equals the first."""
    found = [(score(subject, touch), thing) for thing, subject in subjects]
    return [thing for points, thing in sorted(found, key=lambda pair: -pair[0]) if points]


def _words(text: str) -> list[set[str]]:
    return query_words(text[:2000])[:MOST_WORDS]


def _longest(word: set[str]) -> int:
    return max(map(len, word))


def _touched(wanted: list[set[str]], typed: list[set[str]]) -> bool:
    return bool(wanted) and all(any(_meets(word, other) for other in typed) for word in wanted)


def _meets(word: set[str], typed: set[str]) -> bool:
    return any(
        (one.startswith(other) and len(other) >= min(SHORTEST_TYPED, len(one)))
        or (len(one) >= SHORTEST_BEGINNING and other.startswith(one))
        for one in word
        for other in typed
    )
