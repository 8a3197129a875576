# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""At start and after a lost connection: compare what the engine has with what the calls want, and put it right.

The only place where the engine is asked for its state. Nothing here waits for a call: facts become ordinary events, and what
the engine must still be told is the ordinary difference between two arrangements.
"""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import quote

import structlog
from msgspec import Struct
from msgspec.structs import replace

from vaxel.callcontrol import metrics
from vaxel.callcontrol.controller import Controller
from vaxel.domain import events as e
from vaxel.domain.arrangement import ABSENT, Arrangement, Stand, difference, ear, listening_bridge, wanted
from vaxel.domain.call import Call, LegState, MediaKind, Purpose, State
from vaxel.domain.plan import Cause
from vaxel.telephony.ari import Ari, Unreachable, path
from vaxel.telephony.execute import APPLICATION
from vaxel.telephony.translate import WANTED_EVENTS, NewCall, OwnLeg, reachable

log = structlog.get_logger()


class Channel(Struct, frozen=True):
    """A channel of the engine: ``state`` is its word for it, ``arguments`` those of our application if it is in it."""

    id: str
    state: str
    number: str
    name: str
    arguments: tuple[str, ...] | None


class Seen(Struct, frozen=True):
    """What the engine has: channels and bridges by id."""

    channels: dict[str, Channel]
    bridges: dict[str, frozenset[str]]


async def prepare(ari: Ari, phones: set[str]) -> set[str]:
    """Tell the engine which events we want, follow the operators' telephones; those registered now. Raises ``Unreachable``."""
    allowed = [{"type": kind} for kind in WANTED_EVENTS]
    answer = await ari.ask("PUT", path("applications", APPLICATION, "eventFilter"), {"allowed": allowed})
    if not answer.ok:
        raise Unreachable(f"The engine did not accept our application: status {answer.status}.")
    return await follow_phones(ari, phones)


async def follow_phones(ari: Ari, phones: set[str]) -> set[str]:
    registered = set()
    for phone in phones:
        source = f"deviceState:PJSIP/{phone}"
        await ari.ask("POST", path("applications", APPLICATION, "subscription", eventSource=source))
        answer = await ari.ask("GET", path("deviceStates", f"PJSIP/{phone}"))
        if answer.ok and reachable(answer.body["state"]):
            registered.add(phone)
    return registered


async def look(ari: Ari) -> Seen:
    """Ask for everything. Raises ``Unreachable``."""
    channels, bridges = await ari.ask("GET", "channels"), await ari.ask("GET", "bridges")
    if not channels.ok or not bridges.ok:
        raise Unreachable("The engine did not list its channels and bridges.")
    return Seen(
        channels={channel.id: channel for channel in map(_channel, channels.body)},
        bridges={bridge["id"]: frozenset(bridge["channels"]) for bridge in bridges.body},
    )


def _channel(body: dict[str, Any]) -> Channel:
    plan = body.get("dialplan", {})
    application, _, data = plan.get("app_data", "").partition(",")
    ours = plan.get("app_name") == "Stasis" and application == APPLICATION
    return Channel(
        id=body["id"],
        state=body["state"],
        number=body["caller"].get("number", ""),
        name=body["caller"].get("name", ""),
        arguments=tuple(data.split(",")) if ours else None,
    )


async def reconcile(ari: Ari, controller: Controller, away: float) -> None:
    """Bring calls and engine together. ``away`` is how long nobody has looked, in seconds."""
    seen = await look(ari)
    stored = await _stored_recordings(ari, controller)
    for call in list(controller.calls.values()):
        for event in missed(call, seen, stored):
            if call.id in controller.calls:
                controller.apply(call.id, event)
        if call.id in controller.calls:
            _put_right(controller, controller.calls[call.id], seen, away)
    await _subscribe(ari, controller, seen)
    _adopt_lines(controller, seen)
    _welcome_strangers(controller, seen)
    await _sweep(ari, controller, seen)
    controller.offers.look()


def missed(call: Call, seen: Seen, stored: set[str]) -> list[e.CallEvent]:
    """What must have happened to ``call`` while nobody looked."""
    at = time.time()
    happened: list[e.CallEvent] = []
    if call.recording is not None and f"{call.id}-r{call.recording}" in stored:
        seconds = max(0.0, at - call.since)
        happened.append(e.RecordingFinished(at=at, n=call.recording, duration=seconds))
    for leg in call.legs:
        if leg.state in (LegState.GONE, LegState.PLANNED):
            continue
        channel = seen.channels.get(leg.channel)
        if channel is None:
            happened.append(e.LegEnded(at=at, leg=leg.n, cause=Cause.GONE if leg.attempting else Cause.HANGUP))
        elif leg.ear and leg.wanted and ear(call.id, leg.n) not in seen.channels:
            happened.append(e.ListenEnded(at=at, operator=leg.party.id, cause=Cause.GONE))
        elif leg.state is not LegState.UP and channel.state == "Up" and channel.arguments is not None:
            happened.append(e.LegAnswered(at=at, leg=leg.n))
    return happened


