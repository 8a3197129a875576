# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What strangers, broken telephones and bad luck send: a clear refusal, a count, and calls that go on."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator

import pytest

from tests.engine import scenarios
from tests.engine.sip import Sipp
from tests.engine.waiting import until
from tests.ports import LOOPBACK
from tests.system.ears import hear_each_other, heard_prompt
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, OPERATOR, Scene, codes
from vaxel.telephony import engine
from vaxel.telephony.translate import WANTED_EVENTS

STRANGER = "127.0.0.2"
"""No telephone and no trunk calls from here."""
NOBODYS_NUMBER = "46980319299"


def test_malformed_sip_is_survived(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    counted = scene.installation.metric("vaxel_sip_refused_total")
    server = (LOOPBACK, scene.installation.config.sip_port)
    head = f"INVITE sip:{scene.main_number}@{LOOPBACK} SIP/2.0\r\n"
    messages = [
        b"",
        b"\r\n\r\n",
        b"\x00" * 1400,
        b"INVITE",
        b"INVITE sip:1 SIP/9.9\r\n\r\n",
        head.encode(),
        f"{head}Via: \r\nFrom: <<<>\r\nTo: \r\nCSeq: x y\r\nCall-ID:\r\n\r\n".encode(),
        f"{head}Via: SIP/2.0/UDP x;branch=z9hG4bK1\r\nContent-Length: 99999999\r\n\r\n".encode(),
        f"{head}Via: SIP/2.0/UDP x;branch=z9hG4bK2\r\nContent-Length: -1\r\n\r\n".encode(),
        f"{head}{'X-A: ' + 'b' * 8000}\r\n\r\n".encode(),
        head.encode() + b"Via: SIP/2.0/UDP \xff\xfe;branch=z9hG4bK3\r\nFrom: \xc3\x28\r\n\r\n",
        b"BYE sip:1@1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK4\r\nFrom: <sip:a@b>;tag=1\r\n"
        b"To: <sip:c@d>;tag=2\r\nCall-ID: nobody\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n",
    ]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        for message in messages:
            datagrams.sendto(message, server)
    for message in messages:
        with socket.create_connection(server, 5) as stream:
            stream.sendall(message)
    # By UDP all but the empty ones and the last, which is well-formed; by TCP much of it is only the beginning of a message.
    scene.installation.until(lambda: scene.installation.metric("vaxel_sip_refused_total") >= counted + 7)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)


def test_a_flood_of_invites_from_a_stranger_reaches_nobody_and_disturbs_nobody(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    begun = scene.installation.metric("vaxel_calls_total")
    refused = scene.installation.metric("vaxel_sip_refused_total")
    flood = scenarios.scenario(
        scenarios.invite("4670000000"), '<recv response="100" optional="true"/><recv response="401"/>'
    )
    with Sipp(
        scene.installation.folder,
        flood,
        scene.installation.server,
        number=scene.main_number,
        calls=300,
        rate=150,
        address=STRANGER,
    ) as running:
        hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
        assert running.wait(60) == 0, running.errors()[-2000:]
    assert scene.installation.metric("vaxel_calls_total") == begun
    # The first of a stranger's calls in a while are only challenged; after five it is known as one who floods.
    scene.installation.until(lambda: scene.installation.metric("vaxel_sip_refused_total") >= refused + 200)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    # And whoever is one of us is served at once.
    other = scene.citizen()
    scene.call(other, operator.console, state="waiting")
    operator.console.do("hangup", call=call)


def test_wrong_passwords_open_nothing(scene: Scene, installation: Installation) -> None:
    begun, counted = installation.metric("vaxel_calls_total"), installation.metric("vaxel_sip_refused_total")
    user = scene.person()["sip_user"]
    refused = scenarios.registration(user, accepted=False)
    Sipp.run(installation.folder, refused, installation.server, user=user, password="wrong")
    refused = scenarios.wrong_password_call(user)
    Sipp.run(installation.folder, refused, installation.server, number=scene.main_number, user=user, password="wrong")
    assert installation.metric("vaxel_calls_total") == begun
    installation.until(lambda: installation.metric("vaxel_sip_refused_total") >= counted + 2)


def test_a_number_that_is_nobodys_is_refused_with_404_and_counted(scene: Scene, installation: Installation) -> None:
    before = installation.metric("vaxel_unknown_number_total")
    for number in (NOBODYS_NUMBER, "4698031920", "469803192000", "1" * 60):
        caller = Sipp.run(installation.folder, scenarios.refused_call(404), installation.server, number=number)
        assert caller.logged(), number
    assert installation.metric("vaxel_unknown_number_total") == before + 4


@pytest.mark.parametrize("when", ["waiting", "connected"])
def test_keys_pressed_without_being_asked_for_change_nothing(scene: Scene, when: str) -> None:
    """Nor are they recorded: they may be part of a secret meant for somebody else."""
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.call(citizen, operator.console, state="waiting")["id"]
    counted = scene.installation.metric("vaxel_digits_unasked_total")
    if when == "connected":
        operator.take(call)
    citizen.press("0123456789*#ABCD")
    scene.installation.until(lambda: scene.installation.metric("vaxel_digits_unasked_total") >= counted + 14)
    if when == "waiting":
        operator.take(call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)
    record = scene.installation.record(call, operator.token)
    assert codes(record)[-1] == "ended"
    assert "digit_pressed" not in {entry["kind"] for entry in record["journal"]}


def test_a_recording_without_end_is_ended_at_the_limit(voicemail_scene: Scene) -> None:
    """Two hours of tone would fill the disk; five seconds are what this municipality allows."""
    scene = voicemail_scene
    cut = scene.installation.metric("vaxel_recordings_cut_total")
    console, citizen = scene.watcher(), scene.citizen()
    call = scene.call(citizen, console, scene.person(1)["number"], state="greeting")["id"]
    console.wait_call(call, state="recording")
    console.wait_gone(call)
    assert scene.installation.metric("vaxel_recordings_cut_total") == cut + 1
    citizen.wait_for("CALL_CLOSED")
    token = scene.home["operators"][0]["token"]
    [voicemail] = until(lambda: scene.installation.record(call, token)["voicemails"], what="the voice message")
    assert 4.0 <= voicemail["seconds"] <= 6.5
    assert voicemail["person"] == scene.person(1)["id"]


def test_messages_of_the_engine_that_nobody_knows_are_counted_and_left(
    installation: Installation, scene: Scene
) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    counted = installation.metric("vaxel_engine_messages_unknown_total")
    # The engine is asked to send only what we know; now it sends everything.
    status, application = installation.ari.request("PUT", "applications/vaxel/eventFilter", {"allowed": []})
    assert status == 200, application
    try:
        installation.ari.request("POST", "events/user/SomethingNew", application="vaxel", source=f"channel:{call}")
        installation.ari.request("POST", f"channels/{call}/variable", variable="X", value="y" * 1000)
        installation.until(lambda: installation.metric("vaxel_engine_messages_unknown_total") >= counted + 2)
    finally:
        wanted = [{"type": kind} for kind in WANTED_EVENTS]
        installation.ari.request("PUT", "applications/vaxel/eventFilter", {"allowed": wanted})
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)


