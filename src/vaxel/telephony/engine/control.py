# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A running engine's command line, and the reload of what has changed.

Spoken as ``asterisk -rx`` speaks it, over the engine's control socket: the engine greets with ``HOST/PID/VERSION``, we ask it to close after one
command, and read until it does. So a running engine can be told something even after its program has been replaced on disk.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from vaxel.site.config import Config
from vaxel.telephony.engine.errors import CommandError, NotRunningError
from vaxel.telephony.engine.places import places

RELOADS = {
    "pjsip.conf": "pjsip reload",
    "pjsip_phones.conf": "pjsip reload",
    "pjsip_trunks.conf": "pjsip reload",
    "extensions.conf": "dialplan reload",
    "queues.conf": "queue reload all",
    "musiconhold.conf": "moh reload",
    "logger.conf": "logger reload",
    "rtp.conf": "module reload res_rtp_asterisk.so",
    "http.conf": "module reload http",
    "ari.conf": "module reload res_ari.so",
    "indications.conf": "module reload indications",
}
"""File → the command that makes the engine read it, with no call touched."""


@dataclass(frozen=True)
class Reloaded:
    """``commands`` were carried out; ``restart_for`` are changed files that only a restart reads."""

    commands: tuple[str, ...]
    restart_for: frozenset[str]


@dataclass(frozen=True)
class Greeting:
    """Which engine answers on the control socket."""

    pid: int
    version: str


def command(config: Config, text: str, timeout: float = 15.0) -> str:
    """Carry out one command of the engine's command line and return what it says. Raises :class:`CommandError`."""
    return _ask(config, text, timeout)[1]


def greeting(config: Config, timeout: float = 5.0) -> Greeting | None:
    """The engine that runs for this installation, None when none does. Raises :class:`CommandError` when it hangs."""
    try:
        return _ask(config, "core ping", timeout)[0]
    except NotRunningError:
        return None


def _ask(config: Config, text: str, timeout: float) -> tuple[Greeting, str]:
    at = places(config)
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(timeout)
            line.connect(str(at.control))
            line.sendall(f"cli quit after {text}".encode() + b"\0")
            said = b"".join(iter(lambda: line.recv(65536), b"")).decode(errors="replace")
    except TimeoutError as error:
        raise CommandError(
            f"The engine did not carry out {text!r} in {timeout:.0f} s: look in {at.log / 'messages'}."
        ) from error
    except OSError as error:
        raise NotRunningError(
            f"The engine is not running, so {text!r} was not carried out: run `vaxel engine start`."
        ) from error
    first, _, rest = said.partition("\n")
    greeted = re.fullmatch(r".*/(\d+)/(\S+).*", first)
    if greeted is None:
        raise NotRunningError(
            f"The engine is starting or stopping, so {text!r} was not carried out: try again in a moment."
        )
    # Lines of the log carry a control character that tells their level.
    return Greeting(int(greeted[1]), greeted[2].split("+")[0]), re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", rest)


def reload(config: Config, changed: Iterable[str]) -> Reloaded:
    """Make the running engine read the ``changed`` files. Calls in progress go on. Raises :class:`CommandError`."""
    names = frozenset(changed)
    commands = tuple(dict.fromkeys(RELOADS[name] for name in sorted(names) if name in RELOADS))
    for text in commands:
        command(config, text)
    return Reloaded(commands, names - RELOADS.keys())
