# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for one person, group or unit by the policy: her own, or that of the nearest unit above that has any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from vaxel.domain.rules import Choice, Resort, Rules, nearest
from vaxel.domain.world import Group, Person, Unit, World

T = TypeVar("T")


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


def a_ring_of(person: Person, rules: Rules, world: World) -> float | None:
    """Seconds from one ring to the next where her limit is counted in rings; None where in seconds."""
    return nearest_of(rules.a_ring_of, rules.a_ring, person, world)


def order_of(person: Person, rules: Rules, world: World) -> tuple[Resort, ...]:
    """Who or what gets a call that she doesn't answer, by the policy."""
    return nearest_of(rules.order_of, rules.order, person, world)


def absence_choices_of(person: Person, rules: Rules, world: World) -> tuple[Choice, ...]:
    """What a caller is offered while she is away and has referred to nobody."""
    return nearest_of(rules.absence_choices_of, rules.absence_choices, person, world)


def nearest_of(scoped: Mapping[str, T], everybodys: T, person: Person, world: World) -> T:
    """What ``scoped`` has for her or the nearest unit above, else everybody's."""
    return nearest(scoped, names_upwards(person, world), everybodys) if scoped else everybodys
