# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between two worlds: what a proof must look at again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vaxel.domain.world import World

_PARTS = ("organisations", "units", "people", "groups", "numbers", "absences")


def touched(old: World, new: World) -> frozenset[str] | None:
    """The keys (or numbers) of what differs, as ``Proof.after`` takes them. None: too much for that, prove anew.

    Looking is surer than being told: nobody who writes can forget to tell what it reaches.
    """
    if old.trunk != new.trunk or old.organisations.keys() != new.organisations.keys():
        return None
    found = {key for part in _PARTS for key in _differing(getattr(old, part), getattr(new, part))}
    schedules = set(_differing(old.schedules, new.schedules))
    if schedules:
        found |= {key for world in (old, new) for key in _owners(schedules, world)}
    for key in _differing(old.operators, new.operators):
        for world in (old, new):
            if key in world.operators:
                found |= {
                    *world.operators[key].organisations,
                    *world.operators[key].reserve_for,
                } & new.organisations.keys()
    return frozenset(found)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if old is new:
        return
    for key, value in old.items():
        # Of a hundred thousand nearly all are the very same.
        if (now := new.get(key)) is not value and now != value:
            yield key
    yield from new.keys() - old.keys()


def _owners(schedules: set[str], world: World) -> Iterator[str]:
    for part in (world.organisations, world.units, world.groups, world.people):
        for key, owner in part.items():
            if owner.schedule in schedules:
                yield key
