# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephones and telephone networks for tests: baresip and SIPp, two SIP programs that we did not write."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypedDict

from tests.engine.waiting import Event, Events, until
from tests.ports import LOOPBACK, free_ports, sip_port, speech_ports

Transport = Literal["udp", "tcp", "tls"]


@dataclass(frozen=True, kw_only=True)
class Account:
    """How a phone logs in. ``number`` is what it shows; an outsider (``register=False``) needs no password."""

    user: str
    name: str = ""
    password: str = ""
    register: bool = True
    codecs: Literal["PCMA", "PCMU", "G722", "opus"] = "PCMA"
    transport: Transport = "udp"
    answer: Literal["manual", "auto"] = "manual"
    media_encryption: str = ""


class Baresip:
    """A telephone that sounds a tone and records what it hears. Use as a context manager.

    It listens for UDP and TCP on ``port``, and for TLS on the next when it has a ``certificate`` (a file with its key in it).
    With ``trace`` its ``log()`` has every SIP message.

    Its events are baresip's own, each a dict with ``type`` (``CALL_INCOMING``, ``CALL_RINGING``, ``CALL_ESTABLISHED``, ``CALL_CLOSED``,
    ``REGISTER_OK``, ``REGISTER_FAIL``), and for calls ``id``, ``peeruri`` and ``param`` (the reason).
    """

    def __init__(
        self,
        folder: Path,
        account: Account,
        server: str,
        *,
        tone: int = 440,
        port: int | None = None,
        certificate: Path | None = None,
        address: str = LOOPBACK,
        trace: bool = False,
    ) -> None:
        self.account = account
        self.server = server
        self.folder = folder / f"baresip-{account.user}-{os.urandom(3).hex()}"
        self.folder.mkdir(parents=True)
        self.events = Events()
        self.address = address
        self._trace = trace
        self.port = port or sip_port()
        self._control_port = free_ports(1)[0]
        self._write_settings(tone, speech_ports(2), certificate)
        self._replies: dict[str, Event] = {}
        self._replied = threading.Condition()
        self._last_token = 0

    def __enter__(self) -> Self:
        log = (self.folder / "log").open("wb")
        command = ["baresip", "-4", "-f", str(self.folder), *(["-s"] if self._trace else [])]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self.folder)
        log.close()
        self._control = until(self._connect, what="baresip's control port")
        threading.Thread(target=self._read, daemon=True).start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Hang up, log off and end."""
        try:
            self._control.sendall(_netstring(b'{"command": "quit"}'))
            self._process.wait(5)
        except (OSError, subprocess.TimeoutExpired):
            self.kill()
        self._control.close()

    def kill(self) -> None:
        """As when its plug is pulled: nothing is said to anybody."""
        self._process.kill()
        self._process.wait()

    def pause(self) -> None:
        """As a phone whose network is gone: it stays registered and answers nothing."""
        os.kill(self._process.pid, 19)

    def resume_running(self) -> None:
        os.kill(self._process.pid, 18)

    def command(self, name: str, parameters: str = "", timeout: float = 20.0) -> str:
        """One of baresip's commands, by its long name; returns what it says."""
        with self._replied:
            self._last_token += 1
            token = str(self._last_token)
            asked = json.dumps({"command": name, "params": parameters, "token": token}).encode()
            self._control.sendall(_netstring(asked))
            if not self._replied.wait_for(lambda: token in self._replies, timeout):
                raise TimeoutError(f"baresip did not answer {name}")
            return str(self._replies.pop(token).get("data", ""))

    def wait_until_registered(self, timeout: float = 20.0) -> None:
        """Asks, because the event may have come before anybody listened."""
        until(lambda: "OK" in self.command("reginfo"), timeout, f"registration of {self.account.user}")

    def dial(self, number: str) -> str:
        """Call ``number`` at the server; returns baresip's id of the call once it has been heard of."""
        since = self.events.count()
        self.command("dial", f"sip:{number}@{self.server}{_transport_parameter(self.account.transport)}")
        return str(self.events.wait(lambda event: "id" in event, since=since)["id"])

    def answer(self) -> None:
        """Answer the incoming call, and wait until it talks."""
        since = self.events.count()
        self.command("accept")
        self.wait_for("CALL_ESTABLISHED", since=since)

    def hang_up(self) -> None:
        self.command("hangup")

    def hold(self) -> None:
        self.command("hold")

    def resume(self) -> None:
        self.command("resume")

    def transfer(self, number: str) -> None:
        """Its own transfer key: a number is dialled, and the caller sent there (SIP REFER)."""
        # Before it talks, baresip sends a REFER that belongs to no call.
        self.wait_for("CALL_ESTABLISHED")
        self.command("transfer", f"sip:{number}@{self.server}")

    def press(self, digits: str) -> None:
        for digit in digits:
            self.command("sndcode", digit)

    def wait_for(self, *types: str, timeout: float = 20.0, since: int = 0) -> Event:
        return self.events.wait(lambda event: event.get("type") in types, timeout, since)

    def heard(self) -> list[Path]:
        """Recordings of what it heard, one a call, oldest first. Complete when the call has ended."""
        return sorted(self.folder.glob("dump-*-dec.wav"), key=lambda path: path.stat().st_mtime)

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def _connect(self) -> socket.socket | None:
        if self._process.poll() is not None:
            raise RuntimeError(f"baresip ended at once: {self.log()}")
        try:
            return socket.create_connection((LOOPBACK, self._control_port), 2)
        except OSError:
            return None

    def _read(self) -> None:
        self._control.settimeout(None)
        buffer = b""
        while True:
            try:
                received = self._control.recv(65536)
            except OSError:
                return
            if not received:
                return
            buffer += received
            while (parsed := _parse_netstring(buffer)) is not None:
                message, buffer = parsed
                self._take(json.loads(message))

    def _take(self, message: Event) -> None:
        if message.get("event"):
            self.events.add(message)
            return
        with self._replied:
            self._replies[str(message.get("token"))] = message
            self._replied.notify_all()

    def _write_settings(self, tone: int, rtp: int, certificate: Path | None) -> None:
        modules = ["g722", "g711", "opus", "ausine", "aubridge", "sndfile", "srtp", "account", "menu", "ctrl_tcp"]
        lines = [
            "poll_method epoll",
            f"sip_listen {self.address}:{self.port}",
            *([f"sip_certificate {certificate}"] if certificate else []),
            f"net_interface {self.address}",
            "call_local_timeout 600",
            "call_max_calls 8",
            "call_hold_other_calls no",
            "audio_player aubridge,nil",
            "audio_alert aubridge,nil",
            f"audio_source ausine,{tone}",
            "ausrc_srate 48000",
            "auplay_srate 48000",
            # The tone's module can do no other.
            "ausrc_channels 2",
            "auplay_channels 1",
            f"rtp_ports {rtp}-{rtp + 20}",
            f"module_path {_module_path()}",
            *(f"module {name}.so" for name in modules),
            f"ctrl_tcp_listen {LOOPBACK}:{self._control_port}",
            f"snd_path {self.folder}",
        ]
        (self.folder / "config").write_text("\n".join(lines) + "\n")
        account = self.account
        options = {
            "auth_pass": account.password,
            "regint": "60" if account.register else "0",
            "audio_codecs": _CODECS[account.codecs],
            "answermode": account.answer,
            "mediaenc": account.media_encryption,
        }
        given = "".join(f";{key}={value}" for key, value in options.items() if value)
        uri = f"sip:{account.user}@{self.server}{_transport_parameter(account.transport)}"
        (self.folder / "accounts").write_text(f'"{account.name}" <{uri}>{given}\n')
        (self.folder / "contacts").write_text("\n")