UNREADABLE = """
from vaxel.telephony import translate
def out_of_shape(message, at):
    return message["digit"]["of"]["something"]
translate.READERS["ChannelStateChange"] = out_of_shape
"""


@pytest.fixture
def unreadable_messages(installation: Installation) -> Iterator[None]:
    """As if another version of the engine wrote its messages otherwise."""
    installation.kill("controller")
    installation.start_part("controller", broken=UNREADABLE)
    yield
    installation.kill("controller")


@pytest.mark.usefixtures("unreadable_messages")
def test_messages_of_the_engine_out_of_shape_are_counted(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    scene.employee(answer="manual")
    operator.console.do("consult", call=call, to=scene.person()["id"])
    scene.installation.until(lambda: scene.installation.metric("vaxel_engine_messages_unknown_total") >= 1)
    operator.console.do("return", call=call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)


def test_a_caller_of_a_number_that_is_nobodys_hears_so_without_the_controller(scene: Scene) -> None:
    installation = scene.installation
    citizen = scene.citizen()
    installation.kill("controller")
    citizen.dial(NOBODYS_NUMBER)
    citizen.wait_for("CALL_CLOSED", timeout=20)
    # Nobody knows the language of a number that is nobody's: it is the trunk's.
    prompts = engine.places(installation.config).prompts.glob("*/unknown-number.wav")
    heard_prompt(citizen, *prompts)


def test_a_record_of_a_call_that_cannot_be_read_is_counted(installation: Installation, scene: Scene) -> None:
    path = engine.places(installation.config).fallback / "n1-1764000000.7.call"
    path.touch()
    # Not about to be written any more, and not so old that it is erased.
    an_hour_ago = time.time() - 3600
    os.utime(path, (an_hour_ago, an_hour_ago))
    installation.start_part("worker")
    try:
        installation.until(lambda: installation.metric("vaxel_records_put_aside") == 1)
    finally:
        installation.kill("worker")
        path.with_suffix(engine.PUT_ASIDE).unlink()
    installation.until(lambda: installation.metric("vaxel_records_put_aside") == 0)


def test_a_silent_flood_on_the_live_hub_does_not_stop_others(scene: Scene) -> None:
    """Connections that say nothing are closed after a while, and cost nobody anything meanwhile."""
    silent = [socket.create_connection((LOOPBACK, scene.installation.config.live_port), 5) for _ in range(200)]
    try:
        since = time.monotonic()
        operator, citizen = scene.operator(), scene.citizen()
        scene.connected(citizen, operator)
        assert time.monotonic() - since < 10
        until(lambda: scene.installation.get(scene.installation.config.live_port, "/readyz")[0] == 200)
    finally:
        for each in silent:
            each.close()
