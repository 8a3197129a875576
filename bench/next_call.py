# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How soon a free operator has the next caller: the 99th percentile, ours divided by that of the engine's own ``Queue()``.

20 operators and more callers than they can take. Like for like: from the operator's BYE to the next INVITE at her telephone; ours, theirs,
theirs, ours. Beside it, with open lines: from her hanging up at the console to the offer there, and from her accepting to the
caller's 200.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from contextlib import AsyncExitStack
from typing import Any

import uvloop
from tests.ports import free_ports

from bench.support import queue, sip
from bench.support.console import Console, Json
from bench.support.installation import Installation
from bench.support.population import MAIN_NUMBER
from bench.support.result import percentile, report, say
from bench.support.telephones import Dialog, Line

OPERATORS = 20
CALLERS = 32
TALK = (0.4, 1.6)
PAUSE = 0.05
"""Until a caller who was served is replaced by another."""
SECONDS = 25.0
WARM_UP = 3.0
GOAL = 1 / 20


class Callers:
    """``CALLERS`` people who call ``number``, each of whom calls again soon after a call."""

    def __init__(self, line: Line, number: str) -> None:
        self._line = line
        self._number = number
        self._loop = asyncio.get_running_loop()
        self._going_on = True
        self.answered: dict[str, float] = {}
        """Caller's number → when answered."""

    def start(self) -> None:
        for n in range(CALLERS):
            self._loop.call_later(n * 0.02, self._call)

    def _call(self) -> None:
        if self._going_on:
            self._line.call(self._number, self._heard)

    def _heard(self, dialog: Dialog, what: str) -> None:
        if what == "answered":
            self.answered[dialog.user] = dialog.answered
        elif what in ("ended", "refused"):
            self._loop.call_later(PAUSE, self._call)

    def stop(self) -> None:
        """Everybody hangs up."""
        self._going_on = False
        for dialog in list(self._line.dialogs.values()):
            if dialog.up:
                dialog.hang_up()
            elif not dialog.ended:
                dialog.cancel()


class Operators:
    """Telephones that answer at once, talk for a while and hang up. ``gaps`` are the seconds from BYE to the next INVITE."""

    def __init__(self, line: Line) -> None:
        self._random = random.Random(1)
        self._free: dict[str, float] = {}
        self._loop = asyncio.get_running_loop()
        self.gaps: list[float] = []
        self.measuring = False
        line.rung = self._rung

    def _rung(self, dialog: Dialog) -> None:
        free_since = self._free.pop(dialog.user, 0.0)
        if free_since and self.measuring:
            self.gaps.append(dialog.invited - free_since)
        dialog.ring()
        dialog.answer()
        self._loop.call_later(self._random.uniform(*TALK), self._hang_up, dialog)

    def _hang_up(self, dialog: Dialog) -> None:
        if dialog.up:
            dialog.hang_up()
            self._free[dialog.user] = dialog.ended


async def gaps(installation: Installation, phones: Line, trunk: Line, number: str) -> list[float]:
    """Seconds from each operator's BYE to her next INVITE, while calls come to ``number``."""
    operators, callers = Operators(phones), Callers(trunk, number)
    callers.start()
    await asyncio.sleep(WARM_UP)
    operators.measuring = True
    await asyncio.sleep(SECONDS)
    operators.measuring = False
    callers.stop()
    await asyncio.to_thread(installation.wait_until_empty)
    return operators.gaps


