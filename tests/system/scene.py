# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People for tests: citizens, operators and employees of a municipality, with real telephones."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from tests.engine import scenarios
from tests.engine.sip import Baresip, Sipp
from tests.engine.waiting import until
from tests.system.installation import ConsoleClient, Installation
from tests.system.sipp_scenarios import consultation, deregistration

Json = dict[str, Any]

CITIZEN, OPERATOR, EMPLOYEE, COLLEAGUE = 600, 800, 1100, 1400
"""The tones, in Hz, that the telephones sound."""

_numbers = itertools.count()


def codes(record: Json, *among: str) -> list[str]:
    """What happened, in order; only what is named, if something is."""
    return [fact["code"] for fact in record["path"] if not among or fact["code"] in among]


def facts(record: Json, code: str) -> list[Json]:
    return [fact for fact in record["path"] if fact["code"] == code]


@dataclass
class Operator:
    """An operator at her console, with a desk phone: on an open line, or one that rings and that she picks up."""

    console: ConsoleClient
    phone: Baresip
    row: Json
    line: bool

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def token(self) -> str:
        return str(self.row["token"])

    def take(self, call: str) -> Json:
        """Answer the call that is offered to her."""
        since = self.phone.events.count()
        self.console.wait_offered(call)
        if self.line:
            self.console.do("answer", call=call)
        else:
            self._pick_up(since)
        return self.console.wait_call(call, state="connected", operator=self.id)

    def connect(self, do: str, call: str) -> Json:
        """A command after which her telephone is in the call: ``fetch``, ``resume``. Without an open line it rings, and she picks up."""
        since = self.phone.events.count()
        legs = self.console.state["calls"][call]["legs"]
        already = any(leg["party"] == self.id and not leg["released"] for leg in legs)
        self.console.do(do, call=call)
        if not self.line and not already:
            self._pick_up(since)
        return self.console.wait_call(call, state="connected", operator=self.id)

    def pick_up_whatever_rings(self, call: str) -> None:
        """Her telephone may be rung anew while it stops ringing."""

        def connected() -> bool:
            self.phone.command("accept")
            state: str = self.console.state["calls"][call]["state"]
            return state == "connected"

        until(connected, what=f"{self.row['name']} having {call}")

    def _pick_up(self, since: int) -> None:
        # The offer may have rung before anybody counted.
        if not any(event.get("type") == "CALL_INCOMING" for event in self.phone.events.all()[since:]):
            ringing = [event["type"] for event in self.phone.events.all() if event.get("class") == "call"]
            if not ringing or ringing[-1] != "CALL_INCOMING":
                self.phone.wait_for("CALL_INCOMING", since=since)
        self.phone.answer()


@dataclass
class Scene:
    """A municipality in a running installation. Use as a context manager: at its end everybody has gone home."""

    installation: Installation
    municipality: str = "gnosjo"
    stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self.stack.close()

    @property
    def home(self) -> Json:
        return self.installation.municipality(self.municipality)

    @property
    def main_number(self) -> str:
        return str(self.home["main_number"])

    def operator(self, n: int = 0, line: bool = True, ready: bool = True, tone: int = OPERATOR) -> Operator:
        row = self.home["operators"][n]
        answer = "auto" if line else "manual"
        phone = self.stack.enter_context(self.installation.operator_phone(row, answer=answer, tone=tone))
        console = self.stack.enter_context(self.installation.console(row))
        self.stack.callback(lambda: console.is_open and console.send("log_off"))
        console.wait_me(phone_registered=True)
        if line:
            console.do("open_line")
            console.wait_me(line_open=True)
        if ready:
            console.do("ready")
        return Operator(console, phone, row, line)

    def restart_controller(self, *consoles: ConsoleClient) -> None:
        """Start the controller that was killed, and bring its consoles back."""
        self.installation.start_part("controller")
        for console in consoles:
            console.close()
            console.connect()

    def watcher(self, n: int = -1) -> ConsoleClient:
        """A console of somebody who has no telephone."""
        return self.stack.enter_context(self.installation.console(self.home["operators"][n]))

    def employee(self, n: int = 0, answer: str = "auto", tone: int = EMPLOYEE) -> Baresip:
        phone = self.stack.enter_context(self.installation.person_phone(self.person(n), answer=answer, tone=tone))
        phone.wait_until_registered()
        return phone

    def person(self, n: int = 0) -> Json:
        found: Json = self.home["people"][n]
        return found

    def sipp_employee(self, scenario: str, n: int = 0) -> Sipp:
        """Somebody whose telephone does as ``scenario`` says."""
        person = self.person(n)
        return self.sipp_phone(person["sip_user"], person["sip_password"], scenario)

    def sipp_phone(self, user: str, password: str, scenario: str, calls: int = 1) -> Sipp:
        """A telephone that is logged in and does as ``scenario`` says, ``calls`` times."""
        folder, server = self.installation.folder, self.installation.server
        phone = Sipp(folder, scenario, server, calls=calls)
        log_in: dict[str, Any] = {"port": phone.port, "user": user, "password": password}
        Sipp.run(folder, scenarios.registration(user), server, **log_in)
        self.stack.callback(lambda: Sipp.run(folder, deregistration(user), server, **log_in))
        return self.stack.enter_context(phone)

    def second_call(self, number: str, n: int = 0) -> tuple[Sipp, str]:
        """Another call from the person's telephone; once it is answered, how Replaces names it (RFC 3891)."""
        asking = self.ask(number, n)
        return asking, self.dialog(asking)

    def ask(self, number: str, n: int = 0) -> Sipp:
        """Another call from the person's telephone, to ask somebody."""
        user = self.person(n)["sip_user"]
        login = {"user": user, "password": self.person(n)["sip_password"]}
        calling = consultation(user)
        return self.stack.enter_context(
            Sipp(self.installation.folder, calling, self.installation.server, number=number, **login)
        )

    @staticmethod
    def dialog(asking: Sipp) -> str:
        return quote(asking.wait_for_log("dialog:").removeprefix("dialog: "), safe="%")

    def replacing(self, number: str, dialog: str) -> str:
        """Refer-To of a telephone that joins its two calls."""
        return f"<sip:{number}@{self.installation.server}?Replaces={dialog}>"

    def citizen(self, tone: int = CITIZEN, **options: Any) -> Baresip:
        """Somebody in the public network, with a number that no other test has."""
        number = f"467017406{next(_numbers) % 95 + 5:02d}"
        return self.stack.enter_context(self.installation.citizen(number, tone=tone, **options))

    def call(self, citizen: Baresip, console: ConsoleClient, number: str = "", **wanted: Any) -> Json:
        """The citizen rings ``number`` (the main one), and the call is as wanted."""
        citizen.dial(number or self.main_number)
        return console.wait_call(caller=citizen.account.user, **wanted)

    def connected(self, citizen: Baresip, operator: Operator) -> Json:
        """The citizen talks to the operator."""
        call = self.call(citizen, operator.console, state="waiting")
        return operator.take(call["id"])
