# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The controller's own web server: the live hub's WebSocket, commands from the web, health and metrics."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import aiohttp
import orjson
import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from vaxel.callcontrol.hub import BACKLOG, Client, Hub, Refusal

log = structlog.get_logger()

HELLO_SECONDS = 10.0
CLOSE_SECONDS = 2.0
"""For a client to take leave."""
MAX_FRAME = 64 * 1024
MAX_UNSENT = 16 * 1024 * 1024
"""Bytes that a client may leave unread."""
Reload = Callable[[], Awaitable[None]]


async def _nothing_to_reload() -> None:
    """For a server without notices."""


class Control(Protocol):
    """What the server needs of the controller."""

    hub: Hub

    def operator_of(self, token: str) -> str | None: ...
    def organisations_of(self, operator: str) -> frozenset[str]: ...
    def command(self, operator: str, frame: dict[str, Any]) -> dict[str, Any]: ...
    def ready(self) -> dict[str, Any]: ...


class Console:
    """One connected client: a queue that a task of its own empties into the socket."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        operator: str,
        organisations: frozenset[str],
        token: str,
    ) -> None:
        self._transport = transport
        self.operator = operator
        self.token = token
        self.organisations = organisations
        self._socket = socket
        self._unsent: asyncio.Queue[str] = asyncio.Queue()
        self._unsent_bytes = 0

    def push(self, text: str) -> bool:
        self._unsent.put_nowait(text)
        self._unsent_bytes += len(text)
        return self._unsent.qsize() < BACKLOG and self._unsent_bytes < MAX_UNSENT

    async def write(self) -> None:
        while True:
            text = await self._unsent.get()
            await self._socket.send_str(text)
            self._unsent_bytes -= len(text)

    async def close(self) -> None:
        """Ask it to come back later; one that does not even read that is cut off."""
        try:
            await asyncio.wait_for(self._socket.close(code=aiohttp.WSCloseCode.TRY_AGAIN_LATER), CLOSE_SECONDS)
        except TimeoutError:
            if self._transport is not None:
                self._transport.abort()


class Server:
    """Serves until ``stop``. ``secret`` is what the web shows to speak for an operator.

    ``reload`` loads the directory anew, ``reload_notices`` the notices.
    """

    def __init__(
        self, control: Control, secret: str, reload: Reload, reload_notices: Reload = _nothing_to_reload
    ) -> None:
        self._control = control
        self._secret = secret
        self._reload = reload
        self._reload_notices = reload_notices
        self._closing: set[asyncio.Future[None]] = set()
        self._runner: web.AppRunner | None = None
        control.hub.on_stuck = self._drop

    async def start(self, host: str, port: int) -> None:
        """Raises ``OSError`` when the port is taken."""
        app = web.Application(client_max_size=1024 * 1024)
        app.add_routes(
            [
                web.get("/live", self._live),
                web.post("/internal/command", self._command),
                web.post("/internal/reload", self._reloading),
                web.post("/internal/notices", self._reloading_notices),
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/metrics", self._metrics),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port, reuse_address=True).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def _drop(self, client: Client) -> None:
        if isinstance(client, Console):
            log.info("console dropped, to come back with a fresh snapshot")
            closing = asyncio.ensure_future(client.close())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    # ── the live hub ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=10.0, max_msg_size=MAX_FRAME)
        await socket.prepare(request)
        hello = await self._hello(socket)
        token = str(hello.get("token", ""))
        operator = self._control.operator_of(token) if hello else None
        if operator is None:
            refusal = Refusal("unauthenticated", "The token is unknown or has expired: log in again.")
            return await _refuse(socket, refusal, 4401)
        organisations = self._control.organisations_of(operator)
        if not organisations:
            return await _refuse(socket, Refusal("forbidden", "This user is not an operator."), 4403)
        await self._serve(socket, operator, Console(socket, request.transport, operator, organisations, token), hello)
        return socket

    async def _hello(self, socket: web.WebSocketResponse) -> dict[str, Any]:
        try:
            frame = orjson.loads(await socket.receive_str(timeout=HELLO_SECONDS))
        except (TimeoutError, TypeError, ValueError, aiohttp.WSMessageTypeError):
            return {}
        hello = frame.get("hello") if isinstance(frame, dict) else None
        return hello if isinstance(hello, dict) else {}

    async def _serve(
        self, socket: web.WebSocketResponse, operator: str, client: Console, hello: dict[str, Any]
    ) -> None:
        after = hello.get("after")
        hub = self._control.hub
        hub.join(client, str(hello.get("epoch", "")), after if isinstance(after, int) else None)
        writer = asyncio.ensure_future(client.write())
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT and not client.push(self._answer(operator, message.data)):
                    log.info("console dropped, it asks and does not read")
                    await client.close()
                    break
        finally:
            hub.leave(client)
            writer.cancel()

    def _answer(self, operator: str, text: str) -> str:
        try:
            frame = orjson.loads(text)
        except ValueError:
            frame = None
        if not isinstance(frame, dict):
            refusal = Refusal("invalid", "A frame must be a JSON object.")
            return orjson.dumps({"ack": None, "ok": False, "error": refusal.as_json()}).decode()
        ack = frame.pop("id", None)
        if not isinstance(ack, int | float | str | None):
            refusal = Refusal("invalid", "“id” must be a number or a text.")
            return orjson.dumps({"ack": None, "ok": False, "error": refusal.as_json()}).decode()
        return orjson.dumps({"ack": ack, **self._do(operator, frame)}).decode()

    def _do(self, operator: str, frame: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"ok": True, "result": self._control.command(operator, frame)}
        except Refusal as refusal:
            return {"ok": False, "error": refusal.as_json()}

    # ── the web's requests ──────────────────────────────────────────────────────────────────────────────────────────

    def _from_web(self, request: web.Request) -> bool:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        # What isn't UTF-8 arrives as surrogates.
        return hmac.compare_digest(shown.encode(errors="replace"), self._secret.encode())

    async def _command(self, request: web.Request) -> web.Response:
        if not self._from_web(request):
            return web.Response(status=401)
        try:
            frame = orjson.loads(await request.read())
            operator = frame.pop("operator")
        except (ValueError, KeyError, AttributeError, TypeError):
            return _json({"ok": False, "error": Refusal("invalid", "A command names its operator.").as_json()})
        return _json(self._do(operator, frame))

    async def _reloading(self, request: web.Request) -> web.Response:
        if not self._from_web(request):
            return web.Response(status=401)
        await self._reload()
        return _json({"ok": True})

    async def _reloading_notices(self, request: web.Request) -> web.Response:
        if not self._from_web(request):
            return web.Response(status=401)
        await self._reload_notices()
        return _json({"ok": True})

    async def _healthz(self, request: web.Request) -> web.Response:
        return _json({"ok": True})

    async def _readyz(self, request: web.Request) -> web.Response:
        state = self._control.ready()
        return _json(state, 200 if state["ok"] else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _refuse(socket: web.WebSocketResponse, refusal: Refusal, code: int) -> web.WebSocketResponse:
    await socket.send_str(orjson.dumps({"error": refusal.as_json()}).decode())
    await socket.close(code=code)
    return socket


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(value), status=status, content_type="application/json")
