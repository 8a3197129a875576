# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is played: each scene is one call, or a few that belong together, and gives what there is to see and hear of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.engine import scenarios
from tests.engine.sip import Sipp
from tests.engine.waiting import until
from tests.system.days.municipalities import HOTLINE, IN_TURN, Json, mobile_of
from tests.system.days.stage import Cast, Citizen, Town
from tests.system.days.transcript import heard_lately
from tests.system.ears import hear_each_other
from tests.system.scene import CITIZEN, OPERATOR, facts
from vaxel.telephony import engine

PATIENCE = 60.0
"""Seconds for what takes a few on a machine that isn't busy."""


@dataclass(frozen=True)
class Outcome:
    """``sound`` is what the caller heard, ``record`` the call as REST gives it, ``seen`` what the scene noted besides."""

    sound: Path | None
    record: Json
    seen: Json


PAUSE = 0.2
"""Seconds between two looks at what nobody announces: twenty callers are played at once."""

Scene = Callable[[Cast, Town, Citizen], Outcome]


def _dial(town: Town, citizen: Citizen, number: str) -> str:
    """Ring ``number``; the call's id once the console shows it."""
    # The last call of this caller must be gone, or it would be taken for the new one.
    for last in _calls_of(town, citizen.number):
        town.console.wait_gone(last["id"], PATIENCE)
    citizen.dial(number)
    return str(town.console.wait_call(caller=citizen.number, timeout=PATIENCE)["id"])


def _calls_of(town: Town, caller: str) -> list[Json]:
    return [call for call in list(town.console.state["calls"].values()) if call["caller"]["number"] == caller]


def _outcome(town: Town, citizen: Citizen, call: str, **seen: Any) -> Outcome:
    town.console.wait_gone(call, PATIENCE)
    record = town.stage.record(call, town.operator.token)
    return Outcome(citizen.recording, record, seen)


def _wait(town: Town, call: str, *states: str) -> str:
    return town.console.wait_states(call, *states, timeout=PATIENCE)


# ── the switchboard ─────────────────────────────────────────────────────────────────────────────────────────────────────


