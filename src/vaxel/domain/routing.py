# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to a call to a number: ``plan`` is the one function that decides it.

It answers the caller, explains the decision to the operator, and is what the proof walks.
"""

from __future__ import annotations

from msgspec import Struct

from vaxel.domain.plan import (
    Announce,
    Cause,
    HangUp,
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
from vaxel.domain.world import Group, NoAnswer, NumberKind, Organisation, Person, World

EXTERNAL, INTERNAL = 1, 2
"""Queue priorities: external calls before internal (FAL-16)."""


class Route(Struct, frozen=True, kw_only=True):
    """A decision: whose call it is (``organisation`` "" when the number is nobody's), why, and the plan."""

    organisation: str
    dialled_name: str
    reason: Reason
    plan: Step


def plan(dialled: str, internal: bool, world: World) -> Route:
    """Decide a call to ``dialled`` (E.164 digits). ``internal``: the caller is a colleague.

    Every branch ends with a person, an operator, a mailbox, or a refusal that the caller hears at once (AAB-7, AAB-24).
    """
    number = world.numbers.get(dialled)
    if number is None:
        why = "The number belongs to nobody."
        return Route(
            organisation="",
            dialled_name="",
            reason=Reason(code=ReasonCode.UNKNOWN_NUMBER),
            plan=HangUp(cause=Cause.UNALLOCATED, why=why),
        )
    home = world.organisations[number.organisation]
    priority = INTERNAL if internal else EXTERNAL
    if number.kind is NumberKind.DIRECT and number.owner in world.people:
        person = world.people[number.owner]
        return _route(home, person.name, ReasonCode.DIRECT, _to_person(person, home, priority))
    if number.kind is NumberKind.GROUP and number.owner in world.groups:
        group = world.groups[number.owner]
        return _route(home, group.name, ReasonCode.DIRECT, _to_group(group, home, world, priority))
    return _route(home, home.name, ReasonCode.MAIN_NUMBER, _to_switchboard(home, priority))


def outside(dialled: str, world: World, organisation: str) -> Route:
    """A colleague's call to a number that isn't ours: through the trunk."""
    refused = HangUp(cause=Cause.FAILED, why="There is no trunk to the public network.")
    busy = HangUp(cause=Cause.BUSY)
    ring = Ring(
        targets=(outside_target(dialled, world),),
        seconds=120.0,
        no_answer=HangUp(cause=Cause.NO_ANSWER),
        busy=busy,
        rejected=busy,
        unregistered=HangUp(cause=Cause.FAILED),
        why="An outside number.",
    )
    step: Step = ring if world.trunk else refused
    return Route(organisation=organisation, dialled_name="", reason=Reason(code=ReasonCode.OUTGOING), plan=step)


def outside_target(number: str, world: World) -> Target:
    endpoint = f"PJSIP/{number}@trunk-{world.trunk}" if world.trunk else ""
    return Target(party=Party(kind=PartyKind.NUMBER, number=number), endpoint=endpoint)


def person_targets(person: Person) -> tuple[Target, ...]:
    """All telephones of a person, rung together."""
    party = Party(kind=PartyKind.PERSON, id=person.id, name=person.name, number=person.number)
    return tuple(Target(party=party, endpoint=f"PJSIP/{user}") for user in person.phones)


def _route(home: Organisation, name: str, code: ReasonCode, step: Step) -> Route:
    return Route(organisation=home.id, dialled_name=name, reason=Reason(code=code, person=name), plan=step)


def _to_switchboard(home: Organisation, priority: int) -> Step:
    queue = Queue(reason=Reason(code=ReasonCode.MAIN_NUMBER), priority=priority, why="The main number was called.")
    if not home.welcome_prompt:
        return queue
    return Announce(prompts=("welcome",), then=queue, why="The municipality's welcome.", clause="GNO-13")


def _to_person(person: Person, home: Organisation, priority: int) -> Step:
    """Ring for the allowed number of rings, then the mailbox or the switchboard: never into the blue (SOL-2, FAL-1)."""
    seconds = home.rings * home.ring_seconds
    targets = person_targets(person)
    return Ring(
        targets=targets or (Target(party=Party(kind=PartyKind.PERSON, id=person.id, name=person.name), endpoint=""),),
        seconds=seconds,
        no_answer=_unanswered(person, home, ReasonCode.NO_ANSWER, priority, seconds),
        busy=_unanswered(person, home, ReasonCode.BUSY, priority),
        rejected=_unanswered(person, home, ReasonCode.REJECTED, priority),
        unregistered=_unanswered(person, home, ReasonCode.UNREGISTERED, priority),
        why=f"A direct number: at most {home.rings} rings.",
        clause="SOL-2",
    )


def _unanswered(person: Person, home: Organisation, code: ReasonCode, priority: int, seconds: float = 0.0) -> Step:
    if (person.no_answer or home.no_answer) is NoAnswer.VOICEMAIL:
        return Voicemail(
            person=person.id,
            name=person.name,
            prompts=("voicemail-greeting",),
            seconds=home.voicemail_seconds,
            why="Not answered: the personal mailbox.",
            clause="SOL-2",
        )
    reason = Reason(code=code, person=person.name, seconds=seconds)
    return Queue(reason=reason, priority=priority, why="Not answered: back to the switchboard.", clause="AAB-24")


def _to_group(group: Group, home: Organisation, world: World, priority: int) -> Step:
    members = [world.people[member] for member in group.members if member in world.people]
    targets = tuple(target for member in members for target in person_targets(member))

    def back(code: ReasonCode) -> Step:
        return Queue(
            reason=Reason(code=code, person=group.name), priority=priority, why="Nobody in the group answered."
        )

    return Ring(
        targets=targets,
        seconds=home.rings * home.ring_seconds,
        no_answer=back(ReasonCode.NO_ANSWER),
        busy=back(ReasonCode.BUSY),
        rejected=back(ReasonCode.REJECTED),
        unregistered=back(ReasonCode.UNREGISTERED),
        why="A group number: all members at once.",
        clause="SOL-6",
    )
