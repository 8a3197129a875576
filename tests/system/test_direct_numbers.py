# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Direct numbers, group numbers and calls among colleagues: never into the blue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine import scenarios
from tests.engine.audio import duration, seconds_of
from tests.engine.sip import Baresip
from tests.engine.waiting import until
from tests.system.ears import hear_each_other, heard_prompt, hears
from tests.system.scene import CITIZEN, COLLEAGUE, EMPLOYEE, OPERATOR, Scene, codes, facts
from vaxel.telephony import engine


def test_an_employee_answers_her_direct_number(scene: Scene) -> None:
    console, citizen, employee = scene.watcher(), scene.citizen(), scene.employee(answer="manual")
    call = scene.call(citizen, console, scene.person()["number"], state="ringing")["id"]
    employee.wait_for("CALL_INCOMING")
    citizen.wait_for("CALL_RINGING")
    employee.answer()
    console.wait_call(call, state="connected")
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    employee.hang_up()
    console.wait_gone(call)
    citizen.wait_for("CALL_CLOSED")
    record = scene.installation.record(call, scene.home["operators"][0]["token"])
    assert codes(record) == ["arrived", "ringing", "picked_up", "answered", "ended"]
    assert record["path"][-1]["who"] == scene.person()["name"]
    assert record["dialled_name"] == scene.person()["name"]


@pytest.mark.clause("FAL-1")
@pytest.mark.clause("SOL-2")
def test_after_the_allowed_rings_the_caller_leaves_a_message_that_sounds_as_spoken(voicemail_scene: Scene) -> None:
    scene = voicemail_scene
    console, citizen, employee = scene.watcher(), scene.citizen(), scene.employee(answer="manual")
    person, token = scene.person(), scene.home["operators"][0]["token"]
    call = scene.call(citizen, console, person["number"], state="ringing")["id"]
    employee.wait_for("CALL_INCOMING")
    console.wait_call(call, state="greeting")
    employee.wait_for("CALL_CLOSED")
    console.wait_call(call, state="recording")
    # The message: two seconds of the caller's tone.
    until(lambda: _recorded_seconds(scene, call) > 2.0, what="two seconds of message")
    citizen.hang_up()
    console.wait_gone(call)
    prompts = engine.places(scene.installation.config).prompts / "sv"
    heard_prompt(citizen, prompts / "voicemail-greeting.wav")
    # The caller has hung up before the engine says that the file is whole.
    [voicemail] = until(lambda: scene.installation.record(call, token)["voicemails"], what="the voice message")
    record = scene.installation.record(call, token)
    assert [(fact["cause"], round(fact["seconds"])) for fact in facts(record, "rang")] == [("no_answer", 3)]
    assert codes(record, "voicemail", "recording", "recorded", "lost") == ["voicemail", "recording", "recorded"]
    assert voicemail["person"] == person["id"]
    assert voicemail["caller_number"] == citizen.account.user
    sound = scene.installation.folder / "fetched.wav"
    status, headers, body = scene.installation.fetch(voicemail["audio"], token)
    sound.write_bytes(body)
    assert status == 200
    assert headers["Content-Type"] == "audio/wav"
    assert seconds_of(sound, CITIZEN) > 1.5
    assert abs(voicemail["seconds"] - duration(sound)) < 1.1
    status, headers, part = scene.installation.fetch(voicemail["audio"], token, Range="bytes=100-299")
    assert (status, part) == (206, body[100:300])
    assert headers["Content-Range"] == f"bytes 100-299/{len(body)}"
    status, _, _ = scene.installation.fetch(
        voicemail["audio"], scene.installation.municipality()["operators"][0]["token"]
    )
    assert status == 404, "another municipality's operator heard it"


def _recorded_seconds(scene: Scene, call: str) -> float:
    folder = engine.places(scene.installation.config).recordings
    return sum(path.stat().st_size for path in folder.glob(f"{call}-r*.wav")) / 16000


def test_a_message_ends_by_itself_at_its_longest(voicemail_scene: Scene) -> None:
    scene = voicemail_scene
    console, citizen = scene.watcher(), scene.citizen()
    call = scene.call(citizen, console, scene.person(1)["number"], state="greeting")["id"]
    console.wait_call(call, state="recording")
    console.wait_gone(call)
    citizen.wait_for("CALL_CLOSED")
    token = scene.home["operators"][0]["token"]
    [recorded] = until(lambda: facts(scene.installation.record(call, token), "recorded"), what="the message's end")
    record = scene.installation.record(call, token)
    assert 4.0 <= recorded["seconds"] <= 6.5
    assert record["cause"] == "hangup"


@pytest.mark.parametrize(
    ("status", "cause"), [(486, "busy"), (603, "rejected"), (480, "no_answer"), (None, "unregistered")]
)
@pytest.mark.clause("AAB-24")
def test_busy_declined_and_unplugged_are_told_apart_and_come_to_the_switchboard(
    scene: Scene, status: int | None, cause: str
) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    if status is not None:
        scene.sipp_employee(scenarios.refusing(status))
    call = scene.call(citizen, operator.console, scene.person()["number"], state="waiting")
    assert call["reason"]["code"] == cause
    assert call["reason"]["person"] == scene.person()["name"]
    operator.take(call["id"])
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call["id"])
    record = scene.installation.record(call["id"], operator.token)
    assert [(fact["who"], fact["cause"]) for fact in facts(record, "rang")] == [(scene.person()["name"], cause)]


