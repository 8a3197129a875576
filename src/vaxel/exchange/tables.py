# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file with people as rows and columns: its letters, its separator, its headings; and what to do when it isn't such a file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.exchange.fields import Problem

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 100_000
SEPARATORS = (";", ",", "\t")
_HARMLESS = re.compile(r"^'(?='*[=+\-@\t\r|%])")
"""The apostrophe with which exports disarm what a spreadsheet would calculate."""


class FileRefused(Exception):
    """The file as a whole can't be read. Says what it is, and what to do."""


class Row(Struct, frozen=True):
    """``line`` of the file, counted from 1; ``cells`` as many as there are headings."""

    line: int
    cells: tuple[str, ...]


class Table(Struct, frozen=True):
    """``problems`` are rows that can't be read. ``encoding`` and ``separator`` are what was found, "" where there is none."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    separator: str = ""


def read(content: bytes) -> Table:
    """The table in ``content``, a CSV file. Raises ``FileRefused``."""
    check_size(len(content))
    _refuse_other_files(content)
    text, encoding = decoded(content)
    _refuse_nul(text)
    if re.match(r"\s*<(?:!doctype|html|table|\?xml|meta)\b", text[:2000], re.IGNORECASE):
        raise FileRefused(_spreadsheet(_("a web page")))
    separator, text = _separator(text)
    headings, rows, problems = _rows(text, separator)
    return Table(headings, rows, problems, encoding, separator)


def check_size(size: int) -> None:
    """Raises ``FileRefused`` for more bytes than are read."""
    if size > MOST_BYTES:
        told = _("The file is %(size)d MB large; at most %(most)d MB are read. Leave columns out, or divide it.")
        raise FileRefused(told % {"size": size // 1_000_000, "most": MOST_BYTES // 1_000_000})


# ── is it a table? ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _refuse_other_files(content: bytes) -> None:
    if not content.strip():
        raise FileRefused(_("The file is empty."))
    for beginning, what in (
        (b"PK\x03\x04", ""),
        (b"\xd0\xcf\x11\xe0", _("an old Excel workbook (.xls)")),
        (b"%PDF", _("a PDF document")),
        (b"{\\rtf", _("a text document (RTF)")),
    ):
        if content.startswith(beginning):
            raise FileRefused(_spreadsheet(what or _packed(content)))


def _packed(content: bytes) -> str:
    """Which kind of file in a ZIP archive."""
    beginning = content[:4000]
    if b"opendocument.spreadsheet" in beginning:
        return _("an OpenDocument spreadsheet (.ods)")
    if b"xl/" in content[:200_000] or b"[Content_Types].xml" in beginning:
        return _("an Excel workbook (.xlsx)")
    return _("a ZIP archive")


def _spreadsheet(what: str) -> str:
    told = _("This is %(what)s, not a CSV file. Open it in the program it comes from and save it as “CSV UTF-8”.")
    return told % {"what": what}


# ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and in which encoding it was. Raises ``FileRefused``, with the line, when there is none that fits."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding), encoding
    if wide := _wide(content):
        return _strictly(content, wide), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _windows(content, error.start), "windows-1252"


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is 0."""
    sample = content[:2000]
    if len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.4 and not odd else ""


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, errors="replace").count("\n") + 1
        told = _("Line %(line)d has bytes that aren't %(encoding)s: export the file anew as CSV UTF-8.")
        raise FileRefused(told % {"line": line, "encoding": encoding.upper()}) from error


_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")


def _windows(content: bytes, first_bad: int) -> str:
    """Windows-1252, unless the file is UTF-8 with broken places: then letters would turn into others without a word."""
    line = content.count(b"\n", 0, first_bad) + 1
    if _UTF8_LETTER.search(content):
        told = _("Line %(line)d isn't UTF-8 while other lines are: export the file anew as CSV UTF-8.")
        raise FileRefused(told % {"line": line})
    try:
        return content.decode("windows-1252")
    except UnicodeDecodeError as error:
        told = _("Line %(line)d has bytes that are neither UTF-8 nor Windows-1252: export the file anew as CSV UTF-8.")
        raise FileRefused(told % {"line": content.count(b"\n", 0, error.start) + 1}) from error


def _refuse_nul(text: str) -> None:
    at = text.find("\x00")
    if at >= 0:
        told = _("Line %(line)d has a NUL byte, which no text has: the file is damaged, or not a CSV file.")
        raise FileRefused(told % {"line": text.count("\n", 0, at) + 1})


# ── rows and columns ────────────────────────────────────────────────────────────────────────────────────────────────────


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the line in which Excel names it."""
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if told and told[1] in SEPARATORS:
        # An empty line in its place, so that the others keep their numbers.
        return told[1], "\n" + text[told.end() :]
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=bare.count), text


def _rows(text: str, separator: str) -> tuple[tuple[str, ...], tuple[Row, ...], tuple[Problem, ...]]:
    headings: tuple[str, ...] = ()
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, cells in _records(text, separator):
        if not any(cell.strip() for cell in cells):
            continue
        if not headings:
            headings = _headings(cells)
        elif (len(cells) != len(headings) and any(cells[len(headings) :])) or len(cells) < len(headings):
            told = _("it has %(n)d columns, and the headings are %(wanted)d") % {
                "n": len(cells),
                "wanted": len(headings),
            }
            problems.append(Problem(line, "", told))
        else:
            rows.append(Row(line, tuple(_HARMLESS.sub("", cell.strip()) for cell in cells[: len(headings)])))
        if len(rows) > MOST_ROWS:
            raise FileRefused(_("The file has more than %(most)d rows. Divide it.") % {"most": MOST_ROWS})
    return headings, tuple(rows), tuple(problems)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; a quoted cell may go over several."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            told = _("Line %(line)d can't be read (%(reason)s): look for a quotation mark that isn't closed.")
            raise FileRefused(told % {"line": line, "reason": error}) from error
        if cells is None:
            return
        yield line, cells
        line = reader.line_num + 1


def _headings(cells: list[str]) -> tuple[str, ...]:
    headings = [" ".join(cell.split()) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise FileRefused(_("The file has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    named = [name for name in headings if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise FileRefused(_("Two columns have the heading “%(name)s”: give each its own.") % {"name": twice})
    return tuple(headings)
