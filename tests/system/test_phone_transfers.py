# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A desk phone's own transfer key works, to whomever the phone may call, and nobody is lost by it (SOL-4)."""

from __future__ import annotations

import pytest

from tests.engine.sip import Baresip, Sipp
from tests.system import sipp_scenarios as sipp
from tests.system.ears import hear_each_other, hears
from tests.system.installation import ConsoleClient
from tests.system.scene import CITIZEN, COLLEAGUE, EMPLOYEE, OPERATOR, Json, Operator, Scene, codes, facts

pytestmark = pytest.mark.clause("SOL-4")


def with_employee(scene: Scene, console: ConsoleClient, citizen: Baresip) -> str:
    """The citizen talks to an employee, on the direct number."""
    return str(scene.call(citizen, console, scene.person(0)["number"], state="connected")["id"])


def told(scene: Scene, call: str) -> Json:
    return scene.installation.record(call, scene.home["operators"][0]["token"])


# ── a number is dialled ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_employee_passes_a_caller_on_to_a_colleague(scene: Scene) -> None:
    console, citizen = scene.watcher(), scene.citizen()
    employee, colleague = scene.employee(0), scene.employee(1, tone=COLLEAGUE)
    call = with_employee(scene, console, citizen)
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    employee.transfer(scene.person(1)["number"])
    assert employee.wait_for("CALL_CLOSED")["param"] == "Call transfered"
    hear_each_other(citizen, CITIZEN, colleague, COLLEAGUE)
    citizen.hang_up()
    console.wait_gone(call)
    record = told(scene, call)
    happened = codes(record, "answered", "phone_transferred", "transferred", "recalled", "returned", "ended")
    assert happened == ["answered", "phone_transferred", "transferred", "answered", "ended"]
    assert facts(record, "phone_transferred")[0]["party"] == scene.person(0)["id"]
    assert facts(record, "transferred")[0]["party"] == scene.person(1)["id"]