def main_number(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """The main number is rung: all that is said is heard to its end. ``seen``: whether the caller then waited for an operator."""
    call = _dial(town, citizen, town.main_number)
    end = _wait(town, call, "waiting", "")
    if end == "waiting":
        citizen.phone.hang_up()
    return _outcome(town, citizen, call, waits=end == "waiting")


def answered(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """The operator answers, and both hear each other."""
    return _at_the_operator(town, citizen, _dial(town, citizen, town.main_number))


def _at_the_operator(town: Town, citizen: Citizen, call: str) -> Outcome:
    """The call reaches the operator, who talks to the caller. ``seen``: why it came, as her console says."""
    _wait(town, call, "waiting")
    with town.desk:
        reason: Json = town.console.state["calls"][call]["reason"]
        town.console.do("answer", call=call)
        town.console.wait_call(call, PATIENCE, state="connected", operator=town.operator.id)
        hear_each_other(citizen.phone, CITIZEN, town.operator.phone, OPERATOR)
        town.console.do("hangup", call=call)
        return _outcome(town, citizen, call, reason=reason)


# ── an employee ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def absent(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """Name, reason, return and choices are heard; a digit leads to a message, or in Aabenraa to a colleague."""
    call = _dial(town, citizen, town.person("meeting")["number"])
    _hear(town, citizen, "number-2")
    if town.id == "aabenraa":
        citizen.phone.press("1")
        return _talk(town, citizen, call)
    citizen.phone.press("2" if town.id == "falkenberg" else "1")
    return _leave_message(town, citizen, call)


def unreferred(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """Without a referral the caller comes to the operator, who sees why."""
    call = _dial(town, citizen, town.person("leave")["number"])
    _hear(town, citizen, "number-2")
    # In Falkenberg nobody may choose the switchboard: a colleague is tried first, who is busy.
    citizen.phone.press("1" if town.id == "falkenberg" else "2")
    return _at_the_operator(town, citizen, call)


def silent(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """Nobody answers a direct number. ``seen``: how long the telephone rang."""
    person = town.person("silent")
    call = _dial(town, citizen, person["number"])
    if _wait(town, call, "waiting", "recording") == "waiting":
        outcome = _at_the_operator(town, citizen, call)
    else:
        outcome = _leave_message(town, citizen, call)
    return Outcome(outcome.sound, outcome.record, {**outcome.seen, "rang": cast.silent.rang(person)})


def left(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """Who has left has a successor, who answers."""
    return _talk(town, citizen, _dial(town, citizen, town.person("leaver")["number"]))


def on_an_errand(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """The mobile rings, through the trunk, and is answered. ``seen``: its number, and whether the caller's telephone was told it."""
    outcome = _talk(town, citizen, _dial(town, citizen, town.person("errand")["number"]))
    number = mobile_of(town.municipality)
    rung = any(line.startswith(f"called: {number} by") for line in cast.mobiles.logged())
    return Outcome(
        outcome.sound, outcome.record, {"mobile": number if rung else "", "told": number in citizen.phone.log()}
    )


def protected(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """Somebody with a protected identity is away. What is offered after that is the municipality's."""
    offered = {"falkenberg": "leave-message", "aabenraa": "connecting"}
    call = _dial(town, citizen, town.person("protected")["number"])
    _hear(town, citizen, offered.get(town.id, "option-message"))
    citizen.phone.hang_up()
    return _outcome(town, citizen, call)


def _hear(town: Town, citizen: Citizen, last: str) -> None:
    """Wait until the caller has heard this recording, the last that the scene needs."""
    prompt = engine.places(town.stage.config).prompts / town.municipality.language / f"{last}.wav"

    def heard() -> bool:
        return citizen.recording is not None and heard_lately(citizen.recording, prompt)

    until(heard, PATIENCE, f"{town.id}: the caller hearing {last}", PAUSE)


def _talk(town: Town, citizen: Citizen, call: str) -> Outcome:
    """Somebody answers; the caller hangs up."""
    _wait(town, call, "connected")
    citizen.phone.hang_up()
    return _outcome(town, citizen, call)


def _leave_message(town: Town, citizen: Citizen, call: str) -> Outcome:
    """A second of it."""
    _wait(town, call, "recording")
    recordings = engine.places(town.stage.config).recordings

    def seconds() -> float:
        return sum(path.stat().st_size for path in recordings.glob(f"{call}-r*.wav")) / 16000

    until(lambda: seconds() > 1.0, PATIENCE, f"{town.id}: a second of message", PAUSE)
    citizen.phone.hang_up()
    town.console.wait_gone(call, PATIENCE)

    def kept() -> Outcome | None:
        outcome = _outcome(town, citizen, call)
        return outcome if outcome.record["voicemails"] else None

    return until(kept, PATIENCE, f"{town.id}: the message", PAUSE)


# ── groups ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def full_group(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """All members are busy: the caller comes to the operator."""
    return _at_the_operator(town, citizen, _dial(town, citizen, town.home["groups"][0]["number"]))


def in_turn(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """Three calls to a group. ``seen``: who answered each."""
    outcomes = [_talk(town, citizen, _dial(town, citizen, town.group_number(IN_TURN))) for _ in range(3)]
    answered_by = [facts(outcome.record, "answered")[0]["who"] for outcome in outcomes]
    return Outcome(None, outcomes[-1].record, {"answered_by": answered_by})


def hotline(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """A group whose time is over: the caller comes to the operator."""
    return _at_the_operator(town, citizen, _dial(town, citizen, town.group_number(HOTLINE)))


def picked_up(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """A colleague takes the call that rings at somebody's."""
    call = _dial(town, citizen, town.person("rung")["number"])
    _wait(town, call, "ringing")
    taker = town.person("taker")
    keys = scenarios.phone_call(taker["sip_user"], talk_ms=500)
    log_in = {"user": taker["sip_user"], "password": taker["sip_password"], "number": "*8"}
    Sipp.run(town.stage.folder, keys, town.stage.server, timeout=PATIENCE, **log_in)
    return _outcome(town, citizen, call)


# ── who comes first ─────────────────────────────────────────────────────────────────────────────────────────────────────


def external_first(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """A colleague has waited longer than a citizen for the operator. ``seen``: which of them she was offered."""
    colleague = town.person("colleague")
    log_in = {"user": colleague["sip_user"], "password": colleague["sip_password"], "number": town.main_number}
    with town.desk:
        town.console.do("pause", reason="lunch")
        inside = scenarios.phone_call(colleague["sip_user"], talk_ms=60_000)
        with Sipp(town.stage.folder, inside, town.stage.server, **log_in):
            waiting = town.console.wait_call(caller=colleague["number"], timeout=PATIENCE, state="waiting")
            call = _dial(town, citizen, town.main_number)
            _wait(town, call, "waiting")
            town.console.do("ready")
            first = until(
                lambda: [id_ for id_ in (call, waiting["id"]) if _is_offered(town, id_)], PATIENCE, "an offer"
            )
            town.console.do("answer", call=call)
            town.console.wait_call(call, PATIENCE, state="connected")
            town.console.do("hangup", call=call)
            town.console.wait_gone(call, PATIENCE)
            town.console.do("hangup", call=waiting["id"])
            town.console.wait_gone(waiting["id"], PATIENCE)
    return _outcome(town, citizen, call, offered=["citizen" if id_ == call else "colleague" for id_ in first])


def _is_offered(town: Town, call: str) -> bool:
    return town.operator.id in town.console.state["calls"].get(call, {}).get("offered_to", ())


# ── a unit ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def closed_unit(cast: Cast, town: Town, citizen: Citizen) -> Outcome:
    """Outside the unit's own hours, the switchboard being open: when it opens, and a message."""
    call = _dial(town, citizen, town.person("hours")["number"])
    _hear(town, citizen, "number-2")
    citizen.phone.press("1")
    return _leave_message(town, citizen, call)
