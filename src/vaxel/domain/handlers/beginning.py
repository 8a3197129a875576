# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a call begins."""

from __future__ import annotations

from vaxel.domain import events as e
from vaxel.domain.call import Call, Leg, LegState, Purpose, State
from vaxel.domain.draft import Draft
from vaxel.domain.plan import HangUp, PartyKind, Reason, ReasonCode


def begin_incoming(event: e.Arrived) -> Call:
    caller = Leg(
        n=0,
        channel=event.channel,
        party=event.caller,
        purpose=Purpose.CALLER,
        state=LegState.UP,
        asked=event.at,
        since=event.at,
    )
    call = Call(
        id=event.call,
        organisation=event.organisation,
        language=event.language,
        direction=event.direction,
        dialled=event.dialled,
        dialled_name=event.dialled_name,
        caller=event.caller,
        internal=event.internal,
        state=State.ANNOUNCING,
        since=event.at,
        started=event.at,
        step=event.plan,
        reason=event.reason,
        limits=event.limits,
        shown_number=event.shown_number,
        legs=(caller,),
    )
    draft = Draft(call, event.at)
    draft.fact("arrived", event.caller, cause=event.reason.code)
    draft.enter(event.plan)
    return draft.call


def begin_outgoing(event: e.Dialled) -> Call:
    """The operator's telephone first; the subject is dialled once she is there."""
    target, seat = event.target, event.seat
    subject = Leg(
        n=1,
        channel=f"{event.call}-l1",
        party=target.party,
        purpose=Purpose.CALLER,
        endpoint=target.endpoint,
        state=LegState.PLANNED,
        answer=True,
        talking=True,
        asked=event.at,
        since=event.at,
    )
    call = Call(
        id=event.call,
        organisation=event.organisation,
        language=event.language,
        direction="out",
        dialled=target.party.number,
        dialled_name=target.party.name,
        caller=target.party,
        internal=target.party.kind is PartyKind.PERSON,
        state=State.DIALLING,
        since=event.at,
        started=event.at,
        step=HangUp(),
        reason=Reason(code=ReasonCode.OUTGOING),
        limits=event.limits,
        shown_number=event.shown_number,
        legs=(subject,),
        sequence=1,
        operator=seat.operator,
        operator_name=seat.name,
    )
    draft = Draft(call, event.at)
    draft.fact("dialled", target.party)
    leg = draft.seat_operator(seat)
    if leg is not None:
        draft.dial_subject(leg)
    return draft.call
