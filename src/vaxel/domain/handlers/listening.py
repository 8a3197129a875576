# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A supervisor who listens in: heard by nobody, and only while the call is with an operator and the caller knows that it may be so."""

from __future__ import annotations

from vaxel.domain import events as e
from vaxel.domain.call import LegState, Purpose, State
from vaxel.domain.draft import Draft, Refused
from vaxel.domain.words import _

WITH_OPERATOR = (State.CONNECTED, State.HELD, State.CONSULTING)


def listen(d: Draft, event: e.Listen) -> None:
    seat, call = event.seat, d.call
    if call.operator in ("", seat.operator):
        raise Refused("illegal", _("Only another operator's call can be listened to."))
    if not call.notified:
        raise Refused("forbidden", _("This caller has not been told that calls may be listened to."))
    if any(leg.party.id == seat.operator for leg in call.listeners):
        raise Refused("illegal", _("You listen to this call already."))
    here = {"channel": seat.line, "line": True, "state": LegState.UP} if seat.line else {"auto_answer": True}
    d.add(seat.party, Purpose.LISTEN, seat.endpoint, talking=False, **here)


def ear_ready(d: Draft, event: e.EarReady) -> None:
    leg = d.call.leg(event.leg)
    if leg is not None and leg.wanted and leg.purpose is Purpose.LISTEN and not leg.ear:
        d.change(leg, ear=True, since=d.at)
        d.fact("listening", leg.party)


def ended(d: Draft, event: e.ListenEnded) -> None:
    for leg in d.call.listeners:
        if leg.party.id == event.operator:
            d.release(leg)
            if event.cause:
                d.fact("listening_failed", leg.party, cause=event.cause)


def settle(d: Draft) -> None:
    """Nobody listens to a call that isn't with an operator any more: whom it was passed on to has not been told."""
    call = d.call
    if call.operator and call.state in WITH_OPERATOR:
        return
    for leg in call.listeners:
        d.release(leg)
