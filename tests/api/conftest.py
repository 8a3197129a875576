# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client

from tests import rows
from vaxel.calls.projection import ship
from vaxel.directory.models import Operator, Organisation, Person
from vaxel.site.config import config


class Municipality:
    """One with an operator who has an API key, a person and a call."""

    def __init__(self, id_: str, main: str, number: str) -> None:
        self.organisation: Organisation = rows.organisation(id_, main)
        self.operator: Operator = rows.operator(self.organisation, username=f"{id_}-operator")
        self.token = rows.token(self.operator)
        self.person: Person = rows.person(self.organisation, number=number, unit="Bygg", tasks="bygglov, altan")
        self.call = f"n1-1764000000.{main}"
        self.api = Client(headers={"authorization": f"Bearer {self.token}"})

    def ship(self, n: int = 1, **fields: Any) -> None:
        ship([rows.entry(self.call, n, self.organisation.pk, **fields)])


@pytest.fixture
def gnosjo(db: None) -> Municipality:
    return Municipality("gnosjo", "46980319200", "46980319201")


@pytest.fixture
def tana(db: None) -> Municipality:
    return Municipality("tana", "4760000100", "4760000101")


class StandIn:
    """A controller's ``/internal/command`` that says what it is told to say, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: dict[str, Any] = {"ok": True, "result": {}}
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []


@pytest.fixture
def controller(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            if self.path == "/internal/command":
                stand_in.asked.append(json.loads(body))
                stand_in.keys.append(self.headers["Authorization"])
            told = json.dumps(stand_in.answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    monkeypatch.setattr(config(), "live_port", server.server_port)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield stand_in
    server.shutdown()
    server.server_close()
    thread.join()
