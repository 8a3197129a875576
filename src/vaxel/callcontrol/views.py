# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls, operators and organisations as consoles and the database see them (``docs/live-hub.md``)."""

from __future__ import annotations

from typing import Any

from vaxel.domain.call import Call, Fact, LegState, State
from vaxel.domain.desk import Desk, Presence
from vaxel.domain.plan import Voicemail
from vaxel.domain.world import Organisation

View = dict[str, Any]


def call_view(call: Call) -> View:
    """CALL of the hub. ``recording`` is there once a voice message has been left."""
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
        "reason": {
            "code": call.reason.code,
            "clause": call.reason.clause,
            "person": call.reason.person,
            "seconds": call.reason.seconds,
            "until": call.reason.until,
            "text": "",
        },
        "path": [_path(fact) for fact in call.facts],
        "waiting_since": call.waiting_since,
        "operator": call.operator,
        "operator_name": call.operator_name,
        "offered_to": call.offered_to,
        "accepted_by": call.accepted_by,
        "legs": [_leg(leg) for leg in call.legs if leg.state is not LegState.GONE],
        "parked_by": call.recall_for if state is State.PARKED else "",
        "held_by": call.operator if state in (State.HELD, State.CONSULTING) else "",
        "recall_for": call.recall_for,
        "priority": call.priority,
    }
    recording = _recording(call)
    if recording is not None:
        view["recording"] = recording
    return view


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
    """What she does and since when: ``talking`` and ``offered`` are seen from her calls; otherwise her own presence."""
    mine = [calls[id_] for id_ in desk.calls if id_ in calls]
    hers = [call.since for call in mine if call.operator == desk.operator]
    if hers:
        return "talking", max(hers)
    if mine:
        return "offered", max(call.since for call in mine)
    return desk.presence, max(desk.since, desk.idle_since if desk.presence is Presence.READY else 0.0)


def operator_view(desk: Desk, calls: dict[str, Call]) -> View:
    state, since = operator_state(desk, calls)
    return {
        "id": desk.operator,
        "name": desk.name,
        "organisations": list(desk.organisations),
        "state": state,
        "presence": desk.presence,
        "since": since,
        "reason": desk.reason,
        "line_open": bool(desk.line),
        "line_wanted": desk.line_wanted,
        "phone": desk.phone,
        "phone_registered": desk.registered,
        "calls": list(desk.calls),
    }


def organisation_view(home: Organisation) -> View:
    return {
        "id": home.id,
        "name": home.name,
        "language": home.language,
        "main_number": home.main_number,
        "welcome_phrase": home.welcome_phrase,
    }
