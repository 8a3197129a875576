# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the engine's messages to domain events. What isn't listed here ends here.

The times in the engine's messages are the engine's; an event's time is ours, taken once when the message was read.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from vaxel.domain import events as e
from vaxel.domain.plan import Cause

CAUSES = {
    0: Cause.GONE,
    1: Cause.FAILED,
    3: Cause.UNREGISTERED,
    16: Cause.HANGUP,
    17: Cause.BUSY,
    18: Cause.NO_ANSWER,
    19: Cause.NO_ANSWER,
    20: Cause.UNREGISTERED,
    21: Cause.REJECTED,
    26: Cause.RELEASED,
    27: Cause.UNREGISTERED,
    31: Cause.HANGUP,
    32: Cause.FAILED,
    34: Cause.BUSY,
}
"""Q.850 cause codes as Asterisk reports them. 127 and others: failed."""

NORMAL_CLEARING = 16

Q850 = {
    Cause.HANGUP: 16,
    Cause.RELEASED: 16,
    Cause.BUSY: 17,
    Cause.NO_ANSWER: 19,
    Cause.REJECTED: 21,
    Cause.UNREGISTERED: 20,
    Cause.UNALLOCATED: 1,
    Cause.FAILED: 34,
    Cause.GONE: 16,
}
"""What a caller's network is told when we end a call that was never answered."""


class NewCall(Struct, frozen=True, kw_only=True):
    """A channel that entered the application by the dialplan: ``source`` is trunk or phone, ``name`` which."""

    channel: str
    source: str
    name: str
    dialled: str
    number: str
    caller_name: str


class OwnLeg(Struct, frozen=True, kw_only=True):
    """A channel that we originated has been answered and is in the application."""

    channel: str


class Heard(Struct, frozen=True, kw_only=True):
    """A playback has ended."""

    playback: str


class RecordingDone(Struct, frozen=True, kw_only=True):
    recording: str
    seconds: float
    failed: str = ""


ChannelEvent = e.LegRinging | e.LegEnded | e.DigitPressed | e.PhoneHeld | e.PhoneResumed


class ChannelNews(Struct, frozen=True, kw_only=True):
    """Something about a channel; ``event`` lacks only the leg's number."""

    channel: str
    event: ChannelEvent


class TransferAsked(Struct, frozen=True, kw_only=True):
    """Someone pressed transfer on a telephone. ``phone`` is its SIP user, ``to`` what was dialled.

    ``second`` is the channel of another call, to be joined with this one, ("" when the engine has no such call), and ``second_phone``
    whose it is; None when a number was dialled instead.
    """

    channel: str
    phone: str
    to: str
    second: str | None = None
    second_phone: str = ""


class Registration(Struct, frozen=True, kw_only=True):
    """A telephone came or went. ``user`` is its SIP user."""

    user: str
    registered: bool


class Replaced(Struct, frozen=True):
    """Another controller has taken over the application."""


News = NewCall | OwnLeg | Heard | RecordingDone | ChannelNews | TransferAsked | Registration | Replaced


def cause_of(code: int) -> Cause:
    return CAUSES.get(code, Cause.FAILED)


def translate(message: dict[str, Any], at: float) -> News | None:
    """The news in an engine's message, or None when it carries none for us. Raises ``KeyError`` on a message out of shape."""
    reader = READERS.get(message.get("type", ""))
    return reader(message, at) if reader is not None else None


def _stasis_start(message: dict[str, Any], at: float) -> News | None:
    channel, args = message["channel"], message["args"]
    if len(args) == 1:
        return OwnLeg(channel=channel["id"])
    if len(args) != 3:
        return None
    caller = channel["caller"]
    return NewCall(
        channel=channel["id"],
        source=args[0],
        name=args[1],
        dialled=args[2],
        number=caller.get("number", ""),
        caller_name=caller.get("name", ""),
    )


