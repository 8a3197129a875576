# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Personal identity numbers in what people write: they are refused, for they don't belong in notes and messages (AAB-18).

Swedish *personnummer* and *samordningsnummer*, Norwegian *fødselsnummer* and *D-nummer*, Danish and Faroese *CPR-nummer*, Finnish
*henkilötunnus*, Icelandic *kennitala*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.dk import cpr
from stdnum.fi import hetu
from stdnum.is_ import kennitala
from stdnum.no import fodselsnummer
from stdnum.se import personnummer

from vaxel.domain.countries import of_number

_CANDIDATES = re.compile(
    r"(?<![\d+])(\d{2}|\d{4})([ ./-]?)(\d{2})([ ./-]?)(\d{2})( ?[-+./] ?| {0,2})(\d{4,5})(?![\d])", re.ASCII
)
"""Year (or day), month, day (or year), and what follows; between them what people write between them."""

_FINNISH = re.compile(
    r"(\d{2})[ ./]?(\d{2})[ ./]?(\d{2}) ?([-+A-FU-Y]) ?(\d{3}[0-9A-Y])(?![0-9A-Z])", re.ASCII | re.IGNORECASE
)
"""Day, month, year, the sign of the century, and what follows, with a letter or digit to check by."""


def found_in(text: str) -> bool:
    """Whether ``text`` contains what is, by its date and check digits, somebody's identity number."""
    # From the next digit on, not after the match: a number in front must not hide the one behind it.
    plain = _plain(text)
    return any(_stands_at(plain, start.start()) for start in _STARTS.finditer(plain))


def _stands_at(plain: str, start: int) -> bool:
    match, finnish = _CANDIDATES.match(plain, start), _FINNISH.match(plain, start)
    if finnish is not None and hetu.is_valid("".join(finnish.groups())):
        return True
    return match is not None and _is_identity_number(match)


_STARTS = re.compile(r"(?<![\d+])\d", re.ASCII)


def stands_for_a_number(text: str) -> bool:
    """Whether an identity number was written where a telephone number belongs.

    Of unbroken digits that begin with a country code nobody can tell: those pass.
    """
    unbroken = text.isdecimal() and of_number(text) is not None
    return not unbroken and found_in(text)


def _plain(text: str) -> str:
    """Digits, spaces and hyphens as a keyboard has them: others look the same, and invisible ones would keep a number from being seen."""
    plain = "".join(
        _PLAIN.get(unicodedata.category(letter), letter) for letter in unicodedata.normalize("NFKC", text)
    ).replace("\N{MINUS SIGN}", "-")
    return _UUID.sub("", plain)


_UUID = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89a-d][0-9a-f]{3}-[0-9a-f]{12}\b", re.ASCII | re.IGNORECASE
)
"""RFC 9562, and Microsoft's older ones. One in 1,800 holds a date with its check digits, and directories have thousands of keys."""

_PLAIN = {"Pd": "-", "Zs": " ", "Cf": ""}


def refuse_identity_numbers(text: str) -> None:
    """A validator for fields in which people write freely."""
    if found_in(text):
        raise ValidationError(
            _("This looks like a personal identity number. Remove it: such numbers may not be written here."),
            code="identity_number",
        )


def _is_identity_number(match: re.Match[str]) -> bool:
    first, one, second, other, third, before, serial = match.groups()
    date = first + second + third
    if len(serial) == 5:
        return len(date) == 6 and bool(fodselsnummer.is_valid(date + serial))
    if before.strip() in ("-", "+"):
        return (
            _swedish(date + serial)
            or (len(date) == 6 and bool(cpr.is_valid(date + serial)))
            or _icelandic(date + serial)
        )
    if one or other or before:
        return _by_check_digit(date + serial)
    # Ten digits in a row that begin with 0 may as well be a Swedish telephone number, which is far more common.
    if len(date) == 8 or not date.startswith("0"):
        return _by_check_digit(date + serial)
    return False


def _by_check_digit(digits: str) -> bool:
    return _swedish(digits) or _danish_by_check_digit(digits) or _icelandic(digits)


def _icelandic(digits: str) -> bool:
    # Those of organisations, which have 40 added to the day, are published.
    return len(digits) == 10 and int(digits[:2]) <= 31 and bool(kennitala.is_valid(digits))


def _swedish(digits: str) -> bool:
    return any(check(digits) for check in _SWEDISH)


def _coordination_number(digits: str) -> bool:
    """The day of birth has 60 added to it; the check digit is computed from the digits as they stand."""
    day = int(digits[-6:-4])
    if not 61 <= day <= 91 or not luhn.is_valid(digits[-10:]):
        return False
    return _date_is_valid(f"{digits[:-6]}{day - 60:02d}{digits[-4:]}")


def _date_is_valid(digits: str) -> bool:
    try:
        personnummer.get_birth_date(digits)
    except (ValueError, personnummer.ValidationError):
        return False
    return True


def _danish_by_check_digit(digits: str) -> bool:
    # Without the hyphen only the old check digit tells it from other numbers of ten digits, like 45 and a telephone number.
    return len(digits) == 10 and bool(cpr.is_valid(digits)) and cpr.checksum(digits) == 0


_SWEDISH: tuple[Callable[[str], bool], ...] = (personnummer.is_valid, _coordination_number)
