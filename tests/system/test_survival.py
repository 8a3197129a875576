# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The controller is killed, and callers are not lost."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.engine.audio import seconds_of
from tests.engine.sip import Baresip
from tests.system.ears import hear_each_other, hears, hears_no_tone
from tests.system.installation import ConsoleClient, Installation
from tests.system.scene import CITIZEN, COLLEAGUE, EMPLOYEE, OPERATOR, Operator, Scene, codes, facts

WANTED, RUNG = 1700, 2000
"""The tones of two more employees."""


@dataclass
class BusyHouse:
    """A call in every state: in Aabenraa, and one at a mailbox in Sollentuna."""

    scene: Scene
    mailboxes: Scene
    calls: dict[str, str] = field(default_factory=dict)
    citizens: dict[str, Baresip] = field(default_factory=dict)

    def open(self) -> None:
        scene = self.scene
        self.talking, self.holding = scene.operator(0, line=False, ready=False), scene.operator(1)
        self.consulting = scene.operator(2, tone=COLLEAGUE, ready=False)
        self.asked, self.wanted = scene.employee(0), scene.employee(1, answer="manual", tone=WANTED)
        self.rung = scene.employee(2, answer="manual", tone=RUNG)
        self.watcher = self.mailboxes.watcher(0)
        self._transferring()
        self.holding.console.do("park", call=self._connected("parked", self.holding))
        self.holding.console.do("hold", call=self._connected("held", self.holding))
        self.consulting.console.do("ready")
        call = self._connected("consulting", self.consulting)
        self.consulting.console.do("consult", call=call, to=scene.person(0)["id"])
        self.asked.wait_for("CALL_ESTABLISHED")
        self.talking.console.do("ready")
        self._connected("connected", self.talking)
        self._call("ringing", scene.person(2)["number"])
        self.rung.wait_for("CALL_INCOMING")
        self._call("waiting")
        self.citizens["recording"] = self.mailboxes.citizen()
        number = self.mailboxes.person()["number"]
        recording = self.mailboxes.call(self.citizens["recording"], self.watcher, number, state="recording")
        self.calls["recording"] = recording["id"]
        self._call("announcing", state="announcing")

    def _transferring(self) -> None:
        call = self._connected("transferring", self.holding)
        self.holding.console.do("transfer", call=call, to=self.scene.person(1)["id"])
        self.wanted.wait_for("CALL_INCOMING")

    def _connected(self, name: str, operator: Operator) -> str:
        self.citizens[name] = self.scene.citizen()
        self.calls[name] = str(self.scene.connected(self.citizens[name], operator)["id"])
        return self.calls[name]

    def _call(self, name: str, number: str = "", state: str = "") -> None:
        self.citizens[name] = self.scene.citizen()
        console = self.talking.console
        call = self.scene.call(self.citizens[name], console, number, state=state or name)
        self.calls[name] = call["id"]

    def console(self, name: str) -> ConsoleClient:
        return self.watcher if name == "recording" else self.talking.console

    def token(self, name: str) -> str:
        scene = self.mailboxes if name == "recording" else self.scene
        return str(scene.home["operators"][0]["token"])

    def assert_conversations_go_on(self) -> None:
        hear_each_other(self.citizens["connected"], CITIZEN, self.talking.phone, OPERATOR)
        hear_each_other(self.consulting.phone, COLLEAGUE, self.asked, EMPLOYEE)

    def assert_adopted(self) -> None:
        for name, call in self.calls.items():
            self.console(name).wait_call(call, state="waiting" if name == "announcing" else name)
        self.holding.console.wait_me(presence="ready", line_open=True)
        hears_no_tone(self.citizens["held"], OPERATOR, EMPLOYEE)

    def go_on(self) -> None:
        """Every call does what it would have done without the interruption."""
        citizens, calls = self.citizens, self.calls
        self.rung.answer()
        hear_each_other(citizens["ringing"], CITIZEN, self.rung, RUNG)
        self.wanted.answer()
        hear_each_other(citizens["transferring"], CITIZEN, self.wanted, WANTED)
        self.consulting.console.do("complete", call=calls["consulting"])
        hear_each_other(citizens["consulting"], CITIZEN, self.asked, EMPLOYEE)
        for name, do in (("held", "resume"), ("parked", "fetch")):
            self.holding.connect(do, calls[name])
            if name == "held":
                # She holds nobody any longer, and may go: those who wait are for the other.
                self.holding.console.do("pause", reason="break")
            hear_each_other(citizens[name], CITIZEN, self.holding.phone, OPERATOR)
            self.holding.console.do("hangup", call=calls[name])
        # Free since she completed: those who wait are offered to her again, the longest wait first.
        for name in ("waiting", "announcing"):
            self.consulting.take(calls[name])
            hear_each_other(citizens[name], CITIZEN, self.consulting.phone, COLLEAGUE)
            citizens[name].hang_up()

    def end(self) -> None:
        for name in ("connected", "ringing", "transferring", "consulting", "recording"):
            self.citizens[name].hang_up()
        for name, call in self.calls.items():
            self.console(name).wait_gone(call)


