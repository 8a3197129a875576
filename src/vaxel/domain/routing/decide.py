# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way of a call through people, absences and groups, which lead to one another: ``plan`` is the one function that decides it."""

from __future__ import annotations

from msgspec.structs import replace

from vaxel.domain.absence import PRIVATE, Absence, AbsenceReason, ReferTo
from vaxel.domain.plan import Announce, Cause, HangUp, Party, PartyKind, Reason, ReasonCode, Ring, Step, Target
from vaxel.domain.routing.available import absence_of, back_at, colleagues_of, group_of, rounds_of, supposed
from vaxel.domain.routing.case import IDLE, Activity, Case, Reads, Route, Suppose
from vaxel.domain.routing.offers import closed_unit, group_mailbox, mailbox_of, menu, name_of
from vaxel.domain.routing.own import a_ring_of, absence_choices_of, nearest_of, order_of, ring_seconds, schedule_of
from vaxel.domain.routing.switchboard import main_number, reason_of, to_switchboard, when
from vaxel.domain.routing.telephones import mobile_targets, party_of, person_targets
from vaxel.domain.rules import Choice, Resort, Topic
from vaxel.domain.words import _
from vaxel.domain.world import Group, NoAnswer, NumberKind, Organisation, Person, Strategy, World


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
    case = Case(world, home, at, internal, activity, suppose, reads or Reads())
    if number.kind is NumberKind.DIRECT and number.owner in world.people:
        person = world.people[number.owner]
        return _route(home, person.shown, ReasonCode.DIRECT, to_person(case, person))
    if number.kind is NumberKind.GROUP and number.owner in world.groups:
        group = world.groups[number.owner]
        return _route(home, group.name, ReasonCode.DIRECT, to_group(case, group))
    return _route(home, home.name, ReasonCode.MAIN_NUMBER, main_number(case))


def _route(home: Organisation, name: str, code: ReasonCode, step: Step) -> Route:
    return Route(organisation=home.id, dialled_name=name, reason=Reason(code=code, person=name), plan=step)


def to_person(case: Case, person: Person) -> Step:
    """The person, unless she has left, is absent, or is not to be rung at this hour."""
    if person.id in case.seen:
        case.reads.rings.add(person.id)
        return to_switchboard(
            case, reason_of(case, ReasonCode.ABSENT, person), _("The referrals lead back to where they began.")
        )
    case = case.through(person.id)
    if person.ended is not None:
        case.reads.moments.add(person.ended)
        if case.at >= person.ended:
            return _left(case, person)
    absence = supposed(case, person) if case.suppose is not None else absence_of(case, person)
    if absence is not None:
        return _absent(case, person, absence)
    schedule = schedule_of(person, case.world)
    if not case.is_open(schedule):
        name = person.unit or person.shown
        return closed_unit(case, person, name, schedule, mailbox_of(case, person, _("Outside telephone hours.")))
    return _present(case, person)


def _left(case: Case, person: Person) -> Step:
    successor = case.world.people.get(person.successor)
    if successor is not None:
        why = _("The person has left; this is the successor.")
        return Announce(prompts=(*name_of(person), "has-left", "connecting"), then=to_person(case, successor), why=why)
    reason = reason_of(case, ReasonCode.LEFT, person)
    then = to_switchboard(case, reason, _("The person has left, and has no successor."))
    return Announce(prompts=(*name_of(person), "has-left"), then=then, why=_("The person has left."))


def _present(case: Case, person: Person) -> Step:
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


def _resorts(case: Case, person: Person) -> Step:
    order = list(order_of(person, case.rules, case.world))
    if person.no_answer is NoAnswer.SWITCHBOARD:
        order = [*(resort for resort in order if resort is not Resort.MAILBOX), Resort.SWITCHBOARD]
    elif person.no_answer is NoAnswer.VOICEMAIL:
        order = [*(resort for resort in order if resort is not Resort.SWITCHBOARD), Resort.MAILBOX]
    return _first_resort(case, person, order)


def _first_resort(case: Case, person: Person, order: list[Resort]) -> Step:
    for n, resort in enumerate(order):
        match resort:
            case Resort.MOBILE:
                if mobile_targets(person, case.world):
                    why = _("Not reached at her desk: the mobile, without telling its number.")
                    clause = case.clause(Topic.ANSWER_ORDER, Topic.MOBILE_CONSENT, of=person)
                    return _ring_mobile(case, person, _first_resort(case, person, order[n + 1 :]), why, clause)
            case Resort.SAME_FUNCTION:
                colleagues = colleagues_of(case, person)
                if colleagues:
                    return _ring_colleagues(case, person, colleagues, _first_resort(case, person, order[n + 1 :]))
            case Resort.GROUP:
                group = group_of(case, person)
                if group is not None:
                    return to_group(case, group)
            case Resort.MAILBOX:
                return mailbox_of(case, person, _("Not answered: the personal mailbox."))
            case Resort.SWITCHBOARD:
                break
    why = _("Not answered: back to the switchboard.")
    reason = reason_of(case, ReasonCode.NOT_REACHED, person)
    return to_switchboard(case, replace(reason, a_ring=a_ring_of(person, case.rules, case.world)), why)


