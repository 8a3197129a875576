# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each row of the table does. Handlers only compose the moves of ``draft.Draft``."""

from __future__ import annotations

from vaxel.domain import events as e
from vaxel.domain.call import Call, Leg, LegState, MediaKind, Purpose, State
from vaxel.domain.draft import OVERDUE, SWITCHBOARD_MAILBOX, Draft, Refused
from vaxel.domain.plan import Announce, Cause, HangUp, Party, PartyKind, Reason, ReasonCode, Ring, Target, Voicemail

INFORMATIVE = (Cause.REJECTED, Cause.BUSY, Cause.NO_ANSWER, Cause.HANGUP, Cause.FAILED, Cause.UNREGISTERED)
"""When several telephones failed, the first of these is the one to tell: somebody who declined is more than a phone that was off."""

# ── the beginning ───────────────────────────────────────────────────────────────────────────────────────────────────────


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
        _dial_subject(draft, leg)
    return draft.call


def _dial_subject(d: Draft, operator: Leg) -> None:
    d.hear(operator, MediaKind.TONE, ("tone:ring",))
    d.change(d.subject, state=LegState.DIALLING, asked=d.at, since=d.at)


# ── legs ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


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
    if leg.wanted:
        d.fact("picked_up", leg.party, rang)
        return leg
    return None


def answered_connects(d: Draft, event: e.LegAnswered) -> None:
    leg = _answered(d, event)
    if leg is not None:
        d.connect(leg)


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
        _dial_subject(d, leg)
    else:
        d.connect(operator)


def _ended(d: Draft, event: e.LegEnded) -> tuple[Leg | None, bool]:
    """The leg as it was, if its end matters to the call, and whether it was being rung."""
    leg = d.call.leg(event.leg)
    if leg is None or leg.state is LegState.GONE:
        return None, False
    attempting, wanted = leg.attempting, leg.wanted
    if attempting and leg.n != d.subject.n:
        d.fact("rang", leg.party, d.at - leg.asked, event.cause)
    d.change(leg, state=LegState.GONE, media=None, talking=False, since=d.at, cause=event.cause)
    return (leg if wanted else None), attempting


def _subject_gone(d: Draft, leg: Leg | None, event: e.LegEnded) -> bool:
    if leg is None or leg.n != d.subject.n:
        return False
    # One who gives up before being answered is reported by the network without a cause that says so.
    gave_up = event.cause is Cause.FAILED and not leg.answer and d.call.direction != "out"
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
    d.enter(step.after(cause))


def attempt_ended(d: Draft, event: e.LegEnded) -> None:
    """Waiting or parked: an operator's telephone that was rung has failed, or the caller has gone."""
    leg, _ = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    _attempt_over(d, leg.party.id)


def _attempt_over(d: Draft, operator: str) -> None:
    d.cancel(f"offer:{operator}")
    d.cancel("answer")
    if d.call.accepted_by == operator:
        d.call.accepted_by = ""
    if d.call.state is State.WAITING:
        d.call.tried = (*d.call.tried, operator)


def held_ended(d: Draft, event: e.LegEnded) -> None:
    leg, attempting = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    if attempting:
        _attempt_over(d, leg.party.id)
    else:
        d.recall(ReasonCode.OPERATOR_LOST)


def connected_ended(d: Draft, event: e.LegEnded) -> None:
    leg, _ = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    if event.cause is Cause.HANGUP:
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
            _hold(d)
    elif any(d.legs(Purpose.CONSULT)):
        # The operator hung up while talking to, or ringing, her colleague: that is how a transfer is done on a desk phone.
        _complete(d)
    else:
        d.recall(ReasonCode.OPERATOR_LOST)


def transferring_ended(d: Draft, event: e.LegEnded) -> None:
    leg, _ = _ended(d, event)
    if leg is None or _subject_gone(d, leg, event):
        return
    if leg.purpose is Purpose.OPERATOR:
        _attempt_over(d, leg.party.id)
    elif not any(d.legs(Purpose.TRANSFER)):
        d.recall(ReasonCode.RETURNED)


def dialling_ended(d: Draft, event: e.LegEnded) -> None:
    leg, _ = _ended(d, event)
    if leg is not None:
        d.end(event.cause, leg.party)


# ── announcements and recordings ────────────────────────────────────────────────────────────────────────────────────────


def ignored(d: Draft, event: e.CallEvent) -> None:
    """Legal here, and without consequence."""


def _heard(d: Draft, event: e.MediaEnded) -> bool:
    media = d.subject.media
    return media is not None and media.kind is MediaKind.PROMPTS and media.n == event.n


def announced(d: Draft, event: e.MediaEnded) -> None:
    if _heard(d, event):
        d.call.heard = event.n
        d.fact("announced")
        _walk_on(d)


