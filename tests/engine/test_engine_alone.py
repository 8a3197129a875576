# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's own dialplan serves callers while the controller is away."""

from __future__ import annotations

from pathlib import Path

from tests.engine import scenarios
from tests.engine.audio import likeness, loudest_frequency, seconds_of
from tests.engine.conftest import (
    ANNOUNCEMENT_PITCH,
    DIRECT_NUMBER,
    LONELY_NUMBER,
    MAIN_NUMBER,
    SPOKEN_NUMBER,
    RunningEngine,
)
from tests.engine.sip import Sipp
from tests.engine.waiting import until
from vaxel.telephony.audio import read_wave


def messages(engine: RunningEngine) -> dict[str, dict[str, str]]:
    """ID → what its text file says, of the messages that the dialplan took."""
    found = {}
    for file in engine.places.fallback.glob("*.txt"):
        found[file.stem] = dict(line.split("=", 1) for line in file.read_text().splitlines())
    return found


def new_message(engine: RunningEngine, before: dict[str, dict[str, str]]) -> tuple[Path, dict[str, str]]:
    def look() -> str | None:
        return next(iter(messages(engine).keys() - before.keys()), None)

    identity = until(look, 15, "a message")
    return engine.places.fallback / f"{identity}.wav", messages(engine)[identity]


def test_a_caller_reaches_an_operators_telephone_and_both_hear_each_other(engine: RunningEngine) -> None:
    with engine.phone("operator-1", tone=660) as operator, engine.citizen(tone=440) as citizen:
        engine.wait_until_in_line(operator)
        citizen.dial(MAIN_NUMBER)
        operator.wait_for("CALL_INCOMING")
        operator.answer()
        citizen.wait_for("CALL_ESTABLISHED")
        until(lambda: any(path.stat().st_size > 80_000 for path in citizen.heard()), 10, "two seconds of speech")
        citizen.hang_up()
        operator.wait_for("CALL_CLOSED")
        heard_by_citizen, heard_by_operator = citizen.heard()[-1], operator.heard()[-1]
    assert abs(loudest_frequency(heard_by_citizen) - 660) < 10
    assert abs(loudest_frequency(heard_by_operator) - 440) < 10


def test_without_any_telephone_the_caller_leaves_a_message(engine: RunningEngine) -> None:
    before = messages(engine)
    with engine.citizen("0730000009", name="Åke Ärlig", tone=523) as citizen:
        citizen.dial(MAIN_NUMBER)
        citizen.wait_for("CALL_ESTABLISHED")
        until(lambda: any(path.stat().st_size > 80_000 for path in citizen.heard()), what="five seconds of the call")
        citizen.hang_up()
    recording, told = new_message(engine, before)
    assert told["number"] == MAIN_NUMBER
    assert told["caller"] == "46730000009"
    assert told["name"] == "Åke Ärlig"
    assert int(told["at"]) > 1_700_000_000
    assert seconds_of(recording, 523) > 2
    assert recording.stem.startswith("n1-")


def test_a_number_without_telephones_goes_straight_to_the_recording(engine: RunningEngine) -> None:
    before = messages(engine)
    caller = scenarios.call(talk_ms=2500)
    Sipp.run(engine.folder, caller, engine.server, port=engine.trunk_port, number=LONELY_NUMBER)
    assert new_message(engine, before)[1]["number"] == LONELY_NUMBER


def test_the_caller_hears_the_municipalitys_own_announcement(engine: RunningEngine) -> None:
    heard = what_a_caller_hears(engine, LONELY_NUMBER, seconds=2)
    assert 0.3 <= seconds_of(heard, ANNOUNCEMENT_PITCH) <= 0.7


def test_the_caller_hears_the_spoken_announcement_when_there_is_no_other(engine: RunningEngine) -> None:
    heard = what_a_caller_hears(engine, SPOKEN_NUMBER, seconds=4)
    spoken, rate = read_wave(engine.places.prompts / "nb/fallback.wav")
    assert likeness(heard, spoken[: 3 * rate], rate) > 0.7


def test_without_room_on_the_disk_the_caller_is_told_so_and_nothing_is_recorded(engine: RunningEngine) -> None:
    before = messages(engine), set(engine.places.fallback.glob("*.wav"))
    engine.places.no_room.touch()
    try:
        heard = what_a_caller_hears(engine, SPOKEN_NUMBER, seconds=2)
    finally:
        engine.places.no_room.unlink()
    spoken, rate = read_wave(engine.places.prompts / "nb/no-message.wav")
    assert likeness(heard, spoken[: 2 * rate], rate) > 0.7
    assert (messages(engine), set(engine.places.fallback.glob("*.wav"))) == before


