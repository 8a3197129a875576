# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An operator at work: present or not, for whom, at which telephone, with an open line or without."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Presence(StrEnum):
    OFF = "off"
    READY = "ready"
    PAUSED = "paused"


class Surge(Struct, frozen=True, kw_only=True):
    """She has called for reinforcement of an organisation, since then (FAL-18)."""

    organisation: str
    since: float


class Announcement(Struct, frozen=True, kw_only=True):
    """What she has told an organisation's operators (``text``), or its waiting callers (``prompt``, a recording's name)."""

    organisation: str
    at: float
    text: str = ""
    prompt: str = ""


class Desk(Struct, frozen=True, kw_only=True):
    """Times are seconds since the epoch.

    ``home`` are the organisations that she serves by the directory, ``assigned`` those to which a supervisor has moved her until she logs
    off (empty: none), ``reinforces`` those that she helps in a surge: ``organisations`` is what comes of it, whom she serves now.
    ``supervises``: she sees all of these, and may intervene.

    ``phone`` is the SIP user she uses, ``registered`` whether the engine reaches it. ``line_wanted``: she keeps it connected between
    calls; ``line`` is that channel once it is up, ``line_calling`` while it rings. ``idle_since`` orders offers: who has rested
    longest is next; nothing is offered before ``rest_until``. ``n`` counts her journal entries, ``calls`` are those with her now.

    ``relief`` are the colleagues who answer for her in this break, ``back_by`` when it should be over. ``surges`` and ``told`` are what she
    has called and announced. ``answered`` counts the calls that she took on ``answered_day``.
    """

    operator: str
    name: str
    organisations: tuple[str, ...]
    home: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()
    reinforces: tuple[str, ...] = ()
    supervises: tuple[str, ...] = ()
    phone: str = ""
    presence: Presence = Presence.OFF
    since: float = 0.0
    reason: str = ""
    relief: tuple[str, ...] = ()
    back_by: float | None = None
    registered: bool = False
    line_wanted: bool = False
    line: str = ""
    line_calling: str = ""
    idle_since: float = 0.0
    rest_until: float = 0.0
    n: int = 0
    calls: tuple[str, ...] = ()
    surges: tuple[Surge, ...] = ()
    told: tuple[Announcement, ...] = ()
    answered: int = 0
    answered_day: int = 0

    @property
    def reachable(self) -> bool:
        return bool(self.line) or self.registered

    def answered_on(self, at: float) -> int:
        """How many calls she has taken on the day of ``at``."""
        return self.answered if self.answered_day == day_of(at) else 0


class DeskEvent(Struct, frozen=True, kw_only=True, tag_field="kind", tag=True):
    """What operators do with themselves and each other. These are journaled, and fold to the desk as calls' events do."""

    at: float


class LoggedOn(DeskEvent, frozen=True, tag="ready"):
    phone: str


class Paused(DeskEvent, frozen=True, tag="paused"):
    """``relief`` are the colleagues who answer meanwhile, ``back_by`` when she should be back, if the policy says so."""

    reason: str
    relief: tuple[str, ...] = ()
    back_by: float | None = None


class LoggedOff(DeskEvent, frozen=True, tag="logged_off"):
    pass


class ReliefChanged(DeskEvent, frozen=True, tag="relief_changed"):
    """Who answered for her goes away herself: others do from now on."""

    relief: tuple[str, ...]


class LineAsked(DeskEvent, frozen=True, tag="line_asked"):
    wanted: bool


class Assigned(DeskEvent, frozen=True, tag="assigned"):
    """Supervisor ``by`` moves her to these organisations; none: back to her own."""

    organisations: tuple[str, ...]
    by: str


class Reinforcing(DeskEvent, frozen=True, tag="reinforcing"):
    """She comes to the help of ``organisation`` (``on``), or is released from it."""

    organisation: str
    on: bool


class SurgeCalled(DeskEvent, frozen=True, tag="surge_called"):
    organisation: str


