# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same call through REST, and what the surfaces answer to what can't be done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.system.ears import hear_each_other, hears_no_tone
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, COLLEAGUE, EMPLOYEE, OPERATOR, Operator, Scene, codes


def post(installation: Installation, operator: Operator, call: str, do: str, **body: Any) -> Any:
    status, answer = installation.rest("POST", f"calls/{call}/{do}", operator.token, body or None)
    assert status in (200, 201), answer
    return answer


def test_an_operator_does_everything_by_rest(scene: Scene) -> None:
    operator, colleague = scene.operator(), scene.operator(1, ready=False, tone=COLLEAGUE)
    citizen, employee, console = scene.citizen(), scene.employee(), operator.console
    installation = scene.installation
    call = scene.call(citizen, console, state="waiting")["id"]
    console.wait_offered(call)
    post(installation, operator, call, "answer")
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    post(installation, operator, call, "hold")
    assert post(installation, operator, call, "resume")["state"] == "connected"
    post(installation, operator, call, "consult", to=scene.person()["id"])
    hear_each_other(operator.phone, OPERATOR, employee, EMPLOYEE)
    post(installation, operator, call, "return")
    post(installation, operator, call, "park")
    post(installation, colleague, call, "fetch")
    hear_each_other(citizen, CITIZEN, colleague.phone, COLLEAGUE)
    post(installation, colleague, call, "note", text="Vill veta när hundtillståndet är klart.")
    message = post(
        installation,
        colleague,
        call,
        "message",
        to=scene.person()["id"],
        matter="Ring om hundtillståndet.",
        call_back=True,
        promised_at="2099-01-01T12:00:00Z",
    )
    assert message["caller_number"] == citizen.account.user
    employee.wait_for("CALL_CLOSED")
    post(installation, colleague, call, "consult", to=scene.person()["number"])
    hear_each_other(colleague.phone, COLLEAGUE, employee, EMPLOYEE)
    post(installation, colleague, call, "complete")
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    citizen.hang_up()
    console.wait_gone(call)
    record = installation.record(call, operator.token)
    assert [note["text"] for note in record["notes"]] == ["Vill veta när hundtillståndet är klart."]
    told = codes(record, "answered", "held", "resumed", "consult_asked", "parked", "fetched", "transferred", "ended")
    assert told[0] == "answered"
    assert [code for code in told if code in ("held", "parked", "fetched", "transferred", "ended")] == [
        "held",
        "parked",
        "fetched",
        "transferred",
        "ended",
    ]
    _, messages = installation.rest("GET", "messages?organisation=gnosjo", operator.token)
    assert message["id"] in [found["id"] for found in messages["items"]]


def test_a_transfer_and_a_hang_up_by_rest(scene: Scene) -> None:
    operator, citizen, employee = scene.operator(), scene.citizen(), scene.employee()
    call = scene.connected(citizen, operator)["id"]
    post(scene.installation, operator, call, "transfer", to=scene.person()["id"])
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    post(scene.installation, operator, call, "hangup")
    operator.console.wait_gone(call)
    citizen.wait_for("CALL_CLOSED")
    employee.wait_for("CALL_CLOSED")


