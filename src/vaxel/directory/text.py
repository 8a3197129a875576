# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words as they are compared: without case, accents and the spellings in which neighbours differ.

Nordic letters are written in two ways where a keyboard lacks them: å as *a* or *aa*, ä and æ as *a* or *ae*, ö and ø as *o* or *oe*.
Both are kept in the index, so either finds the word.
"""

from __future__ import annotations

import re
import unicodedata

_SHORT = str.maketrans(
    {
        "å": "a",
        "ä": "a",
        "æ": "a",
        "ö": "o",
        "ø": "o",
        "ü": "u",
        "đ": "d",
        "ŧ": "t",
        "ŋ": "n",
        "ß": "ss",
        "þ": "th",
        "ð": "d",
    }
)
_LONG = str.maketrans({"å": "aa", "ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "ü": "ue"})
_WORD = re.compile(r"[a-z0-9]+")


def spellings(text: str) -> tuple[str, str]:
    """``text`` in small letters, in both spellings: å ä æ ö ø as one letter, and as two."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    return _plain(lowered.translate(_SHORT)), _plain(lowered.translate(_LONG).translate(_SHORT))


def index_words(text: str) -> list[str]:
    """The words under which ``text`` is found, each once, in order."""
    short, long = spellings(text)
    return list(dict.fromkeys(_WORD.findall(short) + _WORD.findall(long)))


def query_words(text: str) -> list[set[str]]:
    """For each word of a query, the spellings of which one must be found."""
    groups = []
    for word in text.split():
        short, long = spellings(word)
        for one, other in zip(_WORD.findall(short), _WORD.findall(long), strict=False):
            groups.append({one, other})
    return groups


def visible(text: str) -> str:
    """``text`` on one line, without what can't be seen: foreign names may turn the direction of reading, or speak to a terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
