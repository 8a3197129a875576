# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephone numbers as people write and read them. Inside, a number is E.164 digits without ``+``."""

from __future__ import annotations

import re

from vaxel.domain.countries import COUNTRIES, of_number

_AREA_LENGTHS = {
    "46": {"8": 1, "31": 2, "40": 2, "70": 2, "": 3},
    "358": {"1": 2, "4": 2, "50": 2, "": 1},
    "354": {"": 3},
}
"""Calling code → how a national number begins → how many of its digits stand apart; "": any other. Elsewhere none do."""


def national(number: str) -> str:
    """How ``number`` is dialled within its country: 46980319201 → 0980319201; a foreign one with 00."""
    country = of_number(number)
    return f"00{number}" if country is None else country.trunk + number.removeprefix(country.calling)


def readable(number: str) -> str:
    """``number`` in groups that can be read aloud: 46980319201 → +46 980 31 92 01; what isn't a number stays as it is."""
    country = of_number(number)
    if not number.isdecimal() or country is None or len(number) < 8:
        return f"+{number}" if number.isdecimal() and len(number) > 8 else number
    rest = number.removeprefix(country.calling)
    areas = _AREA_LENGTHS.get(country.calling, {"": 0})
    length = next(n for start, n in areas.items() if rest.startswith(start))
    groups = _groups(rest[length:], after_area=length > 0)
    return " ".join(part for part in (f"+{country.calling}", rest[:length], *groups) if part)


def _groups(own: str, *, after_area: bool) -> list[str]:
    """Pairs, of an odd count three digits first; after an area code four digits stay together, and eight are 3-3-2."""
    if after_area and len(own) == 4:
        return [own]
    if after_area and len(own) == 8:
        return [own[:3], own[3:6], own[6:]]
    odd = len(own) % 2
    return ([own[: 2 + odd]] if own else []) + re.findall("..", own[2 + odd :])


def international(text: str, country: str) -> str:
    """What someone wrote, as E.164 digits: “0980-31 92 01” in Sweden → 46980319201. Raises ``ValueError``."""
    text = text.strip()
    digits = re.sub(r"[\s().\-/]", "", text)
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("00"):
        digits = digits[2:]
    else:
        known = COUNTRIES[country]
        digits = known.calling + (digits.removeprefix(known.trunk) if known.trunk else digits)
    if not digits.isdecimal() or not digits.isascii() or not 5 <= len(digits) <= 15:
        raise ValueError(f"“{text}” is not a telephone number")
    return digits
