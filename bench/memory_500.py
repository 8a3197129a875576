# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Memory of the controller and the engine with 500 calls up, each between a caller and an operator's telephone.

MiB of proportional set size (PSS, proc(5)): what would be freed if the process ended. Beside it, the engine with 500 calls by its own
``Queue()``, in the same engine afterwards.
"""

from __future__ import annotations

import asyncio
import sys

import uvloop
from tests.ports import free_ports

from bench.support import queue, sip
from bench.support.installation import Installation, until
from bench.support.population import MAIN_NUMBER
from bench.support.processes import memory_mb
from bench.support.result import report, say
from bench.support.telephones import Dialog, Line

CALLS = 500
RATE = 25.0
GOAL = 512.0


def answer(dialog: Dialog) -> None:
    dialog.ring()
    dialog.answer()


async def hold_calls(installation: Installation, trunk: Line, number: str) -> dict[str, float]:
    """Bring up ``CALLS`` calls to ``number``, look, and end them."""
    dialogs: list[Dialog] = []
    for _ in range(CALLS):
        dialogs.append(trunk.call(number))
        await asyncio.sleep(1 / RATE)
    await asyncio.to_thread(until, lambda: all(dialog.up for dialog in dialogs), 30, f"{CALLS} answered calls")
    found = {"controller": memory_mb(installation.controller_pid), "engine": memory_mb(installation.engine_pid)}
    for dialog in dialogs:
        dialog.hang_up()
        await asyncio.sleep(0.5 / RATE)
    if not await asyncio.to_thread(installation.wait_until_empty):
        raise RuntimeError(f"{installation.channels()} channels were left in the engine")
    return found


async def run(installation: Installation) -> None:
    server, port = installation.config.sip_port, free_ports(1)[0]
    sip.register([o["user"] for o in installation.operators], installation.password, server, port)
    installation.log_on(installation.operators)
    queue.add(installation)
    phones, trunk = await Line.open(server, port), await Line.open(server, installation.trunk_port)
    phones.rung = answer
    empty = {"controller": memory_mb(installation.controller_pid), "engine": memory_mb(installation.engine_pid)}
    say(f"without calls: {empty}")
    ours = await hold_calls(installation, trunk, MAIN_NUMBER)
    say(f"{CALLS} calls: {ours}")
    theirs = await hold_calls(installation, trunk, queue.NUMBER)
    say(f"{CALLS} calls by Queue(): {theirs}")
    report(
        "memory_500",
        ours["controller"] + ours["engine"],
        "MiB",
        GOAL,
        lower_is_better=True,
        samples=1,
        versions=installation.versions(),
        without_calls_mib=rounded(empty),
        calls_500_mib=rounded(ours),
        queue_500_mib=rounded(theirs),
    )


def rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 1) for name, value in values.items()}


def main() -> int:
    # More operators than calls: Queue() passes over one who has only just been free.
    with Installation(operators=CALLS + 20) as installation:
        uvloop.run(run(installation))
    return 0


if __name__ == "__main__":
    sys.exit(main())
