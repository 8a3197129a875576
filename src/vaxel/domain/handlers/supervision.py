# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What supervisors do with calls, and calls that go from one operator to another at the end of a shift."""

from __future__ import annotations

from vaxel.domain import events as e
from vaxel.domain.call import LegState, Purpose, State
from vaxel.domain.draft import Draft, Refused
from vaxel.domain.handlers.operators import GOES_BACK
from vaxel.domain.plan import ReasonCode
from vaxel.domain.words import _


def take_over(d: Draft, event: e.TakeOver) -> None:
    """The call becomes hers once her telephone is connected; until then whoever has it keeps it."""
    seat, call = event.seat, d.call
    if call.operator == seat.operator:
        raise Refused("illegal", _("You have this call yourself."))
    if call.state is State.CONNECTED and not call.operator:
        raise Refused("illegal", _("This call is no longer with an operator."))
    _ask_nobody_else(d, seat.operator)
    _stop_listening_to_talk(d, seat.operator)
    call.taker = seat.operator
    leg = d.seat_operator(seat)
    if leg is not None:
        d.connect(leg)
        return
    if call.state is State.CONNECTED:
        # Whoever talks, or holds at her telephone, keeps the call until it is taken, and is reminded until then.
        return
    for timer in GOES_BACK:
        d.cancel(timer)


def _ask_nobody_else(d: Draft, operator: str) -> None:
    """Others' telephones stop ringing. Whoever talks or holds goes on until the call is taken."""
    for other in list(d.legs(Purpose.OPERATOR)):
        if other.party.id != operator and other.attempting:
            d.release(other)
    for other_operator in d.call.offered_to:
        if other_operator != operator:
            d.cancel(f"offer:{other_operator}")
    if d.call.accepted_by != operator:
        d.call.accepted_by = ""
        d.cancel("answer")


def _stop_listening_to_talk(d: Draft, operator: str) -> None:
    """Her telephone is in the call already, as one that only listens."""
    for leg in d.call.listeners:
        if leg.party.id != operator:
            continue
        if leg.line or leg.state is not LegState.UP:
            d.release(leg)
        else:
            d.listened(leg)
            d.change(leg, purpose=Purpose.OPERATOR, ear=False)


def hand_over(d: Draft, event: e.HandOver) -> None:
    """From one operator to another. Held, it goes back to the queue if it isn't taken up in time."""
    call, to = d.call, event.to
    if call.accepted_by:
        raise Refused("taken", _("Another operator is fetching this call."), call.operator_name)
    whose = call.operator if call.state is State.HELD else call.recall_for
    if whose != event.operator:
        raise Refused("illegal", _("This call is not yours to hand over."), call.operator_name)
    if to.id == whose:
        raise Refused("invalid", _("{name} has this call already."), name=to.name)
    d.release_all(Purpose.OPERATOR)
    for timer in GOES_BACK:
        d.cancel(timer)
    call.recall_for = to.id
    if call.state is State.HELD:
        call.operator, call.operator_name = to.id, to.name
    d.timer("handed" if call.state is State.HELD else "park", call.limits.park)
    d.fact("handed_over", to)


def holder_left(d: Draft, event: e.HolderLeft) -> None:
    if d.call.operator == event.operator and not d.call.accepted_by:
        d.recall(ReasonCode.HANDED_OVER)
