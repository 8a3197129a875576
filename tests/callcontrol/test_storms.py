# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A telephone out of order, or somebody who means harm, sends the same hundreds of times."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from vaxel.callcontrol.controller import MOST_HOLDS, Controller
from vaxel.callcontrol.spool import Spool
from vaxel.directory.snapshot import Snapshot

DIRECTORY = Path(__file__).parents[1] / "traces/directory.json"
CALLER = "n1-1764000000.1"


def test_hold_pressed_again_and_again_does_not_make_the_calls_story_endless(tmp_path: Path) -> None:
    async def storm() -> None:
        journal = Spool(tmp_path / "journal")
        journal.begin([], [])
        snapshot = msgspec.json.decode(DIRECTORY.read_bytes(), type=Snapshot)
        number = next(iter(snapshot.world.organisations.values())).main_number
        recorded: list[str] = []
        controller = Controller("n1", snapshot, journal, lambda entry: recorded.append(entry.kind))
        channel = {"id": CALLER, "caller": {"number": "46701740605", "name": ""}}
        controller.message({"type": "StasisStart", "args": ["trunk", "demo", number], "channel": channel})
        for _ in range(500):
            controller.message({"type": "ChannelHold", "channel": channel})
            controller.message({"type": "ChannelUnhold", "channel": channel})
        codes = [fact.code for fact in controller.calls[CALLER].facts]
        assert codes.count("phone_held") + codes.count("phone_resumed") == MOST_HOLDS + 1
        assert len(recorded) < MOST_HOLDS + 10
        controller.stop()

    asyncio.run(storm())
