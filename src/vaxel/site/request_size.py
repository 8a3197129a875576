# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A limit on what a request may bring, kept while it arrives.

Django writes a request's body to disk, whole, before it looks at who sends it: without a limit a stranger could fill the disk.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from vaxel.site.problems import CONTENT_TYPE, Problem, problem_response

LARGEST = 32 * 1024 * 1024
"""Bytes. Enough for a file that an administrator uploads; the fields of a form have a far smaller limit of their own."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
"""ASGI 3; Django and the server type its messages each in their own way."""


class _TooLarge(Exception):
    pass


def limited(application: Application, largest: int = LARGEST) -> Application:
    """``application``, which answers 413 to a request with more than ``largest`` bytes in its body."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        if _declared(scope) > largest:
            await _refuse(scope, send)
            return
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > largest:
                raise _TooLarge
            return message

        try:
            await application(scope, counted, send)
        except _TooLarge:
            # The body is read before anything is answered, so nothing has been.
            await _refuse(scope, send)

    return answer


def _declared(scope: Message) -> int:
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(scope: Message, send: Send) -> None:
    problem = problem_response(Problem(413, "too_large", "The request is too large."))
    api = scope["path"].startswith("/api/")
    body = problem.content if api else b"The request is too large.\n"
    headers = [
        (b"content-type", CONTENT_TYPE.encode() if api else b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
