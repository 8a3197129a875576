# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever happens, in whatever order: the engine is told nothing impossible, and in the end nothing is left in it."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain import builders as b
from tests.domain.simulated_engine import SimulatedEngine
from vaxel.domain import events as e
from vaxel.domain.arrangement import wanted
from vaxel.domain.call import Call, Leg, LegState, MediaKind, Purpose, State
from vaxel.domain.draft import Refused
from vaxel.domain.lifecycle import TABLE, IllegalEvent, receive, start
from vaxel.domain.plan import Cause, Party, PartyKind, Target

ENDINGS = (Cause.HANGUP, Cause.NO_ANSWER, Cause.BUSY, Cause.REJECTED, Cause.UNREGISTERED, Cause.FAILED, Cause.GONE)


class Run:
    """One call, driven by drawn choices, beside a simulated engine."""

    def __init__(self, first: e.Arrived | e.Dialled, lines: bool) -> None:
        self.at = 0.0
        self.call = start(first)
        self.lines = lines
        self.brought = 0
        self.engine = SimulatedEngine(lines={"n1-line-o1-1", "n1-line-o2-1", "n1-line-o3-1"})
        if isinstance(first, e.Arrived):
            self.engine.channels.add(self.call.id)
        self.engine.follow(None, self.call)
        self.check()

    def send(self, event: e.CallEvent) -> bool:
        before = self.call
        untouched = copy.deepcopy(before)
        # In the engine, and on its way here: from another call's bridge, or from having dialled a code.
        coming = _coming(event)
        self.engine.channels |= coming
        try:
            after = receive(before, event)
        except (IllegalEvent, Refused):
            assert before == untouched, "a refused event has changed the call"
            self.engine.channels -= coming
            return False
        row = TABLE[before.state, type(event)]
        assert before == untouched, "the old call was changed"
        assert after.state == before.state or after.state in row.leads_to, (before.state, event, after.state)
        assert after.events == before.events + 1
        self.call = after
        if isinstance(event, e.JoinedInto):
            for n in event.legs:
                self.engine.gone(self.channel(n))
        self.engine.follow(before, after)
        self.check()
        return True

    def check(self) -> None:
        """The engine stands as the call wants it."""
        want = wanted(self.call)
        joined = {self.channel(n) for n, stand in want.legs.items() if stand.joined}
        assert (self.engine.bridge or set()) == joined
        listens = {self.channel(n): f"{self.call.id}-s{n}" for n, stand in want.legs.items() if stand.listens}
        assert self.engine.listening == listens
        hears = {
            self.channel(n)
            for n, stand in want.legs.items()
            if stand.media and (stand.media.n == 0 or stand.media.n != self.call.heard)
        }
        assert set(self.engine.hears) == hears
        if self.call.state in (State.WAITING, State.PARKED, State.HELD):
            assert self.call.subject.up, "a caller waits who is not there"
            assert any(not timer.name.startswith("offer:") for timer in self.call.timers), "a caller may wait for ever"

    def channel(self, n: int) -> str:
        leg = self.call.leg(n)
        assert leg is not None
        return leg.channel

    def engine_event(self, choose: int) -> e.CallEvent | None:
        """Something that the engine could tell now."""
        alive = [
            leg
            for leg in self.call.legs
            if leg.channel in self.engine.channels | self.engine.lines and leg.state is not LegState.GONE
        ]
        leg = alive[choose % len(alive)] if alive else None
        kind = choose // 7 % 6
        if leg is None:
            return None
        if kind == 0 and leg.state is LegState.DIALLING:
            return e.LegRinging(at=self.at, leg=leg.n)
        if kind in (1, 2) and leg.state in (LegState.DIALLING, LegState.RINGING):
            return e.LegAnswered(at=self.at, leg=leg.n)
        if kind == 3:
            self.engine.gone(leg.channel)
            return e.LegEnded(at=self.at, leg=leg.n, cause=ENDINGS[choose // 50 % len(ENDINGS)])
        media = self.call.subject.media
        if media is not None and media.kind is MediaKind.PROMPTS and media.n != self.call.heard:
            self.engine.heard(f"{self.call.id}-p{media.n}")
            return e.MediaEnded(at=self.at, n=media.n)
        if self.call.recording is not None:
            self.engine.heard(f"{self.call.id}-r{self.call.recording}")
            if choose % 3 == 0:
                return e.RecordingFailed(at=self.at, n=self.call.recording)
            return e.RecordingFinished(at=self.at, n=self.call.recording, duration=4.0)
        return None

    def phone_event(self, choose: int) -> e.CallEvent | None:
        """Somebody presses a telephone's transfer key."""
        if choose % 9 == 0:
            return self.pick_up()
        up = [leg for leg in self.call.legs if leg.up]
        if not up:
            return None
        leg = up[choose % len(up)]
        by = Target(party=leg.party, endpoint="PJSIP/by")
        what = choose // 5 % 7
        if what < 4:
            return e.PhoneTransferred(at=self.at, leg=leg.n, by=by, targets=(b.TARGET,) if what else ())
        if what == 4:
            # The others are in the engine still, but no longer this call's.
            others = tuple(n.n for n in self.call.legs if n.wanted and n.n != leg.n and not n.line)
            return e.JoinedInto(at=self.at, leg=leg.n, other="n1-2.2", legs=others, asked=choose % 2 == 0)
        self.brought += 1
        other = f"n1-2.{self.brought}"
        brought = Leg(
            n=1,
            channel=f"{other}-l1",
            party=b.PERSON,
            purpose=Purpose.RING,
            endpoint="PJSIP/berit",
            state=LegState.UP if what == 5 else LegState.RINGING,
        )
        return e.CallsJoined(at=self.at, leg=leg.n, by=by, other=other, legs=(brought,), asked=choose % 2 == 0)

    def pick_up(self) -> e.PickUp:
        """A colleague dials the code; her channel is in the engine then."""
        self.brought += 1
        return e.PickUp(at=self.at, channel=f"n1-3.{self.brought}", party=b.PERSON)

    def controller_event(self, choose: int) -> e.CallEvent | None:
        if self.call.timers and choose % 2:
            timer = self.call.timers[choose % len(self.call.timers)]
            return e.TimerFired(at=self.at, name=timer.name)
        seat = self.seat(choose)
        return (
            e.Offered(at=self.at, seat=seat),
            e.OfferWithdrawn(at=self.at, operator=seat.operator),
            e.Adopted(at=self.at, away=1.0),
            e.DigitPressed(at=self.at, leg=0, digit="1"),
            e.CommandFailed(at=self.at, command="play", status=500),
            e.PhoneHeld(at=self.at, leg=0),
            e.Unattended(at=self.at),
            e.Kept(at=self.at, ok=choose % 5 > 0),
            e.Replied(at=self.at, step=b.MENU if choose % 2 else b.ENTRY),
        )[choose // 3 % 9]

    def seat(self, choose: int) -> e.Seat:
        return b.seat(("o1", "o2")[choose // 2 % 2], line=self.lines, console=choose % 5 == 0)

    def operator_event(self, choose: int) -> e.CallEvent:
        seat = self.seat(choose)
        operator = seat.operator
        targets = (b.TARGET,) if choose % 11 else ()
        return (
            e.Answer(at=self.at, seat=seat),
            e.Answer(at=self.at, seat=seat),
            e.Hold(at=self.at, operator=operator),
            e.Resume(at=self.at, seat=seat),
            e.Consult(at=self.at, seat=seat, targets=targets),
            e.Complete(at=self.at, operator=operator),
            e.Return(at=self.at, seat=seat),
            e.Transfer(at=self.at, operator=operator, targets=targets),
            e.Park(at=self.at, operator=operator),
            e.Fetch(at=self.at, seat=seat),
            e.HangUpAsked(at=self.at, operator=operator),
        )[choose // 13 % 11]

    def supervisor_event(self, choose: int) -> e.CallEvent:
        seat = b.seat("o3", line=self.lines, console=choose % 5 == 0)
        to = Party(kind=PartyKind.OPERATOR, id="o2", name="O2")
        listening = [leg.n for leg in self.call.listeners]
        return (
            e.TakeOver(at=self.at, seat=seat),
            e.Listen(at=self.at, seat=seat),
            e.Listen(at=self.at, seat=seat),
            e.EarReady(at=self.at, leg=listening[0] if listening else 1),
            e.EarReady(at=self.at, leg=listening[0] if listening else 1),
            e.ListenEnded(at=self.at, operator="o3"),
            e.HandOver(at=self.at, operator=self.call.operator or self.call.recall_for, to=to),
            e.HolderLeft(at=self.at, operator=self.call.operator),
            e.Tell(at=self.at, prompts=("told-busy",)),
        )[choose % 9]

    def step(self, who: int, choose: int) -> None:
        self.at += 1.0
        sources = (
            self.engine_event,
            self.engine_event,
            self.controller_event,
            self.operator_event,
            self.operator_event,
            self.phone_event,
            self.supervisor_event,
        )
        event = sources[who](choose)
        if event is not None:
            self.send(event)

    def finish(self) -> None:
        """The caller hangs up; the engine confirms whatever it was told."""
        self.at += 1.0
        subject = self.call.subject
        if subject.state is not LegState.GONE:
            self.engine.gone(subject.channel)
            self.send(e.LegEnded(at=self.at, leg=subject.n, cause=Cause.HANGUP))
        for leg in self.call.legs:
            if leg.state is not LegState.GONE:
                assert not leg.wanted, f"leg {leg.n} is kept after the caller has gone"
                self.engine.gone(leg.channel)
                self.send(e.LegEnded(at=self.at, leg=leg.n, cause=Cause.HANGUP))
        if self.call.recording is not None:
            self.send(e.TimerFired(at=self.at, name="recording"))


def _coming(event: e.CallEvent) -> set[str]:
    match event:
        case e.CallsJoined():
            return {leg.channel for leg in event.legs}
        case e.PickUp():
            return {event.channel}
    return set()


FIRST = [
    b.arrived(plan)
    for plan in (
        b.QUEUE,
        b.WELCOME,
        b.TOLD,
        b.RING,
        b.RING_TWO,
        b.IN_TURN,
        b.MENU,
        b.MAILBOX,
        b.REFUSE,
        b.DICTATION,
        b.ENTRY,
    )
] + [b.dialled()]


@settings(max_examples=600, deadline=None)
@given(
    first=st.sampled_from(FIRST),
    lines=st.booleans(),
    talking=st.booleans(),
    steps=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2000)), max_size=40),
)
def test_whatever_happens_every_leg_is_released(
    first: e.Arrived | e.Dialled, lines: bool, talking: bool, steps: list[tuple[int, int]]
) -> None:
    run = Run(first, lines)
    if talking:
        # By chance alone few calls would get so far.
        run.send(e.Answer(at=0.5, seat=b.seat(line=True)))
    for who, choose in steps:
        run.step(who, choose)
    run.finish()
    assert run.call.finished
    assert run.call.ended is not None
    assert not run.engine.channels
    assert run.engine.bridge is None
    assert not run.engine.hears
    assert not run.engine.ears
    assert not run.engine.listening


@settings(max_examples=200, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2000)), max_size=30))
def test_a_call_is_the_fold_of_its_events(steps: list[tuple[int, int]]) -> None:
    """Replaying the journal gives the same call: that is how a restarted controller knows its calls."""
    first = b.arrived(b.WELCOME)
    run = Run(first, lines=False)
    sent: list[e.CallEvent] = []
    original = run.send
    run.send = lambda event: original(event) and (sent.append(event) or True)  # type: ignore[func-returns-value,method-assign]
    for who, choose in steps:
        run.step(who, choose)
    replayed: Call = start(first)
    for event in sent:
        replayed = receive(replayed, event)
    assert replayed == run.call


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("event", [event for event in e.CallEvent.__args__ if event not in (e.Arrived, e.Dialled)])
def test_every_pair_is_either_in_the_table_or_refused_without_a_trace(state: State, event: type) -> None:
    call = start(b.arrived())
    call.state = state
    if (state, event) in TABLE:
        return
    before = copy.deepcopy(call)
    with pytest.raises(IllegalEvent, match=f"not possible while the call is {state}"):
        receive(call, SAMPLES[event])
    assert call == before


