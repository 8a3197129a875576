# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Own recordings: read, levelled, kept where the engine finds them, audited, taken back; what is no recording is refused with a reason."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from django.core.exceptions import ValidationError

from tests import rows
from vaxel.directory.audit import NOBODY, AuditEntry, by_user
from vaxel.directory.models import Group, Organisation
from vaxel.directory.snapshot import load, version
from vaxel.prompts import actions, files
from vaxel.prompts.models import Recording
from vaxel.telephony.audio import Samples, level, read_wave

pytestmark = pytest.mark.django_db


def voice(seconds: float = 1.0, rate: int = 44_100, loud: float = 0.02) -> Samples:
    """Something like speech: a tone that swells and falls."""
    time = np.arange(int(seconds * rate)) / rate
    sound: Samples = loud * np.sin(2 * np.pi * 300 * time) * (1 + np.sin(2 * np.pi * 3 * time))
    return sound


def file(kind: str = "WAV", samples: Samples | None = None, rate: int = 44_100, **more: Any) -> bytes:
    target = io.BytesIO()
    soundfile.write(target, voice(rate=rate) if samples is None else samples, rate, format=kind, **more)
    return target.getvalue()


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def tana() -> Organisation:
    return rows.organisation(
        "tana", main="4760000100", language="nb", country="NO", time_zone="Europe/Oslo", announced_in="se nb"
    )


def played(place: str) -> Path:
    return files.folder() / f"{place}.wav"


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("WAV", {"subtype": "PCM_16"}),
        ("WAV", {"subtype": "PCM_24"}),
        ("WAV", {"subtype": "FLOAT"}),
        ("WAV", {"subtype": "ALAW"}),
        ("FLAC", {}),
        ("OGG", {"subtype": "VORBIS"}),
        ("MP3", {}),
    ],
)
def test_it_is_played_at_the_level_of_speech_whatever_it_came_as(
    gnosjo: Organisation, kind: str, more: dict[str, Any]
) -> None:
    recording = actions.keep(gnosjo, "closed", file(kind, **more), NOBODY)
    samples, rate = read_wave(played("own/gnosjo/closed"))
    assert rate == 8000
    assert -22 < level(samples, rate) < -20
    assert 0.9 < recording.seconds < 1.2
    assert played("own/gnosjo/closed").with_suffix(".wav16").exists()
    assert played("own/gnosjo/closed").with_suffix(".alaw").exists()


def test_two_channels_become_one(gnosjo: Organisation) -> None:
    both = np.stack([voice(), np.zeros_like(voice())], axis=1)
    actions.keep(gnosjo, "welcome", file(samples=both), NOBODY)
    assert level(*read_wave(played("own/gnosjo/welcome"))) > -22


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not a sound file"),
        (b"RIFF....WAVE", "not a sound file"),
        (b"<html>" * 100, "not a sound file"),
        (file()[:40], "nothing to hear|not a sound file"),
        (file("AIFF"), "not a sound file"),
        (file(samples=np.zeros(44_100)), "nothing to hear"),
        (file(samples=voice(0.05)), "nothing to hear"),
        (file("FLAC", np.zeros(8000 * 125), 8000), "longer than 120 seconds"),
        (file(rate=4000), "samples a second"),
        (bytes(21 * 1024 * 1024), "larger than 20 MB"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(gnosjo: Organisation, data: bytes, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        actions.keep(gnosjo, "goodbye", data, NOBODY)
    assert not Recording.objects.exists()
    assert not played("own/gnosjo/goodbye").exists()


@pytest.mark.parametrize("name", ["../closed", "own/x", "weather", "name-p999999", "greeting-g1", "", "name-"])
def test_only_announcements_that_exist_can_be_recorded(gnosjo: Organisation, name: str) -> None:
    with pytest.raises(ValidationError, match="no announcement"):
        actions.keep(gnosjo, name, file(), NOBODY)


def test_somebody_elses_people_are_not_ours(gnosjo: Organisation, tana: Organisation) -> None:
    berit = rows.person(tana)
    with pytest.raises(ValidationError, match="no announcement"):
        actions.keep(gnosjo, f"name-{berit.key}", file(), NOBODY)


def test_a_greeting_is_told_to_routing_and_taken_back(
    gnosjo: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    anna = rows.person(gnosjo)
    recording = actions.keep(gnosjo, f"greeting-{anna.key}", file(), NOBODY)
    assert load().world.people[anna.key].has_greeting
    assert played(f"own/gnosjo/greeting-{anna.key}").exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.revert(recording, NOBODY)
    assert not load().world.people[anna.key].has_greeting
    assert not played(f"own/gnosjo/greeting-{anna.key}").exists()


def test_the_voice_of_someone_who_was_erased_goes_too(
    gnosjo: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    anna = rows.person(gnosjo)
    actions.keep(gnosjo, f"name-{anna.key}", file(), NOBODY)
    place = f"own/gnosjo/name-{anna.key}"
    with django_capture_on_commit_callbacks(execute=True):
        anna.delete()
    assert not played(place).exists()


def test_a_groups_name(gnosjo: Organisation) -> None:
    group = Group.objects.create(organisation=gnosjo, name="Vatten")
    assert actions.keep(gnosjo, f"name-{group.key}", file(), NOBODY).group == group


def test_northern_sami_lies_beside_the_organisations_language(tana: Organisation) -> None:
    assert actions.keep(tana, "welcome", file(), NOBODY, "se").place == "own/tana/se/welcome"
    assert actions.keep(tana, "welcome", file(), NOBODY, "nb").place == "own/tana/welcome"
    with pytest.raises(ValidationError, match="no announcements in"):
        actions.keep(tana, "welcome", file(), NOBODY, "fi")
    assert load().world.organisations["tana"].languages == ("se", "nb")


def test_it_is_audited_and_the_controller_told(gnosjo: Organisation) -> None:
    before = version()
    user = rows.user("chef")
    recording = actions.keep(gnosjo, "closed", file(), by_user(user))
    entry = AuditEntry.objects.get(kind="recording")
    assert (entry.user, entry.organisation, entry.name) == (user, gnosjo, recording.place)
    assert version() > before


def test_languages_of_announcements_are_checked(tana: Organisation) -> None:
    for wrong in ("xx", "nb nb", "se,nb"):
        tana.announced_in = wrong
        with pytest.raises(ValidationError, match="space between"):
            tana.full_clean()