def test_a_busy_employee_leads_to_the_recording_at_once(engine: RunningEngine) -> None:
    before = messages(engine)
    with employee(engine, scenarios.refusing(486, "Busy Here")) as phone:
        Sipp.run(
            engine.folder, scenarios.call(talk_ms=2500), engine.server, port=engine.trunk_port, number=DIRECT_NUMBER
        )
        assert phone.wait() == 0
    assert new_message(engine, before)[1]["number"] == DIRECT_NUMBER


def test_an_employee_who_does_not_answer_leads_to_the_recording_after_the_ring_limit(engine: RunningEngine) -> None:
    before = messages(engine)
    with employee(engine, scenarios.ringing_only()) as phone:
        Sipp.run(
            engine.folder, scenarios.call(talk_ms=2500), engine.server, port=engine.trunk_port, number=DIRECT_NUMBER
        )
        assert phone.wait() == 0
    assert new_message(engine, before)[1]["number"] == DIRECT_NUMBER


def test_a_caller_who_gives_up_leaves_no_message(engine: RunningEngine) -> None:
    before = messages(engine)
    with employee(engine, scenarios.ringing_only()) as phone:
        given_up = Sipp.run(
            engine.folder, scenarios.abandoned_call(), engine.server, port=engine.trunk_port, number=DIRECT_NUMBER
        )
        assert phone.wait() == 0
    assert "Telefonist" not in given_up.messages(), "the public was told an employee's name"
    assert messages(engine) == before


def test_a_number_that_is_not_ours_is_told_so_and_refused(engine: RunningEngine) -> None:
    refused = Sipp.run(
        engine.folder, scenarios.refused_call(404), engine.server, port=engine.trunk_port, number="4637019999"
    )
    assert "SIP/2.0 183" in refused.messages(), "no announcement before the refusal"


def test_a_national_number_of_the_trunks_country_is_understood(engine: RunningEngine) -> None:
    before = messages(engine)
    national = "0" + LONELY_NUMBER.removeprefix("46")
    for number in (national, f"00{LONELY_NUMBER}", f"+{LONELY_NUMBER}"):
        known = messages(engine)
        Sipp.run(
            engine.folder,
            scenarios.call(talk_ms=2500),
            engine.server,
            port=engine.trunk_port,
            number=number,
            timeout=20,
        )
        assert new_message(engine, known)[1]["number"] == LONELY_NUMBER
    assert len(messages(engine)) == len(before) + 3


def test_an_emergency_call_reaches_the_trunk_with_nothing_else_running(engine: RunningEngine) -> None:
    with Sipp(engine.folder, scenarios.answering(), engine.server, port=engine.trunk_port) as network:
        caller = scenarios.phone_call("employee", talk_ms=300)
        phone = Sipp.run(engine.folder, caller, engine.server, number="112", user="employee", password=engine.password)
        assert network.wait() == 0
        assert network.logged()[0].endswith(f"called: 112 by {DIRECT_NUMBER}")
    assert "answered" in "\n".join(phone.logged())


def test_a_telephone_of_the_house_calls_out_while_the_controller_is_away(engine: RunningEngine) -> None:
    with Sipp(engine.folder, scenarios.answering(), engine.server, port=engine.trunk_port) as network:
        Sipp.run(
            engine.folder,
            scenarios.phone_call("employee", talk_ms=100),
            engine.server,
            number="0730000009",
            user="employee",
            password=engine.password,
        )
        assert network.wait() == 0
        assert "called: 0730000009" in network.logged()[0]


def what_a_caller_hears(engine: RunningEngine, number: str, seconds: int) -> Path:
    with engine.citizen() as citizen:
        citizen.dial(number)
        citizen.wait_for("CALL_ESTABLISHED")
        # 16 bits at 8 kHz.
        until(lambda: any(path.stat().st_size > 16_000 * seconds for path in citizen.heard()), 20, "what was heard")
        citizen.hang_up()
        return citizen.heard()[-1]


def employee(engine: RunningEngine, scenario: str) -> Sipp:
    """The employee's telephone, registered, which then behaves as ``scenario`` says."""
    phone = Sipp(engine.folder, scenario, engine.server)
    Sipp.run(
        engine.folder,
        scenarios.registration("employee"),
        engine.server,
        port=phone.port,
        user="employee",
        password=engine.password,
    )
    return phone
