# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A double of controller and REST API for tests of the page alone: it speaks ``docs/live-hub.md`` and keeps a few calls.

It runs in a thread of its own. Tests change its world by plain calls, and wait for what the page has asked.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import WSMsgType, web
from django.template.loader import render_to_string

import vaxel.console
from tests.browser.directory import PEOPLE, Directory
from tests.browser.steering import STEERING

STATIC = Path(vaxel.console.__file__).parent / "static"
ME = "o1"
T = TypeVar("T")
Value = dict[str, Any]
Change = Callable[[Value], Value]

ORGANISATIONS: dict[str, Value] = {
    "gnosjo": {
        "id": "gnosjo",
        "name": "Gnosjö kommun",
        "language": "sv",
        "main_number": "46370331000",
        "welcome_phrase": "Välkommen till Gnosjö kommun",
    },
    "tana": {
        "id": "tana",
        "name": "Deanu gielda / Tana kommune",
        "language": "nb",
        "main_number": "4746400200",
        "welcome_phrase": "Velkommen til Tana kommune",
    },
}


def operator(id_: str, name: str, **over: Any) -> Value:
    return {
        "id": id_,
        "name": name,
        "organisations": list(ORGANISATIONS),
        "state": "ready",
        "since": time.time(),
        "reason": "",
        "presence": "ready",
        "line_open": False,
        "line_wanted": False,
        "phone": f"op-{id_}",
        "phone_registered": True,
        "calls": [],
        **over,
    }


def call(id_: str, organisation: str = "gnosjo", **over: Any) -> Value:
    """A call that waits since ten seconds on the main number."""
    now = time.time()
    main = ORGANISATIONS[organisation]["main_number"]
    return {
        "id": id_,
        "organisation": organisation,
        "state": "waiting",
        "since": now - 10,
        "started": now - 14,
        "answered": None,
        "direction": "in",
        "dialled": main,
        "dialled_name": ORGANISATIONS[organisation]["name"],
        "caller": {"number": "46701740605", "name": "", "internal": False},
        "reason": {"code": "main_number", "clause": "", "text": "", "person": ""},
        "path": [
            {"at": now - 14, "code": "arrived", "text": "", "who": "", "seconds": None, "cause": ""},
            {"at": now - 10, "code": "announced", "text": "", "who": "", "seconds": None, "cause": ""},
        ],
        "waiting_since": now - 10,
        "operator": "",
        "offered_to": [],
        "legs": [leg(0, "caller", "", "46701740605")],
        "parked_by": "",
        "held_by": "",
        "recall_for": "",
        "accepted_by": "",
        "priority": 1,
        **over,
    }


def notice(id_: str, title: str, organisation: str) -> Value:
    """An unread notice in force since an hour, as the hub shows it."""
    return {
        "id": id_,
        "organisation": organisation,
        "kind": "expected_calls",
        "title": title,
        "text": "",
        "answer": "",
        "words": [],
        "unit": "",
        "unit_name": "",
        "people": [],
        "cover": "",
        "link": "",
        "from": time.time() - 3600,
        "until": None,
        "review": None,
        "told": time.time() - 3600,
        "told_by": "Ann Chef",
        "reminded": 0,
        "unread_by": [ME, "o2"],
    }


def leg(n: int, kind: str, name: str, number: str, state: str = "up", party: str = "") -> Value:
    return {"n": n, "party": party, "kind": kind, "name": name, "number": number, "state": state, "released": False}


class Refusal(Exception):
    def __init__(self, code: str, by: str = "", **fields: str) -> None:
        self.error = {"code": code, "title": code, "detail": "", "by": by, "fields": fields}


