# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A double of the REST API's directory, notices, promises, absences and keys, for tests of the page alone.

``people`` are results of the search, ``cards`` what a card has beyond its result, ``callers`` what is known of a call's caller,
``promises`` the operator's own, ``counted`` of which calls it was asked how much is known. What stands in ``broken`` (``search``,
``card``, ``caller``, ``done``, ``matching``, ``keys``) answers with an error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from copy import deepcopy
from typing import Any

from aiohttp import web

Value = dict[str, Any]

HERE: Value = {"here": True, "reason": "", "back": None, "message": "", "refer": "", "refer_name": ""}

PEOPLE: list[Value] = [
    {
        "id": "p11",
        "kind": "person",
        "organisation": "gnosjo",
        "name": "Anna Berg",
        "title": "Bygglovshandläggare",
        "unit": "Samhällsbyggnad",
        "function": "Bygglov",
        "number": "46370331211",
        "email": "anna.berg@gnosjo.example",
        "tasks": "Bygglov, marklov, strandskydd",
        "search_words": "altan attefall friggebod",
        "presence": HERE,
        "protected": False,
    },
    {
        "id": "p12",
        "kind": "person",
        "organisation": "gnosjo",
        "name": "Bo Anundsson",
        "title": "Miljöinspektör",
        "unit": "Samhällsbyggnad",
        "function": "Miljö",
        "number": "46370331212",
        "email": "",
        "tasks": "Enskilda avlopp, buller",
        "search_words": "",
        "presence": HERE,
        "protected": False,
    },
    {
        "id": "p21",
        "kind": "person",
        "organisation": "tana",
        "name": "Anne Bjørkli",
        "title": "Byggesaksbehandler",
        "unit": "Plan og teknikk",
        "function": "Byggesak",
        "number": "4746400221",
        "email": "anne.bjorkli@tana.example",
        "tasks": "Byggesak, ferdigattest",
        "search_words": "bygg",
        "presence": HERE,
        "protected": False,
    },
    {
        "id": "g3",
        "kind": "group",
        "organisation": "gnosjo",
        "name": "Kontaktcenter",
        "title": "",
        "unit": "Medborgarservice",
        "function": "",
        "number": "46370331300",
        "email": "",
        "tasks": "",
        "search_words": "",
        "presence": None,
        "protected": False,
    },
]


class Directory:
    """``note`` is told of everything that the page wants changed; ``change`` changes a value of the hub."""

    def __init__(self, note: Callable[[Value], None], change: Callable[[str, str], Awaitable[None]]) -> None:
        self.people = deepcopy(PEOPLE)
        self.cards: dict[str, Value] = {}
        self.callers: dict[str, Value] = {}
        self.promises: list[Value] = []
        self.counted: list[list[str]] = []
        self.matches: Value = {"items": [], "answers": []}
        self.own_keys: dict[str, str] = {}
        self.broken: set[str] = set()
        self.gate: Future[None] | None = None
        self._note = note
        self._acknowledged = change

    def person(self, id_: str, **over: Any) -> None:
        next(one for one in self.people if one["id"] == id_).update(over)

    def routes(self, app: web.Application) -> None:
        api = "/api/v1"
        app.router.add_get(f"{api}/directory/search", self._search)
        app.router.add_get(f"{api}/directory/{{kind}}/{{id}}", self._card)
        app.router.add_get(f"{api}/calls/{{call}}/caller", self._caller)
        app.router.add_get(f"{api}/calls/callers", self._counts)
        app.router.add_get(f"{api}/me/promises", self._promised)
        app.router.add_post(f"{api}/messages/{{id}}/done", self._done)
        app.router.add_post(f"{api}/people/{{id}}/absences", self._absent)
        app.router.add_delete(f"{api}/people/{{id}}/absences", self._back)
        app.router.add_get(f"{api}/notices/matching", self._matching)
        app.router.add_post(f"{api}/notices/{{id}}/acknowledge", self._acknowledge)
        app.router.add_put(f"{api}/me/keys", self._keys)

    def _works(self, what: str) -> None:
        if what in self.broken:
            raise web.HTTPInternalServerError

    async def _search(self, request: web.Request) -> web.Response:
        if self.gate is not None:
            await asyncio.wrap_future(self.gate)
        self._works("search")
        words = request.query["q"].casefold().split()
        found = [one for one in self.people if all(_begins(word, one) for word in words)]
        home = request.query.get("organisation", "")
        ranked = sorted(found, key=lambda one: one["organisation"] != home)
        return web.json_response({"items": [{**one, "matched": _matched(words, one)} for one in ranked]})

    async def _card(self, request: web.Request) -> web.Response:
        self._works("card")
        id_ = request.match_info["id"]
        found = next((one for one in self.people if one["id"] == id_), None)
        if found is None:
            raise web.HTTPNotFound
        return web.json_response({**found, "tell_number": found["number"], **self.cards.get(id_, {})})

    async def _caller(self, request: web.Request) -> web.Response:
        self._works("caller")
        nothing: Value = {"earlier": [], "messages": [], "promises": [], "notes": []}
        return web.json_response({**nothing, **self.callers.get(request.match_info["call"], {})})

    async def _counts(self, request: web.Request) -> web.Response:
        self._works("caller")
        asked = request.query.getall("call")
        self.counted.append(asked)
        kinds = ("earlier", "messages", "promises")
        return web.json_response(
            [
                {"call": call, **{kind: len(self.callers.get(call, {}).get(kind, [])) for kind in kinds}}
                for call in asked
            ]
        )

    async def _promised(self, request: web.Request) -> web.Response:
        return web.json_response(self.promises)

    async def _done(self, request: web.Request) -> web.Response:
        self._works("done")
        id_ = int(request.match_info["id"])
        self._note({"do": "done", "message": id_})
        self.promises = [one for one in self.promises if one["id"] != id_]
        for caller in self.callers.values():
            caller["promises"] = [one for one in caller.get("promises", []) if one["id"] != id_]
        return web.json_response({"id": id_})

    async def _absent(self, request: web.Request) -> web.Response:
        body = await request.json()
        id_ = request.match_info["id"]
        self._note({"do": "absent", "person": id_, **body})
        self.person(id_, presence={**HERE, "here": False, "reason": body["reason"], "back": body["end"]})
        return web.json_response({"id": "a1"}, status=201)

    async def _back(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        self._note({"do": "back", "person": id_})
        self.person(id_, presence=HERE)
        return web.json_response({"ended": 1})

    async def _matching(self, request: web.Request) -> web.Response:
        self._works("matching")
        return web.json_response(self.matches)

    async def _acknowledge(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        self._note({"do": "acknowledge", "notice": id_})
        await self._acknowledged("notices", id_)
        return web.json_response({})

    async def _keys(self, request: web.Request) -> web.Response:
        self._works("keys")
        self.own_keys = (await request.json())["keys"]
        self._note({"do": "keys", "keys": self.own_keys})
        return web.json_response({"keys": self.own_keys})


FIELDS = ("name", "title", "unit", "tasks", "search_words", "number")


def _begins(word: str, one: Value) -> bool:
    text = " ".join(str(one[key]) for key in FIELDS)
    return any(part.startswith(word) for part in text.casefold().split()) or (
        word.isdecimal() and one["number"].endswith(word)
    )


def _matched(words: list[str], one: Value) -> Value | None:
    for text in one["search_words"].split():
        if any(text.casefold().startswith(word) for word in words):
            return {"field": "search_word", "text": text}
    return None