def _state_change(message: dict[str, Any], at: float) -> News | None:
    channel = message["channel"]
    # "Up" is not news: a leg counts as answered once it has entered the application, where commands reach it.
    if channel["state"] != "Ringing":
        return None
    return ChannelNews(channel=channel["id"], event=e.LegRinging(at=at, leg=-1))


def _ended(message: dict[str, Any], at: float) -> News | None:
    """The first of three messages that tells of a channel's end counts.

    A hang-up request carries the cause and comes first; "destroyed" comes only for channels that the application has subscribed
    to, which callers' are not; leaving the application is all that is told of one that the dialplan took back.
    """
    code = int(message.get("cause", NORMAL_CLEARING))
    return ChannelNews(
        channel=message["channel"]["id"], event=e.LegEnded(at=at, leg=-1, cause=cause_of(code), code=code)
    )


def _digit(message: dict[str, Any], at: float) -> News | None:
    return ChannelNews(channel=message["channel"]["id"], event=e.DigitPressed(at=at, leg=-1, digit=message["digit"]))


def _held(message: dict[str, Any], at: float) -> News | None:
    return ChannelNews(channel=message["channel"]["id"], event=e.PhoneHeld(at=at, leg=-1))


def _resumed(message: dict[str, Any], at: float) -> News | None:
    return ChannelNews(channel=message["channel"]["id"], event=e.PhoneResumed(at=at, leg=-1))


def _transfer(message: dict[str, Any], at: float) -> News | None:
    # With a state it only tells what we have told the telephone.
    if "state" in message:
        return None
    source, to = message["referred_by"]["source_channel"], message["refer_to"]
    wanted = to["requested_destination"]
    other = to.get("destination_channel", {"id": "", "name": ""})
    return TransferAsked(
        channel=source["id"],
        phone=_sip_user(source["name"]),
        to=wanted.get("destination", ""),
        second=other["id"] if "protocol_id" in wanted else None,
        second_phone=_sip_user(other["name"]),
    )


def _sip_user(channel_name: str) -> str:
    """``PJSIP/anna-0000001f`` → ``anna``; "" for what is no telephone's."""
    technology, _, rest = channel_name.partition("/")
    return rest.rpartition("-")[0] if technology == "PJSIP" else ""


def _playback(message: dict[str, Any], at: float) -> News | None:
    return Heard(playback=message["playback"]["id"])


def _recorded(message: dict[str, Any], at: float) -> News | None:
    recording = message["recording"]
    return RecordingDone(recording=recording["name"], seconds=float(recording.get("duration", 0)))


def _not_recorded(message: dict[str, Any], at: float) -> News | None:
    recording = message["recording"]
    return RecordingDone(recording=recording["name"], seconds=0.0, failed=recording.get("cause") or "failed")


def _device(message: dict[str, Any], at: float) -> News | None:
    """Device states tell registration with one message a change, where endpoint subscriptions would repeat every channel's."""
    device = message["device_state"]
    technology, _, user = device["name"].partition("/")
    return Registration(user=user, registered=reachable(device["state"])) if technology == "PJSIP" else None


def reachable(device_state: str) -> bool:
    return device_state not in ("UNAVAILABLE", "INVALID", "UNKNOWN")


def _replaced(message: dict[str, Any], at: float) -> News | None:
    return Replaced()


READERS = {
    "StasisStart": _stasis_start,
    "ChannelStateChange": _state_change,
    "ChannelHangupRequest": _ended,
    "StasisEnd": _ended,
    "ChannelDestroyed": _ended,
    "ChannelDtmfReceived": _digit,
    "ChannelHold": _held,
    "ChannelUnhold": _resumed,
    "ChannelTransfer": _transfer,
    "PlaybackFinished": _playback,
    "RecordingFinished": _recorded,
    "RecordingFailed": _not_recorded,
    "DeviceStateChanged": _device,
    "ApplicationReplaced": _replaced,
}

WANTED_EVENTS = tuple(READERS)
"""The application's event filter: the engine need not make the others."""
