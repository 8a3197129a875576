# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is sought: a person, group or unit as the words under which she is found."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from vaxel.directory.search.ranking import Field
from vaxel.directory.search.tokens import initials, words


class Document(Struct, frozen=True, kw_only=True):
    """``key`` is a person's, group's or unit's (``p12``). ``texts`` are all that is written about it but name and numbers.

    ``away``: from when until when, seconds since the epoch, infinite where it isn't known. ``left``: her employment is over.
    """

    key: str
    name: str
    texts: tuple[tuple[Field, str], ...] = ()
    numbers: tuple[str, ...] = ()
    protected: bool = False
    away: tuple[tuple[float, float], ...] = ()
    left: bool = False

    def fields(self) -> Iterator[tuple[Field, tuple[str, ...]]]:
        """Words by field. A field may come more than once. Of an e-mail address only what the name doesn't have."""
        named = words(self.name)
        yield Field.NAME, tuple(named)
        if self.key.startswith("p"):
            yield Field.INITIALS, tuple(sorted(initials(self.name)))
        for field, text in self.texts:
            if field is Field.EMAIL:
                yield field, tuple(set(words(text.partition("@")[0])).difference(named))
            else:
                yield field, tuple(words(text))

    @property
    def order(self) -> tuple[str, str]:
        """By which those stand that are otherwise equal."""
        return self.name.casefold(), self.key


def phrase(field: Field, text: str, word: str) -> str:
    """What of ``text`` has ``word``: one of the tasks or search words, which stand in a list; ``word`` itself when it isn't there."""
    listed = field in (Field.TASK, Field.SEARCH_WORD)
    parts = text.replace("\n", ",").replace(";", ",").split(",") if listed else [text]
    return next((part.strip() for part in parts if word in words(part)), word)