class OpenLines:
    """Consoles with the line open: accept at once, talk for a while, hang up.

    ``offered`` are seconds from hanging up to the next offer, ``bridged`` from accepting to the caller's 200, ``both`` the whole.
    """

    def __init__(self, callers: Callers) -> None:
        self._callers = callers
        self._random = random.Random(1)
        self._free: dict[str, float] = {}
        self._accepted: dict[str, tuple[float, float]] = {}
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.measuring = False
        self.offered: list[float] = []
        self.bridged: list[float] = []
        self.both: list[float] = []

    def changed(self, console: Console, call: Json) -> None:
        me = console.operator["id"]
        if me in call["offered_to"] and me not in self._busy:
            self._busy.add(me)
            task = asyncio.create_task(self._serve(console, call))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _serve(self, console: Console, call: Json) -> None:
        me, at = console.operator["id"], time.time()
        free_since = self._free.pop(me, 0.0)
        ack = await console.do("answer", call=call["id"])
        if ack["ok"]:
            await asyncio.sleep(self._random.uniform(*TALK))
            answered = self._callers.answered.get(call["caller"]["number"], 0.0)
            if free_since and answered and self.measuring:
                self.offered.append(at - free_since)
                self.bridged.append(answered - at)
                self.both.append(answered - free_since)
            self._free[me] = time.time()
            self._busy.discard(me)
            await console.do("hangup", call=call["id"])
        self._busy.discard(me)


async def open_lines(installation: Installation, phones: Line, trunk: Line) -> OpenLines:
    phones.rung = Dialog.answer
    callers = Callers(trunk, MAIN_NUMBER)
    lines = OpenLines(callers)
    async with AsyncExitStack() as stack:
        consoles = [
            await stack.enter_async_context(Console(installation, operator)) for operator in installation.operators
        ]
        for console in consoles:
            console.changed = lines.changed
            await console.do("open_line")
        callers.start()
        await asyncio.sleep(WARM_UP)
        lines.measuring = True
        await asyncio.sleep(SECONDS)
        lines.measuring = False
        callers.stop()
        for console in consoles:
            await console.do("close_line")
        await asyncio.to_thread(installation.wait_until_empty)
    return lines


async def run(installation: Installation) -> None:
    port = free_ports(1)[0]
    server = installation.config.sip_port
    sip.register([o["user"] for o in installation.operators], installation.password, server, port)
    installation.log_on(installation.operators)
    queue.add(installation)
    phones, trunk = await Line.open(server, port), await Line.open(server, installation.trunk_port)
    found: dict[str, list[float]] = {MAIN_NUMBER: [], queue.NUMBER: []}
    for number in queue.alternating(installation):
        measured = await gaps(installation, phones, trunk, number)
        found[number] += measured
        say(f"{'our controller' if number == MAIN_NUMBER else 'Queue()':15}{describe(measured)}")
    lines = await open_lines(installation, phones, trunk)
    say(f"line open      offer: {describe(lines.offered)}")
    say(f"               accepted → the caller's 200: {describe(lines.bridged)}")
    ours, theirs = percentile(found[MAIN_NUMBER], 99), percentile(found[queue.NUMBER], 99)
    report(
        "next_call",
        ours / theirs,
        "ours / Queue()",
        GOAL,
        lower_is_better=True,
        samples=len(found[MAIN_NUMBER]) + len(found[queue.NUMBER]),
        versions=installation.versions(),
        ours_ms=milliseconds(found[MAIN_NUMBER]),
        queue_ms=milliseconds(found[queue.NUMBER]),
        queue_settings=queue.SETTINGS,
        line_open_offer_ms=milliseconds(lines.offered),
        line_open_bridge_ms=milliseconds(lines.bridged),
        line_open_both_ms=milliseconds(lines.both),
        operators=OPERATORS,
        callers=CALLERS,
    )


def milliseconds(values: list[float]) -> dict[str, Any]:
    return {
        **{f"p{percent}": round(percentile(values, percent) * 1000, 1) for percent in (50, 90, 99)},
        "samples": len(values),
    }


def describe(values: list[float]) -> str:
    shown = milliseconds(values)
    return f"{shown['samples']} times, half within {shown['p50']} ms, 90 % {shown['p90']} ms, 99 % {shown['p99']} ms"


def main() -> int:
    with Installation(operators=OPERATORS) as installation:
        uvloop.run(run(installation))
    return 0


if __name__ == "__main__":
    sys.exit(main())
