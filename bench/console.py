# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the operator's page stays as small as it began: its memory after a simulated day of eight hours and 300 calls, divided by that
after the first sixty.

The real page in Chromium with the tests' double of the hub. A call is offered, answered by key, somebody is searched and connected, or it
is held, parked, or left as a message; colleagues come and go meanwhile; the page's clock is moved on between calls, so that eight
hours pass on it. Memory is what the collector leaves: bytes of JavaScript, nodes of the document, and listeners.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import django
from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.support.result import report, say

CALLS = 300
EVERY = 30
FIRST = 60
"""Calls until what is made only once has been made: caches, compiled code."""
DAY = 8 * 3600
GOAL = 1.1


def measure(session: CDPSession) -> dict[str, float]:
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[name] for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners")}


class Day:
    """One operator's day at ``page``, told by ``hub``."""

    def __init__(self, hub: Any, page: Page) -> None:
        self._hub = hub
        self._page = page

    def call(self, n: int) -> None:
        hub, page = self._hub, self._page
        id_ = f"n1-{n}.1"
        caller = {"number": f"4670174{n:04}", "name": "", "internal": False}
        hub.call(f"n1-{n}.2", "tana", caller=caller)
        hub.call(id_, "gnosjo" if n % 2 else "tana", offered_to=[ME], caller=caller)
        page.locator(".call[data-offered=true]").wait_for()
        page.keyboard.press("F2")
        page.locator(".call[data-offered=false]").wait_for()
        hub.operator("o2", state="ready" if n % 2 else "talking")
        (self._connected, self._held, self._written)[n % 3](id_)
        hub.gone(f"n1-{n}.2")
        page.locator(".idle").wait_for()
        page.clock.fast_forward(DAY * 1000 // CALLS)

    def _connected(self, id_: str) -> None:
        self._page.keyboard.type("anna", delay=0)
        self._page.locator(".result").first.wait_for()
        self._page.keyboard.press("Enter")
        self._page.locator(".partner").wait_for()
        self._hub.update(id_, state="connected", operator="")
        self._hub.gone(id_)

    def _held(self, id_: str) -> None:
        self._page.keyboard.press("F8")
        self._page.locator(".list-held .row").wait_for()
        self._page.keyboard.press("F8")
        self._page.locator(".call[data-offered=false]").wait_for()
        self._page.keyboard.press("F9")
        self._page.locator(".list-parked .row").wait_for()
        self._hub.gone(id_)

    def _written(self, id_: str) -> None:
        self._page.keyboard.type("bo an", delay=0)
        self._page.locator(".result").first.wait_for()
        self._page.keyboard.press("Control+Enter")
        self._page.keyboard.type("Ring!", delay=0)
        self._page.keyboard.press("Control+Enter")
        self._hub.wait_for("message")
        self._page.locator("form textarea").wait_for(state="detached")
        self._page.keyboard.press("F4")


def run() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES, chromium_sandbox=False)
        hub = Hub()
        page = browser.new_page()
        page.clock.install()
        page.goto(f"{hub.url}/console")
        page.get_by_text("Eva Lind").wait_for()
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        day = Day(hub, page)
        seen: dict[int, dict[str, float]] = {}
        for n in range(1, CALLS + 1):
            day.call(n)
            if n % EVERY == 0:
                # What the double has kept of the day is not the page's.
                hub.asked.clear()
                seen[n] = measure(session)
                say(f"after {n:3} calls: {seen[n]['JSHeapUsedSize'] / 1e6:.2f} MB, {seen[n]['Nodes']:.0f} nodes")
        version = browser.version
        hub.stop()
        browser.close()
    first, last = seen[FIRST], seen[CALLS]
    report(
        "console",
        last["JSHeapUsedSize"] / first["JSHeapUsedSize"],
        "memory after the day / after 60 calls",
        GOAL,
        lower_is_better=True,
        samples=CALLS,
        versions={"chromium": version, "python": sys.version.split()[0]},
        first=first,
        last=last,
        second_half=round(last["JSHeapUsedSize"] / seen[CALLS // 2]["JSHeapUsedSize"], 3),
        megabytes=[round(one["JSHeapUsedSize"] / 1e6, 2) for one in seen.values()],
        nodes=[round(one["Nodes"]) for one in seen.values()],
    )


def main() -> int:
    run()
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.browser.conftest import CHROMIUM, SWITCHES
    from tests.browser.hub import ME, Hub

    sys.exit(main())
