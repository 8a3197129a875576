# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An operator's console as a program: connected to the live hub, told of every change, and quick with its commands."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from typing import Any

import aiohttp
from tests.ports import LOOPBACK

from bench.support.installation import Installation

Json = dict[str, Any]


class Console:
    """``changed(console, call)`` is called with every value of a call that the hub sends; ``calls`` are the present ones."""

    def __init__(self, installation: Installation, operator: Json) -> None:
        self.operator = operator
        self.changed: Callable[[Console, Json], None] = lambda console, call: None
        self.calls: dict[str, Json] = {}
        self._url = f"ws://{LOOPBACK}:{installation.config.live_port}/live"
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Json]] = {}
        self._ready = asyncio.Event()
        self._socket: aiohttp.ClientWebSocketResponse

    async def __aenter__(self) -> Console:
        self._task = asyncio.create_task(self._live())
        await asyncio.wait_for(self._ready.wait(), 10)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()
        await self._task

    async def _live(self) -> None:
        async with aiohttp.ClientSession() as session, session.ws_connect(self._url, max_msg_size=0) as self._socket:
            await self._socket.send_str(json.dumps({"hello": {"token": self.operator["token"]}}))
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(json.loads(message.data))

    def _take(self, frame: Json) -> None:
        if "ack" in frame:
            self._answers.pop(frame["ack"]).set_result(frame)
        elif "snapshot" in frame:
            self.calls = dict(frame["snapshot"]["calls"])
            self._ready.set()
        elif frame.get("set") == "calls":
            self.calls[frame["id"]] = frame["value"]
            self.changed(self, frame["value"])
        elif frame.get("del") == "calls":
            self.calls.pop(frame["id"], None)

    async def do(self, do: str, **fields: object) -> Json:
        """The acknowledgement."""
        id_ = next(self._ids)
        answer = self._answers[id_] = asyncio.get_running_loop().create_future()
        await self._socket.send_str(json.dumps({"id": id_, "do": do, **fields}))
        return await asyncio.wait_for(answer, 10)
