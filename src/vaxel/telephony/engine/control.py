# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A running engine's command line, and the reload of what has changed.

Spoken as ``asterisk -rx`` speaks it, over the engine's control socket: the engine greets with ``HOST/PID/VERSION``, we ask it to close
after one command, and read until it does. So a running engine can be told something even after its program has been replaced on disk.
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.engine.errors import CommandError, NotRunningError
from vaxel.telephony.engine.places import places

_SIP = "module reload " + " ".join(
    f"res_pjsip{part}.so" for part in ("", "_authenticator_digest", "_endpoint_identifier_ip", "_outbound_registration")
)

RELOADS = {
    "pjsip.conf": _SIP,
    "pjsip_phones.conf": _SIP,
    "pjsip_trunks.conf": _SIP,
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


def command(config: Config, text: str, timeout: float = 15.0) -> str:
    """Carry out one command of the engine's command line and return what it says. Raises :class:`CommandError`."""
    said = _ask(config, text, timeout)[1]
    if said.startswith(("No such command", "Usage:")):
        raise CommandError(
            _("The engine doesn't know the command “{command}”: report this as a fault of Vaxel.").format(command=text)
        )
    return said


def process(config: Config) -> int | None:
    """The engine that runs for this installation, also one that hangs; None when none does.

    The kernel says who listens on the control socket (``SO_PEERCRED``, unix(7)): a file with a process number could be left over.
    """
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(places(config).control))
            credentials = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    except OSError:
        return None
    return int(struct.unpack("3i", credentials)[0])


def version(config: Config, timeout: float = 5.0) -> str:
    """``22.10.1``. Raises :class:`CommandError` when none runs, or it hangs."""
    return _ask(config, "core ping", timeout)[0]


def _ask(config: Config, text: str, timeout: float) -> tuple[str, str]:
    """The engine's version, and what it says to ``text``."""
    at = places(config)
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(timeout)
            line.connect(str(at.control))
            line.sendall(f"cli quit after {text}".encode() + b"\0")
            said = b"".join(iter(lambda: line.recv(65536), b"")).decode(errors="replace")
    except TimeoutError as error:
        raise CommandError(
            _("The engine did not carry out “{command}” in {seconds} s: look in {file}.").format(
                command=text, seconds=round(timeout), file=at.log / "messages"
            )
        ) from error
    except OSError as error:
        raise NotRunningError(
            _("The engine is not running, so “{command}” was not carried out: run `vaxel engine start`.").format(
                command=text
            )
        ) from error
    first, _end, rest = said.partition("\n")
    greeted = re.fullmatch(r".*/\d+/(\S+).*", first)
    if greeted is None:
        raise NotRunningError(
            _("The engine is starting or stopping, so “{command}” was not carried out: try again in a moment.").format(
                command=text
            )
        )
    # Lines of the log carry a control character that tells their level.
    return greeted[1].split("+")[0], re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", rest)


def reload(config: Config, changed: Iterable[str]) -> Reloaded:
    """Make the running engine read the ``changed`` files. Calls in progress go on. Raises :class:`CommandError`."""
    names = frozenset(changed)
    commands = tuple(dict.fromkeys(RELOADS[name] for name in sorted(names) if name in RELOADS))
    for text in commands:
        command(config, text)
    return Reloaded(commands, names - RELOADS.keys())
