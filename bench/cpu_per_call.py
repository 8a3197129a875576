# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""CPU time of a call, in the controller and in the engine, beside a call of the engine's own ``Queue()``.

The calls are those of ``call_rate``, at a rate that leaves the machine idle time; ours, theirs, theirs, ours. CPU time hardly depends
on what else the machine does, so this is the figure to steer by.
"""

from __future__ import annotations

import sys

from bench.support import queue
from bench.support.load import Load, Trial, ready_for_load
from bench.support.population import MAIN_NUMBER
from bench.support.result import report, say

OPERATORS = 100
RATE = 30.0
SECONDS = 12.0
GOAL = 2.0
"""Not more than twice what the engine needs by itself."""


def main() -> int:
    with ready_for_load(OPERATORS) as load:
        measure(load)
    return 0


def measure(load: Load) -> None:
    trials: dict[str, list[Trial]] = {MAIN_NUMBER: [], queue.NUMBER: []}
    for number in trials:
        load.trial(number, 10, 3)  # warms up
    for number in queue.alternating(load.installation):
        trial = load.trial(number, RATE, SECONDS)
        trials[number].append(trial)
        say(f"{'our controller' if number == MAIN_NUMBER else 'Queue()':15}{trial}")
    ours, theirs = trials[MAIN_NUMBER], trials[queue.NUMBER]
    engine, controller = (mean([getattr(t, f"{part}_cpu_ms") for t in ours]) for part in ("engine", "controller"))
    alone = mean([trial.engine_cpu_ms for trial in theirs])
    report(
        "cpu_per_call",
        (engine + controller) / alone,
        "ours / Queue()",
        GOAL,
        lower_is_better=True,
        samples=sum(trial.calls for trial in ours + theirs),
        versions=load.installation.versions(),
        engine_ms=round(engine, 2),
        controller_ms=round(controller, 2),
        queue_engine_ms=round(alone, 2),
        failed=sum(trial.failed for trial in ours + theirs),
        calls_per_second=RATE,
    )


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    sys.exit(main())
