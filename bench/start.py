# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From ``make run`` to “everything runs”: seconds of the second start; beside it the first, in a fresh clone with an empty home.

The first start downloads what it needs: the packages of ``uv.lock``, the engine, the parts of the browser's pages.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.ports import free_ports

from bench.support.result import report, say

ROOT = Path(__file__).resolve().parents[1]
GOAL, GOAL_OF_FIRST = 10.0, 180.0
SETTINGS = ("SIP_PORT", "SIP_TLS_PORT", "ARI_PORT", "LIVE_PORT", "WEB_PORT")
STARTS = 3
"""After the first."""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="vaxel-bench-") as folder:
        clone, home = Path(folder, "vaxel"), Path(folder, "home")
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        ports = dict(zip(SETTINGS, free_ports(len(SETTINGS)), strict=True))
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("VAXEL_")},
            **{f"VAXEL_{name}": str(port) for name, port in ports.items()},
            "HOME": str(home),
            "LANGUAGE": "en",
        }
        taken = [started(clone, environment) for _ in range(1 + STARTS)]
    first, *others = taken
    report(
        "start",
        sorted(others)[STARTS // 2],
        "s, from make run until everything runs, not for the first time",
        GOAL,
        lower_is_better=True,
        samples=STARTS,
        versions={"python": platform.python_version()},
        first=round(first, 1),
        first_goal=GOAL_OF_FIRST,
        first_met=first <= GOAL_OF_FIRST,
        seconds=[round(each, 1) for each in others],
    )
    return 0


def started(clone: Path, environment: dict[str, str]) -> float:
    """How long ``make run`` took until everything ran; it is stopped afterwards. Raises ``RuntimeError`` when it ended before."""
    begun = time.monotonic()
    with subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        printed = []
        for line in process.stdout or ():
            printed.append(line)
            if "everything runs" in line:
                taken = time.monotonic() - begun
                say(f"everything runs after {taken:.1f} s")
                os.killpg(process.pid, signal.SIGINT)
                process.communicate(timeout=60)
                return taken
    raise RuntimeError(f"make run ended by itself:\n{''.join(printed[-20:])}")


if __name__ == "__main__":
    sys.exit(main())
