# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The telephone list on paper (TAN-15): from live data, by unit and by name, on A4, tagged so that it can be read aloud."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import to_locale
from msgspec import Struct

from vaxel.directory.models import Group, Number, NumberKind, Organisation
from vaxel.directory.numbers import readable
from vaxel.exchange.fields import UNIT_SEPARATOR
from vaxel.exchange.people import Listed
from vaxel.exchange.tables import FileRefused

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
"""Debian's, which drawing text needs."""

DEEPEST = 4


class Line(Struct, frozen=True, kw_only=True):
    """One person on paper: numbers as they are read."""

    name: str
    title: str
    unit: str
    numbers: tuple[str, ...]
    email: str

    @property
    def mailbox(self) -> str:
        """Before the @: a long address may be divided there."""
        return self.email.rpartition("@")[0]

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


class Section(Struct, frozen=True, kw_only=True):
    """A unit with its people. ``level`` of its heading, 2 for one at the top."""

    level: int
    name: str
    above: str
    lines: tuple[Line, ...]


class Letter(Struct, frozen=True, kw_only=True):
    """Everybody whose name begins with ``letter``."""

    letter: str
    lines: tuple[Line, ...]


def telephone_list(home: Organisation, people: Sequence[Listed]) -> bytes:
    """The PDF, in the active language. Raises ``FileRefused`` when this machine can't draw text."""
    document = _weasyprint()
    html = render_to_string("exchange/list.html", context(home, people))
    # Nothing is fetched: the page is all there is.
    made: Any = document(string=html, url_fetcher=_refuse).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return bytes(made)


def context(home: Organisation, people: Sequence[Listed]) -> dict[str, Any]:
    """What the template shows."""
    lines = {person.key: _line(person) for person in people}
    return {
        "organisation": home,
        "language": to_locale(home.language).replace("_", "-"),
        "printed": timezone.now(),
        "numbers": _common_numbers(home),
        "sections": _sections(home, people, lines),
        "letters": _letters(home, people, lines),
        "count": len(people),
    }


def _line(person: Listed) -> Line:
    return Line(
        name=person.name,
        title=person.title,
        unit=person.unit.rpartition(UNIT_SEPARATOR)[2],
        numbers=tuple(readable(number) for number in person.numbers),
        email=person.email,
    )


def _common_numbers(home: Organisation) -> list[tuple[str, str]]:
    """The switchboard's and the groups'."""
    main = Number.objects.filter(organisation=home, kind=NumberKind.MAIN).order_by("id")
    groups = Group.objects.filter(organisation=home).prefetch_related("numbers").order_by("name")
    found = [(_("Switchboard"), readable(number.number)) for number in main]
    return found + [(group.name, readable(number.number)) for group in groups for number in group.numbers.all()]


def _sections(home: Organisation, people: Sequence[Listed], lines: dict[str, Line]) -> list[Section]:
    order = sorting(home.language)
    units: dict[str, list[Line]] = {}
    for person in people:
        units.setdefault(person.unit, []).append(lines[person.key])
    sections = []
    for path in sorted(units, key=lambda told: (not told, [order(part) for part in told.split(UNIT_SEPARATOR)])):
        parts = path.split(UNIT_SEPARATOR)
        members = tuple(sorted(units[path], key=lambda line: order(line.name)))
        name = parts[-1] or _("Without a unit")
        level = min(len(parts) + 1, DEEPEST)
        sections.append(Section(level=level, name=name, above=" › ".join(parts[:-1]), lines=members))
    return sections


def _letters(home: Organisation, people: Sequence[Listed], lines: dict[str, Line]) -> list[Letter]:
    order = sorting(home.language)
    found: dict[str, list[Line]] = {}
    for person in sorted(people, key=lambda person: order(person.name)):
        found.setdefault(initial(person.name, home.language), []).append(lines[person.key])
    return [Letter(letter=letter, lines=tuple(members)) for letter, members in found.items()]


_LAST = {"sv": "åäö", "nb": "æøå", "da": "æøå", "en": ""}
_SAME = {"æ": "ä", "ø": "ö", "ä": "æ", "ö": "ø"}


def sorting(language: str) -> Callable[[str], tuple[tuple[int, str], ...]]:
    """The order of the alphabet: å, ä and ö come last in Swedish; æ, ø and å in Norwegian and Danish; accents don't count."""
    last = _LAST.get(language, "")

    def key(text: str) -> tuple[tuple[int, str], ...]:
        return tuple(_rank(letter, last) for letter in text.casefold())

    return key


def _rank(letter: str, last: str) -> tuple[int, str]:
    same = letter if letter in last else _SAME.get(letter, letter)
    if same in last:
        return (1 + last.index(same), "")
    return (0, unicodedata.normalize("NFD", letter)[0])


def initial(name: str, language: str) -> str:
    """The letter under which ``name`` stands in an alphabetical list."""
    letter = name[:1].casefold()
    last = _LAST.get(language, "")
    same = letter if letter in last else _SAME.get(letter, letter)
    return (same if same in last else unicodedata.normalize("NFD", letter)[:1]).upper()


def _weasyprint() -> Any:
    try:
        from weasyprint import HTML
    except OSError as error:
        told = _(
            "A PDF can't be drawn here, for a part of the system is missing. Install it: apt-get install %(packages)s"
        )
        raise FileRefused(told % {"packages": PACKAGES}) from error
    return HTML


def _refuse(url: str, *arguments: Any, **options: Any) -> dict[str, Any]:
    raise ValueError(f"nothing is fetched for a list: {url[:60]}")
