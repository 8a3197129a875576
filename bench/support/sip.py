# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""As much of SIP (RFC 3261) as telephones on loopback need: messages as text, digest log-in, an offer of A-law."""

from __future__ import annotations

import hashlib
import re
import secrets
import socket
from collections.abc import Iterable

from tests.ports import LOOPBACK

COMPACT = {
    "v": "via",
    "f": "from",
    "t": "to",
    "i": "call-id",
    "m": "contact",
    "l": "content-length",
    "c": "content-type",
}


class Message:
    """A request or response: ``first`` line, ``headers`` by lower-case name (the first of several), ``vias`` all of them."""

    __slots__ = ("body", "first", "headers", "vias")

    def __init__(self, data: bytes) -> None:
        head, _, self.body = data.decode(errors="replace").partition("\r\n\r\n")
        self.first, *lines = head.split("\r\n")
        self.headers: dict[str, str] = {}
        self.vias: list[str] = []
        for line in lines:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            name = COMPACT.get(name, name)
            if name == "via":
                self.vias.append(value.strip())
            self.headers.setdefault(name, value.strip())

    @property
    def status(self) -> int:
        """Of a response; 0 for a request."""
        return int(self.first[8:11]) if self.first.startswith("SIP/2.0") else 0

    @property
    def method(self) -> str:
        """Of a request, or the one that a response answers."""
        return self.headers["cseq"].split()[1] if self.status else self.first.split(" ", 1)[0]

    @property
    def call_id(self) -> str:
        return self.headers["call-id"]


def user_of(address: str) -> str:
    """``sip:anna@host`` or ``"Anna" <sip:anna@host>;tag=x`` → ``anna``."""
    found = re.search(r"sips?:([^@>;]+)@", address)
    return found[1] if found else ""


def uri_of(address: str) -> str:
    """What stands between the angle brackets, if there are any."""
    found = re.search(r"<([^>]+)>", address)
    return found[1] if found else address.split(";", maxsplit=1)[0].strip()


def offer(port: int) -> str:
    """SDP for A-law at ``port``."""
    return (
        f"v=0\r\no=- 1 1 IN IP4 {LOOPBACK}\r\ns=-\r\nc=IN IP4 {LOOPBACK}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 101\r\n"
        "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n"
    )


def compose(first: str, headers: Iterable[tuple[str, str]], body: str = "") -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    if body:
        lines.append("Content-Type: application/sdp")
    lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def branch() -> str:
    return f"z9hG4bK{secrets.token_hex(8)}"


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def authorization(challenge: str, user: str, password: str, method: str, uri: str) -> str:
    """The answer to a digest challenge with ``qop=auth`` (RFC 2617)."""
    given = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    nonce, realm, cnonce = given["nonce"], given["realm"], secrets.token_hex(8)
    secret, what = _md5(f"{user}:{realm}:{password}"), _md5(f"{method}:{uri}")
    response = _md5(f"{secret}:{nonce}:00000001:{cnonce}:auth:{what}")
    opaque = f', opaque="{given["opaque"]}"' if "opaque" in given else ""
    return (
        f'Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{uri}", response="{response}", algorithm=MD5, '
        f'cnonce="{cnonce}", qop=auth, nc=00000001{opaque}'
    )


def register(users: Iterable[str], password: str, server: int, port: int, seconds: float = 20.0) -> None:
    """Log telephones in at the engine's port ``server``, each from ``port``, where they can then be called.

    Raises ``TimeoutError`` when one is not accepted.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind((LOOPBACK, port))
        line.settimeout(seconds)
        for user in users:
            _register(line, user, password, server, port)


def _register(line: socket.socket, user: str, password: str, server: int, port: int) -> None:
    uri, call, proof = f"sip:{LOOPBACK}:{server}", secrets.token_hex(8), ""
    for cseq in (1, 2):
        headers = [
            ("Via", f"SIP/2.0/UDP {LOOPBACK}:{port};branch={branch()}"),
            ("From", f"<sip:{user}@{LOOPBACK}>;tag={call[:6]}"),
            ("To", f"<sip:{user}@{LOOPBACK}>"),
            ("Call-ID", call),
            ("CSeq", f"{cseq} REGISTER"),
            ("Contact", f"<sip:{user}@{LOOPBACK}:{port}>"),
            ("Expires", "3600"),
            ("Max-Forwards", "70"),
            *([("Authorization", proof)] if proof else []),
        ]
        line.sendto(compose(f"REGISTER {uri} SIP/2.0", headers), (LOOPBACK, server))
        answer = _answer_to(line, call, cseq)
        if answer.status == 200:
            return
        proof = authorization(answer.headers.get("www-authenticate", ""), user, password, "REGISTER", uri)
    raise TimeoutError(f"the telephone {user} was not accepted")


def _answer_to(line: socket.socket, call: str, cseq: int) -> Message:
    while True:
        message = Message(line.recv(65536))
        if message.status >= 200 and message.call_id == call and message.headers["cseq"].startswith(f"{cseq} "):
            return message
