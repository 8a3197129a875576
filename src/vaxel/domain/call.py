# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A call: what is known of it, and how it wants its legs to be arranged.

A leg's ``state`` is observed: only events from the engine change it. ``released``, ``talking`` and ``media`` are wanted: only decisions
change them. ``arrangement.difference`` turns a change of what is wanted into commands.
Times are seconds since the epoch (UTC), durations seconds.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from vaxel.domain.plan import Cause, Party, PartyKind, Reason, Step, Target


class State(StrEnum):
    """Where the call stands, seen from the caller who must not be lost."""

    ANNOUNCING = "announcing"
    CHOOSING = "choosing"
    RINGING = "ringing"
    WAITING = "waiting"
    CONNECTED = "connected"
    HELD = "held"
    CONSULTING = "consulting"
    TRANSFERRING = "transferring"
    PARKED = "parked"
    GREETING = "greeting"
    RECORDING = "recording"
    DIALLING = "dialling"
    ENDED = "ended"


class LegState(StrEnum):
    """``PLANNED``: to be dialled once the operator who asked for it is connected."""

    PLANNED = "planned"
    DIALLING = "dialling"
    RINGING = "ringing"
    UP = "up"
    GONE = "gone"


class Purpose(StrEnum):
    """Why a leg is in the call."""

    CALLER = "caller"
    OPERATOR = "operator"
    RING = "ring"
    CONSULT = "consult"
    TRANSFER = "transfer"
    RECALL = "recall"
    LISTEN = "listen"


class MediaKind(StrEnum):
    MUSIC = "music"
    TONE = "tone"
    PROMPTS = "prompts"
    RECORDING = "recording"


class Media(Struct, frozen=True, kw_only=True):
    """What a leg hears outside a conversation, or what is recorded of it. ``n`` numbers playbacks and recordings in the call."""

    kind: MediaKind
    n: int = 0
    items: tuple[str, ...] = ()
    seconds: float = 0.0


class Leg(Struct, frozen=True, kw_only=True):
    """One telephone in the call.

    ``line``: the channel is an operator's open line, which goes back to her instead of being hung up. ``transfers``: it is let go
    because its own transfer key was pressed, which it is told. ``since`` is when its state last changed, ``asked`` when it was dialled.
    ``ear``: of one that listens in, the engine is ready to let it hear the call.
    """

    n: int
    channel: str
    party: Party
    purpose: Purpose
    endpoint: str = ""
    state: LegState = LegState.DIALLING
    line: bool = False
    auto_answer: bool = False
    answer: bool = False
    transfers: bool = False
    released: bool = False
    talking: bool = False
    media: Media | None = None
    asked: float = 0.0
    since: float = 0.0
    cause: Cause | None = None
    ear: bool = False

    @property
    def wanted(self) -> bool:
        return not self.released and self.state is not LegState.GONE

    @property
    def attempting(self) -> bool:
        return self.wanted and self.state in (LegState.DIALLING, LegState.RINGING)

    @property
    def up(self) -> bool:
        return self.wanted and self.state is LegState.UP


FactCode = Literal[
    "abandoned",
    "adopted",
    "announced",
    "answered",
    "arrived",
    "chose",
    "consult_asked",
    "consultation_ended",
    "consulted",
    "consulting",
    "dialled",
    "dictated",
    "ended",
    "engine_refused",
    "fetched",
    "handed_over",
    "held",
    "hold_reminded",
    "joined",
    "kept",
    "keyed",
    "listening",
    "listening_ended",
    "listening_failed",
    "lost",
    "missed",
    "no_room",
    "not_kept",
    "offered",
    "overflow",
    "parked",
    "phone_held",
    "phone_resumed",
    "phone_transferred",
    "pick_up",
    "picked_up",
    "rang",
    "recalled",
    "recorded",
    "recording",
    "recording_failed",
    "resumed",
    "returned",
    "ringing",
    "taken_back",
    "taken_over",
    "told",
    "transferred",
    "unattended",
    "voicemail",
    "waiting",
]
"""What may happen to a call. Every page that tells of calls has words for each."""


