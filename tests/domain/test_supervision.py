# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A supervisor takes a call over or listens in; operators hand calls over."""

from __future__ import annotations

import pytest

from tests.domain import builders as b
from tests.domain.simulated_engine import SimulatedEngine
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.call import Fact, State
from vaxel.domain.draft import Refused
from vaxel.domain.lifecycle import IllegalEvent, receive, start
from vaxel.domain.plan import Announce, Cause, Party, PartyKind

BO = Party(kind=PartyKind.OPERATOR, id="o2", name="Bo")


class Story:
    """One call beside a simulated engine. O1 talks on an open line or telephone; O3 is the supervisor."""

    def __init__(self, plan: Announce = b.TOLD) -> None:
        self.call = start(b.arrived(plan))
        self.engine = SimulatedEngine(lines={"n1-line-o1-1", "n1-line-o3-1"}, channels={b.CALL})
        self.engine.follow(None, self.call)
        media = self.call.subject.media
        assert media is not None
        self.engine.heard(f"{b.CALL}-p{media.n}")
        self.send(e.MediaEnded(at=1.0, n=media.n))

    def send(self, event: e.CallEvent) -> list[c.EngineCommand]:
        before, self.call = self.call, receive(self.call, event)
        return self.engine.follow(before, self.call)

    def talking(self, line: bool = True) -> Story:
        self.send(e.Answer(at=2.0, seat=b.seat(line=line)))
        if not line:
            self.answered("o1")
        assert (self.call.state, self.call.operator) == (State.CONNECTED, "o1")
        return self

    def answered(self, operator: str, at: float = 3.0) -> None:
        leg = next(leg for leg in self.call.legs if leg.party.id == operator and leg.attempting)
        self.send(e.LegAnswered(at=at, leg=leg.n))

    def facts(self, *codes: str) -> list[Fact]:
        return [fact for fact in self.call.facts if fact.code in codes]


# ── taking over ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_talked_to_call_is_taken_over_at_once_on_an_open_line() -> None:
    story = Story().talking()
    story.send(e.TakeOver(at=5.0, seat=b.seat("o3", line=True)))
    assert (story.call.operator, story.call.taken_from) == ("o3", "o1")
    assert story.engine.bridge == {b.CALL, "n1-line-o3-1"}
    assert [fact.who.id for fact in story.facts("taken_over") if fact.who] == ["o3"]


def test_who_talks_goes_on_talking_until_the_supervisors_telephone_is_connected() -> None:
    story = Story().talking()
    story.send(e.TakeOver(at=5.0, seat=b.seat("o3")))
    assert (story.call.operator, story.call.accepted_by) == ("o1", "o3")
    assert story.engine.bridge == {b.CALL, "n1-line-o1-1"}
    story.answered("o3", at=7.0)
    assert (story.call.operator, story.call.accepted_by, story.call.taker) == ("o3", "", "")


@pytest.mark.parametrize("end", ["timer", "declined"])
def test_a_supervisor_who_does_not_come_changes_nothing(end: str) -> None:
    story = Story().talking()
    story.send(e.TakeOver(at=5.0, seat=b.seat("o3")))
    leg = next(leg for leg in story.call.legs if leg.attempting)
    story.send(
        e.TimerFired(at=25.0, name="answer") if end == "timer" else e.LegEnded(at=6.0, leg=leg.n, cause=Cause.REJECTED)
    )
    assert (story.call.state, story.call.operator, story.call.accepted_by) == (State.CONNECTED, "o1", "")
    assert story.engine.bridge == {b.CALL, "n1-line-o1-1"}


@pytest.mark.parametrize("moved", ["hold", "park", "transfer", "consult"])
def test_the_call_moves_on_before_the_supervisor_is_there(moved: str) -> None:
    story = Story().talking()
    story.send(e.TakeOver(at=5.0, seat=b.seat("o3")))
    what: dict[str, e.CallEvent] = {
        "hold": e.Hold(at=6.0, operator="o1"),
        "park": e.Park(at=6.0, operator="o1"),
        "transfer": e.Transfer(at=6.0, operator="o1", targets=(b.TARGET,)),
        "consult": e.Consult(at=6.0, seat=b.seat(line=True), targets=(b.TARGET,)),
    }
    story.send(what[moved])
    assert (story.call.accepted_by, story.call.taker) == ("", "")
    assert not [leg for leg in story.call.legs if leg.party.id == "o3" and leg.wanted]


