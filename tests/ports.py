# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ports that are free on loopback. Processes that test side by side take them from ranges of their own.

All lie below the range from which the system gives ports to outgoing connections, which could take one meanwhile.
"""

from __future__ import annotations

import os
import random
import socket
import threading
from collections import deque
from contextlib import ExitStack, suppress

LOOPBACK = "127.0.0.1"
PROCESSES = 8

FIRST = os.environ.get("FIRST_TEST_PROCESS", "")

_lately: deque[int] = deque(maxlen=150)
"""Those that were given last: whoever asked for them may not listen yet. Two telephones with one port would be one to the test."""
_kept: set[int] = set()
"""Those of installations, whose parts come back to their ports after they were away."""
_giving = threading.Lock()


def keep(*ports: int) -> None:
    """Give these to nobody else in this process, even while nobody listens there."""
    _kept.update(ports)


def share(first: int, end: int) -> range:
    """This process's part of the ports ``first`` … ``end - 1`` beside others, else all.

    ``FIRST_TEST_PROCESS`` is the number of a run's first process, when two runs go on at once.
    """
    process = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if not (process or FIRST):
        return range(first, end)
    part = (end - first) // PROCESSES
    start = first + (int(FIRST or 0) + int(process or 0)) % PROCESSES * part
    return range(start, start + part)


SIGNALLING = share(20000, 32000)
SPEECH = share(14000, 20000)
ENGINE_SPEECH = share(10000, 14000)
"""From which engines take their RTP ports themselves, passing by those that are taken."""


def free_ports(count: int, beside: tuple[int, ...] = ()) -> list[int]:
    """Different ports, free for TCP and UDP at the moment of asking, and so are those at a distance of ``beside`` from each.

    Neighbours are not given one after the other, for SIP over TLS is on the next.
    """
    found: list[int] = []
    with _giving, ExitStack() as held:
        for port in random.sample(SIGNALLING, len(SIGNALLING)):
            if len(found) == count:
                return found
            wanted = [port, *(port + distance for distance in beside)]
            if not {near for one in wanted for near in (one - 1, one, one + 1)}.isdisjoint(_kept.union(_lately)):
                continue
            try:
                for one in wanted:
                    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                        held.enter_context(socket.socket(socket.AF_INET, kind)).bind((LOOPBACK, one))
            except OSError:
                continue
            found.append(port)
            _lately.extend(wanted)
    raise RuntimeError("no free ports on loopback")


def sip_port() -> int:
    """A port for a telephone: free, and so is the next, on which it listens for TLS."""
    return free_ports(1, beside=(1,))[0]


def speech_ports(count: int) -> int:
    """The first of ``count`` ports that are free in a row, an even one."""
    for first in random.sample(SPEECH[:-count:2], len(SPEECH[:-count:2])):
        with ExitStack() as held, suppress(OSError):
            for port in range(first, first + count):
                held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)).bind((LOOPBACK, port))
            return first
    raise RuntimeError("no free ports for speech on loopback")
