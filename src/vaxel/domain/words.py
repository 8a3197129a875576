# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sentences that the domain gives to people. They are translated by whoever shows them, who knows the language."""

from __future__ import annotations


def _(text: str) -> str:
    """Marks ``text`` for the catalogues of translations; it stays English here."""
    return text
