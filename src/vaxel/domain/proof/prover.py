# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every number × every kind of stretch of time × every state of those behind it, walked to its ends.

The state machine that carries live calls walks the same plans (``routing.plan``), so what is proved here is what callers meet.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.plan import Step
from vaxel.domain.proof.checks import TOLD_TOGETHER, Subject, check, subjects, together, with_function
from vaxel.domain.proof.findings import Finding, Kind, order
from vaxel.domain.proof.reach import Reach
from vaxel.domain.proof.referrals import Answer, check_referrals
from vaxel.domain.proof.shapes import Alike, Shape, alike, keys_in, shape_of
from vaxel.domain.proof.stretches import Stretches
from vaxel.domain.proof.walks import Broken, Walked, Walks, key_of, places_of, walked
from vaxel.domain.routing import Reads, Suppose, names_upwards, plan
from vaxel.domain.rules import Topic
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
    """Of one shape. ``read``: the ids of the hours that were looked at, not all of which a shape holds itself."""

    findings: tuple[Finding, ...]
    plans: int
    ways: int
    read: frozenset[str] = frozenset()


class Proof:
    """The state of a proof: enough to prove again only what a change can reach."""

    def __init__(self, world: World, stretches: Stretches, organisations: frozenset[str]) -> None:
        self.world = world
        self.organisations = organisations
        self._stretches = stretches
        self._shape: dict[str, Shape] = {}
        self._members: dict[Shape, dict[str, None]] = {}
        # The members of these are this proof's own, and may be changed; others are of the proof before.
        self._own: set[Shape] = set()
        self._verdicts: dict[Shape, Verdict] = {}
        self._referrals: dict[str, tuple[Finding, ...]] = {}
        self._checks: dict[Subject, tuple[Finding, ...]] = {}
        # Which shapes hold a key. It only grows, and is shared with the proofs that follow: shapes no longer there do no harm.
        self._holding: dict[str, set[Shape]] = {}
        # What the walks of referrals read of hours; of each schedule who did. The latter only grows, and is shared.
        self._asked: dict[str, frozenset[Answer]] = {}
        self._asking: dict[str, set[str]] = {}
        self._walks = Walks()

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

    def numbers(self, finding: Finding) -> Collection[str]:
        """Those of which ``finding``, one of these, tells: its own number, and the others that are alike."""
        shape = self._shape.get(finding.subject, ())
        known = self._verdicts.get(shape)
        same = known is not None and any((one.kind, one.way) == (finding.kind, finding.way) for one in known.findings)
        return self._members[shape] if same else (finding.subject,)

    def concerned(self, finding: Finding) -> Collection[str]:
        """All whom ``finding``, one of these, concerns: keys of people where it counts people, else the numbers that are alike."""
        if finding.kind in TOLD_TOGETHER:
            same = (finding.kind, finding.organisation)
            every = (one for findings in self._checks.values() for one in findings)
            return [one.subject for one in every if (one.kind, one.organisation) == same]
        if finding.kind is Kind.WITHOUT_GROUP:
            return with_function((finding.organisation, finding.name), self.world)
        return self.numbers(finding)

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
        new = self._copied(world)
        for key in reach.keys:
            for shape in self._holding.get(key, ()):
                new._verdicts.pop(shape, None)
        new._look(reach.numbers, reach.referrers | self._answered_otherwise(reach.schedules, world), reach.subjects())
        return new

    def _copied(self, world: World) -> Proof:
        new = Proof(world, self._stretches, self.organisations)
        new._shape, new._members, new._verdicts = dict(self._shape), dict(self._members), dict(self._verdicts)
        new._referrals, new._checks, new._asked = dict(self._referrals), dict(self._checks), dict(self._asked)
        new._holding, new._asking, new._walks = self._holding, self._asking, self._walks
        return new

    def _answered_otherwise(self, schedules: Iterable[str], world: World) -> set[str]:
        """Those whose referrals were walked by hours that would now be open where they were closed, or the other way round."""
        return {
            person
            for schedule in schedules
            for person in self._asking.get(schedule, ())
            if any(answer.schedule == schedule and not answer.holds(world) for answer in self._asked.get(person, ()))
        }

    def run(self) -> Proof:
        self._look(self.world.numbers, self.world.absences, subjects(self.world))
        return self

    def _look(self, numbers: Iterable[str], referrers: Iterable[str], checked: Iterable[Subject]) -> None:
        for number in numbers:
            self._place(number)
        again = set(referrers)
        for shape in self._members.keys() - self._verdicts.keys():
            self._verdicts[shape] = found = self._prove(shape)
            for schedule in found.read:
                self._holding.setdefault(schedule, set()).add(shape)
            if found.findings:
                again.update(self._referring_to(shape))
        for person in again:
            self._check_referrals(person)
        for subject in checked:
            _keep(self._checks, subject, check(subject, self.world, self._stretches))

    def _prove(self, shape: Shape) -> Verdict:
        number = self.world.numbers[next(iter(self._members[shape]))]
        found = alike(shape, self.world)
        if found is None:
            return prove_number(number, self.world, self._stretches)
        return prove_alike(number, found, self.world, self._stretches, self._walks)

    def _referring_to(self, shape: Shape) -> set[str]:
        """Whose referrals lead to numbers of ``shape``: while calls there end well, they aren't walked."""
        world = self.world
        owners = {world.numbers[number].owner for number in self._members[shape]}
        return {who for owner in owners for who in world.referred_to.get(owner, ())}

    def _check_referrals(self, person: str) -> None:
        asked: set[Answer] = set()
        _keep(self._referrals, person, check_referrals(self.world, person, self._stretches, self._ends_well, asked))
        if asked:
            self._asked[person] = frozenset(asked)
            for answer in asked:
                self._asking.setdefault(answer.schedule, set()).add(person)
        else:
            self._asked.pop(person, None)

    def _ends_well(self, owner: str) -> bool:
        """Is it proved that calls to ``owner`` (a person or group) end well, however those behind the number are?"""
        for number in self.world.numbers_of.get(owner, ()):
            verdict = self._verdicts.get(self._shape.get(number, ()))
            return verdict is not None and not verdict.findings
        return False

    def _place(self, number: str) -> None:
        """Put a number with those of its shape."""
        known = self.world.numbers.get(number)
        shape = None
        if known is not None and known.organisation in self.organisations:
            shape = shape_of(known, self.world)
        old = self._shape.get(number)
        if old == shape:
            return
        if old is not None:
            self._leave(old, number)
        if shape is not None:
            self._shape[number] = shape
            self._join(shape, number)

    def _join(self, shape: Shape, number: str) -> None:
        if shape not in self._members:
            self._members[shape] = {}
            self._own.add(shape)
            for key in keys_in(shape):
                self._holding.setdefault(key, set()).add(shape)
        self._members_of_own(shape)[number] = None

    def _leave(self, shape: Shape, number: str) -> None:
        del self._shape[number]
        members = self._members_of_own(shape)
        del members[number]
        if not members:
            del self._members[shape]
            self._own.discard(shape)
        verdict = self._verdicts.get(shape)
        if not members or (verdict is not None and any(finding.subject == number for finding in verdict.findings)):
            # Another stands for the shape from now on.
            self._verdicts.pop(shape, None)

    def _members_of_own(self, shape: Shape) -> dict[str, None]:
        if shape not in self._own:
            self._members[shape] = dict(self._members[shape])
            self._own.add(shape)
        return self._members[shape]

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
    found = _Verdict(number, world)
    for suppose in _states(number, world):
        reads = Reads()
        for at, step in decisions(number.number, world, stretches, suppose, reads):
            found.add(walked(step, home.rules), suppose, at)
        found.read.update(schedule for schedule, _home in reads.schedules)
    return found.verdict


