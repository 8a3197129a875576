# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What callers hear: announcements spoken by espeak-ng in the municipality's language, or its own recordings.

Files lie under ``VAR/engine/sounds/vaxel``: ``LANGUAGE/NAME.wav`` (8 kHz), ``.wav16`` (16 kHz) and ``.alaw``, one channel; an
organisation's own under ``own/ORGANISATION/NAME.*``. The engine takes the one that suits the call.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.audio import Samples, alaw, level, read_wave, resampled, wave_bytes
from vaxel.telephony.engine import program
from vaxel.telephony.engine.errors import EngineError
from vaxel.telephony.engine.places import places
from vaxel.telephony.media import spoken

RATES = {".wav": 8000, ".wav16": 16000, ".alaw": 8000}
"""File name ending → samples a second, by the engine's rules. A-law is what the public network speaks: it is played as it lies there."""

SPEECH_LEVEL = -21.0
"""dBFS, effective value of the spoken parts: what a handset's user gives off, so that nobody reaches for the volume."""
PEAK_LEVEL = -3.0
TONE_LEVEL = -15.0

VERSION = 2
"""Raised when the same text would sound otherwise: the files are then made anew."""

VOICES = {"sv": "sv", "nb": "nb", "da": "da", "en": "en-gb"}
"""Language → espeak-ng's voice."""
WORDS_A_MINUTE = 150

PHRASES = {
    "voicemail-greeting": {
        "sv": "Den du söker kan inte svara just nu. Lämna ett meddelande efter tonen.",
        "nb": "Den du ringer til kan ikke svare akkurat nå. Legg igjen en beskjed etter tonen.",
        "da": "Den du ringer til, kan ikke tage telefonen lige nu. Læg en besked efter tonen.",
        "en": "The person you are calling can't take your call right now. Please leave a message after the tone.",
    },
    "closed": {
        "sv": "Växeln är stängd just nu. Välkommen åter när vi har öppet.",
        "nb": "Sentralbordet er stengt nå. Velkommen tilbake i åpningstiden.",
        "da": "Omstillingen er lukket lige nu. Du er velkommen til at ringe igen i åbningstiden.",
        "en": "The switchboard is closed at the moment. Please call again during opening hours.",
    },
    "fallback": {
        "sv": "Alla linjer är upptagna just nu. Lämna ett meddelande efter tonen, så återkommer vi till dig.",
        "nb": "Alle linjer er opptatt akkurat nå. Legg igjen en beskjed etter tonen, så tar vi kontakt med deg.",
        "da": "Alle linjer er optaget lige nu. Læg en besked efter tonen, så vender vi tilbage til dig.",
        "en": "All lines are taken at the moment. Please leave a message after the tone, and we will get back to you.",
    },
    "unknown-number": {
        "sv": "Numret du har ringt används inte. Kontrollera numret och försök igen.",
        "nb": "Nummeret du har ringt, er ikke i bruk. Kontroller nummeret og prøv igjen.",
        "da": "Det nummer, du har ringet til, er ikke i brug. Kontroller nummeret, og prøv igen.",
        "en": "The number you have dialled is not in use. Please check the number and try again.",
    },
    "goodbye": {
        "sv": "Tack för ditt samtal. Hej då.",
        "nb": "Takk for samtalen. Ha det bra.",
        "da": "Tak for dit opkald. Farvel.",
        "en": "Thank you for calling. Goodbye.",
    },
}
"""Name → language → what is said."""


class PromptError(EngineError):
    """An announcement could not be made."""


@dataclass(frozen=True)
class Prompt:
    """One announcement to be made. ``path`` is relative to the prompts' folder, without ending: ``sv/closed``."""

    path: str
    voice: str
    text: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{VERSION}\n{self.voice}\n{self.text}".encode()).hexdigest()[:16]


