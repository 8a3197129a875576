# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what a call wanted before and wants now to what the engine must be told.

The order matters: let go first (a line that is freed must be free), answer, silence what played, leave the bridge, join it, then play.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from vaxel.domain import commands as c
from vaxel.domain.call import Call, Leg, LegState, Media, MediaKind, Purpose
from vaxel.domain.plan import Cause, PartyKind, through_trunk


class Stand(Struct, frozen=True, kw_only=True):
    """How one leg stands in the engine: ``exists``, was ``answer`` sent, is it in the call's bridge, what does it hear.

    Of one that listens in: has it an ``ear`` in the call, and does it hear (``listens``) what that hears.
    """

    exists: bool
    answer: bool = False
    joined: bool = False
    media: Media | None = None
    ear: bool = False
    listens: bool = False


ENDINGS = {cause.value: cause for cause in Cause}
ABSENT = Stand(exists=False)


class Arrangement(Struct, frozen=True, kw_only=True):
    """How a call stands, or shall stand, in the engine."""

    legs: dict[int, Stand]
    bridge: bool


def wanted(call: Call) -> Arrangement:
    """The arrangement that ``call`` asks for. A leg joins, or hears, only once it is up."""
    legs = {leg.n: _stand(leg, call) for leg in call.legs if leg.wanted and leg.state is not LegState.PLANNED}
    return Arrangement(
        legs=legs, bridge=not call.finished and (call.bridged or any(stand.joined for stand in legs.values()))
    )


def _stand(leg: Leg, call: Call) -> Stand:
    up = leg.state is LegState.UP
    if leg.purpose is Purpose.LISTEN:
        ear = up and call.subject.up
        return Stand(exists=True, ear=ear, listens=ear and leg.ear)
    return Stand(exists=True, answer=leg.answer and up, joined=leg.talking and up, media=leg.media if up else None)


def ear(call: str, leg: int) -> str:
    """The channel by which leg number ``leg`` of a call hears it."""
    return f"{call}-s{leg}"


def listening_bridge(call: str, leg: int) -> str:
    return f"{ear(call, leg)}-b"


NOTHING = Arrangement(legs={}, bridge=False)


def at_start(call: Call) -> Arrangement:
    """What the engine has when ``call`` begins: the caller's channel; nothing when an operator calls out."""
    came_in = call.subject.channel == call.id
    return Arrangement(legs={call.subject.n: Stand(exists=True)}, bridge=False) if came_in else NOTHING


def difference(before: Arrangement, call: Call) -> list[c.EngineCommand]:
    """Commands, in order, that lead from ``before`` to what ``call`` wants."""
    after = wanted(call)
    return [*_parting(before, after, call), *_joining(before, after, call), *_hearing(before, after, call)]


def _parting(before: Arrangement, after: Arrangement, call: Call) -> Iterator[c.EngineCommand]:
    bridge = f"{call.id}-b"
    for leg in call.legs:
        old, new = before.legs.get(leg.n, ABSENT), after.legs.get(leg.n, ABSENT)
        if not old.exists:
            continue
        if old.ear and not new.ear:
            yield _stop_listening(leg, old, call)
        if not new.exists:
            yield from _leaving(leg, old, call)
            continue
        if old.media is not None and old.media != new.media:
            yield from _silence(leg, old.media, call)
        if old.joined and not new.joined:
            yield c.RemoveFromBridge(leg=leg.n, bridge=bridge, channels=(leg.channel,))
    if before.bridge and not after.bridge:
        yield c.DestroyBridge(bridge=bridge)


def _stop_listening(leg: Leg, old: Stand, call: Call) -> c.StopListening:
    bridge = listening_bridge(call.id, leg.n) if old.listens else ""
    return c.StopListening(leg=leg.n, channel=leg.channel, ear=ear(call.id, leg.n), bridge=bridge)


