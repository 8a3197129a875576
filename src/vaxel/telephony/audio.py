# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sound as numbers: reading, resampling, measuring and encoding what the engine plays and records."""

from __future__ import annotations

import io
import wave
from math import gcd
from pathlib import Path

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float64]
"""One channel, full scale ±1."""


def read_wave(file: Path | io.BytesIO) -> tuple[Samples, int]:
    """Samples and rate of a 16-bit WAV file; several channels become their mean."""
    with wave.open(str(file) if isinstance(file, Path) else file) as sound:
        frames, channels, rate = sound.readframes(-1), sound.getnchannels(), sound.getframerate()
    samples = np.frombuffer(frames[: len(frames) // 2 * 2], dtype="<i2").astype(np.float64) / 32768
    return samples[: len(samples) // channels * channels].reshape(-1, channels).mean(axis=1), rate


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """At ``wanted`` samples a second, by the spectrum: what the new rate can't carry is left out, so nothing folds back."""
    if rate == wanted or len(samples) == 0:
        return samples
    # Speech begins and ends in silence, so that the transform's view of it as a ring does no harm. A length with large prime
    # factors would take ten times as long.
    steps = _smooth((len(samples) + rate // 10) // (rate // gcd(rate, wanted)) + 1)
    padded = np.zeros(steps * (rate // gcd(rate, wanted)))
    padded[: len(samples)] = samples
    length = steps * (wanted // gcd(rate, wanted))
    spectrum = np.fft.rfft(padded)
    kept = min(len(spectrum), length // 2 + 1)
    result = np.zeros(length // 2 + 1, dtype=complex)
    result[:kept] = spectrum[:kept] * _roll_off(kept)
    return (np.fft.irfft(result, length) * (length / len(padded)))[: round(len(samples) * wanted / rate)]


def _smooth(least: int) -> int:
    """The smallest number from ``least`` on that has no prime factor but 2, 3 and 5."""
    number = least
    while True:
        rest = number
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return number
        number += 1


def _roll_off(length: int) -> Samples:
    """1, falling to 0 in the last twentieth: a sharp edge would ring."""
    shape = np.ones(length)
    slope = max(1, length // 20)
    shape[-slope:] = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, slope))
    return shape


def level(samples: Samples, rate: int) -> float:
    """dBFS, effective value, of the parts that are spoken: frames of 20 ms above -50 dB of the loudest."""
    frame = max(1, rate // 50)
    if len(samples) < frame:
        return -120.0
    power = (samples[: len(samples) // frame * frame].reshape(-1, frame) ** 2).mean(axis=1)
    spoken = power[power > power.max() * 1e-5]
    return float(10 * np.log10(max(spoken.mean(), 1e-12))) if len(spoken) else -120.0


def wave_bytes(samples: Samples, rate: int) -> bytes:
    """A 16-bit WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def alaw(samples: Samples) -> bytes:
    """ITU-T G.711 A-law, a byte a sample."""
    magnitudes = np.minimum((np.abs(samples) * 32767).astype(np.int64), 32767) >> 3
    exponents = np.where(magnitudes >= 32, np.floor(np.log2(np.maximum(magnitudes, 1))).astype(np.int64) - 4, 0)
    mantissas = np.where(exponents > 0, magnitudes >> exponents, magnitudes >> 1) & 0x0F
    signs = np.where(samples >= 0, 0x80, 0)
    return bytes(((signs | exponents << 4 | mantissas) ^ 0x55).astype(np.uint8))
