# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls as stories: what happened, where the call is then, what the record says."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.domain import builders as b
from tests.domain.simulated_engine import SimulatedEngine
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.call import Call, LegState, Limits, State
from vaxel.domain.draft import Refused, without_message
from vaxel.domain.lifecycle import receive, start
from vaxel.domain.plan import Cause, Party, PartyKind, Step


class Story:
    """A call told event by event, beside an engine that refuses nonsense. Each event comes a second after the one before."""

    def __init__(self, plan: Step = b.QUEUE, dialled: e.Dialled | None = None, limits: Limits | None = None) -> None:
        self.at = 0.0
        self.engine = SimulatedEngine(channels={b.CALL}, lines={"n1-line-o1-1", "n1-line-o2-1"})
        self.call: Call = start(dialled or replace(b.arrived(plan), limits=limits or Limits()))
        self.told = self.engine.follow(None, self.call)

    def then(self, kind: type, **fields: object) -> Story:
        self.at += 1.0
        before, self.call = self.call, receive(self.call, kind(at=self.at, **fields))
        self.told = self.engine.follow(before, self.call)
        return self

    def leg(self, who: str) -> int:
        """The newest leg of a person or operator that is still wanted."""
        return next(leg.n for leg in reversed(self.call.legs) if leg.party.id == who and leg.wanted)

    def answers(self, who: str) -> Story:
        return self.then(e.LegAnswered, leg=self.leg(who))

    def ends(self, who: str, cause: Cause = Cause.HANGUP) -> Story:
        leg = self.call.leg(self.leg(who))
        assert leg is not None
        self.engine.gone(leg.channel)
        return self.then(e.LegEnded, leg=leg.n, cause=cause)

    def hears_it_out(self) -> Story:
        """What is being played to the caller comes to its end."""
        media = self.call.subject.media
        assert media is not None
        self.engine.heard(f"{self.call.id}-p{media.n}")
        return self.then(e.MediaEnded, n=media.n)

    def caller_hangs_up(self) -> Story:
        self.engine.gone(self.call.subject.channel)
        return self.then(e.LegEnded, leg=self.call.subject.n, cause=Cause.HANGUP)

    def with_operator(self, line: bool = False) -> Story:
        """The operator o1 has answered."""
        if line:
            return self.then(e.Answer, seat=b.seat("o1", line=True))
        return self.then(e.Answer, seat=b.seat("o1")).answers("o1")

    def is_in(self, state: State) -> bool:
        return self.call.state is state

    @property
    def facts(self) -> list[str]:
        return [fact.code for fact in self.call.facts]

    def hears(self) -> tuple[str, ...]:
        media = self.call.subject.media
        return media.items if media else ()

    def commands(self, kind: type) -> list[c.EngineCommand]:
        return [command for command in self.told if isinstance(command, kind)]


# ── the switchboard ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("GNO-13")
def test_the_welcome_is_heard_before_the_call_waits() -> None:
    story = Story(b.WELCOME)
    assert story.is_in(State.ANNOUNCING)
    assert [type(command) for command in story.told] == [c.Answer, c.Play]
    story.hears_it_out()
    assert story.is_in(State.WAITING)
    assert story.call.reason.code == "main_number"
    assert story.commands(c.StartMusic)


def test_an_offered_operator_who_picks_up_talks_to_the_caller() -> None:
    story = Story().then(e.Offered, seat=b.seat("o1"))
    assert story.call.offered_to == ["o1"]
    story.answers("o1")
    assert (story.call.state, story.call.operator) == (State.CONNECTED, "o1")
    assert story.facts == ["arrived", "waiting", "offered", "picked_up", "answered"]


def test_an_offer_that_nobody_takes_is_over_and_the_call_waits_on() -> None:
    story = Story().then(e.Offered, seat=b.seat("o1")).then(e.TimerFired, name="offer:o1")
    assert story.is_in(State.WAITING)
    assert story.call.offered_to == []
    assert story.call.tried == ("o1",)
    assert story.commands(c.HangUp)


