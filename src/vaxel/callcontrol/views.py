# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls, operators and organisations as consoles and the database see them (``docs/live-hub.md``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vaxel.domain.call import Call, Fact, LegState, Purpose, State
from vaxel.domain.desk import Announcement, Desk, Presence
from vaxel.domain.plan import Reason, Voicemail
from vaxel.domain.world import Organisation

View = dict[str, Any]


RETURNS = ("park", "handed", "held_long")
"""Timers of a parked or held call at whose end it goes back to the queue."""


def call_view(call: Call) -> View:
    """CALL of the hub. ``recording`` is there once a voice message has been left.

    ``returns_at``: when a parked call, or one held of which its operator has been reminded, goes back to the queue; None for others.
    ``reminded``: its operator holds it at her telephone, and has been reminded.
    """
    state = call.state
    view: View = {
        "id": call.id,
        "organisation": call.organisation,
        "state": state,
        "since": call.since,
        "started": call.started,
        "answered": call.answered,
        "ended": call.ended,
        "end_cause": call.end_cause,
        "direction": call.direction,
        "dialled": call.dialled,
        "dialled_name": call.dialled_name,
        "caller": {"number": call.caller.number, "name": call.caller.name, "internal": call.internal},
        "reason": _reason(call),
        "path": [_path(fact) for fact in call.facts],
        "waiting_since": call.waiting_since,
        "operator": call.operator,
        "operator_name": call.operator_name,
        "offered_to": call.offered_to,
        "accepted_by": call.accepted_by,
        "legs": [
            _leg(leg) for leg in call.legs if leg.state is not LegState.GONE and leg.purpose is not Purpose.LISTEN
        ],
        "listened_by": [leg.party.id for leg in call.listeners],
        "taken_from": call.taken_from,
        "parked_by": call.recall_for if state is State.PARKED else "",
        "held_by": call.operator if state in (State.HELD, State.CONSULTING) else "",
        "recall_for": call.recall_for,
        "returns_at": next((timer.due for timer in call.timers if timer.name in RETURNS), None),
        "reminded": any(timer.name == "reminded" for timer in call.timers),
        "priority": call.priority,
    }
    recording = _recording(call)
    if recording is not None:
        view["recording"] = recording
    return view


def _reason(call: Call) -> View:
    reason = call.reason
    return {
        "code": reason.code,
        "clause": reason.clause,
        "person": reason.person,
        "seconds": reason.seconds,
        "rings": _rings(reason),
        "until": reason.until,
        "text": "",
    }


def _rings(reason: Reason) -> int | None:
    """How often it rang at whom the caller wanted, where the policy counts rings for that person: the last may have been cut short."""
    seconds, a_ring = reason.seconds, reason.a_ring
    return None if a_ring is None or not seconds else max(1, round(seconds / a_ring))


def _leg(leg: Any) -> View:
    party = leg.party
    return {
        "n": leg.n,
        "party": party.id,
        "kind": party.kind,
        "name": party.name,
        "number": party.number,
        "state": leg.state,
        "released": leg.released,
    }


def _path(fact: Fact) -> View:
    who = fact.who
    return {
        "at": fact.at,
        "code": fact.code,
        "who": "" if who is None else who.name or who.number,
        "party": "" if who is None else who.id,
        "kind": "" if who is None else who.kind,
        "seconds": fact.seconds,
        "cause": fact.cause,
        "text": fact.text,
    }


def _recording(call: Call) -> View | None:
    if not isinstance(call.step, Voicemail):
        return None
    fact = next((fact for fact in reversed(call.facts) if fact.code == "recorded"), None)
    if fact is None:
        return None
    return {"name": f"{call.id}-r{call.recorded}", "seconds": fact.seconds, "person": call.step.person}


def operator_state(desk: Desk, calls: dict[str, Call]) -> tuple[str, float]:
    """What she does and since when: ``talking``, ``listening`` and ``offered`` are seen from her calls; otherwise her own presence."""
    mine = [calls[id_] for id_ in desk.calls if id_ in calls]
    hers = [call.since for call in mine if call.operator == desk.operator]
    if hers:
        return "talking", max(hers)
    listened_to = [leg.since for call in mine for leg in call.listeners if leg.party.id == desk.operator]
    if listened_to:
        return "listening", max(listened_to)
    if mine:
        return "offered", max(call.since for call in mine)
    return desk.presence, max(desk.since, desk.idle_since if desk.presence is Presence.READY else 0.0)


def operator_view(
    desk: Desk,
    calls: dict[str, Call],
    at: float,
    relief_for: str = "",
    missing: Sequence[str] = (),
    asked: Sequence[View] = (),
) -> View:
    """OPERATOR of the hub. ``relief_for`` is who is away and counts on her, ``asked`` the surges to which she is called.

    ``missing`` are those who were to answer for her in her break and can't any more.

    Which calls are hers is told by the calls themselves, to those who may see them.
    """
    state, since = operator_state(desk, calls)
    return {
        "id": desk.operator,
        "name": desk.name,
        "organisations": list(desk.organisations),
        "serves": list(desk.organisations),
        "home": list(desk.home),
        "supervisor": bool(desk.supervises),
        "supervises": list(desk.supervises),
        "state": state,
        "presence": desk.presence,
        "since": since,
        "reason": desk.reason,
        "line_open": bool(desk.line),
        "line_wanted": desk.line_wanted,
        "phone": desk.phone,
        "phone_registered": desk.registered,
        "calls_today": desk.answered_on(at),
        "relief": list(desk.relief),
        "relief_for": relief_for,
        "relief_missing": list(missing),
        "back_by": desk.back_by,
        "pause_seconds": 0 if desk.back_by is None else round(desk.back_by - desk.since),
        "asked": list(asked),
    }


def organisation_view(home: Organisation, surge: View | None = None, told: Sequence[Announcement] = ()) -> View:
    """ORGANISATION of the hub. ``surge`` is the reinforcement that was called for it, ``told`` what its supervisors announce now."""
    listening = home.rules.working_day.listening
    return {
        "id": home.id,
        "name": home.name,
        "language": home.language,
        "languages": list(home.languages or (home.language,)),
        "main_number": home.main_number,
        "welcome_phrase": home.welcome_phrase,
        "surge": surge,
        "listening": {"allowed": listening, "notice": listening},
        "talk_hint": home.rules.working_day.talk_hint,
        "announcement": next(({"text": said.text, "at": said.at} for said in told if said.text), None),
        "callers_hear": next((said.prompt for said in told if said.prompt), ""),
    }
