# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold before anything is started: a folder to write in, room on the disk, and free addresses.

Each function either returns, or raises ``PlainError`` with the one sentence that helps.
"""

from __future__ import annotations

import errno
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Literal, NamedTuple

from vaxel.site.config import Config, make_private
from vaxel.site.plain import PlainError, disk_full, explain
from vaxel.site.words import _

ROOM = 50_000_000
"""Bytes: the console's assets, the database, logs. Where the engine isn't installed yet, what its installation asks for comes to it."""


class Address(NamedTuple):
    """An address that a part listens on, and the setting that moves it."""

    part: str
    host: str
    port: int
    protocol: Literal["tcp", "udp"]
    setting: str


def addresses(config: Config, *, engine_runs: bool) -> tuple[Address, ...]:
    """Everything that will listen; without the engine's own when it already runs."""
    own = (
        Address(_("web"), config.web_host, config.web_port, "tcp", "VAXEL_WEB_PORT"),
        Address(_("live hub"), config.live_host, config.live_port, "tcp", "VAXEL_LIVE_PORT"),
    )
    if engine_runs:
        return own
    return (
        *own,
        Address(_("telephone engine (HTTP)"), config.ari_host, config.ari_port, "tcp", "VAXEL_ARI_PORT"),
        Address(_("telephone engine"), config.sip_host, config.sip_port, "udp", "VAXEL_SIP_PORT"),
        Address(_("telephone engine"), config.sip_host, config.sip_port, "tcp", "VAXEL_SIP_PORT"),
        Address(_("telephone engine (TLS)"), config.sip_host, config.sip_tls_port, "tcp", "VAXEL_SIP_TLS_PORT"),
    )


def check_addresses(wanted: Iterable[Address]) -> None:
    """All are held at once, so that two settings with the same port are found as well; all that are taken are told at once."""
    refusals = []
    with ExitStack() as held:
        for address in wanted:
            try:
                held.enter_context(bind(address))
            except PlainError as refusal:
                refusals.append(str(refusal))
    if refusals:
        raise PlainError("\n".join(refusals))


def bind(address: Address) -> socket.socket:
    kind = socket.SOCK_STREAM if address.protocol == "tcp" else socket.SOCK_DGRAM
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family, kind)
    try:
        if address.protocol == "tcp":
            # As the servers do: a port whose last connections are still in TIME_WAIT is free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address.host, address.port))
        if address.protocol == "tcp":
            # Two sockets that are only bound may share a reusable port; two that listen may not.
            listener.listen()
    except OSError as error:
        listener.close()
        raise PlainError(why_not(address, error)) from error
    except OverflowError as error:
        listener.close()
        raise PlainError(
            _("{setting} is {port}, but a port is a number from 1 to 65535.").format(
                setting=address.setting, port=address.port
            )
        ) from error
    return listener


def why_not(address: Address, error: OSError) -> str:
    words = {
        "part": address.part,
        "host": address.host,
        "port": address.port,
        "setting": address.setting,
        "protocol": address.protocol.upper(),
    }
    if error.errno == errno.EADDRINUSE:
        holder = holder_of(address)
        by = _(" by {program} (process {pid})").format(program=holder[1], pid=holder[0]) if holder else ""
        return _(
            "Port {port} ({protocol}), which the {part} needs, is already taken{by}: "
            "stop that program, or set {setting} to a free port."
        ).format(**words, by=by)
    if error.errno in (errno.EACCES, errno.EPERM):
        return _(
            "Port {port}, which the {part} needs, is reserved for root: set {setting} to a port above 1023."
        ).format(**words)
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return _(
            "{host}, on which the {part} is to listen, isn't an address of this machine: change {setting_host}."
        ).format(**words, setting_host=address.setting.replace("_TLS_PORT", "_PORT").replace("_PORT", "_HOST"))
    return f"{address.host}:{address.port} ({address.part}): {error.strerror or error}"


def holder_of(address: Address) -> tuple[int, str] | None:
    """Process id and name of who listens there, when this user may know."""
    inodes = {f"socket:[{inode}]" for inode in _inodes(address)}
    for folder in Path("/proc").glob("[0-9]*/fd") if inodes else ():
        with suppress(OSError):
            if any(os.readlink(file) in inodes for file in folder.iterdir()):
                return int(folder.parent.name), _program(folder.parent)
    return None


def _program(process: Path) -> str:
    """The name of a process; behind a dynamic linker that was started by hand, as a fetched engine is, the program's."""
    name = (process / "comm").read_text().strip()
    if not name.startswith("ld-linux"):
        return name
    words = (process / "cmdline").read_text().split("\0")
    return next((Path(word).name for word in words[1:] if "/bin/" in word or "/sbin/" in word), name)


def _inodes(address: Address) -> list[str]:
    """Inodes of the sockets bound to the port (proc_pid_net(5): columns local_address, st and inode)."""
    listening = "0A" if address.protocol == "tcp" else "07"
    found = []
    for table in (address.protocol, f"{address.protocol}6"):
        with suppress(OSError):
            rows = [line.split() for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
            found += [
                row[9] for row in rows if int(row[1].rpartition(":")[2], 16) == address.port and row[3] == listening
            ]
    return found


def check_folder(var: Path) -> None:
    """``var`` exists and can be written to."""
    try:
        make_private(var)
        with tempfile.TemporaryFile(dir=var) as probe:
            probe.write(b"probe")
    except (FileExistsError, NotADirectoryError) as error:
        raise PlainError(
            _("{folder} is a file, not a folder: move it, or name another folder with VAXEL_VAR.").format(folder=var)
        ) from error
    except OSError as error:
        # The probe's own name would say nothing to anybody.
        error.filename = str(var)
        raise explain(error, var) from error


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def check_database(config: Config) -> None:
    """PostgreSQL answers. Asked directly: a pool of connections would try for a while, and say only that it got none."""
    if not config.database_url.startswith(("postgresql://", "postgres://")):
        return
    import psycopg

    try:
        psycopg.connect(config.database_url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise PlainError(postgresql_away(error)) from error


def postgresql_away(error: Exception) -> str:
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    return _("PostgreSQL can't be used: {reason}. Start it, or change VAXEL_DATABASE_URL.").format(reason=reason)


def room_needed(config: Config) -> int:
    from vaxel.telephony.engine import SPACE_NEEDED, find

    return ROOM if find(config).asterisk else ROOM + SPACE_NEEDED


def check_room(var: Path, needed: int, free: Callable[[Path], int] = free_bytes) -> None:
    available = free(var)
    if available < needed:
        raise PlainError(
            f"{disk_full(var)} "
            + _("({free} MB free, {needed} MB needed)").format(free=available // 1_000_000, needed=needed // 1_000_000)
        )
