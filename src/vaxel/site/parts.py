# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts that ``vaxel run`` keeps running, and how each tells that it is ready."""

from __future__ import annotations

import http.client
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vaxel.site.config import Config
from vaxel.site.heart import Heart
from vaxel.site.words import _


@dataclass(frozen=True, kw_only=True)
class Part:
    """A process of the installation.

    ``ready`` is asked in a thread and answers within a second or two. ``outlives`` says that it goes on when the supervisor
    is killed and is taken over by the next one, so that calls in progress aren't cut; ``find`` tells the process id of one
    that somebody else started.
    """

    name: str
    title: str
    command: tuple[str, ...]
    ready: Callable[[], bool]
    start_limit: float = 90.0
    stop_limit: float = 10.0
    outlives: bool = False
    find: Callable[[], int | None] = lambda: None
    own_log: Path | None = None
    """Where it says more than on its standard error."""


def vaxel(*arguments: str) -> tuple[str, ...]:
    """The command line of one of our own commands, in this environment."""
    return (sys.executable, "-m", "vaxel", *arguments)


def parts(config: Config) -> tuple[Part, ...]:
    """All of them. Those that outlive the supervisor are stopped last."""
    return (
        Part(
            name="engine",
            title=_("telephone engine"),
            command=vaxel("engine", "run"),
            ready=lambda: engine_is_ready(config),
            stop_limit=15.0,
            outlives=True,
            find=lambda: engine_process(config),
            own_log=config.var / "engine" / "log" / "messages",
        ),
        Part(
            name="controller",
            title=_("controller"),
            command=vaxel("controller"),
            ready=lambda: answers(config.live_host, config.live_port, "/readyz", (200,)),
        ),
        Part(
            name="web",
            title=_("web"),
            command=vaxel("web"),
            ready=lambda: answers(config.web_host, config.web_port, "/readyz", (200,)),
        ),
        Part(name="worker", title=_("worker"), command=vaxel("worker"), ready=Heart(config.var, "worker").beats),
    )


def engine_is_ready(config: Config) -> bool:
    from vaxel.telephony.engine import status

    return status(config).ready


def engine_process(config: Config) -> int | None:
    from vaxel.telephony.engine import status

    return status(config).pid


def answers(host: str, port: int, path: str, statuses: tuple[int, ...]) -> bool:
    """Whether an HTTP server there answers ``path`` with one of ``statuses``."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status in statuses
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def reachable(host: str) -> str:
    """An address to connect to, for one to listen on."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 — compared, not bound


def notify(state: str) -> None:
    """Tells systemd, when it started us (sd_notify(3)); otherwise nothing."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        sender.connect(address)
        sender.send(state.encode())