# baresip looks for 8,000 samples a second when nothing is said.
_CODECS = {"PCMA": "PCMA", "PCMU": "PCMU", "G722": "G722/16000/1", "opus": "opus/48000/2"}


def _transport_parameter(transport: Transport) -> str:
    return "" if transport == "udp" else f";transport={transport}"


def _module_path() -> Path:
    for folder in ("/usr/lib/baresip/modules", *map(str, Path("/usr/lib").glob("*/baresip/modules"))):
        if Path(folder).is_dir():
            return Path(folder)
    raise RuntimeError("baresip's modules are not on this machine: install the package baresip-core")


def _netstring(content: bytes) -> bytes:
    return f"{len(content)}:".encode() + content + b","


def _parse_netstring(buffer: bytes) -> tuple[bytes, bytes] | None:
    """The first netstring and the rest; None while it isn't whole."""
    length, colon, rest = buffer.partition(b":")
    if not colon or len(rest) < int(length) + 1:
        return None
    return rest[: int(length)], rest[int(length) + 1 :]


class Login(TypedDict):
    """How a SIPp scenario logs in: ``Sipp.run(…, **login)``."""

    user: str
    password: str


class Sipp:
    """One run of a SIPp scenario. Use as a context manager, or ``Sipp.run`` for one that is waited for.

    ``scenario`` is SIPp's XML (``scenarios.py`` has ready ones). ``LOGGED`` lines come from its ``<log message=…/>`` actions.
    """

    def __init__(
        self,
        folder: Path,
        scenario: str,
        remote: str,
        *,
        port: int | None = None,
        number: str = "service",
        calls: int = 1,
        rate: float = 10.0,
        limit: int | None = None,
        transport: Literal["u1", "t1", "un", "tn"] = "u1",
        user: str = "",
        password: str = "",
        keys: dict[str, str] | None = None,
        address: str = LOOPBACK,
        extra: Sequence[str] = (),
    ) -> None:
        self.folder = folder / f"sipp-{os.urandom(4).hex()}"
        self.folder.mkdir(parents=True)
        self.port = port or free_ports(1)[0]
        (self.folder / "scenario.xml").write_text(scenario)
        fixed = f"""sipp {remote} -sf scenario.xml -i {address} -p {self.port} -mi {address} -m {calls} -r {rate}
            -s {number} -t {transport} -nostdin -cp 0 -aa -timeout_error -recv_timeout 60000 -trace_err -error_file errors
            -trace_logs -log_file logged -trace_msg -message_file messages"""
        self._arguments = [
            *fixed.split(),
            *(("-l", str(limit)) if limit else ()),
            *(("-au", user, "-ap", password) if password else ()),
            *(part for key, value in (keys or {}).items() for part in ("-key", key, value)),
            *extra,
        ]

    def __enter__(self) -> Self:
        for _ in range(5):
            self._launch(speech_ports(3))
            # Another test's program may have taken the port between our look and SIPp's.
            if self._process.poll() is None or "Unable to bind" not in self.errors():
                return self
        raise RuntimeError(f"SIPp did not get a port: {self.errors()}")

    def _launch(self, media_port: int) -> None:
        with (self.folder / "screen").open("wb") as screen:
            self._process = subprocess.Popen(
                [*self._arguments, "-mp", str(media_port)],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=screen,
                stderr=screen,
            )
        until(lambda: self._process.poll() is not None or _is_listened_at(media_port), what="SIPp's start")

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def wait(self, timeout: float = 30.0) -> int:
        """The exit code: 0 when every call went as the scenario says."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(
                f"SIPp did not end within {timeout} s: {self.errors() or self._text('screen')[-2000:]}"
            ) from error

    def wait_for_log(self, text: str, timeout: float = 20.0) -> str:
        """Wait until a ``<log>`` action has written a line with ``text``."""
        return until(
            lambda: next((line for line in self.logged() if text in line), None), timeout, f"{text!r} in SIPp's log"
        )

    def logged(self) -> list[str]:
        return self._text("logged").splitlines()

    def errors(self) -> str:
        return self._text("errors")

    def messages(self) -> str:
        """Every SIP message that was sent and received."""
        return self._text("messages")

    def _text(self, name: str) -> str:
        file = self.folder / name
        return file.read_text(errors="replace") if file.exists() else ""

    @classmethod
    def run(cls, *arguments: object, timeout: float = 30.0, **options: object) -> Sipp:
        """Run a scenario to its end. Raises :class:`AssertionError` with SIPp's own words when a call failed."""
        with cls(*arguments, **options) as running:  # type: ignore[arg-type]
            code = running.wait(timeout)
        assert code == 0, f"SIPp failed ({code}): {running.errors()[-3000:]}"
        return running


def _is_listened_at(port: int) -> bool:
    """Read from the kernel: to try the port ourselves would be to take it from SIPp for a moment."""
    return any(f":{port:04X} " in line for line in Path("/proc/net/udp").read_text().splitlines())


def require(*programs: str) -> None:
    """Nothing is skipped silently: a missing program fails the test and says which package has it."""
    packages = {"sipp": "sip-tester", "baresip": "baresip-core"}
    for program in programs:
        if shutil.which(program) is None:
            raise RuntimeError(f"The tests need {program}: install the package {packages.get(program, program)}.")
