# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen calls the main number; an operator does with the call what operators do."""

from __future__ import annotations

import pytest

from tests.engine import scenarios
from tests.engine.sip import Sipp
from tests.engine.waiting import until
from tests.ports import sip_port
from tests.system.ears import hear_each_other, heard_prompt, hears, hears_no_tone, likeness
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, COLLEAGUE, EMPLOYEE, OPERATOR, Operator, Scene, codes, facts
from tests.system.sipp_scenarios import answering_when_asked_to, deregistration
from vaxel.telephony import engine


def test_a_citizen_hears_the_welcome_reaches_an_operator_and_they_hear_each_other(
    scene: Scene, operator: Operator
) -> None:
    citizen = scene.citizen()
    call = scene.connected(citizen, operator)
    assert call["reason"]["code"] == "main_number"
    assert call["caller"]["number"] == citizen.account.user
    assert operator.console.state["organisations"]["gnosjo"]["welcome_phrase"] == "Välkommen till Gnosjö kommun"
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call["id"])
    citizen.wait_for("CALL_CLOSED")
    prompts = engine.places(scene.installation.config).prompts / "sv"
    heard_prompt(citizen, prompts / "welcome-gnosjo.wav")
    assert likeness(citizen.heard()[-1], prompts / "closed.wav") < 0.4
    record = scene.installation.record(call["id"], operator.token)
    told = codes(record, "arrived", "announced", "waiting", "offered", "answered", "ended")
    assert told == ["arrived", "announced", "waiting", "offered", "answered", "ended"]
    assert record["cause"] == "hangup"
    assert record["path"][-1]["who"] == citizen.account.user


def test_with_an_open_line_accepting_only_bridges(scene: Scene) -> None:
    operator = scene.operator(line=True)
    for _ in range(2):
        citizen = scene.citizen()
        call = scene.connected(citizen, operator)["id"]
        hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
        citizen.hang_up()
        operator.console.wait_gone(call)
    rung = {event["id"] for event in operator.phone.events.all() if "id" in event}
    assert len(rung) == 1, "her telephone was rung for a call, not only for the line"
    operator.phone.hang_up()
    operator.console.wait_me(line_open=False)


def test_a_desk_phone_is_asked_to_answer_by_itself_when_the_call_was_taken_at_the_console(scene: Scene) -> None:
    row = scene.home["operators"][1]
    phone = scene.sipp_phone(row["sip_user"], row["sip_password"], answering_when_asked_to(), calls=2)
    console = scene.watcher(1)
    console.wait_me(phone_registered=True)
    console.do("ready")
    citizen = scene.citizen()
    call = scene.call(citizen, console, state="waiting")["id"]
    console.wait_offered(call)
    phone.wait_for_log("rings")
    console.do("answer", call=call)
    console.wait_call(call, state="connected")
    assert "<sip:localhost>;answer-after=0" in phone.wait_for_log("answer-after")
    console.do("hangup", call=call)
    console.wait_gone(call)
    console.do("log_off")
    assert phone.wait() == 0, phone.errors()


def test_a_held_caller_hears_music_and_comes_back_by_resume(scene: Scene, operator: Operator) -> None:
    citizen = scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    hears(citizen, OPERATOR)
    operator.console.do("hold", call=call)
    assert operator.console.wait_call(call, state="held")["held_by"] == operator.id
    hears_no_tone(citizen, OPERATOR)
    hears_no_tone(operator.phone, CITIZEN)
    operator.connect("resume", call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    operator.console.do("hangup", call=call)
    operator.console.wait_gone(call)
    citizen.wait_for("CALL_CLOSED")
    record = scene.installation.record(call, operator.token)
    assert codes(record)[-3:] == ["held", "resumed", "ended"]
    assert record["path"][-1]["who"] == operator.row["name"]


def test_a_colleague_is_consulted_and_then_gets_the_caller(scene: Scene, operator: Operator) -> None:
    citizen, employee = scene.citizen(), scene.employee()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("consult", call=call, to=scene.person()["id"])
    employee.wait_for("CALL_ESTABLISHED")
    hear_each_other(operator.phone, OPERATOR, employee, EMPLOYEE)
    hears_no_tone(citizen, OPERATOR, EMPLOYEE)
    operator.console.do("complete", call=call)
    operator.console.wait_call(call, state="connected", operator="")
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    hears_no_tone(operator.phone, CITIZEN, EMPLOYEE)
    employee.hang_up()
    operator.console.wait_gone(call)
    record = scene.installation.record(call, operator.token)
    told = codes(record, "answered", "consult_asked", "consulting", "transferred", "ended")
    assert told[:4] == ["answered", "consult_asked", "consulting", "transferred"]
    assert record["path"][-1]["who"] == scene.person()["name"]


def test_a_consultation_is_ended_and_the_caller_is_back_with_the_operator(scene: Scene, operator: Operator) -> None:
    citizen, employee = scene.citizen(), scene.employee()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("consult", call=call, to=scene.person()["number"])
    hears(employee, OPERATOR)
    operator.console.do("return", call=call)
    operator.console.wait_call(call, state="connected", operator=operator.id)
    employee.wait_for("CALL_CLOSED")
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)
    assert "consultation_ended" in codes(scene.installation.record(call, operator.token))


