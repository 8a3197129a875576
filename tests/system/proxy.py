# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A TCP proxy that can fall silent without closing anything, as a network does, or be cut."""

from __future__ import annotations

import selectors
import socket
import threading
from types import TracebackType
from typing import Self

from tests.ports import LOOPBACK, free_ports


class SilentProxy:
    """Forwards ``port`` to ``target``. ``freeze`` stops the connections that are there, for ever; later ones work. A context manager.

    ``cut`` ends them, and every later one at once, until ``mend``.
    """

    def __init__(self, target: int) -> None:
        self.port = free_ports(1)[0]
        self._target = target
        self._listener = socket.create_server((LOOPBACK, self.port))
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._frozen: list[socket.socket] = []
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._lock = threading.Lock()
        self._is_cut = False
        self._stopping = False
        self._thread = threading.Thread(target=self._forward, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self._stopping = True
        self._thread.join(5)
        for each in (self._listener, *self._pairs, *self._frozen):
            each.close()

    def freeze(self) -> int:
        """How many connections fell silent."""
        with self._lock:
            for each in list(self._pairs):
                self._selector.unregister(each)
                self._frozen.append(each)
            frozen = len(self._pairs) // 2
            self._pairs.clear()
        return frozen

    def cut(self) -> int:
        """How many connections were there."""
        with self._lock:
            self._is_cut = True
            ended = len(self._pairs) // 2
            for each in list(self._pairs):
                self._selector.unregister(each)
                each.close()
            self._pairs.clear()
        return ended

    def mend(self) -> None:
        with self._lock:
            self._is_cut = False

    def _forward(self) -> None:
        while not self._stopping:
            for key, _ in self._selector.select(0.1):
                ready = key.fileobj
                assert isinstance(ready, socket.socket)
                with self._lock:
                    if ready is self._listener:
                        self._accept()
                    elif ready in self._pairs:
                        self._pass_on(ready)

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        if self._is_cut:
            client.close()
            return
        try:
            server = socket.create_connection((LOOPBACK, self._target))
        except OSError:
            client.close()
            return
        for one, other in ((client, server), (server, client)):
            self._pairs[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, ready: socket.socket) -> None:
        try:
            received = ready.recv(65536)
            if received:
                self._pairs[ready].sendall(received)
                return
        except OSError:
            pass
        for each in (ready, self._pairs[ready]):
            self._selector.unregister(each)
            del self._pairs[each]
            each.close()
