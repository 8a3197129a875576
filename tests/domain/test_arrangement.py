# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the engine is told of a call that has only begun."""

from __future__ import annotations

from tests.domain import builders as b
from tests.domain.simulated_engine import SimulatedEngine
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.lifecycle import receive, start
from vaxel.domain.plan import Cause, HangUp


def test_a_call_to_nobodys_number_is_refused_at_once_and_its_network_told_why() -> None:
    engine = SimulatedEngine(channels={b.CALL})
    told = engine.follow(None, start(b.arrived(HangUp(cause=Cause.UNALLOCATED))))
    assert told == [c.HangUp(leg=0, channel=b.CALL, cause=Cause.UNALLOCATED)]
    assert not engine.channels


def test_a_caller_who_only_waits_is_left_ringing() -> None:
    assert SimulatedEngine(channels={b.CALL}).follow(None, start(b.arrived(b.QUEUE))) == []


def test_an_operator_on_an_open_line_hears_it_ring_at_once_when_she_calls_out() -> None:
    engine = SimulatedEngine(lines={"n1-line-o1-1"})
    told = engine.follow(None, start(b.dialled(line=True)))
    assert [type(command) for command in told] == [c.Dial, c.Play]


def test_an_operator_without_a_line_is_rung_before_the_called_party() -> None:
    told = SimulatedEngine().follow(None, start(b.dialled()))
    assert [type(command) for command in told] == [c.Dial]
    assert told[0].leg == 2


def test_an_open_line_that_is_given_back_hears_nothing_any_more() -> None:
    engine = SimulatedEngine(lines={"n1-line-o1-1"})
    call = start(b.dialled(line=True))
    engine.follow(None, call)
    told = engine.follow(call, receive(call, e.HangUpAsked(at=1.0, operator="o1")))
    assert [type(command) for command in told] == [c.HangUp, c.StopPlayback, c.ReleaseLine]
