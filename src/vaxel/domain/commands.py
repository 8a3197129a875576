# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the engine can be told. Every command can be repeated without harm: the ids are ours."""

from __future__ import annotations

from msgspec import Struct

from vaxel.domain.plan import Cause


class Command(Struct, frozen=True, kw_only=True, tag_field="command", tag=True):
    """``leg`` is the leg concerned, -1 for none."""

    leg: int = -1


class Answer(Command, frozen=True, tag="answer"):
    channel: str


class Dial(Command, frozen=True, tag="dial"):
    """Make a channel and ring ``endpoint``, showing the caller's ``number`` and ``name``. It never gives up by itself."""

    channel: str
    endpoint: str
    originator: str
    number: str
    name: str
    auto_answer: bool


class HangUp(Command, frozen=True, tag="hang_up"):
    channel: str
    cause: Cause


class ReleaseLine(Command, frozen=True, tag="release_line"):
    """The operator's open line has left this call and is hers again."""

    channel: str
    bridge: str


class TransferDone(Command, frozen=True, tag="transfer_done"):
    """Tell the telephone that asked for a transfer that it has been done, and end its call."""

    channel: str


class Snoop(Command, frozen=True, tag="snoop"):
    """Make ``ear``, which hears what is said on ``channel`` in both directions and is heard by nobody."""

    channel: str
    ear: str


class Listen(Command, frozen=True, tag="listen"):
    """Let ``channel`` hear what ``ear`` hears, in a bridge of their own."""

    channel: str
    ear: str
    bridge: str


class StopListening(Command, frozen=True, tag="stop_listening"):
    """Take ``channel`` out of ``bridge``, "" when it isn't in it yet, and remove ``ear``."""

    channel: str
    ear: str
    bridge: str


class Continue(Command, frozen=True, tag="continue"):
    """Give the caller back to the engine's own dialplan."""

    channel: str
    number: str


class CreateBridge(Command, frozen=True, tag="create_bridge"):
    bridge: str


class AddToBridge(Command, frozen=True, tag="add_to_bridge"):
    bridge: str
    channels: tuple[str, ...]


class RemoveFromBridge(Command, frozen=True, tag="remove_from_bridge"):
    bridge: str
    channels: tuple[str, ...]


class DestroyBridge(Command, frozen=True, tag="destroy_bridge"):
    bridge: str


class StartMusic(Command, frozen=True, tag="start_music"):
    channel: str


class StopMusic(Command, frozen=True, tag="stop_music"):
    channel: str


class Play(Command, frozen=True, tag="play"):
    channel: str
    playback: str
    items: tuple[str, ...]


class StopPlayback(Command, frozen=True, tag="stop_playback"):
    playback: str


class Record(Command, frozen=True, tag="record"):
    channel: str
    recording: str
    seconds: float


class StopRecording(Command, frozen=True, tag="stop_recording"):
    recording: str


EngineCommand = (
    Answer
    | Dial
    | HangUp
    | ReleaseLine
    | TransferDone
    | Snoop
    | Listen
    | StopListening
    | Continue
    | CreateBridge
    | AddToBridge
    | RemoveFromBridge
    | DestroyBridge
    | StartMusic
    | StopMusic
    | Play
    | StopPlayback
    | Record
    | StopRecording
)
