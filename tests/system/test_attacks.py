# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Those who may do something, and do it too often, at once, or to what isn't theirs."""

from __future__ import annotations

import itertools
import random
import time
from dataclasses import dataclass, field
from threading import Thread

from tests.engine.sip import Baresip
from tests.system.ears import hear_each_other
from tests.system.installation import ConsoleClient, Installation
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


ON_A_CALL = ("answer", "hold", "resume", "consult", "complete", "return", "transfer", "park", "fetch", "hangup")
OF_HER_OWN = ("ready", "pause", "open_line", "close_line", "log_off", "dial")
SECONDS = 8.0


@dataclass
class Crowd:
    """People who do for ``SECONDS`` what comes to their minds, each in a thread and with chances of her own."""

    scene: Scene
    operators: list[ConsoleClient]
    stranger: ConsoleClient
    borders_crossed: list[object] = field(default_factory=list)

    def run(self, citizens: list[Baresip], seed: int) -> None:
        self.until = time.monotonic() + SECONDS
        chances = (random.Random(seed + n) for n in itertools.count())
        threads = [
            *(Thread(target=self.command, args=(one, next(chances))) for one in (*self.operators, self.stranger)),
            *(Thread(target=self.ring, args=(one, next(chances))) for one in citizens),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def command(self, console: ConsoleClient, chance: random.Random) -> None:
        people = [self.scene.person(n)["id"] for n in (0, 5)]
        while time.monotonic() < self.until:
            calls = list(self.operators[0].state["calls"]) or ["n1-1764000000.1"]
            do = chance.choice(ON_A_CALL * 3 + OF_HER_OWN)
            to = chance.choice([*people, self.scene.main_number, "4760000100", "112"])
            answer = console.send(do, call=chance.choice(calls), to=to)
            if console is self.stranger and do in ON_A_CALL and answer["ok"]:
                self.borders_crossed.append(answer)
            time.sleep(chance.random() / 20)

    def ring(self, citizen: Baresip, chance: random.Random) -> None:
        numbers = [self.scene.main_number, *(self.scene.person(n)["number"] for n in (0, 3))]
        while time.monotonic() < self.until:
            citizen.dial(chance.choice(numbers))
            time.sleep(chance.random() * 3)
            citizen.hang_up()

    def go_home(self) -> None:
        for console in self.operators:
            console.send("close_line")
            console.send("log_off")
        for call in list(self.operators[0].state["calls"]):
            for console in self.operators:
                console.send("hangup", call=call)
        for call in list(self.operators[0].state["calls"]):
            self.operators[0].wait_gone(call, 30)


def test_everybody_doing_everything_at_once_loses_nobody(scene: Scene, installation: Installation) -> None:
    """Two operators and one of another municipality, while citizens ring and give up."""
    operators = [scene.operator(0).console, scene.operator(1, line=False).console]
    stranger = scene.stack.enter_context(installation.console(installation.municipality("tana")["operators"][0]))
    scene.employee(0)
    connections = installation.metric("vaxel_engine_connections_total")
    crowd = Crowd(scene, operators, stranger)
    crowd.run([scene.citizen() for _ in range(3)], seed=1)
    crowd.go_home()
    assert not crowd.borders_crossed
    assert installation.metric("vaxel_engine_connections_total") == connections
    assert "could not be decided" not in installation.log("controller")
    with installation.console(scene.home["operators"][0]) as fresh:
        installation.until(lambda: fresh.state == operators[0].state)
