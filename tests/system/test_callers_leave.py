# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The caller hangs up, in every state: nothing is left behind, and the record says when and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.sip import Baresip
from tests.engine.waiting import until
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


def choosing(scene: Scene, citizen: Baresip) -> tuple[str, str, str]:
    """Whom the citizen seeks is away: the menu is heard."""
    console, person, token = scene.watcher(), scene.person(3), scene.home["operators"][0]["token"]
    absences = f"people/{person['id']}/absences"
    status, _ = scene.installation.rest("POST", absences, token, {"reason": "meeting"})
    assert status == 201
    scene.stack.callback(scene.installation.rest, "DELETE", absences, token)

    def asked() -> str:
        # The controller hears of the absence a moment later.
        since = citizen.events.count()
        call = scene.call(citizen, console, person["number"])
        if call["state"] == "choosing":
            return str(call["id"])
        citizen.hang_up()
        console.wait_gone(call["id"])
        citizen.wait_for("CALL_CLOSED", since=since)
        return ""

    return until(asked, what="the menu"), "choosing", token


SITUATIONS: list[tuple[Situation, str]] = [
    (announcing, "lost"),
    (choosing, "lost"),
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


@pytest.mark.parametrize("who", ["called", "operator"])
def test_one_who_is_called_or_who_calls_gives_up_while_it_rings(scene: Scene, who: str) -> None:
    operator, console = scene.operator(line=False), scene.watcher()
    called = scene.citizen(port=scene.installation.trunk_port)
    number = called.account.user.replace("46", "0", 1)
    since = operator.phone.events.count()
    call = operator.console.do("dial", to=number, organisation="gnosjo")["call"]["id"]
    operator.phone.wait_for("CALL_INCOMING", since=since)
    operator.phone.answer()
    called.wait_for("CALL_INCOMING")
    console.wait_call(call, state="dialling")
    leaving, staying = (called, operator.phone) if who == "called" else (operator.phone, called)
    leaving.hang_up()
    console.wait_gone(call)
    staying.wait_for("CALL_CLOSED")
    operator.console.wait_me(state="ready")
    scene.installation.assert_nothing_of(call)
    record = scene.installation.record(call, operator.token)
    assert record["state"] == "ended"
    assert codes(record)[-1] == "ended"
    assert "answered" not in codes(record)
    assert record["path"][-1]["who"] == (called.account.user if who == "called" else operator.row["name"])


def _assert_told(scene: Scene, call: str, token: str, outcome: str, citizen: Baresip) -> None:
    scene.installation.assert_nothing_of(call)
    record = scene.installation.record(call, token)
    last = [fact for fact in record["path"] if fact["code"] in ("lost", "ended")]
    assert [(fact["code"], fact["who"], fact["cause"]) for fact in last] == [(outcome, citizen.account.user, "hangup")]
    assert record["state"] == "ended"
    assert codes(record).count("arrived") == 1
