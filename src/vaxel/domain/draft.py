# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A call while one event is being decided: the moves that handlers compose.

A draft works on its own copy, so a handler that refuses half-way has changed nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from vaxel.domain.call import Call, Fact, FactCode, Leg, LegState, Media, MediaKind, Purpose, State, Timer
from vaxel.domain.events import Seat
from vaxel.domain.plan import (
    Announce,
    Cause,
    Dictate,
    Enter,
    HangUp,
    Keep,
    Menu,
    Party,
    PartyKind,
    Queue,
    Reason,
    ReasonCode,
    Ring,
    Step,
    Target,
    Voicemail,
)
from vaxel.domain.words import _

SWITCHBOARD_MAILBOX = Voicemail(
    person="",
    name="",
    prompts=("fallback",),
    seconds=180.0,
    why="Nobody could answer: a message instead of waiting for ever.",
)
INVITATIONS = frozenset({"fallback", "leave-message", "voicemail-tone"})
"""What is said to ask for a message, and nothing else."""
GREETINGS = ("greeting:", "voicemail-greeting")
"""A greeting asks for one in the same breath as it tells whose it is."""
RECORD_LATER = Announce(prompts=("try-later",), then=HangUp(told=True), why="There is no room for a recording.")

RECALL_PRIORITY = 0
"""A caller who has already spoken to us goes before those who wait for the first time."""


BACK_FROM: dict[State, FactCode] = {
    State.HELD: "resumed",
    State.CONSULTING: "resumed",
    State.PARKED: "fetched",
    State.TRANSFERRING: "taken_back",
}
"""What it is called when an operator talks again to a caller who was not waiting for the first answer."""

UNREACHED = {
    Cause.BUSY: ReasonCode.BUSY,
    Cause.REJECTED: ReasonCode.REJECTED,
    Cause.UNREGISTERED: ReasonCode.UNREGISTERED,
}
"""What an operator is told of a person who wasn't reached; anything else is that she didn't answer."""

KEEPING = 10.0
"""Seconds after which a recording that was to be kept counts as not kept, and what was keyed as not answered."""

OVERDUE = 10.0
"""Seconds after which a recording whose end was never reported counts as ended."""


class Refused(Exception):
    """An operator asked for what can't be done now. ``code`` is one of those in ``docs/live-hub.md``; ``by`` who has the call.

    ``text`` is an English sentence with ``{name}`` for each of ``fields``: what a translation is made of. A field ``state`` is a call's.
    """

    def __init__(self, code: str, text: str, by: str = "", **fields: str) -> None:
        super().__init__(text.format(**fields))
        self.code = code
        self.text = text
        self.fields = fields
        self.by = by


def without_message(step: Voicemail) -> Announce:
    """What a mailbox tells, and that no message can be left; then an operator, or the end for one who came from there."""
    greets = any(prompt.startswith(GREETINGS) for prompt in step.prompts)
    told = () if greets else tuple(prompt for prompt in step.prompts if prompt not in INVITATIONS)
    why = "There is no room for a message."
    if step.person:
        operator = Queue(reason=Reason(code=ReasonCode.FAILED, person=step.name, clause=step.clause), why=why)
        return Announce(prompts=(*told, "no-message"), then=operator, why=why, clause=step.clause)
    return Announce(prompts=(*told, "no-message", "goodbye"), then=HangUp(told=True), why=why, clause=step.clause)


