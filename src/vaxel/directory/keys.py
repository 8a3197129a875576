# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys of operators, people and groups (``o7``, ``p12``, ``g3``) and the rows they name."""

from __future__ import annotations


def row(key: str, letter: str) -> int | None:
    """The row that ``key`` names, or None when it isn't a key with ``letter``."""
    digits = key[1:]
    # The largest row of a BIGINT column has 19 digits; longer ones make the database raise.
    if key[:1] != letter or not digits.isascii() or not digits.isdecimal() or len(digits) > 18:
        return None
    return int(digits)
