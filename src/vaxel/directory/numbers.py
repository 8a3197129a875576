# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephone numbers as people write and read them. Inside, a number is E.164 digits without ``+``."""

from __future__ import annotations

import re

_TRUNK_PREFIX = {"46": "0", "47": "", "45": ""}
_COUNTRY_CODE = {"SE": "46", "NO": "47", "DK": "45"}
_AREA_LENGTHS = {"8": 1, "31": 2, "40": 2, "70": 2}


def national(number: str) -> str:
    """How ``number`` is dialled within its country: 46980319201 → 0980319201; a foreign one with 00."""
    prefix = _TRUNK_PREFIX.get(number[:2])
    return f"00{number}" if prefix is None else prefix + number[2:]


def readable(number: str) -> str:
    """``number`` in groups that can be read aloud: 46980319201 → +46 980 31 92 01; what isn't a number stays as it is."""
    if not number.isdecimal() or number[:2] not in _TRUNK_PREFIX or len(number) < 8:
        return f"+{number}" if number.isdecimal() and len(number) > 8 else number
    country, rest = number[:2], number[2:]
    area = ""
    if country == "46":
        length = next((n for start, n in _AREA_LENGTHS.items() if rest.startswith(start)), 3)
        area, rest = rest[:length], rest[length:]
    if area and len(rest) == 8:
        groups = [rest[:3], rest[3:6], rest[6:]]
    else:
        odd = len(rest) % 2
        groups = ([rest[: 2 + odd]] if rest else []) + re.findall("..", rest[2 + odd :])
    return " ".join(part for part in ("+" + country, area, *groups) if part)


def international(text: str, country: str) -> str:
    """What someone wrote, as E.164 digits: “0980-31 92 01” in Sweden → 46980319201. Raises ``ValueError``."""
    text = text.strip()
    digits = re.sub(r"[\s().\-/]", "", text)
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("00"):
        digits = digits[2:]
    else:
        code = _COUNTRY_CODE[country]
        digits = code + digits.removeprefix(_TRUNK_PREFIX[code] or " ")
    if not digits.isdecimal() or not digits.isascii() or not 5 <= len(digits) <= 15:
        raise ValueError(f"“{text}” is not a telephone number")
    return digits
