# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A telephone's own transfer key, as stories: whoever is passed on is always somewhere (SOL-4)."""

from __future__ import annotations

import pytest

from tests.domain import builders as b
from tests.domain.test_calls import Story
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.call import Leg, LegState, Purpose, State
from vaxel.domain.draft import Refused
from vaxel.domain.plan import Cause, Party, PartyKind, Target

pytestmark = pytest.mark.clause("SOL-4")

BERIT = Target(party=b.PERSON, endpoint="PJSIP/berit")
CHRISTER = Target(
    party=Party(kind=PartyKind.PERSON, id="p2", name="Christer", number="4680000002"), endpoint="PJSIP/christer"
)
ANNA = Target(party=b.seat("o1").party, endpoint="PJSIP/o1")
OTHER = "n1-1764000000.2"


def with_berit() -> Story:
    """The caller talks to Berit on her direct number."""
    return Story(b.RING).answers("p1")


def presses(story: Story, who: str, by: Target, *targets: Target) -> Story:
    return story.then(e.PhoneTransferred, leg=story.leg(who), by=by, targets=targets)


def brought(story: Story, state: LegState, target: Target = CHRISTER) -> Leg:
    """A leg of the telephone's other call."""
    channel = f"{OTHER}-l1"
    story.engine.channels.add(channel)
    return Leg(n=1, channel=channel, party=target.party, purpose=Purpose.RING, endpoint=target.endpoint, state=state)


def test_the_telephone_is_told_and_let_go_while_the_target_rings() -> None:
    story = presses(with_berit(), "p1", BERIT, CHRISTER)
    assert story.is_in(State.TRANSFERRING)
    assert story.commands(c.TransferDone)
    assert story.answers("p2").is_in(State.CONNECTED)
    assert story.facts[-4:] == ["phone_transferred", "transferred", "picked_up", "answered"]


def test_the_telephone_rings_again_and_then_the_switchboard_has_the_call() -> None:
    story = presses(with_berit(), "p1", BERIT, CHRISTER).ends("p2", Cause.BUSY)
    assert story.is_in(State.TRANSFERRING)
    assert story.leg("p1")
    story.then(e.TimerFired, name="recall")
    assert story.is_in(State.WAITING)
    assert (story.call.reason.code, story.call.reason.person) == ("returned", "Christer")
    assert story.call.priority == 0


def test_whoever_passed_the_caller_on_may_take_her_back() -> None:
    story = presses(with_berit(), "p1", BERIT, CHRISTER).then(e.TimerFired, name="recall").answers("p1")
    assert story.is_in(State.CONNECTED)
    assert story.call.recall_to is None


def test_an_operators_comes_back_to_the_operator() -> None:
    story = presses(Story().with_operator(), "o1", ANNA, CHRISTER).then(e.TimerFired, name="recall")
    assert story.is_in(State.WAITING)
    assert story.call.recall_for == "o1"


def test_an_open_line_is_ended_like_any_telephone() -> None:
    story = presses(Story().with_operator(line=True), "o1", ANNA, CHRISTER)
    assert story.commands(c.TransferDone)
    assert not story.commands(c.ReleaseLine)


def test_an_operator_who_sends_a_caller_to_the_switchboard_is_asked_last() -> None:
    story = presses(Story().with_operator(), "o1", ANNA)
    assert story.is_in(State.WAITING)
    assert (story.call.reason.code, story.call.tried) == ("misdirected", ("o1",))


def test_whom_an_employee_called_becomes_the_one_not_to_be_lost() -> None:
    story = with_berit()
    story.then(e.PhoneTransferred, leg=0, by=CHRISTER, targets=(CHRISTER,))
    assert story.call.subject.party == b.PERSON
    assert story.call.caller == b.PERSON
    story.then(e.TimerFired, name="recall").then(e.TimerFired, name="recall")
    assert story.is_in(State.WAITING)
    assert story.caller_hangs_up().is_in(State.ENDED)


def test_an_operator_can_not_be_transferred_by_whoever_called_her() -> None:
    story = Story().with_operator()
    with pytest.raises(Refused, match="nobody on this call"):
        story.then(e.PhoneTransferred, leg=0, by=BERIT, targets=(CHRISTER,))
    assert story.is_in(State.CONNECTED)


def test_two_calls_become_one() -> None:
    story = with_berit()
    legs = (brought(story, LegState.UP),)
    story.then(e.CallsJoined, leg=story.leg("p1"), by=BERIT, other=OTHER, legs=legs, asked=True)
    assert story.is_in(State.CONNECTED)
    assert f"{OTHER}-l1" in (story.engine.bridge or ())
    assert not story.commands(c.Dial)


def test_a_colleague_who_still_rings_goes_on_ringing_for_the_caller() -> None:
    story = with_berit()
    legs = (brought(story, LegState.RINGING),)
    story.then(e.CallsJoined, leg=story.leg("p1"), by=BERIT, other=OTHER, legs=legs, asked=True)
    assert story.is_in(State.TRANSFERRING)
    assert not story.commands(c.Dial)
    assert story.answers("p2").is_in(State.CONNECTED)


def test_an_operator_who_was_asked_gets_the_caller() -> None:
    story = with_berit()
    legs = (brought(story, LegState.UP, ANNA),)
    story.then(e.CallsJoined, leg=story.leg("p1"), by=BERIT, other=OTHER, legs=legs, asked=True)
    assert (story.call.state, story.call.operator) == (State.CONNECTED, "o1")


def test_the_call_that_gave_its_legs_away_ends_without_ending_them() -> None:
    story = with_berit()
    colleague = story.leg("p1")
    story.engine.gone(f"{b.CALL}-l{colleague}")
    story.then(e.JoinedInto, leg=0, other=OTHER, legs=(colleague,), asked=False)
    assert story.is_in(State.ENDED)
    ended = [command.channel for command in story.told if isinstance(command, c.HangUp | c.TransferDone)]
    assert ended == [b.CALL]
    assert story.facts[-2:] == ["joined", "ended"]
