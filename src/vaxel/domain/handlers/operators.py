# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators ask for."""

from __future__ import annotations

from vaxel.domain import events as e
from vaxel.domain.call import MediaKind, Purpose, State
from vaxel.domain.draft import Draft, Refused
from vaxel.domain.plan import Cause, Party, PartyKind, Target
from vaxel.domain.words import _

GOES_BACK = ("recall", "park", "handed", "hold", "held_long")
"""Timers by which a call that nobody takes up goes back to the switchboard."""


def answer(d: Draft, event: e.Answer) -> None:
    operator = event.seat.operator
    if d.call.accepted_by not in ("", operator):
        taken(d, event)
    for other in list(d.legs(Purpose.OPERATOR)):
        if other.party.id != operator:
            d.release(other)
            d.cancel(f"offer:{other.party.id}")
    leg = d.seat_operator(event.seat)
    if leg is not None:
        d.connect(leg)


def taken(d: Draft, event: e.Answer) -> None:
    """Somebody was faster, perhaps by a millisecond: say who."""
    call = d.call
    accepted = (leg.party.name for leg in d.legs(Purpose.OPERATOR) if leg.party.id == call.accepted_by)
    by = call.operator_name or next(accepted, "")
    raise Refused("taken", _("Another operator has taken this call."), by)


def take_back(d: Draft, event: e.Resume | e.Fetch | e.Return | e.Answer) -> None:
    """From hold, from the park, or from a transfer that still rings."""
    seat = event.seat
    if d.call.state is State.HELD and d.call.operator not in ("", seat.operator):
        raise Refused("taken", _("Another operator holds this call."), d.call.operator_name)
    if d.call.accepted_by not in ("", seat.operator):
        raise Refused("taken", _("Another operator is fetching this call."), d.call.accepted_by)
    leg = d.seat_operator(seat)
    if leg is not None:
        d.connect(leg)
        return
    # While her telephone is being rung the call must not go back to the switchboard.
    for timer in GOES_BACK:
        d.cancel(timer)


def hold(d: Draft, event: e.Hold) -> None:
    d.on_call(event.operator)
    hold_caller(d)


def hold_caller(d: Draft) -> None:
    d.forget_taker()
    d.to(State.HELD)
    d.subject_waits()
    for leg in list(d.legs(Purpose.OPERATOR)):
        # An open line is free for the next call; a telephone stays connected, so that she can resume.
        if leg.line:
            d.release(leg)
        else:
            d.change(leg, talking=False, media=None)
    d.timer("hold", d.call.limits.hold)
    d.fact("held", Party(kind=PartyKind.OPERATOR, id=d.call.operator, name=d.call.operator_name))


def with_telephone(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    reachable = tuple(target for target in targets if target.endpoint)
    if not reachable:
        if not targets:
            raise Refused("invalid", _("There is nobody to ring."))
        raise Refused("invalid", _("{name} has no telephone that can be rung."), name=targets[0].party.name)
    return reachable


def _mine(d: Draft, operator: str) -> None:
    if d.call.operator != operator:
        raise Refused("illegal", _("You are not connected to this call."), d.call.operator_name)


def consult(d: Draft, event: e.Consult) -> None:
    seat = event.seat
    _mine(d, seat.operator)
    targets = with_telephone(event.targets)
    leg = d.operator_leg(seat.operator)
    if leg is None and not seat.line:
        raise Refused("illegal", _("Your telephone is not connected to this call: resume it first."))
    operator = d.seat_operator(seat)
    if operator is None:
        raise Refused("illegal", _("Your telephone is not connected to this call: resume it first."))
    d.forget_taker()
    d.to(State.CONSULTING)
    d.subject_waits()
    d.hear(operator, MediaKind.TONE, ("tone:ring",))
    d.dial(targets, Purpose.CONSULT)
    d.fact("consult_asked", targets[0].party)


def complete(d: Draft, event: e.Complete) -> None:
    d.on_call(event.operator)
    complete_transfer(d)


def complete_transfer(d: Draft) -> None:
    """Caller and consulted talk; one who has not answered yet goes on ringing as in a blind transfer."""
    consulted = next((leg for leg in d.legs(Purpose.CONSULT) if leg.up), None)
    operator = d.call.operator
    if consulted is not None:
        d.fact("transferred", consulted.party)
        d.connect(consulted)
        return
    for leg in list(d.legs(Purpose.CONSULT)):
        d.change(leg, purpose=Purpose.TRANSFER)
    await_transfer(d, operator)


def await_transfer(d: Draft, operator: str) -> None:
    d.forget_taker()
    d.to(State.TRANSFERRING)
    d.release_all(Purpose.OPERATOR)
    d.call.recall_for = operator
    d.call.operator = d.call.operator_name = ""
    d.subject_waits(MediaKind.TONE, ("tone:ring",))
    d.timer("recall", d.call.limits.recall)
    party = next((leg.party for leg in d.legs(Purpose.TRANSFER)), None)
    d.fact("transferred", party)


def end_consultation(d: Draft, event: e.Return) -> None:
    leg = d.on_call(event.seat.operator)
    d.release_all(Purpose.CONSULT)
    d.fact("consultation_ended")
    d.connect(leg)


def transfer(d: Draft, event: e.Transfer) -> None:
    _mine(d, event.operator)
    targets = with_telephone(event.targets)
    d.dial(targets, Purpose.TRANSFER)
    await_transfer(d, event.operator)


def park(d: Draft, event: e.Park) -> None:
    _mine(d, event.operator)
    d.forget_taker()
    d.to(State.PARKED)
    d.release_all(Purpose.OPERATOR)
    d.subject_waits()
    d.timer("park", d.call.limits.park)
    d.fact("parked", Party(kind=PartyKind.OPERATOR, id=event.operator, name=d.call.operator_name))
    d.call.recall_for, d.call.operator, d.call.operator_name = event.operator, "", ""


def hang_up(d: Draft, event: e.HangUpAsked) -> None:
    call = d.call
    if call.operator not in ("", event.operator) and call.state is not State.PARKED:
        raise Refused("taken", _("Another operator has this call."), call.operator_name)
    d.end(Cause.HANGUP, Party(kind=PartyKind.OPERATOR, id=event.operator, name=event.name))