def test_a_request_on_a_call_that_has_just_ended_is_answered_as_a_problem(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    citizen.hang_up()
    operator.console.wait_gone(call)
    refused = scene.installation.metric("vaxel_commands_refused_total")
    for do in ("answer", "hold", "resume", "complete", "return", "park", "fetch", "hangup"):
        status, problem = scene.installation.rest("POST", f"calls/{call}/{do}", operator.token)
        assert status in (404, 409), (do, status, problem)
        assert problem["detail"]
    assert operator.console.send("hold", call=call)["error"]["code"] in ("not_found", "illegal")
    assert scene.installation.metric("vaxel_commands_refused_total") == refused + 9


def test_what_is_not_possible_in_this_state_is_a_conflict_that_changes_nothing(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    for do in ("resume", "complete", "return", "fetch", "answer"):
        status, problem = scene.installation.rest("POST", f"calls/{call}/{do}", operator.token)
        assert status == 409, (do, status, problem)
    assert operator.console.wait_call(call, state="connected")["operator"] == operator.id
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)


def test_a_refusal_of_the_controllers_is_told_in_the_language_asked_for(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]

    def told(do: str, language: str, body: object = None) -> str:
        _, problem = scene.installation.rest(
            "POST", f"calls/{call}/{do}", operator.token, body, Accept_Language=language
        )
        return str(problem["detail"])

    assert told("fetch", "sv") == "Det går inte nu. Samtalets läge: Kopplat."
    assert told("fetch", "nb") == "Det går ikke nå. Samtalens tilstand: Koblet."
    assert told("fetch", "da") == "Det kan ikke gøres nu. Opkaldets tilstand: Forbundet."
    assert told("fetch", "en") == "That can't be done now. The state of the call: Connected."
    assert told("transfer", "sv", {"to": "{växeln}"}) == "”{växeln}” är varken en person med telefon eller ett nummer."
    citizen.hang_up()
    operator.console.wait_gone(call)
    assert told("hold", "da") == "Der er ikke noget sådant opkald nu: det kan være afsluttet."


def test_another_municipalitys_call_does_not_exist(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    stranger = scene.installation.municipality("tana")["operators"][0]
    call = scene.connected(citizen, operator)["id"]
    refused = scene.installation.metric("vaxel_commands_refused_total")
    with scene.installation.console(stranger) as console:
        assert call not in console.state["calls"]
        for do in ("answer", "hold", "hangup", "park", "fetch", "return", "complete", "resume"):
            assert console.send(do, call=call)["error"]["code"] == "not_found"
            status, _ = scene.installation.rest("POST", f"calls/{call}/{do}", stranger["token"])
            assert status == 404, do
        for body in ({"to": "p1"}, {"to": scene.person()["id"]}):
            assert console.send("transfer", call=call, **body)["error"]["code"] == "not_found"
        assert scene.installation.metric("vaxel_commands_refused_total") == refused + 18
        citizen.hang_up()
        operator.console.wait_gone(call)
        assert not [frame for frame in console.frames.all() if call in str(frame) and "ack" not in frame]
    for method, path in (("GET", ""), ("POST", "/note"), ("POST", "/message")):
        written = {"text": "x", "matter": "x"} if path else None
        status, problem = scene.installation.rest(method, f"calls/{call}{path}", stranger["token"], written)
        assert status == 404, (path, problem)


@pytest.mark.parametrize("line", [True, False], ids=["line", "phone"])
def test_two_operators_answer_at_once_and_one_is_told_who_was_faster(scene: Scene, line: bool) -> None:
    first, second = scene.operator(0, line=line), scene.operator(1, line=line, tone=COLLEAGUE)
    citizen = scene.citizen()
    call = scene.call(citizen, first.console, state="waiting")["id"]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda operator: operator.console.send("answer", call=call), (first, second)))
    assert sorted(answer["ok"] for answer in answers) == [False, True]
    winner, loser = (first, second) if answers[0]["ok"] else (second, first)
    refusal = next(answer["error"] for answer in answers if not answer["ok"])
    assert refusal["code"] == "taken"
    assert refusal["by"] == winner.row["name"]
    if not line:
        winner.pick_up_whatever_rings(call)
    winner.console.wait_call(call, state="connected", operator=winner.id)
    hear_each_other(citizen, CITIZEN, winner.phone, OPERATOR if winner is first else COLLEAGUE)
    hears_no_tone(loser.phone, CITIZEN)


def test_garbage_on_the_live_hub_is_refused_and_harms_nobody(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    refused = scene.installation.metric("vaxel_commands_refused_total")
    console = operator.console
    commands: list[dict[str, Any]] = [
        {"do": "explode"},
        {"do": ""},
        {"do": None},
        {"do": 7},
        {"do": ["hangup"]},
        {"do": {"hangup": call}},
        {"do": "hold"},
        {"do": "hold", "call": None},
        {"do": "hold", "call": {"id": call}},
        {"do": "hold", "call": "../../etc/passwd"},
        {"do": "transfer", "call": call},
        {"do": "transfer", "call": call, "to": ["a"]},
        {"do": "transfer", "call": call, "to": "'; DROP TABLE calls; --"},
        {"do": "transfer", "call": call, "to": "9" * 5000},
        {"do": "consult", "call": call, "to": "\x00\u202e"},
        {"do": "dial", "to": {}, "organisation": []},
        {"do": "ready", "phone": "falkenberg-op1"},
    ]
    for command in commands:
        answer = console.send(**command)
        assert not answer["ok"], command
        assert answer["error"]["code"] in ("invalid", "not_found", "illegal", "forbidden"), (command, answer)
    for text in ("", "x", "[]", "null", "[" * 50_000, '{"id": 1', "\u0000", "7", '{"id": 1, "do": "\\ud83d"}'):
        count = console.frames.count()
        console.send_text(text)
        assert console.frames.wait(lambda frame: "ack" in frame, since=count)["error"]["code"] == "invalid"
    assert scene.installation.metric("vaxel_commands_refused_total") > refused
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)


def test_a_refused_token_and_a_frame_too_large_close_the_connection(installation: Installation) -> None:
    refused: list[object] = [
        {"hello": {"token": "vxa_wrong"}},
        {"hello": None},
        {"hello": {"token": {}}},
        {"x": 1},
        [],
        7,
    ]
    for hello in refused:
        frame, code = installation.hello(hello)
        assert (frame["error"]["code"], code) == ("unauthenticated", 4401), hello
    _, code = installation.hello("x" * 100_000)
    assert code != 1000
    assert installation.get(installation.config.live_port, "/readyz")[0] == 200
