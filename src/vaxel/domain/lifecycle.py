# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of a call's life: which event is legal in which state, what handles it, and where it may lead.

``receive(call, event)`` is the only way in. An event without a row raises ``IllegalEvent`` and changes nothing; events that may
come late (a timer that fired while the call moved on, a phone that answered as it was let go) have rows of their own.
The diagram in ``docs/call-lifecycle.md`` is drawn from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from vaxel.domain import events as e
from vaxel.domain import handlers
from vaxel.domain.call import Call, State
from vaxel.domain.draft import Draft
from vaxel.domain.handlers import beginning, failures, legs, listening, media, operators, phones, supervision, timers

Handler = Callable[[Draft, Any], None]


class IllegalEvent(Exception):
    """The table has no row for this event in this state."""

    def __init__(self, state: State, event: e.CallEvent) -> None:
        super().__init__(f"{type(event).__name__} is not possible while the call is {state}.")
        self.state = state
        self.event = event


class Row(Struct, frozen=True, kw_only=True):
    handler: Handler
    leads_to: frozenset[State]
    """States that may follow, besides staying."""


TABLE: dict[tuple[State, type], Row] = {}

S = State
STEPS = (S.ANNOUNCING, S.CHOOSING, S.RINGING, S.WAITING, S.GREETING, S.ENDED)
"""Where walking on in a plan may lead."""
LIVE = tuple(state for state in State if state is not S.ENDED)
WITH_OPERATOR = (S.CONNECTED, S.HELD)


def _rows(states: Iterable[State], event: type, handler: Handler, *leads_to: State) -> None:
    for state in states:
        key = (state, event)
        if key in TABLE:
            raise ValueError(f"two rows for {key}")
        TABLE[key] = Row(handler=handler, leads_to=frozenset(leads_to))


# The engine
_rows(LIVE, e.LegRinging, legs.leg_ringing)
_rows([S.RINGING], e.LegAnswered, legs.answered_connects, S.CONNECTED)
_rows([S.WAITING, S.HELD, S.PARKED, S.TRANSFERRING], e.LegAnswered, legs.answered_connects, S.CONNECTED)
_rows([S.CONSULTING], e.LegAnswered, legs.consulted_answered)
_rows([S.DIALLING], e.LegAnswered, legs.dialling_answered, S.CONNECTED)
_rows([S.CONNECTED], e.LegAnswered, legs.connected_answered)
_rows([S.ANNOUNCING, S.CHOOSING, S.GREETING, S.RECORDING], e.LegAnswered, legs.late_leg)
_rows([S.ANNOUNCING, S.CHOOSING, S.GREETING, S.RECORDING], e.LegEnded, legs.leg_ended, S.ENDED)
_rows([S.RINGING], e.LegEnded, legs.ringing_ended, *STEPS)
_rows([S.WAITING, S.PARKED], e.LegEnded, legs.attempt_ended, S.ENDED)
_rows([S.HELD], e.LegEnded, legs.held_ended, S.WAITING, S.ENDED)
_rows([S.CONNECTED], e.LegEnded, legs.connected_ended, S.WAITING, S.ENDED)
_rows([S.CONSULTING], e.LegEnded, legs.consulting_ended, S.HELD, S.CONNECTED, S.TRANSFERRING, S.ENDED)
_rows([S.TRANSFERRING], e.LegEnded, legs.transferring_ended, S.WAITING, S.ENDED)
_rows([S.DIALLING], e.LegEnded, legs.dialling_ended, S.ENDED)
_rows([S.ANNOUNCING], e.MediaEnded, media.announced, *STEPS)
_rows([S.GREETING], e.MediaEnded, media.greeted, S.RECORDING)
_rows([S.CHOOSING], e.MediaEnded, media.asked)
_rows([S.WAITING], e.MediaEnded, media.told)
_rows([s for s in State if s not in (S.ANNOUNCING, S.CHOOSING, S.GREETING, S.WAITING)], e.MediaEnded, handlers.ignored)
_rows([S.RECORDING], e.RecordingFinished, media.recorded, *STEPS)
_rows([S.RECORDING], e.RecordingFailed, media.recording_failed, S.ANNOUNCING)
_rows([s for s in State if s is not S.RECORDING], e.RecordingFinished, media.recorded_late)
_rows([s for s in State if s is not S.RECORDING], e.RecordingFailed, media.recording_failed_late)
_rows([S.CHOOSING], e.DigitPressed, media.chosen, *STEPS)
_rows([s for s in State if s is not S.CHOOSING], e.DigitPressed, handlers.ignored)
_rows(State, e.PhoneHeld, phones.held)
_rows(State, e.PhoneResumed, phones.resumed)
_rows(WITH_OPERATOR, e.PhoneTransferred, phones.transferred, S.TRANSFERRING, S.WAITING)
_rows([S.RINGING, S.TRANSFERRING], e.PickUp, phones.picked_up, S.CONNECTED)
_rows(WITH_OPERATOR, e.CallsJoined, phones.joined, S.CONNECTED, S.TRANSFERRING, S.WAITING)
_rows([S.ANNOUNCING, S.CHOOSING, S.RINGING, S.WAITING, *WITH_OPERATOR], e.JoinedInto, phones.joined_into, S.ENDED)

