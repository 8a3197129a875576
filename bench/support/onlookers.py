# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Consoles that are only connected: each reads every change that the live hub sends it. A program of its own, so that what they
cost is the hub's time and the machine's, not the benchmark's.

Reads ``{"url": …, "tokens": […]}`` from standard input, prints ``ready`` when all have their snapshot, ends when standard input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys

import aiohttp
import uvloop


async def look_on(session: aiohttp.ClientSession, url: str, token: str, ready: asyncio.Event) -> None:
    async with session.ws_connect(url, max_msg_size=0) as socket:
        await socket.send_str(json.dumps({"hello": {"token": token}}))
        async for _ in socket:
            ready.set()


async def run() -> None:
    wanted = json.loads(await asyncio.to_thread(sys.stdin.readline))
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        ready = [asyncio.Event() for _ in wanted["tokens"]]
        tasks = [
            asyncio.create_task(look_on(session, wanted["url"], token, event))
            for token, event in zip(wanted["tokens"], ready, strict=True)
        ]
        await asyncio.wait_for(asyncio.gather(*(event.wait() for event in ready)), 60)
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        for task in tasks:
            task.cancel()


if __name__ == "__main__":
    uvloop.run(run())
