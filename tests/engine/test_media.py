# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which recordings a caller hears: the municipality's own before the synthesised, in its languages and their order, with names."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from vaxel.telephony.media import PAUSE, Voice, heard

ZONE = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 7, 22, 10, 0, tzinfo=ZONE).timestamp()
MONDAY = datetime(2026, 7, 27, 8, 0, tzinfo=ZONE).timestamp()
TANA = Voice(organisation="tana", language="nb", zone=ZONE, languages=("se", "nb"))
GNOSJO = Voice(organisation="gnosjo", language="sv", zone=ZONE)


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    return tmp_path


def record(sounds: Path, *places: str) -> None:
    for place in places:
        path = sounds / "vaxel" / f"{place}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def heard_of(sounds: Path, voice: Voice, *items: str) -> list[str]:
    return [uri.removeprefix("sound:vaxel/") for uri in heard(items, sounds, voice, NOW)]


def test_synthesised_where_there_is_nothing_else(sounds: Path) -> None:
    assert heard_of(sounds, GNOSJO, "welcome", "closed") == ["sv/welcome-gnosjo", "sv/closed"]
    assert heard_of(sounds, GNOSJO, f"opens:{MONDAY:.0f}") == ["sv/opens", "sv/on-monday", "sv/at-8"]


def test_own_recordings_come_first_fragment_by_fragment(sounds: Path) -> None:
    record(sounds, "own/gnosjo/welcome", "own/gnosjo/on-monday", "own/tana/at-8")
    found = heard_of(sounds, GNOSJO, "welcome", f"opens:{MONDAY:.0f}")
    assert found == ["own/gnosjo/welcome", "sv/opens", "own/gnosjo/on-monday", "sv/at-8"]


def test_names_and_who_has_none(sounds: Path) -> None:
    record(sounds, "names/gnosjo/p1", "names/gnosjo/p2", "own/gnosjo/name-p2", "names/gnosjo/p3")
    voice = Voice(organisation="gnosjo", language="sv", zone=ZONE, unnamed=lambda key: key == "p3")
    found = heard_of(sounds, voice, "name:p1", "name:p2", "name:p3", "name:g4")
    assert found == ["names/gnosjo/p1", "own/gnosjo/name-p2", "sv/somebody", "sv/somebody"]


def test_a_greeting_that_is_missing_is_made_of_name_and_sentence(sounds: Path) -> None:
    record(sounds, "names/gnosjo/p1")
    assert heard_of(sounds, GNOSJO, "greeting:p1") == ["names/gnosjo/p1", "sv/voicemail-greeting"]
    record(sounds, "own/gnosjo/greeting-p1")
    assert heard_of(sounds, GNOSJO, "greeting:p1") == ["own/gnosjo/greeting-p1"]


def test_a_language_without_synthesiser_is_heard_where_all_of_it_is_recorded(sounds: Path) -> None:
    record(sounds, "own/tana/se/welcome", "own/tana/se/closed", "own/tana/se/opens", "own/tana/se/on-monday")
    assert heard_of(sounds, TANA, "welcome") == ["own/tana/se/welcome", "nb/welcome-tana"]
    # "At eight" is missing: half a sentence is worse than none.
    closed = ("closed", f"opens:{MONDAY:.0f}")
    assert heard_of(sounds, TANA, *closed) == ["nb/closed", "nb/opens", "nb/on-monday", "nb/at-8"]
    record(sounds, "own/tana/se/at-8")
    sami = [f"own/tana/se/{name}" for name in ("closed", "opens", "on-monday", "at-8")]
    assert heard_of(sounds, TANA, *closed) == [*sami, "nb/closed", "nb/opens", "nb/on-monday", "nb/at-8"]


def test_a_personal_greeting_is_heard_once_whatever_the_languages(sounds: Path) -> None:
    record(sounds, "own/tana/greeting-p1")
    assert heard_of(sounds, TANA, "greeting:p1") == ["own/tana/greeting-p1"]


def test_the_second_language_may_be_synthesised(sounds: Path) -> None:
    voice = Voice(organisation="aabenraa", language="da", zone=ZONE, languages=("da", "en"))
    assert heard_of(sounds, voice, "closed") == ["da/closed", "en/closed"]


def test_a_number_of_nobody_is_told_in_the_callers_language(sounds: Path) -> None:
    voice = Voice(organisation="", language="en", zone=ZONE)
    assert heard_of(sounds, voice, "unknown-number") == ["en/unknown-number"]


def test_tones_are_those_of_the_country(sounds: Path) -> None:
    assert heard(("tone:ring",), sounds, TANA, NOW) == ("tone:ring;tonezone=no",)


def test_nothing_to_say_is_a_pause(sounds: Path) -> None:
    assert heard((f"back:{NOW - 60:.0f}",), sounds, GNOSJO, NOW) == (PAUSE,)


def test_what_is_not_understood_is_left_out(sounds: Path) -> None:
    assert heard_of(sounds, GNOSJO, "weather:rain", "closed") == ["sv/closed"]
