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
    RETURNED = "returned"
    PARKED_LONG = "parked_long"
    OPERATOR_LOST = "operator_lost"
    UNKNOWN_NUMBER = "unknown_number"
    OUTGOING = "outgoing"
    DIRECT = "direct"


class Reason(Struct, frozen=True, kw_only=True):
    """``person`` is whom the caller wanted, ``seconds`` how long it rang there, ``clause`` the municipality's rule that decided."""

    code: ReasonCode
    clause: str = ""
    person: str = ""
    seconds: float = 0.0


class Target(Struct, frozen=True, kw_only=True):
    """A telephone that can be rung. ``endpoint`` is the engine's dial string (``PJSIP/4711``); "" when there is none."""

    party: Party
    endpoint: str


class Announce(Struct, frozen=True, kw_only=True, tag="announce"):
    """Answer and play ``prompts`` in turn, then go on."""

    prompts: tuple[str, ...]
    then: Step
    why: str = ""
    clause: str = ""


class Ring(Struct, frozen=True, kw_only=True, tag="ring"):
    """Ring all targets together for at most ``seconds``. Each way to fail has its own continuation."""

    targets: tuple[Target, ...]
    seconds: float
    no_answer: Step
    busy: Step
    rejected: Step
    unregistered: Step
    why: str = ""
    clause: str = ""

    def after(self, cause: Cause) -> Step:
        """The step when nobody was reached because of ``cause``."""
        ways = {Cause.BUSY: self.busy, Cause.REJECTED: self.rejected, Cause.UNREGISTERED: self.unregistered}
        return ways.get(cause, self.no_answer)


class Queue(Struct, frozen=True, kw_only=True, tag="queue"):
    """Wait for an operator of the organisation. Lower ``priority`` goes first."""

    reason: Reason
    priority: int = 1
    why: str = ""
    clause: str = ""


class Voicemail(Struct, frozen=True, kw_only=True, tag="voicemail"):
    """Play ``prompts`` and record a message of at most ``seconds`` for ``person`` ("" = the switchboard's mailbox)."""

    person: str
    name: str
    prompts: tuple[str, ...]
    seconds: float
    why: str = ""
    clause: str = ""


class HangUp(Struct, frozen=True, kw_only=True, tag="hang_up"):
    """End the call. ``cause`` is told to the caller's network when the call was never answered."""

    cause: Cause = Cause.HANGUP
    why: str = ""
    clause: str = ""


Step = Announce | Ring | Queue | Voicemail | HangUp
