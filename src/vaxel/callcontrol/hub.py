# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The live hub: every console sees a snapshot, then numbered changes of what its organisations own (``docs/live-hub.md``).

Old state + changes = fresh snapshot. A client that can't keep up is dropped and comes back with a fresh snapshot, rather than let
the controller's memory grow.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import orjson
from msgspec import Struct

from vaxel.domain.draft import Refused

KEPT = 20_000
"""Changes kept for clients that come back."""
BACKLOG = 4_000
"""Unsent frames after which a client counts as stuck."""

View = dict[str, Any]


class Change(Struct, frozen=True):
    """One numbered change, ready to send, and the organisations that may see it."""

    n: int
    organisations: frozenset[str]
    text: str


class Refusal(Refused):
    """A command that can't be done."""

    @classmethod
    def of(cls, refused: Refused) -> Refusal:
        return cls(refused.code, refused.text, refused.by, **refused.fields)

    def as_json(self) -> View:
        error: View = {"code": self.code, "title": TITLES[self.code], "detail": str(self), "text": self.text}
        if self.fields:
            error["fields"] = self.fields
        return {**error, "by": self.by} if self.by else error


TITLES = {
    "not_found": "Not found",
    "illegal": "Not possible now",
    "taken": "Taken by somebody else",
    "busy": "Busy",
    "forbidden": "Not allowed",
    "invalid": "Not understood",
    "unavailable": "Not available",
    "unauthenticated": "Not logged in",
}


class Client(Protocol):
    """A connected console. ``push`` must not block; False means that it is stuck. ``token`` is what let it in."""

    operator: str
    token: str
    organisations: frozenset[str]

    def push(self, text: str) -> bool: ...


class Hub:
    """The state that clients mirror, and the changes of late."""

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(8)
        self.n = 0
        self._values: dict[str, dict[str, View]] = {
            "calls": {},
            "operators": {},
            "organisations": {},
            "notices": {},
        }
        self._seen_by: dict[tuple[str, str], frozenset[str]] = {}
        self._changes: deque[Change] = deque(maxlen=KEPT)
        self._clients: set[Client] = set()
        self.on_stuck: Callable[[Client], None] = lambda client: None

    def set(self, kind: str, id_: str, value: View, organisations: Iterable[str]) -> None:
        """Tell of a new or changed value; an unchanged one is no news."""
        if self._values[kind].get(id_) == value:
            return
        seen_by = frozenset(organisations)
        before = self._seen_by.get((kind, id_), seen_by)
        self._values[kind][id_] = value
        self._seen_by[kind, id_] = seen_by
        if before - seen_by:
            self._tell({"del": kind, "id": id_}, before - seen_by)
        self._tell({"set": kind, "id": id_, "value": value}, seen_by)

    def delete(self, kind: str, id_: str) -> None:
        if self._values[kind].pop(id_, None) is not None:
            self._tell({"del": kind, "id": id_}, self._seen_by.pop((kind, id_)))

    def get(self, kind: str, id_: str) -> View | None:
        return self._values[kind].get(id_)

    def ids(self, kind: str) -> list[str]:
        return list(self._values[kind])

    def _tell(self, frame: View, organisations: frozenset[str]) -> None:
        self.n += 1
        change = Change(self.n, organisations, orjson.dumps({"n": self.n, **frame}).decode())
        self._changes.append(change)
        for client in list(self._clients):
            if client.organisations & organisations and not client.push(change.text):
                self._clients.discard(client)
                self.on_stuck(client)

    def epoch_for(self, organisations: frozenset[str]) -> str:
        """Numbers can be resumed from only by one who saw the same organisations in the same run of the controller."""
        seen = hashlib.sha256("\n".join(sorted(organisations)).encode()).hexdigest()
        return f"{self.epoch}-{seen[:8]}"

    def join(self, client: Client, epoch: str, after: int | None) -> None:
        """Bring a client up to date, by changes if it can be, and tell it of all that follow."""
        mine = self.epoch_for(client.organisations)
        head = {"me": client.operator, "epoch": mine, "n": self.n, "at": time.time()}
        missed = self._missed(after) if epoch == mine else None
        if missed is None:
            client.push(orjson.dumps({"snapshot": self.snapshot(client.organisations), **head}).decode())
        else:
            client.push(orjson.dumps({"resumed": True, **head}).decode())
            for change in missed:
                if change.organisations & client.organisations:
                    client.push(change.text)
        self._clients.add(client)

    def look_again(self, sees: Callable[[Client], frozenset[str]]) -> None:
        """Give clients that may see something else now than before a fresh snapshot of it."""
        for client in list(self._clients):
            organisations = sees(client)
            if organisations != client.organisations:
                client.organisations = organisations
                self.join(client, "", None)

    def drop(self, stale: Callable[[Client], bool]) -> None:
        """Let clients go that must come back to see what they may see now."""
        for client in [client for client in self._clients if stale(client)]:
            self._clients.discard(client)
            self.on_stuck(client)

    def leave(self, client: Client) -> None:
        self._clients.discard(client)

    @property
    def clients(self) -> int:
        return len(self._clients)

    def snapshot(self, organisations: frozenset[str]) -> dict[str, dict[str, View]]:
        return {
            kind: {id_: value for id_, value in values.items() if self._seen_by[kind, id_] & organisations}
            for kind, values in self._values.items()
        }

    def _missed(self, after: int | None) -> list[Change] | None:
        if after is None or after > self.n:
            return None
        if self._changes and after < self._changes[0].n - 1:
            return None
        return [change for change in self._changes if change.n > after]
