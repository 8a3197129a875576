# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How soon an operator has the same state again: seconds until Chromium has painted exactly the callers who wait, the 99th percentile
over four kinds of return.

``lost``: the connection to the hub is cut for up to a second and a half, a caller gives up meanwhile; the clock starts when it can be had
again. ``restart``: the controller is killed, a caller gives up, a new one is started; the clock starts when its hub can be connected to.
``reload`` and ``tab``: the page is loaded again, or opened once more beside itself; the clock starts with the command.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import socket
import sys
import time
from collections import deque
from typing import Any

import uvloop
from playwright.async_api import BrowserContext, Page, async_playwright
from tests.browser.conftest import CHROMIUM, SWITCHES, WITHOUT_TIMES
from tests.ports import LOOPBACK, free_ports
from tests.system.proxy import SilentProxy

from bench.support import sip
from bench.support.installation import Installation, until
from bench.support.pages import Pages
from bench.support.population import MAIN_NUMBER
from bench.support.result import percentile, report, say
from bench.support.telephones import Dialog, Line

WAITING = 10
"""Callers at any time: each gives up after so many rounds, long before she would be asked to leave a message."""
ROUNDS = {"lost": 60, "restart": 15, "reload": 30, "tab": 30}
AWAY = (0.3, 1.5)
"""Seconds for which the connection is cut."""
PATIENCE = 20.0
LOOKS = 100
GOAL = 1.0

SETTLED = """([waiting, gone]) => new Promise(resolve => {
  const settled = () => {
    const digits = (document.querySelector("main")?.textContent ?? "").replace(/\\D/g, "");
    return waiting.every(number => digits.includes(number)) && !gone.some(number => digits.includes(number));
  };
  const painted = () => requestAnimationFrame(() => {
    // The frame draws the rows; the message comes when it has been drawn.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve((performance.timeOrigin + performance.now()) / 1000);
    port2.postMessage(null);
  });
  if (settled()) return painted();
  const watcher = new MutationObserver(() => {
    if (!settled()) return;
    watcher.disconnect();
    painted();
  });
  watcher.observe(document, { childList: true, subtree: true, characterData: true });
})"""


class Callers:
    """Those who wait, the longest first. A number is nine digits, which the page shows in a row."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._waiting: deque[tuple[str, Dialog]] = deque()
        self._n = 0
        self.gone: list[str] = []

    @property
    def numbers(self) -> list[str]:
        return [number for number, _dialog in self._waiting]

    def one_calls(self) -> None:
        self._n += 1
        number = f"40{self._n:07}"
        self._waiting.append((number, self._line.call(MAIN_NUMBER, caller=f"46{number}")))

    def one_gives_up(self) -> None:
        number, dialog = self._waiting.popleft()
        if dialog.up:
            dialog.hang_up()
        else:
            dialog.cancel()
        self.gone.append(number)


class Desk:
    """An operator's page, her callers, and what stands between it and the hub."""

    def __init__(self, installation: Installation, page: Page, callers: Callers, network: SilentProxy) -> None:
        self._installation = installation
        self._page = page
        self._callers = callers
        self._network = network

    async def settled(self, page: Page) -> float:
        """When the page showed exactly those who wait now."""
        asked = page.evaluate(SETTLED, [self._callers.numbers, self._callers.gone[-WAITING:]])
        painted: float = await asyncio.wait_for(asked, PATIENCE)
        return painted

    async def lost(self, _n: int) -> float:
        self._network.cut()
        self._callers.one_gives_up()
        await asyncio.sleep(random.uniform(*AWAY))
        settled = asyncio.create_task(self.settled(self._page))
        await asyncio.sleep(0.01)
        self._network.mend()
        return await _since(time.time(), settled)

    async def restart(self, _n: int) -> float:
        self._installation.stop_controller(signal.SIGKILL)
        self._callers.one_gives_up()
        settled = asyncio.create_task(self.settled(self._page))
        self._installation.start_controller(wait=False)
        await asyncio.to_thread(until, self._hub_is_there, PATIENCE, "a hub that can be connected to")
        return await _since(time.time(), settled)

    async def reload(self, _n: int) -> float:
        asked = time.time()
        await self._page.reload(wait_until="commit")
        return await self.settled(self._page) - asked

    async def tab(self, _n: int) -> float:
        page = await self._page.context.new_page()
        asked = time.time()
        await page.goto(self._page.url, wait_until="commit")
        seconds = await self.settled(page) - asked
        await page.close()
        return seconds

    def _hub_is_there(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, self._installation.config.live_port), 1):
            return True
        return False

    async def rounds(self, kind: str) -> list[float]:
        found = []
        for n in range(ROUNDS[kind]):
            found.append(await getattr(self, kind)(n))
            while len(self._callers.numbers) < WAITING:
                self._callers.one_calls()
            await self.settled(self._page)
        return found


async def _since(start: float, settled: asyncio.Task[float]) -> float:
    return await settled - start


async def as_a_fresh_page(context: BrowserContext, page: Page, desk: Desk) -> bool:
    """Is everything on the page, but for running times, as on one that has seen nothing of all this?"""
    fresh = await context.new_page()
    await fresh.goto(page.url)
    await desk.settled(fresh)
    for _ in range(LOOKS):
        # Not all of it comes from the hub: what the page asks for besides has its own time.
        shown = [await one.evaluate(WITHOUT_TIMES) for one in (page, fresh)]
        if shown[0] == shown[1]:
            break
        await asyncio.sleep(0.05)
    await fresh.close()
    return bool(shown[0] == shown[1])


async def run(installation: Installation) -> None:
    config, operator = installation.config, installation.operators[0]
    phones_port = free_ports(1)[0]
    sip.register([operator["user"]], installation.password, config.sip_port, phones_port)
    phones = await Line.open(config.sip_port, phones_port)
    phones.rung = Dialog.ring
    installation.log_on([operator])
    callers = Callers(await Line.open(config.sip_port, installation.trunk_port))
    found: dict[str, list[float]] = {}
    with SilentProxy(config.live_port) as network:
        pages = Pages(f"ws://{LOOPBACK}:{network.port}/live", operator["token"], "")
        async with pages, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES, chromium_sandbox=False)
            context = await browser.new_context(viewport={"width": 1280, "height": 800})
            page = await context.new_page()
            await page.goto(f"{pages.url}/console")
            desk = Desk(installation, page, callers, network)
            for _ in range(WAITING):
                callers.one_calls()
            await desk.settled(page)
            for kind in ROUNDS:
                found[kind] = await desk.rounds(kind)
                say(f"{kind:8} {seconds(found[kind])}")
            same = await as_a_fresh_page(context, page, desk)
            version = browser.version
            await browser.close()
    everything = [value for values in found.values() for value in values]
    report(
        "reconnect",
        percentile(everything, 99),
        "s",
        GOAL,
        lower_is_better=True,
        samples=len(everything),
        versions={**installation.versions(), "chromium": version},
        waiting=WAITING,
        as_a_fresh_page=same,
        **{kind: seconds(values) for kind, values in found.items()},
    )


def seconds(values: list[float]) -> dict[str, Any]:
    percents = {f"p{percent}": round(percentile(values, percent), 3) for percent in (50, 90, 99)}
    return {**percents, "samples": len(values)}


def main() -> int:
    with Installation(operators=1) as installation:
        uvloop.run(run(installation))
    return 0


if __name__ == "__main__":
    sys.exit(main())
