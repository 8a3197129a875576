# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens by itself: time that runs out, offers, and nobody being there."""

from __future__ import annotations

from msgspec.structs import replace

from vaxel.domain import events as e
from vaxel.domain.call import Purpose, State
from vaxel.domain.draft import SWITCHBOARD_MAILBOX, Draft
from vaxel.domain.handlers.media import ask_again, nothing_more_keyed
from vaxel.domain.plan import Cause, Enter, Menu, Party, PartyKind, ReasonCode, Ring


def rang_long_enough(d: Draft, event: e.TimerFired) -> None:
    step = d.call.step
    if event.name == "ring" and isinstance(step, Ring):
        d.release_all(Purpose.RING, Cause.NO_ANSWER)
        d.not_reached(step, Cause.NO_ANSWER)


def not_chosen(d: Draft, event: e.TimerFired) -> None:
    step = d.call.step
    if event.name == "choice" and isinstance(step, Menu):
        ask_again(d, step)
    elif event.name == "choice" and isinstance(step, Enter):
        nothing_more_keyed(d, step)


def offer_expired(d: Draft, event: e.TimerFired) -> None:
    name, _, operator = event.name.partition(":")
    operator = operator or d.call.accepted_by
    leg = d.operator_leg(operator)
    if leg is not None and leg.attempting:
        d.release(leg, Cause.NO_ANSWER)
    elif name == "offer":
        d.fact("missed", d.offered_party(operator))
    d.attempt_over(operator)


def waited(d: Draft, event: e.TimerFired) -> None:
    limits = d.call.limits
    first = d.at - d.call.since < 1.5 * limits.wait
    if event.name == "wait" and first and not (limits.messages or d.call.unattended):
        # There is somebody to wait for, and nothing else to offer: twice as long, not for ever.
        d.timer("wait", limits.wait)
    elif event.name == "wait":
        d.release_all(Purpose.OPERATOR)
        d.fact("overflow", seconds=d.at - d.call.since)
        d.enter(replace(SWITCHBOARD_MAILBOX, clause=limits.message_clause))
    else:
        offer_expired(d, event)


def unattended(d: Draft, event: e.Unattended) -> None:
    """Nobody to wait for: don't let the caller wait as long as for somebody."""
    if d.call.unattended:
        return
    d.call.unattended = True
    d.fact("unattended")
    soon = d.at + d.call.limits.unattended
    if all(timer.due > soon for timer in d.call.timers if timer.name == "wait"):
        d.timer("wait", d.call.limits.unattended)


def held_long_enough(d: Draft, event: e.TimerFired) -> None:
    """Handed over, and not taken up; or held for so long that she is reminded, and has as long again to come back.

    A call that is held at her telephone alone is still connected: of that she is only reminded.
    """
    call = d.call
    match event.name:
        case "handed":
            d.recall(ReasonCode.HANDED_OVER)
        case "hold" | "reminded":
            d.fact("hold_reminded", Party(kind=PartyKind.OPERATOR, id=call.operator, name=call.operator_name))
            d.timer("held_long" if call.state is State.HELD else "reminded", call.limits.hold)
        case "held_long":
            d.recall(ReasonCode.HELD_LONG)
        case _:
            offer_expired(d, event)


def parked_long_enough(d: Draft, event: e.TimerFired) -> None:
    if event.name == "park":
        d.recall(ReasonCode.PARKED_LONG)
    else:
        offer_expired(d, event)


def transfer_expired(d: Draft, event: e.TimerFired) -> None:
    if event.name == "recall":
        d.recall(ReasonCode.RETURNED)
    else:
        offer_expired(d, event)


def offered(d: Draft, event: e.Offered) -> None:
    seat = event.seat
    if d.call.accepted_by or seat.operator in d.call.offered_to:
        return
    if d.call.unattended:
        d.call.unattended = False
        d.timer("wait", d.call.limits.wait)
    d.timer(f"offer:{seat.operator}", d.call.limits.offer)
    if not seat.line:
        d.add(seat.party, Purpose.OPERATOR, seat.endpoint)
    d.fact("offered", seat.party)


def offer_withdrawn(d: Draft, event: e.OfferWithdrawn) -> None:
    leg = d.operator_leg(event.operator)
    if leg is not None:
        d.release(leg)
    d.cancel(f"offer:{event.operator}")
    if d.call.accepted_by == event.operator:
        d.call.accepted_by = d.call.taker = ""
        d.cancel("answer")