class Fact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a reader of the record wants to know: one line of the call's timeline, and what statistics count.

    ``code`` is one of those in ``docs/journal.md``; ``who`` the party it concerns, ``seconds`` how long, ``cause`` why.
    """

    at: float
    code: FactCode
    who: Party | None = None
    seconds: float | None = None
    cause: str = ""
    text: str = ""


class Timer(Struct, frozen=True, kw_only=True):
    """Part of the call, so that a restarted controller knows what to wait for. ``name`` may carry an operator: ``offer:anna``."""

    name: str
    due: float


class Limits(Struct, frozen=True, kw_only=True):
    """The organisation's durations, taken along when the call arrives. Seconds.

    ``wait``: for an operator, before the caller may leave a message instead; ``unattended``: the same while nobody is there to answer.
    ``hold``: after so long on hold the operator is reminded, and after as long again the call goes back to the queue.
    ``starve``: an internal call that has waited so long is no longer put behind external ones. ``message_clause`` is the clause by which a
    caller who has waited long enough may leave a message, "" where the policy has none. ``messages``: the disk has room for recordings.
    """

    offer: float = 20.0
    recall: float = 25.0
    park: float = 120.0
    hold: float = 90.0
    wait: float = 240.0
    unattended: float = 15.0
    starve: float = 120.0
    message_clause: str = ""
    messages: bool = True


class Call(Struct, kw_only=True):
    """One call. Only ``draft.Draft`` changes one, and only a copy: to everybody else it is a value.

    ``sequence`` is the last number used for a leg, playback or recording; ``events`` counts what the journal holds of it.
    ``heard`` is the last playback that came to its end. ``recording`` is the number of a recording that the engine has not
    finished, ``recorded`` of one that it has. ``shown_number`` is what the outside world sees of a call from here. ``recall_to`` is an
    employee's telephone that passed the caller on, and is rung again before the switchboard. ``accepted_by`` is the operator whose phone is
    being connected. ``tried`` are operators who let it ring since it began to wait.
    ``round`` counts those of a ``Ring`` that are over, or how often a ``Menu`` or ``Enter`` has been played; ``keyed`` are the digits
    of an ``Enter`` so far. ``unreached`` is why the person sought
    wasn't reached, ``rang`` for how long her telephone rang. ``taker`` is a supervisor whose phone is being connected because she takes the
    call over, ``taken_from`` the operator who had it until somebody did. ``notified``: the caller has heard that calls may be listened to.
    """

    id: str
    organisation: str
    language: str
    direction: str
    dialled: str
    dialled_name: str
    caller: Party
    internal: bool
    state: State
    since: float
    started: float
    step: Step
    reason: Reason
    limits: Limits
    legs: tuple[Leg, ...] = ()
    timers: tuple[Timer, ...] = ()
    facts: tuple[Fact, ...] = ()
    sequence: int = 0
    events: int = 0
    bridged: bool = False
    priority: int = 1
    waiting_since: float | None = None
    answered: float | None = None
    ended: float | None = None
    operator: str = ""
    operator_name: str = ""
    recall_for: str = ""
    recall_to: Target | None = None
    tried: tuple[str, ...] = ()
    accepted_by: str = ""
    recording: int | None = None
    recorded: int = 0
    heard: int = 0
    round: int = 0
    unreached: Cause | None = None
    rang: float = 0.0
    shown_number: str = ""
    end_cause: str = ""
    to_fallback: bool = False
    unattended: bool = False
    taker: str = ""
    taken_from: str = ""
    notified: bool = False
    keyed: str = ""

    def leg(self, n: int) -> Leg | None:
        return next((leg for leg in self.legs if leg.n == n), None)

    @property
    def subject(self) -> Leg:
        """The caller's leg (of an outgoing call: the called party's): the one that must not be lost."""
        return self.legs[0]

    @property
    def finished(self) -> bool:
        """Ended, and nothing of it is left in the engine."""
        gone = all(leg.state is LegState.GONE for leg in self.legs)
        return self.state is State.ENDED and gone and self.recording is None

    @property
    def operator_legs(self) -> list[Leg]:
        return [leg for leg in self.legs if leg.wanted and leg.party.kind is PartyKind.OPERATOR]

    @property
    def listeners(self) -> list[Leg]:
        """Those who listen in, or whose telephones are being connected for it."""
        return [leg for leg in self.legs if leg.wanted and leg.purpose is Purpose.LISTEN]

    @property
    def offered_to(self) -> list[str]:
        """Operators to whom the call is offered now."""
        return [timer.name.removeprefix("offer:") for timer in self.timers if timer.name.startswith("offer:")]
