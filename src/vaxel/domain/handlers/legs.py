# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephones that ring, answer and end."""

from __future__ import annotations

from vaxel.domain import events as e
from vaxel.domain.call import Leg, LegState, Purpose
from vaxel.domain.draft import Draft
from vaxel.domain.handlers.operators import complete_transfer, hold_caller
from vaxel.domain.plan import Cause, ReasonCode, Ring

INFORMATIVE = (Cause.REJECTED, Cause.BUSY, Cause.NO_ANSWER, Cause.HANGUP, Cause.FAILED, Cause.UNREGISTERED)
"""When several telephones failed, the first of these is the one to tell: somebody who declined is more than a phone that was off."""


def leg_ringing(d: Draft, event: e.LegRinging) -> None:
    leg = d.call.leg(event.leg)
    if leg is not None and leg.state is LegState.DIALLING:
        d.change(leg, state=LegState.RINGING, since=d.at)
        if leg.wanted:
            d.fact("ringing", leg.party)


def late_leg(d: Draft, event: e.LegAnswered | e.LegEnded) -> None:
    """A leg answered or ended that the call had let go already: only its observed state changes."""
    leg = d.call.leg(event.leg)
    if leg is not None and leg.state is not LegState.GONE:
        cause = event.cause if isinstance(event, e.LegEnded) else None
        state = LegState.GONE if isinstance(event, e.LegEnded) else LegState.UP
        d.change(leg, state=state, since=d.at, cause=cause)


def _answered(d: Draft, event: e.LegAnswered) -> Leg | None:
    """The leg, if it is still wanted and has just come up."""
    leg = d.call.leg(event.leg)
    if leg is None or leg.state not in (LegState.DIALLING, LegState.RINGING):
        return None
    rang = d.at - leg.asked
    leg = d.change(leg, state=LegState.UP, since=d.at)
    if leg.wanted and leg.purpose is not Purpose.LISTEN:
        d.fact("picked_up", leg.party, rang)
        return leg
    return None


def answered_connects(d: Draft, event: e.LegAnswered) -> None:
    leg = _answered(d, event)
    if leg is not None:
        d.connect(leg)


def connected_answered(d: Draft, event: e.LegAnswered) -> None:
    """The telephone of whoever takes the call over; anything else was let go already."""
    leg = d.call.leg(event.leg)
    if leg is not None and leg.attempting and leg.purpose is Purpose.OPERATOR:
        answered_connects(d, event)
    else:
        late_leg(d, event)


def consulted_answered(d: Draft, event: e.LegAnswered) -> None:
    leg = _answered(d, event)
    if leg is None:
        return
    d.release_all(Purpose.CONSULT, Cause.RELEASED, but=leg.n)
    for operator in list(d.legs(Purpose.OPERATOR)):
        d.change(operator, media=None, talking=True)
    d.fact("consulting", leg.party)


def dialling_answered(d: Draft, event: e.LegAnswered) -> None:
    leg = _answered(d, event)
    operator = d.operator_leg(d.call.operator)
    if leg is None or operator is None:
        return
    if leg.n == operator.n:
        d.call.accepted_by = ""
        d.cancel("answer")
        d.dial_subject(leg)
    else:
        d.connect(operator)


def _ended(d: Draft, event: e.LegEnded) -> tuple[Leg | None, bool]:
    """The leg as it was, if its end matters to the call, and whether it was being rung."""
    leg = d.call.leg(event.leg)
    if leg is None or leg.state is LegState.GONE:
        return None, False
    attempting, wanted = leg.attempting, leg.wanted
    listens = leg.purpose is Purpose.LISTEN
    if listens and wanted:
        d.listened(leg)
    elif attempting and leg.n != d.subject.n:
        d.fact("rang", leg.party, d.at - leg.asked, event.cause)
    d.change(leg, state=LegState.GONE, media=None, talking=False, since=d.at, cause=event.cause)
    return (leg if wanted and not listens else None), attempting


def _subject_gone(d: Draft, leg: Leg | None, event: e.LegEnded) -> bool:
    if leg is None or leg.n != d.subject.n:
        return False
    # One who gives up before being answered is reported by the network without a cause that says so.
    gave_up = event.cause is Cause.FAILED and d.call.answered is None and d.call.direction != "out"
    d.end(Cause.HANGUP if gave_up else event.cause, leg.party)
    return True


def leg_ended(d: Draft, event: e.LegEnded) -> None:
    leg, _ = _ended(d, event)
    _subject_gone(d, leg, event)


def ringing_ended(d: Draft, event: e.LegEnded) -> None:
    leg, _ = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event) or any(d.legs(Purpose.RING)):
        return
    step = d.call.step
    assert isinstance(step, Ring)
    causes = {other.cause for other in d.call.legs if other.purpose is Purpose.RING}
    cause = next((cause for cause in INFORMATIVE if cause in causes), Cause.FAILED)
    d.not_reached(step, cause)


def attempt_ended(d: Draft, event: e.LegEnded) -> None:
    """Waiting or parked: an operator's telephone that was rung has failed, or the caller has gone."""
    leg, _ = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    d.attempt_over(leg.party.id)


def held_ended(d: Draft, event: e.LegEnded) -> None:
    leg, attempting = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    if attempting:
        d.attempt_over(leg.party.id)
    else:
        d.recall(ReasonCode.OPERATOR_LOST)


def connected_ended(d: Draft, event: e.LegEnded) -> None:
    leg, attempting = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    if attempting:
        # Of a supervisor who wanted to take the call over: those who talk go on talking.
        d.attempt_over(leg.party.id)
    elif event.cause is Cause.HANGUP:
        d.end(event.cause, leg.party)
    else:
        d.recall(ReasonCode.OPERATOR_LOST)


def consulting_ended(d: Draft, event: e.LegEnded) -> None:
    leg, _ = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    if leg.purpose is Purpose.CONSULT:
        if not any(d.legs(Purpose.CONSULT)):
            d.fact("consulted", leg.party, cause=event.cause)
            hold_caller(d)
    else:
        # The operator hung up while talking to, or ringing, her colleague: that is how a transfer is done on a desk phone.
        complete_transfer(d)


def transferring_ended(d: Draft, event: e.LegEnded) -> None:
    leg, _ = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    if leg.purpose is Purpose.OPERATOR:
        d.attempt_over(leg.party.id)
    elif not any(d.legs(Purpose.TRANSFER)) and not any(d.legs(Purpose.RECALL)):
        d.recall(ReasonCode.RETURNED)


def dialling_ended(d: Draft, event: e.LegEnded) -> None:
    leg, _ = _ended(d, event)
    if leg is not None:
        d.end(event.cause, leg.party)
