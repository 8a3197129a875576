# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What callers hear is made for every language, loud enough, and the municipality's own recordings are left alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.engine import announcements
from tests.engine.audio import likeness, tone
from vaxel.site.config import Config
from vaxel.telephony import engine, prompts
from vaxel.telephony.audio import alaw, level, read_wave, resampled

ORGANISATIONS = [("gnosjo", "sv", "Välkommen till Gnosjö kommun."), ("tana", "se", "Welcome; $(touch /tmp/x) --help")]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory, engine_root: Path | None) -> Config:
    config = Config(var=tmp_path_factory.mktemp("prompts"), engine_root=engine_root)
    announcements.lend(config)
    prompts.build(ORGANISATIONS, config)
    return config


@pytest.fixture
def folder(config: Config) -> Path:
    return engine.places(config).prompts


@pytest.mark.parametrize("language", ["sv", "nb", "da", "en"])
@pytest.mark.parametrize("name", ["voicemail-greeting", "closed", "fallback", "unknown-number", "goodbye"])
def test_each_prompt_is_spoken_at_the_level_of_speech(folder: Path, language: str, name: str) -> None:
    samples, rate = read_wave(folder / language / f"{name}.wav")
    wide, wide_rate = read_wave(folder / language / f"{name}.wav16")
    assert (rate, wide_rate) == (8000, 16000)
    assert 1 < len(samples) / rate < 12
    assert abs(len(samples) / rate - len(wide) / wide_rate) < 0.01
    assert -24 < level(samples, rate) < -18
    assert np.abs(samples).max() < 0.75
    assert likeness(folder / language / f"{name}.wav", wide[: -wide_rate // 10], wide_rate) > 0.85
    assert len((folder / language / f"{name}.alaw").read_bytes()) == len(samples)


def test_languages_sound_different(folder: Path) -> None:
    danish, rate = read_wave(folder / "da/closed.wav")
    assert likeness(folder / "sv/closed.wav", danish[: rate * 2], rate) < 0.6


def test_a_municipality_is_welcomed_in_its_language_or_in_english(folder: Path) -> None:
    assert (folder / "sv/welcome-gnosjo.wav").exists()
    assert (folder / "en/welcome-tana.wav").exists()


def test_building_again_makes_nothing(config: Config) -> None:
    assert prompts.build(ORGANISATIONS, config) == frozenset()


def test_a_changed_phrase_is_spoken_anew_and_nothing_else(config: Config) -> None:
    changed = [("gnosjo", "sv", "Hej och välkommen."), ORGANISATIONS[1]]
    assert prompts.build(changed, config) == {"sv/welcome-gnosjo"}
    assert prompts.build(ORGANISATIONS, config) == {"sv/welcome-gnosjo"}


def test_a_prompt_that_was_lost_is_made_again(config: Config, folder: Path) -> None:
    (folder / "da/goodbye.wav16").unlink()
    assert prompts.build(ORGANISATIONS, config) == {"da/goodbye"}


def test_own_recordings_are_left_alone(config: Config, folder: Path) -> None:
    prompts.save((tone(600, 1), 8000), folder / "own/gnosjo/closed")
    before = (folder / "own/gnosjo/closed.wav").read_bytes()
    prompts.build(ORGANISATIONS, config)
    assert (folder / "own/gnosjo/closed.wav").read_bytes() == before


def test_the_tone_before_a_recording_is_there(config: Config) -> None:
    samples, rate = read_wave(engine.places(config).sounds / "beep.wav")
    assert 0.2 < len(samples) / rate < 0.5


def test_without_a_synthesiser_it_says_how_to_fetch_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(engine.NotInstalledError, match="vaxel engine install"):
        prompts.build([], Config(var=tmp_path, engine_root=tmp_path / "none"))


@pytest.mark.parametrize(("value", "code"), [(0.0, 0xD5), (1.0, 0xAA), (-1.0, 0x2A), (0.5, 0xBA), (-0.5, 0x3A)])
def test_a_law_is_as_the_recommendation_says(value: float, code: int) -> None:
    assert alaw(np.array([value])) == bytes([code])


@pytest.mark.parametrize(("rate", "wanted"), [(22050, 16000), (22050, 8000), (8000, 16000), (44100, 8000)])
def test_a_tone_keeps_its_pitch_and_level_when_resampled(rate: int, wanted: int) -> None:
    result = resampled(tone(1000, 1, rate), rate, wanted)
    middle = result[wanted // 4 : wanted * 3 // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert abs(np.fft.rfftfreq(len(middle), 1 / wanted)[spectrum.argmax()] - 1000) < 5
    assert abs(np.sqrt((middle**2).mean()) - 0.3 / np.sqrt(2)) < 0.01


def test_what_the_new_rate_cannot_carry_is_left_out(tmp_path: Path) -> None:
    assert np.abs(resampled(tone(6000, 1, 22050), 22050, 8000)[1000:-1000]).max() < 0.01
