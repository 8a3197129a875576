# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The controller, with everything that goes in and comes out written to a file: how the traces here were made.

``python -m tests.traces.recorder FILE`` runs in place of ``vaxel controller``. Lines are JSON: ``in`` (a message of the engine),
``ask`` (an operator's command), ``phones`` (those registered), ``failed`` (a command that the engine refused), each with its
time ``at``, at which the controller's clock stands still meanwhile; ``do`` (commands to the engine) and ``journal``
(the kind of an entry) follow what caused them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import orjson

from vaxel.domain import commands as c
from vaxel.domain.call import Call
from vaxel.domain.journal import Entry
from vaxel.site.start_django import django
from vaxel.telephony.ari import Answer

FOREIGN = ("asterisk_id", "application", "timestamp", "creationtime", "protocol_id", "accountcode", "language")
"""What a message says of the engine that we never read, and that differs from run to run."""


def main(file: str) -> None:
    django()
    from vaxel.callcontrol import controller
    from vaxel.callcontrol import main as process
    from vaxel.callcontrol.controller import Controller
    from vaxel.callcontrol.desks import Desks

    clock = Clock()
    time.time, time.time_ns = clock.seconds, clock.nanoseconds
    output = open(file, "ab", buffering=0)  # noqa: SIM115 - until the process ends

    def write(**line: Any) -> None:
        output.write(orjson.dumps(line) + b"\n")

    class Recording(Controller):
        def message(self, message: dict[str, Any]) -> None:
            with clock.stopped():
                if message["type"] != "DeviceStateChanged":
                    write(at=time.time(), **{"in": _stripped(message)})
                super().message(message)

        def command(self, operator: str, frame: dict[str, Any]) -> dict[str, Any]:
            with clock.stopped():
                write(at=time.time(), ask=frame, operator=operator)
                return super().command(operator, frame)

        def failed(self, id_: str, command: c.EngineCommand, answer: Answer) -> None:
            with clock.stopped():
                refused = {"call": id_, "command": msgspec.to_builtins(command), "status": answer.status}
                write(at=time.time(), failed=refused)
                super().failed(id_, command, answer)

    class RecordingDesks(Desks):
        def phones_changed(self, registered: set[str]) -> None:
            write(at=time.time(), phones=sorted(registered))
            super().phones_changed(registered)

    class RecordingProcess(process.Process):
        def _run_commands(self, call: Call, commands: Sequence[c.EngineCommand]) -> None:
            write(do=[msgspec.to_builtins(command) for command in commands])
            super()._run_commands(call, commands)

        def _record(self, entry: Entry) -> None:
            write(journal=entry.kind)
            super()._record(entry)

    setattr(controller, "Desks", RecordingDesks)  # noqa: B010
    setattr(process, "Controller", Recording)  # noqa: B010
    setattr(process, "Process", RecordingProcess)  # noqa: B010
    process.main()


class Clock:
    """The system's, until it is stopped."""

    def __init__(self) -> None:
        self._real = time.time
        self._at: float | None = None

    def seconds(self) -> float:
        return self._real() if self._at is None else self._at

    def nanoseconds(self) -> int:
        return int(self.seconds() * 1e9)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        before, self._at = self._at, self.seconds()
        try:
            yield
        finally:
            self._at = before


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        # Where a telephone wants a caller to go, that there is one tells that two calls are to be joined.
        kept = {"protocol_id"} if "destination" in value else set()
        return {key: _stripped(item) for key, item in value.items() if key in kept or key not in FOREIGN}
    return [_stripped(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main(sys.argv[1])
