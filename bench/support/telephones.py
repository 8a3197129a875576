# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephones on the event loop, for benchmarks that must decide, call by call, what a telephone does next.

Loopback loses nothing as long as the socket's buffer is large, so nothing is sent twice. What is sent twice to us is answered twice.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
import time
from collections.abc import Callable
from typing import Self

from tests.ports import LOOPBACK

from bench.support import sip
from bench.support.sip import Message

BUFFER = 4 * 1024 * 1024
SILENCE = 9
"""The port of speech that we offer: nobody listens there (RFC 863)."""


class Dialog:
    """One call at a telephone. Times are seconds since the epoch; 0.0 when it has not happened.

    ``notify(dialog, what)`` hears ``ringing``, ``answered``, ``refused`` and ``ended`` (the other side hung up).
    """

    def __init__(self, line: Line, call_id: str, user: str, number: str) -> None:
        self.line = line
        self.call_id = call_id
        self.user = user
        """Whose telephone it is; of a caller, the caller's number."""
        self.number = number
        """Who is called; of a telephone that is rung, who calls."""
        self.notify: Callable[[Dialog, str], None] = lambda dialog, what: None
        self.invited = self.ringing = self.answered = self.ended = 0.0
        self.status = 0
        self._us = self._them = self._target = ""
        self._cseq = 1
        self._invite: Message | None = None
        self._reply = b""
        self._branch = ""
        self._given_up = False

    # ── being called ────────────────────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def incoming(cls, line: Line, invite: Message) -> Self:
        self = cls(line, invite.call_id, sip.user_of(invite.first.split(" ")[1]), sip.user_of(invite.headers["from"]))
        self._invite = invite
        self._us = f"{invite.headers['to']};tag={sip.branch()[7:15]}"
        self._them = invite.headers["from"]
        self._target = sip.uri_of(invite.headers["contact"])
        self.invited = time.time()
        return self

    def ring(self) -> None:
        self._respond("180 Ringing")

    def answer(self) -> None:
        self.answered = time.time()
        self._respond("200 OK", sip.offer(SILENCE))

    def refuse(self, status: str = "486 Busy Here") -> None:
        self.ended = time.time()
        self._respond(status)

    def _respond(self, status: str, body: str = "") -> None:
        assert self._invite is not None
        self._reply = _response(self._invite, status, self._us, self._contact, body)
        self.line.send(self._reply)

    # ── calling ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def outgoing(cls, line: Line, number: str, caller: str) -> Self:
        self = cls(line, sip.branch()[7:], caller, number)
        self._target = f"sip:{number}@{LOOPBACK}:{line.server}"
        self._us = f"<sip:{caller}@{LOOPBACK}:{line.port}>;tag={self.call_id[:8]}"
        self._them = f"<{self._target}>"
        self._branch = sip.branch()
        self.invited = time.time()
        line.send(self._request("INVITE", self._branch, body=sip.offer(SILENCE)))
        return self

    def cancel(self) -> None:
        """Give up while it rings. An answer that was on its way already is ended at once (RFC 3261, 9.1)."""
        self._given_up = True
        self.line.send(self._request("CANCEL", self._branch))

    def hang_up(self) -> None:
        self.ended = time.time()
        self._cseq += 1
        self.line.send(self._request("BYE", sip.branch()))

    @property
    def up(self) -> bool:
        return bool(self.answered) and not self.ended

    @property
    def _contact(self) -> str:
        return f"<sip:{self.user}@{LOOPBACK}:{self.line.port}>"

    def _request(self, method: str, branch: str, body: str = "") -> bytes:
        headers = [
            ("Via", f"SIP/2.0/UDP {LOOPBACK}:{self.line.port};branch={branch}"),
            ("From", self._us),
            ("To", self._them),
            ("Call-ID", self.call_id),
            ("CSeq", f"{self._cseq} {method}"),
            ("Contact", self._contact),
            ("Max-Forwards", "70"),
            ("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE"),
        ]
        return sip.compose(f"{method} {self._target} SIP/2.0", headers, body)

    # ── what arrives ────────────────────────────────────────────────────────────────────────────────────────────────

    def take_response(self, message: Message) -> None:
        if message.method != "INVITE" or message.status == 100:
            return
        if message.status < 200:
            self.ringing = self.ringing or time.time()
            self.notify(self, "ringing")
        elif message.status < 300:
            self._them = message.headers["to"]
            self._target = sip.uri_of(message.headers["contact"])
            self.line.send(self._request("ACK", sip.branch()))
            if not self.answered:
                self.answered = time.time()
                self.notify(self, "answered")
            if self._given_up and not self.ended:
                self.hang_up()
        else:
            self._them = message.headers["to"]
            self.line.send(self._request("ACK", self._branch))
            self.status, self.ended = message.status, time.time()
            self.line.forget(self)
            self.notify(self, "refused")

    def take_request(self, message: Message) -> None:
        match message.method:
            case "BYE" | "CANCEL":
                self._hung_up(message)
            case "INVITE" if self._reply and message.headers["cseq"] == (self._invite or message).headers["cseq"]:
                self.line.send(self._reply)
            case "INVITE":
                self.line.send(_response(message, "200 OK", message.headers["to"], self._contact, sip.offer(SILENCE)))
            case "ACK":
                pass
            case _:
                self.line.send(_response(message, "200 OK", message.headers["to"], self._contact))

    def _hung_up(self, message: Message) -> None:
        self.line.send(_response(message, "200 OK", message.headers["to"], self._contact))
        if message.method == "CANCEL":
            self._respond("487 Request Terminated")
        self.line.forget(self)
        if not self.ended:
            self.ended = time.time()
            self.notify(self, "ended")


