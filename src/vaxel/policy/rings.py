# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a ring is: tone and pause in each country's public network, as a caller hears them (ITU-T E.180, supplement 2)."""

from __future__ import annotations

from vaxel.domain.countries import COUNTRIES


def seconds(rings: int, country: str) -> float:
    """So many rings of ``country``, in seconds."""
    return rings * sum(COUNTRIES[country].ring)
