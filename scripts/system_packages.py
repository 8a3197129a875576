#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Install the Debian packages that only tests and benchmarks need, as root or by sudo; otherwise say what to run.

Nothing is skipped when one is missing: the exit code is then 1, and no test starts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Package(NamedTuple):
    name: str
    purpose: str
    is_here: Callable[[], bool]


def command(name: str) -> Callable[[], bool]:
    """A daemon's folder isn't on every user's path."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/bin", "/usr/sbin", "/sbin"])
    return lambda: shutil.which(name, path=path) is not None


def file(pattern: str) -> Callable[[], bool]:
    return lambda: any(Path("/").glob(pattern))


PACKAGES = (
    Package("chromium-headless-shell", "the console and the browser phone", command("chromium-headless-shell")),
    Package("sip-tester", "calls from a telephone network (SIPp)", command("sipp")),
    Package("baresip", "calls from a second, independent SIP phone", command("baresip")),
    Package("postgresql", "the database tests on PostgreSQL", file("usr/lib/postgresql/*/bin/initdb")),
    Package("espeak-ng", "the spoken announcements", command("espeak-ng")),
    Package("sox", "measuring what was recorded", command("sox")),
    Package("faketime", "a day that is played at another time", file("usr/lib/*/faketime/libfaketimeMT.so.1")),
    Package("slapd", "an LDAP directory to import from", command("slapd")),
    Package("ldap-utils", "asking an LDAP directory", command("ldapsearch")),
    Package("libpango-1.0-0", "drawing printed lists", file("usr/lib/*/libpango-1.0.so.0")),
    Package("libpangoft2-1.0-0", "drawing printed lists", file("usr/lib/*/libpangoft2-1.0.so.0")),
    Package("libharfbuzz-subset0", "drawing printed lists", file("usr/lib/*/libharfbuzz-subset.so.0")),
    Package("fonts-dejavu-core", "drawing printed lists", file("usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")),
    Package("poppler-utils", "reading printed lists", command("pdftotext")),
    Package("radicale", "calendars on a CalDAV server", command("radicale")),
    Package("iproute2", "cutting a network connection in a test", command("ss")),
    Package("procps", "looking at processes", command("ps")),
)


def main() -> int:
    missing = [package for package in PACKAGES if not package.is_here()]
    if not missing:
        return 0
    names = [package.name for package in missing]
    privilege = how_to_become_root()
    if privilege is None:
        print("vaxel: the tests need these Debian packages:", file=sys.stderr)
        for package in missing:
            print(f"  {package.name:<16}{package.purpose}", file=sys.stderr)
        print(f"Run this once, then start again:\n  sudo apt-get install {' '.join(names)}", file=sys.stderr)
        return 1
    print(f"vaxel: installing {', '.join(names)}, which the tests need", flush=True)
    install(privilege, names)
    still_missing = [package.name for package in missing if not package.is_here()]
    if still_missing:
        print(f"vaxel: couldn't install {' '.join(still_missing)}: apt-get's lines above say why.", file=sys.stderr)
        return 1
    return 0


def how_to_become_root() -> list[str] | None:
    """What to put before a command that needs root; None when there is no way without asking for a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install(privilege: list[str], names: list[str]) -> None:
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    quiet = ["-q", "-y", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"]
    apt_get = [*privilege, *environment, "apt-get", *quiet]
    subprocess.run([*apt_get, "update"], stdout=subprocess.DEVNULL, check=False)
    subprocess.run([*apt_get, "install", "--no-install-recommends", *names], stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())
