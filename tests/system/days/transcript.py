# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a telephone heard, as the names of the recordings that were played to it.

Every recording that could have been played is looked for in all of what was heard (normalised cross-correlation). The one that explains
most of the sound is taken first; what overlaps it is another word that begins or ends alike, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.system.ears import so_far
from vaxel.domain.phrases import ON_TELEPHONES
from vaxel.telephony.audio import Samples, read_wave

RATE = 4000
"""Samples a second that are compared: below 2 kHz all words differ enough, and it takes a tenth of the time of 48,000."""
SURE = 0.6
"""Likeness from which on it was this recording; another text has less than a third."""
CERTAIN = 0.75
"""The same where nothing else could be liker."""
LOUD = 0.005
"""Samples of a recording that are louder are its first and last."""
SHORTEST_PIECE = 4096
"""Samples; in shorter pieces the transform's fixed cost is most of it."""
OVERLAP = 0.1
"""Seconds by which two may overlap: a packet that came late moves the rest of one."""


class Heard(NamedTuple):
    """``start`` and ``end`` in seconds from the beginning of what was heard; ``explains``: the energy there that is the recording's."""

    name: str
    start: float
    end: float
    likeness: float
    explains: float


class Lexicon:
    """All that callers of ``municipality`` may be told: sentences, times, days, the names of its people (``name-p12``).

    Of recordings that are the same to the last sample (“mandag”, “mandag”) only one is known.
    """

    def __init__(self, prompts: Path, language: str, municipality: str) -> None:
        self._sounds: dict[str, Samples] = {}
        self._same: dict[str, str] = {}
        known: dict[bytes, str] = {}
        for name, path in _recordings(prompts, language, municipality):
            first = known.setdefault(path.read_bytes(), name)
            self._same[name] = first
            if first == name:
                self._sounds[name] = _spoken(path)

    def names(self, names: Iterable[str]) -> list[str]:
        """As ``heard`` would give them. Raises ``KeyError`` for one that there is no recording of."""
        return [self._same[name] for name in names]

    def heard(self, recording: Path) -> list[Heard]:
        """What was played, in turn."""
        # A telephone may miss the first moments, and the last ones may not be on disk.
        sound = np.pad(_slowed(*so_far(recording)), RATE)
        taken: list[Heard] = []
        for place in sorted(self._everywhere(sound), key=lambda place: -place.explains):
            if all(place.end <= other.start + OVERLAP or place.start >= other.end - OVERLAP for other in taken):
                taken.append(place)
        return sorted(taken, key=lambda place: place.start)

    def _everywhere(self, sound: Samples) -> Iterator[Heard]:
        places = Places(sound)
        for name, wanted in self._sounds.items():
            yield from places.of(name, wanted)


def heard_lately(recording: Path, prompt: Path) -> bool:
    """Was ``prompt``, to its end, the last thing that was played, or nearly? Takes a thousandth of the time of a whole transcript."""
    wanted = _spoken(prompt)
    sound = np.pad(_slowed(*so_far(recording))[-2 * len(wanted) - RATE :], (0, RATE // 8))
    return any(place.likeness > CERTAIN for place in Places(sound).of("", wanted))


def _recordings(prompts: Path, language: str, municipality: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((prompts / language).glob("*.wav")):
        kind, _, which = path.stem.partition("-")
        if path.stem not in ON_TELEPHONES and (kind != "welcome" or which == municipality):
            yield path.stem, path
    for path in sorted((prompts / "names" / municipality).glob("*.wav")):
        yield f"name-{path.stem}", path


class Places:
    """Where in ``sound`` recordings are. The sound is cut into pieces that overlap by half, transformed once for recordings of like length:
    a third of the work of transforming it as a whole for each.
    """

    def __init__(self, sound: Samples) -> None:
        self._sound = sound
        self._energy = np.concatenate([[0.0], np.cumsum(sound**2)])
        self._pieces: dict[int, np.ndarray] = {}

    def of(self, name: str, wanted: Samples) -> Iterator[Heard]:
        places, own = len(self._sound) - len(wanted) + 1, float((wanted**2).sum())
        if places <= 0:
            return
        under = self._energy[len(wanted) :] - self._energy[:places]
        # Where there is next to nothing, next to nothing is like anything.
        likeness = self._products(wanted)[:places] / np.sqrt(np.maximum(under, own / 20) * own)
        while (best := float(likeness.max())) > SURE:
            at = int(likeness.argmax())
            yield Heard(name, at / RATE - 1, (at + len(wanted)) / RATE - 1, best, best**2 * float(under[at]))
            likeness[max(0, at - len(wanted) // 2) : at + len(wanted) // 2] = 0.0

    def _products(self, wanted: Samples) -> Samples:
        """The sum of products with ``wanted`` laid at each sample."""
        size = max(1 << (2 * len(wanted)).bit_length(), SHORTEST_PIECE)
        if size not in self._pieces:
            padded = np.pad(self._sound, (0, size + size // 2))
            pieces = np.lib.stride_tricks.sliding_window_view(padded, size)[:: size // 2]
            self._pieces[size] = np.fft.rfft(pieces)
        spectra = self._pieces[size] * np.conj(np.fft.rfft(wanted, size))
        products: Samples = np.fft.irfft(spectra, size)[:, : size // 2].ravel()
        return products


def _spoken(prompt: Path) -> Samples:
    """Without the silence around it, in which something else may be heard."""
    samples, rate = read_wave(prompt)
    loud = np.flatnonzero(np.abs(samples) > LOUD)
    return _slowed(samples[loud[0] : loud[-1] + 1] if len(loud) else samples, rate)


def _slowed(samples: Samples, rate: int) -> Samples:
    """Each of the samples is the mean of half a millisecond: two recordings are alike also when one begins between the other's samples."""
    step = rate // RATE
    if step * RATE != rate or step % 2:
        raise ValueError(f"{rate} is no even multiple of {RATE}")
    if len(samples) < step:
        return np.zeros(0)
    halves = samples[: len(samples) // step * step].reshape(-1, step // 2).mean(axis=1)
    mean: Samples = np.convolve(halves, np.full(4, 0.25), "same")[::2]
    return mean
