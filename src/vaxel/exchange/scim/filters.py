# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filters (RFC 7644 3.4.2.2): read into a tree, and asked of a resource.

``userName eq "anna"``, ``name.familyName sw "Li" and active eq true``, ``emails[type eq "work" and value co "@"]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from vaxel.exchange.scim.errors import SCHEMAS, ScimError

LONGEST = 2000
DEEPEST = 20
EXACT = frozenset({"id", "externalid"})
"""Attributes in which capital letters matter."""


class Compare(Struct, frozen=True):
    """``attribute`` in small letters, without the schema's name where it is the resource's own; ``value`` None for ``pr``."""

    attribute: str
    operator: str
    value: Any = None


class Not(Struct, frozen=True):
    of: Tree


class Both(Struct, frozen=True):
    one: Tree
    other: Tree


class Either(Struct, frozen=True):
    one: Tree
    other: Tree


class Within(Struct, frozen=True):
    """Some value of ``attribute`` for which all of ``of`` is true."""

    attribute: str
    of: Tree


Tree = Compare | Not | Both | Either | Within

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<mark>[()\[\]])|(?P<word>[^\s()\[\]"]+))""",
)
OPERATORS = frozenset({"eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"})


def parse(text: str) -> Tree:
    """The tree of a filter. Raises ``ScimError`` (``invalidFilter``)."""
    if len(text) > LONGEST:
        raise ScimError(400, f"The filter is longer than {LONGEST} letters.", "invalidFilter")
    reader = _Reader(text)
    tree = reader.either(0)
    if reader.next:
        raise reader.wrong()
    return tree


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._all(text)
        self.next = ""
        self.take()

    def _all(self, text: str) -> Iterator[str]:
        at, end = 0, len(text.rstrip())
        while at < end:
            found = _TOKEN.match(text, at)
            if found is None:
                raise self.wrong()
            yield found["string"] or found["mark"] or found["word"]
            at = found.end()

    def take(self) -> str:
        taken = self.next
        self.next = next(self._tokens, "")
        return taken

    def wrong(self) -> ScimError:
        told = 'The filter “%(text)s” can\'t be read. Write it like: userName eq "anna@example.org"'
        return ScimError(400, told % {"text": self._text[:200]}, "invalidFilter")

    def either(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise self.wrong()
        tree = self.both(depth)
        while self.next.casefold() == "or":
            self.take()
            tree = Either(tree, self.both(depth))
        return tree

    def both(self, depth: int) -> Tree:
        tree = self.one(depth)
        while self.next.casefold() == "and":
            self.take()
            tree = Both(tree, self.one(depth))
        return tree

    def one(self, depth: int) -> Tree:
        if self.next.casefold() == "not":
            self.take()
            if self.next != "(":
                raise self.wrong()
            return Not(self._enclosed(")", depth))
        if self.next == "(":
            return self._enclosed(")", depth)
        return self._comparison(depth)

    def _enclosed(self, end: str, depth: int) -> Tree:
        self.take()
        tree = self.either(depth + 1)
        if self.take() != end:
            raise self.wrong()
        return tree

    def _comparison(self, depth: int) -> Tree:
        name = attribute(self.take())
        if not re.fullmatch(r"[a-z$][\w.$:-]*", name):
            raise self.wrong()
        if self.next == "[":
            return Within(name, self._enclosed("]", depth))
        operator = self.take().casefold()
        if operator == "pr":
            return Compare(name, "pr")
        if operator not in OPERATORS or not self.next:
            raise self.wrong()
        try:
            return Compare(name, operator, json.loads(self.take()))
        except ValueError as error:
            raise self.wrong() from error


def attribute(text: str) -> str:
    """The name of an attribute as trees have it."""
    plain = text.casefold()
    for schema in SCHEMAS[:2]:
        plain = plain.removeprefix(f"{schema.casefold()}:")
    return plain


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def fits(tree: Tree, resource: dict[str, Any]) -> bool:
    """Whether the filter finds ``resource``."""
    match tree:
        case Not(of):
            return not fits(of, resource)
        case Both(one, other):
            return fits(one, resource) and fits(other, resource)
        case Either(one, other):
            return fits(one, resource) or fits(other, resource)
        case Within(name, of):
            return any(isinstance(value, dict) and fits(of, value) for value in values(resource, name))
        case Compare(name, operator, value):
            return _compares(name, operator, value, list(values(resource, name)))


def values(resource: dict[str, Any], name: str) -> Iterator[Any]:
    """All values that ``resource`` has under ``name``: each, of an attribute with several."""
    for key, value in resource.items():
        plain = key.casefold()
        if plain == name:
            yield from value if isinstance(value, list) else [value]
        elif name.startswith((f"{plain}.", f"{plain}:")):
            rest = name[len(plain) + 1 :]
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    yield from values(part, rest)


def _compares(name: str, operator: str, wanted: Any, found: list[Any]) -> bool:
    plain = [value["value"] if isinstance(value, dict) and "value" in value else value for value in found]
    if operator == "pr":
        return any(value not in (None, "", [], {}) for value in plain)
    if operator == "ne":
        return not _compares(name, "eq", wanted, found)
    exact = name.rpartition(".")[2] in EXACT
    return any(_holds(operator, _word(value, exact), _word(wanted, exact)) for value in plain)


def _word(value: Any, exact: bool) -> Any:
    return value.casefold() if isinstance(value, str) and not exact else value


_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: bool(a == b),
    "co": lambda a, b: b in a,
    "sw": lambda a, b: bool(a.startswith(b)),
    "ew": lambda a, b: bool(a.endswith(b)),
    "gt": lambda a, b: bool(a > b),
    "ge": lambda a, b: bool(a >= b),
    "lt": lambda a, b: bool(a < b),
    "le": lambda a, b: bool(a <= b),
}


def _holds(operator: str, value: Any, wanted: Any) -> bool:
    if operator != "eq" and not (isinstance(value, str) and isinstance(wanted, str)):
        return False
    return type(value) is type(wanted) and _HOLDS[operator](value, wanted)