def test_killed_with_calls_in_every_state_it_adopts_them_all(installation: Installation) -> None:
    with Scene(installation, "aabenraa") as scene, Scene(installation, "sollentuna") as mailboxes:
        house = BusyHouse(scene, mailboxes)
        house.open()
        installation.kill("controller")
        house.assert_conversations_go_on()
        scene.restart_controller(house.talking.console, house.holding.console, house.consulting.console, house.watcher)
        house.assert_adopted()
        house.assert_conversations_go_on()
        house.go_on()
        house.end()
        for name, call in house.calls.items():
            record = installation.record(call, house.token(name))
            assert len(facts(record, "adopted")) == 1, (name, codes(record))
        token = house.token("recording")
        [voicemail] = installation.until(lambda: installation.record(house.calls["recording"], token)["voicemails"])
        sound = installation.folder / "adopted.wav"
        sound.write_bytes(installation.fetch(voicemail["audio"], token)[2])
        assert seconds_of(sound, CITIZEN) > 1.0


def test_timers_go_on_and_what_ran_out_meanwhile_comes_to_the_switchboard_after_the_restart(scene: Scene) -> None:
    """A telephone that rings, a transfer that nobody answers, and a parked call: three seconds each."""
    operator = scene.operator()
    passed_on, rung, parked = (scene.citizen() for _ in range(3))
    scene.employee(0, answer="manual")
    scene.employee(1, answer="manual")
    park = scene.connected(parked, operator)["id"]
    operator.console.do("park", call=park)
    transfer = scene.connected(passed_on, operator)["id"]
    operator.console.do("transfer", call=transfer, to=scene.person(0)["id"])
    ring = scene.call(rung, operator.console, scene.person(1)["number"], state="ringing")["id"]
    killed = datetime.now(UTC)
    scene.installation.kill("controller")
    scene.restart_controller(operator.console)
    for call, reason in ((transfer, "returned"), (park, "parked_long"), (ring, "no_answer")):
        assert operator.console.wait_call(call, state="waiting")["reason"]["code"] == reason
    for citizen, call in ((passed_on, transfer), (rung, ring)):
        citizen.hang_up()
        operator.console.wait_gone(call)
        rang = facts(scene.installation.record(call, operator.token), "rang")[-1]
        assert datetime.fromisoformat(rang["at"]) > killed, "it had run out before"
    operator.take(park)
    hear_each_other(parked, CITIZEN, operator.phone, OPERATOR)


@pytest.mark.parametrize("who", ["citizen", "operator"])
def test_one_party_hangs_up_meanwhile_and_the_other_is_not_left_alone(scene: Scene, who: str) -> None:
    operator, citizen = scene.operator(line=False), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    hears(citizen, OPERATOR)
    scene.installation.kill("controller")
    leaving, staying = (citizen, operator.phone) if who == "citizen" else (operator.phone, citizen)
    leaving.hang_up()
    leaving.wait_for("CALL_CLOSED")
    hears_no_tone(staying, CITIZEN, OPERATOR)
    scene.restart_controller(operator.console)
    staying.wait_for("CALL_CLOSED")
    scene.installation.assert_nothing_of(call)
    record = scene.installation.record(call, operator.token)
    assert record["path"][-1]["who"] == (citizen.account.user if who == "citizen" else operator.row["name"])


def test_a_caller_who_waited_and_gave_up_meanwhile_is_recorded_as_lost(scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    operator.console.do("pause", reason="lunch")
    call = scene.call(citizen, operator.console, state="waiting")["id"]
    scene.installation.kill("controller")
    citizen.hang_up()
    citizen.wait_for("CALL_CLOSED")
    scene.restart_controller(operator.console)
    record = scene.installation.record(call, operator.token)
    assert record["path"][-1]["code"] == "lost"


def test_an_employee_picks_up_meanwhile_and_the_caller_is_not_lost(scene: Scene) -> None:
    operator, citizen, employee = scene.operator(), scene.citizen(), scene.employee(answer="manual")
    call = scene.call(citizen, operator.console, scene.person()["number"], state="ringing")["id"]
    employee.wait_for("CALL_INCOMING")
    scene.installation.kill("controller")
    employee.command("accept")
    scene.restart_controller(operator.console)
    operator.take(call)
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)


