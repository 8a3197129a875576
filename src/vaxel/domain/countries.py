# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The countries whose municipalities Vaxel serves, and what differs among them. A new one is a row here, and its eves in ``eves.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

CountryCode = Literal["SE", "NO", "DK", "FI", "AX", "IS", "FO"]
"""ISO 3166. Åland (AX) and the Faroes (FO) have holidays of their own, and the Faroes numbers."""


class Country(Struct, frozen=True, kw_only=True):
    """``calling`` is the country calling code; ``trunk`` what is dialled before a national number, and falls away abroad; ``digits`` how
    long national numbers are, 0 where they differ (ITU-T E.164, national numbering plans).

    ``ring`` is tone and pause of a ring in seconds, as a caller hears it, ``tones`` the engine's name of the network's tones (ITU-T E.180,
    supplement 2). ``language`` is the municipalities' own as far as Vaxel speaks it, ``holidays`` that of the country in the ``holidays``
    library. ``born_year_first``: personal identity numbers begin with the year of birth, not with the day.
    """

    calling: str
    language: str
    holidays: str
    tones: str
    ring: tuple[float, float] = (1.0, 4.0)
    trunk: str = ""
    digits: int = 0
    born_year_first: bool = False


_FINLAND = Country(calling="358", trunk="0", language="sv", holidays="sv_FI", tones="fi")
COUNTRIES: Mapping[str, Country] = {
    "SE": Country(
        calling="46", trunk="0", language="sv", holidays="sv", tones="se", ring=(1.0, 5.0), born_year_first=True
    ),
    "NO": Country(calling="47", digits=8, language="nb", holidays="no", tones="no"),
    "DK": Country(calling="45", digits=8, language="da", holidays="da", tones="dk"),
    "FI": _FINLAND,
    "AX": _FINLAND,
    "IS": Country(calling="354", digits=7, language="en", holidays="is", tones="is", ring=(1.2, 4.7)),
    "FO": Country(calling="298", digits=6, language="da", holidays="da", tones="dk"),
}


def of_number(number: str) -> Country | None:
    """The country of an E.164 number (Finland for Åland's, too); None for all others."""
    return next((country for country in COUNTRIES.values() if number.startswith(country.calling)), None)