def test_the_consulted_colleague_hangs_up_and_the_caller_is_held(scene: Scene) -> None:
    operator, citizen, employee = scene.operator(line=False), scene.citizen(), scene.employee()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("consult", call=call, to=scene.person()["id"])
    hears(employee, OPERATOR)
    employee.hang_up()
    operator.console.wait_call(call, state="held")
    operator.connect("resume", call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)


def test_hanging_up_in_a_consultation_passes_the_caller_on(scene: Scene) -> None:
    """As it is done on a desk phone."""
    operator, citizen, employee = scene.operator(line=False), scene.citizen(), scene.employee()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("consult", call=call, to=scene.person()["id"])
    hears(employee, OPERATOR)
    operator.phone.hang_up()
    operator.console.wait_call(call, state="connected", operator="")
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)


def test_a_blind_transfer_is_answered(scene: Scene, operator: Operator) -> None:
    citizen, employee = scene.citizen(), scene.employee(answer="manual")
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("transfer", call=call, to=scene.person()["id"])
    operator.console.wait_call(call, state="transferring")
    employee.wait_for("CALL_INCOMING")
    employee.answer()
    operator.console.wait_call(call, state="connected")
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    hears_no_tone(operator.phone, CITIZEN, EMPLOYEE)
    citizen.hang_up()
    operator.console.wait_gone(call)
    employee.wait_for("CALL_CLOSED")


@pytest.mark.clause("AAB-24")
def test_a_transfer_that_nobody_answers_comes_back_to_the_operator_who_made_it(
    scene: Scene, operator: Operator
) -> None:
    citizen, employee = scene.citizen(), scene.employee(answer="manual")
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("transfer", call=call, to=scene.person()["id"])
    employee.wait_for("CALL_INCOMING")
    back = operator.console.wait_call(call, state="waiting")
    assert back["reason"]["code"] == "returned"
    assert back["reason"]["person"] == scene.person()["name"]
    assert back["recall_for"] == operator.id
    employee.wait_for("CALL_CLOSED")
    operator.take(call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)
    record = scene.installation.record(call, operator.token)
    rang = [fact for fact in facts(record, "rang") if fact["who"] == scene.person()["name"]]
    assert [(fact["cause"], round(fact["seconds"])) for fact in rang] == [("no_answer", 3)]


@pytest.mark.parametrize(
    ("status", "cause"), [(486, "busy"), (603, "rejected"), (480, "no_answer"), (503, "busy"), (None, "unregistered")]
)
def test_a_transfer_that_fails_comes_back_at_once_and_the_record_says_why(
    scene: Scene, status: int | None, cause: str
) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    if status is not None:
        scene.sipp_employee(scenarios.refusing(status))
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("transfer", call=call, to=scene.person()["id"])
    back = operator.console.wait_call(call, state="waiting", timeout=2.5)
    assert back["reason"]["code"] == "returned"
    operator.take(call)
    citizen.hang_up()
    operator.console.wait_gone(call)
    record = scene.installation.record(call, operator.token)
    assert [fact["cause"] for fact in facts(record, "rang") if fact["who"] == scene.person()["name"]] == [cause]


@pytest.mark.parametrize("when", ["before", "in the ringing", "and rings on", "unplugged"])
def test_a_transfer_to_somebody_who_logs_out_meanwhile_comes_back_and_says_from_whom(scene: Scene, when: str) -> None:
    """``and rings on``: the telephone goes on ringing, though the engine can't reach it anew."""
    operator, citizen, person = scene.operator(), scene.citizen(), scene.person()
    employee = scene.employee(answer="manual")
    call = scene.connected(citizen, operator)["id"]
    if when == "before":
        employee.stop()
    operator.console.do("transfer", call=call, to=person["id"])
    if when != "before":
        employee.wait_for("CALL_INCOMING")
    match when:
        case "in the ringing":
            employee.stop()
        case "and rings on":
            log_in = {"port": sip_port(), "user": person["sip_user"], "password": person["sip_password"]}
            Sipp.run(scene.installation.folder, deregistration(person["sip_user"]), scene.installation.server, **log_in)
        case "unplugged":
            employee.kill()
    back = operator.console.wait_call(call, state="waiting")
    assert (back["reason"]["code"], back["reason"]["person"]) == ("returned", person["name"])
    operator.take(call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)
    record = scene.installation.record(call, operator.token)
    assert codes(record, "transferred", "rang", "returned", "ended") == ["transferred", "rang", "returned", "ended"]
    (rang,) = facts(record, "rang")
    assert (rang["who"], rang["cause"]) == (person["name"], CAUSES[when])
    scene.installation.assert_nothing_of(call)


