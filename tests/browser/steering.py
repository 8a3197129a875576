# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the double of the hub does at a supervisor's commands, and when calls are handed over."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any

Value = dict[str, Any]
Collections = dict[str, dict[str, Value]]
Change = Callable[[str, str, Value | None], Coroutine[Any, Any, None]]
ME = "o1"


async def _surge(known: Collections, change: Change, frame: Value) -> None:
    surge = {"since": time.time(), "by": ME} if frame["do"] == "surge" else None
    home = known["organisations"][frame["organisation"]]
    await change("organisations", home["id"], {**home, "surge": surge})


async def _assign(known: Collections, change: Change, frame: Value) -> None:
    moved = known["operators"][frame["operator"]]
    await change("operators", moved["id"], {**moved, "serves": frame["organisations"]})


async def _listen(known: Collections, change: Change, frame: Value) -> None:
    value = known["calls"][frame["call"]]
    await change("calls", value["id"], {**value, "listened_by": [ME] if frame["do"] == "listen" else []})


async def _take_over(known: Collections, change: Change, frame: Value) -> None:
    value = known["calls"][frame["call"]]
    taken = {
        "state": "connected",
        "operator": ME,
        "held_by": "",
        "parked_by": "",
        "listened_by": [],
        "since": time.time(),
    }
    await change("calls", value["id"], {**value, **taken})


async def _hand_over(known: Collections, change: Change, frame: Value) -> None:
    value = known["calls"][frame["call"]]
    whose = {"held_by": frame["to"]} if value["state"] == "held" else {"parked_by": frame["to"]}
    await change("calls", value["id"], {**value, **whose})


async def _callers_hear(known: Collections, change: Change, frame: Value) -> None:
    home = known["organisations"][frame["organisation"]]
    await change("organisations", home["id"], {**home, "callers_hear": frame.get("prompt", "")})


async def _answer_surge(known: Collections, change: Change, frame: Value) -> None:
    mine = known["operators"][ME]
    asked = [one for one in mine.get("asked", []) if one["organisation"] != frame["organisation"]]
    await change("operators", ME, {**mine, "asked": asked})


STEERING: dict[str, Callable[[Collections, Change, Value], Coroutine[Any, Any, None]]] = {
    "surge": _surge,
    "end_surge": _surge,
    "assign": _assign,
    "listen": _listen,
    "stop_listening": _listen,
    "take_over": _take_over,
    "hand_over": _hand_over,
    "announce": _callers_hear,
    "end_announcement": _callers_hear,
    "join_surge": _answer_surge,
    "decline_surge": _answer_surge,
}
