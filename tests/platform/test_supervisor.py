# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The supervisor with real processes: starts all, starts again what ended, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ports import free_ports
from vaxel.site import processes

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import os, sys
from pathlib import Path
from vaxel.site.config import Config
from vaxel.site.parts import Part
from vaxel.site.plain import PlainError
from vaxel.site.supervisor import Supervisor
import asyncio

config = Config(_env_file=None)
folder = config.var

def part(name, body, ready=None, **more):
    code = f"import os, sys, time; from pathlib import Path; Path(r'{folder}', '{name}.' + str(os.getpid())).touch(); {body}"
    marker = ready or (lambda: any(folder.glob(f"{name}.*")))
    return Part(name=name, title=name, command=(sys.executable, "-c", code), ready=marker, **more)

PARTS
supervisor = Supervisor(config, parts, (sys.executable, "-c", PREPARATION))
try:
    sys.exit(asyncio.run(supervisor.run()))
except PlainError as error:
    sys.exit(f"vaxel: {error}")
"""

FOUR = """
parts = (
    part("engine", "time.sleep(600)", outlives=True),
    part("controller", "time.sleep(600)"),
    part("web", "time.sleep(600)"),
)
"""


class Run:
    """A supervisor in a process of its own, with parts that are small Python programs."""

    def __init__(
        self, var: Path, parts: str = FOUR, preparation: str = "pass", output: int = 0, **settings: str
    ) -> None:
        self.var = var
        program = PROGRAM.replace("PARTS", parts).replace("PREPARATION", repr(preparation))
        web, live, ari, sip, tls = free_ports(5)
        ports = {"WEB_PORT": web, "LIVE_PORT": live, "ARI_PORT": ari, "SIP_PORT": sip, "SIP_TLS_PORT": tls}
        environment = {
            **os.environ,
            "VAXEL_VAR": str(var),
            **{f"VAXEL_{name}": str(port) for name, port in ports.items()},
            **settings,
        }
        self.output = (var.parent / f"output-{web}").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            env=environment,
            cwd=ROOT,
            stdout=output or self.output,
            stderr=subprocess.STDOUT,
        )

    @property
    def text(self) -> str:
        return Path(self.output.name).read_text()

    def wait_for(self, text: str) -> None:
        wait_until(lambda: text in self.text or self.process.poll() is not None, lambda: self.text)
        assert text in self.text, self.text

    def pid(self, part: str) -> int:
        return next(process.pid for process in processes.ours(self.var) if process.part == part)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)


def wait_until(condition: Callable[[], object], state: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, state()
        time.sleep(0.02)


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "var"
    folder.mkdir()
    yield folder
    processes.end([process.pid for process in processes.ours(folder)], 0)


def test_it_starts_all_parts_says_when_each_is_ready_and_stops_them_without_a_trace(var: Path) -> None:
    run = Run(var)
    run.wait_for("everything runs")
    assert {process.part for process in processes.ours(var)} == {"engine", "controller", "web"}
    assert (
        run.text.index("engine      ready") < run.text.index("controller  ready") < run.text.index("web         ready")
    )
    assert run.end() == 0
    assert processes.ours(var) == []
    assert "stopped" in run.text


def test_ctrl_c_stops_it_as_well(var: Path) -> None:
    run = Run(var)
    run.wait_for("everything runs")
    assert run.end(signal.SIGINT) == 0
    assert processes.ours(var) == []


def test_a_terminal_that_is_gone_stops_nothing_and_is_no_hindrance_to_stopping(var: Path) -> None:
    run = Run(var, output=subprocess.PIPE)
    assert run.process.stdout is not None
    run.process.stdout.close()
    # Each part leaves a file when it has started.
    wait_until(lambda: all(list(var.glob(f"{part}.*")) for part in ("engine", "controller", "web")))
    os.kill(run.pid("web"), signal.SIGKILL)
    wait_until(lambda: len(list(var.glob("web.*"))) == 2)
    assert run.end(signal.SIGHUP) == 0
    assert processes.ours(var) == []


def test_a_part_that_is_killed_is_started_again_and_the_others_are_left_alone(var: Path) -> None:
    run = Run(var)
    run.wait_for("everything runs")
    before = {part: run.pid(part) for part in ("engine", "controller", "web")}
    os.kill(before["controller"], signal.SIGKILL)
    run.wait_for("controller  killed by SIGKILL")
    wait_until(lambda: any(p.part == "controller" and p.pid != before["controller"] for p in processes.ours(var)))
    assert run.pid("engine") == before["engine"]
    assert run.pid("web") == before["web"]
    assert run.end() == 0


def test_a_part_that_cannot_start_stops_everything_and_its_last_words_are_passed_on(var: Path) -> None:
    parts = FOUR.replace(
        'part("web", "time.sleep(600)")', 'part("web", "sys.exit(\'ValueError: no such page\')", lambda: False)'
    )
    run = Run(var, parts)
    assert run.process.wait(30) == 1
    assert "The web didn't start: ValueError: no such page." in run.text
    assert "web.log" in run.text
    assert processes.ours(var) == []


def test_a_taken_port_starts_nothing(var: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        run = Run(var, VAXEL_SIP_PORT=str(taken.getsockname()[1]))
        assert run.process.wait(30) == 1
    assert "which the telephone engine needs, is already taken" in run.text
    assert list(var.glob("engine.*")) == []


def test_a_second_start_is_refused_and_the_first_goes_on(var: Path) -> None:
    first = Run(var)
    first.wait_for("everything runs")
    second = Run(var)
    assert second.process.wait(30) == 1
    assert f"Vaxel is already running here (process {first.process.pid}" in second.text
    assert {process.part for process in processes.ours(var)} == {"engine", "controller", "web"}
    assert first.end() == 0


def test_a_failed_preparation_starts_nothing(var: Path) -> None:
    run = Run(var, preparation="import sys; sys.exit('vaxel: no network')")
    assert run.process.wait(30) == 1
    assert "vaxel: no network" in run.text
    assert "Nothing was started" in run.text
    assert list(var.glob("engine.*")) == []


def test_stopping_during_the_preparation_ends_it(var: Path) -> None:
    run = Run(var, preparation=f"import time; open(r'{var}/begun', 'w'); time.sleep(600)")
    wait_until((var / "begun").exists)
    assert run.end() == 0
    assert processes.ours(var) == []


def test_a_part_that_ignores_the_request_to_stop_is_killed_with_its_children(var: Path) -> None:
    stubborn = (
        "import signal, subprocess; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "subprocess.Popen(['sleep', '600'], start_new_session=True); Path(r'{folder}', 'stubborn').touch(); time.sleep(600)"
    )
    parts = f'parts = (part("web", f"{stubborn}", (folder / "stubborn").exists, stop_limit=0.5),)'
    run = Run(var, parts)
    run.wait_for("everything runs")
    assert run.end() == 0
    assert "was killed" in run.text
    assert processes.ours(var) == []


def test_a_signal_that_make_passes_on_once_more_is_one_request(var: Path) -> None:
    slow = (
        "import signal; signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.3), Path(r'{folder}', 'orderly').touch(), sys.exit())); "
        "Path(r'{folder}', 'slow').touch(); time.sleep(600)"
    )
    run = Run(var, f'parts = (part("web", f"{slow}", (folder / "slow").exists),)')
    run.wait_for("everything runs")
    run.process.terminate()
    run.wait_for("stopping")
    assert run.end() == 0
    assert (var / "orderly").exists()
    assert "killed" not in run.text


def test_who_asks_again_does_not_wait_for_what_does_not_stop(var: Path) -> None:
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); Path(r'{folder}', 'stubborn').touch(); time.sleep(600)"
    run = Run(var, f'parts = (part("web", f"{stubborn}", (folder / "stubborn").exists, stop_limit=600),)')
    run.wait_for("everything runs")

    def heard() -> bool:
        if "killed: asked to stop a second time" not in run.text:
            run.process.terminate()
            return False
        return True

    wait_until(heard, lambda: run.text)
    assert run.process.wait(30) == 0
    assert processes.ours(var) == []


def test_after_kill_9_the_next_start_takes_the_engine_over_and_replaces_the_rest(var: Path) -> None:
    first = Run(var)
    first.wait_for("everything runs")
    engine, web = first.pid("engine"), first.pid("web")
    first.end(signal.SIGKILL)
    assert {process.pid for process in processes.ours(var)} >= {engine, web}

    second = Run(var)
    second.wait_for("everything runs")
    assert f"already running (process {engine}): taken over" in second.text
    assert second.pid("engine") == engine
    assert second.pid("web") != web
    assert second.end() == 0
    assert processes.ours(var) == []


def test_an_engine_that_was_taken_over_is_started_again_when_it_ends(var: Path) -> None:
    first = Run(var)
    first.wait_for("everything runs")
    engine = first.pid("engine")
    first.end(signal.SIGKILL)
    second = Run(var)
    second.wait_for("everything runs")
    os.kill(engine, signal.SIGKILL)
    wait_until(lambda: any(p.part == "engine" and p.pid != engine for p in processes.ours(var)), lambda: second.text)
    assert second.end() == 0


def test_warnings_of_the_parts_reach_the_terminal_and_the_rest_stays_in_the_file(var: Path) -> None:
    body = (
        "from vaxel.site.logging import configure; import structlog; configure(\\'web\\'); "
        "log = structlog.get_logger(); time.sleep(1); log.info(\\'quiet\\'); log.warning(\\'loud\\', password=\\'hush\\'); time.sleep(600)"
    )
    run = Run(var, f"parts = (part('web', '{body}'),)")
    run.wait_for("warning: loud")
    assert "quiet" not in run.text
    assert "quiet" in (var / "log" / "web.log").read_text()
    assert "hush" not in (var / "log" / "web.log").read_text()
    assert run.end() == 0


def test_waiting_for_an_adopted_process_ends_with_it() -> None:
    from vaxel.site.supervisor import Adopted

    sleeper = subprocess.Popen(["sleep", "600"])

    async def scene() -> None:
        waiting = asyncio.create_task(Adopted(sleeper.pid).wait())
        await asyncio.sleep(0)
        assert not waiting.done()
        sleeper.kill()
        await asyncio.wait_for(waiting, 10)

    asyncio.run(scene())
    sleeper.wait()
