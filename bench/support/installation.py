# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An installation for one benchmark: a real engine and the controller, in a folder and on ports of their own, removed at the end."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.ports import LOOPBACK, free_ports

from vaxel.site.config import Config
from vaxel.telephony import engine

Json = dict[str, Any]
Found = TypeVar("Found")

ROOT = Path(__file__).parents[2]
ENGINE_CACHE = ROOT / ".tools/engine"
"""An engine that was fetched for tests or benchmarks, kept for the next time."""
PRIORITY = -10
"""Of all that a benchmark starts, the telephones included: what else the machine does then disturbs less. Root may raise it."""
RTP = (10000, 19999)
"""Enough for 2,500 calls of two legs. The engine passes over ports that others hold."""


class Installation:
    """One municipality with as many ``operators`` and ``people`` as are asked for, nobody logged on. Use as a context manager."""

    def __init__(self, operators: int, people: int = 0) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="vaxel-bench-"))
        self.password = secrets.token_hex(8)
        ari, sip, tls, live, web, self.trunk_port = free_ports(6)
        self._settings = {
            "VAXEL_VAR": str(self.folder / "var"),
            "VAXEL_DATABASE_URL": "",
            "VAXEL_ARI_PORT": str(ari),
            "VAXEL_SIP_PORT": str(sip),
            "VAXEL_SIP_TLS_PORT": str(tls),
            "VAXEL_LIVE_PORT": str(live),
            "VAXEL_WEB_PORT": str(web),
            "VAXEL_RTP_FIRST": str(RTP[0]),
            "VAXEL_RTP_LAST": str(RTP[1]),
        }
        self._wanted = (operators, people)
        self.operators: list[Json] = []
        self.people: list[Json] = []
        self._controller: subprocess.Popen[bytes] | None = None
        prefer(os.getpid())

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self._remove()

    def _start(self) -> None:
        root = _engine_root()
        if root is not None:
            self._settings["VAXEL_ENGINE_ROOT"] = str(root)
        self.config = Config(**{name[6:].lower(): value for name, value in self._settings.items()})  # type: ignore[arg-type]
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("VAXEL_")}
        self.environment |= {"DJANGO_SETTINGS_MODULE": "vaxel.site.settings", **self._settings}
        made = self._populate()
        self.operators, self.people = made["operators"], made["people"]
        engine.start(self.config)
        prefer(self.engine_pid)
        self.start_controller()

    def _populate(self) -> Json:
        operators, people = self._wanted
        options = [
            "--operators",
            operators,
            "--people",
            people,
            "--password",
            self.password,
            "--trunk-port",
            self.trunk_port,
        ]
        command = [sys.executable, "-m", "bench.support.population", *map(str, options)]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode:
            raise RuntimeError(f"the installation could not be filled: {done.stderr[-3000:]}")
        made: Json = json.loads(done.stdout)
        return made

    def _remove(self) -> None:
        try:
            if self._controller is not None:
                self.stop_controller()
        finally:
            engine.stop(self.config)
        if os.environ.get("VAXEL_KEEP_BENCH_FILES"):
            print(f"kept: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    # ── the controller ──────────────────────────────────────────────────────────────────────────────────────────────

    def start_controller(self, wait: bool = True) -> None:
        with (self.folder / "controller.log").open("ab") as log:
            self._controller = subprocess.Popen(
                [sys.executable, "-m", "vaxel", "controller"],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        prefer(self._controller.pid)
        if wait:
            until(lambda: self.ready().get("ok"), 90, "the controller being ready")

    def stop_controller(self, number: int = signal.SIGTERM) -> None:
        assert self._controller is not None
        self._controller.send_signal(number)
        self._controller.wait(20)
        self._controller = None

    @contextlib.contextmanager
    def engine_alone(self) -> Iterator[None]:
        """Without the controller, whose subscriptions would cost the engine something while it is measured by itself."""
        self.stop_controller()
        try:
            yield
        finally:
            self.start_controller()

    @property
    def has_controller(self) -> bool:
        return self._controller is not None

    @property
    def controller_pid(self) -> int:
        assert self._controller is not None
        return self._controller.pid

    @property
    def engine_pid(self) -> int:
        pid = engine.status(self.config).pid
        assert pid is not None, "the engine has ended"
        return pid

    def ready(self) -> Json:
        """What ``/readyz`` says; empty while nobody answers."""
        try:
            return json.loads(self._request("GET", "/readyz")[1])  # type: ignore[no-any-return]
        except OSError:
            return {}

    def metrics(self) -> dict[str, float]:
        """``/metrics`` by name with labels: ``vaxel_calls_live`` or ``vaxel_engine_commands_failed_total{command="dial",status="0"}``."""
        text = self._request("GET", "/metrics")[1].decode()
        rows = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in rows}

    def do(self, operator: Json, do: str, **fields: object) -> Json:
        """An operator's command, as the web hands it on; must succeed."""
        body = json.dumps({"operator": operator["id"], "do": do, **fields})
        headers = {"Authorization": f"Bearer {self.config.secrets['internal']}"}
        answer: Json = json.loads(self._request("POST", "/internal/command", body, headers)[1])
        if not answer["ok"]:
            raise RuntimeError(f"{do} was refused: {answer['error']}")
        result: Json = answer["result"] or {}
        return result

    def log_on(self, operators: list[Json]) -> None:
        for operator in operators:
            self.do(operator, "ready")

    def _request(
        self, method: str, path: str, body: str | None = None, headers: Json | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(LOOPBACK, self.config.live_port, timeout=5)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    # ── the engine ──────────────────────────────────────────────────────────────────────────────────────────────────

    def channels(self) -> int:
        return engine.status(self.config).calls

    def wait_until_empty(self, seconds: float = 15.0) -> bool:
        """Whether all channels have gone in that time."""
        try:
            return until(lambda: self.channels() == 0, seconds, "the end of all calls")
        except TimeoutError:
            return False

    def versions(self) -> Json:
        return {
            "asterisk": engine.status(self.config).version,
            "python": sys.version.split()[0],
            "priority": os.getpriority(os.PRIO_PROCESS, 0),
        }


def prefer(pid: int) -> None:
    """Raise the priority of a process, and of the group that the kernel makes of its session (sched(7), "autogroup")."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, PRIORITY)
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(PRIORITY))


def until(ask: Callable[[], Found], seconds: float, what: str) -> Found:
    """Ask until the answer is true. Raises ``TimeoutError``."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come about in {seconds:.0f} s")
        time.sleep(0.02)
    return found


def _engine_root() -> Path | None:
    """Where the engine's programs are, fetched when there are none; None for the system's own."""
    config = Config(var=ENGINE_CACHE)
    found = engine.install(config)
    assert found.asterisk is not None
    return None if found.asterisk.command[0].startswith("/usr") else engine.places(config).root
