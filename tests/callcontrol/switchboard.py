# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A controller of three municipalities without an engine: what the engine would say is said by the test."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
from msgspec.structs import replace

from vaxel.callcontrol.controller import Controller
from vaxel.callcontrol.hub import Refusal
from vaxel.callcontrol.spool import Spool
from vaxel.directory.snapshot import Snapshot
from vaxel.directory.tokens import hashed
from vaxel.domain import commands as c
from vaxel.domain.call import Call, MediaKind
from vaxel.domain.journal import Entry
from vaxel.domain.rules import Rules
from vaxel.domain.working_day import Break, WorkingDay
from vaxel.domain.world import Number, NumberKind, Operator, Organisation, PhoneOwner, World
from vaxel.telephony.engine.model import EngineModel
from vaxel.telephony.translate import NewCall

HOMES = ("tana", "gnosjo", "falkenberg")
MAIN = {"tana": "4778000000", "gnosjo": "46370000000", "falkenberg": "46346000000"}
DAYS = {
    "tana": WorkingDay(lunch_minutes=30, relieved=(Break.LUNCH, Break.POST), relief_clause="TAN-17"),
    "gnosjo": WorkingDay(listening=True, listening_clause="GNO-99"),
    "falkenberg": WorkingDay(surge_clause="FAL-18"),
}
SERVES = {"o1": ("tana",), "o2": ("tana",), "o3": ("gnosjo",), "o4": ("falkenberg",), "o5": ("gnosjo", "falkenberg")}
NAMES = {"o1": "Anna", "o2": "Bo", "o3": "Cia", "o4": "Dag", "o5": "Eva"}


def organisation(id_: str) -> Organisation:
    return Organisation(
        id=id_,
        name=id_.title(),
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        main_number=MAIN[id_],
        welcome_phrase="",
        rules=Rules(working_day=DAYS[id_]),
    )


def operator(id_: str, **more: Any) -> Operator:
    phones = (f"{id_}-desk", f"{id_}-web")
    return Operator(id=id_, name=NAMES[id_], organisations=SERVES[id_], phone=phones[0], phones=phones, **more)


OPERATORS = {
    "o1": operator("o1", supervises=HOMES, code="471100"),
    "o2": operator("o2", code="4712"),
    "o3": operator("o3", reserve_for=("tana", "falkenberg")),
    "o4": operator("o4"),
    "o5": operator("o5", supervises=("gnosjo",)),
}
WORLD = World(
    organisations={id_: organisation(id_) for id_ in HOMES},
    numbers={number: Number(number=number, organisation=id_, kind=NumberKind.MAIN) for id_, number in MAIN.items()},
    people={},
    groups={},
    operators=OPERATORS,
    phones={
        **{f"{id_}-desk": PhoneOwner(organisation=SERVES[id_][0], operator=id_) for id_ in SERVES},
        **{f"{id_}-web": PhoneOwner(organisation=SERVES[id_][0], operator=id_, browser=True) for id_ in SERVES},
        "lobby": PhoneOwner(organisation="tana"),
        "abroad": PhoneOwner(organisation="falkenberg"),
    },
)


class Client:
    """A console that keeps what docs/live-hub.md says it should."""

    def __init__(self, controller: Controller, operator: str) -> None:
        self.operator = operator
        self.token = f"token of {operator}"
        self.organisations = controller.organisations_of(operator)
        self.state: dict[str, dict[str, Any]] = {}
        self.epoch, self.n, self.snapshots = "", 0, 0

    def push(self, text: str) -> bool:
        frame = orjson.loads(text)
        if "snapshot" in frame:
            self.snapshots += 1
            self.state = {kind: dict(values) for kind, values in frame["snapshot"].items()}
        elif "set" in frame:
            self.state[frame["set"]][frame["id"]] = frame["value"]
        elif "del" in frame:
            self.state[frame["del"]].pop(frame["id"], None)
        self.n = frame["n"]
        self.epoch = frame.get("epoch", self.epoch)
        return True


