# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All that an operator needs to know of one person, group or unit, on one card."""

from __future__ import annotations

from vaxel.directory.cards.groups import group_card
from vaxel.directory.cards.people import person_card
from vaxel.directory.cards.selectors import group_of, person_of, unit_of
from vaxel.directory.cards.units import unit_card

__all__ = ["group_card", "group_of", "person_card", "person_of", "unit_card", "unit_of"]
