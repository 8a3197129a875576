# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A full proof of the demonstration's five municipalities over a year: seconds. The database is made for it and thrown away."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time

from bench.support.result import report, say

GOAL = 2.0
YEAR = 365 * 86_400.0
RUNS = 5


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="vaxel-bench-") as folder:
        os.environ |= {"VAXEL_VAR": folder, "VAXEL_DATABASE_URL": ""}
        return measure()


def measure() -> int:
    from vaxel.site.config import config
    from vaxel.site.start_django import django

    django()
    from vaxel.directory import snapshot
    from vaxel.domain.proof import prove
    from vaxel.site import prepare

    prepare.database(config())
    prepare.demo(config())
    taken = []
    for _ in range(RUNS):
        world = snapshot.load().world
        before = time.perf_counter()
        proof = prove(world, time.time(), time.time() + YEAR)
        taken.append(time.perf_counter() - before)
        say(f"{len(world.organisations)} municipalities, {proof.summary.numbers} numbers: {taken[-1]:.2f} s")
    report(
        "proof_demo",
        sorted(taken)[RUNS // 2],
        "s, a full proof of the five municipalities over a year",
        GOAL,
        lower_is_better=True,
        samples=RUNS,
        versions={"python": platform.python_version()},
        counterexamples=len(proof.counterexamples),
        summary={name: getattr(proof.summary, name) for name in ("numbers", "shapes", "plans", "ways")},
        seconds=[round(each, 3) for each in taken],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
