# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to a call to a number: ``plan`` is the one function that decides it.

It answers the caller, explains the decision to the operator, and is what ``proof`` walks. It reads nothing but the snapshot, the rules
in it and the moment; what it read of time is noted in ``Reads``, so that the prover knows how long a decision holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec
from msgspec import Struct

from vaxel.domain.absence import PRIVATE, Absence, AbsenceReason, ReferTo, away
from vaxel.domain.hours import Timetable
from vaxel.domain.plan import (
    Announce,
    Cause,
    HangUp,
    Menu,
    Option,
    Party,
    PartyKind,
    Queue,
    Reason,
    ReasonCode,
    Ring,
    Step,
    Target,
    Voicemail,
)
from vaxel.domain.rules import Choice, Resort, Rules, Topic, nearest
from vaxel.domain.words import _
from vaxel.domain.working_day import NOTICE
from vaxel.domain.world import Group, NoAnswer, NumberKind, Organisation, Person, Strategy, Unit, World

T = TypeVar("T")

EXTERNAL, INTERNAL = 1, 2
"""Queue priorities: external calls before internal (FAL-16)."""

SHORTEST_ROUND = 6.0
"""Seconds that a telephone of a group rings at least when its members are rung one after the other."""


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
class _Case:
    """One call being decided. ``seen``: people and groups that it has been through."""

    world: World
    home: Organisation
    at: float
    internal: bool
    activity: Activity
    suppose: Suppose | None
    reads: Reads
    seen: frozenset[str] = frozenset()

    def through(self, id_: str) -> _Case:
        """The same call after it has been to ``id_``; its other branches haven't."""
        return _Case(
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


def plan(
    dialled: str,
    internal: bool,
    world: World,
    at: float,
    activity: Activity = IDLE,
    *,
    suppose: Suppose | None = None,
    reads: Reads | None = None,
) -> Route:
    """Decide a call to ``dialled`` (E.164 digits) at ``at`` (seconds since the epoch). ``internal``: the caller is a colleague.

    Every branch ends with a person, an operator, a mailbox, or an announcement that tells when to ring again (AAB-7, AAB-24).
    """
    number = world.numbers.get(dialled)
    if number is None:
        return Route(
            organisation="",
            dialled_name="",
            reason=Reason(code=ReasonCode.UNKNOWN_NUMBER),
            plan=HangUp(cause=Cause.UNALLOCATED, why=_("The number belongs to nobody.")),
        )
    home = world.organisations[number.organisation]
    case = _Case(world, home, at, internal, activity, suppose, reads or Reads())
    if number.kind is NumberKind.DIRECT and number.owner in world.people:
        person = world.people[number.owner]
        return _route(home, person.shown, ReasonCode.DIRECT, to_person(case, person))
    if number.kind is NumberKind.GROUP and number.owner in world.groups:
        group = world.groups[number.owner]
        return _route(home, group.name, ReasonCode.DIRECT, to_group(case, group))
    return _route(home, home.name, ReasonCode.MAIN_NUMBER, _main_number(case))


def _route(home: Organisation, name: str, code: ReasonCode, step: Step) -> Route:
    return Route(organisation=home.id, dialled_name=name, reason=Reason(code=code, person=name), plan=step)


# ── the switchboard ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _main_number(case: _Case) -> Step:
    reason = Reason(code=ReasonCode.MAIN_NUMBER, clause=case.clause(Topic.WELCOME))
    step = to_switchboard(case, reason, _("The main number was called."))
    notice = (NOTICE,) if case.rules.working_day.listening else ()
    prompts = (*(("welcome",) if case.home.welcome_prompt else ()), *notice)
    if isinstance(step, Queue) and prompts:
        clause = case.clause(Topic.WELCOME)
        return Announce(prompts=prompts, then=step, why=_("The municipality's welcome."), clause=clause)
    return step


def to_switchboard(case: _Case, reason: Reason, why: str) -> Step:
    """The operators when the switchboard is open; else an announcement of when it opens (GNO-16), or a message if the policy says so."""
    if case.is_open(case.home.schedule):
        priority = INTERNAL if case.internal else EXTERNAL
        return Queue(reason=reason, priority=priority, why=why, clause=reason.clause)
    opens = case.opens(case.home.schedule)
    prompts = ("closed", *_when("opens", opens))
    clause = case.clause(Topic.CLOSED_ANNOUNCEMENT)
    if case.rules.closed_offers_message:
        return Voicemail(
            person="",
            name=case.home.name,
            prompts=(*prompts, "leave-message"),
            seconds=case.home.voicemail_seconds,
            why=_("The switchboard is closed: a message."),
            clause=clause,
        )
    end = HangUp(told=opens is not None, why=_("The switchboard is closed."), clause=clause)
    return Announce(prompts=prompts, then=end, why=_("The switchboard is closed: when it opens again."), clause=clause)


def _when(what: str, moment: float | None) -> tuple[str, ...]:
    return () if moment is None else (f"{what}:{moment:.0f}",)


# ── a person ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def to_person(case: _Case, person: Person) -> Step:
    """The person, unless she has left, is absent, or is not to be rung at this hour."""
    if person.id in case.seen:
        case.reads.rings.add(person.id)
        return to_switchboard(
            case, _reason(case, ReasonCode.ABSENT, person), _("The referrals lead back to where they began.")
        )
    case = case.through(person.id)
    if person.ended is not None:
        case.reads.moments.add(person.ended)
        if case.at >= person.ended:
            return _left(case, person)
    absence = _supposed(case, person) if case.suppose is not None else _absence(case, person)
    if absence is not None:
        return _absent(case, person, absence)
    schedule = schedule_of(person, case.world)
    if not case.is_open(schedule):
        name = person.unit or person.shown
        return _closed_unit(case, person, name, schedule, _mailbox(case, person, _("Outside telephone hours.")))
    return _present(case, person)


def schedule_of(person: Person, world: World) -> str:
    """A person's own hours, else those of the unit."""
    return person.schedule or world.schedule_of_unit(person.unit_id)


def names_upwards(owner: Person | Group | Unit, world: World) -> tuple[str, ...]:
    """The name of ``owner``, then those of its unit and the units above: a policy may name any of them."""
    names = [owner.name]
    unit = owner.parent if isinstance(owner, Unit) else owner.unit_id
    for _n in range(len(world.units)):
        found = world.units.get(unit)
        if found is None:
            break
        names.append(found.name)
        unit = found.parent
    return tuple(names)


def own_limit(person: Person, rules: Rules, world: World) -> float | None:
    """Seconds that her telephone may ring by a limit of her own or of a unit that she is in, the nearest; None: everybody's holds."""
    if not (rules.ring_of_person or rules.ring_of_unit):
        return None
    return rules.own_ring(person.name, names_upwards(person, world)[1:])


def ring_seconds(person: Person, rules: Rules, world: World) -> float:
    """How long a telephone of hers may ring (SOL-2)."""
    own = own_limit(person, rules, world)
    return rules.ring if own is None else own


def order_of(person: Person, rules: Rules, world: World) -> tuple[Resort, ...]:
    """Who or what gets a call that she doesn't answer, by the policy."""
    return _own(rules.order_of, rules.order, person, world)


def absence_choices_of(person: Person, rules: Rules, world: World) -> tuple[Choice, ...]:
    """What a caller is offered while she is away and has referred to nobody."""
    return _own(rules.absence_choices_of, rules.absence_choices, person, world)


def _own(scoped: Mapping[str, T], everybodys: T, person: Person, world: World) -> T:
    return nearest(scoped, names_upwards(person, world), everybodys) if scoped else everybodys


REASONED_BY = {
    ReasonCode.ABSENT: (Topic.ABSENCE_REFERRAL, Topic.NO_DEAD_END),
    ReasonCode.ABSENT_UNREFERRED: (Topic.ABSENCE_REFERRAL, Topic.NO_DEAD_END),
    ReasonCode.NOT_REACHED: (Topic.ANSWER_ORDER, Topic.NO_DEAD_END),
}
"""What a call to a person comes to the switchboard by, the nearest first: not every policy speaks of each."""


def _reason(case: _Case, code: ReasonCode, person: Person, until: float | None = None) -> Reason:
    topics = REASONED_BY.get(code, (Topic.NO_DEAD_END,))
    return Reason(code=code, person=person.shown, until=until, clause=case.clause(*topics, of=person))


def _a_ring(case: _Case, person: Person) -> float | None:
    own = case.rules.a_ring_of
    return nearest(own, names_upwards(person, case.world), case.rules.a_ring) if own else case.rules.a_ring


def _left(case: _Case, person: Person) -> Step:
    successor = case.world.people.get(person.successor)
    if successor is not None:
        why = _("The person has left; this is the successor.")
        return Announce(prompts=(*_name(person), "has-left", "connecting"), then=to_person(case, successor), why=why)
    reason = _reason(case, ReasonCode.LEFT, person)
    then = to_switchboard(case, reason, _("The person has left, and has no successor."))
    return Announce(prompts=(*_name(person), "has-left"), then=then, why=_("The person has left."))


def _name(owner: Person | Group) -> tuple[str, ...]:
    return (f"name:{owner.id}",)


def _present(case: _Case, person: Person) -> Step:
    """Ring for the allowed time, then whom and what the policy names, in its order: never into the blue (SOL-2, FAL-1)."""
    none = (Target(party=party_of(person), endpoint=""),)
    return Ring(
        targets=person_targets(person) or none,
        seconds=ring_seconds(person, case.rules, case.world),
        then=_resorts(case, person),
        party=party_of(person),
        why=_("A direct number: the person sought, for as long as is allowed."),
        clause=case.clause(Topic.RING_LIMIT, of=person),
    )


def _resorts(case: _Case, person: Person) -> Step:
    order = list(order_of(person, case.rules, case.world))
    if person.no_answer is NoAnswer.SWITCHBOARD:
        order = [*(resort for resort in order if resort is not Resort.MAILBOX), Resort.SWITCHBOARD]
    elif person.no_answer is NoAnswer.VOICEMAIL:
        order = [*(resort for resort in order if resort is not Resort.SWITCHBOARD), Resort.MAILBOX]
    return _first_resort(case, person, order)


def _first_resort(case: _Case, person: Person, order: list[Resort]) -> Step:
    for n, resort in enumerate(order):
        match resort:
            case Resort.SAME_FUNCTION:
                colleagues = _colleagues(case, person)
                if colleagues:
                    return _ring_colleagues(case, person, colleagues, _first_resort(case, person, order[n + 1 :]))
            case Resort.GROUP:
                group = _group_of(case, person)
                if group is not None:
                    return to_group(case, group)
            case Resort.MAILBOX:
                return _mailbox(case, person, _("Not answered: the personal mailbox."))
            case Resort.SWITCHBOARD:
                break
    why = _("Not answered: back to the switchboard.")
    reason = msgspec.structs.replace(_reason(case, ReasonCode.NOT_REACHED, person), a_ring=_a_ring(case, person))
    return to_switchboard(case, reason, why)


def _ring_colleagues(case: _Case, person: Person, colleagues: list[Person], then: Step) -> Ring:
    return Ring(
        targets=tuple(target for colleague in colleagues for target in person_targets(colleague)),
        seconds=ring_seconds(person, case.rules, case.world),
        then=then,
        party=party_of(person),
        why=_("Not answered: colleagues with the same function."),
        clause=case.clause(Topic.ANSWER_ORDER, of=person),
    )


def _colleagues(case: _Case, person: Person) -> list[Person]:
    """Those with the same function who have a telephone, are at work, and haven't been rung in this call."""
    if case.suppose is not None and not case.suppose.colleagues:
        return []
    found = []
    for id_ in case.world.colleagues_of(person):
        other = case.world.people[id_]
        if id_ not in case.seen and other.phones and _at_work(case, other):
            found.append(other)
    return found


def _at_work(case: _Case, person: Person) -> bool:
    if person.ended is not None:
        case.reads.moments.add(person.ended)
        if case.at >= person.ended:
            return False
    away_now = case.suppose is None and _absence(case, person) is not None
    return not away_now and case.is_open(schedule_of(person, case.world))


def _group_of(case: _Case, person: Person) -> Group | None:
    groups = (case.world.groups[id_] for id_ in case.world.groups_of.get(person.id, ()))
    return next((group for group in groups if group.id not in case.seen), None)


def _mailbox(case: _Case, person: Person, why: str, prompts: tuple[str, ...] = ()) -> Voicemail:
    generated = (*_name(person), "voicemail-greeting")
    greeting = (f"greeting:{person.id}",) if person.has_greeting else generated
    return Voicemail(
        person=person.id,
        name=person.shown,
        prompts=(*prompts, "leave-message") if prompts else greeting,
        seconds=case.home.voicemail_seconds,
        why=why,
        clause=case.clause(Topic.ANSWER_ORDER, Topic.RING_LIMIT, of=person),
    )


# ── an absent person ────────────────────────────────────────────────────────────────────────────────────────────────────


def _absence(case: _Case, person: Person) -> Absence | None:
    """What keeps a person away now."""
    known = case.world.absences.get(person.id)
    if not known:
        return None
    case.reads.absences.add(person.id)
    return away(known, case.at, case.rules.merge_gap)


def _supposed(case: _Case, person: Person) -> Absence | None:
    assert case.suppose is not None
    return case.suppose.absence if case.seen == {person.id} else case.suppose.later


def back_at(absence: Absence, person: Person, home: Organisation, world: World) -> float | None:
    """When the person is expected: at the end of the absence, or when her working hours next begin. None: not known."""
    if absence.end is None:
        return None
    table = world.told(schedule_of(person, world), home.id)
    return absence.end if table is None else table.next_opening(absence.end)


def _absent(case: _Case, person: Person, absence: Absence) -> Step:
    """The caller hears who is away, why and until when, then goes where the person, or else the policy, has said (GNO-3)."""
    back = back_at(absence, person, case.home, case.world)
    rules = case.rules
    known = _own(rules.speak_reason_of, rules.speak_reason, person, case.world) and absence.reason not in PRIVATE
    spoken = absence.reason if known else AbsenceReason.OTHER
    prompts = (*_name(person), f"absent:{spoken}", *_when("back", back))
    clause = case.clause(Topic.ABSENCE_REFERRAL, of=person)
    match absence.refer:
        case ReferTo.COLLEAGUE if absence.refer_id in case.world.people:
            colleague = case.world.people[absence.refer_id]
            return _referred(prompts, to_person(case, colleague), _("Absent, and referred to a colleague."), clause)
        case ReferTo.GROUP if absence.refer_id in case.world.groups:
            group = to_group(case, case.world.groups[absence.refer_id])
            return _referred(prompts, group, _("Absent, and referred to a group."), clause)
        case ReferTo.SWITCHBOARD:
            reason = _reason(case, ReasonCode.ABSENT, person, back)
            switchboard = to_switchboard(case, reason, _("Absent: the switchboard."))
            return _referred(prompts, switchboard, _("Absent, and referred to the switchboard."), clause)
        case ReferTo.VOICEMAIL:
            return _mailbox(case, person, _("Absent: the personal mailbox."), prompts)
        case ReferTo.MOBILE if person.mobile and case.world.trunk:
            mobile = Ring(
                targets=mobile_targets(person, case.world),
                seconds=ring_seconds(person, case.rules, case.world),
                then=_mailbox(case, person, _("Absent, and not reached on the mobile: the personal mailbox."), prompts),
                party=party_of(person),
                why=_("Absent: the mobile, without telling its number."),
                clause=case.clause(Topic.MOBILE_CONSENT),
            )
            return _referred(prompts, mobile, _("Absent, and referred to the mobile."), clause)
    return _choices(case, person, prompts, back, clause)


def _referred(prompts: tuple[str, ...], then: Step, why: str, clause: str) -> Announce:
    return Announce(prompts=(*prompts, "connecting"), then=then, why=why, clause=clause)


def _choices(case: _Case, person: Person, prompts: tuple[str, ...], back: float | None, clause: str) -> Step:
    """No referral was given: the caller chooses among what the policy offers and can be had now."""
    reason = _reason(case, ReasonCode.ABSENT_UNREFERRED, person, back)
    offered: list[tuple[str, Step]] = []
    for choice in absence_choices_of(person, case.rules, case.world):
        step = _chosen(case, person, choice, reason)
        if step is not None:
            offered.append((choice, step))
    if all(code == Choice.MESSAGE for code, _step in offered):
        return _mailbox(case, person, _("Absent: the personal mailbox."), prompts)
    if len(offered) == 1:
        why = _("Absent without a referral: the one thing that can be offered.")
        return Announce(prompts=(*prompts, "connecting"), then=offered[0][1], why=why, clause=clause)
    return _menu(prompts, offered, _("Absent without a referral: the caller chooses."), clause)


def _chosen(case: _Case, person: Person, choice: Choice, reason: Reason) -> Step | None:
    match choice:
        case Choice.MESSAGE:
            return _mailbox(case, person, _("The caller chose to leave a message."), ("voicemail-tone",))
        case Choice.COLLEAGUE:
            colleagues = _colleagues(case, person)
            after = to_switchboard(case, reason, _("No colleague answered: the switchboard."))
            return _ring_colleagues(case, person, colleagues, after) if colleagues else None
        case Choice.GROUP:
            group = _group_of(case, person)
            return None if group is None else to_group(case, group)
        case Choice.SWITCHBOARD:
            open_ = case.is_open(case.home.schedule)
            return to_switchboard(case, reason, _("The caller chose the switchboard.")) if open_ else None


def _menu(prompts: tuple[str, ...], offered: list[tuple[str, Step]], why: str, clause: str) -> Menu:
    """Who presses nothing (many can't) gets the last that was offered that is an operator, else the first."""
    options = tuple(Option(digit=str(n), code=code, then=step) for n, (code, step) in enumerate(offered, 1))
    otherwise = next((option.then for option in options if option.code == Choice.SWITCHBOARD), options[0].then)
    spoken = tuple(f"option:{option.code}:{option.digit}" for option in options)
    return Menu(prompts=(*prompts, *spoken), options=options, otherwise=otherwise, why=why, clause=clause)


def _closed_unit(case: _Case, owner: Person | Group, name: str, schedule: str, mailbox: Voicemail) -> Step:
    """Outside a unit's own hours: when it opens, and a message or the switchboard meanwhile (AAB-5, AAB-10)."""
    opens = case.opens(schedule)
    clause = case.clause(Topic.OWN_HOURS, of=owner)
    prompts = ("unit-closed", *_when("opens", opens))
    offered: list[tuple[str, Step]] = [(Choice.MESSAGE, _with_prompts(mailbox, ("voicemail-tone", "leave-message")))]
    if case.is_open(case.home.schedule):
        reason = Reason(code=ReasonCode.CLOSED_UNIT, person=name, until=opens, clause=clause)
        offered.append(
            (Choice.SWITCHBOARD, to_switchboard(case, reason, _("Outside the unit's hours: the switchboard.")))
        )
        return _menu(prompts, offered, _("Outside the unit's telephone hours: the caller chooses."), clause)
    return _with_prompts(mailbox, (*prompts, "leave-message"))


def _with_prompts(mailbox: Voicemail, prompts: tuple[str, ...]) -> Voicemail:
    return msgspec.structs.replace(mailbox, prompts=prompts)


# ── a group ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def to_group(case: _Case, group: Group) -> Step:
    """The members in the group's order; then its overflow, its mailbox or the switchboard."""
    clause = case.clause(Topic.GROUP_NUMBERS, Topic.ANSWER_ORDER, Topic.NO_DEAD_END, of=group)
    reason = Reason(code=ReasonCode.OVERFLOW, person=group.name, clause=clause)
    if group.id in case.seen:
        case.reads.rings.add(group.id)
        return to_switchboard(case, reason, _("The overflow leads back to where it began."))
    case = case.through(group.id)
    case.reads.moments.update(moment for moment in (group.first, group.last) if moment is not None)
    if (group.first is not None and case.at < group.first) or (group.last is not None and case.at >= group.last):
        ended = Reason(code=ReasonCode.CLOSED_UNIT, person=group.name, clause=case.clause(Topic.TEMPORARY_GROUPS))
        return to_switchboard(case, ended, _("The group is for a period that isn't now."))
    schedule = group.schedule or case.world.schedule_of_unit(group.unit_id)
    if not case.is_open(schedule):
        return _closed_unit(case, group, group.name, schedule, _group_mailbox(case, group))
    rounds, seconds = _rounds(case, group)
    after = _overflow(case, group, reason)
    if not rounds:
        return after
    return Ring(
        targets=rounds[0],
        seconds=seconds,
        more=rounds[1:],
        then=after,
        party=Party(kind=PartyKind.PERSON, id=group.id, name=group.name, number=group.number),
        why=WHY_OF_STRATEGY[group.strategy],
        clause=case.clause(Topic.GROUP_NUMBERS),
    )


WHY_OF_STRATEGY = {
    Strategy.ALL: _("A group number: all members at once."),
    Strategy.ORDERED: _("A group number: one member after the other, in order."),
    Strategy.IN_TURN: _("A group number: one member after the other, in turn."),
    Strategy.LONGEST_IDLE: _("A group number: who has been left in peace longest comes first."),
}


def _rounds(case: _Case, group: Group) -> tuple[tuple[tuple[Target, ...], ...], float]:
    """Who is rung together, round by round, and for how many seconds each: in all no longer than the policy lets a caller wait."""
    seconds = group.seconds or case.rules.group_seconds(group.name)
    members = _members(case, group)
    if group.strategy is Strategy.ALL:
        together = tuple(target for member in members for target in person_targets(member))
        return ((together,), seconds) if together else ((), seconds)
    rounds = tuple(person_targets(member) for member in _in_order(case, group, members))
    longest = case.rules.longest_ringing
    seconds = max(SHORTEST_ROUND, min(seconds, longest / max(1, len(rounds))))
    return rounds[: max(1, int(longest // seconds))], seconds


def _members(case: _Case, group: Group) -> list[Person]:
    if case.suppose is not None and not case.suppose.colleagues:
        return []
    people = (case.world.people[id_] for id_ in group.members if id_ in case.world.people)
    able = [person for person in people if person.phones]
    if case.rules.shared_ignore_absence:
        return able
    return [person for person in able if _at_work(case, person)]


def _in_order(case: _Case, group: Group, members: list[Person]) -> list[Person]:
    match group.strategy:
        case Strategy.IN_TURN:
            return sorted(members, key=lambda person: case.activity.rung.get(person.id, 0.0))
        case Strategy.LONGEST_IDLE:
            return sorted(members, key=lambda person: case.activity.talked.get(person.id, 0.0))
    return members


def _overflow(case: _Case, group: Group, reason: Reason) -> Step:
    if group.overflow in case.world.groups:
        return to_group(case, case.world.groups[group.overflow])
    if group.overflow in case.world.people:
        return to_person(case, case.world.people[group.overflow])
    if group.mailbox:
        return _group_mailbox(case, group)
    return to_switchboard(case, reason, _("Nobody in the group answered."))


def _group_mailbox(case: _Case, group: Group) -> Voicemail:
    return Voicemail(
        person=group.id if group.mailbox else "",
        name=group.name,
        prompts=(*_name(group), "voicemail-greeting"),
        seconds=case.home.voicemail_seconds,
        why=_("The group's mailbox.") if group.mailbox else _("A message to the switchboard."),
        clause=case.clause(Topic.GROUP_NUMBERS),
    )


# ── telephones ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def outside(dialled: str, world: World, organisation: str) -> Route:
    """A colleague's call to a number that isn't ours: through the trunk."""
    step: Step = HangUp(cause=Cause.FAILED, why=_("There is no trunk to the public network."))
    if world.trunk:
        target = outside_target(dialled, world)
        step = Ring(targets=(target,), seconds=120.0, then=HangUp(cause=Cause.NO_ANSWER), why=_("An outside number."))
    return Route(organisation=organisation, dialled_name="", reason=Reason(code=ReasonCode.OUTGOING), plan=step)


def outside_target(number: str, world: World) -> Target:
    endpoint = f"PJSIP/{number}@trunk-{world.trunk}" if world.trunk else ""
    return Target(party=Party(kind=PartyKind.NUMBER, number=number), endpoint=endpoint)


def party_of(person: Person) -> Party:
    """Her, as calls of her own municipality and their record show her."""
    return Party(kind=PartyKind.PERSON, id=person.id, name=person.shown, number=person.number)


def person_targets(person: Person) -> tuple[Target, ...]:
    """All telephones of a person, rung together."""
    party = party_of(person)
    return tuple(Target(party=party, endpoint=f"PJSIP/{user}") for user in person.phones)


def mobile_targets(person: Person, world: World) -> tuple[Target, ...]:
    """A person's mobile without revealing it: whoever sees the call sees that she is rung. () without her consent, or a trunk."""
    if not person.mobile or not world.trunk:
        return ()
    return (Target(party=party_of(person), endpoint=outside_target(person.mobile, world).endpoint),)
