# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a telephone hears while the call goes on, and which announcement it was."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import numpy as np

from tests.engine.sip import Baresip
from tests.engine.waiting import until
from vaxel.telephony.audio import Samples, read_wave

HEADER = 44
LOOK = 0.3
"""Seconds of sound that are looked at."""
SILENCE = 0.002
RATE = 8000
"""Samples a second that are compared, of the 48,000 that a telephone records: it is asked many times while the call goes on."""
SURE = 0.6
"""Likeness from which on it was this announcement."""


def hears(phone: Baresip, frequency: int, timeout: float = 10.0) -> None:
    """Wait until the telephone hears this tone, and nothing louder, now."""
    try:
        until(lambda: abs(_loudest(phone) - frequency) < 20, timeout)
    except TimeoutError as error:
        who = phone.account.user
        raise TimeoutError(
            f"{who} does not hear {frequency} Hz but {_loudest(phone):.0f} Hz after {timeout} s"
        ) from error


def hears_no_tone(phone: Baresip, *frequencies: int, timeout: float = 10.0) -> None:
    """Wait until the telephone hears none of these tones any more; other sound, or nothing."""

    def other() -> bool:
        before = _heard_bytes(phone)
        time.sleep(LOOK + 0.1)
        if _heard_bytes(phone) == before:
            return True
        loudest = _loudest(phone)
        return all(abs(loudest - frequency) >= 20 for frequency in frequencies)

    until(other, timeout, f"{phone.account.user} not hearing {frequencies}")


def _heard_bytes(phone: Baresip) -> int:
    return sum(path.stat().st_size for path in phone.heard())


def hear_each_other(one: Baresip, one_sounds: int, other: Baresip, other_sounds: int) -> None:
    """Both directions."""
    hears(one, other_sounds)
    hears(other, one_sounds)


def heard_prompt(phone: Baresip, *prompts: Path, timeout: float = 10.0) -> None:
    """Wait until it is sure that one of the announcements was played to the telephone's newest call."""

    def surest() -> float:
        files = phone.heard()
        return max((likeness(files[-1], prompt) for prompt in prompts), default=0.0) if files else 0.0

    try:
        until(lambda: surest() > SURE, timeout)
    except TimeoutError as error:
        raise TimeoutError(f"{phone.account.user} heard none of {prompts}: likeness {surest():.2f}") from error


def likeness(heard: Path, prompt: Path) -> float:
    """How surely ``prompt`` was played somewhere in ``heard``: 1 for the same sound, under 0.3 for another text."""
    there = _at_rate(*so_far(heard), RATE)
    wanted = _at_rate(*read_wave(prompt), RATE)
    # A telephone may miss the first moments of early speech, and the last ones may not be on disk yet.
    there = np.pad(there, (RATE, max(0, len(wanted) - len(there))))
    size = 1 << (len(there) + len(wanted)).bit_length()
    found = np.fft.irfft(np.fft.rfft(there, size) * np.conj(np.fft.rfft(wanted, size)), size)[: len(there)]
    energy = np.concatenate([[0.0], np.cumsum(there**2)])
    under = energy[np.minimum(np.arange(len(there)) + len(wanted), len(there))] - energy[: len(there)]
    scale = np.sqrt(np.maximum(under, 1e-6) * (wanted**2).sum())
    return float((found / scale).max())


def so_far(recording: Path) -> tuple[Samples, int]:
    """Samples and rate of a recording that may still grow: its header does not yet say how long it is."""
    raw = recording.read_bytes()
    if len(raw) < HEADER:
        return np.zeros(0), 8000
    channels, rate = struct.unpack_from("<HI", raw, 22)
    samples = np.frombuffer(raw[HEADER : HEADER + (len(raw) - HEADER) // (2 * channels) * (2 * channels)], dtype="<i2")
    return samples.reshape(-1, channels)[:, 0] / 32768, rate


def _loudest(phone: Baresip) -> float:
    """The strongest tone, in Hz, of what the telephone's newest call has heard last; 0 in silence."""
    files = phone.heard()
    if not files:
        return 0.0
    samples, rate = so_far(files[-1])
    part = samples[-int(LOOK * rate) :]
    if len(part) < int(LOOK * rate) or np.sqrt((part**2).mean()) < SILENCE:
        return 0.0
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return float(np.fft.rfftfreq(len(part), 1 / rate)[spectrum.argmax()])


def _at_rate(samples: Samples, rate: int, wanted: int) -> Samples:
    if rate == wanted:
        return samples
    step = rate // wanted
    if step * wanted != rate:
        raise ValueError(f"{rate} is no multiple of {wanted}")
    # A running mean before every step-th sample is taken: enough of a filter for speech.
    usable = len(samples) // step * step
    mean: Samples = samples[:usable].reshape(-1, step).mean(axis=1)
    return mean


def hears_all(phone: Baresip, *frequencies: int, timeout: float = 10.0) -> None:
    """Wait until the telephone hears these tones at the same time, and nothing as loud besides."""

    def all_of_them() -> bool:
        loud = _loud(phone)
        return all(any(abs(tone - wanted) < 20 for tone in loud) for wanted in frequencies) and all(
            any(abs(tone - wanted) < 40 for wanted in frequencies) for tone in loud
        )

    until(all_of_them, timeout, f"{phone.account.user} hearing {frequencies} at once")


def _loud(phone: Baresip) -> list[float]:
    """The tones, in Hz, that are at least a third as strong as the strongest."""
    files = phone.heard()
    if not files:
        return []
    samples, rate = so_far(files[-1])
    part = samples[-int(LOOK * rate) :]
    if len(part) < int(LOOK * rate) or np.sqrt((part**2).mean()) < SILENCE:
        return []
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    frequencies = np.fft.rfftfreq(len(part), 1 / rate)
    return [float(tone) for tone in frequencies[spectrum > spectrum.max() / 3]]