class Draft:
    """``call`` is the copy that becomes the new call; ``at`` the moment of the event."""

    def __init__(self, call: Call, at: float) -> None:
        self.call = copy.copy(call)
        self.at = at

    # ── the record ──────────────────────────────────────────────────────────────────────────────────────────────────

    def fact(self, code: FactCode, who: Party | None = None, seconds: float | None = None, cause: str = "") -> None:
        rounded = None if seconds is None else round(seconds, 3)
        self.call.facts = (*self.call.facts, Fact(at=self.at, code=code, who=who, seconds=rounded, cause=cause))

    def number(self) -> int:
        self.call.sequence += 1
        return self.call.sequence

    def to(self, state: State) -> None:
        """Enter ``state``. Timers belong to the state that set them."""
        self.call.state = state
        self.call.since = self.at
        self.call.timers = ()

    def timer(self, name: str, seconds: float) -> None:
        self.cancel(name)
        self.call.timers = (*self.call.timers, Timer(name=name, due=self.at + seconds))

    def cancel(self, name: str) -> None:
        self.call.timers = tuple(timer for timer in self.call.timers if timer.name != name)

    # ── legs ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def subject(self) -> Leg:
        return self.call.legs[0]

    def legs(self, purpose: Purpose) -> Iterator[Leg]:
        """The wanted legs with this purpose."""
        return (leg for leg in self.call.legs if leg.purpose is purpose and leg.wanted)

    def operator_leg(self, operator: str) -> Leg | None:
        return next((leg for leg in self.legs(Purpose.OPERATOR) if leg.party.id == operator), None)

    def change(self, leg: Leg, **changes: Any) -> Leg:
        changed = replace(leg, **changes)
        self.call.legs = tuple(changed if old.n == leg.n else old for old in self.call.legs)
        return changed

    def add(self, party: Party, purpose: Purpose, endpoint: str, **more: Any) -> Leg:
        n = self.number()
        leg = Leg(
            n=n,
            channel=f"{self.call.id}-l{n}",
            party=party,
            purpose=purpose,
            endpoint=endpoint,
            talking=True,
            asked=self.at,
            since=self.at,
        )
        leg = replace(leg, **more)
        self.call.legs = (*self.call.legs, leg)
        return leg

    def dial(self, targets: Iterable[Target], purpose: Purpose) -> int:
        """Ring every target that has a telephone; the number of them."""
        legs = [self.add(target.party, purpose, target.endpoint) for target in targets if target.endpoint]
        return len(legs)

    def release(self, leg: Leg, cause: str = "") -> None:
        """Let the leg go. An open line goes back to its operator at once; a telephone is gone when the engine says so."""
        if not leg.wanted:
            return
        if leg.purpose is Purpose.LISTEN:
            self.listened(leg)
        elif leg.attempting:
            self.fact("rang", leg.party, self.at - leg.asked, cause or Cause.RELEASED)
        never_in_engine = leg.line or leg.state is LegState.PLANNED
        state = LegState.GONE if never_in_engine else leg.state
        self.change(leg, released=True, talking=False, media=None, state=state)

    def listened(self, leg: Leg) -> None:
        """She hears the call no more."""
        if leg.ear:
            self.fact("listening_ended", leg.party, self.at - leg.since)

    def release_all(self, purpose: Purpose, cause: str = "", but: int | None = None) -> None:
        for leg in list(self.legs(purpose)):
            if leg.n != but:
                self.release(leg, cause)

    def hear(self, leg: Leg, kind: MediaKind, items: tuple[str, ...] = (), seconds: float = 0.0) -> Media:
        """The leg leaves the conversation and hears (or is recorded) instead."""
        media = Media(kind=kind, n=0 if kind is MediaKind.MUSIC else self.number(), items=items, seconds=seconds)
        self.change(leg, media=media, talking=False)
        return media

    def subject_waits(self, kind: MediaKind = MediaKind.MUSIC, items: tuple[str, ...] = ()) -> None:
        """The caller hears music or a tone; one not yet answered goes on hearing the network's ringing."""
        if self.subject.answer:
            self.hear(self.subject, kind, items)
        else:
            self.change(self.subject, talking=False, media=None)

    def subject_talks(self) -> None:
        self.change(self.subject, talking=True, media=None, answer=True)

    # ── where a call goes ───────────────────────────────────────────────────────────────────────────────────────────

    def enter(self, step: Step) -> None:
        """Walk on to ``step`` of the plan."""
        step = self._as_room_allows(step)
        self.call.step = step
        match step:
            case Announce():
                self.to(State.ANNOUNCING)
                self.change(self.subject, answer=True)
                self.hear(self.subject, MediaKind.PROMPTS, step.prompts)
            case Menu() | Enter():
                self.call.round, self.call.keyed = 0, ""
                self.ask(step)
            case Ring():
                self.call.round = 0
                self.ring(step)
            case Queue():
                self.queue(self._as_happened(step.reason), step.priority)
            case Voicemail():
                self.to(State.GREETING)
                self.change(self.subject, answer=True)
                self.hear(self.subject, MediaKind.PROMPTS, step.prompts)
                self.fact("voicemail", Party(kind=PartyKind.PERSON, id=step.person, name=step.name))
            case Dictate():
                self.to(State.GREETING)
                self.change(self.subject, answer=True)
                self.hear(self.subject, MediaKind.PROMPTS, step.prompts)
            case Keep():
                self.await_controller()
            case HangUp():
                self.end(step.cause)

    def _as_room_allows(self, step: Step) -> Step:
        """Nobody is asked for a recording that can't be made."""
        if self.call.limits.messages or not isinstance(step, Voicemail | Dictate):
            return step
        if isinstance(step, Dictate):
            return RECORD_LATER
        self.fact("no_room")
        return without_message(step)

    def await_controller(self) -> None:
        """It keeps what was dictated, or says how the call goes on."""
        self.to(State.ANNOUNCING)
        self.change(self.subject, answer=True, media=None)
        self.timer("keep", KEEPING)

    def ask(self, step: Menu | Enter) -> None:
        """Play the menu, or what shall be keyed, once more."""
        if isinstance(step, Enter) and not step.longest:
            self.await_controller()
            return
        self.to(State.CHOOSING)
        self.call.round += 1
        self.change(self.subject, answer=True)
        self.hear(self.subject, MediaKind.PROMPTS, step.prompts)

    def ring(self, step: Ring) -> None:
        """Ring the targets of the round that is next; go on when none of them has a telephone."""
        self.to(State.RINGING)
        self.subject_waits(MediaKind.TONE, ("tone:ring",))
        targets = (step.targets, *step.more)[self.call.round]
        if self.dial(targets, Purpose.RING):
            self.timer("ring", step.seconds)
        else:
            party = targets[0].party if targets else step.party
            self.fact("rang", party, 0.0, Cause.UNREGISTERED)
            self.not_reached(step, Cause.UNREGISTERED)

    def not_reached(self, step: Ring, cause: Cause) -> None:
        """Nobody of this round took the call: the next round, or what the plan says then."""
        if self.call.unreached is None:
            self.call.unreached, self.call.rang = cause, self.at - self.call.since
        self.call.round += 1
        if self.call.round <= len(step.more):
            self.ring(step)
        else:
            self.enter(step.then)

    def _as_happened(self, reason: Reason) -> Reason:
        """The plan could not know why the person sought would not be reached."""
        if reason.code is not ReasonCode.NOT_REACHED or self.call.unreached is None:
            return reason
        code = UNREACHED.get(self.call.unreached, ReasonCode.NO_ANSWER)
        return replace(reason, code=code, seconds=round(self.call.rang, 3))

    def queue(self, reason: Reason, priority: int, recall_for: str = "") -> None:
        """Wait for an operator, at best for ``recall_for``."""
        self.to(State.WAITING)
        call = self.call
        call.reason, call.priority, call.recall_for = reason, priority, recall_for
        call.waiting_since, call.tried, call.accepted_by, call.operator, call.operator_name = self.at, (), "", "", ""
        call.taker = ""
        self.subject_waits()
        call.unattended = False
        self.timer("wait", call.limits.wait)
        self.fact("waiting", cause=reason.code)

    def recall(self, code: ReasonCode) -> None:
        """Back to the switchboard, before everybody who waits for the first time."""
        wanted = self._not_reached()
        if code is ReasonCode.RETURNED and self.recall_to_telephone():
            return
        operator = self.call.operator or self.call.recall_for
        for purpose in (Purpose.TRANSFER, Purpose.RECALL, Purpose.CONSULT, Purpose.OPERATOR, Purpose.RING):
            self.release_all(purpose, Cause.NO_ANSWER)
        self.fact("returned", wanted, cause=code)
        person = wanted.name or wanted.number if wanted else ""
        self.queue(Reason(code=code, person=person), RECALL_PRIORITY, operator)

    def _not_reached(self) -> Party | None:
        """Whom the caller was to be connected with last."""
        passed_on = next((leg.party for leg in reversed(self.call.legs) if leg.purpose is Purpose.TRANSFER), None)
        if passed_on is not None:
            return passed_on
        return next((leg.party for leg in reversed(self.call.legs) if leg.party.kind is PartyKind.PERSON), None)

    def recall_to_telephone(self) -> bool:
        """An employee who passed the caller on is rung again, before the switchboard. False when there is none."""
        by, self.call.recall_to = self.call.recall_to, None
        if by is None:
            return False
        self.release_all(Purpose.TRANSFER, Cause.NO_ANSWER)
        self.fact("recalled", by.party, cause=ReasonCode.RETURNED)
        self.dial((by,), Purpose.RECALL)
        self.timer("recall", self.call.limits.recall)
        return True

    def connect(self, leg: Leg) -> None:
        """The caller talks to ``leg``, and to nobody else."""
        for other in list(self.call.legs[1:]):
            if other.n != leg.n and other.purpose is not Purpose.LISTEN:
                self.release(other)
        is_operator = leg.party.kind is PartyKind.OPERATOR
        code: FactCode = self._what_connects(leg) if is_operator else "answered"
        since = self.call.waiting_since if self.call.state is State.WAITING else self.call.since
        seconds = None if since is None else self.at - since
        self.to(State.CONNECTED)
        self.subject_talks()
        # A colleague at the switchboard to whom the call was passed has it now, with all that an operator can do.
        self.change(leg, talking=True, media=None, purpose=Purpose.OPERATOR if is_operator else leg.purpose)
        call = self.call
        call.operator, call.operator_name = (leg.party.id, leg.party.name) if is_operator else ("", "")
        call.answered = call.answered or self.at
        call.waiting_since, call.accepted_by, call.taker, call.tried, call.recall_to = None, "", "", (), None
        self.fact(code, leg.party, seconds)

    def _what_connects(self, leg: Leg) -> FactCode:
        call = self.call
        taken = call.taker == leg.party.id and call.state is not State.WAITING
        call.taken_from = (call.recall_for if call.state is State.PARKED else call.operator) if taken else ""
        return "taken_over" if taken else BACK_FROM.get(call.state, "answered")

    def end(self, cause: str, by: Party | None = None) -> None:
        """Over: every leg is let go. ``by`` is who hung up."""
        call = self.call
        lost = (
            call.answered is None
            and by == self.subject.party
            and call.direction != "out"
            and call.reason.code is not ReasonCode.FEATURE_CODE
            and not self._message_left()
        )
        since = call.waiting_since or call.started
        for leg in list(call.legs):
            self.release(leg, Cause.RELEASED)
        self.fact("lost" if lost else "ended", by, self.at - (since if lost else call.started), cause)
        self.to(State.ENDED)
        call.ended, call.end_cause, call.accepted_by, call.taker, call.waiting_since = self.at, cause, "", "", None
        if call.recording is not None:
            self.timer("recording", OVERDUE)

    def _message_left(self) -> bool:
        return self.call.state is State.RECORDING or any(fact.code == "recorded" for fact in self.call.facts)

    # ── operators ───────────────────────────────────────────────────────────────────────────────────────────────────

    def seat_operator(self, seat: Seat) -> Leg | None:
        """The operator's leg if she is connected now; else her telephone is rung to be connected, and None."""
        leg = self.operator_leg(seat.operator)
        if leg is not None and leg.up:
            return leg
        if seat.line:
            if leg is not None:
                self.release(leg)
            return self.add(
                seat.party, Purpose.OPERATOR, seat.endpoint, channel=seat.line, line=True, state=LegState.UP
            )
        self.call.accepted_by = seat.operator
        self.timer("answer", self.call.limits.offer)
        self.cancel(f"offer:{seat.operator}")
        # Her browser answers by itself when it sees that she accepted; a desk phone must be rung anew, so that it answers by itself.
        if leg is not None and not seat.console and not leg.auto_answer:
            self.release(leg)
            leg = None
        if leg is None:
            self.add(seat.party, Purpose.OPERATOR, seat.endpoint, auto_answer=True)
        return None

    def offered_party(self, operator: str) -> Party:
        """An operator to whom the call was offered, with her name."""
        parties = (fact.who for fact in reversed(self.call.facts) if fact.code == "offered" and fact.who is not None)
        unknown = Party(kind=PartyKind.OPERATOR, id=operator)
        return next((party for party in parties if party.id == operator), unknown)

    def attempt_over(self, operator: str) -> None:
        """Her telephone was rung for nothing, or she let the offer pass."""
        self.cancel(f"offer:{operator}")
        self.cancel("answer")
        if self.call.accepted_by == operator:
            self.call.accepted_by = self.call.taker = ""
        match self.call.state:
            case State.WAITING:
                self.call.tried = (*self.call.tried, operator)
            case State.TRANSFERRING:
                self.timer("recall", self.call.limits.recall)
            case State.PARKED:
                self.timer("park", self.call.limits.park)
            case State.HELD:
                self.timer("hold", self.call.limits.hold)

    def forget_taker(self) -> None:
        """The call has moved on while the telephone of whoever takes it over was being connected."""
        leg = self.operator_leg(self.call.taker)
        if leg is not None and leg.attempting:
            self.release(leg)
        if self.call.taker:
            self.call.taker = self.call.accepted_by = ""
            self.cancel("answer")

    def dial_subject(self, operator: Leg) -> None:
        """Of an outgoing call: the operator is connected, now whom she wants to talk to."""
        self.hear(operator, MediaKind.TONE, ("tone:ring",))
        self.change(self.subject, state=LegState.DIALLING, asked=self.at, since=self.at)

    def on_call(self, operator: str) -> Leg:
        """The leg of an operator who must be on this call."""
        leg = self.operator_leg(operator)
        if leg is None or not leg.up:
            name = self.call.operator_name
            raise Refused("illegal", _("You are not connected to this call."), name)
        return leg
