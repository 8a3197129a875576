# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sentences as a caller hears them from the real engine: every fragment in its place, in each language, one language after the other."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.engine.ari import ListeningApp
from tests.engine.audio import placed, tone
from tests.engine.conftest import MAIN_NUMBER, RunningEngine
from tests.engine.sip import Baresip
from vaxel.domain import commands as c
from vaxel.domain.phrases import LANGUAGES
from vaxel.domain.speaking import expand
from vaxel.telephony import prompts
from vaxel.telephony.ari import Ari
from vaxel.telephony.engine import ARI_USER
from vaxel.telephony.execute import requests
from vaxel.telephony.media import Voice, heard

ZONE = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 7, 22, 10, 0, tzinfo=ZONE).timestamp()
MONDAY = f"{datetime(2026, 7, 27, 8, 0, tzinfo=ZONE).timestamp():.0f}"
HALF_PAST = f"{datetime(2026, 7, 23, 13, 30, tzinfo=ZONE).timestamp():.0f}"

ABSENT = ("name:p1", "absent:meeting", f"back:{MONDAY}", "option:message:1", "option:switchboard:2")
CLOSED = ("closed", f"opens:{HALF_PAST}", "leave-message")
SURE = 0.7
BREATH = 0.7
"""Seconds between two fragments at most: the silence after a sentence, and what a busy machine adds."""


def voice(language: str, *languages: str) -> Voice:
    return Voice(organisation="gnosjo", language=language, zone=ZONE, languages=languages)


@contextmanager
def answered(engine: RunningEngine) -> Iterator[tuple[ListeningApp, Baresip, str]]:
    """A citizen whose call is answered, and its channel."""
    # A recording is whole once its call is over.
    with ListeningApp(engine.config) as app, engine.citizen() as citizen:
        citizen.dial(MAIN_NUMBER)
        channel = app.wait_for("StasisStart")["channel"]["id"]
        engine.ari.request("POST", f"channels/{channel}/answer")
        citizen.wait_for("CALL_ESTABLISHED")
        yield app, citizen, channel
        citizen.hang_up()
        app.wait_for("StasisEnd")


def play(engine: RunningEngine, app: ListeningApp, channel: str, uris: Sequence[str]) -> None:
    """As the controller asks for it, until it has been played."""

    async def ask() -> int:
        ari = Ari(engine.config.ari_url, ARI_USER, engine.config.secrets["ari"], "sentences")
        await ari.connect()
        command = c.Play(channel=channel, playback=f"{channel}-p1", items=tuple(uris))
        (request,) = requests(command, tuple)
        answer = await ari.ask(request.method, request.uri)
        await ari.close()
        return answer.status

    assert asyncio.run(ask()) == 201
    app.wait_for("PlaybackFinished", timeout=90)


def said(recording: Path, files: Sequence[Path]) -> None:
    """``files`` were heard one after the other, and nothing long between them."""
    places = placed(recording, files)
    for place in places:
        assert place.likeness > SURE, f"{place.file} was not heard: {place.likeness:.2f}"
    for one, other in itertools.pairwise(places):
        gap = other.start - one.end
        assert -0.1 < gap < BREATH, f"{gap:.2f} s between {one.file} and {other.file}"


def files_of(engine: RunningEngine, uris: Sequence[str]) -> list[Path]:
    return [engine.places.sounds / f"{uri.removeprefix('sound:')}.wav" for uri in uris]


@pytest.mark.clause("GNO-3")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("items", [ABSENT, CLOSED], ids=["absent", "closed"])
def test_a_sentence_is_heard_fragment_by_fragment(engine: RunningEngine, language: str, items: tuple[str, ...]) -> None:
    with answered(engine) as (app, citizen, channel):
        uris = heard(items, engine.places.sounds, voice(language), NOW)
        assert len(uris) >= len([fragment for item in items for fragment in expand(item, language, NOW, ZONE)])
        play(engine, app, channel, uris)
    said(citizen.heard()[-1], files_of(engine, uris))


def test_one_language_after_the_other_however_long(engine: RunningEngine) -> None:
    with answered(engine) as (app, citizen, channel):
        uris = heard((*CLOSED, *ABSENT), engine.places.sounds, voice("da", "sv", "nb", "da", "en"), NOW)
        assert sum(map(len, uris)) > 1200, "more than some would take in an address"
        play(engine, app, channel, uris)
    said(citizen.heard()[-1], files_of(engine, uris))


def test_own_recordings_and_a_name_stand_among_the_synthesised(engine: RunningEngine) -> None:
    folder = engine.places.prompts
    prompts.save((tone(700, 0.8), 8000), folder / "own/tana/se/closed")
    prompts.save((tone(900, 0.8), 8000), folder / "names/tana/p1")
    tana = Voice(organisation="tana", language="nb", zone=ZONE, languages=("se", "nb"))
    with answered(engine) as (app, citizen, channel):
        uris = heard(("closed",), engine.places.sounds, tana, NOW)
        uris += heard(("name:p1", "absent:lunch"), engine.places.sounds, tana, NOW)
        wanted = ["own/tana/se/closed", "nb/closed", "names/tana/p1", "nb/absent-lunch"]
        assert [uri.removeprefix("sound:vaxel/") for uri in uris] == wanted
        play(engine, app, channel, uris)
    said(citizen.heard()[-1], files_of(engine, uris))
