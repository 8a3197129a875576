# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is done on a telephone itself: hold, and its own transfer key (SOL-4)."""

from __future__ import annotations

from msgspec.structs import replace

from vaxel.domain import events as e
from vaxel.domain.call import Leg, LegState, Purpose, State
from vaxel.domain.draft import RECALL_PRIORITY, Draft, Refused
from vaxel.domain.handlers.operators import await_transfer, with_telephone
from vaxel.domain.plan import Cause, PartyKind, Reason, ReasonCode, Target

HOLD_TIMERS = ("hold", "reminded")


def held(d: Draft, event: e.PhoneHeld) -> None:
    """An operator is reminded of a caller whom she holds there as of one held by the console.

    Again and again, but the call stays hers: that she resumed it can be missed, and nobody may be torn from a talk.
    """
    leg = d.call.leg(event.leg)
    if leg is None:
        return
    d.fact("phone_held", leg.party)
    if _has_call(d, leg) and not any(timer.name in HOLD_TIMERS for timer in d.call.timers):
        d.timer("hold", d.call.limits.hold)


def resumed(d: Draft, event: e.PhoneResumed) -> None:
    leg = d.call.leg(event.leg)
    if leg is None:
        return
    d.fact("phone_resumed", leg.party)
    if _has_call(d, leg):
        forget_hold(d)


def forget_hold(d: Draft) -> None:
    """She talks again, as far as is known."""
    for timer in HOLD_TIMERS:
        d.cancel(timer)


def _has_call(d: Draft, leg: Leg) -> bool:
    """Is it the telephone of the operator who talks to the caller?"""
    return d.call.state is State.CONNECTED and leg.purpose is Purpose.OPERATOR and leg.party.id == d.call.operator


def picked_up(d: Draft, event: e.PickUp) -> None:
    """Her channel is in the engine already: without an endpoint it isn't dialled."""
    d.fact("pick_up", event.party)
    d.connect(d.add(event.party, Purpose.RING, "", channel=event.channel, state=LegState.UP, answer=True))


def transferred(d: Draft, event: e.PhoneTransferred) -> None:
    """As an operator's transfer: the caller hears ringing, and comes back when nobody answers."""
    targets = with_telephone(event.targets) if event.targets else ()
    _let_telephone_go(d, event.leg, event.by)
    if targets:
        d.dial(targets, Purpose.TRANSFER)
        _await_answer(d, event.by)
    else:
        _send_to_switchboard(d, event.by)


def joined(d: Draft, event: e.CallsJoined) -> None:
    """The caller talks to whom the telephone's second call has reached, or waits where it waited."""
    _let_telephone_go(d, event.leg, event.by)
    brought = [_bring(d, leg) for leg in event.legs]
    up = next((leg for leg in brought if leg.up), None)
    if up is not None:
        d.fact("transferred", up.party)
        d.connect(up)
    elif brought:
        _await_answer(d, event.by)
    else:
        _send_to_switchboard(d, event.by)


def joined_into(d: Draft, event: e.JoinedInto) -> None:
    telephone = d.call.leg(event.leg)
    for n in event.legs:
        leg = d.call.leg(n)
        if leg is not None:
            # Gone from here, not from the engine: nothing is told to it.
            d.change(leg, state=LegState.GONE, talking=False, media=None, since=d.at, cause=Cause.RELEASED)
    if telephone is not None:
        d.change(telephone, transfers=event.asked)
        d.fact("joined", telephone.party)
    d.end("joined")


def _let_telephone_go(d: Draft, n: int, by: Target) -> None:
    """Whoever pressed the key leaves the call, and whom he talked to is its subject."""
    leg = d.call.leg(n)
    if leg is None or not leg.up:
        raise Refused("illegal", "The telephone is not connected to this call.", d.call.operator_name)
    if leg.n == d.subject.n:
        _make_subject(d, _partner(d, leg))
    d.fact("phone_transferred", by.party)
    d.release(d.change(leg, transfers=True))


def _partner(d: Draft, leg: Leg) -> Leg:
    """Whom a caller of the house talks to. Operators aren't passed on: their telephones must stay theirs."""
    partner = next((other for other in d.call.legs if other.n != leg.n and other.up and other.talking), None)
    if partner is None or partner.party.kind is PartyKind.OPERATOR:
        raise Refused("illegal", "There is nobody on this call who can be transferred.")
    return partner


def _make_subject(d: Draft, leg: Leg) -> None:
    """From now on it is this one who must not be lost."""
    leg = d.change(leg, purpose=Purpose.CALLER, answer=True)
    d.call.legs = (leg, *(other for other in d.call.legs if other.n != leg.n))
    d.call.caller = leg.party
    d.call.internal = leg.party.kind is PartyKind.PERSON


def _bring(d: Draft, leg: Leg) -> Leg:
    """A leg of another call. It is in the engine already: without an endpoint it isn't dialled again."""
    purpose = Purpose.OPERATOR if leg.party.kind is PartyKind.OPERATOR else Purpose.TRANSFER
    leg = replace(leg, n=d.number(), purpose=purpose, endpoint="", talking=True, media=None, answer=False)
    d.call.legs = (*d.call.legs, leg)
    return leg


def _await_answer(d: Draft, by: Target) -> None:
    await_transfer(d, by.party.id if by.party.kind is PartyKind.OPERATOR else "")
    d.call.recall_to = by if by.party.kind is PartyKind.PERSON else None


def _send_to_switchboard(d: Draft, by: Target) -> None:
    d.release_all(Purpose.OPERATOR)
    d.queue(Reason(code=ReasonCode.MISDIRECTED, person=by.party.name), RECALL_PRIORITY)
    if by.party.kind is PartyKind.OPERATOR:
        # She gave it away: her colleagues are asked first.
        d.call.tried = (by.party.id,)