def test_a_held_call_is_taken_over_from_who_holds_it() -> None:
    story = Story().talking(line=False)
    story.send(e.Hold(at=5.0, operator="o1"))
    story.send(e.TakeOver(at=6.0, seat=b.seat("o3", line=True)))
    assert (story.call.state, story.call.operator, story.call.taken_from) == (State.CONNECTED, "o3", "o1")
    assert not [leg for leg in story.call.legs if leg.party.id == "o1" and leg.wanted]


def test_a_waiting_call_is_taken_though_a_colleague_has_just_accepted_it() -> None:
    story = Story()
    story.send(e.Answer(at=2.0, seat=b.seat("o1")))
    story.send(e.TakeOver(at=2.5, seat=b.seat("o3", line=True)))
    assert (story.call.state, story.call.operator) == (State.CONNECTED, "o3")
    assert [fact.code for fact in story.facts("answered", "taken_over")] == ["answered"]


def test_a_call_that_is_with_an_employee_is_not_taken_from_her() -> None:
    story = Story().talking()
    story.send(e.Transfer(at=5.0, operator="o1", targets=(b.TARGET,)))
    story.answered("p1", at=6.0)
    with pytest.raises(Refused, match="no longer with an operator"):
        story.send(e.TakeOver(at=7.0, seat=b.seat("o3", line=True)))


# ── listening in ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("line", [True, False])
def test_a_supervisor_listens_and_is_no_part_of_the_conversation(line: bool) -> None:
    story = Story().talking()
    story.send(e.Listen(at=5.0, seat=b.seat("o3", line=line)))
    if not line:
        story.answered("o3")
    (leg,) = story.call.listeners
    assert story.engine.ears == {f"{b.CALL}-s{leg.n}": b.CALL}
    assert story.engine.listening == {}
    story.send(e.EarReady(at=6.0, leg=leg.n))
    assert story.engine.listening == {leg.channel: f"{b.CALL}-s{leg.n}"}
    assert story.engine.bridge == {b.CALL, "n1-line-o1-1"}
    story.send(e.ListenEnded(at=9.0, operator="o3"))
    assert (story.engine.ears, story.engine.listening) == ({}, {})
    assert [(fact.code, fact.seconds) for fact in story.facts("listening", "listening_ended")] == [
        ("listening", None),
        ("listening_ended", 3.0),
    ]
    assert story.call.state is State.CONNECTED


def test_a_caller_who_has_not_been_told_is_not_listened_to() -> None:
    story = Story(b.WELCOME).talking()
    with pytest.raises(Refused, match="has not been told"):
        story.send(e.Listen(at=5.0, seat=b.seat("o3", line=True)))


@pytest.mark.parametrize("how", ["transfer", "hang_up", "park"])
def test_listening_ends_when_the_call_leaves_the_operators(how: str) -> None:
    story = Story().talking()
    story.send(e.Listen(at=5.0, seat=b.seat("o3", line=True)))
    story.send(e.EarReady(at=6.0, leg=story.call.listeners[0].n))
    if how == "hang_up":
        story.engine.gone(b.CALL)
    what: dict[str, e.CallEvent] = {
        "transfer": e.Transfer(at=7.0, operator="o1", targets=(b.TARGET,)),
        "hang_up": e.LegEnded(at=7.0, leg=0, cause=Cause.HANGUP),
        "park": e.Park(at=7.0, operator="o1"),
    }
    story.send(what[how])
    assert not story.call.listeners
    assert (story.engine.ears, story.engine.listening) == ({}, {})


