# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How soon a call is on the operator's screen: INVITE at the engine → its row painted in Chromium, the 99th percentile, divided by that
of a bare page which shows the engine's raw events. In turns: bare, console, console, bare. Then the console again while 200 others
are connected to the same hub.

One call at a time; the caller gives up once it is seen. Both times are of the machine's one clock: the caller's before the INVITE is
sent, the page's in the task after the frame in which the row was drawn.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urlencode

import uvloop
from playwright.async_api import Browser, Page, async_playwright
from tests.browser.conftest import CHROMIUM, SWITCHES
from tests.ports import LOOPBACK, free_ports

from bench.support import sip
from bench.support.installation import ROOT, Installation
from bench.support.pages import Pages
from bench.support.population import MAIN_NUMBER
from bench.support.result import percentile, report, say
from bench.support.telephones import Dialog, Line
from vaxel.telephony import engine

ONLOOKERS = 200
CALLS = 120
"""A round."""
WARM_UP = 10
PATIENCE = 5.0
"""Seconds after which a call that isn't painted counts as lost."""
GOAL = 3.0
GOAL_CROWDED = 2.0

WATCH = """number => {
  window.painted = new Promise(resolve => {
    const text = change => change.target.data ?? [...change.addedNodes].map(node => node.textContent).join(" ");
    const watcher = new MutationObserver(changes => {
      if (!changes.some(change => text(change).replace(/\\D/g, "").includes(number))) return;
      watcher.disconnect();
      // The frame draws the row; the message comes when it has been drawn.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve((performance.timeOrigin + performance.now()) / 1000);
        port2.postMessage(null);
      });
    });
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}"""


class Screen:
    """A page that is open in Chromium, and a telephone line that calls the switchboard."""

    def __init__(self, page: Page, line: Line) -> None:
        self._page = page
        self._line = line
        self.lost = 0

    async def pops(self, calls: int) -> list[float]:
        """Seconds from INVITE to the painted row, of each call that was painted."""
        found = [await self._pop(number) for number in range(calls)]
        return [seconds for seconds in found if seconds is not None]

    async def _pop(self, n: int) -> float | None:
        # Nine digits in a row as both pages show them: with the country's code or without.
        shown = f"40{n % 10}{id(self) % 1000:03}{n:03}"
        await self._page.evaluate(WATCH, shown)
        over = asyncio.get_running_loop().create_future()

        def heard(dialog: Dialog, what: str) -> None:
            if what in ("refused", "ended") and not over.done():
                over.set_result(None)

        dialog = self._line.call(MAIN_NUMBER, heard, caller=f"46{shown}")
        try:
            painted: float = await asyncio.wait_for(self._page.evaluate("window.painted"), PATIENCE)
        except TimeoutError:
            self.lost += 1
            return None
        finally:
            dialog.cancel()
        await asyncio.wait_for(over, PATIENCE)
        return painted - dialog.invited


@asynccontextmanager
async def screen(browser: Browser, address: str, ready: str, line: Line) -> AsyncIterator[Screen]:
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    await page.goto(address)
    await page.locator(ready).first.wait_for(state="attached")
    yield Screen(page, line)
    await context.close()


@contextmanager
def onlookers(installation: Installation, live_url: str) -> Iterator[None]:
    """``ONLOOKERS`` further consoles, connected."""
    tokens = [operator["token"] for operator in installation.operators[1:]]
    command = [sys.executable, "-m", "bench.support.onlookers"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"url": live_url, "tokens": tokens}) + "\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("the other consoles could not connect")
        yield
        process.stdin.close()


async def run(installation: Installation) -> None:
    config = installation.config
    operator = installation.operators[0]
    live_url = f"ws://{LOOPBACK}:{config.live_port}/live"
    key = f"{engine.ARI_USER}:{config.secrets['ari']}"
    query = urlencode({"app": "bare", "subscribeAll": "true", "api_key": key})
    phones_port = free_ports(1)[0]
    sip.register([operator["user"]], installation.password, config.sip_port, phones_port)
    phones = await Line.open(config.sip_port, phones_port)
    phones.rung = Dialog.ring
    installation.log_on([operator])
    line = await Line.open(config.sip_port, installation.trunk_port)
    pages = Pages(live_url, operator["token"], f"ws://{LOOPBACK}:{config.ari_port}/ari/events?{query}")
    found: dict[str, list[float]] = {"bare": [], "console": [], "crowded": []}
    lost = dict.fromkeys(found, 0)
    async with pages, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES, chromium_sandbox=False)

        async def a_round(name: str) -> None:
            path, ready = ("/bare", "#events") if name == "bare" else ("/console", ".who")
            async with screen(browser, pages.url + path, ready, line) as shown:
                await shown.pops(WARM_UP)
                found[name] += (times := await shown.pops(CALLS))
                lost[name] += shown.lost
            say(f"{name:8} {describe(times)}")

        for name in ("bare", "console", "console", "bare"):
            await a_round(name)
        with onlookers(installation, live_url):
            await a_round("crowded")
            await a_round("crowded")
        await browser.close()
    p99 = {name: percentile(times, 99) for name, times in found.items()}
    report(
        "screen_pop",
        p99["console"] / p99["bare"],
        "console / bare page",
        GOAL,
        lower_is_better=True,
        samples=sum(map(len, found.values())),
        versions={**installation.versions(), "chromium": browser.version},
        crowded_ratio=round(p99["crowded"] / p99["console"], 3),
        crowded_goal=GOAL_CROWDED,
        crowded_met=p99["crowded"] <= GOAL_CROWDED * p99["console"],
        onlookers=ONLOOKERS,
        lost=lost,
        **{f"{name}_ms": milliseconds(times) for name, times in found.items()},
    )


def milliseconds(values: list[float]) -> dict[str, Any]:
    return {
        **{f"p{percent}": round(percentile(values, percent) * 1000, 1) for percent in (50, 90, 99)},
        "samples": len(values),
    }


def describe(values: list[float]) -> str:
    shown = milliseconds(values)
    return f"{shown['samples']} calls painted, half within {shown['p50']} ms, 90 % {shown['p90']} ms, 99 % {shown['p99']} ms"


def main() -> int:
    with Installation(operators=1 + ONLOOKERS) as installation:
        uvloop.run(run(installation))
    return 0


if __name__ == "__main__":
    sys.exit(main())