def test_with_an_open_line_accepting_only_bridges() -> None:
    story = Story().then(e.Offered, seat=b.seat("o1", line=True))
    assert story.told == []
    story.with_operator(line=True)
    assert story.is_in(State.CONNECTED)
    assert not story.commands(c.Dial)
    assert story.engine.bridge == {b.CALL, "n1-line-o1-1"}


def test_an_open_line_goes_back_to_its_operator_when_the_caller_hangs_up() -> None:
    story = Story().with_operator(line=True).caller_hangs_up()
    assert story.commands(c.ReleaseLine)
    assert not story.commands(c.HangUp)
    assert story.call.finished


def test_the_second_of_two_operators_is_told_who_was_faster() -> None:
    story = Story().then(e.Answer, seat=b.seat("o1"))
    with pytest.raises(Refused) as refused:
        story.then(e.Answer, seat=b.seat("o2"))
    assert (refused.value.code, refused.value.by) == ("taken", "O1")
    story.answers("o1")
    with pytest.raises(Refused) as refused:
        story.then(e.Answer, seat=b.seat("o2"))
    assert refused.value.by == "O1"


@pytest.mark.clause("GNO-14")
def test_who_has_waited_long_enough_may_leave_a_message_with_the_switchboard() -> None:
    story = Story().then(e.TimerFired, name="wait")
    assert story.is_in(State.GREETING)
    story.hears_it_out()
    story.then(e.RecordingFinished, n=story.call.recording or 0, duration=7.0)
    assert story.facts[-2:] == ["recorded", "ended"]


@pytest.mark.clause("AAB-7")
def test_where_nobody_can_be_reached_the_wait_is_short() -> None:
    story = Story().then(e.Unattended)
    wait = next(timer for timer in story.call.timers if timer.name == "wait")
    assert wait.due == story.at + story.call.limits.unattended
    story.then(e.Offered, seat=b.seat("o1"))
    wait = next(timer for timer in story.call.timers if timer.name == "wait")
    assert wait.due == story.at + story.call.limits.wait, "somebody has come"


def test_a_caller_who_gives_up_is_recorded_as_lost_with_the_time_waited() -> None:
    story = Story().then(e.Offered, seat=b.seat("o1")).caller_hangs_up()
    lost = story.call.facts[-1]
    assert (lost.code, lost.seconds, lost.cause) == ("lost", 2.0, "hangup")
    assert story.commands(c.HangUp), "the operator's telephone stops ringing"


# ── a direct number ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("SOL-2")
def test_after_the_allowed_rings_the_caller_is_in_the_mailbox() -> None:
    story = Story(b.RING)
    assert story.call.timers[0].due == 25.0
    story.then(e.TimerFired, name="ring")
    assert story.is_in(State.GREETING)
    rang = next(fact for fact in story.call.facts if fact.code == "rang")
    assert (rang.cause, rang.seconds) == ("no_answer", 1.0)


@pytest.mark.clause("AAB-24")
@pytest.mark.parametrize("cause", [Cause.BUSY, Cause.REJECTED, Cause.UNREGISTERED])
def test_busy_rejected_and_unregistered_are_told_apart_and_lead_back_to_the_switchboard(cause: Cause) -> None:
    story = Story(b.RING_THEN_DESK).ends("p1", cause)
    assert story.is_in(State.WAITING)
    assert (story.call.reason.code, story.call.reason.person) == (cause.value, "Berit")
    assert next(fact.cause for fact in story.call.facts if fact.code == "rang") == cause


def test_one_telephone_that_fails_does_not_end_the_ringing_of_the_other() -> None:
    story = Story(b.RING_TWO).then(e.LegEnded, leg=1, cause=Cause.UNREGISTERED)
    assert story.is_in(State.RINGING)
    story.then(e.LegEnded, leg=2, cause=Cause.BUSY)
    assert story.call.reason.code == "busy", "somebody who is busy is more than a phone that is off"


