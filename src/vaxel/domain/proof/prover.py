# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every number × every kind of stretch of time × every state of those behind it, walked to its ends.

The state machine that carries live calls walks the same plans (``routing.plan``), so what is proved here is what callers meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.hours import Timetable
from vaxel.domain.plan import Step
from vaxel.domain.proof import checks
from vaxel.domain.proof.findings import Finding, Kind, order
from vaxel.domain.proof.reach import Reach
from vaxel.domain.proof.referrals import check_referrals
from vaxel.domain.proof.shapes import Shape, shape_of
from vaxel.domain.proof.stretches import Stretches
from vaxel.domain.proof.ways import Ending, ways
from vaxel.domain.routing import Reads, Suppose, plan
from vaxel.domain.rules import Rules, Topic
from vaxel.domain.world import Number, NumberKind, World


def _away(refer: ReferTo) -> Absence:
    return Absence(id="", person="", reason=AbsenceReason.MEETING, start=0.0, refer=refer)


PRESENT_OR_AWAY = (
    None,
    *(_away(refer) for refer in (ReferTo.NOWHERE, ReferTo.SWITCHBOARD, ReferTo.VOICEMAIL, ReferTo.MOBILE)),
)
STATES_OF_PERSON = tuple(
    Suppose(absence=absence, colleagues=there) for absence in PRESENT_OR_AWAY for there in (True, False)
)
STATES_OF_GROUP = (Suppose(), Suppose(colleagues=False))
STATES_OF_MAIN = (Suppose(),)


class Summary(Struct, frozen=True, kw_only=True):
    """What was walked. ``plans`` is decisions, ``ways`` the ways through them; ``start``, ``end`` the period (seconds since the epoch)."""

    numbers: int
    shapes: int
    plans: int
    ways: int
    start: float
    end: float


class Verdict(Struct, frozen=True, kw_only=True):
    """Of one shape."""

    findings: tuple[Finding, ...]
    plans: int
    ways: int


class Proof:
    """The state of a proof: enough to prove again only what a change can reach. ``findings`` are in order, worst and shortest first."""

    def __init__(self, world: World, stretches: Stretches, organisations: frozenset[str]) -> None:
        self.world = world
        self.organisations = organisations
        self._stretches = stretches
        self._shape: dict[str, Shape] = {}
        self._members: dict[Shape, dict[str, None]] = {}
        self._verdicts: dict[Shape, Verdict] = {}
        self._referrals: dict[str, tuple[Finding, ...]] = {}
        self._checks: dict[str, tuple[Finding, ...]] = {}

    @property
    def findings(self) -> list[Finding]:
        found = [finding for shape in self._verdicts for finding in self._of_shape(shape)]
        found += [finding for findings in self._referrals.values() for finding in findings]
        found += [finding for findings in self._checks.values() for finding in findings]
        return sorted(found, key=order)

    @property
    def counterexamples(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_counterexample]

    @property
    def summary(self) -> Summary:
        return Summary(
            numbers=len(self._shape),
            shapes=len(self._verdicts),
            plans=sum(verdict.plans for verdict in self._verdicts.values()),
            ways=sum(verdict.ways for verdict in self._verdicts.values()),
            start=self._stretches.start,
            end=self._stretches.end,
        )

    def after(self, world: World, touched: Iterable[str]) -> Proof:
        """The proof of ``world``, which differs from the one proved in what has the keys (or numbers) ``touched``.

        An organisation's key stands for its rules, hours and calendar. A schedule is touched by the key of whose hours it is.
        """
        keys = frozenset(touched)
        new = Proof(world, self._stretches, self.organisations)
        _inherit_timetables(world, self.world)
        reach = Reach(self.world, world, keys)
        new._shape, new._members = dict(self._shape), dict(self._members)
        new._verdicts, new._referrals, new._checks = dict(self._verdicts), dict(self._referrals), dict(self._checks)
        for shape in reach.shapes(self._verdicts):
            new._verdicts.pop(shape, None)
        for number in reach.numbers:
            new._place(number)
        for shape in [shape for shape in new._members if shape not in new._verdicts]:
            new._verdicts[shape] = new._prove(shape)
        for person in reach.referrers:
            new._refer(person)
        for home in reach.organisations & self.organisations:
            new._checks[home] = tuple(checks.of_organisation(world, home, self._stretches))
        return new

    # ── one by one ──────────────────────────────────────────────────────────────────────────────────────────────────

    def run(self) -> Proof:
        for number in self.world.numbers.values():
            if number.organisation in self.organisations:
                self._place(number.number)
        for shape in self._members:
            self._verdicts[shape] = self._prove(shape)
        for person in self.world.absences:
            self._refer(person)
        for home in self.organisations:
            self._checks[home] = tuple(checks.of_organisation(self.world, home, self._stretches))
        return self

    def _place(self, number: str) -> None:
        """Put a number with those of its shape."""
        old = self._shape.pop(number, None)
        if old is not None:
            rest = {other: None for other in self._members[old] if other != number}
            if rest:
                self._members[old] = rest
            else:
                del self._members[old]
                self._verdicts.pop(old, None)
        known = self.world.numbers.get(number)
        if known is None or known.organisation not in self.organisations:
            return
        shape = shape_of(known, self.world)
        self._shape[number] = shape
        if shape in self._members and old is not None:
            self._members[shape] = {**self._members[shape], number: None}
        else:
            self._members.setdefault(shape, {})[number] = None

    def _refer(self, person: str) -> None:
        found = tuple(check_referrals(self.world, person, self._stretches))
        if found:
            self._referrals[person] = found
        else:
            self._referrals.pop(person, None)

    def _of_shape(self, shape: Shape) -> Iterator[Finding]:
        others = len(self._members[shape]) - 1
        for finding in self._verdicts[shape].findings:
            yield replace(finding, others=others)

    def _prove(self, shape: Shape) -> Verdict:
        number = self.world.numbers[next(iter(self._members[shape]))]
        return prove_number(number, self.world, self._stretches)


