# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's life: start, stop, whether it is well, and whether it could start at all."""

from __future__ import annotations

import errno
import http.client
import os
import re
import select
import signal
import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.engine import control, program
from vaxel.telephony.engine.configuration import is_written
from vaxel.telephony.engine.core_files import ARI_USER
from vaxel.telephony.engine.errors import CommandError, NotInstalledError, StartError
from vaxel.telephony.engine.modules import REQUIRED
from vaxel.telephony.engine.places import places

START_SECONDS = 30.0
STOP_ANSWER_SECONDS = 2.0


@dataclass(frozen=True)
class Status:
    """``pid`` is None when no engine of this installation runs. ``calls`` is the number of channels."""

    pid: int | None
    ready: bool = False
    version: str = ""
    calls: int = 0


def run(config: Config) -> NoReturn:
    """Become the engine, in the foreground: for a supervisor. SIGTERM ends it. Raises :class:`StartError`."""
    arguments = _start_arguments(config)
    os.chdir(places(config).home)
    os.execv(arguments[0], arguments)  # noqa: S606 — a list of our own, no shell


def start(config: Config, timeout: float = START_SECONDS) -> Status:
    """Start the engine in the background and wait until it takes calls. Does nothing when it runs. Raises :class:`StartError`."""
    now = status(config)
    if now.ready:
        return now
    if now.pid is None:
        _spawn(config, _start_arguments(config), timeout)
    wait_until_ready(config, timeout)
    return status(config)


def _start_arguments(config: Config) -> list[str]:
    engine = program.asterisk(config)
    if not is_written(config):
        raise StartError(
            _("The engine has no configuration in {folder}: run `vaxel prepare`.").format(folder=places(config).etc)
        )
    problems = list(check(config))
    if problems:
        raise StartError(problems[0])
    return [*engine.command, "-C", str(places(config).etc / "asterisk.conf"), "-f"]


def _spawn(config: Config, arguments: list[str], timeout: float) -> None:
    at = places(config)
    with (at.log / "console").open("wb") as console:
        child = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=console, stderr=console, cwd=at.home, start_new_session=True
        )
    deadline = time.monotonic() + timeout
    while control.process(config) != child.pid:
        if child.poll() is not None:
            raise StartError(_("The engine ended at once: {reason}.").format(reason=_last_words(config)))
        if time.monotonic() > deadline:
            raise StartError(_not_up(config, timeout))
        time.sleep(0.02)


def _not_up(config: Config, timeout: float) -> str:
    return _("The engine did not come up in {seconds} s: {reason}.").format(
        seconds=round(timeout), reason=_last_words(config)
    )


def _last_words(config: Config) -> str:
    at = places(config)
    for file in (at.log / "console", at.log / "messages"):
        lines = (
            [line.strip() for line in file.read_text(errors="replace").splitlines() if line.strip()]
            if file.exists()
            else []
        )
        telling = [line for line in lines if "error" in line.lower() or "exiting" in line.lower()]
        if telling:
            return telling[-1]
    return _("look in {folder}").format(folder=at.log)


def wait_until_ready(config: Config, timeout: float = START_SECONDS) -> None:
    """Wait until the engine is fully booted and answers over ARI. Raises :class:`StartError`."""
    try:
        control.command(config, "core waitfullybooted", timeout)
    except CommandError as error:
        raise StartError(_not_up(config, timeout)) from error
    deadline = time.monotonic() + timeout
    while (answer := _ari_status(config)) != 200:
        if time.monotonic() > deadline:
            raise StartError(
                _("The engine runs, but {address} does not answer ({reason}): look in {file}.").format(
                    address=config.ari_url, reason=answer or _("no connection"), file=places(config).log / "messages"
                )
            )
        time.sleep(0.02)


