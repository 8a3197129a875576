# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How well a document answers a query, as one integer for each word of it; the sum over the words ranks the document.

The integer holds, from high bits to low: ``MOST_ERRORS`` less the typing errors, points, and whether the word was found in what somebody
does rather than in who she is. So a word that is found outweighs all errors, one error outweighs all points, and integers can be added.

Points: for where the word was found (``POINTS``), ``WHOLE`` for all of a word, ``OWN_LETTERS`` for the same Nordic letters, and ``INSIDE``
for the latter part of a compound.
"""

from __future__ import annotations

from enum import IntEnum


class Field(IntEnum):
    """Where in a document a word stands."""

    NAME = 0
    INITIALS = 1
    FUNCTION = 2
    TASK = 3
    SEARCH_WORD = 4
    TITLE = 5
    UNIT = 6
    PLACE = 7
    NUMBER = 8
    EMAIL = 9


POINTS = {
    Field.NAME: 12,
    Field.INITIALS: 11,
    Field.FUNCTION: 10,
    Field.TASK: 10,
    Field.SEARCH_WORD: 10,
    Field.TITLE: 8,
    Field.UNIT: 6,
    Field.PLACE: 6,
    Field.NUMBER: 12,
    Field.EMAIL: 5,
}
WHOLE, OWN_LETTERS, INSIDE = 3, 1, -4

COMPOUNDS = (Field.FUNCTION, Field.TASK, Field.SEARCH_WORD, Field.TITLE, Field.UNIT, Field.PLACE)
"""Fields in whose words a word may be sought inside: names aren't among them."""

DOES = frozenset({Field.FUNCTION, Field.TASK, Field.SEARCH_WORD, Field.TITLE, Field.UNIT, Field.PLACE})
"""What somebody does, and where. Who is sought by it may be anyone, so presence counts before habit."""

INSIDE_FROM, INSIDE_LEAST, INSIDE_ASKED = 3, 4, 3
"""A part begins at the fourth letter at the earliest, has four letters, and is sought by three or more."""

MOST_ERRORS = 32
ERROR_BIT, POINTS_BIT = 14, 4
MOST_WORDS = 12
"""Of a query; further ones are left out. The sums above hold for so many."""


def errors_allowed(word: str) -> int:
    """Typing errors that are forgiven in a word of a query: none in numbers."""
    if any(letter.isdigit() for letter in word):
        return 0
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def base(errors: int, whole: bool = False, own_letters: bool = False, inside: bool = False) -> int:
    """The integer of a word that was found, without the field's share."""
    points = WHOLE * whole + OWN_LETTERS * own_letters + INSIDE * inside
    return ((MOST_ERRORS - errors) << ERROR_BIT) + (points << POINTS_BIT)


def share(field: Field) -> int:
    """What the field adds to it."""
    return (POINTS[field] << POINTS_BIT) + (field in DOES)


def tier(total: int) -> int:
    """Of a sum: words found and errors alone, larger is better."""
    return total >> ERROR_BIT


def quality(total: int) -> int:
    """Of a sum: the same with points."""
    return total >> POINTS_BIT


def exactly(total: int) -> bool:
    """Without any typing error."""
    return tier(total) % MOST_ERRORS == 0


def by_deed(total: int) -> bool:
    """Was any word found in what she does?"""
    return bool(total & ((1 << POINTS_BIT) - 1))


PRESENT, SOON, TODAY, LATER, GONE = 4, 3, 2, 1, 0
MOST_LIKELY = 15
"""The largest share that habit and the caller's history have."""

SOON_SECONDS, TODAY_SECONDS = 7_200.0, 43_200.0


def standing(now: float, until: float) -> int:
    """How soon somebody is here who is away ``until`` (infinite: not known)."""
    if until - now <= SOON_SECONDS:
        return SOON
    return TODAY if until - now <= TODAY_SECONDS else LATER


def bonus(total: int, standing: int, likely: int) -> int:
    """What orders those of the same quality: sought by what she does, the present first; by name, whom the operator seldom misses."""
    return standing * 16 + likely if by_deed(total) else likely * 8 + standing
