# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many calls a second: the controller's highest rate, divided by that of the engine's own ``Queue()``.

A call: INVITE, 180, an operator's telephone is rung and answers, the caller's 200, a short talk, BYE. A rate is carried when, at
the caller, 99 % of INVITE → 180 are under 200 ms and fewer than 0.1 % of the calls fail; a caller who is not answered within
``PATIENCE_MS`` has failed. Same engine, modules, telephones and logging; ours, theirs, theirs, ours.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.support import queue, sip, sipp
from bench.support.installation import Installation, until
from bench.support.population import MAIN_NUMBER
from bench.support.ports import free_ports
from bench.support.processes import cpu_seconds
from bench.support.result import percentile, report, say

OPERATORS = 200
SECONDS = 6.0
TALK_MS = 500
PATIENCE_MS = 4000
RINGING_WITHIN = 0.2
FAILED_SHARE = 0.001
FIRST_RATE = 20.0
HIGHEST_RATE = 240.0
FINENESS = 1.06
"""A search ends when the rates that were carried and not carried are this near."""


@dataclass(frozen=True)
class Trial:
    """What a rate did. Times in seconds, at the 99th percentile; ``rung`` is INVITE → the operator's INVITE, ``answered`` INVITE → 200."""

    rate: float
    calls: int
    failed: int
    ringing: float
    rung: float
    answered: float
    engine_cpu_ms: float
    controller_cpu_ms: float

    @property
    def carried(self) -> bool:
        return self.calls > 0 and self.failed < FAILED_SHARE * self.calls and self.ringing < RINGING_WITHIN

    def __str__(self) -> str:
        return (
            f"{self.rate:6.1f}/s {'carried' if self.carried else 'NOT    '} {self.failed:4}/{self.calls} failed; 99 % within: 180 "
            f"{self.ringing * 1000:.0f} ms, operator's INVITE {self.rung * 1000:.0f} ms, 200 {self.answered * 1000:.0f} ms; "
            f"CPU a call: engine {self.engine_cpu_ms:.1f} ms, controller {self.controller_cpu_ms:.1f} ms"
        )


class Bench:
    def __init__(self, installation: Installation, phones: sipp.Sipp) -> None:
        self.installation = installation
        self.phones = phones

    def trial(self, number: str, rate: float, seconds: float = SECONDS) -> Trial:
        installation = self.installation
        before = self._cpu()
        callers = sipp.callers(
            installation.folder,
            installation.config.sip_port,
            installation.trunk_port,
            number,
            rate=rate,
            seconds=seconds,
            talk_ms=TALK_MS,
            patience_ms=PATIENCE_MS,
        )
        with callers:
            # SIPp waits for the last call; a caller who is let down gives up after its patience, and its CANCEL is given some time.
            self._wait(callers, seconds + 3 * PATIENCE_MS / 1000)
        installation.wait_until_empty()
        engine, controller = (now - then for now, then in zip(self._cpu(), before, strict=True))
        return self._trial(callers, rate, engine, controller)

    def _wait(self, callers: sipp.Sipp, seconds: float) -> None:
        try:
            until(lambda: callers.process.poll() is not None, seconds, "the callers' end")
        except TimeoutError:
            say("  some callers never came to an end")

    def _cpu(self) -> tuple[float, float]:
        return cpu_seconds(self.installation.engine_pid), cpu_seconds(self.installation.controller_pid)

    def _trial(self, callers: sipp.Sipp, rate: float, engine: float, controller: float) -> Trial:
        called, rung, answered = callers.moments("called"), self.phones.moments("rung"), callers.moments("answered")
        calls, patience = len(called), PATIENCE_MS / 1000
        in_time = sum(1 for who, at in called.items() if who in answered and answered[who] - at <= patience)
        return Trial(
            rate=rate,
            calls=calls,
            failed=calls - min(in_time, callers.counts().get("SuccessfulCall", 0)),
            ringing=percentile(callers.response_times(), 99),
            rung=percentile([rung[who] - at for who, at in called.items() if who in rung], 99),
            answered=percentile([answered[who] - at for who, at in called.items() if who in answered], 99),
            engine_cpu_ms=engine / max(calls, 1) * 1000,
            controller_cpu_ms=controller / max(calls, 1) * 1000,
        )

    def highest(self, number: str, start: float) -> Trial:
        """The highest rate carried, searched from ``start``."""
        return search(lambda rate: self._tried(number, rate), start)

    def _tried(self, number: str, rate: float) -> Trial:
        trial = self.trial(number, rate)
        say(f"  {trial}")
        return trial


def search(attempt: Callable[[float], Trial], start: float) -> Trial:
    """Up or down in strides until one rate is carried and one is not, then halve between them."""
    trial = attempt(start)
    carried, missed = (trial, None) if trial.carried else (None, trial)
    stride = 1.35
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
    with Installation(operators=OPERATORS) as installation:
        port = free_ports(1)[0]
        sip.register(
            [o["user"] for o in installation.operators], installation.password, installation.config.sip_port, port
        )
        installation.log_on(installation.operators)
        queue.add(installation)
        with sipp.telephones(installation.folder, port, ring_ms=0) as phones:
            measure(Bench(installation, phones))
    return 0


def measure(bench: Bench) -> None:
    begun = time.monotonic()
    for number in (MAIN_NUMBER, queue.NUMBER):
        bench.trial(number, 10, 3)  # warms up
    found: dict[str, list[Trial]] = {MAIN_NUMBER: [], queue.NUMBER: []}
    for number in (MAIN_NUMBER, queue.NUMBER, queue.NUMBER, MAIN_NUMBER):
        say(f"{'our controller' if number == MAIN_NUMBER else 'Queue()'}:")
        known = found[number]
        found[number].append(bench.highest(number, known[-1].rate if known else FIRST_RATE))
    ours, theirs = (mean(found[number]) for number in (MAIN_NUMBER, queue.NUMBER))
    report(
        "call_rate",
        ours / theirs,
        "ours / Queue()",
        0.5,
        lower_is_better=False,
        samples=sum(trial.calls for trials in found.values() for trial in trials),
        versions=bench.installation.versions(),
        ours_calls_per_second=round(ours, 1),
        queue_calls_per_second=round(theirs, 1),
        ours=[describe(trial) for trial in found[MAIN_NUMBER]],
        queue=[describe(trial) for trial in found[queue.NUMBER]],
        ringing_is="INVITE → 180 at the caller; the engine's dialplan sends ours before the controller decides, app_queue sends theirs",
        seconds=round(time.monotonic() - begun),
    )


def mean(trials: list[Trial]) -> float:
    return sum(trial.rate for trial in trials) / len(trials)


def describe(trial: Trial) -> dict[str, Any]:
    return {
        "rate": round(trial.rate, 1),
        "invite_180_p99_ms": round(trial.ringing * 1000, 1),
        "invite_operators_invite_p99_ms": round(trial.rung * 1000, 1),
        "invite_200_p99_ms": round(trial.answered * 1000, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
