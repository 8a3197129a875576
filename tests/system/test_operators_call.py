# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen calls the main number; an operator does with the call what operators do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.system.ears import hear_each_other, hears, hears_no_tone, likeness
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, COLLEAGUE, EMPLOYEE, OPERATOR, Operator, Scene
from vaxel.telephony import engine


@pytest.fixture
def scene(installation: Installation) -> Iterator[Scene]:
    with Scene(installation) as scene:
        yield scene


@pytest.fixture(params=["line", "phone"])
def operator(scene: Scene, request: pytest.FixtureRequest) -> Operator:
    return scene.operator(line=request.param == "line")


def codes(record: dict[str, Any]) -> list[str]:
    return [fact["code"] for fact in record["path"]]


def causes(record: dict[str, Any], code: str) -> list[str]:
    return [fact["cause"] for fact in record["path"] if fact["code"] == code]


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
    assert likeness(citizen.heard()[-1], prompts / "welcome-gnosjo.wav") > 0.6
    assert likeness(citizen.heard()[-1], prompts / "closed.wav") < 0.4
    record = scene.installation.record(call["id"], operator.token)
    assert codes(record)[0] == "arrived"
    assert [code for code in codes(record) if code in ("announced", "waiting", "offered", "answered", "ended")] == [
        "announced",
        "waiting",
        "offered",
        "answered",
        "ended",
    ]
    assert record["cause"] == "hangup"
    assert record["path"][-1]["who"] == citizen.account.user


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
