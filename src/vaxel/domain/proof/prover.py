# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every number × every kind of stretch of time × every state of those behind it, walked to its ends.

The state machine that carries live calls walks the same plans (``routing.plan``), so what is proved here is what callers meet.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.plan import Step
from vaxel.domain.proof.checks import Subject, check, subjects, together
from vaxel.domain.proof.findings import Finding, Kind, order
from vaxel.domain.proof.reach import Reach
from vaxel.domain.proof.referrals import check_referrals
from vaxel.domain.proof.shapes import Shape, keys_in, shape_of
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
    """The state of a proof: enough to prove again only what a change can reach."""

    def __init__(self, world: World, stretches: Stretches, organisations: frozenset[str]) -> None:
        self.world = world
        self.organisations = organisations
        self._stretches = stretches
        self._shape: dict[str, Shape] = {}
        self._members: dict[Shape, dict[str, None]] = {}
        self._verdicts: dict[Shape, Verdict] = {}
        self._referrals: dict[str, tuple[Finding, ...]] = {}
        self._checks: dict[Subject, tuple[Finding, ...]] = {}
        # Which shapes hold a key. It only grows, and is shared with the proofs that follow: shapes no longer there do no harm.
        self._holding: dict[str, set[Shape]] = {}

    @property
    def findings(self) -> list[Finding]:
        """Counterexamples first, shortest first."""
        found = [finding for shape in self._verdicts for finding in self._of_shape(shape)]
        found += [finding for findings in self._referrals.values() for finding in findings]
        found += together(finding for findings in self._checks.values() for finding in findings)
        return sorted((finding for finding in found if finding.organisation in self.organisations), key=order)

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

        An organisation's key stands for its rules, hours and calendar. Hours are touched by the key of whose they are.
        """
        keys = frozenset(touched)
        world.inherit(self.world, keys)
        reach = Reach(self.world, world, keys)
        new = Proof(world, self._stretches, self.organisations)
        new._shape, new._members, new._holding = dict(self._shape), dict(self._members), self._holding
        new._verdicts, new._referrals, new._checks = dict(self._verdicts), dict(self._referrals), dict(self._checks)
        for key in reach.keys:
            for shape in self._holding.get(key, ()):
                new._verdicts.pop(shape, None)
        new._look(reach.numbers, reach.referrers, reach.subjects())
        return new

    def run(self) -> Proof:
        self._look(self.world.numbers, self.world.absences, subjects(self.world))
        return self

    def _look(self, numbers: Iterable[str], referrers: Iterable[str], checked: Iterable[Subject]) -> None:
        for number in numbers:
            self._place(number)
        for shape in self._members.keys() - self._verdicts.keys():
            representative = self.world.numbers[next(iter(self._members[shape]))]
            self._verdicts[shape] = prove_number(representative, self.world, self._stretches)
        for person in referrers:
            _keep(self._referrals, person, check_referrals(self.world, person, self._stretches))
        for subject in checked:
            _keep(self._checks, subject, check(subject, self.world, self._stretches))

    def _place(self, number: str) -> None:
        """Put a number with those of its shape."""
        old = self._shape.pop(number, None)
        if old is not None:
            self._leave(old, number)
        known = self.world.numbers.get(number)
        if known is None or known.organisation not in self.organisations:
            return
        shape = shape_of(known, self.world)
        self._shape[number] = shape
        if old is not None and shape in self._members:
            # Of the proof before: not to be changed.
            self._members[shape] = {**self._members[shape], number: None}
        elif shape in self._members:
            self._members[shape][number] = None
        else:
            self._members[shape] = {number: None}
            for key in keys_in(shape):
                self._holding.setdefault(key, set()).add(shape)

    def _leave(self, shape: Shape, number: str) -> None:
        rest = {other: None for other in self._members[shape] if other != number}
        if rest:
            self._members[shape] = rest
        else:
            del self._members[shape]
            self._verdicts.pop(shape, None)

    def _of_shape(self, shape: Shape) -> Iterator[Finding]:
        others = len(self._members[shape]) - 1
        for finding in self._verdicts[shape].findings:
            yield replace(finding, others=others)


Key = TypeVar("Key", bound=Hashable)


def _keep(where: dict[Key, tuple[Finding, ...]], key: Key, findings: Iterable[Finding]) -> None:
    found = tuple(findings)
    if found:
        where[key] = found
    else:
        where.pop(key, None)


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
        reads = Reads()
        for at, step in decisions(number.number, world, stretches, suppose, reads):
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
                        way=(*_words_of(suppose), *way.hops),
                        clause=home.rules.clause(Topic.NO_DEAD_END if kind is Kind.DEAD_END else Topic.RING_LIMIT),
                        seconds=way.ringing,
                    )
    return Verdict(findings=tuple(found.values()), plans=plans, ways=walked)


def _states(number: Number, world: World) -> Iterator[Suppose]:
    """Everything to suppose of those behind a number. Those further on are asked about only where a plan gets to them."""
    if number.kind is NumberKind.MAIN:
        yield Suppose()
        return
    person = number.kind is NumberKind.DIRECT and number.owner in world.people
    for absence in PRESENT_OR_AWAY if person else (None,):
        for there in (True, False) if _has_others(number.owner, world) else (True,):
            first = Suppose(absence=absence, colleagues=there)
            yield first
            if _goes_on(number.number, world, first):
                yield from (replace(first, later=later) for later in PRESENT_OR_AWAY[1:])


def _has_others(owner: str, world: World) -> bool:
    """Whether anybody else may be rung in this one's stead."""
    person = world.people.get(owner)
    return person is None or bool(person.function) or owner in world.groups_of


def _goes_on(number: str, world: World, suppose: Suppose) -> bool:
    """Whether a plan of this number can come to somebody else by succession or overflow, whatever the time."""
    owner = world.numbers[number].owner
    person = world.people.get(owner)
    if person is not None and person.ended is not None:
        return True
    groups = world.groups_of.get(owner, ()) if person is not None else (owner,)
    return any(world.groups[group].overflow for group in groups if group in world.groups)


def decisions(
    number: str, world: World, stretches: Stretches, suppose: Suppose | None = None, reads: Reads | None = None
) -> Iterator[tuple[float, Step]]:
    """One decision for each kind of stretch: the kinds are found from what the decisions themselves read."""
    reads = reads or Reads()
    decided: set[float] = set()
    while True:
        known = len(reads.tables), len(reads.moments)
        for at in stretches.unlike(reads.tables, reads.moments):
            if at not in decided:
                decided.add(at)
                yield at, plan(number, False, world, at, suppose=suppose, reads=reads).plan
        if (len(reads.tables), len(reads.moments)) == known:
            return


def _broken(ending: Ending, ringing: float, rules: Rules) -> Kind | None:
    if ending is Ending.DEAD:
        return Kind.DEAD_END
    return Kind.RINGS_TOO_LONG if ringing > rules.longest_ringing else None


def _words_of(suppose: Suppose) -> tuple[str, ...]:
    """``present`` or ``absent[:REFERRAL]``; ``later:`` the same of those further on; ``alone``."""
    found = [_word_of(suppose.absence)]
    if suppose.later is not None:
        found.append(f"later:{_word_of(suppose.later)}")
    return (*found,) if suppose.colleagues else (*found, "alone")


def _word_of(absence: Absence | None) -> str:
    if absence is None:
        return "present"
    return f"absent:{absence.refer}" if absence.refer else "absent"


def _name(number: Number, world: World) -> str:
    owner = world.people.get(number.owner) or world.groups.get(number.owner) or world.organisations[number.organisation]
    return owner.name
