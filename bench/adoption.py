# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Seconds from ``kill -9`` of the controller, with 100 calls up, until a newly started one has them all; and calls lost.

The calls talk, are held, parked, wait, ring and are recorded. The new controller is started at once, as the supervisor does. Adopted means:
``/readyz`` says that the engine is connected and counts as many calls as before. A call is lost when its caller's
telephone was hung up, or when the hub does not show it in its former state. In the end every call is
taken up again or ended by command, which must leave nothing behind.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections import Counter

import uvloop
from tests.ports import free_ports

from bench.support import sip
from bench.support.console import Console, Json
from bench.support.installation import Installation, until
from bench.support.population import MAIN_NUMBER
from bench.support.result import report, say
from bench.support.telephones import Dialog, Line

TALKING, HELD, PARKED, WAITING, RINGING, RECORDED = 35, 15, 10, 15, 15, 10
CALLS = TALKING + HELD + PARKED + WAITING + RINGING + RECORDED
OPERATORS = TALKING + HELD + PARKED
KILLS = 3
GOAL = 5.0


class Scene:
    """100 calls in six states. ``dialogs`` are the callers' telephones."""

    def __init__(self, installation: Installation, phones: Line, trunk: Line, console: Console) -> None:
        self._installation = installation
        self._phones = phones
        self._trunk = trunk
        self.console = console
        self.dialogs: list[Dialog] = []
        phones.rung = self._rung

    def _rung(self, dialog: Dialog) -> None:
        dialog.ring()
        if dialog.user.startswith("op-"):
            dialog.answer()

    async def set_up(self) -> None:
        await self._with_operators(PARKED, "park")
        for operator in [o for o in self._installation.operators if not self._calls_of(o)][:PARKED]:
            # Else the callers who are to wait would be offered to them.
            await asyncio.to_thread(self._installation.do, operator, "pause", reason="lunch")
        await self._with_operators(HELD, "hold")
        await self._with_operators(TALKING)
        people = self._installation.people
        for person in people[RINGING:]:
            self._call(person["number"])
        await self.wait_for("recording", RECORDED)
        for _ in range(WAITING):
            self._call(MAIN_NUMBER)
        for person in people[:RINGING]:
            self._call(person["number"])
        await self.wait_for("waiting", WAITING)
        await self.wait_for("ringing", RINGING)

    def _call(self, number: str) -> None:
        self.dialogs.append(self._trunk.call(number))

    async def _with_operators(self, count: int, do: str = "") -> None:
        """``count`` more callers whom operators answer and then, if so said, hold or park."""
        known = set(self.console.calls)
        for _ in range(count):
            self._call(MAIN_NUMBER)
        await self._until(lambda: len(self._connected(known)) == count, f"{count} connected calls")
        for call in self._connected(known) if do else []:
            await asyncio.to_thread(self._installation.do, self._operator(call), do, call=call["id"])

    def _connected(self, known: set[str]) -> list[Json]:
        return [call for id_, call in self.console.calls.items() if id_ not in known and call["state"] == "connected"]

    def _operator(self, call: Json) -> Json:
        return next(o for o in self._installation.operators if o["id"] == call["operator"])

    def _calls_of(self, operator: Json) -> bool:
        return any(call["operator"] == operator["id"] for call in self.console.calls.values())

    async def wait_for(self, state: str, count: int) -> None:
        await self._until(lambda: self.states()[state] == count, f"{count} calls that are {state}")

    async def _until(self, ask: object, what: str) -> None:
        await asyncio.to_thread(until, ask, 40, what)  # type: ignore[arg-type]

    def states(self) -> Counter[str]:
        return Counter(call["state"] for call in self.console.calls.values())

    def lost(self, before: dict[str, Json]) -> int:
        """Callers who were hung up, or calls that are not as ``before``: whichever are more."""
        hung_up = sum(1 for dialog in self.dialogs if dialog.ended)
        now = self.console.calls
        gone = [id_ for id_, call in before.items() if id_ not in now or now[id_]["state"] != call["state"]]
        return max(hung_up, len(gone))

    async def finish(self) -> None:
        """By the operators' commands where there is an operator, else by the callers."""
        do = self._installation.do
        for call in list(self.console.calls.values()):
            if call["state"] == "held":
                await asyncio.to_thread(do, self._operator(call), "resume", call=call["id"])
            if call["state"] in ("held", "connected"):
                await asyncio.to_thread(do, self._operator(call), "hangup", call=call["id"])
            elif call["state"] == "parked":
                await asyncio.to_thread(do, self._installation.operators[0], "hangup", call=call["id"])
        for dialog in self.dialogs:
            if dialog.up:
                dialog.hang_up()
            elif not dialog.ended:
                dialog.cancel()
        await self._until(lambda: not self.console.calls, "the end of all calls at the hub")
        if not await asyncio.to_thread(self._installation.wait_until_empty):
            raise RuntimeError(f"{self._installation.channels()} channels were left in the engine")


async def kill_and_adopt(installation: Installation) -> float:
    """Seconds from the kill to all calls being adopted."""
    killed = time.monotonic()
    installation.stop_controller(signal.SIGKILL)
    installation.start_controller(wait=False)

    def adopted() -> bool:
        state = installation.ready()
        return bool(state.get("ok")) and state.get("calls") == CALLS

    await asyncio.to_thread(until, adopted, 30, f"{CALLS} adopted calls")
    return time.monotonic() - killed


async def run(installation: Installation) -> None:
    server, port = installation.config.sip_port, free_ports(1)[0]
    users = [o["user"] for o in installation.operators] + [p["user"] for p in installation.people[:RINGING]]
    sip.register(users, installation.password, server, port)
    installation.log_on(installation.operators)
    phones, trunk = await Line.open(server, port), await Line.open(server, installation.trunk_port)
    async with Console(installation, installation.operators[0]) as console:
        scene = Scene(installation, phones, trunk, console)
        await scene.set_up()
        before = dict(console.calls)
        say(f"{len(before)} calls: {dict(scene.states())}")
    seconds, lost = [], 0
    for _ in range(KILLS):
        seconds.append(await kill_and_adopt(installation))
        async with Console(installation, installation.operators[0]) as scene.console:
            lost = max(lost, scene.lost(before))
            say(f"adopted after {seconds[-1]:.2f} s: {dict(scene.states())}; lost: {lost}")
    async with Console(installation, installation.operators[0]) as scene.console:
        await scene.finish()
    metrics = installation.metrics()
    report(
        "adoption",
        max(seconds),
        "s",
        GOAL,
        lower_is_better=True,
        samples=KILLS,
        versions=installation.versions(),
        lost=lost,
        seconds=[round(value, 2) for value in seconds],
        calls=CALLS,
        adopted_by_the_last=metrics.get("vaxel_calls_adopted_total"),
        states=dict(Counter(call["state"] for call in before.values())),
    )


def main() -> int:
    with Installation(operators=OPERATORS, people=RINGING + RECORDED) as installation:
        uvloop.run(run(installation))
    return 0


if __name__ == "__main__":
    sys.exit(main())
