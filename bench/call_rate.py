# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many calls a second: the controller's highest rate, divided by that of the engine's own ``Queue()``.

A call: INVITE, 180, an operator's telephone is rung and answers, the caller's 200, a short talk, BYE. A rate is carried when, at
the caller, 99 % of INVITE → 180 are under 200 ms and fewer than 0.1 % of the calls fail; a caller who is not answered within
``load.PATIENCE_MS`` has failed. Same engine, modules, telephones and logging; ours, theirs, theirs, ours.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from bench.support import queue
from bench.support.load import Load, Trial, ready_for_load
from bench.support.population import MAIN_NUMBER
from bench.support.result import report, say

OPERATORS = 120
SECONDS = 6.0
FIRST_RATE = 100.0
HIGHEST_RATE = 240.0
FINENESS = 1.06
"""A search ends when the rates that were carried and not carried are this near."""


def highest(load: Load, number: str, start: float, tried: list[Trial]) -> Trial:
    """The highest rate carried, searched from ``start``. ``tried`` receives all that were tried."""

    def attempt(rate: float) -> Trial:
        trial = load.trial(number, rate, SECONDS)
        tried.append(trial)
        say(f"  {trial}")
        return trial

    return search(attempt, start)


def search(attempt: Callable[[float], Trial], start: float) -> Trial:
    """Up or down in strides until one rate is carried and one is not, then halve between them."""
    trial = attempt(start)
    carried, missed = (trial, None) if trial.carried else (None, trial)
    stride = 1.3
    while carried is None or missed is None:
        rate = carried.rate * stride if carried else (missed or trial).rate / stride
        if rate > HIGHEST_RATE or rate < 1:
            break
        trial = attempt(rate)
        carried, missed = (trial, missed) if trial.carried else (carried, trial)
    while carried and missed and missed.rate / carried.rate > FINENESS:
        trial = attempt((carried.rate * missed.rate) ** 0.5)
        carried, missed = (trial, missed) if trial.carried else (carried, trial)
    return carried or trial


def main() -> int:
    with ready_for_load(OPERATORS) as load:
        measure(load)
    return 0


def measure(load: Load) -> None:
    begun = time.monotonic()
    for number in (MAIN_NUMBER, queue.NUMBER):
        load.trial(number, 10, 3)  # warms up
    found: dict[str, list[Trial]] = {MAIN_NUMBER: [], queue.NUMBER: []}
    prompt: dict[str, list[float]] = {MAIN_NUMBER: [], queue.NUMBER: []}
    for number in queue.alternating(load.installation):
        say(f"{'our controller' if number == MAIN_NUMBER else 'Queue()'}:")
        known = found[number]
        tried: list[Trial] = []
        found[number].append(highest(load, number, known[-1].rate if known else FIRST_RATE, tried))
        prompt[number].append(max((trial.rate for trial in tried if trial.prompt), default=0.0))
    ours, theirs = (mean([trial.rate for trial in found[number]]) for number in found)
    ours_prompt, theirs_prompt = (mean(prompt[number]) for number in prompt)
    report(
        "call_rate",
        ours / theirs,
        "ours / Queue()",
        0.5,
        lower_is_better=False,
        samples=sum(trial.calls for trials in found.values() for trial in trials),
        versions=load.installation.versions(),
        ours_calls_per_second=round(ours, 1),
        queue_calls_per_second=round(theirs, 1),
        ratio_with_the_operators_invite_within_200_ms=round(ours_prompt / max(theirs_prompt, 1.0), 3),
        ours=[describe(trial) for trial in found[MAIN_NUMBER]],
        queue=[describe(trial) for trial in found[queue.NUMBER]],
        ringing_is="INVITE → 180 at the caller; the engine's dialplan sends ours before the controller decides, app_queue sends theirs",
        seconds=round(time.monotonic() - begun),
    )


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def describe(trial: Trial) -> dict[str, Any]:
    return {
        "rate": round(trial.rate, 1),
        "invite_180_p99_ms": round(trial.ringing * 1000, 1),
        "invite_operators_invite_p99_ms": round(trial.rung * 1000, 1),
        "invite_200_p99_ms": round(trial.answered * 1000, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
