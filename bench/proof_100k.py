# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A full proof, over a year, of a municipality with 100,000 numbers: seconds, and the memory of the process at its highest.

Each size runs in a process of its own, so that one doesn't pay for another's memory.
"""

from __future__ import annotations

import json
import platform
import resource
import subprocess
import sys
import time

from bench.support.municipality import DAY, START, municipality
from bench.support.result import report, say
from vaxel.domain.proof import prove

SIZES = (1_000, 10_000, 100_000)
GOAL = 60.0
MEMORY_GOAL = 1024.0


def once(numbers: int) -> None:
    world = municipality(numbers)
    before = time.perf_counter()
    proof = prove(world, START, START + 365 * DAY)
    seconds = time.perf_counter() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = proof.summary
    print(
        json.dumps({"seconds": seconds, "mb": memory, "shapes": found.shapes, "plans": found.plans, "ways": found.ways})
    )


def main() -> int:
    growth = {}
    for size in SIZES:
        done = subprocess.run([sys.executable, "-m", "bench.proof_100k", str(size)], capture_output=True, check=True)
        growth[str(size)] = found = json.loads(done.stdout.splitlines()[-1])
        say(
            f"{size} numbers: {found['seconds']:.2f} s, {found['mb']:.0f} MB, {found['shapes']} shapes, {found['ways']} ways"
        )
    largest = growth[str(SIZES[-1])]
    report(
        "proof_100k",
        largest["seconds"],
        "s, a full proof of 100,000 numbers over a year",
        GOAL,
        lower_is_better=True,
        samples=1,
        versions={"python": platform.python_version()},
        memory_mb=round(largest["mb"]),
        memory_goal_mb=MEMORY_GOAL,
        memory_met=largest["mb"] <= MEMORY_GOAL,
        growth=growth,
    )
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        once(int(sys.argv[1]))
    else:
        sys.exit(main())
