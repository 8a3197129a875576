# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Speech between telephones of different kinds, keys pressed, and music: heard, not assumed."""

from __future__ import annotations

import time

import pytest

from tests.engine.ari import ListeningApp
from tests.engine.audio import loudest_frequency
from tests.engine.conftest import MAIN_NUMBER, RunningEngine
from tests.engine.sip import Baresip
from tests.engine.waiting import until
from vaxel.telephony.audio import level, read_wave

WIDE = 5200
"""Hz: above what G.711 carries (3,400 Hz), within G.722 and Opus."""


def hear(phone: Baresip, seconds: float) -> None:
    rates = {"G722": 16000, "opus": 96000}
    size = 2 * rates.get(phone.account.codecs, 8000) * seconds
    until(lambda: any(path.stat().st_size > size for path in phone.heard()), 20, "speech")


@pytest.mark.parametrize("theirs", ["PCMA", "PCMU", "G722", "opus"])
@pytest.mark.parametrize("ours", ["PCMA", "G722", "opus"])
def test_telephones_of_different_codecs_hear_each_other(engine: RunningEngine, ours: str, theirs: str) -> None:
    with (
        engine.phone("operator-1", tone=660, codecs=ours) as operator,
        engine.citizen(tone=440, codecs=theirs) as citizen,
    ):
        talk(engine, operator, citizen)
        assert abs(loudest_frequency(citizen.heard()[-1], 0.5) - 660) < 12
        assert abs(loudest_frequency(operator.heard()[-1], 0.5) - 440) < 12


@pytest.mark.parametrize("codec", ["G722", "opus"])
def test_wideband_speech_stays_wide(engine: RunningEngine, codec: str) -> None:
    with (
        engine.phone("operator-1", tone=WIDE, codecs=codec) as operator,
        engine.citizen(codecs=codec) as citizen,
    ):
        talk(engine, operator, citizen)
        assert abs(loudest_frequency(citizen.heard()[-1], 0.5) - WIDE) < 40


def talk(engine: RunningEngine, operator: Baresip, citizen: Baresip) -> None:
    engine.wait_until_in_line(operator)
    citizen.dial(MAIN_NUMBER)
    operator.wait_for("CALL_INCOMING")
    operator.answer()
    citizen.wait_for("CALL_ESTABLISHED")
    for phone in (operator, citizen):
        hear(phone, 2)
        assert f"Set audio decoder: {phone.account.codecs}" in phone.log()
    citizen.hang_up()
    operator.wait_for("CALL_CLOSED")


def test_keys_are_told_one_by_one_also_when_they_come_as_noise(engine: RunningEngine) -> None:
    with ListeningApp(engine.config) as app, engine.citizen() as citizen:
        citizen.dial(MAIN_NUMBER)
        channel = app.wait_for("StasisStart")["channel"]["id"]
        engine.ari.request("POST", f"channels/{channel}/answer")
        citizen.wait_for("CALL_ESTABLISHED")
        for key in "1905*#":
            citizen.press(key)
            app.wait_for("ChannelDtmfReceived", digit=key)
            # Fingers aren't faster. A key that follows upon another within 45 ms is put off by the engine, and told both times: a
            # telephone that stood still for half a second, as on a busy machine, catches up that fast.
            time.sleep(0.3)
        pressed = "".join(event["digit"] for event in app.events.all() if event["type"] == "ChannelDtmfReceived")
        citizen.hang_up()
        app.wait_for("StasisEnd")
    assert pressed == "1905*#"


@pytest.mark.parametrize("codec", ["PCMA", "opus"])
def test_there_is_music_on_hold(engine: RunningEngine, codec: str) -> None:
    with ListeningApp(engine.config) as app, engine.citizen(codecs=codec) as citizen:
        citizen.dial(MAIN_NUMBER)
        channel = app.wait_for("StasisStart")["channel"]["id"]
        engine.ari.request("POST", f"channels/{channel}/answer")
        engine.ari.request("POST", f"channels/{channel}/moh")
        citizen.wait_for("CALL_ESTABLISHED")
        hear(citizen, 4)
        citizen.hang_up()
        app.wait_for("StasisEnd")
        samples, rate = read_wave(citizen.heard()[-1])
    assert -45 < level(samples, rate) < -10


def test_a_recording_that_the_application_orders_lies_in_its_folder(engine: RunningEngine) -> None:
    with ListeningApp(engine.config) as app, engine.citizen(tone=880) as citizen:
        citizen.dial(MAIN_NUMBER)
        channel = app.wait_for("StasisStart")["channel"]["id"]
        engine.ari.request("POST", f"channels/{channel}/answer")
        citizen.wait_for("CALL_ESTABLISHED")
        name = f"{channel}-r1"
        engine.ari.request("POST", f"channels/{channel}/record", name=name, format="wav", maxDurationSeconds=2)
        app.wait_for("RecordingFinished")
        citizen.hang_up()
        app.wait_for("StasisEnd")
    assert abs(loudest_frequency(engine.places.recordings / f"{name}.wav") - 880) < 12
