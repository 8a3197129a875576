# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small files that unfold into gigabytes."""

from __future__ import annotations

import io
import tracemalloc

import numpy as np
import pytest
import soundfile
from django.core.exceptions import ValidationError

from vaxel.prompts import sound


def silence(seconds: float, rate: int, channels: int, kind: str) -> bytes:
    written = io.BytesIO()
    with soundfile.SoundFile(written, "w", rate, channels, format=kind) as file:
        for _ in range(int(seconds * 10)):
            file.write(np.zeros((rate // 10, channels), dtype="int16"))
    return written.getvalue()


def test_what_a_small_file_unfolds_into_is_never_all_in_memory() -> None:
    data = silence(10.0, 192_000, 8, "FLAC")
    assert len(data) < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError):
            sound.read(data)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_a_file_of_more_channels_than_anybody_hears_is_refused() -> None:
    with pytest.raises(ValidationError):
        sound.read(silence(0.3, 8_000, 255, "WAV"))


def test_stereo_becomes_the_mean_of_both() -> None:
    written = io.BytesIO()
    time = np.arange(24_000) / 24_000
    left = 0.5 * np.sin(2 * np.pi * 400 * time)
    soundfile.write(written, np.stack([left, np.zeros_like(left)], axis=1), 24_000, format="WAV", subtype="FLOAT")
    samples, rate = sound.read(written.getvalue())
    assert (rate, len(samples)) == (24_000, 24_000)
    assert np.allclose(samples, left / 2, atol=1e-6)
