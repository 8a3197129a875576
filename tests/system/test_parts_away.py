# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The web, the engine, or the controller's own reason is away: calls go on."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.system.ears import hear_each_other, hears
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, COLLEAGUE, EMPLOYEE, OPERATOR, Json, Scene, codes


def test_with_the_web_stopped_calls_go_on_and_are_recorded(scene: Scene) -> None:
    scene.installation.kill("web")
    operator, citizen, employee = scene.operator(), scene.citizen(), scene.employee()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("transfer", call=call, to=scene.person()["id"])
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    citizen.hang_up()
    operator.console.wait_gone(call)
    scene.installation.start_part("web")
    told = codes(scene.installation.record(call, operator.token), "answered", "transferred", "ended")
    assert told == ["answered", "transferred", "answered", "ended"]


BROKEN_OFFER = """
from msgspec.structs import replace
from vaxel.domain import events, lifecycle
from vaxel.domain.call import State
def fail(draft, event):
    raise RuntimeError("spoiled by a test")
for key in ((State.WAITING, events.Offered), (State.CONNECTED, events.DigitPressed)):
    lifecycle.TABLE[key] = replace(lifecycle.TABLE[key], handler=fail)
"""


@pytest.fixture
def spoiled_controller(installation: Installation) -> Iterator[None]:
    installation.kill("controller")
    installation.start_part("controller", broken=BROKEN_OFFER)
    yield
    installation.kill("controller")


@pytest.mark.usefixtures("spoiled_controller")
def test_a_failure_of_ours_gives_a_waiting_caller_to_the_engine_and_leaves_talkers_alone(scene: Scene) -> None:
    console, citizen, employee = scene.watcher(), scene.citizen(), scene.employee(1, tone=COLLEAGUE)
    direct = scene.citizen()
    call = scene.call(direct, console, scene.person(1)["number"], state="connected")["id"]
    operator = scene.operator(line=False)
    citizen.dial(scene.main_number)
    operator.phone.wait_for("CALL_INCOMING")
    operator.phone.answer()
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    assert scene.installation.metric("vaxel_calls_abandoned_total") == 1
    direct.press("5")
    scene.installation.until(lambda: scene.installation.metric("vaxel_calls_abandoned_total") == 2)
    hear_each_other(direct, CITIZEN, employee, COLLEAGUE)
    console.wait_call(call, state="connected")
    citizen.hang_up()
    direct.hang_up()
    console.wait_gone(call)


def test_112_with_controller_web_and_database_stopped(scene: Scene) -> None:
    installation = scene.installation
    phone = scene.employee()
    rescue = scene.stack.enter_context(
        installation.citizen("112", answer="auto", tone=CITIZEN, port=installation.trunk_port)
    )
    for part in ("controller", "web"):
        installation.kill(part)
    database = installation.config.var / "vaxel.sqlite3"
    os.rename(database, database.with_suffix(".away"))
    try:
        phone.dial("112")
        rescue.wait_for("CALL_ESTABLISHED")
        hear_each_other(phone, EMPLOYEE, rescue, CITIZEN)
        phone.hang_up()
        rescue.wait_for("CALL_CLOSED")
    finally:
        os.rename(database.with_suffix(".away"), database)
    installation.start_part("web")
    token = scene.home["operators"][0]["token"]

    def recorded() -> Json | None:
        _, calls = installation.rest("GET", "calls", token)
        return next((call for call in calls["items"] if call["dialled"] == "112"), None)

    installation.start_part("worker")
    call = installation.until(recorded)
    installation.kill("worker")
    assert (call["caller"]["name"], call["reason"]["code"]) == (scene.person()["name"], "emergency")
    assert codes(call) == ["arrived", "answered", "ended"]


def test_the_engine_is_killed_and_started_and_the_next_caller_is_served(scene: Scene) -> None:
    operator, citizen = scene.operator(line=False), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    scene.installation.restart_engine()
    operator.console.wait_gone(call)
    citizen.hang_up()
    operator.phone.hang_up()
    operator.console.wait_me(phone_registered=True, timeout=30)
    again = scene.citizen()
    other = scene.connected(again, operator)["id"]
    hears(again, OPERATOR)
    again.hang_up()
    operator.console.wait_gone(other)
    assert scene.installation.record(call, operator.token)["state"] == "ended"