class Hub:
    """``asked`` holds every command, note and message that came from the page, oldest first."""

    def __init__(self, language: str = "en", sip: Value | None = None) -> None:
        self.language = language
        self.sip = sip
        self.epoch = "e1"
        self._telling = asyncio.Lock()
        """Nothing changes between a greeting and the first change that is told after it."""
        self.n = 0
        self.collections: dict[str, dict[str, Value]] = {
            "calls": {},
            "operators": {ME: operator(ME, "Eva Lind"), "o2": operator("o2", "Liv Mo", state="talking")},
            "organisations": dict(ORGANISATIONS),
            "notices": {},
        }
        self.log: list[Value] = []
        self.asked: list[Value] = []
        self.hellos: list[Value] = []
        self.refuse: Refusal | None = None
        self.silent = False
        self.away = False
        self.forbidden = False
        self.logged_in = True
        self.token = "first"
        self.message_problem: Value | None = None
        self.directory = Directory(self._note, self._acknowledged)
        self.colours: dict[str, str] = {}
        self.desk_phones: list[Value] = []
        self.changes = dict(CHANGES)
        self.proved: dict[str, bool | None] = {"gnosjo": True, "tana": True}
        self._clients: set[web.WebSocketResponse] = set()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port: int = self._run(self._start())

    # ── what tests do ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, collection: str, id_: str, value: Value) -> None:
        self._run(self._change(collection, id_, value))

    def call(self, id_: str, organisation: str = "gnosjo", **over: Any) -> None:
        self.set("calls", id_, call(id_, organisation, **over))

    def update(self, id_: str, **over: Any) -> None:
        self.set("calls", id_, {**self.collections["calls"][id_], **over})

    def operator(self, id_: str, **over: Any) -> None:
        self.set("operators", id_, {**self.collections["operators"][id_], **over})

    def follow(self) -> str:
        """Let the operator be what her calls make her, as the controller does by itself; what she is then."""
        before = self.collections["operators"][ME]["state"]
        calls = list(self.collections["calls"].values())
        if any(one["operator"] == ME and one["state"] not in ("held", "parked") for one in calls):
            self.operator(ME, state="talking", since=time.time())
        elif before == "ready" and any(ME in one["offered_to"] and one["state"] == "waiting" for one in calls):
            self.operator(ME, state="offered", since=time.time())
        elif any(ME in one.get("listened_by", ()) for one in calls):
            self.operator(ME, state="listening", since=time.time())
        return str(self.collections["operators"][ME]["state"])

    def notice(self, id_: str, title: str, organisation: str = "gnosjo", **over: Any) -> Value:
        value = {**notice(id_, title, organisation), **over}
        self.set("notices", id_, value)
        return value

    @property
    def search_gate(self) -> Future[None] | None:
        return self.directory.gate

    @search_gate.setter
    def search_gate(self, gate: Future[None] | None) -> None:
        self.directory.gate = gate

    def gone(self, id_: str) -> None:
        self.remove("calls", id_)

    def remove(self, collection: str, id_: str) -> None:
        self._run(self._change(collection, id_, None))

    def drop(self) -> None:
        """Break every connection without a word, as a network does."""
        self._run(self._drop())

    def go_away(self) -> None:
        """Be down, as while the controller is started anew: every connection breaks, and none comes about."""
        self.away = True
        self.drop()

    def come_back(self) -> None:
        """As a controller does that has read its journal: another epoch."""
        self._run(self._begin_anew())

    def wait_for(self, do: str, seconds: float = 20, **told: object) -> Value:
        """The newest thing asked of kind ``do`` with what is ``told``, as soon as there is one."""

        def found() -> list[Value]:
            return [one for one in self.asked if one["do"] == do and told.items() <= one.items()]

        with self._changed:
            self._changed.wait_for(found, seconds)
        assert found(), f"the page never asked for {do} {told or ''}; it asked for {self.asked}"
        return found()[-1]

    def stop(self) -> None:
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    # ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _start(self) -> int:
        app = web.Application()
        app.router.add_get("/console", self._page)
        app.router.add_get("/token", self._token)
        app.router.add_post("/log-out", self._log_out)
        app.router.add_get("/live", self._live)
        self.directory.routes(app)
        app.router.add_get("/api/v1/proof", self._proof)
        app.router.add_post("/api/v1/calls/{call}/{do}", self._post)
        app.router.add_static("/static/", STATIC)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def _page(self, request: web.Request) -> web.Response:
        boot = {
            "live_url": f"ws://127.0.0.1:{self.port}/live",
            "token": self.token,
            "token_url": "/token",
            "login_url": "/log-in",
            "pages_url": "/calls",
            "api_url": "/api/v1",
            "csrf": "csrf",
            "language": self.language,
            "sip": self.sip,
            "log_out_url": "/log-out",
            "colours": self.colours,
            "desk_phones": self.desk_phones,
            "keys": self.directory.own_keys,
        }
        html = render_to_string("console/console.html", {"program": "console", "boot": boot})
        return web.Response(text=html, content_type="text/html")

    async def _log_out(self, request: web.Request) -> web.Response:
        self._note({"do": "log_out", **await request.post()})
        return web.Response(text="Logged out")

    async def _token(self, request: web.Request) -> web.Response:
        if not self.logged_in:
            return web.json_response({}, status=401)
        self.token = "renewed"
        return web.json_response({"token": self.token})

    async def _proof(self, request: web.Request) -> web.Response:
        return web.json_response(
            [{"organisation": id_, "proved": proved, "counterexamples": []} for id_, proved in self.proved.items()]
        )

    async def _post(self, request: web.Request) -> web.Response:
        body = await request.json()
        if request.match_info["do"] == "message" and self.message_problem is not None:
            return web.json_response(self.message_problem, status=422, content_type="application/problem+json")
        self._note({"do": request.match_info["do"], "call": request.match_info["call"], **body})
        return web.json_response({"id": 1}, status=201)

    def _note(self, asked: Value) -> None:
        with self._changed:
            self.asked.append(asked)
            self._changed.notify_all()

    # ── the live hub ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        if self.away and request.transport is not None:
            request.transport.abort()
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello = (await socket.receive_json())["hello"]
        self.hellos.append(hello)
        if hello["token"] != self.token:
            await socket.send_json({"error": {"code": "unauthenticated"}})
            await socket.close(code=4401)
            return socket
        if self.forbidden:
            await socket.close(code=4403)
            return socket
        async with self._telling:
            await self._greet(socket, hello)
            self._clients.add(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT and not self.silent:
                await self._command(socket, json.loads(message.data))
        self._clients.discard(socket)
        return socket

    async def _greet(self, socket: web.WebSocketResponse, hello: Value) -> None:
        head = {"me": ME, "epoch": self.epoch, "n": self.n, "at": time.time()}
        if hello.get("epoch") != self.epoch:
            await socket.send_json({"snapshot": self.collections, **head})
            return
        await socket.send_json({"resumed": True, **head})
        for frame in self.log:
            if frame["n"] > hello["after"]:
                await socket.send_json(frame)

    async def _begin_anew(self) -> None:
        async with self._telling:
            self.epoch, self.n, self.log = f"{self.epoch}-anew", 1, []
            # Who was greeted meanwhile, a connection that was coming about, knows another count.
            await self._drop()
        self.away = False

    async def _change(self, collection: str, id_: str, value: Value | None) -> None:
        async with self._telling:
            await self._tell_change(collection, id_, value)

    async def _tell_change(self, collection: str, id_: str, value: Value | None) -> None:
        self.n += 1
        if value is None:
            self.collections[collection].pop(id_, None)
            frame: Value = {"n": self.n, "del": collection, "id": id_}
        else:
            self.collections[collection][id_] = value
            frame = {"n": self.n, "set": collection, "id": id_, "value": value}
        self.log.append(frame)
        for client in list(self._clients):
            await client.send_json(frame)

    async def _acknowledged(self, collection: str, id_: str) -> None:
        value = self.collections[collection][id_]
        unread = [one for one in value["unread_by"] if one != ME]
        await self._change(collection, id_, {**value, "unread_by": unread})

    async def _drop(self) -> None:
        for client in list(self._clients):
            transport = client._req.transport if client._req else None
            if transport is not None:
                transport.abort()
        self._clients.clear()

    async def _command(self, socket: web.WebSocketResponse, frame: Value) -> None:
        number, do = frame.pop("id"), frame["do"]
        if do != "ping":
            self._note(frame)
        try:
            if self.refuse is not None and do != "ping":
                raise self.refuse
            await self._do(do, frame)
        except Refusal as refusal:
            await socket.send_json({"ack": number, "ok": False, "error": refusal.error})
            return
        await socket.send_json({"ack": number, "ok": True, "result": {"at": time.time()}})

    async def _do(self, do: str, frame: Value) -> None:
        if do in STATES_OF_ME:
            state = STATES_OF_ME[do]
            mine = {
                **self.collections["operators"][ME],
                **state,
                "since": time.time(),
                "reason": frame.get("reason", ""),
            }
            await self._change("operators", ME, mine)
        elif do in STEERING:
            await STEERING[do](self.collections, self._change, frame)
        elif do in self.changes:
            value = self.collections["calls"].get(frame["call"])
            if value is None:
                raise Refusal("not_found")
            changed = self.changes[do](frame)(value)
            await self._change("calls", value["id"], None if changed["state"] == "ended" else changed)


STATES_OF_ME: dict[str, Value] = {
    "ready": {"state": "ready"},
    "pause": {"state": "paused"},
    "log_off": {"state": "off"},
    "open_line": {"line_open": True, "line_wanted": True},
    "close_line": {"line_open": False, "line_wanted": False},
}


def _answered(value: Value) -> Value:
    if value["state"] != "waiting":
        raise Refusal("taken", by=value["operator"])
    return {
        **value,
        "state": "connected",
        "operator": ME,
        "offered_to": [],
        "since": time.time(),
        "answered": time.time(),
    }


def _ringing(state: str, frame: Value) -> Change:
    person = next((person for person in PEOPLE if person["id"] == frame["to"]), {"name": "", "number": frame["to"]})
    party = leg(2, "person", person["name"], person["number"], "ringing", person.get("id", ""))
    return lambda value: {**value, "state": state, "legs": [*value["legs"], party], "since": time.time()}


def _to(state: str, **over: Any) -> Change:
    return lambda value: {**value, "state": state, "since": time.time(), **over}


def _complete(value: Value) -> Value:
    return {**value, "state": "connected", "operator": "", "since": time.time()}


CHANGES: dict[str, Callable[[Value], Change]] = {
    "answer": lambda frame: _answered,
    "hold": lambda frame: _to("held", held_by=ME),
    "resume": lambda frame: _to("connected", held_by="", operator=ME, returns_at=None),
    "park": lambda frame: _to("parked", parked_by=ME, operator=""),
    "fetch": lambda frame: _to("connected", parked_by="", operator=ME),
    "consult": lambda frame: _ringing("consulting", frame),
    "transfer": lambda frame: _ringing("transferring", frame),
    "complete": lambda frame: _complete,
    "return": lambda frame: _to("connected", operator=ME, legs=[]),
    "hangup": lambda frame: _to("ended"),
}
