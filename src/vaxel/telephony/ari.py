# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's ARI: events and requests over WebSockets.

Requests go over WebSockets too (Asterisk ≥ 20.15 / 22.5, "ARI REST over WebSocket"): the engine answers those of one connection strictly
in their order, so a call's commands can be sent one behind the other without waiting for each answer. Several such pipes
run side by side, and a call always uses the same one. See ADR 6.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import orjson
import structlog
from msgspec import Struct

log = structlog.get_logger()

HEARTBEAT = 2.0
"""Seconds between pings. A peer that vanished without closing the connection is noticed after 1.5 times this."""
PIPE_HEARTBEAT = 10.0
"""The same for pipes: the engine answers no ping while it carries out a request, and one that takes long is no lost engine."""
TIMEOUT = 10.0


class Answer(Struct, frozen=True):
    """``status`` is HTTP's; 0 when the connection was lost before the answer came."""

    status: int
    body: Any = None

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


LOST = Answer(0)
Done = Callable[[Answer], None]


class Unreachable(Exception):
    """The engine does not answer, or refuses our password."""


def path(*parts: str, **query: str | int | float | None) -> str:
    """An ARI request path with its query, both escaped; None leaves a parameter out."""
    where = "/".join(map(_escaped, parts))
    given = "&".join(f"{name}={_escaped(str(value))}" for name, value in query.items() if value is not None)
    return f"{where}?{given}" if given else where


_needs_no_escape = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch


def _escaped(text: str) -> str:
    # Ids, nearly all there is to escape, are plain; quote() would take them apart letter by letter.
    return text if _needs_no_escape(text) else quote(text, safe="")


class Pipe:
    """One WebSocket of an ARI application, with requests in flight. Ends by itself when the connection does."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._waiting: dict[str, Done] = {}
        self._last = 0

    def send(self, method: str, uri: str, body: dict[str, Any] | None, done: Done | None) -> None:
        """Queue a request behind those already sent. ``done`` hears the answer."""
        self._last += 1
        key = str(self._last)
        message: dict[str, Any] = {"type": "RESTRequest", "request_id": key, "method": method, "uri": uri}
        if body is not None:
            message["content_type"] = "application/json"
            message["message_body"] = orjson.dumps(body).decode()
        if done is not None:
            self._waiting[key] = done
        task = asyncio.ensure_future(self._write(orjson.dumps(message).decode(), key))
        _TASKS.add(task)
        task.add_done_callback(_TASKS.discard)

    async def _write(self, text: str, key: str) -> None:
        try:
            await self._socket.send_str(text)
        except (ConnectionError, RuntimeError):
            self._resolve(key, LOST)

    async def messages(self) -> AsyncIterator[dict[str, Any]]:
        """The events, until the connection ends. Answers go to those who asked."""
        try:
            async for frame in self._socket:
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    continue
                message: dict[str, Any] = orjson.loads(frame.data)
                if message.get("type") == "RESTResponse":
                    self._resolve(message.get("request_id", ""), _answer(message))
                else:
                    yield message
        finally:
            for key in list(self._waiting):
                self._resolve(key, LOST)

    def _resolve(self, key: str, answer: Answer) -> None:
        done = self._waiting.pop(key, None)
        if done is not None:
            done(answer)

    async def close(self) -> None:
        await self._socket.close()

    @property
    def closed(self) -> bool:
        return self._socket.closed


_TASKS: set[asyncio.Future[None]] = set()


def _answer(message: dict[str, Any]) -> Answer:
    body = message.get("message_body")
    with contextlib.suppress(orjson.JSONDecodeError, TypeError):
        body = orjson.loads(body) if body else None
    return Answer(int(message.get("status_code", 500)), body)


class Ari:
    """A connection to one engine: ``connect``, then read ``events`` until they end, then connect again.

    ``application`` receives the events. ``pipes`` further connections carry requests only, under names of their own.
    """

    def __init__(self, url: str, user: str, password: str, application: str = "vaxel", pipes: int = 3) -> None:
        self._url = url
        self._auth = aiohttp.BasicAuth(user, password)
        self._application = application
        self._names = [f"{application}-pipe-{n}" for n in range(pipes)]
        self._session: aiohttp.ClientSession | None = None
        self._main: Pipe | None = None
        self._pipes: list[Pipe] = []
        self._readers: list[asyncio.Task[None]] = []

    async def connect(self) -> None:
        """Open all connections. Raises ``Unreachable``."""
        await self.close()
        self._session = aiohttp.ClientSession(
            auth=self._auth, timeout=aiohttp.ClientTimeout(total=None, sock_connect=TIMEOUT)
        )
        try:
            self._pipes = [await self._open(name, PIPE_HEARTBEAT) for name in self._names]
            self._main = await self._open(self._application, HEARTBEAT)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            await self.close()
            raise Unreachable(f"The engine at {self._url} can't be reached: {error}") from error
        self._readers = [asyncio.ensure_future(self._drain(pipe)) for pipe in self._pipes]

    async def _open(self, application: str, heartbeat: float) -> Pipe:
        assert self._session is not None
        url = f"{self._url.replace('http', 'ws', 1)}/events?{urlencode({'app': application, 'subscribeAll': 'false'})}"
        socket = await self._session.ws_connect(url, heartbeat=heartbeat, max_msg_size=0, compress=0)
        return Pipe(socket)

    async def _drain(self, pipe: Pipe) -> None:
        async for _ in pipe.messages():
            pass
        # Without its pipes the application can't act: the whole connection counts as lost.
        if self._main is not None:
            await self._main.close()

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        assert self._main is not None
        async for message in self._main.messages():
            yield message

    @property
    def connected(self) -> bool:
        return self._main is not None and not self._main.closed

    def send(
        self, key: int, method: str, uri: str, body: dict[str, Any] | None = None, done: Done | None = None
    ) -> None:
        """Send without waiting. Requests with the same ``key`` are carried out in their order."""
        pipes = self._pipes
        if not pipes:
            if done is not None:
                done(LOST)
            return
        pipes[key % len(pipes)].send(method, uri, body, done)

    async def ask(self, method: str, uri: str, body: dict[str, Any] | None = None) -> Answer:
        """Send and wait: for start-up and reconciling, not for calls."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.send(0, method, uri, body, lambda got: None if answer.done() else answer.set_result(got))
        try:
            return await asyncio.wait_for(answer, TIMEOUT)
        except TimeoutError:
            return LOST

    async def close(self) -> None:
        for reader in self._readers:
            reader.cancel()
        self._readers = []
        for pipe in [*self._pipes, *([self._main] if self._main else [])]:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(pipe.close(), 1.0)
        self._pipes, self._main = [], None
        if self._session is not None:
            await self._session.close()
            self._session = None
