# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways that have been walked once: shapes that differ only in whose hours they keep are walked together.

To a plan a timetable is open or closed, and no more. So of a shape there remains what isn't a name of hours (``Alike.static``), and of a
stretch of time which of its places are open. A municipality of a hundred thousand numbers has thousands of shapes, and a few hundred of
these.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from msgspec import Struct

from vaxel.domain.plan import Step
from vaxel.domain.proof.findings import Kind
from vaxel.domain.proof.shapes import Alike
from vaxel.domain.proof.stretches import Open, Places
from vaxel.domain.proof.ways import Ending, ways
from vaxel.domain.routing import Suppose
from vaxel.domain.rules import Rules
from vaxel.domain.world import World


class Broken(Struct, frozen=True, kw_only=True):
    """A way that breaks a promise: ``hops`` as in ``Way``, ``ringing`` in seconds."""

    kind: Kind
    hops: tuple[str, ...]
    ringing: float


class Walked(Struct, frozen=True, kw_only=True):
    """Of one plan: how many ways there are, and which of them break a promise."""

    ways: int
    broken: tuple[Broken, ...]


def walked(step: Step, rules: Rules) -> Walked:
    """Every way through ``step``, judged."""
    n, broken = 0, []
    for way in ways(step):
        n += 1
        kind = _kind(way.ending, way.ringing, rules)
        if kind is not None:
            broken.append(Broken(kind=kind, hops=way.hops, ringing=way.ringing))
    return Walked(ways=n, broken=tuple(broken))


def _kind(ending: Ending, ringing: float, rules: Rules) -> Kind | None:
    if ending is Ending.DEAD:
        return Kind.DEAD_END
    return Kind.RINGS_TOO_LONG if ringing > rules.longest_ringing else None


@dataclass
class _OfHome:
    """What has been walked for one organisation, as long as what a plan reads of it is the same."""

    rules: Rules
    rest: Hashable
    known: dict[Hashable, Walked] = field(default_factory=dict)


class Walks:
    """What has been walked, by organisation. Shared by the proofs that follow each other."""

    def __init__(self) -> None:
        self._homes: dict[str, _OfHome] = {}

    def of(self, organisation: str, world: World) -> dict[Hashable, Walked]:
        """(state, static part, what is open) → what was walked, under the rules of ``organisation`` as they are in ``world``."""
        home = world.organisations[organisation]
        rest = (home.welcome_prompt, bool(world.trunk))
        kept = self._homes.get(organisation)
        if kept is None or kept.rest != rest or kept.rules != home.rules:
            kept = self._homes[organisation] = _OfHome(home.rules, rest)
        return kept.known


def key_of(suppose: Suppose, alike: Alike, places: Open) -> Hashable:
    """By what a walk is found again."""
    refers = [None if absence is None else absence.refer for absence in (suppose.absence, suppose.later)]
    return (*refers, suppose.colleagues, alike.static, places)


def places_of(alike: Alike, organisation: str, world: World) -> Places:
    """The timetables of a shape, by the part that they have in it."""
    home = world.organisations[organisation]
    return Places(
        home=world.timetable(home.schedule, organisation),
        own=world.timetable(alike.own, organisation),
        group=world.timetable(alike.group, organisation),
        colleagues=frozenset((world.timetable(schedule, organisation), ended) for schedule, ended in alike.colleagues),
    )
