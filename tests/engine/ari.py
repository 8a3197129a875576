# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's ARI for tests without a controller: requests over HTTP, and an application that only listens."""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import threading
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

import aiohttp

from tests.engine.waiting import Event, Events, until
from vaxel.site.config import Config
from vaxel.telephony.engine import APPLICATION, ARI_USER, places


class Ari:
    """``request("POST", "channels", endpoint="PJSIP/anna")`` → (status, JSON or None)."""

    def __init__(self, config: Config) -> None:
        self._config = config
        login = f"{ARI_USER}:{config.secrets['ari']}"
        self.headers = {"Authorization": "Basic " + base64.b64encode(login.encode()).decode()}

    def request(self, method: str, path: str, body: object = None, **query: object) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(self._config.ari_host, self._config.ari_port, timeout=10)
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(
                method,
                f"/ari/{path}" + (f"?{urlencode(query)}" if query else ""),
                json.dumps(body) if body is not None else None,
                headers,
            )
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        return response.status, json.loads(content) if content.strip() else None

    def get(self, path: str) -> Any:
        status, body = self.request("GET", path)
        assert status == 200, f"GET {path}: {status} {body}"
        return body

    def leftovers(self) -> dict[str, list[str]]:
        """Channels, bridges and live recordings that are there now; empty when the engine is clean."""
        found = {
            "channels": [f"{channel['id']} {channel['name']} {channel['state']}" for channel in self.get("channels")],
            "bridges": [bridge["id"] for bridge in self.get("bridges")],
            "recordings": self._live_recordings(),
        }
        return {kind: entries for kind, entries in found.items() if entries}

    def _live_recordings(self) -> list[str]:
        """ARI lists none, but knows each by name: the engine is asked about every file among the recordings."""
        names = [path.stem for path in places(self._config).recordings.glob("*.wav")]
        return [name for name in names if self.request("GET", f"recordings/live/{quote(name)}")[0] == 200]

    def assert_clean(self, timeout: float = 20.0) -> None:
        """Wait until nothing is left. Raises :class:`AssertionError` with what stays."""
        try:
            until(lambda: not self.leftovers(), timeout)
        except TimeoutError as error:
            raise AssertionError(f"left in the engine after {timeout} s: {self.leftovers()}") from error


class ListeningApp:
    """An ARI application on a WebSocket of its own: while it is there, the dialplan's calls come to it. Use as a context manager."""

    def __init__(self, config: Config, name: str = APPLICATION, subscribe_all: bool = False) -> None:
        self._config = config
        self._name = name
        self._subscribe_all = subscribe_all
        self.events = Events()
        self._loop = asyncio.new_event_loop()
        self._connected = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._listen(),), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._connected.wait(10), "the engine did not accept the application"
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._socket.close(), self._loop).result(5)
        self._thread.join(5)

    def send(self, message: dict[str, Any]) -> None:
        """A frame to the engine, as of REST over WebSocket."""
        asyncio.run_coroutine_threadsafe(self._socket.send_str(json.dumps(message)), self._loop).result(5)

    def wait_for(self, kind: str, timeout: float = 20.0, since: int = 0, **fields: object) -> Event:
        """An event of ``kind``; ``fields`` by dotted path with ``__`` between: ``channel__id="x"``."""
        return self.events.wait(
            lambda event: (
                event.get("type") == kind and all(_at(event, path) == value for path, value in fields.items())
            ),
            timeout,
            since,
        )

    async def _listen(self) -> None:
        config = self._config
        query = urlencode({"app": self._name, "subscribeAll": str(self._subscribe_all).lower()})
        url = f"ws://{config.ari_host}:{config.ari_port}/ari/events?{query}"
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(url, headers=Ari(config).headers) as self._socket,
        ):
            self._connected.set()
            async for message in self._socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    self.events.add(json.loads(message.data))


def _at(event: Event, path: str) -> object:
    found: Any = event
    for part in path.split("__"):
        found = found.get(part) if isinstance(found, dict) else None
    return found
