# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts' log files: written by the parts themselves, watched here for what the person at the terminal should see.

Parts write to files, not to the supervisor: a part must be able to write its log when the supervisor has been killed.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import IO

LIMIT = 50_000_000
SHOWN = frozenset({"warning", "error", "critical"})
MOST_AT_ONCE = 8


def log_file(var: Path, part: str) -> Path:
    return var / "log" / f"{part}.log"


def open_log(var: Path, part: str) -> IO[bytes]:
    """For appending: a file that is cut short while a part writes must not get a hole."""
    path = log_file(var, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("ab")


class Watch:
    """Follows one part's log from its present end."""

    def __init__(self, var: Path, part: str) -> None:
        self.part = part
        self.path = log_file(var, part)
        self.position = self.path.stat().st_size if self.path.exists() else 0
        self.rest = b""

    def news(self) -> list[str]:
        """What to show since the last time, at most a screenful; the file has all of it."""
        lines = [text for line in self._lines() if (text := shown(line))]
        if len(lines) > MOST_AT_ONCE:
            return [*lines[:MOST_AT_ONCE], f"… {len(lines) - MOST_AT_ONCE} more: {self.path}"]
        return lines

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return []
        size = self.path.stat().st_size
        self.position = min(self.position, size)
        with self.path.open("rb") as file:
            file.seek(self.position)
            content = self.rest + file.read()
            self.position = file.tell()
        *lines, self.rest = content.split(b"\n")
        return [line.decode(errors="replace") for line in lines]

    def rotate(self) -> None:
        """Keeps one older file. Copied and cut short, since the part holds the file open."""
        if self.path.exists() and self.path.stat().st_size > LIMIT:
            shutil.copyfile(self.path, self.path.with_suffix(".log.1"))
            os.truncate(self.path, 0)
            self.position, self.rest = 0, b""


def shown(line: str) -> str:
    """The line for the terminal; empty when it isn't a warning or worse."""
    try:
        record = json.loads(line)
    except ValueError:
        return line if any(word in line for word in ("ERROR", "WARNING", "Error: ", "vaxel: ")) else ""
    if not isinstance(record, dict) or record.get("level") not in SHOWN:
        return ""
    hidden = {"level", "event", "timestamp", "part", "logger", "exception"}
    facts = " ".join(f"{key}={value}" for key, value in record.items() if key not in hidden)
    cause = record.get("exception")
    if isinstance(cause, list) and cause:
        facts = f"{facts} {cause[0].get('exc_type')}: {cause[0].get('exc_value')}".strip()
    return f"{record['level']}: {record.get('event', '')} {facts}".rstrip()


def last_words(*files: Path) -> str:
    """The last complaint in a part's logs, or else the last line, for saying why it ended."""
    lines = [line for file in files for line in _end_of(file) if line.strip()]
    complaints = [text for line in lines if (text := shown(line))]
    return (complaints or lines or [""])[-1][:300]


def _end_of(file: Path) -> list[str]:
    if not file.exists():
        return []
    with file.open("rb") as content:
        content.seek(max(0, file.stat().st_size - 4000))
        return content.read().decode(errors="replace").splitlines()[-12:]