def test_the_first_telephone_to_answer_silences_the_other() -> None:
    story = Story(b.RING_TWO).then(e.LegAnswered, leg=2)
    assert story.is_in(State.CONNECTED)
    assert [command.channel for command in story.told if isinstance(command, c.HangUp)] == [f"{b.CALL}-l1"]


def test_a_caller_who_hangs_up_while_recording_leaves_what_was_said() -> None:
    story = Story(b.MAILBOX).hears_it_out()
    n = story.call.recording or 0
    assert not story.caller_hangs_up().call.finished, "the engine has yet to tell of the recording"
    story.then(e.RecordingFinished, n=n, duration=3.0)
    assert story.call.finished
    assert story.call.recorded == n
    assert "lost" not in story.facts


def test_where_a_message_can_not_be_recorded_the_caller_reaches_the_switchboard() -> None:
    story = Story(b.MAILBOX).hears_it_out()
    story.engine.heard(f"{b.CALL}-r{story.call.recording}")
    story.then(e.RecordingFailed, n=story.call.recording or 0, why="disk full")
    assert story.hears() == ("no-message",)
    assert story.hears_it_out().is_in(State.WAITING)


def test_without_room_nobody_is_asked_for_a_message() -> None:
    """She who sought a person gets an operator; when there is none, she is told how it is and not asked again."""
    story = Story(b.MAILBOX, limits=Limits(messages=False))
    assert story.hears() == ("no-message",)
    story.hears_it_out().then(e.TimerFired, name="wait")
    assert story.is_in(State.WAITING), "there may be an operator"
    story.then(e.Unattended).then(e.TimerFired, name="wait")
    assert story.hears() == ("no-message", "goodbye")
    story.hears_it_out()
    assert (story.call.state, "recording" in story.facts, story.facts.count("no_room")) == (State.ENDED, False, 2)


def test_without_room_nobody_waits_for_ever_either() -> None:
    story = Story(limits=Limits(messages=False)).then(e.TimerFired, name="wait")
    assert story.is_in(State.WAITING)
    story.at += 2 * story.call.limits.wait
    story.then(e.TimerFired, name="wait")
    assert story.hears() == ("no-message", "goodbye")


def test_that_nobody_is_there_is_told_once_however_soon_the_wait_ends() -> None:
    story = Story(limits=Limits(wait=10.0)).then(e.Unattended).then(e.Unattended)
    assert (story.call.unattended, story.facts.count("unattended")) == (True, 1)
    assert [timer.due for timer in story.call.timers if timer.name == "wait"] == [story.call.since + 10.0]


def test_what_a_mailbox_tells_is_told_without_room_as_well() -> None:
    closed = replace(b.MAILBOX, person="", prompts=("closed", "opens:1764000000", "leave-message"))
    assert without_message(closed).prompts == ("closed", "opens:1764000000", "no-message", "goodbye")


# ── what operators do ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("TAN-4")
def test_hold_ask_a_colleague_and_pass_the_caller_on() -> None:
    story = Story().with_operator().then(e.Consult, seat=b.seat("o1"), targets=(b.TARGET,))
    assert story.is_in(State.CONSULTING)
    story.answers("p1")
    assert story.engine.bridge == {f"{b.CALL}-l1", f"{b.CALL}-l3"}, "operator and colleague talk"
    story.then(e.Complete, operator="o1")
    assert story.is_in(State.CONNECTED)
    assert story.engine.bridge == {b.CALL, f"{b.CALL}-l3"}, "caller and colleague talk"


@pytest.mark.clause("TAN-4")
def test_hold_ask_a_colleague_and_return_to_the_caller() -> None:
    story = Story().with_operator().then(e.Consult, seat=b.seat("o1"), targets=(b.TARGET,)).answers("p1")
    story.then(e.Return, seat=b.seat("o1"))
    assert story.is_in(State.CONNECTED)
    assert story.engine.bridge == {b.CALL, f"{b.CALL}-l1"}


