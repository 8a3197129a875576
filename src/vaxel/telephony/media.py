# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the names of prompts and tones in a plan to what the engine plays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

SPOKEN = ("sv", "nb", "da", "en")
"""The languages in which there are synthesised prompts."""

TONE_ZONES = {"sv": "se", "nb": "no", "nn": "no", "se": "no", "da": "dk"}
"""Language → the tones of its country."""

OF_ORGANISATION = ("welcome",)
"""Prompts of which every organisation has its own."""


def spoken(language: str) -> str:
    """The language of the prompts for callers of ``language``: English for one that can't be synthesised."""
    return language if language in SPOKEN else "en"


def finder(sounds: Path, organisation: str, language: str) -> Callable[[str], tuple[str, ...]]:
    """``find(item)`` gives ARI's media URIs: the organisation's own recording if it has one, else the synthesised prompt.

    ``sounds`` is the engine's sound folder; recordings lie in ``vaxel/own/ORGANISATION`` below it, prompts in ``vaxel/LANGUAGE``.
    """

    def find(item: str) -> tuple[str, ...]:
        if item.startswith("tone:"):
            return (f"{item};tonezone={TONE_ZONES.get(language, 'se')}",)
        if ":" in item:
            return ()
        name = f"{item}-{organisation}" if item in OF_ORGANISATION else item
        own = sounds / "vaxel" / "own" / organisation
        if organisation and any(own.glob(f"{name}.*")):
            return (f"sound:vaxel/own/{organisation}/{name}",)
        return (f"sound:vaxel/{spoken(language)}/{name}",)

    return find
