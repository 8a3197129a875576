# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What strangers write into a call – numbers, names, what they dial – stays text: the engine never takes it for its own language."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from tests.engine import scenarios
from tests.engine.ari import ListeningApp
from tests.engine.conftest import LONELY_NUMBER, MAIN_NUMBER, RunningEngine
from tests.engine.sip import Sipp
from tests.engine.test_engine_alone import messages, new_message
from vaxel.telephony.engine import Phone, PhoneKind, Trunk

ELSEWHERE = "127.0.0.7"
"""A host of the public network from which several call at once."""

VISITOR = Phone(
    user="citizen-01",
    password=RunningEngine.password,
    kind=PhoneKind.DESK,
    display_name="",
    caller_number="46701740605",
    organisation="",
    language="en",
)


def user(text: str) -> str:
    """``text`` in a SIP URI's place for the user."""
    return quote(text, safe="")


@pytest.mark.parametrize(
    "command", ["1):Set(FILE({file})=owned", '1" = "1"]?Set(FILE({file})=owned', "${{FILE({file})}}"]
)
def test_a_callers_number_is_never_carried_out(engine: RunningEngine, command: str) -> None:
    """It once could write any file, by ending the brackets of the dialplan's line in which it stood."""
    file = engine.folder / "owned"
    caller = scenarios.abandoned_call(user(command.format(file=file)))
    with ListeningApp(engine.config) as app:
        Sipp.run(engine.folder, caller, engine.server, port=engine.trunk_port, number=MAIN_NUMBER)
        number = app.wait_for("StasisStart")["channel"]["caller"]["number"]
    assert number.isdigit() or number == ""
    assert not file.exists()


def test_only_digits_can_be_dialled_from_the_public_network(engine: RunningEngine) -> None:
    """Nor bytes that aren't UTF-8, of which the engine can't tell the application: such a call once rang for ever."""
    network = Trunk(name="network", host=ELSEWHERE, country="SE")
    engine.rewrite(replace(engine.model, trunks=(network,)))
    dialled = [
        f"{MAIN_NUMBER},1",
        f"+{MAIN_NUMBER},3",
        f"00{MAIN_NUMBER},4",
        "0370,10000",
        "1&Local/s@outside",
        "1\r\n2",
    ]
    numbers = [*map(user, dialled), f"{MAIN_NUMBER}%ff"]
    all_refused_by_the_engine_alone(engine, scenarios.refused_call(404), numbers, address=ELSEWHERE)


def test_only_what_a_keypad_has_can_be_dialled_from_a_telephone(engine: RunningEngine) -> None:
    dialled = ["1&PJSIP/operator-1", f"{MAIN_NUMBER},5", "*23,1", "+1@trunk-pstn,120,U(x)", "112,1"]
    phone: dict[str, Any] = {"user": "employee", "password": engine.password}
    all_refused_by_the_engine_alone(
        engine, scenarios.refused_phone_call("employee", 404), [*map(user, dialled)], **phone
    )


def all_refused_by_the_engine_alone(engine: RunningEngine, scenario: str, numbers: list[str], **options: Any) -> None:
    """All at once, for each hears a sentence first."""
    with ListeningApp(engine.config) as app, ExitStack() as stack:
        callers = [
            stack.enter_context(Sipp(engine.folder, scenario, engine.server, number=number, **options))
            for number in numbers
        ]
        assert [caller.wait() for caller in callers] == [0] * len(numbers)
        assert not [event for event in app.events.all() if event["type"] == "StasisStart"]


@pytest.fixture
def visitor(engine: RunningEngine) -> dict[str, Any]:
    """A telephone that anybody may borrow: the log-in."""
    engine.rewrite(replace(engine.model, phones=(*engine.model.phones, VISITOR)))
    return {"user": VISITOR.user, "password": VISITOR.password}


def test_a_visitors_telephone_calls_nobody_outside(engine: RunningEngine, visitor: dict[str, Any]) -> None:
    """Not while the controller is away, either, and no emergency service."""
    with (
        Sipp(engine.folder, scenarios.answering(), engine.server, port=engine.trunk_port) as network,
        ExitStack() as all_,
    ):
        scenario = scenarios.refused_phone_call(VISITOR.user, 404)
        callers = [
            all_.enter_context(Sipp(engine.folder, scenario, engine.server, number=user(dialled), **visitor))
            for dialled in ("112", "0701740699", "+46701740699", "*23#")
        ]
        assert [caller.wait() for caller in callers] == [0] * 4
        assert "INVITE" not in network.messages()


def test_a_visitors_telephone_reaches_the_house_without_the_controller(
    engine: RunningEngine, visitor: dict[str, Any]
) -> None:
    before = messages(engine)
    caller = scenarios.phone_call(VISITOR.user, talk_ms=2500)
    Sipp.run(engine.folder, caller, engine.server, number=LONELY_NUMBER, **visitor)
    assert new_message(engine, before)[1]["caller"] == VISITOR.caller_number