CAUSES = {"before": "unregistered", "in the ringing": "busy", "and rings on": "no_answer", "unplugged": "no_answer"}


def test_the_operator_takes_back_a_transfer_that_still_rings(scene: Scene, operator: Operator) -> None:
    citizen, employee = scene.citizen(), scene.employee(answer="manual")
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("transfer", call=call, to=scene.person()["id"])
    employee.wait_for("CALL_INCOMING")
    operator.connect("return", call)
    employee.wait_for("CALL_CLOSED")
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)
    assert "taken_back" in codes(scene.installation.record(call, operator.token))


def test_a_parked_call_is_fetched_by_another_operator(scene: Scene, operator: Operator) -> None:
    citizen, colleague = scene.citizen(), scene.operator(1, line=operator.line, tone=COLLEAGUE)
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("park", call=call)
    assert colleague.console.wait_call(call, state="parked")["parked_by"] == operator.id
    hears_no_tone(citizen, OPERATOR)
    colleague.connect("fetch", call)
    hear_each_other(citizen, CITIZEN, colleague.phone, COLLEAGUE)
    refused = operator.console.send("hangup", call=call)
    assert refused["error"]["code"] == "taken"
    colleague.phone.hang_up() if not colleague.line else colleague.console.do("hangup", call=call)
    colleague.console.wait_gone(call)
    told = codes(scene.installation.record(call, operator.token), "parked", "fetched", "ended")
    assert told == ["parked", "fetched", "ended"]


def test_a_call_parked_too_long_comes_back(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("park", call=call)
    back = operator.console.wait_call(call, state="waiting")
    assert back["reason"]["code"] == "parked_long"
    operator.take(call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)


def test_a_caller_held_for_too_long_comes_back_and_the_operator_was_reminded(installation: Installation) -> None:
    with Scene(installation, "sollentuna") as scene:
        operator, citizen = scene.operator(), scene.citizen()
        call = scene.connected(citizen, operator)["id"]
        operator.console.do("hold", call=call)
        hears_no_tone(citizen, OPERATOR)
        held = operator.console.state["calls"]
        until(lambda: held[call]["returns_at"], 10.0, "being reminded")
        assert held[call]["state"] == "held"
        back = operator.console.wait_call(call, state="waiting")
        assert (back["reason"]["code"], back["recall_for"]) == ("held_long", operator.id)
        operator.take(call)
        hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
        citizen.hang_up()
        operator.console.wait_gone(call)
        record = scene.installation.record(call, operator.token)
        assert codes(record, "held", "hold_reminded", "returned") == ["held", "hold_reminded", "returned"]


def test_an_operator_who_lets_it_ring_is_passed_over_and_the_record_says_so(scene: Scene) -> None:
    idle, citizen = scene.operator(0, line=False), scene.citizen()
    call = scene.call(citizen, idle.console, state="waiting")["id"]
    idle.console.wait_offered(call)
    second = scene.operator(1, tone=COLLEAGUE)
    second.take(call)
    hear_each_other(citizen, CITIZEN, second.phone, COLLEAGUE)
    citizen.hang_up()
    second.console.wait_gone(call)
    record = scene.installation.record(call, second.token)
    passed = [(fact["who"], fact["cause"], round(fact["seconds"])) for fact in facts(record, "rang")]
    assert passed == [(idle.row["name"], "no_answer", 6)]


def test_an_operator_who_declines_is_passed_over(scene: Scene) -> None:
    first, citizen = scene.operator(0, line=False), scene.citizen()
    call = scene.call(citizen, first.console, state="waiting")["id"]
    first.console.wait_offered(call)
    first.phone.wait_for("CALL_INCOMING")
    second = scene.operator(1)
    first.phone.hang_up()
    second.take(call)
    citizen.hang_up()
    second.console.wait_gone(call)
    record = scene.installation.record(call, second.token)
    assert [(fact["who"], fact["cause"]) for fact in facts(record, "rang")] == [(first.row["name"], "busy")]


def test_an_operator_whose_telephone_dies_loses_no_caller(scene: Scene) -> None:
    """Nothing is said by a phone whose plug is pulled; when she ends it at the console, the caller is with somebody else."""
    operator, citizen = scene.operator(line=False), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    channel = next(leg["n"] for leg in operator.console.state["calls"][call]["legs"] if leg["party"] == operator.id)
    # As the engine does when no audio has come for a while.
    scene.installation.ari.request("DELETE", f"channels/{call}-l{channel}", reason_code=38)
    back = operator.console.wait_call(call, state="waiting")
    assert back["reason"]["code"] == "operator_lost"
    operator.take(call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
