# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls at a steady rate to operators' telephones that answer at once, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.ports import free_ports

from bench.support import queue, sip, sipp
from bench.support.installation import Installation, until
from bench.support.processes import cpu_seconds
from bench.support.result import percentile, say

TALK_MS = 500
PATIENCE_MS = 1000
"""A caller who is not answered by then has failed: there are always operators free, so whoever waits waits for the switchboard."""
GIVE_UP_MS = 4000
"""When a caller hangs up."""
RINGING_WITHIN = 0.2
FAILED_SHARE = 0.001


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

    @property
    def prompt(self) -> bool:
        """Carried, with as short a way to the operator's telephone as to the caller's ringing tone."""
        return self.carried and self.rung < RINGING_WITHIN

    def __str__(self) -> str:
        return (
            f"{self.rate:6.1f}/s {'carried' if self.carried else 'NOT    '} {self.failed:4}/{self.calls} failed; 99 % within: 180 "
            f"{self.ringing * 1000:.0f} ms, operator's INVITE {self.rung * 1000:.0f} ms, 200 {self.answered * 1000:.0f} ms; "
            f"CPU a call: engine {self.engine_cpu_ms:.1f} ms, controller {self.controller_cpu_ms:.1f} ms"
        )


class Load:
    """Calls to one installation, whose operators' telephones are all at ``phones``."""

    def __init__(self, installation: Installation, phones: sipp.Sipp) -> None:
        self.installation = installation
        self.phones = phones

    def trial(self, number: str, rate: float, seconds: float) -> Trial:
        """Calls to ``number`` at ``rate`` a second; when they have all ended, what they were like."""
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
            patience_ms=GIVE_UP_MS,
        )
        with callers:
            # SIPp waits for the last call; a caller who is let down gives up after its patience, and its CANCEL is given some time.
            self._wait(callers, seconds + 3 * GIVE_UP_MS / 1000)
        installation.wait_until_empty()
        engine, controller = (now - then for now, then in zip(self._cpu(), before, strict=True))
        return self._trial(callers, rate, engine, controller)

    def _wait(self, callers: sipp.Sipp, seconds: float) -> None:
        try:
            until(lambda: callers.process.poll() is not None, seconds, "the callers' end")
        except TimeoutError:
            say("  some callers never came to an end")

    def _cpu(self) -> tuple[float, float]:
        """Of the engine and of the controller, if it runs."""
        at = self.installation
        return cpu_seconds(at.engine_pid), cpu_seconds(at.controller_pid) if at.has_controller else 0.0

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


@contextmanager
def ready_for_load(operators: int) -> Iterator[Load]:
    """An installation with operators logged on, their telephones answering, and ``Queue()`` beside the controller."""
    with Installation(operators=operators) as installation:
        port = free_ports(1)[0]
        users = [operator["user"] for operator in installation.operators]
        sip.register(users, installation.password, installation.config.sip_port, port)
        installation.log_on(installation.operators)
        queue.add(installation)
        with sipp.telephones(installation.folder, port, ring_ms=0) as phones:
            yield Load(installation, phones)
