# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a call. Events are facts that carry what is needed to decide: nothing is asked back.

``at`` is seconds since the epoch, UTC. ``leg`` is a leg's number within the call.
"""

from __future__ import annotations

from msgspec import Struct

from vaxel.domain.call import Leg, Limits
from vaxel.domain.plan import Cause, Party, PartyKind, Reason, Step, Target


class Seat(Struct, frozen=True, kw_only=True):
    """An operator at her telephone. ``line`` is the channel of her open line, "" when her phone must be rung."""

    operator: str
    name: str
    endpoint: str
    line: str = ""
    auto_answer: bool = False
    console: bool = False
    """Her phone is the browser's: accepting there needs no ringing leg of its own."""

    @property
    def party(self) -> Party:
        return Party(kind=PartyKind.OPERATOR, id=self.operator, name=self.name)


class Event(Struct, frozen=True, kw_only=True, tag_field="kind", tag=True):
    at: float


# ── from the engine ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Arrived(Event, frozen=True, tag="arrived"):
    """A call is here and this is what to do with it. ``channel`` is the caller's, and the call's id."""

    call: str
    channel: str
    organisation: str
    language: str
    direction: str
    caller: Party
    internal: bool
    dialled: str
    dialled_name: str
    reason: Reason
    plan: Step
    limits: Limits
    shown_number: str = ""


class Dialled(Event, frozen=True, tag="dialled"):
    """An operator rings somebody: ``seat`` is connected first, then ``target``, who is the call's subject."""

    call: str
    organisation: str
    language: str
    seat: Seat
    target: Target
    limits: Limits
    shown_number: str = ""


class LegRinging(Event, frozen=True, tag="leg_ringing"):
    leg: int


class LegAnswered(Event, frozen=True, tag="leg_answered"):
    leg: int


class LegEnded(Event, frozen=True, tag="leg_ended"):
    """``code`` is the Q.850 cause as the engine gave it, 0 when there was none."""

    leg: int
    cause: Cause
    code: int = 0


class MediaEnded(Event, frozen=True, tag="media_ended"):
    """Playback number ``n`` has been heard to its end, or was stopped."""

    n: int


class RecordingFinished(Event, frozen=True, tag="recording_finished"):
    """Recording number ``n`` is on disk."""

    n: int
    duration: float


class RecordingFailed(Event, frozen=True, tag="recording_failed"):
    n: int
    why: str = ""


class Kept(Event, frozen=True, tag="kept"):
    """What was dictated has become a recording, or could not."""

    ok: bool


class Replied(Event, frozen=True, tag="replied"):
    """The controller's answer to what was keyed: how the call goes on."""

    step: Step


class DigitPressed(Event, frozen=True, tag="digit_pressed"):
    leg: int
    digit: str


class PhoneHeld(Event, frozen=True, tag="phone_held"):
    """Someone pressed hold on the telephone itself; the engine plays music to the others."""

    leg: int


class PhoneResumed(Event, frozen=True, tag="phone_resumed"):
    leg: int


class PhoneTransferred(Event, frozen=True, tag="phone_transferred"):
    """Someone pressed transfer on the telephone ``by`` itself. ``targets`` are to be rung; the switchboard, when there are none."""

    leg: int
    by: Target
    targets: tuple[Target, ...]


class EarReady(Event, frozen=True, tag="ear_ready"):
    """What leg ``leg`` is to hear the call by is in the engine."""

    leg: int


class PickUp(Event, frozen=True, tag="pick_up"):
    """A colleague of whoever is rung takes the call at her own telephone. ``channel`` is hers, in the engine but not yet answered."""

    channel: str
    party: Party


class CallsJoined(Event, frozen=True, tag="calls_joined"):
    """Someone with two calls on the telephone ``by`` joined them: this call goes on, with ``legs`` of call ``other``.

    ``leg`` is the telephone's in this call, ``asked`` whether it was here that it asked. Without ``legs`` the other call had reached nobody
    yet but the switchboard's queue.
    """

    leg: int
    by: Target
    other: str
    legs: tuple[Leg, ...]
    asked: bool


