# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Those who may do something, and do it too often, at once, or to what isn't theirs."""

from __future__ import annotations

from tests.system.ears import hear_each_other
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, OPERATOR, Scene


def test_one_operator_is_in_one_call_at_a_time(scene: Scene, installation: Installation) -> None:
    """Two calls with one open line once kept the engine so busy that nobody's calls could be reached."""
    operator, citizen, second = scene.operator(), scene.citizen(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    other = scene.call(second, operator.console, state="waiting")["id"]
    connections = installation.metric("vaxel_engine_connections_total")
    for command in (
        {"do": "answer", "call": other},
        {"do": "dial", "to": "0701740699"},
        {"do": "dial", "to": "0701740698"},
    ):
        refused = operator.console.send(**command)
        assert (refused["ok"], refused["error"]["code"]) == (False, "busy")
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    operator.console.do("hold", call=call)
    operator.console.do("answer", call=other)
    operator.console.wait_call(other, state="connected")
    refused = operator.console.send("resume", call=call)
    assert refused["error"]["code"] == "busy"
    operator.console.do("hangup", call=other)
    operator.connect("resume", call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    operator.console.do("hangup", call=call)
    operator.console.wait_gone(call)
    assert installation.metric("vaxel_engine_connections_total") == connections


def test_one_who_gives_up_calling_out_can_take_the_next_call(scene: Scene, installation: Installation) -> None:
    """Her open line once went on hearing it ring, and the engine waited for the end of that before it joined her with anybody."""
    operator, citizen = scene.operator(), scene.citizen()
    connections = installation.metric("vaxel_engine_connections_total")
    scene.employee(answer="manual").wait_until_registered()
    dialled = operator.console.do("dial", to=scene.person()["id"])["call"]["id"]
    operator.console.do("hangup", call=dialled)
    call = scene.connected(citizen, operator)["id"]
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    operator.console.do("hangup", call=call)
    operator.console.wait_gone(call)
    assert installation.metric("vaxel_engine_connections_total") == connections


def test_a_line_that_was_closed_in_a_call_is_closed_after_it(scene: Scene, installation: Installation) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("close_line")
    operator.console.do("log_off")
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    citizen.hang_up()
    operator.console.wait_gone(call)
    operator.console.wait_me(line_open=False)
    installation.ari.assert_clean()


def test_who_dials_twice_at_once_dials_once(scene: Scene) -> None:
    operator = scene.operator()
    scene.employee(0, answer="manual")
    scene.employee(1, answer="manual")
    dialled = operator.console.do("dial", to=scene.person(0)["id"])["call"]["id"]
    refused = operator.console.send("dial", to=scene.person(1)["id"])
    assert refused["error"]["code"] == "busy"
    operator.console.do("hangup", call=dialled)
    operator.console.wait_gone(dialled)