def _walk_on(d: Draft) -> None:
    step = d.call.step
    assert isinstance(step, Announce)
    d.enter(step.then)


def greeted(d: Draft, event: e.MediaEnded) -> None:
    if not _heard(d, event):
        return
    d.call.heard = event.n
    step = d.call.step
    assert isinstance(step, Voicemail)
    d.to(State.RECORDING)
    d.call.recording = d.hear(d.subject, MediaKind.RECORDING, seconds=step.seconds).n
    d.fact("recording")


def recorded(d: Draft, event: e.RecordingFinished) -> None:
    recorded_late(d, event)
    if d.call.recording is None:
        d.end(Cause.HANGUP, None)


def recorded_late(d: Draft, event: e.RecordingFinished) -> None:
    if event.n == d.call.recording:
        _keep_recording(d, event.duration)


def _keep_recording(d: Draft, seconds: float) -> None:
    d.call.recorded, d.call.recording = d.call.recording or 0, None
    d.fact("recorded", _mailbox(d), max(seconds, 0.0))


def _mailbox(d: Draft) -> Party | None:
    step = d.call.step
    return Party(kind=PartyKind.PERSON, id=step.person, name=step.name) if isinstance(step, Voicemail) else None


def recording_failed(d: Draft, event: e.RecordingFailed) -> None:
    """Nobody can leave a message now: better an operator than silence."""
    if event.n == d.call.recording:
        d.call.recording = None
        d.fact("recording_failed", cause=event.why)
        d.queue(Reason(code=ReasonCode.FAILED), 1)


def recording_failed_late(d: Draft, event: e.RecordingFailed) -> None:
    if event.n == d.call.recording:
        d.call.recording = None
        d.fact("recording_failed", cause=event.why)


def recording_overdue(d: Draft, event: e.TimerFired) -> None:
    """The engine never told that the recording ended; the file has what it has."""
    if event.name == "recording" and d.call.recording is not None and d.call.ended is not None:
        _keep_recording(d, d.at - OVERDUE - d.call.since)
        d.call.timers = ()


def phone_held(d: Draft, event: e.PhoneHeld) -> None:
    leg = d.call.leg(event.leg)
    if leg is not None:
        d.fact("phone_held", leg.party)


def phone_resumed(d: Draft, event: e.PhoneResumed) -> None:
    leg = d.call.leg(event.leg)
    if leg is not None:
        d.fact("phone_resumed", leg.party)


# ── timers and failures ─────────────────────────────────────────────────────────────────────────────────────────────────


def rang_long_enough(d: Draft, event: e.TimerFired) -> None:
    step = d.call.step
    if event.name == "ring" and isinstance(step, Ring):
        d.release_all(Purpose.RING, Cause.NO_ANSWER)
        d.enter(step.no_answer)


def offer_expired(d: Draft, event: e.TimerFired) -> None:
    name, _, operator = event.name.partition(":")
    operator = operator or d.call.accepted_by
    leg = d.operator_leg(operator)
    if leg is not None and leg.attempting:
        d.release(leg, Cause.NO_ANSWER)
    elif name == "offer":
        d.fact("missed", d.offered_party(operator))
    _attempt_over(d, operator)


def waited(d: Draft, event: e.TimerFired) -> None:
    if event.name == "wait":
        d.release_all(Purpose.OPERATOR)
        d.fact("overflow", seconds=d.at - d.call.since)
        d.enter(SWITCHBOARD_MAILBOX)
    else:
        offer_expired(d, event)


def unattended(d: Draft, event: e.Unattended) -> None:
    """Nobody to wait for: don't let the caller wait as long as for somebody."""
    soon = d.at + d.call.limits.unattended
    if not d.call.unattended and all(timer.due > soon for timer in d.call.timers if timer.name == "wait"):
        d.call.unattended = True
        d.timer("wait", d.call.limits.unattended)
        d.fact("unattended")


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


def failure_noted(d: Draft, event: e.CommandFailed) -> None:
    d.fact("engine_refused", cause=f"{event.command} {event.status}")


def give_to_engine(d: Draft, event: e.CommandFailed) -> None:
    failure_noted(d, event)
    _to_fallback(d)


def abandoned(d: Draft, event: e.Abandoned) -> None:
    """People who talk are left alone; a caller who waits is given to the engine's own dialplan."""
    d.fact("abandoned", cause=event.why)
    if d.call.state not in (State.CONNECTED, State.CONSULTING):
        _to_fallback(d)


def _to_fallback(d: Draft) -> None:
    d.call.to_fallback = d.call.direction != "out"
    d.end("fallback")


