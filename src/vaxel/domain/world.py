# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The world as routing sees it: an immutable snapshot of organisations, numbers, people, groups and operators.

Numbers are E.164 digits without ``+`` (ITU-T E.164). Ids are strings, unique over the installation. A snapshot is made from the
database by ``vaxel.directory.snapshot`` and handed to the controller, the prover and the tests alike.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class NumberKind(StrEnum):
    MAIN = "main"
    DIRECT = "direct"
    GROUP = "group"


class NoAnswer(StrEnum):
    """Where a call goes when its person doesn't answer within the ring limit (SOL-2, FAL-1)."""

    VOICEMAIL = "voicemail"
    SWITCHBOARD = "switchboard"


class Organisation(Struct, frozen=True, kw_only=True):
    """A municipality. ``ring_seconds`` is the length of one ring with its pause, in the country's network."""

    id: str
    name: str
    language: str
    country: str
    time_zone: str
    main_number: str
    welcome_phrase: str
    rings: int = 5
    ring_seconds: float = 5.0
    no_answer: NoAnswer = NoAnswer.VOICEMAIL
    offer_seconds: float = 20.0
    recall_seconds: float = 25.0
    park_seconds: float = 120.0
    voicemail_seconds: float = 180.0
    welcome_prompt: bool = True


class Person(Struct, frozen=True, kw_only=True):
    """Someone with a telephone. ``phones`` are SIP users, rung together."""

    id: str
    organisation: str
    name: str
    unit: str
    number: str
    phones: tuple[str, ...]
    no_answer: NoAnswer | None = None
    has_greeting: bool = False


class Number(Struct, frozen=True, kw_only=True):
    """A dialled number and what it belongs to: the organisation's switchboard, a person, or a group of people."""

    number: str
    organisation: str
    kind: NumberKind
    owner: str = ""


class Group(Struct, frozen=True, kw_only=True):
    id: str
    organisation: str
    name: str
    number: str
    members: tuple[str, ...]


class Operator(Struct, frozen=True, kw_only=True):
    """An operator and the organisations she serves. ``phone`` is the SIP user of her phone, ``phones`` those she may choose from."""

    id: str
    name: str
    organisations: tuple[str, ...]
    phone: str
    phones: tuple[str, ...] = ()


class PhoneOwner(Struct, frozen=True, kw_only=True):
    """Whose telephone it is. ``person`` and ``operator`` may both be "": a citizen's browser in the demonstration."""

    organisation: str = ""
    person: str = ""
    operator: str = ""
    browser: bool = False


class World(Struct, frozen=True, kw_only=True):
    """``phones`` is by SIP user. ``trunk`` carries outside calls; "" when there is none."""

    organisations: dict[str, Organisation]
    numbers: dict[str, Number]
    people: dict[str, Person]
    groups: dict[str, Group]
    operators: dict[str, Operator]
    phones: dict[str, PhoneOwner]
    trunk: str = ""
    version: int = 0