def test_it_goes_on_over_a_hold() -> None:
    story = Story().talking()
    story.send(e.Listen(at=5.0, seat=b.seat("o3", line=True)))
    story.send(e.Hold(at=6.0, operator="o1"))
    story.send(e.Resume(at=7.0, seat=b.seat(line=True)))
    assert [leg.party.id for leg in story.call.listeners] == ["o3"]


def test_the_listeners_telephone_is_put_down_and_the_others_talk_on() -> None:
    story = Story().talking()
    story.send(e.Listen(at=5.0, seat=b.seat("o3")))
    story.answered("o3")
    leg = story.call.listeners[0]
    story.send(e.EarReady(at=6.0, leg=leg.n))
    story.engine.gone(leg.channel)
    story.send(e.LegEnded(at=8.0, leg=leg.n, cause=Cause.HANGUP))
    assert (story.call.state, story.call.operator) == (State.CONNECTED, "o1")
    assert story.engine.ears == {}


@pytest.mark.parametrize("line", [True, False])
def test_who_listens_takes_over_without_being_rung_again(line: bool) -> None:
    story = Story().talking()
    story.send(e.Listen(at=5.0, seat=b.seat("o3", line=line)))
    if not line:
        story.answered("o3")
    story.send(e.EarReady(at=6.0, leg=story.call.listeners[0].n))
    commands = story.send(e.TakeOver(at=7.0, seat=b.seat("o3", line=line)))
    assert not [command for command in commands if isinstance(command, c.Dial)]
    assert (story.call.operator, story.call.listeners) == ("o3", [])
    assert story.engine.listening == {}


# ── handing over ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_held_call_is_another_operators_and_comes_back_when_she_does_not_take_it_up() -> None:
    story = Story().talking()
    story.send(e.Hold(at=5.0, operator="o1"))
    story.send(e.HandOver(at=6.0, operator="o1", to=BO))
    assert (story.call.state, story.call.operator) == (State.HELD, "o2")
    story.send(e.TimerFired(at=126.0, name="handed"))
    assert (story.call.state, story.call.reason.code, story.call.recall_for) == (State.WAITING, "handed_over", "o2")


def test_a_parked_call_comes_back_to_whom_it_was_handed_over() -> None:
    story = Story().talking()
    story.send(e.Park(at=5.0, operator="o1"))
    story.send(e.HandOver(at=6.0, operator="o1", to=BO))
    story.send(e.TimerFired(at=126.0, name="park"))
    assert (story.call.state, story.call.recall_for) == (State.WAITING, "o2")


def test_only_whose_call_it_is_hands_it_over() -> None:
    story = Story().talking()
    story.send(e.Hold(at=5.0, operator="o1"))
    with pytest.raises(Refused):
        story.send(e.HandOver(at=6.0, operator="o4", to=BO))
    story.send(e.Resume(at=7.0, seat=b.seat(line=True)))
    with pytest.raises(IllegalEvent):
        story.send(e.HandOver(at=8.0, operator="o1", to=BO))


def test_a_caller_whose_holder_goes_home_waits_for_another() -> None:
    story = Story().talking()
    story.send(e.Hold(at=5.0, operator="o1"))
    story.send(e.HolderLeft(at=6.0, operator="o1"))
    assert (story.call.state, story.call.reason.code) == (State.WAITING, "handed_over")


# ── telling who waits ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_waits_hears_an_announcement_and_goes_on_waiting() -> None:
    story = Story()
    story.send(e.Tell(at=3.0, prompts=("told-busy",)))
    media = story.call.subject.media
    assert media is not None
    assert media.items == ("told-busy",)
    story.engine.heard(f"{b.CALL}-p{media.n}")
    story.send(e.MediaEnded(at=6.0, n=media.n))
    assert story.engine.hears == {b.CALL: "music"}
    assert story.call.state is State.WAITING


def test_an_announcement_whose_end_was_missed_does_not_leave_silence() -> None:
    story = Story()
    story.send(e.Tell(at=3.0, prompts=("told-busy",)))
    story.send(e.Adopted(at=9.0, away=5.0))
    assert story.engine.hears == {b.CALL: "music"}
