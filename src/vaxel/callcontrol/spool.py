# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The journal on local disk: what has been decided is written here before the engine is told.

A segment is a file of JSON lines. Its first lines are the calls and desks as they stood when it was begun; then one line an event.
``write`` hands the line to the operating system, so a killed process loses nothing; a segment is removed once the database
has all of it and a newer one has been begun. Replaying the events gives the calls again: that is how a restarted controller knows them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from vaxel.domain.call import Call
from vaxel.domain.desk import Desk, OperatorEvent
from vaxel.domain.events import CallEvent

LINES_A_SEGMENT = 20_000


class CallState(Struct, frozen=True, tag="call"):
    call: Call


class DeskState(Struct, frozen=True, tag="desk"):
    desk: Desk


class CallLine(Struct, frozen=True, tag="c"):
    """Event number ``n`` of call ``id``."""

    id: str
    n: int
    event: CallEvent


class DeskLine(Struct, frozen=True, tag="o"):
    id: str
    n: int
    event: OperatorEvent


Line = CallState | DeskState | CallLine | DeskLine

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Line)


class Spool:
    """Appends lines; one process at a time. ``folder`` is made when missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._file: int | None = None
        self._number = max((_number(path) for path in self.segments()), default=0)
        self._lines = 0

    def segments(self) -> list[Path]:
        """All segments, oldest first."""
        return sorted(self.folder.glob("*.jsonl"), key=_number)

    @property
    def full(self) -> bool:
        return self._lines >= LINES_A_SEGMENT

    @property
    def number(self) -> int:
        """The segment now written to."""
        return self._number

    def begin(self, calls: Iterable[Call], desks: Iterable[Desk]) -> None:
        """Start a new segment from the present state."""
        head = [CallState(call) for call in calls] + [DeskState(desk) for desk in desks]
        path = self.folder / f"{self._number + 1:08}.jsonl"
        draft = path.with_suffix(".new")
        draft.write_bytes(b"".join(_encoder.encode(line) + b"\n" for line in head))
        # Under its name only when complete: a half-written head would be taken for the whole state.
        draft.rename(path)
        if self._file is not None:
            os.close(self._file)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)
        self._number += 1
        self._lines = 0

    def append(self, line: CallLine | DeskLine) -> None:
        """One write, so that a crash leaves whole lines, or one torn line at the very end. Raises ``OSError``."""
        if self._file is None:
            raise RuntimeError("begin() first")
        data = _encoder.encode(line) + b"\n"
        while data:
            data = data[os.write(self._file, data) :]
        self._lines += 1

    def discard_before(self, number: int) -> None:
        """Remove segments older than ``number``: the database has them."""
        for path in self.segments():
            if _number(path) < number:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def read(path: Path) -> Iterator[Line]:
    """The lines of a segment. A torn last line, and one that a newer version wrote, is left out."""
    for raw in path.read_bytes().splitlines():
        try:
            yield _decoder.decode(raw)
        except msgspec.MsgspecError:
            continue


def plain(event: CallEvent | OperatorEvent) -> dict[str, Any]:
    """The event as JSON values, for the database, where others read them than those who may know what was rung: without endpoints."""
    value: dict[str, Any] = _without_endpoints(msgspec.to_builtins(event))
    value.pop("kind")
    return value


def _without_endpoints(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_endpoints(item) for key, item in value.items() if key != "endpoint"}
    return [_without_endpoints(item) for item in value] if isinstance(value, list | tuple) else value


def kind(event: CallEvent | OperatorEvent) -> str:
    return str(type(event).__struct_config__.tag)


def _number(path: Path) -> int:
    return int(path.stem)
