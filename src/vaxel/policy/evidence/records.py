# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls as evidence needs them: the facts of the journal (``docs/journal.md``), told in a few fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vaxel.calls.models import Call, Direction
from vaxel.domain.plan import PartyKind

CHUNK = 2000
RUNG = frozenset({"rang", "picked_up"})

Facts = list[dict[str, Any]]


@dataclass(slots=True)
class Rung:
    """A telephone was rung: for ``seconds``, and answered when ``cause`` is ""."""

    at: float
    party: str
    name: str
    kind: str
    seconds: float
    cause: str


@dataclass(slots=True)
class Wait:
    """The call waited for an operator: why, since when, first offered when (None: never), until when, and what ended it."""

    cause: str
    since: float
    offered: float | None = None
    until: float | None = None
    end: str = ""


@dataclass(slots=True)
class Record:
    """One call. ``arrival`` is by what kind of number it came, ``main_number`` or ``direct``, and ``dialled`` which.

    ``waited``: seconds until somebody first answered, None when nobody did; ``answered_by`` person or operator. ``lost``: the caller gave
    up first, after so many seconds. ``mailbox``: it came to one. ``told``: an announcement was heard to its end. ``ringing``: the longest
    time of nothing but ringing.
    """

    id: str
    at: float
    external: bool
    dialled: str = ""
    arrival: str = ""
    waited: float | None = None
    answered_by: str = ""
    lost: float | None = None
    mailbox: bool = False
    recorded: bool = False
    told: bool = False
    ringing: float = 0.0
    handed_over: int = 0
    consulted: int = 0
    rung: list[Rung] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        return self.waited is not None


def records(organisation: str, start: datetime, end: datetime) -> list[Record]:
    """Calls to ``organisation`` that began from ``start`` until before ``end`` and are over, oldest first."""
    found = Call.objects.filter(organisation=organisation, started__gte=start, started__lt=end, ended__isnull=False)
    rows = found.exclude(direction=Direction.OUTGOING.value).order_by("started", "id")
    return [
        record(id_, started.timestamp(), direction != Direction.INTERNAL.value, view.get("path", []), dialled)
        for id_, started, direction, dialled, view in rows.values_list(
            "id", "started", "direction", "dialled", "view"
        ).iterator(CHUNK)
    ]


def record(id_: str, at: float, external: bool, path: Facts, dialled: str = "") -> Record:
    """The call whose facts are ``path``."""
    made = Record(id=id_, at=at, external=external, dialled=dialled)
    path = list(_heard(path))
    for fact in path:
        code = fact["code"]
        if code in RUNG:
            _rung(made, fact)
        elif code == "consulting":
            made.consulted += 1
        else:
            _take(made, code, fact)
    made.ringing = longest_ringing(path)
    return made


def _heard(path: Facts) -> Iterator[dict[str, Any]]:
    """Without what rang while the caller heard something else: operators' own telephones, and colleagues who were asked."""
    consulting = False
    for fact in path:
        if fact["code"] == "consult_asked":
            consulting = True
        elif fact["code"] in ("consulting", "consulted", "consultation_ended"):
            consulting = False
        if fact["code"] not in RUNG or not (consulting or fact.get("kind") == PartyKind.OPERATOR):
            yield fact


def _rung(made: Record, fact: dict[str, Any]) -> None:
    made.rung.append(
        Rung(
            at=fact["at"],
            party=fact.get("party", ""),
            name=fact.get("who", ""),
            kind=fact.get("kind", ""),
            seconds=fact.get("seconds") or 0.0,
            cause=fact.get("cause", "") if fact["code"] == "rang" else "",
        )
    )


ENDS_WAIT = frozenset(
    {"answered", "waiting", "returned", "overflow", "voicemail", "unattended", "ended", "fetched", "lost"}
)

REACHED = {"voicemail": "mailbox", "recorded": "recorded", "fallback_recorded": "recorded", "announced": "told"}
"""Fact → what is then true of the call."""


def _take(made: Record, code: str, fact: dict[str, Any]) -> None:
    at = fact["at"]
    if code in ENDS_WAIT:
        _ended_wait(made, at, code)
    match code:
        case "arrived":
            made.arrival = fact.get("cause", "")
        case "answered" if made.waited is None:
            made.waited, made.answered_by = at - made.at, fact.get("kind", "")
        case "waiting" | "returned":
            made.waits.append(Wait(cause=fact.get("cause", ""), since=at))
        case "offered" | "missed":
            _offered(made, at if code == "offered" else None)
        case "lost":
            made.lost = fact.get("seconds") or 0.0
        case "transferred":
            made.handed_over += 1
        case _ if code in REACHED:
            setattr(made, REACHED[code], True)


def _offered(made: Record, at: float | None) -> None:
    """Of several operators' telephones the first counts; one who let it pass leaves the call unoffered."""
    if made.waits and (at is None or made.waits[-1].offered is None):
        made.waits[-1].offered = at


def _ended_wait(made: Record, at: float, how: str) -> None:
    if made.waits and made.waits[-1].until is None:
        made.waits[-1].until, made.waits[-1].end = at, how


def longest_ringing(path: Iterable[dict[str, Any]]) -> float:
    """Seconds of the longest time in which the caller heard nothing but ringing: telephones that ring together count once."""
    longest = begun = until = 0.0
    ringing = False
    for fact in path:
        if fact["code"] in RUNG:
            start = fact["at"] - (fact.get("seconds") or 0.0)
            if not ringing or start > until + 1.0:
                begun, ringing = start, True
            begun, until = min(begun, start), max(until, fact["at"])
            longest = max(longest, until - begun)
        elif fact["code"] not in ("ringing", "arrived"):
            ringing, until = False, 0.0
    return longest
