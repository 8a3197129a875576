# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who handles whose case: cases divided by day or month of birth, surname, address or ward (AAB-27).

What a citizen tells is used here and forgotten: a personal identity number never leaves ``birth``, nothing is stored or logged.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from msgspec import Struct

from vaxel.domain.countries import COUNTRIES


class By(StrEnum):
    """What a division goes by. ``DAY`` and ``MONTH`` are of the birth date in the personal identity number."""

    DAY = "day"
    MONTH = "month"
    SURNAME = "surname"
    STREET = "street"
    WARD = "ward"


class Share(Struct, frozen=True, kw_only=True):
    """One part of a division, from ``first`` to ``last``, both included: days, months, or beginnings of names (“A” to “Fl”).

    ``place`` instead, for streets and wards. ``numbers`` bounds the house numbers of a street; ``odd`` is one side of it. ``owner`` is the
    key of the person or group that handles it.
    """

    owner: str
    first: str = ""
    last: str = ""
    place: str = ""
    numbers: tuple[int, int] | None = None
    odd: bool | None = None


class Division(Struct, frozen=True, kw_only=True):
    """How the cases of one task are divided among those who handle it. ``country`` (ISO 3166): of its identity numbers and alphabet."""

    id: str
    organisation: str
    task: str
    by: By
    country: str
    shares: tuple[Share, ...]


class NotUnderstood(ValueError):
    """What was asked can't be looked up by this division."""


NUMBER = re.compile(r"(?P<a>\d\d)(?P<b>\d\d)(?P<c>\d\d)(?:[-+ ]?\d{4,5}|[-+A-FU-Y]\d{3}[0-9A-Y])$", re.IGNORECASE)
"""The second form is Finland's: a sign for the century, and a letter or digit to check by."""

_SWEDISH, _DANISH = "abcdefghijklmnopqrstuvwxyzåäö", "abcdefghijklmnopqrstuvwxyzæøå"
LETTERS = {
    "SE": _SWEDISH,
    "FI": _SWEDISH,
    "AX": _SWEDISH,
    "NO": _DANISH,
    "DK": _DANISH,
    "IS": "aábcdðeéfghiíjklmnoópqrstuúvwxyýzþæö",
    "FO": "aábcdðefghiíjklmnoópqrstuúvwxyýzæø",
}
SAME = {"é": "e", "è": "e", "ü": "y", "á": "a", "í": "i", "ó": "o", "ô": "o", "ú": "u", "ý": "y", "ð": "d", "å": "a"}
SAME |= {"æ": "ä", "ä": "æ", "ø": "ö", "ö": "ø"}
"""How a letter is ordered where the alphabet lacks it."""


def look_up(division: Division, told: str) -> str:
    """The owner's key for what the citizen told, "" when no share covers it. Raises ``NotUnderstood``."""
    match division.by:
        case By.DAY:
            return _within(division, birth(told, division.country)[0])
        case By.MONTH:
            return _within(division, birth(told, division.country)[1])
        case By.SURNAME:
            return _by_name(division, told)
        case By.STREET:
            return _by_street(division, told)
        case By.WARD:
            return next((share.owner for share in division.shares if _fold(share.place) == _fold(told)), "")


def birth(told: str, country: str) -> tuple[int, int]:
    """(day, month) of a personal identity number, or of a birth date, as it is written in ``country``.

    Swedish: year, month, day, in ten or twelve digits (a coordination number has 60 added to the day); Danish and Faroese, Norwegian
    (fødselsnummer, D-number with 40 added to the day), Finnish (henkilötunnus) and Icelandic (kennitala): day, month, year. Only the date
    is looked at: CPR has had no check digit since 2007.
    """
    digits = re.sub(r"[\s.]", "", told)
    year_first = COUNTRIES[country].born_year_first
    if year_first and re.match(r"(18|19|20)\d{6}", digits):
        digits = digits[2:]
    found = NUMBER.match(digits) or re.match(r"(?P<a>\d\d)[-/]?(?P<b>\d\d)[-/]?(?P<c>\d\d)$", digits)
    if found is None:
        raise NotUnderstood
    day, month = (found["c"], found["b"]) if year_first else (found["a"], found["b"])
    return _checked(int(day), int(month), 60 if year_first else 40)


def _checked(day: int, month: int, added: int) -> tuple[int, int]:
    day = day - added if day > added else day
    try:
        date(2000, month, day)
    except ValueError as error:
        raise NotUnderstood from error
    return day, month


def _within(division: Division, value: int) -> str:
    found = (share.owner for share in division.shares if int(share.first) <= value <= int(share.last or share.first))
    return next(found, "")


def _by_name(division: Division, told: str) -> str:
    name = _order(told, division.country)
    if not name:
        raise NotUnderstood
    for share in division.shares:
        first, last = _order(share.first, division.country), _order(share.last or share.first, division.country)
        if first <= name and name[: len(last)] <= last:
            return share.owner
    return ""


def _order(text: str, country: str) -> tuple[int, ...]:
    """Place of each letter in the country's own alphabet; aa is å in Danish and Norwegian."""
    letters, text = LETTERS[country], _fold(text)
    if country in ("DK", "NO"):
        text = text.replace("aa", "å")
    return tuple(letters.find(letter if letter in letters else SAME.get(letter, letter)) for letter in text)


def _by_street(division: Division, told: str) -> str:
    """The most particular share that fits: a side or stretch of a street before the whole of it."""
    found = re.match(r"(?P<street>\D+?)\s*(?:(?P<number>\d+)\s*[^\W\d]?)?$", told.strip())
    if found is None:
        raise NotUnderstood
    street, number = _fold(found["street"]), int(found["number"] or 0)
    fitting = [share for share in division.shares if _fold(share.place) == street and _on_stretch(share, number)]
    fitting.sort(key=lambda share: (share.numbers is None, share.odd is None))
    return fitting[0].owner if fitting else ""


def _on_stretch(share: Share, number: int) -> bool:
    if share.numbers is not None and not (number and share.numbers[0] <= number <= share.numbers[1]):
        return False
    return share.odd is None or (number > 0 and share.odd == bool(number % 2))


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