def test_a_new_caller_reaches_an_operators_phone_without_the_controller(scene: Scene) -> None:
    operator, citizen = scene.operator(line=False), scene.citizen()
    scene.installation.kill("controller")
    citizen.dial(scene.main_number)
    operator.phone.wait_for("CALL_INCOMING")
    operator.phone.answer()
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    scene.restart_controller(operator.console)
    # The controller leaves alone what it has not begun.
    hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
    operator.phone.hang_up()
    citizen.wait_for("CALL_CLOSED")


def test_an_operator_on_an_open_line_is_reached_too(scene: Scene) -> None:
    operator, citizen = scene.operator(line=True, tone=COLLEAGUE), scene.citizen()
    scene.installation.kill("controller")
    since = operator.phone.events.count()
    citizen.dial(scene.main_number)
    operator.phone.wait_for("CALL_ESTABLISHED", since=since)
    hears(citizen, COLLEAGUE)
    citizen.hang_up()
    scene.restart_controller(operator.console)
    operator.console.wait_me(line_open=True)


def test_when_no_phone_answers_the_recording_becomes_a_message(scene: Scene) -> None:
    token = scene.home["operators"][0]["token"]
    citizen, before = scene.citizen(), _messages(scene, token)
    scene.installation.kill("controller")
    citizen.dial(scene.main_number)
    citizen.wait_for("CALL_ESTABLISHED")
    sound = scene.installation.wait_for_fallback_recording(seconds=2.0)
    citizen.hang_up()
    scene.installation.start_part("worker")
    scene.restart_controller()
    message = scene.installation.until(lambda: [m for m in _messages(scene, token) if m not in before])[0]
    scene.installation.kill("worker")
    assert message["caller_number"] == citizen.account.user
    _, record = scene.installation.rest("GET", f"calls/{message['call']}", token)
    [voicemail] = record["voicemails"]
    assert voicemail["id"] == message["voicemail"]
    sound.write_bytes(scene.installation.fetch(voicemail["audio"], token)[2])
    assert seconds_of(sound, CITIZEN) > 1.0


def test_calls_served_without_the_controller_are_in_the_record_and_the_report_counts_the_lost_one(
    voicemail_scene: Scene,
) -> None:
    scene = voicemail_scene
    operator, answered, lost = scene.operator(line=False), scene.citizen(), scene.citizen()
    before, known = _lost(scene), {call["id"] for call in _calls(scene, operator)}
    scene.installation.kill("controller")
    since = operator.phone.events.count()
    answered.dial(scene.main_number)
    operator.phone.wait_for("CALL_INCOMING", since=since)
    operator.phone.answer()
    hear_each_other(answered, CITIZEN, operator.phone, OPERATOR)
    answered.hang_up()
    operator.phone.wait_for("CALL_CLOSED", since=since)
    since = operator.phone.events.count()
    lost.dial(scene.main_number)
    operator.phone.wait_for("CALL_INCOMING", since=since)
    lost.hang_up()
    operator.phone.wait_for("CALL_CLOSED", since=since)
    scene.installation.start_part("worker")
    scene.restart_controller(operator.console)

    def recorded() -> dict[str, dict[str, Any]] | None:
        found = {call["caller"]["number"]: call for call in _calls(scene, operator) if call["id"] not in known}
        return found if len(found) == 2 else None

    calls = scene.installation.until(recorded)
    scene.installation.kill("worker")
    with_operator, given_up = calls[answered.account.user], calls[lost.account.user]
    assert (with_operator["reason"]["code"], with_operator["operator"]) == ("fallback", operator.id)
    assert codes(scene.installation.record(with_operator["id"], operator.token)) == ["arrived", "answered", "ended"]
    assert codes(scene.installation.record(given_up["id"], operator.token)) == ["arrived", "lost"]
    assert _lost(scene) == before + 1


def _calls(scene: Scene, operator: Operator) -> list[dict[str, Any]]:
    _, calls = scene.installation.rest("GET", f"calls?organisation={scene.municipality}&state=ended", operator.token)
    found: list[dict[str, Any]] = calls["items"]
    return found


def _lost(scene: Scene) -> int:
    """What the municipality's report says of lost calls; 0 while there are no calls to count."""
    made = json.loads(scene.installation.run("policy", "report", scene.municipality, "--json"))
    clauses = [clause for version in made["versions"] for clause in version["clauses"]]
    controls = [control for clause in clauses for control in clause["controls"] if control["control"] == "lost-calls"]
    return sum(int(control["figures"].get("lost", 0)) for control in controls)


def _messages(scene: Scene, token: str) -> list[dict[str, object]]:
    _, messages = scene.installation.rest("GET", "messages?organisation=gnosjo", token)
    found: list[dict[str, object]] = messages["items"]
    return found
