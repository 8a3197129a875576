# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a real engine once said, said again: the controller gives the same commands and writes the same journal."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from vaxel.callcontrol.controller import Controller
from vaxel.callcontrol.spool import Spool
from vaxel.directory.snapshot import Snapshot
from vaxel.domain import commands as c
from vaxel.domain.call import Call
from vaxel.telephony.ari import Answer

FOLDER = Path(__file__).parent
TRACES = sorted(FOLDER.glob("*.jsonl"))


class Replay:
    """A controller with a clock that shows the trace's time, and an engine that only listens."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.out: list[dict[str, Any]] = []
        self.now = 0.0
        monkeypatch.setattr(time, "time", lambda: self.now)
        monkeypatch.setattr(time, "time_ns", lambda: int(self.now * 1e9))
        spool = Spool(folder)
        spool.begin([], [])
        snapshot = msgspec.json.decode((FOLDER / "directory.json").read_bytes(), type=Snapshot)
        self.controller = Controller("n1", snapshot, spool, lambda entry: self.out.append({"journal": entry.kind}))
        self.controller.run = self._run
        self.controller.connected = True

    def _run(self, call: Call, commands: Sequence[c.EngineCommand]) -> None:
        self.out.append({"do": json.loads(msgspec.json.encode(list(commands)))})

    async def take(self, line: dict[str, Any]) -> None:
        self.now = line["at"]
        if "in" in line:
            self.controller.message(line["in"])
        elif "ask" in line:
            self.controller.command(line["operator"], dict(line["ask"]))
        elif "failed" in line:
            refused = line["failed"]
            command: c.EngineCommand = msgspec.convert(refused["command"], c.EngineCommand)
            self.controller.failed(refused["call"], command, Answer(refused["status"]))
        else:
            self.controller.desks.phones_changed(set(line["phones"]))
        # What is put off to the end of the turn, as distributing waiting calls is.
        for _ in range(3):
            await asyncio.sleep(0)


@pytest.mark.parametrize("trace", TRACES, ids=[path.stem for path in TRACES])
def test_the_same_commands_and_the_same_journal(trace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.loads(line) for line in trace.read_text().splitlines()]
    expected = [line for line in lines if "do" in line or "journal" in line]

    async def replay() -> list[dict[str, Any]]:
        replayed = Replay(tmp_path / "journal", monkeypatch)
        for line in lines:
            if "at" in line:
                await replayed.take(line)
        left = list(replayed.controller.calls)
        return [*replayed.out, {"left": left}]

    assert asyncio.run(replay()) == [*expected, {"left": []}]


def test_there_are_traces() -> None:
    assert len(TRACES) >= 4