def test_a_colleague_who_can_not_be_asked_leaves_the_caller_on_hold() -> None:
    story = Story().with_operator().then(e.Consult, seat=b.seat("o1"), targets=(b.TARGET,)).ends("p1", Cause.BUSY)
    assert story.is_in(State.HELD)
    assert story.then(e.Resume, seat=b.seat("o1")).call.state is State.CONNECTED


def test_an_operator_who_hangs_up_while_asking_has_passed_the_caller_on() -> None:
    story = Story().with_operator().then(e.Consult, seat=b.seat("o1"), targets=(b.TARGET,)).answers("p1").ends("o1")
    assert story.is_in(State.CONNECTED)
    assert story.engine.bridge == {b.CALL, f"{b.CALL}-l3"}


@pytest.mark.clause("SOL-4")
def test_a_transfer_that_nobody_answers_comes_back_before_all_others() -> None:
    story = Story().with_operator().then(e.Transfer, operator="o1", targets=(b.TARGET,))
    assert story.is_in(State.TRANSFERRING)
    story.then(e.TimerFired, name="recall")
    call = story.call
    assert (call.state, call.reason.code, call.reason.person) == (State.WAITING, "returned", "Berit")
    assert (call.recall_for, call.priority) == ("o1", 0)


@pytest.mark.parametrize("cause", [Cause.BUSY, Cause.REJECTED, Cause.UNREGISTERED])
def test_a_transfer_to_one_who_can_not_answer_comes_back_at_once(cause: Cause) -> None:
    story = Story().with_operator().then(e.Transfer, operator="o1", targets=(b.TARGET,)).ends("p1", cause)
    assert story.is_in(State.WAITING)
    assert next(fact.cause for fact in reversed(story.call.facts) if fact.code == "rang") == cause


def test_a_transfer_that_still_rings_can_be_taken_back() -> None:
    story = Story().with_operator().then(e.Transfer, operator="o1", targets=(b.TARGET,))
    story.then(e.Return, seat=b.seat("o1", line=True))
    assert story.is_in(State.CONNECTED)
    assert story.facts[-1] == "taken_back"


@pytest.mark.parametrize(("do", "timer"), [("transfer", "recall"), ("park", "park")])
def test_a_call_does_not_come_back_while_an_operators_telephone_rings_to_fetch_it(do: str, timer: str) -> None:
    story = Story().with_operator()
    if do == "transfer":
        story.then(e.Transfer, operator="o1", targets=(b.TARGET,)).then(e.Return, seat=b.seat("o2"))
    else:
        story.then(e.Park, operator="o1").then(e.Fetch, seat=b.seat("o2"))
    assert [armed.name for armed in story.call.timers] == ["answer"]
    story.then(e.TimerFired, name="answer")
    assert [armed.name for armed in story.call.timers] == [timer], "she did not come: the call waits as before"


def test_a_parked_call_is_fetched_by_any_operator() -> None:
    story = Story().with_operator().then(e.Park, operator="o1")
    assert story.call.operator == "", "she is free for the next call"
    story.then(e.Fetch, seat=b.seat("o2")).answers("o2")
    assert (story.call.state, story.call.operator) == (State.CONNECTED, "o2")


def test_a_call_parked_for_too_long_comes_back_to_whom_parked_it() -> None:
    story = Story().with_operator().then(e.Park, operator="o1").then(e.TimerFired, name="park")
    assert (story.call.reason.code, story.call.recall_for) == ("parked_long", "o1")


def test_an_operator_is_reminded_of_whom_she_holds_and_then_the_call_comes_back() -> None:
    story = Story().with_operator().then(e.Hold, operator="o1")
    assert [(timer.name, timer.due - story.call.since) for timer in story.call.timers] == [("hold", 90.0)]
    story.then(e.TimerFired, name="hold")
    assert (story.call.state, story.call.facts[-1].code) == (State.HELD, "hold_reminded")
    assert [timer.name for timer in story.call.timers] == ["held_long"]
    story.then(e.TimerFired, name="held_long")
    assert (story.call.state, story.call.reason.code, story.call.recall_for) == (State.WAITING, "held_long", "o1")


