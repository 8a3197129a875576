# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An employee records her greeting on her own desk phone, and the next caller hears it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.audio import loudest_frequency, seconds_of
from tests.engine.sip import Baresip
from tests.engine.waiting import until
from tests.system.ears import heard_prompt, hears
from tests.system.installation import ConsoleClient
from tests.system.scene import EMPLOYEE, Scene
from tests.system.test_feature_codes import HASH, keys
from vaxel.telephony import engine


def prompts(scene: Scene) -> Path:
    return engine.places(scene.installation.config).prompts


def says(scene: Scene, phone: Baresip, console: ConsoleClient, code: str) -> str:
    """The telephone dials ``code``, hears what to do, sounds its tone for two seconds and presses #. The call's id."""
    phone.dial(code.replace("#", HASH))
    call: str = console.wait_call(state="recording", timeout=40)["id"]
    recording = engine.places(scene.installation.config).recordings
    until(lambda: any(path.stat().st_size > 2 * 2 * 8000 for path in recording.glob(f"{call}-r*.wav")), 15, "speech")
    phone.press("#")
    console.wait_call(call, state="choosing")
    return call


@pytest.fixture
def mailbox(voicemail_scene: Scene) -> Iterator[Scene]:
    """Whatever happens, the employee has no greeting afterwards."""
    yield voicemail_scene
    person = voicemail_scene.person(2)["id"]
    for path in (prompts(voicemail_scene) / "own/falkenberg").glob(f"greeting-{person}.*"):
        path.unlink()


@pytest.mark.clause("FAL-11")
def test_a_greeting_recorded_on_the_telephone_is_what_the_next_caller_hears(mailbox: Scene) -> None:
    scene, person = mailbox, mailbox.person(2)
    console, phone = scene.watcher(), scene.employee(2)
    call = says(scene, phone, console, "*72#")
    heard_prompt(phone, prompts(scene) / "sv/record-heard.wav")
    hears(phone, EMPLOYEE)
    since = phone.events.count()
    heard_prompt(phone, prompts(scene) / "sv/option-keep.wav")
    phone.press("1")
    heard_prompt(phone, prompts(scene) / "sv/record-kept.wav")
    phone.wait_for("CALL_CLOSED", since=since)
    console.wait_gone(call)
    own = prompts(scene) / f"own/falkenberg/greeting-{person['id']}.wav"
    assert abs(loudest_frequency(own) - EMPLOYEE) < 12
    assert 1.8 < seconds_of(own, EMPLOYEE) < 6
    nothing_left(scene, call)
    phone.stop()
    citizen = scene.citizen()
    # The controller hears of the greeting a moment after the telephone does.
    until(lambda: greeted(scene, citizen, console, person["number"]), what="the greeting reaching callers")


def nothing_left(scene: Scene, call: str) -> None:
    """What was said is removed a moment after the call has ended."""
    folder = engine.places(scene.installation.config).recordings
    until(lambda: not list(folder.glob(f"{call}-r*")), 10, "the recording being removed")


def greeted(scene: Scene, citizen: Baresip, console: ConsoleClient, number: str) -> bool:
    call = scene.call(citizen, console, number, state="recording")["id"]
    citizen.hang_up()
    console.wait_gone(call)
    return seconds_of(citizen.heard()[-1], EMPLOYEE) > 1.5


def test_what_is_discarded_leaves_nothing(voicemail_scene: Scene) -> None:
    scene, person = voicemail_scene, voicemail_scene.person(3)
    console, phone = scene.watcher(), scene.employee(3)
    call = says(scene, phone, console, "*73#")
    since = phone.events.count()
    phone.press("3")
    heard_prompt(phone, prompts(scene) / "sv/record-dropped.wav")
    phone.wait_for("CALL_CLOSED", since=since)
    console.wait_gone(call)
    assert not (prompts(scene) / f"own/falkenberg/name-{person['id']}.wav").exists()
    recordings = engine.places(scene.installation.config).recordings
    until(lambda: not list(recordings.glob(f"{call}-r*")), what="the engine to delete what was discarded")


def test_the_municipalitys_announcements_are_not_everybodys(voicemail_scene: Scene) -> None:
    scene = voicemail_scene
    keys(scene, scene.employee(3), "*71*2#", "not-possible")
