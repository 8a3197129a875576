#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run a command with a PostgreSQL of its own: ``with_postgresql.py COMMAND [ARGUMENT …]``.

Makes a throwaway cluster in a temporary folder, on a Unix socket only, sets ``VAXEL_DATABASE_URL`` for the command, and
removes it all afterwards. PostgreSQL refuses to run as root, so root starts it as the user ``postgres``.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

SETTINGS = {
    "listen_addresses": "",
    # A throwaway cluster needs no durability, and the tests are several times faster without.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "VAXEL_DATABASE_URL": url}, check=False).returncode


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """The database's URL. Raises ``SystemExit`` when PostgreSQL isn't installed or doesn't start."""
    programs = newest_programs()
    # Short: a Unix socket's path has at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="vaxel-pg-", dir="/tmp"))
    user = owner(folder)
    server: subprocess.Popen[bytes] | None = None
    try:
        initdb = [
            "-D",
            str(folder / "data"),
            "-U",
            "vaxel",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run([programs / "initdb", *initdb], user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        options = [item for name, value in SETTINGS.items() for item in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", "-k", folder, *options],
                user=user, cwd=folder, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_until_ready(programs, folder, server)
        yield f"postgresql://vaxel@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGINT)
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def newest_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        raise SystemExit("vaxel: PostgreSQL isn't installed: sudo apt-get install postgresql")
    return found[-1].parent


def owner(folder: Path) -> int | None:
    """The user who must run the server, made the folder's owner; None for this user."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    # The command runs as root and its children may not: everybody may reach the socket.
    folder.chmod(0o755)
    return user.pw_uid


def wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        probe = subprocess.run(
            [programs / "pg_isready", "-q", "-h", folder, "-U", "vaxel", "-d", "postgres"], check=False
        )
        if probe.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"vaxel: PostgreSQL didn't start:\n{(folder / 'log').read_text()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