SAMPLES: dict[type, e.CallEvent] = {
    type(event): event
    for event in (
        e.LegRinging(at=1.0, leg=0),
        e.LegAnswered(at=1.0, leg=0),
        e.LegEnded(at=1.0, leg=0, cause=Cause.HANGUP),
        e.MediaEnded(at=1.0, n=1),
        e.RecordingFinished(at=1.0, n=1, duration=1.0),
        e.RecordingFailed(at=1.0, n=1),
        e.Kept(at=1.0, ok=True),
        e.Replied(at=1.0, step=b.MENU),
        e.DigitPressed(at=1.0, leg=0, digit="1"),
        e.PhoneHeld(at=1.0, leg=0),
        e.PhoneResumed(at=1.0, leg=0),
        e.PhoneTransferred(at=1.0, leg=0, by=b.TARGET, targets=()),
        e.PickUp(at=1.0, channel="n1-3.1", party=b.PERSON),
        e.CallsJoined(at=1.0, leg=0, by=b.TARGET, other="n1-1.1", legs=(), asked=True),
        e.JoinedInto(at=1.0, leg=0, other="n1-1.1", legs=(), asked=True),
        e.TimerFired(at=1.0, name="ring"),
        e.Offered(at=1.0, seat=b.seat()),
        e.OfferWithdrawn(at=1.0, operator="o1"),
        e.CommandFailed(at=1.0, command="play", status=500),
        e.Unattended(at=1.0),
        e.Adopted(at=1.0, away=1.0),
        e.Abandoned(at=1.0, why="test"),
        e.Answer(at=1.0, seat=b.seat()),
        e.Hold(at=1.0, operator="o1"),
        e.Resume(at=1.0, seat=b.seat()),
        e.Consult(at=1.0, seat=b.seat(), targets=()),
        e.Complete(at=1.0, operator="o1"),
        e.Return(at=1.0, seat=b.seat()),
        e.Transfer(at=1.0, operator="o1", targets=()),
        e.Park(at=1.0, operator="o1"),
        e.Fetch(at=1.0, seat=b.seat()),
        e.HangUpAsked(at=1.0, operator="o1"),
        e.TakeOver(at=1.0, seat=b.seat("o3")),
        e.HandOver(at=1.0, operator="o1", to=Party(kind=PartyKind.OPERATOR, id="o2")),
        e.HolderLeft(at=1.0, operator="o1"),
        e.Listen(at=1.0, seat=b.seat("o3")),
        e.ListenEnded(at=1.0, operator="o3"),
        e.EarReady(at=1.0, leg=3),
        e.Tell(at=1.0, prompts=("told-busy",)),
    )
}
