# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is missing of Vaxel for controls that nothing carries out yet: ``policies/missing.toml``."""

from __future__ import annotations

import tomllib
from functools import cache

from django.utils.translation import gettext
from msgspec import Struct, convert

from vaxel.policy.load import missing_controls


class Missing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``clauses``: those of the shipped policies that wait for it."""

    control: str
    clauses: tuple[str, ...]
    what: str

    @property
    def told(self) -> str:
        """What is missing, in the active language."""
        return gettext(self.what)


@cache
def missing() -> dict[str, Missing]:
    """By control."""
    found = convert(tomllib.loads(missing_controls())["missing"], list[Missing])
    return {entry.control: entry for entry in found}