def prove(world: World, start: float, end: float, organisations: Iterable[str] | None = None) -> Proof:
    """Prove ``organisations`` (all, when None) over the period from ``start`` to ``end`` (seconds since the epoch)."""
    homes = frozenset(world.organisations if organisations is None else organisations)
    return Proof(world, Stretches(start, end), homes).run()


def prove_number(number: Number, world: World, stretches: Stretches) -> Verdict:
    """Walk one number through every state and every kind of time."""
    home = world.organisations[number.organisation]
    found: dict[tuple[Kind, tuple[str, ...]], Finding] = {}
    plans = walked = 0
    for suppose in _states(number, world):
        for at, step in decisions(number.number, world, stretches, suppose):
            plans += 1
            for way in ways(step):
                walked += 1
                kind = _broken(way.ending, way.ringing, home.rules)
                if kind is not None and (kind, way.hops) not in found:
                    found[kind, way.hops] = Finding(
                        kind=kind,
                        organisation=home.id,
                        subject=number.number,
                        name=_name(number, world),
                        at=at,
                        way=(*_supposed(suppose), *way.hops),
                        clause=home.rules.clause(Topic.NO_DEAD_END if kind is Kind.DEAD_END else Topic.RING_LIMIT),
                        seconds=way.ringing,
                    )
    return Verdict(findings=tuple(found.values()), plans=plans, ways=walked)


def _states(number: Number, world: World) -> tuple[Suppose, ...]:
    if number.kind is NumberKind.DIRECT and number.owner in world.people:
        return STATES_OF_PERSON
    if number.kind is NumberKind.GROUP and number.owner in world.groups:
        return STATES_OF_GROUP
    return STATES_OF_MAIN


def decisions(
    number: str, world: World, stretches: Stretches, suppose: Suppose | None = None
) -> Iterator[tuple[float, Step]]:
    """One decision for each kind of stretch: the kinds are found from what the decisions themselves read."""
    tables: set[Timetable] = set()
    moments: set[float] = set()
    decided: set[float] = set()
    while True:
        known = len(tables), len(moments)
        for at, _ in stretches.unlike(tables, moments):
            if at in decided:
                continue
            decided.add(at)
            reads = Reads()
            yield at, plan(number, False, world, at, suppose=suppose, reads=reads).plan
            tables |= reads.tables
            moments |= reads.moments
        if (len(tables), len(moments)) == known:
            return


def _broken(ending: Ending, ringing: float, rules: Rules) -> Kind | None:
    if ending is Ending.DEAD:
        return Kind.DEAD_END
    return Kind.RINGS_TOO_LONG if ringing > rules.longest_ringing else None


def _supposed(suppose: Suppose) -> tuple[str, ...]:
    absent = suppose.absence
    state = "present" if absent is None else f"absent:{absent.refer}" if absent.refer else "absent"
    return (state,) if suppose.colleagues else (state, "alone")


def _name(number: Number, world: World) -> str:
    owner = world.people.get(number.owner) or world.groups.get(number.owner) or world.organisations[number.organisation]
    return owner.name


def _inherit_timetables(world: World, old: World) -> None:
    """What is the same keeps its timetable, with the days computed so far."""
    for (schedule, home), table in old.known_timetables.items():
        same = world.schedules.get(schedule) is old.schedules.get(schedule)
        if same and world.organisations.get(home) is old.organisations.get(home):
            world.known_timetables[schedule, home] = table
