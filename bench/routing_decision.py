# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long one decision takes among 100,000 numbers: 99th percentile of ``routing.plan`` for numbers and moments drawn at random.

The moments are drawn within one day, as they come in life: a timetable has laid out the day after its first call.
"""

from __future__ import annotations

import gc
import platform
import random
import sys
import time

from bench.support.municipality import DAY, START, municipality
from bench.support.result import report, say
from vaxel.domain.routing import plan

SIZES = (1_000, 10_000, 100_000)
SAMPLES = 50_000
GOAL = 1.0


def decisions(numbers: int) -> list[float]:
    """Milliseconds of each of ``SAMPLES`` decisions, in order of length."""
    world, chance = municipality(numbers), random.Random(7)
    dialled = list(world.numbers)
    start = START + 11 * DAY
    taken = []
    gc.collect()
    for _ in range(SAMPLES):
        number, at = chance.choice(dialled), start + chance.random() * DAY
        before = time.perf_counter()
        plan(number, False, world, at)
        taken.append((time.perf_counter() - before) * 1000)
    return sorted(taken)


def main() -> int:
    found = {}
    for size in SIZES:
        taken = decisions(size)
        found[size] = {"p50": taken[SAMPLES // 2], "p99": taken[SAMPLES * 99 // 100], "longest": taken[-1]}
        say(f"{size} numbers: " + ", ".join(f"{name} {value:.3f} ms" for name, value in found[size].items()))
    report(
        "routing_decision",
        found[SIZES[-1]]["p99"],
        "ms, 99th percentile at 100,000 numbers",
        GOAL,
        lower_is_better=True,
        samples=SAMPLES,
        versions={"python": platform.python_version()},
        growth={str(size): {name: round(value, 4) for name, value in values.items()} for size, values in found.items()},
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
