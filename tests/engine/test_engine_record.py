# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Of a call that the engine serves without the controller, its record stays: who called whom, when, and what became of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine import scenarios
from tests.engine.ari import ListeningApp
from tests.engine.conftest import DIRECT_NUMBER, LONELY_NUMBER, MAIN_NUMBER, SPOKEN_NUMBER, RunningEngine
from tests.engine.sip import Sipp
from tests.engine.test_engine_alone import employee
from tests.engine.test_engine_injection import user
from tests.engine.waiting import until
from vaxel.duties.alone import Served, read

Recorded = Callable[[], Served]


@pytest.fixture
def recorded(engine: RunningEngine) -> Recorded:
    """The record of the call that has ended since, once it is there."""
    before = set(engine.places.fallback.glob("*.call"))

    def look() -> Served | None:
        new = [path for path in engine.places.fallback.glob("*.call") if path not in before and path.stat().st_size]
        assert len(new) <= 1
        return read(new[0]) if new else None

    return lambda: until(look, 15, "the record of a call")


def call_in(engine: RunningEngine, scenario: str, number: str) -> None:
    Sipp.run(engine.folder, scenario, engine.server, port=engine.trunk_port, number=number)


def call_from_a_telephone(engine: RunningEngine, number: str, talk_ms: int = 100) -> None:
    calling = scenarios.phone_call("employee", talk_ms=talk_ms)
    Sipp.run(engine.folder, calling, engine.server, number=number, user="employee", password=engine.password)


def test_a_caller_whom_an_operator_answered_in_the_line(engine: RunningEngine, recorded: Recorded) -> None:
    with engine.phone("operator-1") as operator, engine.citizen(name="Åke Ärlig") as citizen:
        engine.wait_until_in_line(operator)
        citizen.dial(MAIN_NUMBER)
        operator.wait_for("CALL_INCOMING")
        operator.answer()
        citizen.wait_for("CALL_ESTABLISHED")
        citizen.hang_up()
        operator.wait_for("CALL_CLOSED")
    found = recorded()
    assert (found.id[:3], found.way, found.dialled, found.organisation) == ("n1-", "house", MAIN_NUMBER, "gnosjo")
    assert (found.caller, found.name, found.by, found.home) == ("4670000001", "Åke Ärlig", "operator-1", "")
    assert found.answered is not None
    assert 1_700_000_000 < found.begun <= found.answered <= found.ended
    assert not found.gave_back


def test_a_caller_whom_an_employee_answered(engine: RunningEngine, recorded: Recorded) -> None:
    with employee(engine, scenarios.answering()) as phone:
        call_in(engine, scenarios.call(talk_ms=1500), DIRECT_NUMBER)
        assert phone.wait() == 0
    found = recorded()
    assert (found.by, found.status) == ("employee", "ANSWER")
    assert found.answered is not None
    assert found.ended - found.answered >= 1


def test_a_caller_who_gave_up(engine: RunningEngine, recorded: Recorded) -> None:
    with employee(engine, scenarios.ringing_only()) as phone:
        call_in(engine, scenarios.abandoned_call(), DIRECT_NUMBER)
        assert phone.wait() == 0
    found = recorded()
    assert (found.dialled, found.status, found.answered, found.by) == (DIRECT_NUMBER, "CANCEL", None, "")
    assert found.recorded is None


def test_a_caller_who_gave_up_in_the_line(engine: RunningEngine, recorded: Recorded) -> None:
    with engine.phone("operator-1") as operator:
        engine.wait_until_in_line(operator)
        call_in(engine, scenarios.abandoned_call(), MAIN_NUMBER)
    assert (recorded().answered, recorded().recorded) == (None, None)


def test_a_caller_who_left_a_message_after_nobody_answered(engine: RunningEngine, recorded: Recorded) -> None:
    with employee(engine, scenarios.refusing(486, "Busy Here")) as phone:
        call_in(engine, scenarios.call(talk_ms=2500), DIRECT_NUMBER)
        assert phone.wait() == 0
    found = recorded()
    assert (found.status, found.answered) == ("BUSY", None)
    assert found.recorded is not None


def test_a_caller_who_is_told_that_no_message_can_be_left(engine: RunningEngine, recorded: Recorded) -> None:
    engine.places.no_room.touch()
    try:
        with engine.citizen() as citizen:
            citizen.dial(SPOKEN_NUMBER)
            citizen.wait_for("CALL_CLOSED", timeout=40)
    finally:
        engine.places.no_room.unlink()
    assert (recorded().told, recorded().recorded) == (True, None)


