# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People as CSV, vCard, Excel workbook and telephone list. What these write, the import reads again.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, so that nothing in the directory can be run by whoever
opens the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from msgspec import structs

from vaxel.directory.models import NoAnswer, Organisation, Prefers
from vaxel.directory.numbers import readable
from vaxel.exchange.fields import BY_NAME, UNIT_SEPARATOR
from vaxel.exchange.people import Listed, everybody
from vaxel.exchange.vcard import OWN, escaped, folded

__all__ = ["CONTENT_TYPES", "everybody", "made"]

COLUMNS = (
    "key",
    "name",
    "title",
    "unit",
    "function",
    "numbers",
    "email",
    "tasks",
    "search_words",
    "functions",
    "stands_in",
    "initials",
    "place",
    "room",
    "prefers",
    "no_answer",
    "may_tell",
    "substitutes",
    "successor",
    "note",
    "last_day",
)
INNER = frozenset({"note", "last_day"})
"""Columns for operators and for those who answer for the whole organisation. Mobile numbers are for nobody: a column that isn't there
changes nothing when the file comes back."""
WIDTHS = {
    "key": 8,
    "name": 28,
    "title": 28,
    "unit": 40,
    "email": 34,
    "tasks": 40,
    "search_words": 30,
    "may_tell": 40,
    "note": 40,
}
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "vcf": "text/vcard; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_FORMULA = re.compile(r"^'*[=+\-@\t\r|%]")
_NUMBER = re.compile(r"^\+[0-9 ]+$")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def made(form: str, home: Organisation, people: Sequence[Listed], *, inner: bool = False) -> bytes:
    """The file, with words in the organisation's language; ``inner``: with the columns ``INNER``.

    Raises ``FileRefused`` when a PDF can't be made here.
    """
    from vaxel.exchange.pdf import telephone_list

    columns = [name for name in COLUMNS if inner or name not in INNER]
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: _csv(people, columns),
        "vcf": lambda: _vcards(home, people, columns),
        "xlsx": lambda: _workbook(home, people, columns),
        "pdf": lambda: telephone_list(home, people),
    }
    with translation.override(home.language), timezone.override(home.time_zone):
        return makers[form]()


def harmless(text: str) -> str:
    """``text`` for a cell: a beginning that a spreadsheet would calculate is disarmed; telephone numbers are left as they are."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def _headings(columns: Sequence[str]) -> list[str]:
    """In the active language."""
    return [str(BY_NAME[name].label) for name in columns]


def _cells(person: Listed, columns: Sequence[str]) -> list[str]:
    told = {
        **structs.asdict(person),
        "numbers": ", ".join(readable(number) for number in person.numbers),
        "prefers": str(Prefers(person.prefers).label) if person.prefers else "",
        "no_answer": str(NoAnswer(person.no_answer).label) if person.no_answer else "",
    }
    return [str(told[name]) for name in columns]


def _csv(people: Sequence[Listed], columns: Sequence[str]) -> bytes:
    """With a mark that tells Excel the encoding, and the separator that Nordic Excel expects."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_headings(columns))
    writer.writerows([harmless(cell) for cell in _cells(person, columns)] for person in people)
    return text.getvalue().encode("utf-8-sig")


def _vcards(home: Organisation, people: Sequence[Listed], columns: Sequence[str]) -> bytes:
    """vCard 3.0, which every mail program and telephone reads."""
    return "".join(_vcard(home, person, columns) for person in people).encode()


def _vcard(home: Organisation, person: Listed, columns: Sequence[str]) -> str:
    given, _space, family = person.name.rpartition(" ")
    organisation = ";".join(escaped(part) for part in (home.name, *filter(None, person.unit.split(UNIT_SEPARATOR))))
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{escaped(person.key)}",
        f"FN:{escaped(person.name)}",
        f"N:{escaped(family)};{escaped(given)};;;",
        f"ORG:{organisation}",
    ]
    told = [("TITLE", person.title), ("ROLE", person.function), ("EMAIL;TYPE=INTERNET,WORK", person.email)]
    told += [(name, getattr(person, field)) for name, field in OWN.items() if field in columns]
    lines += [f"{name}:{escaped(value)}" for name, value in told if value]
    lines += [f"TEL;TYPE=WORK,VOICE:+{number}" for number in person.numbers]
    if words := [word.strip() for word in re.split(r"[,\n]", person.search_words) if word.strip()]:
        lines.append("CATEGORIES:" + ",".join(escaped(word) for word in words))
    return "".join(folded(line) for line in [*lines, "END:VCARD"])


def _workbook(home: Organisation, people: Sequence[Listed], columns: Sequence[str]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("People")
    rows = [_headings(columns), *(_cells(person, columns) for person in people)]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = _FORBIDDEN.sub("", text)[:32_000]
            # Text, whatever it looks like: a formula is never one here.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for column, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 22)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    book.properties.title = home.name
    book.properties.creator = "Vaxel"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
