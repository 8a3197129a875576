# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an employee keys on her own telephone: absence, back, groups, and a colleague's ringing call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.engine.sip import Baresip
from tests.engine.waiting import until
from tests.system.ears import hear_each_other, heard_prompt, hears
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, COLLEAGUE, EMPLOYEE, Scene, codes
from vaxel.telephony import engine

Json = dict[str, Any]
HASH = "%23"


def keys(scene: Scene, phone: Baresip, code: str, *prompts: str) -> None:
    """The telephone dials ``code``, hears one of the announcements and is hung up on."""
    since = phone.events.count()
    phone.dial(code.replace("#", HASH))
    folder = engine.places(scene.installation.config).prompts / scene.home["language"]
    heard_prompt(phone, *(folder / f"{name}.wav" for name in prompts))
    phone.wait_for("CALL_CLOSED", since=since)


def absences(scene: Scene, person: Json) -> Json:
    status, _, body = scene.installation.fetch(
        f"/api/v1/people/{person['id']}/absences", scene.home["operators"][0]["token"]
    )
    assert status == 200
    found: Json = json.loads(body)
    return found


@pytest.fixture
def back(scene: Scene) -> Iterator[None]:
    """Whatever happens, the employee is here again for the next test."""
    yield
    with scene.employee() as phone:
        keys(scene, phone, "#23#", "absence-ended")


@pytest.fixture
def patient_scene(installation: Installation) -> Iterator[Scene]:
    """Aabenraa, whose telephones ring for a minute in tests."""
    with Scene(installation, "aabenraa") as scene:
        yield scene


@pytest.mark.clause("GNO-3")
@pytest.mark.usefixtures("back")
def test_an_absence_keyed_on_the_telephone_is_told_to_the_next_caller(scene: Scene) -> None:
    employee, person, console = scene.employee(), scene.person(), scene.watcher()
    until_then = datetime.now(ZoneInfo("Europe/Stockholm")) + timedelta(hours=2)
    keys(scene, employee, f"*23*2*{until_then:%H%M}#", "absence-set")
    (absence,) = absences(scene, person)["items"]
    assert (absence["reason"], absence["via"], absence["set_by"]) == ("meeting", "phone", person["name"])
    keys(scene, employee, "*#23#", "you-are-away")
    citizen = scene.citizen()

    def absent() -> bool:
        # The controller hears of the change a moment after the telephone does.
        call = scene.call(citizen, console, person["number"])
        told = call["state"] in ("announcing", "choosing", "greeting")
        if not told:
            citizen.hang_up()
            console.wait_gone(call["id"])
        return told

    until(absent, what="the absence reaching callers")
    heard_prompt(citizen, engine.places(scene.installation.config).prompts / "sv" / "absent-meeting.wav")
    citizen.hang_up()
    keys(scene, employee, "#23#", "absence-ended")
    assert absences(scene, person)["items"] == []
    assert absences(scene, person)["presence"]["here"] is True


@pytest.mark.clause("GNO-3")
@pytest.mark.usefixtures("back")
def test_an_absence_is_entered_by_the_spoken_menu(scene: Scene) -> None:
    employee, person, console = scene.employee(), scene.person(), scene.watcher()
    folder = engine.places(scene.installation.config).prompts / scene.home["language"]
    since = employee.events.count()
    employee.dial("*23" + HASH)
    console.wait_call(caller=person["number"], state="choosing")
    heard_prompt(employee, folder / "absence-menu.wav")
    employee.press("1")
    heard_prompt(employee, folder / "enter-until.wav")
    employee.press("#")
    heard_prompt(employee, folder / "callers-will-hear.wav")
    employee.press("3")
    heard_prompt(employee, folder / "absence-set.wav")
    employee.wait_for("CALL_CLOSED", since=since, timeout=40)
    (absence,) = absences(scene, person)["items"]
    assert (absence["reason"], absence["refer"], absence["via"]) == ("lunch", "voicemail", "phone")


def test_a_telephone_hears_itself_by_way_of_the_engine_with_the_controller_away_as_well(scene: Scene) -> None:
    employee = scene.employee()
    scene.installation.kill("controller")
    try:
        since = employee.events.count()
        employee.dial("*43")
        hears(employee, EMPLOYEE, timeout=20)
        employee.press("#")
        employee.wait_for("CALL_CLOSED", since=since)
    finally:
        scene.restart_controller()


def test_a_wrong_code_is_told_to_be_wrong(scene: Scene) -> None:
    keys(scene, scene.employee(), "*23*9999#", "not-understood")


@pytest.mark.clause("AAB-24")
def test_a_colleague_takes_the_call_that_rings_in_her_pick_up_group(patient_scene: Scene) -> None:
    scene = patient_scene
    group = scene.home["groups"][0]
    people = [person["id"] for person in scene.home["people"]]
    first, second = (people.index(key) for key in group["members"][:2])
    rung, colleague = scene.employee(first, answer="manual"), scene.employee(second, tone=COLLEAGUE)
    console, citizen = scene.watcher(), scene.citizen()
    call = scene.call(citizen, console, scene.person(first)["number"], state="ringing")["id"]
    rung.wait_for("CALL_INCOMING")
    colleague.dial("*8")
    console.wait_call(call, state="connected")
    rung.wait_for("CALL_CLOSED")
    hear_each_other(citizen, CITIZEN, colleague, COLLEAGUE)
    colleague.hang_up()
    console.wait_gone(call)
    record = scene.installation.record(call, scene.home["operators"][0]["token"])
    assert codes(record, "pick_up", "answered", "ended") == ["pick_up", "answered", "ended"]
    assert record["path"][-1]["who"] == scene.person(second)["name"]
    keys(scene, colleague, "*8", "nothing-to-pick-up")