@pytest.mark.parametrize("controller", ["here", "away"])
def test_an_emergency_call_is_recorded_whether_the_controller_is_there_or_not(
    engine: RunningEngine, recorded: Recorded, controller: str
) -> None:
    with Sipp(engine.folder, scenarios.answering(), engine.server, port=engine.trunk_port) as network:
        if controller == "here":
            with ListeningApp(engine.config) as app:
                call_from_a_telephone(engine, "112")
                assert not [event for event in app.events.all() if event["type"] == "StasisStart"]
        else:
            call_from_a_telephone(engine, "112")
        assert network.wait() == 0
    found = recorded()
    assert (found.way, found.dialled, found.phone) == ("emergency", "112", "employee")
    assert (found.organisation, found.home, found.caller) == ("gnosjo", "gnosjo", DIRECT_NUMBER)
    assert found.answered is not None


def test_an_emergency_call_that_nobody_can_take_is_recorded_too(engine: RunningEngine, recorded: Recorded) -> None:
    with Sipp(engine.folder, scenarios.refusing(486), engine.server, port=engine.trunk_port) as network:
        refused = scenarios.refused_phone_call("employee", 486)
        Sipp.run(engine.folder, refused, engine.server, number="112", user="employee", password=engine.password)
        assert network.wait() == 0
    assert (recorded().way, recorded().status, recorded().answered) == ("emergency", "BUSY", None)


def test_a_call_out_is_recorded(engine: RunningEngine, recorded: Recorded) -> None:
    with Sipp(engine.folder, scenarios.answering(), engine.server, port=engine.trunk_port) as network:
        call_from_a_telephone(engine, "0730000009")
        assert network.wait() == 0
    assert (recorded().way, recorded().dialled, recorded().phone) == ("outside", "0730000009", "employee")


def test_a_call_from_one_telephone_of_the_house_to_another_says_so(engine: RunningEngine, recorded: Recorded) -> None:
    call_from_a_telephone(engine, LONELY_NUMBER, talk_ms=1500)
    assert (recorded().way, recorded().phone, recorded().home) == ("house", "employee", "gnosjo")


def test_calls_go_on_when_nothing_can_be_written(engine: RunningEngine) -> None:
    away = engine.places.fallback.with_name("away")
    engine.places.fallback.rename(away)
    try:
        with Sipp(engine.folder, scenarios.answering(), engine.server, port=engine.trunk_port) as network:
            call_from_a_telephone(engine, "112")
            assert network.wait() == 0
        with employee(engine, scenarios.answering()) as phone:
            call_in(engine, scenarios.call(talk_ms=100), DIRECT_NUMBER)
            assert phone.wait() == 0
    finally:
        away.rename(engine.places.fallback)


@pytest.mark.parametrize(
    "text",
    ["x)=y,1", "${{FILE({file})}}", '1" = "1"]?Set(FILE({file})=owned'],
)
def test_what_a_caller_writes_says_nothing_but_her_name(engine: RunningEngine, recorded: Recorded, text: str) -> None:
    file = engine.folder / "owned"
    written = text.format(file=file)
    name = written.replace('"', '\\"')
    with employee(engine, scenarios.ringing_only()) as phone:
        call_in(engine, scenarios.abandoned_call(user(written), name=name), DIRECT_NUMBER)
        assert phone.wait() == 0
    found = recorded()
    assert (found.dialled, found.way, found.organisation) == (DIRECT_NUMBER, "house", "gnosjo")
    assert found.caller.isdigit() or not found.caller
    assert not file.exists()


def test_a_recording_that_goes_on_is_no_clean_end(engine: RunningEngine) -> None:
    """What tests look for at their end: ARI tells of live recordings only by name."""
    with ListeningApp(engine.config) as app, engine.citizen() as citizen:
        citizen.dial(MAIN_NUMBER)
        channel = app.wait_for("StasisStart")["channel"]["id"]
        engine.ari.request("POST", f"channels/{channel}/answer")
        status, _ = engine.ari.request("POST", f"channels/{channel}/record", name="left-over", format="wav")
        assert status == 201
        until(lambda: engine.ari.leftovers().get("recordings") == ["left-over"], 10, "the recording that goes on")
        citizen.hang_up()
        until(lambda: not engine.ari.leftovers(), 10, "a clean engine")
    (engine.places.recordings / "left-over.wav").unlink()
