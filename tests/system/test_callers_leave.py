# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The caller hangs up, in every state: nothing is left behind, and the record says when and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.sip import Baresip
from tests.system.scene import Scene, codes

Situation = Callable[[Scene, Baresip], tuple[str, str, str]]
"""Bring a call into a state: (call, state, operator's token)."""


def announcing(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    console = scene.watcher()
    call = scene.call(citizen, console, state="announcing")
    citizen.wait_for("CALL_ESTABLISHED")
    return call["id"], "announcing", scene.home["operators"][0]["token"]


def ringing(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    scene.employee(answer="manual").wait_until_registered()
    call = scene.call(citizen, scene.watcher(), scene.person()["number"], state="ringing")
    citizen.wait_for("CALL_RINGING")
    return call["id"], "ringing", scene.home["operators"][0]["token"]


def waiting(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator = scene.operator(line=False)
    operator.console.do("pause", reason="lunch")
    call = scene.call(citizen, operator.console, state="waiting")
    return call["id"], "waiting", operator.token


def offered(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator = scene.operator(line=False)
    call = scene.call(citizen, operator.console, state="waiting")
    operator.phone.wait_for("CALL_INCOMING")
    return call["id"], "waiting", operator.token


def connected(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator = scene.operator(line=False)
    return scene.connected(citizen, operator)["id"], "connected", operator.token


def held(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator = scene.operator(line=False)
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("hold", call=call)
    return call, "held", operator.token


def consulting_while_it_rings(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator, employee = scene.operator(line=False), scene.employee(answer="manual")
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("consult", call=call, to=scene.person()["id"])
    employee.wait_for("CALL_INCOMING")
    return call, "consulting", operator.token


def consulting(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator, employee = scene.operator(), scene.employee()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("consult", call=call, to=scene.person()["id"])
    employee.wait_for("CALL_ESTABLISHED")
    return call, "consulting", operator.token


def transferring(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator, employee = scene.operator(), scene.employee(answer="manual")
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("transfer", call=call, to=scene.person()["id"])
    employee.wait_for("CALL_INCOMING")
    return call, "transferring", operator.token


def transferred(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator, employee = scene.operator(), scene.employee()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("transfer", call=call, to=scene.person()["id"])
    employee.wait_for("CALL_ESTABLISHED")
    return call, "connected", operator.token


def parked(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    operator = scene.operator()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("park", call=call)
    return call, "parked", operator.token


SITUATIONS: list[tuple[Situation, str]] = [
    (announcing, "lost"),
    (ringing, "lost"),
    (waiting, "lost"),
    (offered, "lost"),
    (connected, "ended"),
    (held, "ended"),
    (consulting_while_it_rings, "ended"),
    (consulting, "ended"),
    (transferring, "ended"),
    (transferred, "ended"),
    (parked, "ended"),
]


@pytest.mark.parametrize(("situation", "outcome"), SITUATIONS, ids=[s.__name__ for s, _ in SITUATIONS])
def test_the_caller_hangs_up(scene: Scene, situation: Situation, outcome: str) -> None:
    citizen = scene.citizen()
    console = scene.watcher()
    call, state, token = situation(scene, citizen)
    console.wait_call(call, state=state)
    citizen.hang_up()
    console.wait_gone(call)
    _assert_told(scene, call, token, outcome, citizen)


@pytest.mark.parametrize("state", ["greeting", "recording"])
def test_the_caller_hangs_up_at_the_mailbox(voicemail_scene: Scene, state: str) -> None:
    scene = voicemail_scene
    citizen, console = scene.citizen(), scene.watcher()
    call = scene.call(citizen, console, scene.person()["number"], state=state)["id"]
    citizen.hang_up()
    console.wait_gone(call)
    outcome = "lost" if state == "greeting" else "ended"
    _assert_told(scene, call, scene.home["operators"][0]["token"], outcome, citizen)


def _assert_told(scene: Scene, call: str, token: str, outcome: str, citizen: Baresip) -> None:
    scene.installation.assert_nothing_of(call)
    record = scene.installation.record(call, token)
    last = [fact for fact in record["path"] if fact["code"] in ("lost", "ended")]
    assert [(fact["code"], fact["who"], fact["cause"]) for fact in last] == [(outcome, citizen.account.user, "hangup")]
    assert record["state"] == "ended"
    assert codes(record).count("arrived") == 1
