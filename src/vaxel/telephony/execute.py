# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands to ARI requests."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import Any

from msgspec import Struct

from vaxel.domain import commands as c
from vaxel.telephony.ari import Answer, Ari, path
from vaxel.telephony.translate import Q850

Failed = Callable[[c.EngineCommand, Answer], None]
Media = Callable[[Sequence[str]], tuple[str, ...]]
"""From prompts and tones of a plan to what ARI plays, in the call's organisation and language: ``media.finder``."""

APPLICATION = "vaxel"
FALLBACK = "fallback"
FROM_PHONE = "from-phone"
RECORDING_FORMAT = "wav"
TOLD_SECONDS = 0.5
"""How long a telephone has for ending its call by itself, once it is told that its transfer is done."""


class Request(Struct, frozen=True):
    method: str
    uri: str
    body: dict[str, Any] | None = None


def run(ari: Ari, call: str, commands: Sequence[c.EngineCommand], media: Media, failed: Failed) -> None:
    """Send the commands in order, without waiting. ``failed`` hears of those that the engine did not accept."""
    key = zlib.crc32(call.encode())
    for command in commands:
        for request in requests(command, media):
            ari.send(key, request.method, request.uri, request.body, _listener(command, failed))
        if isinstance(command, c.TransferDone):
            # At once, the end of the call would overtake the word, which the engine sends from another queue: "transfer failed".
            hang_up = path("channels", command.channel)
            asyncio.get_running_loop().call_later(TOLD_SECONDS, ari.send, key, "DELETE", hang_up)


def _listener(command: c.EngineCommand, failed: Failed) -> Callable[[Answer], None]:
    def heard(answer: Answer) -> None:
        if not answer.ok:
            failed(command, answer)

    return heard


def requests(command: c.EngineCommand, media: Media) -> list[Request]:
    """The ARI requests of a command; most are one."""
    if isinstance(command, c.Play):
        uri = path(
            "channels",
            command.channel,
            "play",
            command.playback,
            media=",".join(media(command.items)),
        )
        return [Request("POST", uri)]
    return _requests(command)


@singledispatch
def _requests(command: c.EngineCommand) -> list[Request]:
    raise TypeError(f"{type(command).__name__} has no ARI request")


@_requests.register
def _(command: c.Answer) -> list[Request]:
    return [Request("POST", path("channels", command.channel, "answer"))]


AUTO_ANSWER = {
    "PJSIP_HEADER(add,Call-Info)": "<sip:localhost>;answer-after=0",
    "PJSIP_HEADER(add,Alert-Info)": "<http://localhost>;info=alert-autoanswer",
}
"""The two ways by which desk phones are asked to answer by themselves (RFC 5373 is hardly implemented)."""


@_requests.register
def _(command: c.Dial) -> list[Request]:
    caller = f'"{_quoted(command.name)}" <{command.number}>'
    uri = path(
        "channels",
        endpoint=command.endpoint,
        app=APPLICATION,
        appArgs="leg",
        channelId=command.channel,
        callerId=caller,
        timeout=-1,
        originator=command.originator or None,
    )
    return [Request("POST", uri, {"variables": AUTO_ANSWER} if command.auto_answer else None)]


RING_TO_DIAL_SECONDS = 25


def ring_to_dial(channel: str, endpoint: str, dialled: str, shown: tuple[str, str]) -> Request:
    """Ring a telephone of the house, which shows ``shown`` (name, number); answered, it is as if it had dialled ``dialled``."""
    name, number = shown
    uri = path(
        "channels",
        endpoint=endpoint,
        context=FROM_PHONE,
        extension=dialled,
        priority=1,
        channelId=channel,
        callerId=f'"{_quoted(name)}" <{number}>',
        timeout=RING_TO_DIAL_SECONDS,
    )
    return Request("POST", uri)


def _quoted(name: str) -> str:
    """A caller's name is foreign text: what could end the quotation is left out."""
    return "".join(letter for letter in name if letter.isprintable() and letter not in '"<>\\')[:80]


@_requests.register
def _(command: c.HangUp) -> list[Request]:
    return [Request("DELETE", path("channels", command.channel, reason_code=Q850[command.cause]))]


@_requests.register
def _(command: c.ReleaseLine) -> list[Request]:
    if not command.bridge:
        return []
    return [Request("POST", path("bridges", command.bridge, "removeChannel", channel=command.channel))]


@_requests.register
def _(command: c.TransferDone) -> list[Request]:
    return [transfer_answer(command.channel, done=True)]


@_requests.register
def _(command: c.Snoop) -> list[Request]:
    options = {"app": APPLICATION, "appArgs": "ear", "spy": "both", "whisper": "none"}
    return [Request("POST", path("channels", command.channel, "snoop", command.ear, **options))]


@_requests.register
def _(command: c.Listen) -> list[Request]:
    return [
        Request("POST", path("bridges", command.bridge, type="mixing")),
        Request("POST", path("bridges", command.bridge, "addChannel", channel=command.ear)),
        Request("POST", path("bridges", command.bridge, "addChannel", channel=command.channel)),
    ]


@_requests.register
def _(command: c.StopListening) -> list[Request]:
    """The bridge is emptied before it goes, and what heard the call ends last."""
    end = Request("DELETE", path("channels", command.ear))
    if not command.bridge:
        return [end]
    leave = [
        Request("POST", path("bridges", command.bridge, "removeChannel", channel=channel))
        for channel in (command.channel, command.ear)
    ]
    return [*leave, Request("DELETE", path("bridges", command.bridge)), end]


def transfer_answer(channel: str, *, done: bool) -> Request:
    """What the telephone that asked for a transfer is told (RFC 3515): 200, or 603."""
    states = "channel_answered" if done else "channel_declined"
    return Request("POST", path("channels", channel, "transfer_progress", states=states))


@_requests.register
def _(command: c.Continue) -> list[Request]:
    uri = path("channels", command.channel, "continue", context=FALLBACK, extension=command.number, priority=1)
    return [Request("POST", uri)]


@_requests.register
def _(command: c.CreateBridge) -> list[Request]:
    return [Request("POST", path("bridges", command.bridge, type="mixing"))]


@_requests.register
def _(command: c.AddToBridge) -> list[Request]:
    return [Request("POST", path("bridges", command.bridge, "addChannel", channel=",".join(command.channels)))]


@_requests.register
def _(command: c.RemoveFromBridge) -> list[Request]:
    return [Request("POST", path("bridges", command.bridge, "removeChannel", channel=",".join(command.channels)))]


@_requests.register
def _(command: c.DestroyBridge) -> list[Request]:
    return [Request("DELETE", path("bridges", command.bridge))]


@_requests.register
def _(command: c.StartMusic) -> list[Request]:
    return [Request("POST", path("channels", command.channel, "moh"))]


@_requests.register
def _(command: c.StopMusic) -> list[Request]:
    return [Request("DELETE", path("channels", command.channel, "moh"))]


@_requests.register
def _(command: c.StopPlayback) -> list[Request]:
    return [Request("DELETE", path("playbacks", command.playback))]


@_requests.register
def _(command: c.Record) -> list[Request]:
    uri = path(
        "channels",
        command.channel,
        "record",
        name=command.recording,
        format=RECORDING_FORMAT,
        maxDurationSeconds=round(command.seconds),
        ifExists="fail",
        beep="true",
        terminateOn="#",
    )
    return [Request("POST", uri)]


@_requests.register
def _(command: c.StopRecording) -> list[Request]:
    return [Request("POST", path("recordings", "live", command.recording, "stop"))]
