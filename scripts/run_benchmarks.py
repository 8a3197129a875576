#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run the benchmark ``bench/NAME.py``, or all of them; each prints one JSON object as its last line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(names: list[str]) -> int:
    known = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    unknown = [name for name in names if name not in known]
    if unknown:
        print(
            f"vaxel: there is no benchmark {unknown[0]}; there are: {', '.join(known) or 'none yet'}.", file=sys.stderr
        )
        return 1
    failed = [name for name in names or known if not run(name)]
    if failed:
        print(f"vaxel: gave no result: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def run(name: str) -> bool:
    """Whether the benchmark ended with its result; its lines are passed on as they come."""
    print(f"vaxel: benchmark {name}", flush=True)
    last = ""
    command = [sys.executable, "-m", f"bench.{name}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    return process.returncode == 0 and is_result(last)


def is_result(line: str) -> bool:
    try:
        content = json.loads(line)
    except ValueError:
        return False
    return isinstance(content, dict) and {"name", "figure", "unit", "goal"} <= content.keys()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
