# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy as routing uses it: the parameters of its clauses, and which clause each comes from.

``vaxel.policy`` makes it from the municipality's file. A municipality without a policy file has the values below, and no clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from vaxel.domain.working_day import WorkingDay


class Resort(StrEnum):
    """Where a call goes when the person sought can't take it, in the order that the policy gives (FAL-1, SOL-2)."""

    MOBILE = "mobile"
    SAME_FUNCTION = "same-function"
    GROUP = "group"
    MAILBOX = "mailbox"
    SWITCHBOARD = "switchboard"


class Choice(StrEnum):
    """What a caller may choose after hearing that someone is absent, or that a unit is closed."""

    MESSAGE = "message"
    COLLEAGUE = "colleague"
    GROUP = "group"
    SWITCHBOARD = "switchboard"


class Topic(StrEnum):
    """What a step of a plan follows from. The values are names of controls in policy files."""

    WELCOME = "welcome"
    RING_LIMIT = "ring-limit"
    ANSWER_ORDER = "answer-order"
    PERSONAL_GREETING = "personal-greeting"
    ABSENCE_REFERRAL = "absence-referral"
    MERGED_ABSENCES = "merged-absences"
    SHARED_NUMBERS = "shared-numbers"
    GROUP_NUMBERS = "group-numbers"
    TEMPORARY_GROUPS = "temporary-groups"
    CLOSED_ANNOUNCEMENT = "closed-announcement"
    OPENING_HOURS = "opening-hours"
    OWN_HOURS = "own-hours"
    STAFFED = "staffed"
    TELEPHONE_HOURS = "telephone-hours"
    EXTERNAL_FIRST = "external-first"
    MESSAGE_OFFER = "message-offer"
    NO_DEAD_END = "no-dead-end"
    MOBILE_CONSENT = "mobile-consent"
    TRANSFER_PREFERENCE = "transfer-preference"
    NUMBER_OWNERS = "number-owners"
    CASE_DIVISION = "case-division"
    CALENDAR_CLASH = "calendar-clash"
    TRAINED_POOL = "trained-pool"


T = TypeVar("T")


def nearest(own: Mapping[str, T], names: Iterable[str], everybodys: T) -> T:
    """What ``own`` has for the first of ``names`` (person or group, then units upwards) that has something of its own, else everybody's."""
    return next((own[name] for name in names if name in own), everybodys) if own else everybodys


class ExceptionalHours(Struct, frozen=True, kw_only=True):
    """What is allowed of hours for dated periods (AAB-12…15). ``approved_by`` is the role that approves shorter ones first, "" for none;

    ``longest_months`` how long they may last; ``cover``: it must be told who answers meanwhile. Clauses are "" where the policy is silent.
    """

    longer: bool = True
    shorter: bool = True
    approved_by: str = ""
    longest_months: int | None = None
    cover: bool = False
    clause_of_longer: str = ""
    clause_of_shorter: str = ""


class Rules(Struct, frozen=True, kw_only=True):
    """Durations in seconds.

    ``ring``: how long a telephone of one person rings; ``ring_of_unit``, ``ring_of_person`` where a unit (with those below it) or person
    (by name) has its own, ``ring_of_group`` each round of a group; ``a_ring``: how long one ring is where ``ring`` was given in rings,
    None where in seconds, ``a_ring_of`` the same for those who have their own; ``longest_ringing``: how long a caller may hear nothing
    but ringing in all, whatever the way. ``order``: after the person; ``order_of``, ``absence_choices_of``, ``speak_reason_of`` and
    ``exceptional_hours_of`` where a unit (with those below it), group or person (by name) has its own. ``telephone_hours``: may units and
    people set hours of their own within the organisation's?
    ``starve``: an internal call that has waited so long counts as external.
    ``merge_gap`` None: adjoining absences aren't merged. ``shared_ignore_absence``: all members of a group are rung, absent or not.
    ``clauses``: topic → id of the clause that holds for everybody; ``clauses_of``: topic → name of a unit, group or person → id of its own.
    """

    version: str = ""
    ring: float = 25.0
    a_ring: float | None = None
    a_ring_of: dict[str, float | None] = {}
    ring_of_unit: dict[str, float] = {}
    ring_of_group: dict[str, float] = {}
    ring_of_person: dict[str, float] = {}
    longest_ringing: float = 90.0
    order: tuple[Resort, ...] = (Resort.MAILBOX,)
    order_of: dict[str, tuple[Resort, ...]] = {}
    absence_choices: tuple[Choice, ...] = (Choice.MESSAGE, Choice.SWITCHBOARD)
    absence_choices_of: dict[str, tuple[Choice, ...]] = {}
    speak_reason: bool = True
    speak_reason_of: dict[str, bool] = {}
    merge_gap: float | None = 15 * 60.0
    shared_ignore_absence: bool = True
    closed_offers_message: bool = False
    telephone_hours: bool = True
    exceptional_hours: ExceptionalHours = ExceptionalHours()
    exceptional_hours_of: dict[str, ExceptionalHours] = {}
    working_day: WorkingDay = WorkingDay()
    wait: float = 240.0
    starve: float = 120.0
    standard_operators: int = 1
    trained_factor: float = 1.0
    clauses: dict[str, str] = {}
    clauses_of: dict[str, dict[str, str]] = {}

    def clause(self, topic: Topic, *names: str) -> str:
        """The clause on ``topic`` of the first of ``names`` (person, group, units upwards) that has one of its own, else everybody's."""
        return nearest(self.clauses_of.get(topic, {}), names, self.clauses.get(topic, ""))

    @property
    def differ_by_unit(self) -> bool:
        """Does it matter to calls in which unit somebody is?"""
        return bool(self.ring_of_unit or self.order_of or self.absence_choices_of or self.speak_reason_of)

    def own_ring(self, person: str, units: Iterable[str]) -> float | None:
        """The limit of the person of that name, else of the first of her ``units`` (upwards) that has one; None: everybody's holds."""
        own = self.ring_of_person.get(person)
        if own is not None or not self.ring_of_unit:
            return own
        return next((self.ring_of_unit[unit] for unit in units if unit in self.ring_of_unit), None)

    def group_seconds(self, group: str) -> float:
        return self.ring_of_group.get(group, self.ring)