def test_when_nobody_answers_the_employee_is_rung_again_and_then_the_switchboard(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    employee = scene.employee(0, answer="manual")
    scene.employee(1, answer="manual")
    citizen.dial(scene.person(0)["number"])
    employee.wait_for("CALL_INCOMING")
    employee.answer()
    call = operator.console.wait_call(caller=citizen.account.user, state="connected")["id"]
    since = employee.events.count()
    employee.transfer(scene.person(1)["number"])
    employee.wait_for("CALL_CLOSED", since=since)
    employee.wait_for("CALL_INCOMING", since=since)
    waiting = operator.console.wait_call(call, state="waiting")
    assert (waiting["reason"]["code"], waiting["reason"]["person"]) == ("returned", scene.person(1)["name"])
    operator.take(call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)
    happened = codes(told(scene, call), "transferred", "recalled", "returned", "waiting")
    assert happened == ["transferred", "recalled", "returned", "waiting"]


def test_the_employee_takes_a_caller_back_whom_nobody_answered(scene: Scene) -> None:
    console, citizen, employee = scene.watcher(), scene.citizen(), scene.employee(0)
    call = with_employee(scene, console, citizen)
    since = employee.events.count()
    # Nobody has this telephone.
    employee.transfer(scene.person(3)["number"])
    employee.wait_for("CALL_CLOSED", since=since)
    employee.wait_for("CALL_ESTABLISHED", since=since)
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    employee.hang_up()
    console.wait_gone(call)


def test_a_misdirected_caller_is_sent_to_the_switchboard(scene: Scene) -> None:
    operator, citizen, employee = scene.operator(), scene.citizen(), scene.employee(0)
    call = with_employee(scene, operator.console, citizen)
    employee.transfer(scene.main_number)
    waiting = operator.console.wait_call(call, state="waiting")
    assert (waiting["reason"]["code"], waiting["reason"]["person"]) == ("misdirected", scene.person(0)["name"])
    operator.take(call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    operator.console.do("hangup", call=call)
    operator.console.wait_gone(call)


def test_a_caller_is_passed_on_to_the_outside_world(scene: Scene) -> None:
    console, citizen, employee = scene.watcher(), scene.citizen(), scene.employee(0)
    outside = scene.citizen(answer="auto", port=scene.installation.trunk_port, tone=COLLEAGUE)
    call = with_employee(scene, console, citizen)
    employee.transfer(outside.account.user.replace("46", "0", 1))
    outside.wait_for("CALL_ESTABLISHED")
    hear_each_other(citizen, CITIZEN, outside, COLLEAGUE)
    outside.hang_up()
    console.wait_gone(call)


def test_an_employee_who_called_out_passes_the_called_on(scene: Scene) -> None:
    """It is the called who must not be lost now."""
    console, employee, colleague = scene.watcher(), scene.employee(0), scene.employee(1, tone=COLLEAGUE)
    outside = scene.citizen(answer="auto", port=scene.installation.trunk_port)
    employee.dial(outside.account.user.replace("46", "0", 1))
    call = console.wait_call(caller=scene.person(0)["number"], state="connected")["id"]
    employee.transfer(scene.person(1)["number"])
    employee.wait_for("CALL_CLOSED")
    hear_each_other(outside, CITIZEN, colleague, COLLEAGUE)
    assert console.wait_call(call, state="connected")["caller"]["number"] == outside.account.user
    outside.hang_up()
    console.wait_gone(call)
    colleague.wait_for("CALL_CLOSED")


def test_an_operator_transfers_by_the_telephone_and_is_free_for_the_next(scene: Scene, operator: Operator) -> None:
    citizen, employee = scene.citizen(), scene.employee(0)
    call = scene.connected(citizen, operator)["id"]
    hears(operator.phone, CITIZEN)
    operator.phone.transfer(scene.person(0)["number"])
    operator.console.wait_call(call, state="connected", operator="")
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    operator.console.wait_me(state="ready", line_open=operator.line)
    other = scene.citizen()
    second = scene.connected(other, operator)["id"]
    hear_each_other(other, CITIZEN, operator.phone, OPERATOR)
    for one in (call, second):
        operator.console.do("hangup", call=one)
        operator.console.wait_gone(one)


@pytest.mark.parametrize("to", ["nobody", "*99"])
def test_a_transfer_to_nobody_is_refused_and_the_call_stays(scene: Scene, to: str) -> None:
    console, citizen = scene.watcher(), scene.citizen()
    server = scene.installation.server
    phone = scene.sipp_employee(sipp.transferring_after(300, f"<sip:{to}@{server}>", told=603))
    before = scene.installation.metric("vaxel_phone_transfers_total")
    call = with_employee(scene, console, citizen)
    phone.wait_for_log("told 603")
    assert console.state["calls"][call]["state"] == "connected"
    assert scene.installation.metric("vaxel_phone_transfers_total") == before + 1
    assert phone.wait() == 0, phone.errors()
    console.wait_gone(call)


def test_the_public_network_passes_nobody_on(scene: Scene) -> None:
    """Whoever calls us must not send our calls elsewhere at our cost."""
    operator, server = scene.operator(), scene.installation.server
    caller = sipp.caller_whose_transfer_is_declined("46701740699", f"<sip:0701740698@{server}>")
    with Sipp(scene.installation.folder, caller, server, number=scene.main_number) as citizen:
        call = operator.console.wait_call(caller="46701740699", state="waiting")["id"]
        operator.take(call)
        citizen.wait_for_log("declined")
        assert operator.console.state["calls"][call]["state"] == "connected"
        operator.console.do("hangup", call=call)
        assert citizen.wait() == 0, citizen.errors()
    operator.console.wait_gone(call)


# ── two calls are joined ────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_employee_asks_a_colleague_and_joins_the_two_calls(scene: Scene) -> None:
    console, citizen, colleague = scene.watcher(), scene.citizen(), scene.employee(1, tone=COLLEAGUE)
    asking, dialog = scene.second_call(scene.person(1)["number"])
    second = console.wait_call(caller=scene.person(0)["number"], state="connected")["id"]
    refer_to = scene.replacing(scene.person(1)["number"], dialog)
    phone = scene.sipp_employee(sipp.transferring_after(500, refer_to))
    call = with_employee(scene, console, citizen)
    assert phone.wait() == 0, phone.errors()
    assert asking.wait() == 0, asking.errors()
    console.wait_gone(second)
    hear_each_other(citizen, CITIZEN, colleague, COLLEAGUE)
    assert console.state["calls"][call]["state"] == "connected"
    citizen.hang_up()
    colleague.wait_for("CALL_CLOSED")
    console.wait_gone(call)
    record = told(scene, call)
    assert codes(record, "phone_transferred", "transferred", "ended") == ["phone_transferred", "transferred", "ended"]
    assert codes(told(scene, second))[-2:] == ["joined", "ended"]


def test_joined_calls_survive_the_controllers_death(scene: Scene) -> None:
    """The colleague's leg belongs to the caller's call now, whatever call dialled it."""
    console, citizen, colleague = scene.watcher(), scene.citizen(), scene.employee(1, tone=COLLEAGUE)
    asking, dialog = scene.second_call(scene.person(1)["number"])
    phone = scene.sipp_employee(sipp.transferring_after(300, scene.replacing(scene.person(1)["number"], dialog)))
    call = with_employee(scene, console, citizen)
    assert (phone.wait(), asking.wait()) == (0, 0), phone.errors() + asking.errors()
    hear_each_other(citizen, CITIZEN, colleague, COLLEAGUE)
    scene.installation.kill("controller")
    hear_each_other(citizen, CITIZEN, colleague, COLLEAGUE)
    scene.restart_controller(console)
    assert console.wait_call(call, state="connected")
    hear_each_other(citizen, CITIZEN, colleague, COLLEAGUE)
    colleague.hang_up()
    citizen.wait_for("CALL_CLOSED")
    console.wait_gone(call)


def test_a_caller_is_joined_with_the_operator_whom_the_employee_asked(scene: Scene, operator: Operator) -> None:
    citizen = scene.citizen()
    asking = scene.ask(scene.main_number)
    second = operator.console.wait_call(caller=scene.person(0)["number"], state="waiting")["id"]
    operator.take(second)
    refer_to = scene.replacing(scene.main_number, scene.dialog(asking))
    phone = scene.sipp_employee(sipp.transferring_after(500, refer_to))
    call = with_employee(scene, operator.console, citizen)
    assert phone.wait() == 0, phone.errors()
    assert asking.wait() == 0, asking.errors()
    operator.console.wait_gone(second)
    operator.console.wait_call(call, state="connected", operator=operator.id)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    operator.console.do("hangup", call=call)
    operator.console.wait_gone(call)
    if operator.line:
        operator.console.wait_me(line_open=True, state="ready")


def test_a_caller_joined_with_a_line_at_the_switchboard_waits_in_it(scene: Scene) -> None:
    console, citizen = scene.watcher(), scene.citizen()
    asking, dialog = scene.second_call(scene.main_number)
    second = console.wait_call(caller=scene.person(0)["number"], state="waiting")["id"]
    phone = scene.sipp_employee(sipp.transferring_after(300, scene.replacing(scene.main_number, dialog)))
    call = with_employee(scene, console, citizen)
    assert phone.wait() == 0, phone.errors()
    assert asking.wait() == 0, asking.errors()
    console.wait_gone(second)
    assert console.wait_call(call, state="waiting")["reason"]["code"] == "misdirected"
    citizen.hang_up()
    console.wait_gone(call)


def test_another_telephones_call_can_not_be_joined(scene: Scene) -> None:
    """Whoever learns how a colleague's call is named in Replaces must not get into it."""
    console, citizen, colleague = scene.watcher(), scene.citizen(), scene.employee(1, tone=COLLEAGUE)
    asking, dialog = scene.second_call(scene.person(1)["number"])
    second = console.wait_call(caller=scene.person(0)["number"], state="connected")["id"]
    refer_to = scene.replacing(scene.person(1)["number"], dialog)
    other = scene.sipp_employee(sipp.transferring_after(300, refer_to, told=603), n=2)
    call = scene.call(citizen, console, scene.person(2)["number"], state="connected")["id"]
    assert other.wait() == 0, other.errors()
    console.wait_gone(call)
    assert console.state["calls"][second]["state"] == "connected"
    colleague.hang_up()
    assert asking.wait() == 0, asking.errors()
    console.wait_gone(second)