# The controller
_rows([S.RINGING], e.TimerFired, timers.rang_long_enough, *STEPS)
_rows([S.CHOOSING], e.TimerFired, timers.not_chosen, *STEPS)
_rows([S.WAITING], e.TimerFired, timers.waited, S.GREETING, S.ANNOUNCING)
_rows([S.HELD], e.TimerFired, timers.held_long_enough, S.WAITING)
_rows([S.CONNECTED], e.TimerFired, timers.held_long_enough)
_rows([S.CONSULTING], e.TimerFired, timers.offer_expired)
_rows([S.PARKED], e.TimerFired, timers.parked_long_enough, S.WAITING)
_rows([S.TRANSFERRING], e.TimerFired, timers.transfer_expired, S.WAITING)
_rows([S.ANNOUNCING], e.TimerFired, media.not_kept, *STEPS)
_rows([S.ANNOUNCING], e.Kept, media.kept, *STEPS)
_rows([s for s in State if s is not S.ANNOUNCING], e.Kept, handlers.ignored)
_rows([S.ANNOUNCING], e.Replied, media.replied, *STEPS)
_rows([s for s in State if s is not S.ANNOUNCING], e.Replied, handlers.ignored)
_rows([S.GREETING, S.RECORDING, S.DIALLING], e.TimerFired, handlers.ignored)
_rows([S.WAITING], e.Offered, timers.offered)
_rows([S.WAITING], e.Tell, media.tell)
_rows([s for s in State if s is not S.WAITING], e.Tell, handlers.ignored)
_rows(State, e.EarReady, listening.ear_ready)
_rows([S.WAITING], e.Unattended, timers.unattended)
_rows([s for s in State if s is not S.WAITING], e.Unattended, handlers.ignored)
_rows([S.WAITING], e.OfferWithdrawn, timers.offer_withdrawn)
_rows([s for s in State if s is not S.WAITING], e.OfferWithdrawn, handlers.ignored)
_rows(
    [S.ANNOUNCING, S.CHOOSING, S.RINGING, S.WAITING, S.PARKED, S.TRANSFERRING, S.GREETING, S.RECORDING],
    e.CommandFailed,
    failures.give_to_engine,
    S.ENDED,
)
_rows([S.CONNECTED, S.HELD, S.CONSULTING, S.DIALLING], e.CommandFailed, failures.failure_noted)
_rows([s for s in LIVE if s not in (S.CONNECTED, S.CONSULTING)], e.Abandoned, failures.abandoned, S.ENDED)
_rows([S.CONNECTED, S.CONSULTING], e.Abandoned, failures.abandoned_while_they_talk)
_rows([S.ANNOUNCING], e.Adopted, failures.adopted_announcing, *STEPS)
_rows([S.CHOOSING, S.GREETING], e.Adopted, failures.adopted_greeting)
_rows([s for s in State if s not in (S.ANNOUNCING, S.CHOOSING, S.GREETING)], e.Adopted, failures.adopted)

