# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Speech in tests: tones sent as RTP, and what is in a recording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vaxel.telephony.audio import Samples, read_wave, resampled


def tone(frequency: float, seconds: float, rate: int = 8000, level: float = 0.3) -> Samples:
    return np.sin(2 * np.pi * frequency * np.arange(int(seconds * rate)) / rate) * level


def loudest_frequency(recording: Path, start: float = 0.0, end: float | None = None) -> float:
    """Hz of the strongest tone between ``start`` and ``end`` (seconds); 0 in silence."""
    samples, rate = read_wave(recording)
    part = samples[int(start * rate) : None if end is None else int(end * rate)]
    if len(part) < rate // 10 or np.sqrt((part**2).mean()) < 0.002:
        return 0.0
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return float(np.fft.rfftfreq(len(part), 1 / rate)[spectrum.argmax()])


def seconds_of(recording: Path, frequency: float, tolerance: float = 20.0) -> float:
    """For how long ``frequency`` was the strongest tone, in steps of a tenth of a second."""
    samples, rate = read_wave(recording)
    step = rate // 10
    count = 0
    for start in range(0, len(samples) - step + 1, step):
        part = samples[start : start + step]
        if np.sqrt((part**2).mean()) < 0.002:
            continue
        spectrum = np.abs(np.fft.rfft(part * np.hanning(step)))
        count += abs(np.fft.rfftfreq(step, 1 / rate)[spectrum.argmax()] - frequency) <= tolerance
    return count / 10


def likeness(recording: Path, wanted: Samples, rate: int) -> float:
    """How much of ``wanted`` is somewhere in the recording: the greatest correlation, 1 when it is there unchanged."""
    samples, recorded_rate = read_wave(recording)
    samples, wanted = (resampled(part, old, 8000) for part, old in ((samples, recorded_rate), (wanted, rate)))
    if len(samples) < len(wanted):
        return 0.0
    length = 1 << (len(samples) + len(wanted)).bit_length()
    product = np.fft.irfft(np.fft.rfft(samples, length) * np.conj(np.fft.rfft(wanted, length)), length)
    found = int(product[: len(samples) - len(wanted) + 1].argmax())
    energy = np.sqrt((samples[found : found + len(wanted)] ** 2).sum() * (wanted**2).sum())
    return float(product[found] / max(energy, 1e-12))


def duration(recording: Path) -> float:
    samples, rate = read_wave(recording)
    return len(samples) / rate


class Placed(NamedTuple):
    """Where ``file`` was heard in a recording, in seconds, and how surely: 1 for the same sound."""

    file: Path
    start: float
    end: float
    likeness: float


def placed(recording: Path, files: Sequence[Path]) -> list[Placed]:
    """Where each of ``files`` was heard, each looked for only after the one before. What is silent at their ends doesn't count."""
    heard, rate = read_wave(recording)
    # The last moments before the telephone was put down may not be on disk.
    heard = np.pad(resampled(heard, rate, 8000), (0, 4000))
    found: list[Placed] = []
    at = 0
    for file in files:
        sound = _sounding(file)
        start, likeness = _where(heard[at:], sound)
        found.append(Placed(file, (at + start) / 8000, (at + start + len(sound)) / 8000, likeness))
        # What was only thought to be heard doesn't hide what follows.
        at += start + len(sound) * 9 // 10 if likeness > 0.5 else 0
    return found


def _sounding(file: Path) -> Samples:
    samples, rate = read_wave(file)
    samples = resampled(samples, rate, 8000)
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples


def _where(heard: Samples, sound: Samples) -> tuple[int, float]:
    """The first place that is nearly as like as the likest: a word may be said again later on."""
    if len(heard) < len(sound):
        return 0, 0.0
    size = 1 << (len(heard) + len(sound)).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sound, size)), size)
    product = product[: len(heard) - len(sound) + 1]
    energy = np.concatenate([[0.0], np.cumsum(heard**2)])
    under = energy[len(sound) :] - energy[: len(product)]
    own = float((sound**2).sum())
    likeness = product / np.sqrt(np.maximum(under, 0.05 * own) * own)
    first = int((likeness > 0.9 * likeness.max()).argmax())
    start = first + int(likeness[first : first + len(sound) // 4].argmax())
    return start, float(likeness[start])
