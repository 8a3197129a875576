# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking the controller to do something with a call: ``POST /internal/command`` (``docs/architecture.md``)."""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson

from vaxel.site.config import config

SECONDS = 10


class Refused(Exception):
    """The controller said no. ``code`` is one of the hub's (``docs/live-hub.md``), ``extra`` what else it told (``by``).

    ``text`` is its English sentence with ``{name}`` for each of ``fields``: see ``words.refusal``.
    """

    def __init__(self, told: dict[str, Any]) -> None:
        detail = str(told.get("detail") or told.get("title") or "")
        super().__init__(detail)
        self.code = str(told.get("code") or "failed")
        self.text = str(told.get("text") or detail)
        self.fields: dict[str, str] = told.get("fields") or {}
        self.extra = {key: value for key, value in told.items() if key == "by"}


class Unreachable(Exception):
    """The controller doesn't answer; whether it did what was asked isn't known."""


async def command(operator: str, do: str, **fields: Any) -> dict[str, Any]:
    """Have ``operator`` (a key) do ``do``; return the hub's result. Raises ``Refused`` and ``Unreachable``."""
    settings = config()
    url = f"http://{settings.live_host}:{settings.live_port}/internal/command"
    body = orjson.dumps({"operator": operator, "do": do, **fields})
    headers = {"Authorization": f"Bearer {settings.secrets['internal']}", "Content-Type": "application/json"}
    try:
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, data=body, headers=headers) as got,
        ):
            answer = orjson.loads(await got.read())
    except (TimeoutError, aiohttp.ClientError, orjson.JSONDecodeError) as error:
        raise Unreachable from error
    if not isinstance(answer, dict) or "ok" not in answer:
        raise Unreachable
    if not answer["ok"]:
        raise Refused(answer.get("error") or {})
    result: dict[str, Any] = answer.get("result") or {}
    return result