# Operators
_rows([S.WAITING], e.Answer, operators.answer, S.CONNECTED)
_rows([S.PARKED], e.Answer, operators.take_back, S.CONNECTED)
_rows([S.CONNECTED, S.HELD, S.CONSULTING, S.TRANSFERRING], e.Answer, operators.taken)
_rows([S.CONNECTED], e.Hold, operators.hold, S.HELD)
_rows([S.HELD], e.Resume, operators.take_back, S.CONNECTED)
_rows(WITH_OPERATOR, e.Consult, operators.consult, S.CONSULTING)
_rows([S.CONSULTING], e.Complete, operators.complete, S.CONNECTED, S.TRANSFERRING)
_rows([S.CONSULTING], e.Return, operators.end_consultation, S.CONNECTED)
_rows([S.TRANSFERRING], e.Return, operators.take_back, S.CONNECTED)
_rows(WITH_OPERATOR, e.Transfer, operators.transfer, S.TRANSFERRING)
_rows(WITH_OPERATOR, e.Park, operators.park, S.PARKED)
_rows([S.PARKED], e.Fetch, operators.take_back, S.CONNECTED)
_rows([S.WAITING, S.PARKED, S.CONNECTED, S.HELD, S.TRANSFERRING], e.TakeOver, supervision.take_over, S.CONNECTED)
_rows([S.HELD, S.PARKED], e.HandOver, supervision.hand_over)
_rows([S.HELD], e.HolderLeft, supervision.holder_left, S.WAITING)
_rows([s for s in State if s is not S.HELD], e.HolderLeft, handlers.ignored)
_rows([S.CONNECTED, S.HELD], e.Listen, listening.listen)
_rows(State, e.ListenEnded, listening.ended)
_rows(LIVE, e.HangUpAsked, operators.hang_up, S.ENDED)

# Late events of a call that has ended
_rows([S.ENDED], e.LegEnded, legs.late_leg)
_rows([S.ENDED], e.LegRinging, handlers.ignored)
_rows([S.ENDED], e.LegAnswered, legs.late_leg)
_rows([S.ENDED], e.TimerFired, media.recording_overdue)
_rows([S.ENDED], e.CommandFailed, handlers.ignored)
_rows([S.ENDED], e.Abandoned, handlers.ignored)


def asks_for_digits(state: State) -> bool:
    """Whether keys that are pressed in this state mean anything."""
    row = TABLE.get((state, e.DigitPressed))
    return row is not None and row.handler is not handlers.ignored


def start(event: e.Arrived | e.Dialled) -> Call:
    """The call that begins with ``event``."""
    call = beginning.begin_incoming(event) if isinstance(event, e.Arrived) else beginning.begin_outgoing(event)
    return _counted(call)


def receive(call: Call, event: e.CallEvent) -> Call:
    """The call after ``event``; ``call`` itself is not changed.

    Raises ``IllegalEvent`` when the table has no such row, ``draft.Refused`` when an operator asked for what can't be done now.
    """
    row = TABLE.get((call.state, type(event)))
    if row is None:
        raise IllegalEvent(call.state, event)
    draft = Draft(call, event.at)
    if isinstance(event, e.TimerFired):
        draft.cancel(event.name)
    row.handler(draft, event)
    listening.settle(draft)
    return _counted(draft.call)


def _counted(call: Call) -> Call:
    call.events += 1
    call.bridged = call.bridged or any(leg.up and leg.talking for leg in call.legs)
    return call