def _leaving(leg: Leg, old: Stand, call: Call) -> Iterator[c.EngineCommand]:
    bridge = f"{call.id}-b"
    if leg.transfers and leg.cause is None:
        # An open line, too: the telephone that asked for the transfer takes it for the end of its call.
        if old.joined:
            yield c.RemoveFromBridge(leg=leg.n, bridge=bridge, channels=(leg.channel,))
        yield c.TransferDone(leg=leg.n, channel=leg.channel)
    elif leg.line and leg.cause is None:
        if old.media is not None:
            yield from _silence(leg, old.media, call)
        yield c.ReleaseLine(leg=leg.n, channel=leg.channel, bridge=bridge if old.joined else "")
    elif leg.state is not LegState.GONE:
        yield _let_go(leg, call)


def _let_go(leg: Leg, call: Call) -> c.EngineCommand:
    if call.to_fallback and leg.n == call.subject.n:
        return c.Continue(leg=leg.n, channel=leg.channel, number=call.dialled)
    cause = ENDINGS.get(call.end_cause, Cause.HANGUP)
    return c.HangUp(leg=leg.n, channel=leg.channel, cause=cause)


def _silence(leg: Leg, media: Media, call: Call) -> Iterator[c.EngineCommand]:
    match media.kind:
        case MediaKind.MUSIC:
            yield c.StopMusic(leg=leg.n, channel=leg.channel)
        case MediaKind.TONE | MediaKind.PROMPTS:
            if media.n != call.heard:
                yield c.StopPlayback(leg=leg.n, playback=f"{call.id}-p{media.n}")
        case MediaKind.RECORDING:
            if media.n == call.recording:
                yield c.StopRecording(leg=leg.n, recording=f"{call.id}-r{media.n}")


def _joining(before: Arrangement, after: Arrangement, call: Call) -> Iterator[c.EngineCommand]:
    bridge = f"{call.id}-b"
    if after.bridge and not before.bridge:
        yield c.CreateBridge(bridge=bridge)
    joining = []
    for leg in call.legs:
        old, new = before.legs.get(leg.n, ABSENT), after.legs.get(leg.n, ABSENT)
        if new.answer and not old.answer:
            yield c.Answer(leg=leg.n, channel=leg.channel)
        if new.exists and not old.exists and not leg.line and leg.endpoint:
            yield _dial(leg, call)
        if new.joined and not old.joined:
            joining.append(leg)
        if new.ear and not old.ear:
            yield c.Snoop(leg=leg.n, channel=call.subject.channel, ear=ear(call.id, leg.n))
        if new.listens and not old.listens:
            hears, own = ear(call.id, leg.n), listening_bridge(call.id, leg.n)
            yield c.Listen(leg=leg.n, channel=leg.channel, ear=hears, bridge=own)
    # One after the other: if one has just gone, the other's joining must not fail with it.
    for leg in joining:
        yield c.AddToBridge(leg=leg.n, bridge=bridge, channels=(leg.channel,))


def _dial(leg: Leg, call: Call) -> c.Dial:
    """The telephone shows whom it will talk to: the caller; outside, and to whom an operator rings, the organisation's number."""
    shown = call.caller
    number, name = shown.number, shown.name
    if leg.party.kind is PartyKind.NUMBER or through_trunk(leg.endpoint) or leg.n == call.subject.n:
        number, name = call.shown_number or shown.number, ""
    return c.Dial(
        leg=leg.n,
        channel=leg.channel,
        endpoint=leg.endpoint,
        originator=call.subject.channel if call.subject.up and call.subject.n != leg.n else "",
        number=number,
        name=name,
        auto_answer=leg.auto_answer,
    )


def _hearing(before: Arrangement, after: Arrangement, call: Call) -> Iterator[c.EngineCommand]:
    for leg in call.legs:
        old, new = before.legs.get(leg.n, ABSENT), after.legs.get(leg.n, ABSENT)
        media = new.media
        if media is None or old.media == media:
            continue
        match media.kind:
            case MediaKind.MUSIC:
                yield c.StartMusic(leg=leg.n, channel=leg.channel)
            case MediaKind.TONE | MediaKind.PROMPTS:
                yield c.Play(leg=leg.n, channel=leg.channel, playback=f"{call.id}-p{media.n}", items=media.items)
            case MediaKind.RECORDING:
                yield c.Record(leg=leg.n, channel=leg.channel, recording=f"{call.id}-r{media.n}", seconds=media.seconds)