def stand(call: Call, seen: Seen) -> Arrangement:
    """How the call stands in the engine. What a leg hears can't be asked: it counts as what the call wants."""
    bridge = seen.bridges.get(f"{call.id}-b")
    want = wanted(call)
    legs = {}
    for leg in call.legs:
        if leg.channel not in seen.channels or (leg.line and not leg.wanted):
            continue
        joined = bridge is not None and leg.channel in bridge
        if leg.purpose is Purpose.LISTEN:
            listens = leg.channel in seen.bridges.get(listening_bridge(call.id, leg.n), ())
            legs[leg.n] = Stand(exists=True, ear=ear(call.id, leg.n) in seen.channels, listens=listens)
            continue
        hears = want.legs.get(leg.n, ABSENT).media
        if hears is not None and hears.kind is MediaKind.MUSIC:
            # Started twice does no harm; not at all would leave a caller in silence.
            hears = None
        legs[leg.n] = Stand(exists=True, answer=seen.channels[leg.channel].state == "Up", joined=joined, media=hears)
    return Arrangement(legs=legs, bridge=bridge is not None)


def _put_right(controller: Controller, call: Call, seen: Seen, away: float) -> None:
    commands = difference(stand(call, seen), call)
    if commands:
        controller.run(call, commands)
    if call.state is not State.ENDED:
        metrics.ADOPTED.inc()
        controller.apply(call.id, e.Adopted(at=time.time(), away=round(away, 3)))


async def _stored_recordings(ari: Ari, controller: Controller) -> set[str]:
    """Of the recordings that calls wait for, those that the engine has finished."""
    names = [f"{call.id}-r{call.recording}" for call in controller.calls.values() if call.recording is not None]
    stored = set()
    for name in names:
        live = await ari.ask("GET", path("recordings", "live", name))
        if not live.ok and (await ari.ask("GET", path("recordings", "stored", name))).ok:
            stored.add(name)
    return stored


async def _subscribe(ari: Ari, controller: Controller, seen: Seen) -> None:
    """A new connection hears of old channels only when it asks to."""
    wanted_channels = [
        leg.channel for call in controller.calls.values() for leg in call.legs if leg.channel in seen.channels
    ]
    lines = [id_ for id_ in seen.channels if id_.startswith(f"{controller.node}-line-")]
    for start in range(0, len(wanted_channels + lines), 50):
        sources = ",".join(f"channel:{quote(id_)}" for id_ in (wanted_channels + lines)[start : start + 50])
        await ari.ask("POST", path("applications", APPLICATION, "subscription", eventSource=sources))


def _adopt_lines(controller: Controller, seen: Seen) -> None:
    for desk in controller.desks:
        prefix = f"{controller.node}-line-{desk.operator}-"
        mine = [id_ for id_, channel in seen.channels.items() if id_.startswith(prefix) and channel.state == "Up"]
        controller.desks.put(replace(desk, line=mine[0] if mine and desk.line_wanted else "", line_calling=""))
        controller.lines.follow(controller.desks[desk.operator])


def _welcome_strangers(controller: Controller, seen: Seen) -> None:
    """Callers who came in while nobody listened, and whose arrival was told to nobody."""
    for channel in seen.channels.values():
        arguments = channel.arguments
        if arguments is None or channel.id in controller.calls or controller.knows(channel.id):
            continue
        if len(arguments) == 3:
            source, name, dialled = arguments
            controller.news(
                NewCall(
                    channel=channel.id,
                    source=source,
                    name=name,
                    dialled=dialled,
                    number=channel.number,
                    caller_name=channel.name,
                )
            )
        else:
            controller.news(OwnLeg(channel=channel.id))


async def _sweep(ari: Ari, controller: Controller, seen: Seen) -> None:
    """End what is left of calls that are over: legs and lines of ours that nobody wants, then their bridges."""
    ours = re.compile(rf"{re.escape(controller.node)}-(\d+\.\d+o?-[ls]\d+|line-\w+-\d+)")
    kept = {desk.line or desk.line_calling for desk in controller.desks}
    ears = {ear(call.id, leg.n) for call in controller.calls.values() for leg in call.listeners}
    for id_ in seen.channels:
        if ours.fullmatch(id_) and not controller.knows(id_) and id_ not in kept | ears:
            log.info("leftover leg ended", channel=id_)
            await ari.ask("DELETE", path("channels", id_))
    for id_ in seen.bridges:
        if (
            id_.startswith(f"{controller.node}-")
            and id_.endswith("-b")
            and id_.removesuffix("-b") not in controller.calls
            and id_.removesuffix("-b") not in ears
        ):
            # What is still in it has just been told to leave; an empty bridge is deleted safely.
            log.info("leftover bridge ended", bridge=id_)
            for channel in seen.bridges[id_]:
                if not controller.knows(channel):
                    await ari.ask("DELETE", path("channels", channel))
            await ari.ask("DELETE", path("bridges", id_))
