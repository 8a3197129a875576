# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan: the tree of steps that a call walks until it is with a person, in a mailbox, or has been told what to do.

``routing.plan`` makes it; the call state machine walks it; it is journaled with the call, so that a past call can be explained.
Prompts are named, not located: ``telephony.prompts`` finds the recording in the organisation's language.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class PartyKind(StrEnum):
    CALLER = "caller"
    OPERATOR = "operator"
    PERSON = "person"
    NUMBER = "number"


class Party(Struct, frozen=True, kw_only=True):
    """Someone on a call. ``id`` is that of a person or operator, "" for an outside number. ``number`` is E.164 without ``+``."""

    kind: PartyKind
    id: str = ""
    name: str = ""
    number: str = ""


class Cause(StrEnum):
    """Why a leg ended, or an attempt to reach somebody failed (from Q.850 causes, see ``telephony.translate``)."""

    HANGUP = "hangup"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    REJECTED = "rejected"
    UNREGISTERED = "unregistered"
    FAILED = "failed"
    UNALLOCATED = "unallocated"
    RELEASED = "released"
    GONE = "gone"


class ReasonCode(StrEnum):
    """Why a call is at the switchboard."""

    MAIN_NUMBER = "main_number"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    REJECTED = "rejected"
    UNREGISTERED = "unregistered"
    FAILED = "failed"
    NOT_REACHED = "not_reached"
    ABSENT = "absent"
    ABSENT_UNREFERRED = "absent_unreferred"
    CLOSED_UNIT = "closed_unit"
    LEFT = "left"
    MISDIRECTED = "misdirected"
    OVERFLOW = "group_overflow"
    RETURNED = "returned"
    PARKED_LONG = "parked_long"
    HELD_LONG = "held_long"
    OPERATOR_LOST = "operator_lost"
    HANDED_OVER = "handed_over"
    UNKNOWN_NUMBER = "unknown_number"
    OUTGOING = "outgoing"
    FEATURE_CODE = "feature_code"
    DIRECT = "direct"


class Reason(Struct, frozen=True, kw_only=True):
    """``person`` is whom the caller wanted, ``seconds`` how long it rang there, ``clause`` the municipality's rule that decided.

    ``until``: when she is back, or the unit opens (seconds since the epoch). A plan's ``NOT_REACHED`` becomes what the telephone
    answered (busy, no answer …) once it was rung. ``a_ring``: how long one ring is, where the limit of that person was given in rings.
    """

    code: ReasonCode
    clause: str = ""
    person: str = ""
    seconds: float = 0.0
    until: float | None = None
    a_ring: float | None = None


class Target(Struct, frozen=True, kw_only=True):
    """A telephone that can be rung. ``endpoint`` is the engine's dial string (``PJSIP/4711``); "" when there is none."""

    party: Party
    endpoint: str


def through_trunk(endpoint: str) -> bool:
    """Whether what is dialled is in the public network, as ``PJSIP/NUMBER@trunk-NAME``."""
    return "@trunk-" in endpoint


class Announce(Struct, frozen=True, kw_only=True, tag="announce"):
    """Answer and play ``prompts`` in turn, then go on.

    A prompt is a name (``welcome``) or something to be said: ``name:KEY`` (a person or group), ``until:SECONDS``, ``back:SECONDS``,
    ``opens:SECONDS``, ``digit:N``. ``telephony`` finds the recordings.
    """

    prompts: tuple[str, ...]
    then: Step
    why: str = ""
    clause: str = ""


class Option(Struct, frozen=True, kw_only=True):
    """One choice of a menu: press ``digit``. ``code`` names it (``message``, ``switchboard``)."""

    digit: str
    code: str
    then: Step


class Menu(Struct, frozen=True, kw_only=True, tag="menu"):
    """Play ``prompts`` and wait ``seconds`` for a digit, played at most ``times``; then ``otherwise``."""

    prompts: tuple[str, ...]
    options: tuple[Option, ...]
    otherwise: Step
    seconds: float = 5.0
    times: int = 2
    why: str = ""
    clause: str = ""

    def chosen(self, digit: str) -> Option | None:
        return next((option for option in self.options if option.digit == digit), None)


class Ring(Struct, frozen=True, kw_only=True, tag="ring"):
    """Ring ``targets``, all together for at most ``seconds``; then, one round after the other, those of ``more``, as long each.

    ``then`` when nobody was reached. ``party`` is whom the caller sought.
    """

    targets: tuple[Target, ...]
    seconds: float
    then: Step
    party: Party | None = None
    more: tuple[tuple[Target, ...], ...] = ()
    why: str = ""
    clause: str = ""

    @property
    def longest(self) -> float:
        """Seconds of ringing in all."""
        return self.seconds * (1 + len(self.more))


class Queue(Struct, frozen=True, kw_only=True, tag="queue"):
    """Wait for an operator of the organisation. Lower ``priority`` goes first."""

    reason: Reason
    priority: int = 1
    why: str = ""
    clause: str = ""


class Voicemail(Struct, frozen=True, kw_only=True, tag="voicemail"):
    """Play ``prompts`` and record a message of at most ``seconds`` for ``person``: a person's or group's key, "" = the switchboard's."""

    person: str
    name: str
    prompts: tuple[str, ...]
    seconds: float
    why: str = ""
    clause: str = ""


class Dictate(Struct, frozen=True, kw_only=True, tag="dictate"):
    """Play ``prompts`` and record what an employee says, for at most ``seconds`` or until she presses #; then go on.

    From then on ``recorded`` is a prompt: what was said. Unlike a ``Voicemail`` it is nobody's message.
    """

    prompts: tuple[str, ...]
    seconds: float
    then: Step
    why: str = ""
    clause: str = ""


class Keep(Struct, frozen=True, kw_only=True, tag="keep"):
    """What was dictated last becomes a recording of the organisation's: ``what`` is ``LANGUAGE/NAME`` (``/greeting-p12``).

    The controller does it meanwhile; then ``then``, or ``otherwise`` when it could not be kept.
    """

    what: str
    then: Step
    otherwise: Step
    why: str = ""
    clause: str = ""


class Enter(Struct, frozen=True, kw_only=True, tag="enter"):
    """Play ``prompts`` and take digits: ``longest`` of them, or fewer and #; none at all when ``longest`` is 0. * begins anew.

    The controller, to which ``what`` says what they mean, then says how the call goes on. ``otherwise`` when nothing is keyed though it was
    played ``times``, or the controller has no answer.
    """

    what: str
    otherwise: Step
    prompts: tuple[str, ...] = ()
    longest: int = 0
    seconds: float = 6.0
    times: int = 2
    why: str = ""
    clause: str = ""


class HangUp(Struct, frozen=True, kw_only=True, tag="hang_up"):
    """End the call. ``cause`` is told to the caller's network when the call was never answered.

    ``told``: the caller has heard when to ring again (``opens``), and is not left without an answer.
    """

    cause: Cause = Cause.HANGUP
    told: bool = False
    why: str = ""
    clause: str = ""


Step = Announce | Menu | Ring | Queue | Voicemail | Dictate | Keep | Enter | HangUp
