# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom an operator, or a telephone that passes a call on, means: a key or a number, as telephones that can be rung."""

from __future__ import annotations

import re

from msgspec.structs import replace

from vaxel.callcontrol.arrivals import e164
from vaxel.callcontrol.hub import Refusal
from vaxel.domain import routing
from vaxel.domain.draft import Refused
from vaxel.domain.plan import Party, PartyKind, Target
from vaxel.domain.words import _
from vaxel.domain.world import NumberKind, Person, World

Targets = tuple[Target, ...]

NOBODY = _("That is neither a person with a telephone nor a number that can be dialled.")
KEY = re.compile("[gop][0-9]+")
"""A key means nothing to who reads it."""


def asked_for(operator: str, to: str, organisation: str, world: World, *, mobile: bool = False) -> Targets:
    """Whom an operator means by ``to`` in a call of ``organisation``: at least one telephone. Raises ``Refusal``.

    ``mobile``: she wants a person's mobile, though there is a desk phone.
    """
    person = _person(to, organisation, world)
    if person is not None:
        if person.organisation not in {organisation, *homes_of(operator, world)} or not may_name(operator, to, world):
            raise Refusal("invalid", NOBODY)
        found = telephones(person, organisation, world, mobile=mobile)
        if not found:
            why = _unreachable(person, world, mobile=mobile)
            raise Refusal("invalid", why, name=person.shown or person.number)
        return found
    found = targets(to, organisation, world)
    if not any(target.endpoint for target in found):
        if KEY.fullmatch(to):
            raise Refusal("invalid", NOBODY)
        raise Refusal("invalid", _("“{to}” is neither a person with a telephone nor a number."), to=to[:40])
    return found


def homes_of(operator: str, world: World) -> frozenset[str]:
    """The municipalities whose people she may ask for, whosever caller it is: those that she serves or supervises."""
    known = world.operators.get(operator)
    return frozenset() if known is None else frozenset({*known.organisations, *known.supervises})


def _person(to: str, organisation: str, world: World) -> Person | None:
    """By her key, or by her number in her own municipality."""
    number = world.numbers.get(e164(to, organisation, world))
    if number is not None and number.organisation == organisation and number.kind is NumberKind.DIRECT:
        return world.people.get(number.owner)
    return world.people.get(to)


def may_name(operator: str, to: str, world: World) -> bool:
    """Whether ``to`` is no key of somebody whose identity is protected from ``operator``: keys are easily guessed, and calls show names."""
    person, asking = world.people.get(to), world.operators.get(operator)
    return person is None or not person.protected or (asking is not None and asking.finds_protected)


def party_in(person: Person, organisation: str, world: World) -> Party:
    """How the record of a call of ``organisation`` names her: by her municipality alone in another's, whose operators needn't know her."""
    party = routing.party_of(person)
    if person.organisation == organisation:
        return party
    return replace(party, name=world.organisations[person.organisation].name, number="")


def telephones(person: Person, organisation: str, world: World, *, mobile: bool = False) -> Targets:
    """Hers, to be rung for a call of ``organisation``: on her desk, or if there are none, or ``mobile``, the mobile by consent (GNO-15)."""
    desk = () if mobile else routing.person_targets(person)
    party = party_in(person, organisation, world)
    return tuple(replace(target, party=party) for target in desk or routing.mobile_targets(person, world))


def _unreachable(person: Person, world: World, *, mobile: bool) -> str:
    """Why there is nothing to ring."""
    if person.mobile_withheld:
        return _("{name} hasn't agreed that calls are sent to the mobile. She can agree on her own page.")
    if person.mobile:
        return _("{name} has a mobile, but there is no trunk to the public network.")
    if mobile:
        return _("{name} has no mobile number in the directory.")
    return _("{name} has no telephone that can be rung.")


def transfer_targets(dialled: str, organisation: str, home: str, world: World) -> Targets:
    """Whom a telephone of ``organisation`` means when it transfers a call of ``home``'s: () for the switchboard of ``home`` itself.

    It may transfer to whatever it may call. Raises ``Refused``.
    """
    number = e164(dialled, organisation, world) or dialled
    known = world.numbers.get(number)
    if known is not None:
        if known.organisation == home and known.kind is NumberKind.MAIN:
            return ()
        found = preferred(targets(number, organisation, world), organisation, world)
    elif number.isdecimal():
        found = (routing.outside_target(number, world),)
    else:
        raise Refused("invalid", "What was dialled is no number.")
    if not any(target.endpoint for target in found):
        raise Refused("invalid", "The number has no telephone that can be rung.")
    people = world.people
    return tuple(
        replace(target, party=party_in(people[target.party.id], home, world)) if target.party.id in people else target
        for target in found
    )


def preferred(meant: Targets, organisation: str, world: World) -> Targets:
    """To whom the unit of the person meant wants calls passed on, if that can be rung; else whom was meant (AAB-29)."""
    person = world.people.get(meant[0].party.id) if meant else None
    wish = world.transfers_of_unit(person.unit_id) if person else ""
    if not wish:
        return meant
    wanted = _person(wish, organisation, world)
    found = telephones(wanted, organisation, world) if wanted else targets(wish, organisation, world)
    return found if any(target.endpoint for target in found) else meant


def targets(to: str, organisation: str, world: World) -> Targets:
    """Whom somebody of ``organisation`` means by ``to``: a person's or operator's key, or a number. Empty when it is nobody."""
    person = _person(to, organisation, world)
    if person is not None:
        return telephones(person, organisation, world) if person.organisation == organisation else ()
    if operator := world.operators.get(to):
        party = Party(kind=PartyKind.OPERATOR, id=operator.id, name=operator.name)
        phones = operator.phones if organisation in operator.organisations else ()
        return tuple(Target(party=party, endpoint=f"PJSIP/{user}") for user in phones)
    number = e164(to, organisation, world)
    known = world.numbers.get(number)
    if known is None:
        return (routing.outside_target(number, world),) if number else ()
    if known.organisation == organisation and known.kind is NumberKind.GROUP and known.owner in world.groups:
        members = world.groups[known.owner].members
        people = [world.people[member] for member in members if member in world.people]
        return tuple(target for person in people for target in routing.person_targets(person))
    # A switchboard's number, or another municipality's: a call of its own, decided there as any other.
    party = Party(kind=PartyKind.NUMBER, number=number)
    return (Target(party=party, endpoint=f"Local/{number}@from-trunk/n"),)
