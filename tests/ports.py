# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ports that are free on loopback."""

from __future__ import annotations

import random
import socket
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"


def free_ports(count: int) -> list[int]:
    """Different ports, free for TCP and UDP at the moment of asking.

    Taken from below the range from which the system gives ports to outgoing connections, which could take one meanwhile.
    """
    found: list[int] = []
    with ExitStack() as held:
        for port in random.sample(range(20000, 32000), 2000):
            if len(found) == count:
                return found
            try:
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    held.enter_context(socket.socket(socket.AF_INET, kind)).bind((LOOPBACK, port))
            except OSError:
                continue
            found.append(port)
    raise RuntimeError("no free ports on loopback")
