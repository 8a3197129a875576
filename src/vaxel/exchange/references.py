# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom a row means that names another person: by key, by e-mail address or by number. No database is asked here.

People are named by their own keys (``p12``); who comes in with the same import hasn't one yet, and is named by its line (``=7``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vaxel.directory.numbers import international
from vaxel.exchange import periods
from vaxel.exchange.fields import BY_NAME, Entry

if TYPE_CHECKING:
    from vaxel.exchange.plan import Directory, Known

FIELDS = ("substitutes", "successor")


class NotFound(ValueError):
    """Says who isn't."""


def name_of(person: int | None, line: int) -> str:
    """As steps name somebody."""
    return f"p{person}" if person else f"={line}"


def named(name: str, told: str) -> frozenset[str]:
    """Everybody whom the value of the field ``name`` names."""
    if name == "successor":
        return frozenset({told} - {""})
    return frozenset(period.who for period in periods.read(told))


def renamed(name: str, told: str, names: Mapping[str, str]) -> str:
    """The value of the field ``name`` with other names for those who have one."""
    if name == "successor":
        return names.get(told, told)
    found = periods.read(told)
    return periods.written(periods.Period(one.first, one.last, names.get(one.who, one.who)) for one in found)


def without(name: str, told: str, hidden: Collection[str]) -> str:
    """The value of the field ``name`` without those who are ``hidden``."""
    if name == "successor":
        return "" if told in hidden else told
    return periods.written(one for one in periods.read(told) if one.who not in hidden)


class References:
    """What the file says of somebody goes before what the directory does. Nobody is found whom the one who imports may not see."""

    def __init__(self, directory: Directory, *, protected: bool) -> None:
        self._country = directory.country
        self._file, self._directory = _Index(), _Index()
        self._hidden = {name_of(known.person, 0) for known in directory.people if known.protected and not protected}
        for known in directory.people:
            name = name_of(known.person, 0)
            if name not in self._hidden:
                self._directory.learn(name, known.values, known.key, name)

    def learn(self, entry: Entry, known: Known | None) -> None:
        """``entry`` is in the file, about ``known`` or about somebody new."""
        self._file.learn(name_of(known.person if known else None, entry.line), entry.values, entry.key)

    def resolved(self, name: str, told: str, own: str, current: str) -> str:
        """``told`` with keys of the directory. ``own``: whose field it is; ``current``: what it is now. Raises ``NotFound``."""
        hidden = named(name, current) & self._hidden
        if name == "successor":
            return self._one(name, told, own) if told else next(iter(hidden), "")
        found = [periods.Period(one.first, one.last, self._one(name, one.who, own)) for one in periods.read(told)]
        return periods.written([*found, *(one for one in periods.read(current) if one.who in hidden)])

    def _one(self, name: str, told: str, own: str) -> str:
        found = self._find(told)
        if not found:
            wrong = _("%(field)s: nobody, or more than one, has the key, e-mail address or number “%(text)s”")
            raise NotFound(wrong % {"field": BY_NAME[name].label, "text": told})
        if found == own:
            raise NotFound(_("%(field)s: it is she herself") % {"field": BY_NAME[name].label})
        return found

    def _find(self, told: str) -> str:
        try:
            number = international(told, self._country) if self._country else ""
        except ValueError:
            number = ""
        return self._file.find(told.casefold(), number) or self._directory.find(told.casefold(), number)


class _Index:
    """Names by what they are known by."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._others: dict[str, set[str]] = {}

    def learn(self, name: str, values: Mapping[str, str], *keys: str) -> None:
        for key in filter(None, keys):
            self._keys.setdefault(key.casefold(), name)
        for word in (values.get("email", "").casefold(), *values.get("numbers", "").split()):
            self._others.setdefault(word, set()).add(name)

    def find(self, told: str, number: str) -> str:
        """By key; else by address or number, when only one has it. "" for nobody."""
        if told in self._keys:
            return self._keys[told]
        found = next((self._others[word] for word in (told, number) if word and word in self._others), set())
        return next(iter(found)) if len(found) == 1 else ""
