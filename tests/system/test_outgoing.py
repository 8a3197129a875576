# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operators and employees call out, through the trunk."""

from __future__ import annotations

from tests.engine import scenarios
from tests.engine.sip import Baresip, Sipp
from tests.system.ears import hear_each_other
from tests.system.scene import CITIZEN, EMPLOYEE, OPERATOR, Operator, Scene, facts

OUTSIDE = "0701740688"


def written(phone: Baresip) -> str:
    """Its number as a Swede writes it."""
    return phone.account.user.replace("46", "0", 1)


def test_an_operator_rings_a_citizen(scene: Scene, operator: Operator) -> None:
    citizen = scene.citizen(answer="auto", port=scene.installation.trunk_port)
    since = operator.phone.events.count()
    call = operator.console.do("dial", to=written(citizen), organisation="gnosjo")["call"]["id"]
    if not operator.line:
        operator.phone.wait_for("CALL_INCOMING", since=since)
        operator.phone.answer()
    operator.console.wait_call(call, state="connected")
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)
    record = scene.installation.record(call, operator.token)
    assert record["direction"] == "out"
    assert record["dialled"] == citizen.account.user
    assert record["cause"] == "hangup"


def test_the_called_party_sees_the_main_number_and_is_busy(scene: Scene) -> None:
    operator = scene.operator()
    outside = scenarios.refusing(486)
    with Sipp(
        scene.installation.folder, outside, scene.installation.server, port=scene.installation.trunk_port
    ) as line:
        call = operator.console.do("dial", to="+46 70-174 06 88", organisation="gnosjo")["call"]["id"]
        operator.console.wait_gone(call)
        assert line.wait_for_log("called") == f"called: 46701740688 by {scene.main_number}"
    record = scene.installation.record(call, operator.token)
    assert [fact["cause"] for fact in facts(record, "ended")] == ["busy"]


def test_an_employee_rings_a_citizen(scene: Scene) -> None:
    citizen = scene.citizen(answer="auto", port=scene.installation.trunk_port)
    console, employee = scene.watcher(), scene.employee()
    employee.dial(written(citizen))
    call = console.wait_call(caller=scene.person()["number"], state="connected")
    assert call["direction"] == "out"
    hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
    employee.hang_up()
    console.wait_gone(call["id"])


def test_dialling_nonsense_or_for_another_municipality_is_refused(scene: Scene) -> None:
    operator = scene.operator()
    for fields, code in (
        ({"to": "växeln", "organisation": "gnosjo"}, "invalid"),
        ({"to": "", "organisation": "gnosjo"}, "invalid"),
        ({"to": OUTSIDE, "organisation": "tana"}, "forbidden"),
        ({"to": OUTSIDE, "organisation": "nowhere"}, "forbidden"),
    ):
        assert operator.console.send("dial", **fields)["error"]["code"] == code, fields
