# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A colleague takes a ringing call at her own telephone."""

from __future__ import annotations

import pytest

from tests.domain import builders as b
from tests.domain.simulated_engine import SimulatedEngine
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.arrangement import difference, wanted
from vaxel.domain.call import State
from vaxel.domain.lifecycle import IllegalEvent, receive, start
from vaxel.domain.plan import Cause, Party, PartyKind

COLLEAGUE = Party(kind=PartyKind.PERSON, id="p2", name="Bo", number="4680000002")
PICK_UP = e.PickUp(at=4.0, channel="n1-3.1", party=COLLEAGUE)


@pytest.mark.clause("AAB-24")
def test_the_caller_talks_to_who_took_the_call_and_the_other_telephone_stops_ringing() -> None:
    ringing = start(b.arrived(b.RING))
    engine = SimulatedEngine(channels={b.CALL, "n1-3.1"})
    engine.follow(None, ringing)
    taken = receive(ringing, PICK_UP)
    told = engine.follow(ringing, taken)
    assert taken.state is State.CONNECTED
    assert [fact.code for fact in taken.facts] == ["arrived", "pick_up", "rang", "answered"]
    assert taken.facts[-1].who == COLLEAGUE
    assert engine.bridge == {b.CALL, "n1-3.1"}
    assert not [command for command in told if isinstance(command, c.Dial)]
    assert [command.channel for command in told if isinstance(command, c.HangUp)] == [f"{b.CALL}-l1"]


def test_when_she_hangs_up_the_call_is_over() -> None:
    taken = receive(start(b.arrived(b.RING)), PICK_UP)
    leg = next(leg.n for leg in taken.legs if leg.channel == "n1-3.1")
    over = receive(taken, e.LegEnded(at=9.0, leg=leg, cause=Cause.HANGUP))
    assert over.state is State.ENDED
    assert not wanted(over).legs


def test_a_call_that_was_answered_meanwhile_is_not_taken() -> None:
    answered = receive(start(b.arrived(b.RING)), e.LegAnswered(at=3.0, leg=1))
    with pytest.raises(IllegalEvent):
        receive(answered, PICK_UP)


def test_a_transfer_that_rings_can_be_taken() -> None:
    call = start(b.arrived())
    for event in (
        e.Answer(at=1.0, seat=b.seat(line=True)),
        e.Transfer(at=2.0, operator="o1", targets=(b.TARGET,)),
        PICK_UP,
    ):
        before, call = call, receive(call, event)
    assert call.state is State.CONNECTED
    assert any(isinstance(command, c.Answer) for command in difference(wanted(before), call))
