# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an operator types, or repeats of what she hears: words, a number, or a whole question in Swedish, Norwegian, Danish or English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from msgspec import Struct

from vaxel.directory.search.ranking import MOST_WORDS
from vaxel.directory.search.tokens import MOST_LETTERS, own, words

MOST_TYPED = 400
"""Characters of a query that are read."""
MOST_READINGS = 24

_ASKING = frozenset(
    """
    vem vilka vilken vilket vart var hur kan får jag söker
    hvem hvilken hvilket hvilke hvor hvordan hva hvad kan jeg må søger
    who whom which where what how can
    """.translate(str.maketrans("øæ", "öä")).split()
)
_FILLING = frozenset(
    """
    har hand om handlägger handhar sköter tar tager hanterar ansvarar ansvarig ansvar för för handläggare
    arbetar jobbar svarar frågor fråga kring gällande ärende ärenden angående pratar talar jag man vi mig min mitt mina
    vill ska skall få är det den de en ett som i på av till med och eller
    håndterer tar seg av ansvaret for ansvar for arbeider jobber med saker sak svarer spørsmål om gjelder snakke snakker
    jeg meg min mitt mine vil skal få er det den de en et ei som i på av til med og eller
    tager sig af håndterer har ansvaret ansvarlig arbejder sager sag svarer på spørgsmål vedrørende tale taler
    jeg mig min mit mine vil skal få er det den de en et der som i på af til med og eller
    handles handle does do deals deal is are responsible charge takes take care works work about for with the a an of in on to my i
    and or questions question regarding speak talk
    """.translate(str.maketrans("øæ", "öä")).split()
)
_BETWEEN = frozenset(
    [
        "och",
        "og",
        "and",
        "i",
        "på",
        "om",
        "för",
        "for",
        "til",
        "till",
        "the",
        "of",
        "av",
        "af",
        "med",
        "with",
        "eller",
        "or",
    ]
)
_ENDINGS = sorted(
    "s r n t e a ar er or en et an na ne es arna erna orna ene erne arnas ernas ernes erens ets ens".split(),  # noqa: SIM905
    key=len,
    reverse=True,
)
"""Of words in the plural, the definite form and the genitive, in the four languages; the longest first."""
_SHORTEST_PLAIN = 3
_WRITTEN_IN_NUMBERS = " -/().\u00a0\u2011"


class Query(Struct, frozen=True):
    """``words`` in their own form. ``loose``: one of them may be left out where nothing has them all."""

    words: tuple[str, ...]
    loose: bool = False


def read(text: str) -> Query:
    """What ``text`` asks for; without words when there are none in it."""
    text = text.strip()[:MOST_TYPED]
    number = _number(text)
    if number:
        return Query((number,))
    found = words(" ".join(part.partition("@")[0] or part for part in text.split()))
    found, asked = _without_filling(found)
    found = list(dict.fromkeys(found))[:MOST_WORDS]
    return Query(tuple(found), loose=len(found) > 2 or (asked and len(found) > 1))


def readings(query: Query, knows: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
    """Other ways to write it: without endings (altaner, altan), two words as one, and one as two of which the first is known.

    At most ``MOST_READINGS``.
    """
    return islice(_readings(query.words, knows), MOST_READINGS)


def _readings(found: tuple[str, ...], knows: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
    plain = tuple(_without_ending(word, knows) for word in found)
    if plain != found:
        yield plain
    for n in range(len(found) - 1):
        yield (*found[:n], (found[n] + found[n + 1])[:MOST_LETTERS], *found[n + 2 :])
    for n, word in enumerate(found):
        for head, tail in splits(word):
            if len(found) < MOST_WORDS and knows(head):
                yield (*found[:n], head, tail, *found[n + 1 :])


def _without_ending(word: str, knows: Callable[[str], bool]) -> str:
    """The known word that ``word`` is a form of, or itself."""
    plain = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return next((one for one in plain if len(one) >= _SHORTEST_PLAIN and knows(one)), word)


def splits(word: str) -> Iterator[tuple[str, str]]:
    """Places at which a compound may be parted, three letters or more on either side: with a joining s or e, too."""
    for at in range(3, len(word) - 2):
        yield word[:at], word[at:]
        if at > 3 and word[at - 1] in "se":
            yield word[: at - 1], word[at:]


def _number(text: str) -> str:
    """Digits of a number that may be keyed with spaces and hyphens, "" when it is none."""
    compact = own(text).removeprefix("+")
    digits = "".join(letter for letter in compact if letter not in _WRITTEN_IN_NUMBERS)
    if not (digits.isascii() and digits.isdecimal() and len(digits) >= 4):
        return ""
    return digits.removeprefix("00")[:15]


def _without_filling(found: list[str]) -> tuple[list[str], bool]:
    """A question's words without those that every question has, and whether it was one. The last may be only begun."""
    asked = any(word in _ASKING for word in found[:-1])
    left_out = _ASKING | _FILLING if asked else _BETWEEN
    kept = [word for n, word in enumerate(found) if word not in left_out or (not asked and n == len(found) - 1)]
    return (kept or found), asked and bool(kept)
