# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole installation for tests: the demonstration in a database, a real engine, the controller, the web, each a process."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.engine.ari import Ari
from tests.engine.sip import Account, Baresip
from tests.engine.waiting import Event, Events, Found, until
from tests.ports import ENGINE_SPEECH, LOOPBACK, free_ports, keep
from tests.system import prepared
from vaxel.site.config import Config
from vaxel.telephony import engine

Json = dict[str, Any]
TRUNK = 10
"""From an installation's SIP port to the one to which the demonstration's trunk sends calls."""


class Installation:
    """``start()`` gives an installation with the five municipalities, all parts running; ``stop()`` removes it."""

    AS_IT_IS = False
    """With the absences and the patience of the demonstration; otherwise everybody is at work and nothing waits for long."""

    def __init__(self, engine_root: Path | None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="vaxel-"))
        (sip,) = free_ports(1, beside=(TRUNK, TRUNK + 1))
        ari, tls, live, web = free_ports(4)
        keep(sip, sip + TRUNK, sip + TRUNK + 1, ari, tls, live, web)
        self.config = Config(
            var=self.folder / "var",
            ari_port=ari,
            sip_port=sip,
            sip_tls_port=tls,
            rtp_first=ENGINE_SPEECH[0],
            rtp_last=ENGINE_SPEECH[-1],
            engine_root=engine_root,
            live_port=live,
            web_port=web,
        )
        prepared.lend(self.config, self.AS_IT_IS)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("VAXEL_")},
            "DJANGO_SETTINGS_MODULE": "vaxel.site.settings",
            "VAXEL_VAR": str(self.config.var),
            "VAXEL_PHONE_TRANSFERS": "true",
            "VAXEL_ARI_PORT": str(ari),
            "VAXEL_SIP_PORT": str(sip),
            "VAXEL_SIP_TLS_PORT": str(tls),
            "VAXEL_RTP_FIRST": str(self.config.rtp_first),
            "VAXEL_RTP_LAST": str(self.config.rtp_last),
            "VAXEL_LIVE_PORT": str(live),
            "VAXEL_WEB_PORT": str(web),
            **({"VAXEL_ENGINE_ROOT": str(engine_root)} if engine_root else {}),
        }
        self.ari = Ari(self.config)
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self.demo: Json = {}

    # ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self, *parts: str) -> None:
        """Prepare, and start the engine, the controller and what else is named."""
        self.move_in()
        engine.start(self.config)
        # All at once: most of their start is reading the program.
        for part in ("controller", *parts):
            self.start_part(part, wait=False)
        for part in ("controller", *parts):
            self.wait_until_ready(part)

    def move_in(self) -> None:
        """Take over the prepared demonstration."""
        prepared.move_in(self.environment, TRUNK)
        self.demo = json.loads((self.config.var / "demo.json").read_text())

    def run(self, *arguments: str) -> str:
        """A ``vaxel`` command, to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "vaxel", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"vaxel {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    def start_part(self, part: str, wait: bool = True, broken: str = "", **environment: str) -> None:
        """``broken``: Python that spoils the part before it starts; ``environment``: settings that differ."""
        program = ["-c", f"{broken}\n{MAIN}"] if broken else ["-m", "vaxel"]
        log = (self.folder / f"{part}.log").open("ab")
        self.parts[part] = subprocess.Popen(
            [sys.executable, *program, part],
            env={**self.environment, **environment},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        if wait:
            self.wait_until_ready(part)

    def wait_until_ready(self, part: str, timeout: float = 90.0) -> None:
        if part not in ("controller", "web"):
            return
        port = self.config.live_port if part == "controller" else self.config.web_port

        def ready() -> bool:
            process = self.parts[part]
            assert process.poll() is None, f"{part} ended: {self.log(part)[-3000:]}"
            with contextlib.suppress(OSError, http.client.HTTPException):
                return self.get(port, "/readyz")[0] == 200
            return False

        until(ready, timeout, f"{part} being ready")

    def kill(self, part: str, number: int = signal.SIGKILL) -> None:
        """Without warning; waits until it is gone."""
        process = self.parts.pop(part)
        process.send_signal(number)
        process.wait(20)

    def restart_engine(self) -> None:
        """Kill it without warning, and start it again."""
        process = engine.status(self.config).pid
        assert process is not None
        ended = os.pidfd_open(process)
        os.kill(process, signal.SIGKILL)
        assert select.select([ended], [], [], 10)[0], "the engine did not end"
        os.close(ended)
        engine.start(self.config)

    def log(self, part: str) -> str:
        return (self.folder / f"{part}.log").read_text(errors="replace")

    def stop(self) -> None:
        for part in list(self.parts):
            self.kill(part, signal.SIGTERM)
        engine.stop(self.config)
        if not os.environ.get("KEEP_TEST_FILES"):
            shutil.rmtree(self.folder, ignore_errors=True)

    # ── telephones ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def server(self) -> str:
        return f"{LOOPBACK}:{self.config.sip_port}"

    @property
    def trunk_port(self) -> int:
        """Where the demonstration's trunk sends calls to the outside world."""
        return self.config.sip_port + TRUNK

    def municipality(self, name: str = "gnosjo") -> Json:
        found: Json = self.demo["municipalities"][name]
        return found

    def operator_phone(self, operator: Json, **options: Any) -> Baresip:
        return self._phone(operator["sip_user"], operator["sip_password"], **options)

    def person_phone(self, person: Json, **options: Any) -> Baresip:
        return self._phone(person["sip_user"], person["sip_password"], **options)

    def _phone(self, user: str, password: str, answer: str = "manual", **options: Any) -> Baresip:
        account = Account(user=user, password=password, answer=answer)  # type: ignore[arg-type]
        return Baresip(self.folder, account, self.server, **options)

    def citizen(self, number: str = "46701740601", answer: str = "manual", **options: Any) -> Baresip:
        """A telephone in the public network."""
        account = Account(user=number, register=False, answer=answer)  # type: ignore[arg-type]
        return Baresip(self.folder, account, self.server, **options)

    # ── the surfaces ────────────────────────────────────────────────────────────────────────────────────────────────

    def console(self, operator: Json) -> ConsoleClient:
        return ConsoleClient(f"ws://{LOOPBACK}:{self.config.live_port}/live", operator["token"])

    def hello(self, hello: object) -> tuple[Json, int | None]:
        """Say something else than a console's hello: the answer, and the code with which the connection is closed."""

        async def say() -> tuple[Json, int | None]:
            url = f"ws://{LOOPBACK}:{self.config.live_port}/live"
            async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
                await socket.send_str(json.dumps(hello))
                answer: Json = {}
                async for message in socket:
                    if message.type == aiohttp.WSMsgType.TEXT:
                        answer = json.loads(message.data)
                return answer, socket.close_code

        return asyncio.run(asyncio.wait_for(say(), 10))

    def get(self, port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def rest(self, method: str, path: str, token: str, body: object = None, **more: str) -> tuple[int, Any]:
        """The REST API: status and JSON. ``more`` headers: ``Accept_Language="sv"``."""
        connection = http.client.HTTPConnection(LOOPBACK, self.config.web_port, timeout=15)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        try:
            connection.request(method, f"/api/v1/{path}", None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        return response.status, json.loads(content) if content else None

    def fetch(self, path: str, token: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """A file of the web: status, headers, content."""
        connection = http.client.HTTPConnection(LOOPBACK, self.config.web_port, timeout=15)
        try:
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}", **headers})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def assert_nothing_of(self, call: str, timeout: float = 10.0) -> None:
        """Wait until no channel or bridge of the call is left, while other things, as open lines, may be there."""

        def left() -> list[str]:
            ids = [thing["id"] for kind in ("channels", "bridges") for thing in self.ari.get(kind)]
            return [id_ for id_ in ids if id_ == call or id_.startswith(f"{call}-")]

        until(lambda: not left(), timeout, f"the end of {call} in the engine")

    def wait_for_fallback_recording(self, seconds: float) -> Path:
        """Wait until the engine's own dialplan records and has so many seconds; a file of the test's own beside it."""
        folder = engine.places(self.config).fallback
        before = {path: path.stat().st_size for path in folder.glob("*.wav")}

        def grown() -> bool:
            return any(path.stat().st_size - before.get(path, 0) > seconds * 16000 for path in folder.glob("*.wav"))

        until(grown, 30.0, "a recording of the engine's own")
        return self.folder / "fallback.wav"

    @staticmethod
    def until(ask: Callable[[], Found | None], timeout: float = 15.0) -> Found:
        return until(ask, timeout)

    def django(self, script: str, *arguments: str) -> str:
        """Python with the installation's models."""
        return prepared.run(script, self.environment, *arguments)

    def record(self, call: str, token: str, ended: bool = True) -> Json:
        """The call as the REST API gives it, with its journal, once the database has its end."""

        def shipped() -> Json | None:
            status, body = self.rest("GET", f"calls/{call}", token)
            return body if status == 200 and (body["ended"] or not ended) else None

        found = until(shipped, 15.0, f"the record of {call}")
        numbers = [entry["n"] for entry in found["journal"]]
        assert numbers == list(range(1, len(numbers) + 1)), f"the journal has a gap: {numbers}"
        return found

    def metric(self, name: str) -> float:
        """The controller's count, summed over its labels."""
        _, body = self.get(self.config.live_port, "/metrics")
        lines = [line.rpartition(" ") for line in body.decode().splitlines() if line.startswith(name)]
        return sum(float(value) for series, _, value in lines if series.partition("{")[0] == name)


MAIN = """
import sys
from vaxel.site.cli import main
sys.argv = ["vaxel", *sys.argv[1:]]
sys.exit(main())
"""


class ConsoleClient:
    """An operator's connection to the live hub. Keeps the state that a console would; use as a context manager."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._token = token
        self.frames = Events()
        self.state: dict[str, dict[str, Json]] = {
            "calls": {},
            "operators": {},
            "organisations": {},
            "notices": {},
        }
        self.me = ""
        self.epoch = ""
        self.n = 0
        self._last = 0
        self._changed = threading.Condition()

    def __enter__(self) -> Self:
        self.connect()
        return self

    def connect(self) -> None:
        """For the first time or again, then resuming where it was if the hub can."""
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._live(),), daemon=True)
        self._thread.start()
        assert self._ready.wait(10), "the hub did not answer"

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        if self.is_open:
            asyncio.run_coroutine_threadsafe(self._socket.close(), self._loop)
            self._thread.join(5)

    async def _live(self) -> None:
        async with aiohttp.ClientSession() as session, session.ws_connect(self._url, max_msg_size=0) as self._socket:
            hello = {"token": self._token, "epoch": self.epoch, "after": self.n if self.epoch else None}
            await self._socket.send_str(json.dumps({"hello": hello}))
            async for message in self._socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    self._take(json.loads(message.data))

    def _take(self, frame: Event) -> None:
        with self._changed:
            apply_frame(self.state, frame)
            self.n = frame.get("n", self.n)
            if "me" in frame:
                self.me, self.epoch = frame["me"], frame["epoch"]
            self._changed.notify_all()
        self.frames.add(frame)
        if "me" in frame or ("error" in frame and "ack" not in frame):
            self._ready.set()

    def send_text(self, text: str) -> None:
        asyncio.run_coroutine_threadsafe(self._socket.send_str(text), self._loop).result(5)

    def send(self, do: Any, **fields: Any) -> Json:
        """A command; its acknowledgement, whatever it is."""
        self._last += 1
        id_ = self._last
        self.send_text(json.dumps({"id": id_, "do": do, **fields}))
        return self.frames.wait(lambda frame: frame.get("ack") == id_)

    def do(self, do: str, **fields: Any) -> Json:
        """A command that must succeed; its result."""
        ack = self.send(do, **fields)
        assert ack["ok"], ack
        result: Json = ack.get("result") or {}
        return result

    def wait_call(self, call: str = "", timeout: float = 15.0, caller: str = "", **wanted: Any) -> Json:
        """A call whose fields are as wanted: ``state="connected"``. Any call, unless ``call`` or the ``caller``'s number names one."""

        def found() -> Json | None:
            for id_, value in self.state["calls"].items():
                named = call in ("", id_) and caller in ("", value["caller"]["number"])
                if named and all(value.get(field) == what for field, what in wanted.items()):
                    return value
            return None

        return self._wait(found, timeout, f"a call {call} with {wanted}")

    def wait_states(self, call: str, *states: str, timeout: float = 15.0) -> str:
        """Wait until the call is in one of ``states``, and say in which; "" is for gone."""

        def found() -> str | None:
            state = self.state["calls"].get(call, {}).get("state", "")
            return state if state in states else None

        return self._wait(found, timeout, f"{call} being {' or '.join(states)}")

    def wait_gone(self, call: str, timeout: float = 15.0) -> None:
        self._wait(lambda: call not in self.state["calls"] or None, timeout, f"the end of {call}")

    def wait_offered(self, call: str, timeout: float = 15.0) -> Json:
        """The call, once it is offered to me."""

        def found() -> Json | None:
            value = self.state["calls"].get(call, {})
            return value if self.me in value.get("offered_to", ()) else None

        return self._wait(found, timeout, f"the offer of {call}")

    def wait_notice(
        self, notice: str, timeout: float = 15.0, wanted: Callable[[Json], bool] = lambda value: True
    ) -> Json:
        """A notice that is as wanted."""

        def found() -> Json | None:
            value = self.state["notices"].get(notice)
            return value if value is not None and wanted(value) else None

        return self._wait(found, timeout, f"the notice {notice}")

    def wait_no_notice(self, notice: str, timeout: float = 15.0) -> None:
        self._wait(lambda: notice not in self.state["notices"] or None, timeout, f"the end of the notice {notice}")

    def wait_me(self, timeout: float = 15.0, **wanted: Any) -> Json:
        def found() -> Json | None:
            mine = self.state["operators"].get(self.me, {})
            return mine if all(mine.get(field) == what for field, what in wanted.items()) else None

        return self._wait(found, timeout, f"operator with {wanted}")

    def _wait(self, find: Callable[[], Found | None], timeout: float, what: str) -> Found:
        with self._changed:
            deadline = time.monotonic() + timeout
            while (found := find()) is None:
                left = deadline - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    there = {id_: [call["state"], call["path"]] for id_, call in self.state["calls"].items()}
                    me = self.state["operators"].get(self.me)
                    raise TimeoutError(f"{what} did not come about in {timeout} s; calls: {there}; I: {me}")
            return found


def apply_frame(state: dict[str, dict[str, Json]], frame: Event) -> None:
    """The rule of docs/live-hub.md: a snapshot replaces, a change sets or deletes."""
    if "snapshot" in frame:
        for kind in state:
            state[kind] = dict(frame["snapshot"][kind])
    elif "set" in frame:
        state[frame["set"]][frame["id"]] = frame["value"]
    elif "del" in frame:
        state[frame["del"]].pop(frame["id"], None)