class SurgeEnded(DeskEvent, frozen=True, tag="surge_ended"):
    """``by`` has ended it; "" for herself."""

    organisation: str
    by: str = ""


class Announced(DeskEvent, frozen=True, tag="announced"):
    organisation: str
    text: str = ""
    prompt: str = ""


class AnnouncementEnded(DeskEvent, frozen=True, tag="announcement_ended"):
    """Of what callers hear, or of what operators read."""

    organisation: str
    callers: bool = False


OperatorEvent = (
    LoggedOn
    | Paused
    | LoggedOff
    | ReliefChanged
    | LineAsked
    | Assigned
    | Reinforcing
    | SurgeCalled
    | SurgeEnded
    | Announced
    | AnnouncementEnded
)


def work(desk: Desk, event: OperatorEvent) -> Desk:
    """The desk after ``event``."""
    desk = replace(desk, n=desk.n + 1)
    match event:
        case LoggedOn() | Paused() | LoggedOff():
            return serving(_presence(desk, event))
        case ReliefChanged():
            return replace(desk, relief=event.relief)
        case LineAsked():
            return replace(desk, line_wanted=event.wanted)
        case Assigned():
            return serving(replace(desk, assigned=event.organisations))
        case Reinforcing():
            others = tuple(home for home in desk.reinforces if home != event.organisation)
            return serving(replace(desk, reinforces=(*others, event.organisation) if event.on else others))
        case SurgeCalled() | SurgeEnded():
            surges = tuple(surge for surge in desk.surges if surge.organisation != event.organisation)
            if isinstance(event, SurgeCalled):
                surges = (*surges, Surge(organisation=event.organisation, since=event.at))
            return replace(desk, surges=surges)
        case Announced() | AnnouncementEnded():
            return replace(desk, told=_told(desk, event))


def _presence(desk: Desk, event: LoggedOn | Paused | LoggedOff) -> Desk:
    desk = replace(desk, since=event.at, reason="", relief=(), back_by=None)
    match event:
        case LoggedOn():
            idle = desk.idle_since if desk.presence is Presence.READY else event.at
            # An open line is her telephone's: at another one she opens it anew.
            line = desk.line_wanted and event.phone == desk.phone
            ready = replace(desk, presence=Presence.READY, phone=event.phone, idle_since=idle, rest_until=0.0)
            return replace(ready, line_wanted=line)
        case Paused():
            paused = replace(desk, presence=Presence.PAUSED, reason=event.reason)
            return replace(paused, relief=event.relief, back_by=event.back_by)
        case LoggedOff():
            return replace(desk, presence=Presence.OFF, line_wanted=False, assigned=(), reinforces=())


def _told(desk: Desk, event: Announced | AnnouncementEnded) -> tuple[Announcement, ...]:
    """One of each kind an organisation: the newest."""
    prompt = event.callers if isinstance(event, AnnouncementEnded) else bool(event.prompt)
    others = tuple(said for said in desk.told if said.organisation != event.organisation or bool(said.prompt) != prompt)
    if isinstance(event, AnnouncementEnded):
        return others
    said = Announcement(organisation=event.organisation, at=event.at, text=event.text, prompt=event.prompt)
    return (*others, said)


def serving(desk: Desk) -> Desk:
    """The desk with whom it serves brought up to date."""
    return replace(desk, organisations=tuple(dict.fromkeys((*(desk.assigned or desk.home), *desk.reinforces))))


DAY = 86_400
CENTRAL_EUROPE = 3600
"""Seconds by which the winter's clock of all municipalities is ahead of UTC. The hour by which the summer's differs is a night's."""


def day_of(at: float) -> int:
    """Which day it is, as a number that rises."""
    return int((at + CENTRAL_EUROPE) // DAY)


def took_one(desk: Desk, at: float) -> Desk:
    """She has taken a call."""
    return replace(desk, answered=desk.answered_on(at) + 1, answered_day=day_of(at))
