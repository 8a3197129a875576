# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recordings that people bring: read, looked through, and made into what the engine plays."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import soundfile
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vaxel.telephony import prompts
from vaxel.telephony.audio import Samples, level

FORMATS = {"WAV": "WAV", "WAVEX": "WAV", "FLAC": "FLAC", "OGG": "Ogg", "MP3": "MP3"}
"""libsndfile's name → ours."""
MOST_BYTES = 20 * 1024 * 1024
LONGEST, SHORTEST = 120.0, 0.2
"""Seconds."""
RATES = range(8_000, 192_001)
"""Samples a second."""
MOST_CHANNELS = 8
_BLOCK = 65_536
SILENCE = -55.0
"""dBFS, effective value: below, there is nothing to hear."""


def read(data: bytes) -> tuple[Samples, int]:
    """Samples and rate of a WAV, FLAC, Ogg or MP3 file; several channels become their mean. Raises ``ValidationError``."""
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is larger than {most} MB.").format(most=MOST_BYTES // 1024 // 1024))
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            _check(file.format, file.samplerate, file.frames, file.channels)
            samples = _mean_of_channels(file)
            rate = int(file.samplerate)
    except (soundfile.LibsndfileError, RuntimeError, ValueError) as error:
        raise ValidationError(_unknown()) from error
    samples = np.nan_to_num(np.clip(samples, -1, 1))
    if len(samples) < SHORTEST * rate or level(samples, rate) < SILENCE:
        raise ValidationError(_("There is nothing to hear in the recording. Check the microphone and record again."))
    return samples, rate


def _mean_of_channels(file: soundfile.SoundFile) -> Samples:
    """A block at a time: a small file of silence may hold gigabytes of it."""
    # A header may promise less than the file holds.
    frames = int(LONGEST * file.samplerate)
    blocks = file.blocks(blocksize=_BLOCK, frames=frames, dtype="float64", always_2d=True)
    means = [block.mean(axis=1) for block in blocks]
    return np.concatenate(means) if means else np.zeros(0)


def _unknown() -> str:
    return _("This is not a sound file that can be read. Use WAV, FLAC, Ogg or MP3.")


def _check(kind: str, rate: int, frames: int, channels: int) -> None:
    if kind not in FORMATS or channels > MOST_CHANNELS:
        raise ValidationError(_unknown())
    if rate not in RATES:
        raise ValidationError(_("The recording has {rate} samples a second: use 8,000 to 192,000.").format(rate=rate))
    if frames > LONGEST * rate:
        raise ValidationError(
            _("The recording is longer than {most} seconds: callers would wait too long.").format(most=int(LONGEST))
        )


def seconds(sound: tuple[Samples, int]) -> float:
    samples, rate = sound
    return round(len(samples) / rate, 1)


def keep(sound: tuple[Samples, int], path: Path) -> None:
    """Write what the engine plays, at the level of the other prompts, without the silence around it."""
    prompts.save(sound, path)
