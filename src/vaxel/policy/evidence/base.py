# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What evidence is, and what it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory import current
from vaxel.directory.models import Number, NumberKind, Organisation
from vaxel.domain.routing import names_upwards
from vaxel.domain.world import World
from vaxel.policy.compile import Compiled
from vaxel.policy.document import Policy
from vaxel.policy.evidence.records import Record, records
from vaxel.policy.terms import ForWhom


class State(StrEnum):
    """How a clause, or one of its controls, stands."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_MEASURED = "not measured yet"
    NO_CONTROL = "no control"


class Case(Struct, frozen=True, kw_only=True):
    """One time, or one thing, in which a clause was broken. ``call`` is a call's id, "" for what isn't a call."""

    text: str
    call: str = ""
    at: float | None = None


class Evidence(Struct, frozen=True, kw_only=True):
    """``summary`` is a sentence with the figures, which ``figures`` has for programs. ``cases`` are all there are."""

    state: State
    summary: str
    cases: tuple[Case, ...] = ()
    figures: dict[str, float] = {}


class Look:
    """One organisation, one version of its policy, and the part of a period in which that version held.

    Calls are read once, when a control first needs them; so is the directory. Not for use by several threads.
    """

    def __init__(
        self, organisation: Organisation, policy: Policy, compiled: Compiled, start: datetime, end: datetime
    ) -> None:
        self.organisation = organisation
        self.policy = policy
        self.compiled = compiled
        self.start = start
        self.end = end

    @cached_property
    def calls(self) -> list[Record]:
        """Calls that came in, from outside or from colleagues, and have ended."""
        return records(self.organisation.pk, self.start, self.end)

    @cached_property
    def earlier(self) -> list[Record]:
        """The same of the period of the same length before: for trends."""
        length = self.end - self.start
        return records(self.organisation.pk, self.start - length, self.start)

    @property
    def outside(self) -> list[Record]:
        return [call for call in self.calls if call.external]

    @property
    def direct(self) -> list[Record]:
        """Calls to people's own numbers; not those that a group shares."""
        return self.to_people(self.calls)

    def to_people(self, found: list[Record]) -> list[Record]:
        return [call for call in found if call.arrival == "direct" and call.dialled not in self._group_numbers]

    @cached_property
    def _group_numbers(self) -> frozenset[str]:
        found = Number.objects.filter(organisation=self.organisation, kind=NumberKind.GROUP)
        return frozenset(found.values_list("number", flat=True))

    @cached_property
    def world(self) -> World:
        """The directory as it is now."""
        return current.world()

    def concerns(self, control: ForWhom, owner: str) -> bool:
        """Is ``control`` meant for the person, group or unit of this key?"""
        if control.everybody:
            return True
        world = self.world
        found = world.people.get(owner) or world.groups.get(owner) or world.units.get(owner)
        return found is not None and control.concerns(names_upwards(found, world))

    def concerning(self, control: ForWhom, found: list[Record]) -> list[Record]:
        """Those of ``found`` that were made to numbers of whom ``control`` is meant for."""
        if control.everybody:
            return found
        owners = {number.number: number.owner for number in self.world.numbers.values()}
        return [call for call in found if self.concerns(control, owners.get(call.dialled, ""))]

    @property
    def whole_days(self) -> float:
        return (self.end - self.start) / timedelta(days=1)


def nothing(why: str) -> Evidence:
    return Evidence(state=State.NOT_MEASURED, summary=why)


def no_calls() -> Evidence:
    """There was nothing to measure."""
    return nothing(_("There were no such calls in the period."))


def percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def judged(
    broken: bool, summary: str, cases: Iterable[Case] = (), figures: Mapping[str, float] | None = None
) -> Evidence:
    state = State.BROKEN if broken else State.KEPT
    return Evidence(state=state, summary=summary, cases=tuple(cases), figures=dict(figures or {}))
