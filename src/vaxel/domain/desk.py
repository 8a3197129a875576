# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An operator at work: present or not, at which telephone, with an open line or without."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Presence(StrEnum):
    OFF = "off"
    READY = "ready"
    PAUSED = "paused"


class Desk(Struct, frozen=True, kw_only=True):
    """Times are seconds since the epoch.

    ``phone`` is the SIP user she uses, ``registered`` whether the engine reaches it. ``line_wanted``: she keeps it connected between
    calls; ``line`` is that channel once it is up, ``line_calling`` while it rings. ``idle_since`` orders offers: who has rested
    longest is next; nothing is offered before ``rest_until``. ``n`` counts her journal entries, ``calls`` are those with her now.
    """

    operator: str
    name: str
    organisations: tuple[str, ...]
    phone: str = ""
    presence: Presence = Presence.OFF
    since: float = 0.0
    reason: str = ""
    registered: bool = False
    line_wanted: bool = False
    line: str = ""
    line_calling: str = ""
    idle_since: float = 0.0
    rest_until: float = 0.0
    n: int = 0
    calls: tuple[str, ...] = ()

    @property
    def reachable(self) -> bool:
        return bool(self.line) or self.registered


class DeskEvent(Struct, frozen=True, kw_only=True, tag_field="kind", tag=True):
    """What operators do with themselves. These are journaled, and fold to the desk as calls' events do."""

    at: float


class LoggedOn(DeskEvent, frozen=True, tag="ready"):
    phone: str


class Paused(DeskEvent, frozen=True, tag="paused"):
    reason: str


class LoggedOff(DeskEvent, frozen=True, tag="logged_off"):
    pass


class LineAsked(DeskEvent, frozen=True, tag="line_asked"):
    wanted: bool


OperatorEvent = LoggedOn | Paused | LoggedOff | LineAsked


def work(desk: Desk, event: OperatorEvent) -> Desk:
    """The desk after ``event``."""
    desk = replace(desk, n=desk.n + 1)
    match event:
        case LoggedOn():
            idle = desk.idle_since if desk.presence is Presence.READY else event.at
            return replace(
                desk,
                presence=Presence.READY,
                phone=event.phone,
                since=event.at,
                reason="",
                idle_since=idle,
                rest_until=0.0,
            )
        case Paused():
            return replace(desk, presence=Presence.PAUSED, since=event.at, reason=event.reason)
        case LoggedOff():
            return replace(desk, presence=Presence.OFF, since=event.at, reason="", line_wanted=False)
        case LineAsked():
            return replace(desk, line_wanted=event.wanted)
