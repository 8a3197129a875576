# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for a real Chromium in benchmarks: the console as it is built, and a bare one that shows the engine's raw events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from aiohttp import web
from tests.ports import LOOPBACK

import vaxel.console
from vaxel.console import assets_build

STATIC = Path(vaxel.console.__file__).parent / "static"

CONSOLE = """<!doctype html><html lang="sv" data-color-scheme="light" data-size="sm"><head><meta charset="utf-8"><title>Console</title>
<link rel="stylesheet" href="/static/console/build/console.css">
<script type="module" src="/static/console/build/console.js"></script></head>
<body><div id="console"></div><script id="boot" type="application/json">{boot}</script></body></html>"""

BARE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Events</title></head><body><ul id="events"></ul><script>
const list = document.getElementById("events");
new WebSocket({url}).onmessage = event => {{
  const row = document.createElement("li");
  row.textContent = event.data;
  list.append(row);
  if (list.childElementCount > 200) list.firstElementChild.remove();
}};
</script></body></html>"""
"""As simple as a page can be: what the engine says, a line each."""


class Pages:
    """A web server with ``/console`` (for an operator's token) and ``/bare``. Use as an asynchronous context manager."""

    def __init__(self, live_url: str, token: str, events_url: str) -> None:
        assets_build.build(lambda line: None)
        boot = {
            "live_url": live_url,
            "token": token,
            "token_url": "/token",
            "login_url": "/log-in",
            "pages_url": "/calls",
            "api_url": "/api/v1",
            "csrf": "",
            "language": "sv",
            "sip": None,
        }
        # JSON inside a script element: only "<" could end it.
        self._console = CONSOLE.format(boot=json.dumps(boot).replace("<", "\\u003c"))
        self._bare = BARE.format(url=json.dumps(events_url))
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/console", self._page(self._console))
        app.router.add_get("/bare", self._page(self._bare))
        app.router.add_static("/static/", STATIC)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, 0).start()
        self.url = f"http://{LOOPBACK}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def _page(self, text: str) -> Any:
        async def page(request: web.Request) -> web.Response:
            return web.Response(text=text, content_type="text/html")

        return page