def adopted(d: Draft, event: e.Adopted) -> None:
    d.fact("adopted", seconds=event.away)
    media = d.subject.media
    if media is not None and media.kind is MediaKind.TONE:
        d.hear(d.subject, media.kind, media.items)


def adopted_announcing(d: Draft, event: e.Adopted) -> None:
    """The end of the announcement may have been missed; the caller has heard enough of it."""
    adopted(d, event)
    _walk_on(d)


def adopted_greeting(d: Draft, event: e.Adopted) -> None:
    """The end of the greeting may have been missed: it is played again, rather than record without a tone."""
    adopted(d, event)
    d.enter(d.call.step)


# ── operators ───────────────────────────────────────────────────────────────────────────────────────────────────────────


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
        d.call.accepted_by = ""
        d.cancel("answer")


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
    raise Refused("taken", "Another operator has taken this call.", by)


def take_back(d: Draft, event: e.Resume | e.Fetch | e.Return | e.Answer) -> None:
    """From hold, from the park, or from a transfer that still rings."""
    seat = event.seat
    if d.call.state is State.HELD and d.call.operator not in ("", seat.operator):
        raise Refused("taken", "Another operator holds this call.", d.call.operator_name)
    if d.call.accepted_by not in ("", seat.operator):
        raise Refused("taken", "Another operator is fetching this call.", d.call.accepted_by)
    leg = d.seat_operator(seat)
    if leg is not None:
        d.connect(leg)


def hold(d: Draft, event: e.Hold) -> None:
    d.on_call(event.operator)
    _hold(d)


def _hold(d: Draft) -> None:
    d.to(State.HELD)
    d.subject_waits()
    for leg in list(d.legs(Purpose.OPERATOR)):
        # An open line is free for the next call; a telephone stays connected, so that she can resume.
        if leg.line:
            d.release(leg)
        else:
            d.change(leg, talking=False, media=None)
    d.fact("held", Party(kind=PartyKind.OPERATOR, id=d.call.operator, name=d.call.operator_name))


def _with_telephone(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    reachable = tuple(target for target in targets if target.endpoint)
    if not reachable:
        name = targets[0].party.name if targets else ""
        raise Refused("invalid", f"{name or 'Nobody'} has no telephone that can be rung.")
    return reachable


def _mine(d: Draft, operator: str) -> None:
    if d.call.operator != operator:
        raise Refused("illegal", "You are not connected to this call.", d.call.operator_name)


def consult(d: Draft, event: e.Consult) -> None:
    seat = event.seat
    _mine(d, seat.operator)
    targets = _with_telephone(event.targets)
    leg = d.operator_leg(seat.operator)
    if leg is None and not seat.line:
        raise Refused("illegal", "Your telephone is not connected to this call: resume it first.")
    operator = d.seat_operator(seat)
    if operator is None:
        raise Refused("illegal", "Your telephone is not connected to this call: resume it first.")
    d.to(State.CONSULTING)
    d.subject_waits()
    d.hear(operator, MediaKind.TONE, ("tone:ring",))
    d.dial(targets, Purpose.CONSULT)
    d.fact("consult_asked", targets[0].party)


def complete(d: Draft, event: e.Complete) -> None:
    d.on_call(event.operator)
    _complete(d)


def _complete(d: Draft) -> None:
    """Caller and consulted talk; one who has not answered yet goes on ringing as in a blind transfer."""
    consulted = next((leg for leg in d.legs(Purpose.CONSULT) if leg.up), None)
    operator = d.call.operator
    if consulted is not None:
        d.fact("transferred", consulted.party)
        d.connect(consulted)
        return
    for leg in list(d.legs(Purpose.CONSULT)):
        d.change(leg, purpose=Purpose.TRANSFER)
    _await_transfer(d, operator)


def _await_transfer(d: Draft, operator: str) -> None:
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
    targets = _with_telephone(event.targets)
    d.dial(targets, Purpose.TRANSFER)
    _await_transfer(d, event.operator)


def park(d: Draft, event: e.Park) -> None:
    _mine(d, event.operator)
    d.to(State.PARKED)
    d.release_all(Purpose.OPERATOR)
    d.subject_waits()
    d.timer("park", d.call.limits.park)
    d.fact("parked", Party(kind=PartyKind.OPERATOR, id=event.operator, name=d.call.operator_name))
    d.call.recall_for, d.call.operator, d.call.operator_name = event.operator, "", ""


def hang_up(d: Draft, event: e.HangUpAsked) -> None:
    call = d.call
    if call.operator not in ("", event.operator) and call.state is not State.PARKED:
        raise Refused("taken", "Another operator has this call.", call.operator_name)
    d.end(Cause.HANGUP, Party(kind=PartyKind.OPERATOR, id=event.operator, name=event.name))