def _ring_mobile(case: Case, person: Person, then: Step, why: str, clause: str) -> Ring:
    return Ring(
        targets=mobile_targets(person, case.world),
        seconds=ring_seconds(person, case.rules, case.world),
        then=then,
        party=party_of(person),
        why=why,
        clause=clause,
    )


def _ring_colleagues(case: Case, person: Person, colleagues: list[Person], then: Step) -> Ring:
    return Ring(
        targets=tuple(target for colleague in colleagues for target in person_targets(colleague)),
        seconds=ring_seconds(person, case.rules, case.world),
        then=then,
        party=party_of(person),
        why=_("Not answered: colleagues with the same function."),
        clause=case.clause(Topic.ANSWER_ORDER, of=person),
    )


def _absent(case: Case, person: Person, absence: Absence) -> Step:
    """The caller hears who is away, why and until when, then goes where the person, or else the policy, has said (GNO-3)."""
    back = back_at(absence, person, case.home, case.world)
    rules = case.rules
    known = nearest_of(rules.speak_reason_of, rules.speak_reason, person, case.world) and absence.reason not in PRIVATE
    spoken = absence.reason if known else AbsenceReason.OTHER
    prompts = (*name_of(person), f"absent:{spoken}", *when("back", back))
    clause = case.clause(Topic.ABSENCE_REFERRAL, of=person)
    match absence.refer:
        case ReferTo.COLLEAGUE if absence.refer_id in case.world.people:
            colleague = case.world.people[absence.refer_id]
            return _referred(prompts, to_person(case, colleague), _("Absent, and referred to a colleague."), clause)
        case ReferTo.GROUP if absence.refer_id in case.world.groups:
            group = to_group(case, case.world.groups[absence.refer_id])
            return _referred(prompts, group, _("Absent, and referred to a group."), clause)
        case ReferTo.SWITCHBOARD:
            reason = reason_of(case, ReasonCode.ABSENT, person, back)
            switchboard = to_switchboard(case, reason, _("Absent: the switchboard."))
            return _referred(prompts, switchboard, _("Absent, and referred to the switchboard."), clause)
        case ReferTo.VOICEMAIL:
            return mailbox_of(case, person, _("Absent: the personal mailbox."), prompts)
        case ReferTo.MOBILE if mobile_targets(person, case.world):
            then = mailbox_of(case, person, _("Absent, and not reached on the mobile: the personal mailbox."), prompts)
            why = _("Absent: the mobile, without telling its number.")
            mobile = _ring_mobile(case, person, then, why, case.clause(Topic.MOBILE_CONSENT))
            return _referred(prompts, mobile, _("Absent, and referred to the mobile."), clause)
    return _choices(case, person, prompts, back, clause)


def _referred(prompts: tuple[str, ...], then: Step, why: str, clause: str) -> Announce:
    return Announce(prompts=(*prompts, "connecting"), then=then, why=why, clause=clause)


def _choices(case: Case, person: Person, prompts: tuple[str, ...], back: float | None, clause: str) -> Step:
    """No referral was given: the caller chooses among what the policy offers and can be had now."""
    reason = reason_of(case, ReasonCode.ABSENT_UNREFERRED, person, back)
    offered: list[tuple[str, Step]] = []
    for choice in absence_choices_of(person, case.rules, case.world):
        step = _chosen(case, person, choice, reason)
        if step is not None:
            offered.append((choice, step))
    if all(code == Choice.MESSAGE for code, _step in offered):
        return mailbox_of(case, person, _("Absent: the personal mailbox."), prompts)
    if len(offered) == 1:
        why = _("Absent without a referral: the one thing that can be offered.")
        return Announce(prompts=(*prompts, "connecting"), then=offered[0][1], why=why, clause=clause)
    return menu(prompts, offered, _("Absent without a referral: the caller chooses."), clause)


def _chosen(case: Case, person: Person, choice: Choice, reason: Reason) -> Step | None:
    match choice:
        case Choice.MESSAGE:
            return mailbox_of(case, person, _("The caller chose to leave a message."), ("voicemail-tone",))
        case Choice.COLLEAGUE:
            colleagues = colleagues_of(case, person)
            after = to_switchboard(case, reason, _("No colleague answered: the switchboard."))
            return _ring_colleagues(case, person, colleagues, after) if colleagues else None
        case Choice.GROUP:
            group = group_of(case, person)
            return None if group is None else to_group(case, group)
        case Choice.SWITCHBOARD:
            open_ = case.is_open(case.home.schedule)
            return to_switchboard(case, reason, _("The caller chose the switchboard.")) if open_ else None


def to_group(case: Case, group: Group) -> Step:
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
        return closed_unit(case, group, group.name, schedule, group_mailbox(case, group))
    rounds, seconds = rounds_of(case, group)
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


def _overflow(case: Case, group: Group, reason: Reason) -> Step:
    if group.overflow in case.world.groups:
        return to_group(case, case.world.groups[group.overflow])
    if group.overflow in case.world.people:
        return to_person(case, case.world.people[group.overflow])
    if group.mailbox:
        return group_mailbox(case, group)
    return to_switchboard(case, reason, _("Nobody in the group answered."))
