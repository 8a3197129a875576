# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose telephones are rung, and the way to the public network."""

from __future__ import annotations

from vaxel.domain.plan import Cause, HangUp, Party, PartyKind, Reason, ReasonCode, Ring, Step, Target
from vaxel.domain.routing.case import Route
from vaxel.domain.words import _
from vaxel.domain.world import Person, World


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