def prove_alike(number: Number, like: Alike, world: World, stretches: Stretches, walks: Walks) -> Verdict:
    """The same of a number that is like others but for its hours: what was walked of one of them isn't walked again."""
    home = world.organisations[number.organisation]
    known, found = walks.of(home.id, world), _Verdict(number, world)
    found.read.update((home.schedule, like.own, like.group, *(schedule for schedule, _ended in like.colleagues)))
    kinds = stretches.kinds(places_of(like, home.id, world))
    for suppose in _states(number, world):
        for at, places in kinds:
            key = key_of(suppose, like, places)
            walk = known.get(key)
            if walk is None:
                step = plan(number.number, False, world, at, suppose=suppose).plan
                walk = known[key] = walked(step, home.rules)
            found.add(walk, suppose, at)
    return found.verdict


class _Verdict:
    """What was found of one number so far: each way once, as it shows first."""

    def __init__(self, number: Number, world: World) -> None:
        self._number, self._world = number, world
        self._rules = world.organisations[number.organisation].rules
        self._found: dict[tuple[Kind, tuple[str, ...]], Finding] = {}
        self._plans = self._ways = 0
        self.read: set[str] = set()

    def add(self, walk: Walked, suppose: Suppose, at: float) -> None:
        self._plans += 1
        self._ways += walk.ways
        for broken in walk.broken:
            if (broken.kind, broken.hops) not in self._found:
                self._found[broken.kind, broken.hops] = self._finding(broken, suppose, at)

    def _finding(self, broken: Broken, suppose: Suppose, at: float) -> Finding:
        topic = Topic.NO_DEAD_END if broken.kind is Kind.DEAD_END else Topic.RING_LIMIT
        return Finding(
            kind=broken.kind,
            organisation=self._number.organisation,
            subject=self._number.number,
            name=_name(self._number, self._world),
            at=at,
            way=(*_words_of(suppose), *broken.hops),
            clause=self._rules.clause(topic, *_names(self._number, self._world))
            or self._rules.clause(Topic.NO_DEAD_END),
            seconds=broken.ringing,
        )

    @property
    def verdict(self) -> Verdict:
        found = tuple(self._found.values())
        return Verdict(findings=found, plans=self._plans, ways=self._ways, read=frozenset(self.read - {""}))


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
    return person is None or bool(person.functions) or owner in world.groups_of


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


def _names(number: Number, world: World) -> tuple[str, ...]:
    """By which a clause may mean whose number it is."""
    owner = world.people.get(number.owner) or world.groups.get(number.owner)
    return names_upwards(owner, world) if owner is not None else ()
