# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An engine of a few lines: it keeps what commands made, refuses what a real one would, and tells what happened."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaxel.domain import commands as c
from vaxel.domain.arrangement import at_start, difference, wanted
from vaxel.domain.call import Call


class Misuse(AssertionError):
    """The call told the engine something that makes no sense."""


@dataclass
class SimulatedEngine:
    """Channels by id; what each hears; the bridge's members. ``lines`` outlive the call.

    ``ears`` are channels that hear another, ``listening`` channels that hear what an ear hears.
    """

    channels: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    hears: dict[str, str] = field(default_factory=dict)
    bridge: set[str] | None = None
    bridges_made: int = 0
    recordings: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    ears: dict[str, str] = field(default_factory=dict)
    listening: dict[str, str] = field(default_factory=dict)

    def follow(self, before: Call | None, after: Call) -> list[c.EngineCommand]:
        """Carry out what leads from ``before`` to ``after``."""
        commands = difference(at_start(after) if before is None else wanted(before), after)
        for command in commands:
            self.do(command)
        return commands

    def do(self, command: c.EngineCommand) -> None:
        getattr(self, type(command).__name__.lower())(command)

    def gone(self, channel: str) -> None:
        """The far end hung up."""
        self.channels.discard(channel)
        self.hears.pop(channel, None)
        if self.bridge is not None:
            self.bridge.discard(channel)

    def _must_exist(self, channel: str) -> None:
        if channel not in self.channels and channel not in self.lines:
            raise Misuse(f"{channel} is not there")

    def _once(self, id_: str) -> None:
        if id_ in self.used:
            raise Misuse(f"{id_} is used twice")
        self.used.add(id_)

    def snoop(self, command: c.Snoop) -> None:
        self._must_exist(command.channel)
        self._once(command.ear)
        self.ears[command.ear] = command.channel

    def listen(self, command: c.Listen) -> None:
        self._must_exist(command.channel)
        self._once(command.bridge)
        if command.ear not in self.ears:
            raise Misuse(f"{command.ear} is not there")
        if self.bridge is not None and command.channel in self.bridge:
            raise Misuse(f"{command.channel} talks, and would listen besides")
        self.listening[command.channel] = command.ear

    def stoplistening(self, command: c.StopListening) -> None:
        if command.ear not in self.ears:
            raise Misuse(f"{command.ear} is not there")
        del self.ears[command.ear]
        if bool(command.bridge) != (self.listening.pop(command.channel, None) is not None):
            raise Misuse(f"{command.channel} and its bridge don't agree")

    def answer(self, command: c.Answer) -> None:
        self._must_exist(command.channel)

    def dial(self, command: c.Dial) -> None:
        self._once(command.channel)
        self.channels.add(command.channel)

    def hangup(self, command: c.HangUp) -> None:
        self._must_exist(command.channel)
        self.gone(command.channel)

    def releaseline(self, command: c.ReleaseLine) -> None:
        if self.bridge is not None:
            self.bridge.discard(command.channel)
        # The real engine plays on, and lets nobody put the line into the next call's bridge before the tone has ended: never.
        if command.channel in self.hears:
            raise Misuse(f"{command.channel} still hears {self.hears[command.channel]}")

    def transferdone(self, command: c.TransferDone) -> None:
        self._must_exist(command.channel)
        if self.bridge is not None and command.channel in self.bridge:
            raise Misuse(f"{command.channel} is still in the bridge")
        self.gone(command.channel)

    def continue_(self, command: c.Continue) -> None:
        self._must_exist(command.channel)
        self.gone(command.channel)

    def createbridge(self, command: c.CreateBridge) -> None:
        self._once(command.bridge)
        self.bridge = set()

    def addtobridge(self, command: c.AddToBridge) -> None:
        if self.bridge is None:
            raise Misuse("no bridge")
        for channel in command.channels:
            self._must_exist(channel)
            if channel in self.hears:
                raise Misuse(f"{channel} still hears {self.hears[channel]}")
            if channel in self.listening:
                raise Misuse(f"{channel} still listens in")
            self.bridge.add(channel)

    def removefrombridge(self, command: c.RemoveFromBridge) -> None:
        for channel in command.channels:
            if self.bridge is None or channel not in self.bridge:
                raise Misuse(f"{channel} is not in the bridge")
            self.bridge.discard(channel)

    def destroybridge(self, command: c.DestroyBridge) -> None:
        if self.bridge is None:
            raise Misuse("no bridge")
        if self.bridge:
            raise Misuse(f"bridge destroyed with {self.bridge} in it")
        self.bridge = None

    def _hear(self, channel: str, what: str) -> None:
        self._must_exist(channel)
        if channel in self.hears:
            raise Misuse(f"{channel} hears {self.hears[channel]} already")
        if self.bridge is not None and channel in self.bridge:
            raise Misuse(f"{channel} is in the bridge")
        self.hears[channel] = what

    def startmusic(self, command: c.StartMusic) -> None:
        self._hear(command.channel, "music")

    def stopmusic(self, command: c.StopMusic) -> None:
        if self.hears.pop(command.channel, None) != "music":
            raise Misuse("no music to stop")

    def play(self, command: c.Play) -> None:
        self._once(command.playback)
        self._hear(command.channel, command.playback)

    def stopplayback(self, command: c.StopPlayback) -> None:
        self.hears = {channel: what for channel, what in self.hears.items() if what != command.playback}

    def heard(self, playback: str) -> None:
        """The playback came to its end."""
        self.hears = {channel: what for channel, what in self.hears.items() if what != playback}

    def record(self, command: c.Record) -> None:
        self._once(command.recording)
        self._hear(command.channel, command.recording)
        self.recordings.add(command.recording)

    def stoprecording(self, command: c.StopRecording) -> None:
        self.heard(command.recording)


# "continue" is a word of the language.
setattr(SimulatedEngine, "continue", SimulatedEngine.continue_)