def _ari_status(config: Config) -> int | None:
    """The HTTP status with which ARI answers, None when nothing does."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.ari_host, config.ari_host)  # noqa: S104 — compared, not bound
    connection = http.client.HTTPConnection(host, config.ari_port, timeout=2)
    login = b64encode(f"{ARI_USER}:{config.secrets['ari']}".encode()).decode()
    try:
        connection.request("GET", "/ari/asterisk/ping", headers={"Authorization": f"Basic {login}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def status(config: Config) -> Status:
    """How the engine is. One that hangs has a ``pid`` and isn't ready."""
    process = control.process(config)
    if process is None:
        return Status(None)
    try:
        version = control.version(config)
        said = control.command(config, "core show channels count", 5)
    except CommandError:
        return Status(process)
    counted = re.search(r"^(\d+) active channel", said, re.MULTILINE)
    return Status(process, _ari_status(config) == 200, version, int(counted[1]) if counted else 0)


def stop(config: Config, patience: float = 0.0, timeout: float = 10.0) -> bool:
    """Stop the engine; False when none ran.

    New calls are refused at once and calls in progress have ``patience`` seconds to end; then they are hung up, and an engine that
    hasn't ended ``timeout`` seconds later is killed.
    """
    process = control.process(config)
    if process is None:
        return False
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return False
    try:
        _ask_to_stop(config, patience)
        if patience and _ended(descriptor, patience):
            return True
        if patience:
            _ask_to_stop(config, 0)
        if not _ended(descriptor, timeout):
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            _ended(descriptor, timeout)
    finally:
        os.close(descriptor)
    return True


def _ask_to_stop(config: Config, patience: float) -> None:
    try:
        control.command(config, "core stop gracefully" if patience else "core stop now", STOP_ANSWER_SECONDS)
    except CommandError:
        # It ended before it answered, or hangs; the wait that follows tells which.
        return


def _ended(descriptor: int, seconds: float) -> bool:
    return bool(select.select([descriptor], [], [], seconds)[0])


def check(config: Config) -> Iterator[str]:
    """What stands in the way of a start, a sentence each: missing modules, ports that others hold, too few descriptors."""
    try:
        engine = program.asterisk(config)
    except NotInstalledError as error:
        yield str(error)
        return
    missing = [module for module in REQUIRED if not engine.has(module)]
    if missing:
        yield _("The engine in {folder} lacks {missing}: run `vaxel engine install` anew.").format(
            folder=engine.modules, missing=", ".join(missing)
        )
    if config.rtp_last - config.rtp_first < 3:
        yield _(
            "VAXEL_RTP_FIRST and VAXEL_RTP_LAST leave no ports for speech ({first}–{last}): a call needs four."
        ).format(first=config.rtp_first, last=config.rtp_last)
    if control.process(config) is None:
        yield from _taken_ports(config)


def _taken_ports(config: Config) -> Iterator[str]:
    sip = config.sip_host
    for kind, host, port, setting in (
        (socket.SOCK_DGRAM, sip, config.sip_port, "VAXEL_SIP_PORT"),
        (socket.SOCK_STREAM, sip, config.sip_port, "VAXEL_SIP_PORT"),
        (socket.SOCK_STREAM, sip, config.sip_tls_port, "VAXEL_SIP_TLS_PORT"),
        (socket.SOCK_STREAM, config.ari_host, config.ari_port, "VAXEL_ARI_PORT"),
    ):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, kind) as probe:
            if kind == socket.SOCK_STREAM:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                yield _port_sentence(error, "UDP" if kind == socket.SOCK_DGRAM else "TCP", host, port, setting)


def _port_sentence(error: OSError, protocol: str, host: str, port: int, setting: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Another program holds {protocol} port {port} on {host}: stop it, or set {setting} to a free port."
        ).format(protocol=protocol, port=port, host=host, setting=setting)
    if error.errno == errno.EACCES:
        return _("This user may not open {protocol} port {port}: set {setting} to a port above 1023.").format(
            protocol=protocol, port=port, setting=setting
        )
    return _(
        "The engine can't listen on {host}, {protocol} port {port} ({reason}): correct VAXEL_SIP_HOST, VAXEL_ARI_HOST or {setting}."
    ).format(host=host, protocol=protocol, port=port, reason=error.strerror, setting=setting)