class JoinedInto(Event, frozen=True, tag="joined_into"):
    """The counterpart of ``CallsJoined``: ``legs`` of this call are now ``other``'s, and this one is over."""

    leg: int
    other: str
    legs: tuple[int, ...]
    asked: bool


# ── from the controller ─────────────────────────────────────────────────────────────────────────────────────────────────


class TimerFired(Event, frozen=True, tag="timer_fired"):
    name: str


class Offered(Event, frozen=True, tag="offered"):
    """The distributor gives this waiting call to ``seat``."""

    seat: Seat


class Unattended(Event, frozen=True, tag="unattended"):
    """No operator of the organisation can be reached at all."""


class Tell(Event, frozen=True, tag="tell"):
    """A caller who waits hears an announcement, and goes on waiting."""

    prompts: tuple[str, ...]


class OfferWithdrawn(Event, frozen=True, tag="offer_withdrawn"):
    """She took a pause, logged off or took another call."""

    operator: str


class CommandFailed(Event, frozen=True, tag="command_failed"):
    """The engine refused something that the call needs. ``leg`` is the one concerned, if any."""

    command: str
    status: int
    leg: int | None = None


class Adopted(Event, frozen=True, tag="adopted"):
    """A restarted controller has found the call in the engine."""

    away: float


class Abandoned(Event, frozen=True, tag="abandoned"):
    """The controller can't go on with this call; the engine's own dialplan shall serve the caller."""

    why: str


# ── from an operator, by console, phone or REST ─────────────────────────────────────────────────────────────────────────


class Answer(Event, frozen=True, tag="answer"):
    seat: Seat


class Hold(Event, frozen=True, tag="hold"):
    operator: str


class Resume(Event, frozen=True, tag="resume"):
    seat: Seat


class Consult(Event, frozen=True, tag="consult"):
    seat: Seat
    targets: tuple[Target, ...]


class Complete(Event, frozen=True, tag="complete"):
    operator: str


class Return(Event, frozen=True, tag="return"):
    """End the consultation, or call back a transfer that still rings."""

    seat: Seat


class Transfer(Event, frozen=True, tag="transfer"):
    operator: str
    targets: tuple[Target, ...]


class Park(Event, frozen=True, tag="park"):
    operator: str


class Fetch(Event, frozen=True, tag="fetch"):
    seat: Seat


class TakeOver(Event, frozen=True, tag="take_over"):
    """A supervisor takes the call, whoever has it."""

    seat: Seat


class HandOver(Event, frozen=True, tag="hand_over"):
    """A held or parked call is ``to``'s from now on. ``operator`` is whose it was."""

    operator: str
    to: Party


class HolderLeft(Event, frozen=True, tag="holder_left"):
    """The operator who holds the call goes home without having handed it over."""

    operator: str


class Listen(Event, frozen=True, tag="listen"):
    """A supervisor wants to hear the call."""

    seat: Seat


class ListenEnded(Event, frozen=True, tag="listen_ended"):
    """She stops, or (``cause``) the engine can't let her hear it."""

    operator: str
    cause: str = ""


class HangUpAsked(Event, frozen=True, tag="hangup"):
    operator: str
    name: str = ""


CallEvent = (
    Arrived
    | Dialled
    | LegRinging
    | LegAnswered
    | LegEnded
    | MediaEnded
    | RecordingFinished
    | RecordingFailed
    | Kept
    | Replied
    | DigitPressed
    | PhoneHeld
    | PhoneResumed
    | PhoneTransferred
    | PickUp
    | CallsJoined
    | JoinedInto
    | TimerFired
    | Offered
    | OfferWithdrawn
    | Unattended
    | CommandFailed
    | Adopted
    | Abandoned
    | Answer
    | Hold
    | Resume
    | Consult
    | Complete
    | Return
    | Transfer
    | Park
    | Fetch
    | TakeOver
    | HandOver
    | HolderLeft
    | Listen
    | ListenEnded
    | EarReady
    | Tell
    | HangUpAsked
)
