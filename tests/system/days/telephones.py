# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many employees' telephones that do the same, as one SIPp: they ring for ever, are busy, or answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from tests.engine import scenarios
from tests.engine.sip import Sipp
from tests.system.installation import Installation

Json = dict[str, Any]


class Telephones:
    """The telephones of ``people`` (as ``demo.json`` describes them), all doing as ``scenario`` says. Use as a context manager."""

    def __init__(self, installation: Installation, scenario: str, people: Sequence[Json], calls: int = 1000) -> None:
        folder, server = installation.folder, installation.server
        self._sipp = Sipp(folder, scenario, server, calls=calls)
        logins = self._sipp.folder / "logins.csv"
        lines = [f"{person['sip_user']};{_login(person)}" for person in people]
        logins.write_text("\n".join(["SEQUENTIAL", *lines, ""]))
        registration = _patient(scenarios.registration("[field0]")).replace("[authentication]", "[field1]")
        port, extra = self._sipp.port, ("-inf", str(logins))
        Sipp.run(folder, registration, server, port=port, calls=len(people), rate=50.0, extra=extra)

    def __enter__(self) -> Self:
        self._sipp.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sipp.__exit__(kind, error, trace)

    def rang(self, person: Json) -> list[float]:
        """For how many seconds the person's telephone rang, each time that it was given up."""
        asked: dict[str, datetime] = {}
        found: list[float] = []
        for at, method, user, call in _requests(self._sipp.messages()):
            if user == person["sip_user"] and method == "INVITE":
                # The first counts: what is sent again is the same call.
                asked.setdefault(call, at)
            elif user == person["sip_user"] and method == "CANCEL" and call in asked:
                found.append((at - asked.pop(call)).total_seconds())
        return found

    def called(self) -> list[str]:
        """The numbers or users that were called, in turn."""
        return [match[1] for line in self._sipp.logged() if (match := _CALLED.match(line))]


def _patient(registration: str) -> str:
    """Who is challenged a second time answers again: the engine, when its configuration is read anew, forgets whom it has challenged."""
    begun, again, end = registration.rpartition('<recv response="200"/>')
    _, sent, answer = begun.rpartition("<send")
    third = (sent + answer).replace("CSeq: 2 REGISTER", "CSeq: 3 REGISTER")
    challenged = '<recv response="401" auth="true" optional="true" next="1"/><recv response="200" next="2"/>'
    return f'{begun}{challenged}<label id="1"/>{third}{again}<label id="2"/>{end}'


def _login(person: Json) -> str:
    return f"[authentication username={person['sip_user']} password={person['sip_password']}]"


_CALLED = re.compile(r"called: (\S+) by")
_RECEIVED = re.compile(r"(\S+ \S+)\n.*received.*\n\n(INVITE|CANCEL) sip:([^@ ]+)@(?:.*\n)*?Call-ID: (\S+)")


def _requests(messages: str) -> Iterator[tuple[datetime, str, str, str]]:
    """(when, method, user, call) of the requests in SIPp's trace of messages."""
    for block in re.split(r"^-{20,} ", messages, flags=re.M):
        if match := _RECEIVED.match(block):
            yield datetime.fromisoformat(match[1]), match[2], match[3], match[4]
