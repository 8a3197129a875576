# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ports that are free on loopback."""

from __future__ import annotations

import random
import socket
import threading
from collections import deque
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"

_lately: deque[int] = deque(maxlen=400)
"""Those that were given last: whoever asked for them may not listen yet. Two telephones with one port would be one to the test."""
_giving = threading.Lock()


def free_ports(count: int) -> list[int]:
    """Different ports, free for TCP and UDP at the moment of asking.

    Taken from below the range from which the system gives ports to outgoing connections, which could take one meanwhile. Neighbours are
    not given one after the other, for SIP over TLS is on the next.
    """
    found: list[int] = []
    with _giving, ExitStack() as held:
        for port in random.sample(range(20000, 32000), 2000):
            if len(found) == count:
                return found
            if not {port - 1, port, port + 1}.isdisjoint(_lately):
                continue
            try:
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    held.enter_context(socket.socket(socket.AF_INET, kind)).bind((LOOPBACK, port))
            except OSError:
                continue
            found.append(port)
            _lately.append(port)
    raise RuntimeError("no free ports on loopback")
