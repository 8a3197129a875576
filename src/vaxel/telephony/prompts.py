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
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vaxel.domain.phrases import LANGUAGES, texts
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

VERSION = 3
"""Raised when the same text would sound otherwise: the files are then made anew."""

VOICES = {"sv": "sv", "nb": "nb", "da": "da", "en": "en-gb"}
"""Language → espeak-ng's voice."""
WORDS_A_MINUTE = 150

SENTENCE_ENDS = 0.25
"""Seconds of silence after a sentence."""
WITHIN_SENTENCE = 0.03
"""The same on each side of what is part of one: fragments that stand together must sound as one breath."""
AROUND_RECORDING = 0.1

PAUSE = "pause"
"""A fifth of a second of silence, for when there is nothing to say."""


class PromptError(EngineError):
    """An announcement could not be made."""


@dataclass(frozen=True)
class Prompt:
    """One announcement to be made. ``path`` is relative to the prompts' folder, without ending: ``sv/closed``."""

    path: str
    voice: str
    text: str

    @property
    def silence(self) -> tuple[float, float]:
        """Seconds before and after."""
        return (WITHIN_SENTENCE, SENTENCE_ENDS if self.text.rstrip().endswith((".", "!", "?")) else WITHIN_SENTENCE)

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{VERSION}\n{self.voice}\n{self.text}".encode()).hexdigest()[:16]


def build(organisations: Iterable[tuple[str, str, str]], config: Config) -> frozenset[str]:
    """Make the announcements that are missing or whose text has changed, and return their paths (``sv/closed``).

    ``organisations``: (id, language, welcome phrase) each. Own recordings are not touched. Raises :class:`PromptError`, and
    :class:`~vaxel.telephony.engine.errors.NotInstalledError` when there is no speech synthesiser.
    """
    folder = places(config).prompts
    known = fingerprints(folder)
    wanted = list(prompts(organisations))
    missing = [
        prompt for prompt in wanted if known.get(prompt.path) != prompt.fingerprint or not is_there(folder, prompt.path)
    ]
    try:
        make(missing, folder, config)
        _make_beep(folder.parent)
        _make_pause(folder)
        remember(folder, {prompt.path: prompt.fingerprint for prompt in wanted})
    except OSError as error:
        raise PromptError(
            _("The announcements can't be written to {folder}: {reason}.").format(folder=folder, reason=error.strerror)
        ) from error
    return frozenset(prompt.path for prompt in missing)


def keep_up(wanted: Sequence[Prompt], index: Path, config: Config, seconds: float) -> bool:
    """Make what is missing of ``wanted``, one after the other for about so many seconds, and remove what was made and isn't wanted.

    ``index`` is the folder that keeps the list of what was made. Whether all is there now. Raises as :func:`build` does.
    """
    folder = places(config).prompts
    known, all_ = fingerprints(index), {prompt.path: prompt for prompt in wanted}
    made = {path: mark for path, mark in known.items() if path in all_}
    end = time.monotonic() + seconds
    done = True
    try:
        for path in known.keys() - all_.keys():
            remove(folder, path)
        for path, prompt in all_.items():
            if made.get(path) == prompt.fingerprint and is_there(folder, path):
                continue
            if not (done := time.monotonic() < end):
                break
            make([prompt], folder, config)
            made[path] = prompt.fingerprint
        if made != known:
            remember(index, made)
    except OSError as error:
        raise PromptError(
            _("The announcements can't be written to {folder}: {reason}.").format(folder=index, reason=error.strerror)
        ) from error
    return done


def remove(folder: Path, path: str) -> None:
    """Remove all formats of a recording."""
    for ending in RATES:
        (folder / f"{path}{ending}").unlink(missing_ok=True)


def make(missing: Sequence[Prompt], folder: Path, config: Config) -> None:
    """Synthesise all of ``missing`` into ``folder``. Raises as :func:`build` does, and ``OSError``."""
    if not missing:
        return
    command = program.speech(config)

    def one(prompt: Prompt) -> None:
        before, after = prompt.silence
        save(speak(prompt.text, prompt.voice, command), folder / prompt.path, before=before, after=after)

    # The synthesiser is a program of its own, and numpy lets other threads work: all processors are of use.
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        for _made in workers.map(one, missing):
            pass


def prompts(organisations: Iterable[tuple[str, str, str]]) -> Iterator[Prompt]:
    """All that must be there. A language that can't be spoken is spoken to in English."""
    for language in LANGUAGES:
        for name, text in texts(language).items():
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


def save(
    sound: tuple[Samples, int], path: Path, *, before: float = AROUND_RECORDING, after: float = AROUND_RECORDING
) -> None:
    """Write the engine's formats of a recording, at speech level, with ``before`` and ``after`` seconds of silence around it."""
    samples, rate = sound
    samples = _at_speech_level(_trimmed(samples, rate, before, after), rate)
    path.parent.mkdir(parents=True, exist_ok=True)
    for ending, wanted_rate in RATES.items():
        _replace(path.with_name(path.name + ending), _encoded(resampled(samples, rate, wanted_rate), ending))


def _encoded(samples: Samples, ending: str) -> bytes:
    return alaw(samples) if ending == ".alaw" else wave_bytes(samples, RATES[ending])


def _at_speech_level(samples: Samples, rate: int) -> Samples:
    gain = 10 ** ((SPEECH_LEVEL - level(samples, rate)) / 20)
    peak = float(np.abs(samples).max(initial=1e-9)) * gain
    return samples * gain * min(1.0, 10 ** (PEAK_LEVEL / 20) / peak)


def _trimmed(samples: Samples, rate: int, before: float, after: float) -> Samples:
    """The spoken part, with so many seconds of what is around it, or of silence where there is less."""
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    if len(loud) == 0:
        return samples
    start, end = loud[0] - round(before * rate), loud[-1] + round(after * rate)
    part = samples[max(0, start) : end]
    return np.pad(part, (max(0, -start), max(0, end - len(samples))))


def _make_beep(sounds: Path) -> None:
    """The tone before a recording, which the engine plays under the name ``beep``."""
    if all((sounds / f"beep{ending}").exists() for ending in RATES):
        return
    for ending, rate in RATES.items():
        time = np.arange(rate * 3 // 10) / rate
        edges = np.minimum(1, np.minimum(time, time[::-1]) / 0.01)
        tone = np.sin(2 * np.pi * 1000 * time) * edges * 10 ** (TONE_LEVEL / 20) * np.sqrt(2)
        _replace(sounds / f"beep{ending}", _encoded(tone, ending))


def _make_pause(folder: Path) -> None:
    for ending, rate in RATES.items():
        path = folder / f"{PAUSE}{ending}"
        if not path.exists():
            _replace(path, _encoded(np.zeros(rate // 5), ending))


_INDEX = ".spoken.json"


def remember(folder: Path, made: dict[str, str]) -> None:
    """Note what lies in ``folder``: path → fingerprint."""
    _replace(folder / _INDEX, json.dumps(made, indent=1).encode())


def fingerprints(folder: Path) -> dict[str, str]:
    """What is known to lie in ``folder``: path → fingerprint."""
    try:
        known: dict[str, str] = json.loads((folder / _INDEX).read_text())
    except (OSError, ValueError):
        return {}
    return known


def is_there(folder: Path, path: str) -> bool:
    """Whether all formats of a recording are in ``folder``."""
    return all((folder / f"{path}{ending}").is_file() for ending in RATES)


def _replace(path: Path, content: bytes) -> None:
    """In one step: a caller may be listening to the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
