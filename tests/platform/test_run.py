# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel run`` for real: the engine, the controller, the web and the worker, on free ports, from nothing to nothing."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine import announcements
from tests.environment import outside, own_database
from tests.ports import free_ports
from vaxel.site import processes
from vaxel.site.config import Config

pytestmark = pytest.mark.database

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / ".tools" / "engine" / "engine" / "root"


class Installation:
    """A folder and free ports of its own; the engine's programs are shared with the other tests, so they are fetched once."""

    def __init__(self, folder: Path) -> None:
        self.var = folder / "var"
        self.web, self.live, self.ari, self.sip, self.tls = free_ports(5)
        self.environment = outside(
            VAR=self.var,
            DATABASE_URL=own_database(),
            WEB_PORT=self.web,
            LIVE_PORT=self.live,
            ARI_PORT=self.ari,
            SIP_PORT=self.sip,
            SIP_TLS_PORT=self.tls,
            ENGINE_ROOT=ENGINE,
        )
        self.runs = 0

    def start(self) -> subprocess.Popen[str]:
        self.runs += 1
        self.output = self.var.parent / f"output-{self.runs}"
        with self.output.open("w") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "vaxel", "run"],
                env=self.environment,
                cwd=ROOT,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
            )

    @property
    def text(self) -> str:
        return self.output.read_text()

    def wait_until_running(self, process: subprocess.Popen[str]) -> None:
        wait_until(lambda: "everything runs" in self.text or process.poll() is not None, lambda: self.text)
        assert process.poll() is None, self.text

    def get(self, port: int, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def vaxel(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "vaxel", *arguments]
        return subprocess.run(
            program, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )

    def everything_is_free(self) -> bool:
        try:
            for port in (self.web, self.live, self.ari, self.sip, self.tls):
                with socket.create_server(("127.0.0.1", port)):
                    pass
        except OSError:
            return False
        return processes.ours(self.var) == []


def wait_until(condition: Callable[[], object], state: Callable[[], str] = str, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, state()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = Installation(tmp_path_factory.mktemp("run"))
    if made.environment["VAXEL_DATABASE_URL"]:
        # On SQLite they are spoken, as at anybody's first start: a third of all the time. They don't depend on the database.
        announcements.make()
        announcements.lend(Config(var=made.var))
    yield made
    processes.end([process.pid for process in processes.ours(made.var)], 0)


@pytest.fixture(scope="module")
def running(installation: Installation) -> subprocess.Popen[str]:
    """Started once for all tests; the last one ends it."""
    process = installation.start()
    installation.wait_until_running(process)
    return process


def test_everything_answers(installation: Installation, running: subprocess.Popen[str]) -> None:
    assert installation.get(installation.web, "/readyz")[0] == 200
    assert installation.get(installation.live, "/healthz")[0] == 200
    assert installation.get(installation.web, "/citizen")[0] == 200
    assert f"http://127.0.0.1:{installation.web}/" in installation.text


def test_the_demonstration_is_described_for_this_user_alone(
    installation: Installation, running: subprocess.Popen[str]
) -> None:
    file = installation.var / "demo.json"
    assert file.stat().st_mode & 0o077 == 0
    demo = json.loads(file.read_text())
    assert demo["web"] == f"http://127.0.0.1:{installation.web}"
    assert set(demo["municipalities"]) == {"tana", "gnosjo", "falkenberg", "aabenraa", "sollentuna"}
    for municipality in demo["municipalities"].values():
        assert len(municipality["people"]) >= 30
        operator = municipality["operators"][0]
        assert f"log in as {operator['user']} with {operator['password']}" in installation.text


def test_secrets_and_passwords_are_in_no_log(installation: Installation, running: subprocess.Popen[str]) -> None:
    demo = json.loads((installation.var / "demo.json").read_text())
    secrets = set(json.loads((installation.var / "secrets.json").read_text()).values())
    for municipality in demo["municipalities"].values():
        for operator in municipality["operators"]:
            secrets |= {operator["password"], operator["token"], operator["sip_password"]}
    logs = [*(installation.var / "log").glob("*"), *(installation.var / "engine" / "log").glob("*")]
    assert len(logs) >= 4
    for log in logs:
        text = log.read_text(errors="replace")
        assert not [secret for secret in secrets if secret in text], log


def test_check_finds_everything_in_order(installation: Installation, running: subprocess.Popen[str]) -> None:
    result = installation.vaxel("check")
    assert result.returncode == 0, result.stdout
    assert "Everything is in order." in result.stdout


def test_a_second_start_is_refused(installation: Installation, running: subprocess.Popen[str]) -> None:
    result = installation.vaxel("run")
    assert result.returncode == 1
    assert f"already running here (process {running.pid}" in result.stderr
    assert installation.get(installation.web, "/readyz")[0] == 200


def test_a_killed_controller_is_started_again(installation: Installation, running: subprocess.Popen[str]) -> None:
    def controllers() -> set[int]:
        return {process.pid for process in processes.ours(installation.var) if process.part == "controller"}

    before = controllers()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_until(
        lambda: controllers() and not controllers() & before and healthy(installation), lambda: installation.text
    )


def healthy(installation: Installation) -> bool:
    try:
        return installation.get(installation.live, "/healthz")[0] == 200
    except OSError:
        return False


def test_after_kill_9_the_engine_is_taken_over_and_a_stop_leaves_nothing(
    installation: Installation, running: subprocess.Popen[str]
) -> None:
    engine = {process.pid for process in processes.ours(installation.var) if process.part == "engine"}
    running.kill()
    running.wait()
    assert engine <= {process.pid for process in processes.ours(installation.var)}
    second = installation.start()
    installation.wait_until_running(second)
    assert {process.pid for process in processes.ours(installation.var) if process.part == "engine"} == engine
    second.terminate()
    assert second.wait(60) == 0, installation.text
    assert installation.everything_is_free()