def test_an_operator_is_reminded_of_whom_she_holds_at_her_telephone_as_well() -> None:
    story = Story().with_operator()
    leg = story.call.operator_legs[0].n
    story.then(e.PhoneHeld, leg=leg).then(e.PhoneHeld, leg=leg)
    assert [timer.name for timer in story.call.timers] == ["hold"]
    story.then(e.PhoneResumed, leg=leg)
    assert not story.call.timers
    story.then(e.PhoneHeld, leg=leg).then(e.TimerFired, name="hold")
    assert (story.call.state, story.call.facts[-1].code) == (State.CONNECTED, "hold_reminded")
    armed = [timer.name for timer in story.call.timers]
    assert armed == ["reminded"], "the call stays hers: she may have resumed it unheard"
    story.then(e.Adopted, away=3.0)
    assert not story.call.timers


@pytest.mark.parametrize("reminded", [False, True])
def test_a_take_over_that_fails_forgets_no_caller_who_is_held_at_a_telephone(reminded: bool) -> None:
    story = Story().with_operator()
    story.then(e.PhoneHeld, leg=story.call.operator_legs[0].n)
    if reminded:
        story.then(e.TimerFired, name="hold")
    before = [timer.name for timer in story.call.timers]
    story.then(e.TakeOver, seat=b.seat("o3")).then(e.TimerFired, name="answer")
    assert (story.call.operator, [timer.name for timer in story.call.timers]) == ("o1", before)
    story.then(e.TakeOver, seat=b.seat("o3")).answers("o3")
    assert (story.call.operator, story.call.timers) == ("o3", ()), "who has taken it over holds nobody"


def test_who_is_held_by_the_caller_is_reminded_of_nothing() -> None:
    story = Story().with_operator().then(e.PhoneHeld, leg=0)
    assert story.call.timers == ()


def test_a_call_held_too_long_comes_back_to_who_held_it_and_not_to_who_had_parked_it_before() -> None:
    story = Story().with_operator().then(e.Park, operator="o1").then(e.Fetch, seat=b.seat("o2")).answers("o2")
    story.then(e.Hold, operator="o2").then(e.TimerFired, name="hold").then(e.TimerFired, name="held_long")
    assert story.call.recall_for == "o2"


def test_who_takes_a_held_call_back_and_does_not_pick_up_is_reminded_again() -> None:
    story = Story().with_operator().then(e.Hold, operator="o1").then(e.TimerFired, name="hold")
    story.then(e.TakeOver, seat=b.seat("o3"))
    assert [timer.name for timer in story.call.timers] == ["answer"]
    story.then(e.TimerFired, name="answer")
    assert (story.call.state, [timer.name for timer in story.call.timers]) == (State.HELD, ["hold"])


def test_a_held_call_that_is_handed_over_is_not_returned_by_the_first_holders_time() -> None:
    story = Story().with_operator().then(e.Hold, operator="o1").then(e.TimerFired, name="hold")
    story.then(e.HandOver, operator="o1", to=Party(kind=PartyKind.OPERATOR, id="o2", name="O2"))
    assert [timer.name for timer in story.call.timers] == ["handed"]


def test_an_operator_whose_telephone_breaks_off_does_not_lose_the_caller() -> None:
    story = Story().with_operator().ends("o1", Cause.FAILED)
    assert (story.call.state, story.call.reason.code) == (State.WAITING, "operator_lost")
    assert story.call.recall_for == "o1"


def test_holding_on_an_open_line_frees_it_for_the_next_call() -> None:
    story = Story().with_operator(line=True).then(e.Hold, operator="o1")
    assert story.commands(c.ReleaseLine)
    assert story.then(e.Resume, seat=b.seat("o1", line=True)).call.state is State.CONNECTED


