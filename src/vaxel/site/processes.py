# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The processes of an installation, known by a mark in their environment that their children inherit.

The mark outlives the supervisor: whatever a killed one left behind is found by the next one, with no file
that could be out of date.
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

FOLDER = "VAXEL_SUPERVISED"
PART = "VAXEL_PART"


class Process(NamedTuple):
    pid: int
    part: str
    leads: bool
    """It leads its process group: it was started by the supervisor itself."""


def mark(var: Path, part: str) -> dict[str, str]:
    """Environment variables for a process of the installation in ``var``."""
    return {FOLDER: str(var.resolve()), PART: part}


def ours(var: Path) -> list[Process]:
    """All processes of the installation in ``var`` that this user may see, without the one that asks."""
    folder = str(var.resolve())
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        pid = int(entry.name)
        environment = _environment(entry) if pid != os.getpid() else {}
        if environment.get(FOLDER) == folder and not _is_zombie(entry):
            with suppress(ProcessLookupError):
                found.append(Process(pid, environment.get(PART, "?"), os.getpgid(pid) == pid))
    return found


def _environment(entry: Path) -> dict[str, str]:
    try:
        content = (entry / "environ").read_bytes()
    except OSError:
        return {}
    return dict(item.split("=", 1) for item in content.decode(errors="replace").split("\0") if "=" in item)


def _is_zombie(entry: Path) -> bool:
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def end(pids: Iterable[int], patience: float) -> None:
    """Ask the processes to end; kill those that haven't after ``patience`` seconds."""
    waiting = _open(pids)
    for descriptor in waiting:
        _send(descriptor, signal.SIGTERM)
    left = _wait(waiting, patience)
    for descriptor in left:
        _send(descriptor, signal.SIGKILL)
    _wait(left, 5)
    for descriptor in waiting:
        os.close(descriptor)


def _open(pids: Iterable[int]) -> list[int]:
    descriptors = []
    for pid in pids:
        with suppress(ProcessLookupError):
            descriptors.append(os.pidfd_open(pid))
    return descriptors


def _send(descriptor: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(descriptor, number)


def _wait(descriptors: list[int], patience: float) -> list[int]:
    """Those still alive after ``patience`` seconds."""
    deadline = time.monotonic() + patience
    waiting = list(descriptors)
    while waiting and (left := deadline - time.monotonic()) > 0:
        ended, _, _ = select.select(waiting, [], [], left)
        waiting = [descriptor for descriptor in waiting if descriptor not in ended]
    return waiting
