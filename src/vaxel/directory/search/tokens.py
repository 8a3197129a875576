# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words as the search compares them.

A word has one *own* form, in which å, ä, ö, đ, ŋ and ŧ are letters of their own, æ is ä and ø is ö, since neighbours spell one sound in two
ways; and *spellings* for those whose keyboard, or whose language, has other letters: å as a or aa, ä as a or ae, ö as o or oe.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST_LETTERS = 32
"""Letters of a word that are compared; longer ones are cut, in the directory and in what is sought."""

_OWN = frozenset("åäöđŋŧðþ")
_NEIGHBOUR = str.maketrans({"æ": "ä", "ø": "ö"})
_SHORT = str.maketrans({"å": "a", "ä": "a", "ö": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th"})
_LONG = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe", "đ": "dj", "ŋ": "ng", "ŧ": "th", "ð": "d", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of ``text`` in their own form, in order, each cut to ``MOST_LETTERS``."""
    return [word[:MOST_LETTERS] for word in _WORD.findall(own(text))]


def own(text: str) -> str:
    """``text`` in small letters without accents, in which Nordic letters stay what they are. What can't be seen is left out."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_NEIGHBOUR)
    return "".join(map(_letter, composed))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    if letter in _OWN or letter.isascii():
        return letter
    kept = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    # Format characters: joiners, marks of direction, soft hyphens. They stand inside words and don't end them.
    return "".join(part for part in kept if unicodedata.category(part) != "Cf")


@lru_cache(maxsize=65536)
def spellings(word: str) -> tuple[str, ...]:
    """A word's one or two spellings without Nordic letters: håkan → hakan, haakan."""
    if word.isascii():
        return (word,)
    short, long = word.translate(_SHORT)[:MOST_LETTERS], word.translate(_LONG)[:MOST_LETTERS]
    return (short,) if short == long else (short, long)


def initials(name: str) -> set[str]:
    """The first letters of a name, hyphens parting names or not: Anna-Karin Johansson → akj, aj. None of a single name."""
    wholes = [part for part in map(words, name.split()) if part]
    every = "".join(word[0] for part in wholes for word in part)
    whole = "".join(part[0][0] for part in wholes)
    return {found for found in (every, whole) if len(found) > 1}
