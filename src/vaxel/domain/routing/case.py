# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One call that is being decided: what is known of it, and what of time the decision read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from vaxel.domain.absence import Absence
from vaxel.domain.hours import Timetable
from vaxel.domain.plan import Reason, Step
from vaxel.domain.routing.own import names_upwards
from vaxel.domain.rules import Rules, Topic
from vaxel.domain.world import Group, Organisation, Person, World

EXTERNAL, INTERNAL = 1, 2
"""Queue priorities: external calls before internal (FAL-16)."""


class Route(Struct, frozen=True, kw_only=True):
    """A decision: whose call it is (``organisation`` "" when the number is nobody's), why, and the plan."""

    organisation: str
    dialled_name: str
    reason: Reason
    plan: Step


class Activity(Struct, frozen=True, kw_only=True):
    """When each person (by key) was last rung through a group, and last talked. Moments; missing: never."""

    rung: Mapping[str, float] = {}
    talked: Mapping[str, float] = {}


IDLE = Activity()


@dataclass
class Reads:
    """What of time a decision depended on: it holds until one of ``tables`` opens or closes, or one of ``moments`` comes.

    ``schedules``: the same by (id, organisation), where there are hours at all. ``absences``: whose absences were looked at. ``rings``:
    people and groups at whom a chain of referrals came round to itself.
    """

    tables: set[Timetable] = field(default_factory=set)
    schedules: set[tuple[str, str]] = field(default_factory=set)
    moments: set[float] = field(default_factory=set)
    absences: set[str] = field(default_factory=set)
    rings: set[str] = field(default_factory=set)


class Suppose(Struct, frozen=True, kw_only=True):
    """What the prover supposes, instead of what is: how the one who was dialled is absent (None: present), how those are to whom the call
    goes on by succession or overflow, and whether there are colleagues to stand in.
    """

    absence: Absence | None = None
    later: Absence | None = None
    colleagues: bool = True


@dataclass
class Case:
    """One call being decided. ``seen``: people and groups that it has been through."""

    world: World
    home: Organisation
    at: float
    internal: bool
    activity: Activity
    suppose: Suppose | None
    reads: Reads
    seen: frozenset[str] = frozenset()

    def through(self, id_: str) -> Case:
        """The same call after it has been to ``id_``; its other branches haven't."""
        return Case(
            self.world, self.home, self.at, self.internal, self.activity, self.suppose, self.reads, self.seen | {id_}
        )

    @property
    def rules(self) -> Rules:
        return self.home.rules

    def clause(self, *topics: Topic, of: Person | Group | None = None) -> str:
        """The first clause that there is on one of ``topics``: of a person or group its own, or its unit's, before everybody's."""
        rules = self.home.rules
        names = names_upwards(of, self.world) if of is not None and rules.clauses_of else ()
        for topic in topics:
            found = rules.clause(topic, *names)
            if found:
                return found
        return ""

    def is_open(self, schedule: str) -> bool:
        table = self.table(schedule)
        return table is None or table.is_open(self.at)

    def table(self, schedule: str) -> Timetable | None:
        table = self.world.timetable(schedule, self.home.id)
        if table is not None:
            self.reads.tables.add(table)
            self.reads.schedules.add((schedule, self.home.id))
        return table

    def opens(self, schedule: str) -> float | None:
        table = self.world.told(schedule, self.home.id)
        return None if table is None else table.next_opening(self.at)
