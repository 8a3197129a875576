# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The live hub as strangers and broken programs meet it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import uvloop

from tests.ports import free_ports
from vaxel.callcontrol import server as server_module
from vaxel.callcontrol.hub import Hub
from vaxel.callcontrol.server import Server

SECRET = "hemlig"
HELLO = {"hello": {"token": "t"}}
Talk = Callable[[aiohttp.ClientSession, str], Awaitable[None]]


class Control:
    """One operator, who may ask for the time."""

    def __init__(self) -> None:
        self.hub = Hub()

    def operator_of(self, token: str) -> str | None:
        return "o1" if token == "t" else None

    def organisations_of(self, operator: str) -> frozenset[str]:
        return frozenset({"gnosjo"})

    def command(self, operator: str, frame: dict[str, Any]) -> dict[str, Any]:
        return {"at": 0.0}

    def ready(self) -> dict[str, Any]:
        return {"ok": True}


def serve(talk: Talk, control: Control | None = None) -> None:
    """Run ``talk(session, address)`` against a server, to its end."""

    async def reload() -> None:
        pass

    async def run() -> None:
        port = free_ports(1)[0]
        server = Server(control or Control(), SECRET, reload)
        await server.start("127.0.0.1", port)
        try:
            async with aiohttp.ClientSession() as session:
                await asyncio.wait_for(talk(session, f"http://127.0.0.1:{port}"), 20)
        finally:
            await server.stop()

    # The loop on which the controller runs: its connections differ.
    uvloop.run(run())


@pytest.mark.parametrize("frame", ['{"id": ' + "[" * 300 + "]" * 300 + ', "do": "ping"}', '{"id": {}, "do": "ping"}'])
def test_a_number_that_is_none_is_refused_and_the_connection_lives(frame: str) -> None:
    async def talk(session: aiohttp.ClientSession, address: str) -> None:
        async with session.ws_connect(f"{address}/live") as socket:
            await socket.send_json(HELLO)
            await socket.receive_json()
            await socket.send_str(frame)
            assert (await socket.receive_json())["error"]["code"] == "invalid"
            await socket.send_json({"id": 1, "do": "ping"})
            assert (await socket.receive_json())["ok"]

    serve(talk)


def test_one_who_asks_and_never_reads_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answers would fill the controller's memory."""
    monkeypatch.setattr(server_module, "MAX_UNSENT", 6_000_000)
    control = Control()

    async def talk(session: aiohttp.ClientSession, address: str) -> None:
        # What the system keeps for it is soon full, and then nothing reaches it, not even a farewell.
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", int(address.rpartition(":")[2])))
        reader, writer = await asyncio.open_connection(sock=connection, limit=1024)
        writer.write(
            b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
        )
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_frame(json.dumps(HELLO)))
        question = _frame(json.dumps({"id": "x" * 10_000, "do": "ping"}))
        with contextlib.suppress(ConnectionError):
            while not reader.at_eof():
                writer.write(question)
                await writer.drain()
        assert control.hub.clients == 0
        writer.close()

    serve(talk, control)


def _frame(text: str) -> bytes:
    """A text frame of a client (RFC 6455 §5.2), masked with zeros."""
    data = text.encode()
    length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + data


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer wrong", "Bearer \xff\xfe", SECRET + "x"])
def test_only_the_web_gives_commands_in_others_names(shown: str) -> None:
    async def talk(session: aiohttp.ClientSession, address: str) -> None:
        headers = {"Authorization": shown}
        body = {"operator": "o1", "do": "ping"}
        async with session.post(f"{address}/internal/command", json=body, headers=headers) as answer:
            assert answer.status == 401
        for what in ("reload", "notices"):
            async with session.post(f"{address}/internal/{what}", headers=headers) as answer:
                assert answer.status == 401

    serve(talk)
