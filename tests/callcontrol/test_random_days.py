# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever happens in a day: what a console has, from its snapshot and all changes since, is what a fresh one would be given."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.callcontrol.switchboard import HOMES, OPERATORS, SERVES, Client, Switchboard
from tests.callcontrol.test_whom import world
from vaxel.callcontrol import notices
from vaxel.callcontrol.hub import Refusal
from vaxel.domain.call import LegState
from vaxel.domain.world import Person

COMMANDS = [
    "answer",
    "hold",
    "resume",
    "park",
    "fetch",
    "hangup",
    "consult",
    "consult",
    "complete",
    "return",
    "transfer",
    "transfer",
    "dial",
    "take_over",
    "listen",
    "stop_listening",
    "ready",
    "pause",
    "log_off",
    "open_line",
    "close_line",
    "ready",
    "ready",
    "answer",
    "answer",
]
BERIT = Person(id="p1", organisation="tana", name="Berit", unit="Building", number="4778000001", phones=("berit",))
CISSI = replace(
    BERIT, id="p2", organisation="gnosjo", name="Cissi", number="46370000001", phones=("cissi", "cissi-web")
)
WHOM = ("p1", "p2", "o2", "o5", "46701740606")
"""Whom callers are passed on to: people, operators, somebody outside."""

Step = tuple[int, int, int]
steps = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.integers(0, 999)), min_size=5, max_size=60)


class Day:
    """Each step is drawn: what happens, to whom, and a number to choose further by."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board
        self.clients: dict[str, Client] = {}
        self.away: dict[str, Client] = {}

    def step(self, kind: int, who: int, choose: int) -> None:
        operator = tuple(SERVES)[who]
        (
            self.caller,
            self.caller,
            self.engine,
            self.engine,
            self.engine,
            self.command,
            self.command,
            self.command,
            self.supervise,
            self.console,
            self.directory,
            self.phones,
            self.notices,
        )[kind](operator, choose)
        self.board.turn()

    def caller(self, operator: str, choose: int) -> None:
        call = self.board.arrives(HOMES[choose % 3])
        if choose % 4:
            self.board.hears_to_the_end(call)

    def _call(self, choose: int) -> str:
        calls = list(self.board.controller.calls)
        return calls[choose % len(calls)] if calls else ""

    def engine(self, operator: str, choose: int) -> None:
        id_ = self._call(choose)
        call = self.board.controller.calls.get(id_)
        if call is None:
            return
        self.board.hears_to_the_end(id_)
        for leg in call.listeners:
            self.board.message("StasisStart", f"{id_}-s{leg.n}", args=["ear"])
        alive = [leg for leg in call.legs if leg.state is not LegState.GONE]
        if not alive:
            return
        leg = alive[choose % len(alive)]
        if choose % 3 and leg.state in (LegState.DIALLING, LegState.RINGING):
            self.board.message("StasisStart", leg.channel, args=["leg"])
        elif choose % 3 == 0:
            self.board.message("ChannelHangupRequest", leg.channel, cause=(16, 17, 19, 20)[choose % 4])

    def command(self, operator: str, choose: int) -> None:
        id_ = self._call(choose // 7)
        call = self.board.controller.calls.get(id_)
        # By chance alone few who ask would have the call, have passed it on, or be offered it.
        whose = [who for who in (call.operator, call.recall_for, *call.offered_to) if who] if call else []
        who = whose[0] if whose and choose // 25 % 4 else operator
        leaving = {"reason": "lunch", "hand_over": ("", "queue", *SERVES)[choose // 25 % 7]}
        passing_on = {"to": WHOM[choose // 25 % len(WHOM)], "organisation": SERVES[who][0]}
        self.ask(who, COMMANDS[choose % len(COMMANDS)], call=id_, **leaving, **passing_on)

    def supervise(self, operator: str, choose: int) -> None:
        home = HOMES[choose % 3]
        colleague = tuple(SERVES)[choose % 5]
        do, frame = (
            ("assign", {"operator": colleague, "organisations": [home]}),
            ("assign", {"operator": colleague, "organisations": []}),
            ("surge", {"organisation": home}),
            ("end_surge", {"organisation": home}),
            ("join_surge", {"organisation": home}),
            ("announce", {"organisation": home, "prompt": "told-busy"}),
            ("announce", {"organisation": home, "text": "Snow"}),
            ("hand_over", {"call": self._call(choose // 7), "to": colleague}),
            ("ready", {"phone": "lobby"}),
        )[choose // 3 % 9]
        self.ask("o1" if choose % 2 else operator, do, **frame)

    def ask(self, who: str, do: str, /, **frame: object) -> None:
        with contextlib.suppress(Refusal):
            self.board.do(who, do, **frame)

    def console(self, operator: str, choose: int) -> None:
        """Opened, lost, opened again where it was."""
        hub = self.board.controller.hub
        if operator not in self.clients:
            client = self.away.pop(operator, None) or Client(self.board.controller, operator)
            client.organisations = self.board.controller.organisations_of(operator)
            hub.join(client, client.epoch, client.n or None)
            self.clients[operator] = client
        elif choose % 3 == 0:
            client = self.clients.pop(operator)
            hub.leave(client)
            self.away[operator] = client

    def directory(self, operator: str, choose: int) -> None:
        homes = tuple(home for n, home in enumerate(HOMES) if choose >> n & 1) or ("tana",)
        supervised = tuple(home for n, home in enumerate(HOMES) if choose >> (n + 3) & 1)
        self.board.reload(**{operator: replace(OPERATORS[operator], organisations=homes, supervises=supervised)})

    def phones(self, operator: str, choose: int) -> None:
        self.board.registered(*(f"{id_}-desk" for n, id_ in enumerate(SERVES) if choose >> n & 1), "lobby")

    def notices(self, operator: str, choose: int) -> None:
        """The board as it is now: of three notices those that are on it, in one of two wordings."""
        board = {
            f"n{n}": {"organisation": home, "title": "ab"[choose >> (n + 3) & 1]}
            for n, home in enumerate(HOMES)
            if choose >> n & 1
        }
        notices.show(self.board.controller.hub, board)

    def check(self) -> None:
        controller = self.board.controller
        for operator, client in self.clients.items():
            sees = controller.organisations_of(operator)
            assert client.organisations == sees
            assert client.state == controller.hub.snapshot(sees)


@settings(max_examples=60, deadline=None)
@given(steps=steps)
def test_a_console_that_follows_has_what_a_fresh_one_is_given(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder, Switchboard(Path(folder), world(BERIT, CISSI)) as board:
        day = Day(board)
        board.on_duty("o1", "o3", "o5")
        for operator in ("o1", "o2", "o5"):
            day.console(operator, 1)
        for home, operator in (("tana", "o1"), ("gnosjo", "o3"), ("falkenberg", "o5")):
            board.connected(home, operator)
        for step in steps:
            day.step(*step)
            day.check()
