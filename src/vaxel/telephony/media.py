# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the prompts and tones of a plan to what the engine plays.

Below the engine's sounds, in ``vaxel``: ``LANGUAGE/NAME`` is synthesised; ``own/ORGANISATION/NAME`` is the organisation's own recording in
its language, ``own/ORGANISATION/LANGUAGE/NAME`` in another; ``names/ORGANISATION/KEY`` are the synthesised names of people and groups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from vaxel.domain.countries import COUNTRIES
from vaxel.domain.phrases import LANGUAGES, SOMEBODY
from vaxel.domain.speaking import expand

SPOKEN = LANGUAGES
"""The languages in which there are synthesised prompts."""

_TONES = {"sv": "se", "nb": "no", "nn": "no", "se": "no", "da": "dk"}

PAUSE = "sound:vaxel/pause"
RECORDED = "recorded"
GREETING, NAME, WELCOME = "greeting-", "name-", "welcome"


def spoken(language: str) -> str:
    """The language of the prompts for callers of ``language``: English for one that can't be synthesised."""
    return language if language in SPOKEN else "en"


class Voice(Struct, frozen=True, kw_only=True):
    """How an organisation speaks to its callers.

    ``languages``: those in which everything is said, one after the other; ``language`` alone when empty. One without a synthesiser is
    left out wherever a recording is missing, so that nobody hears half a sentence. ``country``: whose tones are heard.
    ``unnamed``: people and groups whose names aren't said. ``recorded``: the engine's name of what was recorded last in the call, which
    the prompt ``recorded`` plays.
    """

    organisation: str
    language: str
    zone: ZoneInfo
    country: str = ""
    languages: tuple[str, ...] = ()
    unnamed: Callable[[str], bool] = lambda key: False
    recorded: str = ""

    @property
    def in_turn(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.languages, self.language))) if self.languages else (self.language,)


def heard(items: Sequence[str], sounds: Path, voice: Voice, now: float) -> tuple[str, ...]:
    """ARI's media URIs of what is said or sounded at ``now``, in turn. ``sounds`` is the engine's sound folder."""
    tones = tuple(
        f"{item};tonezone={tone_zone(voice.country, voice.language)}" for item in items if item.startswith("tone:")
    )
    said = [item for item in items if not item.startswith("tone:")]
    places = _Places(sounds / "vaxel", voice)
    uris = (*(uri for language in voice.in_turn for uri in _said(said, language, places, now)), *tones)
    # The engine refuses to play nothing, and the call waits for the end of what is played.
    return uris or (PAUSE,)


def tone_zone(country: str, language: str) -> str:
    """The tones of ``country``, else of the country whose language it is."""
    known = COUNTRIES.get(country)
    return known.tones if known is not None else _TONES.get(language, "se")


def _said(items: list[str], language: str, places: _Places, now: float) -> list[str]:
    """All of it in one language; nothing when it can't be said wholly."""
    found: list[str] = []
    for item in items:
        for fragment in _fragments(item, language, now, places):
            uris = places.of(fragment, language)
            if not uris:
                return []
            found += uris
    return found


def _fragments(item: str, language: str, now: float, places: _Places) -> tuple[str, ...]:
    main = language == places.voice.language
    try:
        return expand(item, spoken(language) if main else language, now, places.voice.zone)
    except ValueError:
        # A plan from a newer or older version: the rest of the sentence is worth hearing.
        return ()


class _Places:
    """Where the recordings of an organisation are."""

    def __init__(self, prompts: Path, voice: Voice) -> None:
        self.voice = voice
        self._prompts = prompts

    def of(self, fragment: str, language: str) -> tuple[str, ...]:
        """URIs of ``fragment``; none when there is no such recording."""
        if fragment.startswith(NAME):
            return self._name(fragment, language)
        if fragment.startswith(GREETING):
            return self._greeting(fragment, language)
        if fragment == RECORDED:
            return (f"recording:{self.voice.recorded}",)
        return self._plain(fragment, language)

    def _plain(self, fragment: str, language: str) -> tuple[str, ...]:
        home, main = self.voice.organisation, language == self.voice.language
        own = f"own/{home}/{fragment}" if main else f"own/{home}/{language}/{fragment}"
        if home and self._is_there(own):
            return (f"sound:vaxel/{own}",)
        if language not in SPOKEN and not main:
            return ()
        name = f"{WELCOME}-{home}" if fragment == WELCOME else fragment
        return (f"sound:vaxel/{spoken(language)}/{name}",)

    def _name(self, fragment: str, language: str) -> tuple[str, ...]:
        key = fragment.removeprefix(NAME)
        if not self.voice.unnamed(key):
            home = self.voice.organisation
            for place in (f"own/{home}/{fragment}", f"names/{home}/{key}"):
                if self._is_there(place):
                    return (f"sound:vaxel/{place}",)
        return self._plain(SOMEBODY, language)

    def _greeting(self, fragment: str, language: str) -> tuple[str, ...]:
        """A personal greeting is in whatever language its owner speaks: it is heard once."""
        own = f"own/{self.voice.organisation}/{fragment}"
        if self._is_there(own):
            return (f"sound:vaxel/{own}",) if language == self.voice.language else ()
        name = self._name(f"{NAME}{fragment.removeprefix(GREETING)}", language)
        rest = self._plain("voicemail-greeting", language)
        return (*name, *rest) if rest else ()

    def _is_there(self, place: str) -> bool:
        return (self._prompts / f"{place}.wav").is_file()