def test_only_who_is_on_the_call_can_hold_or_pass_it_on() -> None:
    story = Story().with_operator()
    for event in (e.Hold(at=9.0, operator="o2"), e.Park(at=9.0, operator="o2"), e.HangUpAsked(at=9.0, operator="o2")):
        with pytest.raises(Refused):
            receive(story.call, event)


def test_a_call_passed_to_another_operator_is_hers() -> None:
    colleague = b.TARGET.__class__(party=b.seat("o2").party, endpoint="PJSIP/o2")
    story = Story().with_operator().then(e.Transfer, operator="o1", targets=(colleague,)).answers("o2")
    assert story.call.operator == "o2"
    assert story.then(e.Hold, operator="o2").call.state is State.HELD


# ── calling out, failures ───────────────────────────────────────────────────────────────────────────────────────────────


def test_calling_out_rings_the_operator_first_and_then_the_other() -> None:
    story = Story(dialled=b.dialled())
    assert [command.channel for command in story.told if isinstance(command, c.Dial)] == [f"{b.CALL}-l2"]
    story.then(e.LegAnswered, leg=2)
    assert [command.channel for command in story.told if isinstance(command, c.Dial)] == [f"{b.CALL}-l1"]
    assert story.then(e.LegAnswered, leg=1).call.state is State.CONNECTED


def test_a_caller_who_waits_when_the_engine_refuses_goes_to_the_engines_own_dialplan() -> None:
    story = Story().then(e.CommandFailed, command="start_music", status=500)
    assert [type(command) for command in story.told] == [c.Continue]
    assert story.is_in(State.ENDED)


def test_people_who_talk_are_left_alone_when_the_controller_fails() -> None:
    story = Story().with_operator().then(e.Abandoned, why="internal error")
    assert story.is_in(State.CONNECTED)
    assert story.told == []


def test_late_news_of_a_call_that_has_ended_changes_nothing_but_what_is_seen() -> None:
    story = Story().then(e.Offered, seat=b.seat("o1")).caller_hangs_up()
    story.then(e.LegAnswered, leg=1)
    assert story.call.leg(1).state is LegState.UP  # type: ignore[union-attr]
    assert story.told == []
    story.then(e.LegEnded, leg=1, cause=Cause.HANGUP)
    assert story.call.finished


# ── menus and rounds ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("GNO-14")
def test_a_digit_may_be_pressed_while_the_menu_is_still_played() -> None:
    story = Story(b.MENU)
    assert story.is_in(State.CHOOSING)
    story.then(e.DigitPressed, leg=0, digit="1")
    assert story.is_in(State.GREETING)
    assert story.commands(c.StopPlayback)
    assert story.facts[-2:] == ["chose", "voicemail"]


def test_who_presses_nothing_hears_the_menu_twice_and_then_gets_an_operator() -> None:
    story = Story(b.MENU).hears_it_out().then(e.TimerFired, name="choice")
    assert story.is_in(State.CHOOSING)
    story.hears_it_out().then(e.TimerFired, name="choice")
    assert story.is_in(State.WAITING)


def test_a_digit_that_means_nothing_plays_the_menu_again() -> None:
    story = Story(b.MENU).then(e.DigitPressed, leg=0, digit="7")
    assert story.is_in(State.CHOOSING)
    assert story.commands(c.Play)


@pytest.mark.clause("SOL-6")
def test_members_in_turn_are_rung_one_after_the_other() -> None:
    story = Story(b.IN_TURN)
    assert [leg.endpoint for leg in story.call.legs if leg.wanted][1:] == ["PJSIP/berit"]
    story.then(e.TimerFired, name="ring")
    assert story.is_in(State.RINGING)
    assert [leg.endpoint for leg in story.call.legs if leg.wanted][1:] == ["PJSIP/berit-2"]
    story.ends("p1", Cause.BUSY)
    assert story.is_in(State.WAITING)
    assert (story.call.reason.code, story.call.reason.seconds) == ("no_answer", 1.0), "what the first one sought did"
