# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""vCard 3.0 and 4.0 (RFC 2426, RFC 6350), read and written: the properties that a directory of a municipality has a place for."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.exchange.tables import MOST_ROWS, FileRefused, Row, Table, check_size, decoded

OWN = {
    "NOTE": "note",
    "X-VAXEL-TASKS": "tasks",
    "X-VAXEL-FUNCTIONS": "functions",
    "X-VAXEL-STANDS-IN": "stands_in",
    "X-VAXEL-INITIALS": "initials",
    "X-VAXEL-PLACE": "place",
    "X-VAXEL-ROOM": "room",
    "X-VAXEL-PREFERS": "prefers",
    "X-VAXEL-NO-ANSWER": "no_answer",
    "X-VAXEL-MAY-TELL": "may_tell",
    "X-VAXEL-SUBSTITUTES": "substitutes",
    "X-VAXEL-SUCCESSOR": "successor",
    "X-VAXEL-LAST-DAY": "last_day",
}
"""Property → field, for what the standard has no property of its own for (RFC 6350 6.10)."""

HEADINGS = ("UID", "FN", "TITLE", "ROLE", "ORG", "EMAIL", "TEL", "TEL;CELL", "CATEGORIES", *OWN)
MAPPING = {
    "UID": "key",
    "FN": "name",
    "TITLE": "title",
    "ROLE": "function",
    "ORG": "unit",
    "EMAIL": "email",
    "TEL": "numbers",
    "TEL;CELL": "mobile",
    "CATEGORIES": "search_words",
    **OWN,
}


class Property(Struct, frozen=True):
    """``types``: the values of TYPE, in small letters."""

    name: str
    types: frozenset[str]
    value: str


def is_vcard(content: bytes) -> bool:
    """Whether a file of cards begins here."""
    return b"BEGIN:VCARD" in content[:200].upper().replace(b"\x00", b"")


def read(content: bytes) -> Table:
    """The cards as a table with ``HEADINGS``. Raises ``FileRefused``."""
    check_size(len(content))
    text, encoding = decoded(content)
    rows: list[Row] = []
    for line, lines in _cards(text):
        properties = [found for told in lines if (found := _property(told)) is not None]
        if any(found.name == "KIND" and found.value.casefold() in ("group", "org", "location") for found in properties):
            continue
        rows.append(Row(line, _cells(properties)))
        if len(rows) > MOST_ROWS:
            raise FileRefused(_("The file has more than %(most)d cards. Divide it.") % {"most": MOST_ROWS})
    if not rows:
        raise FileRefused(_("The file has no vCard that is complete, from BEGIN:VCARD to END:VCARD."))
    return _without_empty(rows, encoding)


def _without_empty(rows: list[Row], encoding: str) -> Table:
    """Only columns that some card fills: what no card tells isn't empty, it isn't told."""
    used = [at for at in range(len(HEADINGS)) if any(row.cells[at] for row in rows)]
    kept = tuple(Row(row.line, tuple(row.cells[at] for at in used)) for row in rows)
    return Table(tuple(HEADINGS[at] for at in used), kept, (), encoding)


def _cards(text: str) -> Iterator[tuple[int, list[str]]]:
    """The unfolded lines of each card, with the number of its first line."""
    card: list[str] | None = None
    begin = 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.upper() == "BEGIN:VCARD":
            card, begin = [], number
        elif line.upper() == "END:VCARD" and card is not None:
            yield begin, card
            card = None
        elif card is None:
            continue
        elif line[:1] in (" ", "\t") and card:
            card[-1] += line[1:]
        elif card and card[-1].endswith("=") and "QUOTED-PRINTABLE" in card[-1].upper():
            card[-1] = card[-1][:-1] + line
        else:
            card.append(line)


def _property(line: str) -> Property | None:
    head, found, value = _divided(line)
    if not found:
        return None
    name, *parameters = head.upper().split(";")
    types: set[str] = set()
    printable = False
    for parameter in parameters:
        key, equals, told = parameter.partition("=")
        if key == "TYPE" or not equals:
            types.update((told or key).replace('"', "").casefold().split(","))
        printable = printable or parameter in ("ENCODING=QUOTED-PRINTABLE", "QUOTED-PRINTABLE")
    if printable:
        value = quopri.decodestring(value.encode()).decode(errors="replace")
    return Property(name.rpartition(".")[2], frozenset(types), value)


def _divided(line: str) -> tuple[str, bool, str]:
    """The property with its parameters, and its value: at the first colon that isn't within quotation marks."""
    quoted = False
    for at, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return line[:at], True, line[at + 1 :]
    return line, False, ""


def _parts(value: str, separator: str) -> list[str]:
    return [_plain(part) for part in re.split(rf"(?<!\\){separator}", value)]


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _cells(properties: Iterable[Property]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    numbers: list[str] = []
    for told in properties:
        value = _plain(told.value)
        match told.name:
            case "TEL":
                if told.types & {"cell", "iphone"}:
                    found.setdefault("TEL;CELL", value)
                elif not told.types & {"fax", "pager", "home"}:
                    numbers.append(value)
            case "ORG":
                # The first part is the organisation itself, which the directory knows.
                below = [part for part in _parts(told.value, ";")[1:] if part]
                found.setdefault("ORG", " / ".join(below))
            case "N":
                family, given, *_rest = [*_parts(told.value, ";"), "", ""]
                found.setdefault("FN", f"{given} {family}".strip())
            case "FN":
                found["FN"] = value or found.get("FN", "")
            case "CATEGORIES":
                found["CATEGORIES"] = ", ".join(part for part in _parts(told.value, ",") if part)
            case name if name in HEADINGS:
                found.setdefault(name, value)
    found["TEL"] = ", ".join(numbers)
    return tuple(found.get(heading, "") for heading in HEADINGS)


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def escaped(text: str) -> str:
    """``text`` as the value of a property."""
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\r\n", "\n").replace("\n", r"\n")


def folded(line: str) -> str:
    """``line`` in pieces of at most 75 octets (RFC 6350 3.2), none of which divides a letter."""
    pieces: list[str] = [""]
    size = 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > 75:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += octets
    return "\r\n".join(pieces) + "\r\n"
