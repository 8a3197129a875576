# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the engine must know of an installation: the input from which its configuration files are written.

The directory fills these in; nothing here knows of a database. Times are seconds, numbers are E.164 without ``+``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

EMERGENCY = ("112", "110", "113")
"""Dialled as they are, by every telephone: 112 everywhere; in Norway also 110 (fire) and 113 (ambulance), which are nobody's elsewhere."""


class PhoneKind(StrEnum):
    DESK = "desk"
    BROWSER = "browser"


class Phone(Struct, frozen=True, kw_only=True):
    """A SIP account that registers with digest log-in (RFC 3261 §22); browser phones add DTLS-SRTP and ICE.

    ``organisation`` is "" for a phone outside the municipalities, like a citizen's. ``country`` (ISO 3166) is the one whose tones it hears.
    """

    user: str
    password: str
    kind: PhoneKind
    display_name: str
    caller_number: str
    organisation: str
    language: str
    country: str = ""


class Trunk(Struct, frozen=True, kw_only=True):
    """The way to and from the public network.

    ``match`` are the addresses from which its calls are accepted: ``192.0.2.4``, ``192.0.2.0/24`` or ``192.0.2.4:5062`` (only from
    that port). When empty, it is ``host`` if that is an address. ``register`` logs in at ``host`` with ``user``; calls are then also
    known by the contact that was registered. ``country`` (ISO 3166) is the one whose national numbers it delivers; when empty, its
    numbers are E.164 with or without ``+`` or ``00``. ``most_calls`` come in by it at the same time; calls out aren't counted.
    """

    name: str
    host: str
    port: int = 5060
    transport: Literal["udp", "tcp", "tls"] = "udp"
    match: tuple[str, ...] = ()
    user: str = ""
    password: str = ""
    register: bool = False
    country: str = ""
    most_calls: int = 300


class FallbackNumber(Struct, frozen=True, kw_only=True):
    """What the engine's own dialplan does with a number while the controller is away.

    Rings ``phones`` (SIP users) together for ``ring_seconds``, then announces in ``language`` and records a message. With ``queue`` the
    callers wait in line for phones that are busy, as on a main number; without, a busy phone leads on at once.
    """

    number: str
    organisation: str
    language: str
    phones: tuple[str, ...]
    ring_seconds: int = 20
    queue: bool = True


class EngineModel(Struct, frozen=True, kw_only=True):
    """All of it. ``emergency`` are the numbers that go straight to the trunk, with everything else stopped."""

    phones: tuple[Phone, ...]
    trunks: tuple[Trunk, ...]
    numbers: tuple[FallbackNumber, ...]
    emergency: tuple[str, ...] = EMERGENCY