class Switchboard:
    """Use as a context manager. ``told`` are the commands that the engine was given, by call."""

    def __init__(self, folder: Path, world: World = WORLD) -> None:
        self.folder = folder
        self.loop = asyncio.new_event_loop()
        self.entries: list[Entry] = []
        self.told: list[tuple[str, c.EngineCommand]] = []
        self.rung: list[tuple[str, str, str]] = []
        self.published: list[tuple[str, str, str]] = []
        self._channels = itertools.count(1)
        tokens = {hashed(f"token of {id_}"): id_ for id_ in world.operators}
        model = EngineModel(phones=(), trunks=(), numbers=())
        self.snapshot = Snapshot(world=world, engine=model, tokens=tokens)

    def __enter__(self) -> Self:
        asyncio.events._set_running_loop(self.loop)
        self.spool = Spool(self.folder)
        self.controller = Controller("n1", self.snapshot, self.spool, self.entries.append)
        self.spool.begin([], [])
        self.controller.connected = True
        self.controller.run = self._run
        self.controller.surges.ring = lambda *asked: self.rung.append(asked)
        self.controller.announcements.publish = lambda *said: self.published.append(said)
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self.controller.stop()
        self.spool.close()
        asyncio.events._set_running_loop(None)
        self.loop.close()

    def _run(self, call: Call, commands: Sequence[c.EngineCommand]) -> None:
        self.told += [(call.id, command) for command in commands]

    def turn(self) -> None:
        """Let the event loop do what is due."""
        asyncio.events._set_running_loop(None)
        self.loop.run_until_complete(asyncio.sleep(0))
        asyncio.events._set_running_loop(self.loop)

    def client(self, operator: str) -> Client:
        client = Client(self.controller, operator)
        self.controller.hub.join(client, "", None)
        return client

    def registered(self, *phones: str) -> None:
        self.controller.desks.phones_changed(set(phones))

    def on_duty(self, *operators: str) -> None:
        self.registered(*(f"{id_}-desk" for id_ in SERVES), "lobby")
        for id_ in operators:
            self.do(id_, "ready")

    def do(self, who: str, do: str, /, **frame: Any) -> dict[str, Any]:
        return self.controller.command(who, {"do": do, **frame})

    def refused(self, who: str, do: str, /, **frame: Any) -> Refusal:
        try:
            done = self.do(who, do, **frame)
        except Refusal as refusal:
            return refusal
        raise AssertionError(f"{do} was done: {done}")

    def view(self, id_: str, kind: str = "operators") -> dict[str, Any]:
        found = self.controller.hub.get(kind, id_)
        assert found is not None
        return found

    def call(self, id_: str) -> Call:
        return self.controller.calls[id_]

    # ── the engine ──────────────────────────────────────────────────────────────────────────────────────────────────

    def arrives(self, organisation: str, number: str = "46701740605") -> str:
        channel = f"n1-1764000000.{next(self._channels)}"
        self.message("StasisStart", channel, args=["trunk", "demo", MAIN[organisation]], number=number)
        return channel

    def message(self, type_: str, channel: str, number: str = "", **more: Any) -> None:
        about = {"id": channel, "caller": {"number": number, "name": ""}, "state": "Ringing"}
        self.controller.message({"type": type_, "channel": about, **more})

    def waits(self, organisation: str) -> str:
        """A caller who has heard the welcome."""
        id_ = self.arrives(organisation)
        self.hears_to_the_end(id_)
        self.turn()
        return id_

    def hears_to_the_end(self, id_: str) -> None:
        call = self.controller.calls.get(id_)
        media = call.subject.media if call else None
        if media is not None and media.kind is MediaKind.PROMPTS:
            self.controller.message({"type": "PlaybackFinished", "playback": {"id": f"{id_}-p{media.n}"}})

    def picks_up(self, id_: str, operator: str = "") -> None:
        """The telephones that ring in the call, or hers, are answered."""
        for leg in self.call(id_).legs:
            if leg.attempting and operator in ("", leg.party.id):
                self.message("StasisStart", leg.channel, args=["leg"])
                return

    def connected(self, organisation: str, operator: str) -> str:
        id_ = self.waits(organisation)
        self.do(operator, "answer", call=id_)
        self.picks_up(id_, operator)
        assert self.call(id_).operator == operator
        return id_

    def reload(self, **operators: Operator) -> None:
        world = replace(self.snapshot.world, operators={**self.snapshot.world.operators, **operators})
        self.snapshot = replace(self.snapshot, world=world)
        self.controller.load(self.snapshot)


def dials(board: Switchboard, phone: str, dialled: str, n: int = 1) -> tuple[str, ...]:
    """What the telephone hears."""
    channel = f"n1-9.{n}"
    board.controller.begin(
        NewCall(channel=channel, source="phone", name=phone, dialled=dialled, number="", caller_name="")
    )
    call = board.call(channel)
    assert "471100" not in call.dialled
    assert call.subject.media is not None
    heard = call.subject.media.items
    board.message("ChannelHangupRequest", channel, cause=16)
    return heard