def _response(request: Message, status: str, to: str, contact: str, body: str = "") -> bytes:
    headers = [*(("Via", via) for via in request.vias), ("From", request.headers["from"]), ("To", to)]
    headers += [("Call-ID", request.call_id), ("CSeq", request.headers["cseq"]), ("Contact", contact)]
    return sip.compose(f"SIP/2.0 {status}", headers, body)


class Line(asyncio.DatagramProtocol):
    """Telephones that share ``port``. ``rung`` is called with each new incoming call."""

    def __init__(self, server: int, port: int) -> None:
        self.server = server
        self.port = port
        self.rung: Callable[[Dialog], None] = lambda dialog: dialog.refuse()
        self.dialogs: dict[str, Dialog] = {}
        self._serial = itertools.count(1)
        self._transport: asyncio.DatagramTransport

    @classmethod
    async def open(cls, server: int, port: int) -> Self:
        """``server`` is the engine's SIP port."""
        plug = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        plug.bind((LOOPBACK, port))
        _, line = await asyncio.get_running_loop().create_datagram_endpoint(lambda: cls(server, port), sock=plug)
        return line

    def call(self, number: str, notify: Callable[[Dialog, str], None] | None = None, caller: str = "") -> Dialog:
        dialog = Dialog.outgoing(self, number, caller or f"4640{next(self._serial):07}")
        if notify is not None:
            dialog.notify = notify
        self.dialogs[dialog.call_id] = dialog
        return dialog

    def send(self, data: bytes) -> None:
        self._transport.sendto(data, (LOOPBACK, self.server))

    def forget(self, dialog: Dialog) -> None:
        self.dialogs.pop(dialog.call_id, None)

    def close(self) -> None:
        self._transport.close()

    # ── asyncio's side ──────────────────────────────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, _addr: object) -> None:
        message = Message(data)
        dialog = self.dialogs.get(message.call_id)
        if message.status:
            if dialog is not None:
                dialog.take_response(message)
        elif dialog is not None:
            dialog.take_request(message)
        elif message.method == "INVITE":
            dialog = Dialog.incoming(self, message)
            self.dialogs[dialog.call_id] = dialog
            self.rung(dialog)
        elif message.method != "ACK":
            self.send(_response(message, "481 Gone", message.headers["to"], "<sip:gone@127.0.0.1>"))