def test_nobody_answers_and_the_switchboard_has_the_caller_after_the_allowed_rings(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    employee = scene.employee(answer="manual")
    call = scene.call(citizen, operator.console, scene.person()["number"], state="waiting")
    assert call["reason"]["code"] == "no_answer"
    assert round(call["reason"]["seconds"], 1) == 3.0
    employee.wait_for("CALL_CLOSED")
    operator.take(call["id"])
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)


@pytest.mark.clause("SOL-6")
def test_a_group_number_rings_all_and_the_first_to_answer_has_the_call(scene: Scene) -> None:
    group = scene.home["groups"][0]
    places = [n for n, person in enumerate(scene.home["people"]) if person["id"] in group["members"]]
    console, citizen = scene.watcher(), scene.citizen()
    first = scene.employee(places[0], answer="manual")
    second = scene.employee(places[1], answer="manual", tone=COLLEAGUE)
    call = scene.call(citizen, console, group["number"], state="ringing")["id"]
    first.wait_for("CALL_INCOMING")
    second.wait_for("CALL_INCOMING")
    second.answer()
    console.wait_call(call, state="connected")
    first.wait_for("CALL_CLOSED")
    hear_each_other(citizen, CITIZEN, second, COLLEAGUE)
    second.hang_up()
    console.wait_gone(call)
    record = scene.installation.record(call, scene.home["operators"][0]["token"])
    assert ("released", scene.person(places[0])["name"]) in [(f["cause"], f["who"]) for f in facts(record, "rang")]


SECOND_TELEPHONE = """
import sys
from vaxel.directory.models import Person, Phone
person = Person.objects.get(pk=sys.argv[1][1:])
Phone.objects.create(user="second", password="hush-hush-hush", person=person, organisation=person.organisation)
"""
NO_SECOND_TELEPHONE = """
from vaxel.directory.models import Phone
Phone.objects.get(user="second").delete()
"""


@pytest.fixture
def two_telephones(scene: Scene) -> Iterator[tuple[Baresip, Baresip]]:
    """Of the first employee: the one on her desk, and another."""
    installation = scene.installation
    installation.django(SECOND_TELEPHONE, scene.person()["id"])
    until(lambda: "second" in engine.command(installation.config, "pjsip show endpoints"), what="the new telephone")
    second = {"sip_user": "second", "sip_password": "hush-hush-hush"}
    with installation.person_phone(second, tone=COLLEAGUE) as another:
        another.wait_until_registered()
        yield scene.employee(answer="manual"), another
    installation.django(NO_SECOND_TELEPHONE)


@pytest.mark.parametrize("answered", [0, 1])
def test_a_person_with_two_telephones_is_rung_at_both_and_the_other_stops_when_she_answers(
    scene: Scene, two_telephones: tuple[Baresip, Baresip], answered: int
) -> None:
    console, citizen = scene.watcher(), scene.citizen()
    call = scene.call(citizen, console, scene.person()["number"], state="ringing")["id"]
    for phone in two_telephones:
        phone.wait_for("CALL_INCOMING")
    hers, other = two_telephones[answered], two_telephones[1 - answered]
    hers.answer()
    console.wait_call(call, state="connected")
    other.wait_for("CALL_CLOSED")
    hear_each_other(citizen, CITIZEN, hers, (EMPLOYEE, COLLEAGUE)[answered])
    hers.hang_up()
    console.wait_gone(call)
    record = scene.installation.record(call, scene.home["operators"][0]["token"])
    name = scene.person()["name"]
    assert [(fact["cause"], fact["who"]) for fact in facts(record, "rang")] == [("released", name)]
    assert codes(record, "answered") == ["answered"]


def test_one_colleague_calls_another(scene: Scene) -> None:
    console, caller, called = scene.watcher(), scene.employee(2, tone=COLLEAGUE), scene.employee()
    caller.dial(scene.person()["number"])
    call = console.wait_call(caller=scene.person(2)["number"], state="connected")
    assert call["direction"] == "internal"
    assert call["caller"] == {"number": scene.person(2)["number"], "name": scene.person(2)["name"], "internal": True}
    hear_each_other(caller, COLLEAGUE, called, EMPLOYEE)
    caller.hang_up()
    console.wait_gone(call["id"])


@pytest.mark.clause("FAL-16")
def test_a_citizen_is_offered_before_a_colleague_who_has_waited_longer(scene: Scene) -> None:
    console, colleague, citizen = scene.watcher(), scene.employee(2, tone=COLLEAGUE), scene.citizen()
    scene.operator(1, ready=True, line=False).console.do("pause", reason="lunch")
    colleague.dial(scene.main_number)
    inside = console.wait_call(caller=scene.person(2)["number"], state="waiting")
    outside = scene.call(citizen, console, state="waiting")
    operator = scene.operator()
    operator.take(outside["id"])
    assert operator.console.state["calls"][inside["id"]]["state"] == "waiting"
    citizen.hang_up()
    operator.take(inside["id"])
    hears(colleague, OPERATOR)