def build(organisations: Iterable[tuple[str, str, str]], config: Config) -> frozenset[str]:
    """Make the announcements that are missing or whose text has changed, and return their paths (``sv/closed``).

    ``organisations``: (id, language, welcome phrase) each. Own recordings are not touched. Raises :class:`PromptError`, and
    :class:`~vaxel.telephony.engine.errors.NotInstalledError` when there is no speech synthesiser.
    """
    folder = places(config).prompts
    known = _fingerprints(folder)
    wanted = list(prompts(organisations))
    missing = [
        prompt
        for prompt in wanted
        if known.get(prompt.path) != prompt.fingerprint or not _is_there(folder, prompt.path)
    ]
    try:
        if missing:
            command = program.speech(config)
            for prompt in missing:
                save(speak(prompt.text, prompt.voice, command), folder / prompt.path)
        _make_beep(folder.parent)
        _replace(folder / _INDEX, json.dumps({prompt.path: prompt.fingerprint for prompt in wanted}, indent=1).encode())
    except OSError as error:
        raise PromptError(
            _("The announcements can't be written to {folder}: {reason}.").format(folder=folder, reason=error.strerror)
        ) from error
    return frozenset(prompt.path for prompt in missing)


def prompts(organisations: Iterable[tuple[str, str, str]]) -> Iterator[Prompt]:
    """All that must be there. A language that can't be spoken is spoken to in English."""
    for name, texts in PHRASES.items():
        for language, text in texts.items():
            yield Prompt(f"{language}/{name}", VOICES[language], text)
    for organisation, language, phrase in organisations:
        if phrase.strip():
            yield Prompt(f"{spoken(language)}/welcome-{organisation}", VOICES[spoken(language)], phrase)


def speak(text: str, voice: str, command: tuple[str, ...]) -> tuple[Samples, int]:
    """``text`` as samples and their rate. It goes to the synthesiser as data, never as part of a command line."""
    done = subprocess.run(
        [*command, "-v", voice, "-s", str(WORDS_A_MINUTE), "--stdin", "--stdout"],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode or not done.stdout:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise PromptError(
            _("The speech synthesiser failed for the voice {voice}: {reason}").format(voice=voice, reason=said[-1])
        )
    return read_wave(io.BytesIO(done.stdout))


def save(sound: tuple[Samples, int], path: Path) -> None:
    """Write the engine's formats of a recording, at speech level and without the silence around it."""
    samples, rate = sound
    samples = _at_speech_level(_trimmed(samples, rate), rate)
    path.parent.mkdir(parents=True, exist_ok=True)
    for ending, wanted_rate in RATES.items():
        _replace(path.with_name(path.name + ending), _encoded(resampled(samples, rate, wanted_rate), ending))


def _encoded(samples: Samples, ending: str) -> bytes:
    return alaw(samples) if ending == ".alaw" else wave_bytes(samples, RATES[ending])


def _at_speech_level(samples: Samples, rate: int) -> Samples:
    gain = 10 ** ((SPEECH_LEVEL - level(samples, rate)) / 20)
    peak = float(np.abs(samples).max(initial=1e-9)) * gain
    return samples * gain * min(1.0, 10 ** (PEAK_LEVEL / 20) / peak)


def _trimmed(samples: Samples, rate: int) -> Samples:
    """Without the silence at both ends, but for a tenth of a second."""
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    if len(loud) == 0:
        return samples
    margin = rate // 10
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def _make_beep(sounds: Path) -> None:
    """The tone before a recording, which the engine plays under the name ``beep``."""
    if all((sounds / f"beep{ending}").exists() for ending in RATES):
        return
    for ending, rate in RATES.items():
        time = np.arange(rate * 3 // 10) / rate
        edges = np.minimum(1, np.minimum(time, time[::-1]) / 0.01)
        tone = np.sin(2 * np.pi * 1000 * time) * edges * 10 ** (TONE_LEVEL / 20) * np.sqrt(2)
        _replace(sounds / f"beep{ending}", _encoded(tone, ending))


_INDEX = ".spoken.json"


def _fingerprints(folder: Path) -> dict[str, str]:
    try:
        known: dict[str, str] = json.loads((folder / _INDEX).read_text())
    except (OSError, ValueError):
        return {}
    return known


def _is_there(folder: Path, path: str) -> bool:
    return all((folder / f"{path}{ending}").is_file() for ending in RATES)


def _replace(path: Path, content: bytes) -> None:
    """In one step: a caller may be listening to the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
