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


def _loudest(phone: Baresip) -> float:
    """The strongest tone, in Hz, of what the telephone's newest call has heard last; 0 in silence."""
    files = phone.heard()
    if not files:
        return 0.0
    # While it grows, the file's header does not yet say how long it is.
    raw = files[-1].read_bytes()
    if len(raw) < HEADER:
        return 0.0
    channels, rate = struct.unpack_from("<HI", raw, 22)
    length = int(LOOK * rate) * channels
    samples = np.frombuffer(raw[HEADER : HEADER + (len(raw) - HEADER) // 2 * 2], dtype="<i2")[-length:] / 32768
    part = samples.reshape(-1, channels)[:, 0] if len(samples) % channels == 0 else samples
    if len(part) < LOOK * rate or np.sqrt((part**2).mean()) < SILENCE:
        return 0.0
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return float(np.fft.rfftfreq(len(part), 1 / rate)[spectrum.argmax()])


def likeness(heard: Path, prompt: Path) -> float:
    """How surely ``prompt`` was played somewhere in ``heard``: 1 for the same sound, under 0.3 for another text."""
    there, rate = read_wave(heard)
    wanted, prompt_rate = read_wave(prompt)
    there = _at_rate(there, rate, prompt_rate)
    if len(there) < len(wanted):
        there = np.pad(there, (0, len(wanted) - len(there)))
    size = len(there) + len(wanted) - 1
    found = np.fft.irfft(np.fft.rfft(there, size) * np.conj(np.fft.rfft(wanted, size)), size)[: len(there)]
    energy = np.concatenate([[0.0], np.cumsum(there**2)])
    under = energy[np.minimum(np.arange(len(there)) + len(wanted), len(there))] - energy[: len(there)]
    scale = np.sqrt(np.maximum(under, 1e-6) * (wanted**2).sum())
    return float((found / scale).max())


def _at_rate(samples: Samples, rate: int, wanted: int) -> Samples:
    if rate == wanted:
        return samples
    step = rate // wanted
    if step * wanted != rate:
        raise ValueError(f"{rate} is no multiple of {wanted}")
    # A running mean before every step-th sample is taken: enough of a filter for speech.
    usable = len(samples) // step * step
    return samples[:usable].reshape(-1, step).mean(axis=1)
