# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the traces anew, from a real engine: ``python -m tests.traces.make``. To be read before they are committed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tests.engine import announcements
from tests.engine.announcements import CACHE
from tests.system.installation import Installation
from tests.system.scene import Scene
from tests.system.sipp_scenarios import transferring_after
from vaxel.site.config import Config
from vaxel.telephony import engine
from vaxel.telephony.engine import EngineModel

FOLDER = Path(__file__).parent
HOME = "gnosjo"


def a_citizen_reaches_an_operator_who_asks_a_colleague_and_passes_the_caller_on(scene: Scene) -> None:
    operator, citizen = scene.operator(line=False), scene.citizen()
    scene.employee(0, answer="auto")
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("consult", call=call, to=scene.person(0)["id"])
    operator.console.wait_call(call, state="consulting")
    operator.console.frames.wait(
        lambda frame: frame.get("id") == call and any(fact["code"] == "consulting" for fact in frame["value"]["path"])
    )
    operator.console.do("complete", call=call)
    operator.console.wait_call(call, state="connected")
    citizen.hang_up()
    operator.console.wait_gone(call)


def a_caller_waits_is_offered_and_gives_up(scene: Scene) -> None:
    operator, citizen = scene.operator(line=False), scene.citizen()
    call = scene.call(citizen, operator.console, state="waiting")["id"]
    operator.console.wait_offered(call)
    operator.phone.wait_for("CALL_INCOMING")
    citizen.hang_up()
    operator.console.wait_gone(call)


def an_open_line_takes_a_call_holds_it_parks_it_and_ends_it(scene: Scene) -> None:
    operator, citizen = scene.operator(line=True), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    for do, state in (("hold", "held"), ("resume", "connected"), ("park", "parked"), ("fetch", "connected")):
        operator.console.do(do, call=call)
        operator.console.wait_call(call, state=state)
    operator.console.do("hangup", call=call)
    operator.console.wait_gone(call)


def somebody_who_has_no_telephone_registered_is_called_and_the_switchboard_gets_the_call(scene: Scene) -> None:
    operator, citizen = scene.operator(line=False), scene.citizen()
    call = scene.call(citizen, operator.console, scene.person(3)["number"], state="waiting")["id"]
    operator.take(call)
    operator.console.do("hangup", call=call)
    operator.console.wait_gone(call)


def an_employee_passes_a_caller_on_by_the_telephone_and_takes_her_back(scene: Scene) -> None:
    console, citizen, employee = scene.watcher(), scene.citizen(), scene.employee(0)
    call = scene.call(citizen, console, scene.person(0)["number"], state="connected")["id"]
    since = employee.events.count()
    # Nobody has this telephone.
    employee.transfer(scene.person(3)["number"])
    employee.wait_for("CALL_CLOSED", since=since)
    employee.wait_for("CALL_ESTABLISHED", since=since)
    console.wait_call(call, state="connected")
    citizen.hang_up()
    console.wait_gone(call)


def an_employee_joins_two_calls_on_the_telephone(scene: Scene) -> None:
    console, citizen = scene.watcher(), scene.citizen()
    scene.employee(1)
    asking, dialog = scene.second_call(scene.person(1)["number"])
    phone = scene.sipp_employee(transferring_after(300, scene.replacing(scene.person(1)["number"], dialog)))
    call = scene.call(citizen, console, scene.person(0)["number"], state="connected")["id"]
    phone.wait()
    asking.wait()
    citizen.hang_up()
    console.wait_gone(call)


STORIES: tuple[Callable[[Scene], None], ...] = (
    a_citizen_reaches_an_operator_who_asks_a_colleague_and_passes_the_caller_on,
    a_caller_waits_is_offered_and_gives_up,
    an_open_line_takes_a_call_holds_it_parks_it_and_ends_it,
    somebody_who_has_no_telephone_registered_is_called_and_the_switchboard_gets_the_call,
    an_employee_passes_a_caller_on_by_the_telephone_and_takes_her_back,
    an_employee_joins_two_calls_on_the_telephone,
)


def main() -> None:
    config = Config(var=CACHE)
    engine.install(config)
    announcements.make()
    installation = Installation(engine.places(config).root)
    try:
        installation.start()
        _keep_world(installation)
        for story in STORIES:
            _record(installation, story)
    finally:
        installation.stop()


def _record(installation: Installation, story: Callable[[Scene], None]) -> None:
    trace = FOLDER / f"{story.__name__}.jsonl"
    trace.unlink(missing_ok=True)
    installation.kill("controller")
    command = [sys.executable, "-m", "tests.traces.recorder", str(trace)]
    log = (installation.folder / "controller.log").open("ab")
    installation.parts["controller"] = subprocess.Popen(command, env=installation.environment, stdout=log, stderr=log)
    installation.wait_until_ready("controller")
    with Scene(installation, HOME) as scene:
        story(scene)
    installation.ari.assert_clean()


def _keep_world(installation: Installation) -> None:
    """One municipality's part of the directory, without anybody's password."""
    from vaxel.site.start_django import django

    django()
    from vaxel.directory.snapshot import Snapshot

    whole = msgspec.json.decode((installation.config.var / "directory.json").read_bytes(), type=Snapshot)
    world = whole.world
    ours = replace(
        world,
        organisations={HOME: world.organisations[HOME]},
        numbers={key: value for key, value in world.numbers.items() if value.organisation == HOME},
        people={key: value for key, value in world.people.items() if value.organisation == HOME},
        groups={key: value for key, value in world.groups.items() if value.organisation == HOME},
        operators={key: value for key, value in world.operators.items() if value.organisations == (HOME,)},
        phones={key: value for key, value in world.phones.items() if value.organisation == HOME},
    )
    kept = replace(whole, world=ours, engine=EngineModel(phones=(), trunks=(), numbers=()), tokens={})
    (FOLDER / "directory.json").write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1))


if __name__ == "__main__":
    main()
