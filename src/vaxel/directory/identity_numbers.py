# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Personal identity numbers in what people write: they are refused, for they don't belong in notes and messages (AAB-18).

Swedish *personnummer* and *samordningsnummer*, Norwegian *fødselsnummer* and *D-nummer*, Danish *CPR-nummer*.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.dk import cpr
from stdnum.no import fodselsnummer
from stdnum.se import personnummer

_CANDIDATES = re.compile(r"(?<![\d+])(?:(\d{6}|\d{8})\s?[-+–]\s?(\d{4})|(\d{6}) ?(\d{5})|(\d{10}|\d{12}))(?!\d)")


def found_in(text: str) -> bool:
    """Whether ``text`` contains what is, by its date and check digits, somebody's identity number."""
    return any(_is_identity_number(match) for match in _CANDIDATES.finditer(text))


def refuse_identity_numbers(text: str) -> None:
    """A validator for fields in which people write freely."""
    if found_in(text):
        raise ValidationError(
            _("This looks like a personal identity number. Remove it: such numbers may not be written here."),
            code="identity_number",
        )


def _is_identity_number(match: re.Match[str]) -> bool:
    date, serial, norwegian_date, norwegian_serial, unbroken = match.groups()
    if norwegian_date:
        return bool(fodselsnummer.is_valid(norwegian_date + norwegian_serial))
    if date:
        return _swedish(date + serial) or (len(date) == 6 and bool(cpr.is_valid(date + serial)))
    # Ten digits in a row that begin with 0 may as well be a Swedish telephone number, which is far more common.
    if len(unbroken) == 12 or not unbroken.startswith("0"):
        return _swedish(unbroken) or (len(unbroken) == 10 and _danish_unbroken(unbroken))
    return False


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


def _danish_unbroken(digits: str) -> bool:
    # Without the hyphen only the old check digit tells it from other numbers of ten digits, like 45 and a telephone number.
    return bool(cpr.is_valid(digits)) and cpr.checksum(digits) == 0


_SWEDISH: tuple[Callable[[str], bool], ...] = (personnummer.is_valid, _coordination_number)
