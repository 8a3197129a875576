# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The world as it would be with another policy in force. Nothing is written."""

from __future__ import annotations

from msgspec.structs import replace

from vaxel.directory.models import Group, Hours, Unit
from vaxel.directory.opening import schedule as schedule_of
from vaxel.domain.hours import Schedule, laid_over
from vaxel.domain.world import Group as WorldGroup
from vaxel.domain.world import Person, World, schedule_above
from vaxel.domain.world import Unit as WorldUnit
from vaxel.policy.compile import Compiled, OwnedSchedule
from vaxel.policy.hours import owner_of


def with_policy(world: World, organisation: str, compiled: Compiled) -> World:
    """``world`` with the rules and telephone hours of ``compiled``, as ``vaxel.policy.hours.keep`` would write them.

    Hours of the policy before that this one doesn't give are gone; exceptions that people have entered stay.
    """
    return _Imagined(world, organisation).with_policy(compiled)


class _Imagined:
    def __init__(self, world: World, organisation: str) -> None:
        self.world = world
        self.id = organisation
        self.schedules = dict(world.schedules)
        self.organisations = dict(world.organisations)
        self.units = dict(world.units)
        self.groups = dict(world.groups)
        self.rows = {
            row.owner_key: row for row in Hours.objects.filter(organisation=organisation).prefetch_related("exceptions")
        }

    def with_policy(self, compiled: Compiled) -> World:
        for row in self.rows.values():
            if row.of_policy:
                self._put(row.owner_key, "")
        home = self.organisations[self.id]
        for owned in compiled.schedules:
            key = self._owner(owned)
            if key:
                self._keep(key, owned.schedule)
        self.organisations[self.id] = replace(self.organisations[self.id], rules=compiled.rules, calendar=home.calendar)
        self._lay_over_those_above()
        return replace(
            self.world,
            organisations=self.organisations,
            units=self.units,
            groups=self.groups,
            schedules=self.schedules,
        )

    def _lay_over_those_above(self) -> None:
        """Who has nothing but exceptions from the hours above has them from those of the policy."""
        owners: dict[str, WorldUnit | WorldGroup | Person] = {**self.units, **self.groups, **self.world.people}
        kept = {
            row.key: row.owner_key
            for row in self.rows.values()
            if row.only_exceptions and row.owner_key in owners and owners[row.owner_key].schedule == row.key
        }
        own = {id_: self._entered(self.rows[owner]) for id_, owner in kept.items()}
        self.schedules |= laid_over(
            {id_: schedule for id_, schedule in own.items() if self.schedules[id_].base is not None},
            lambda id_: schedule_above(owners[kept[id_]], self.units),
            self.schedules,
        )

    def _entered(self, row: Hours) -> Schedule:
        """As people entered it: without the exceptions of a policy."""
        entered = [one for one in row.exceptions.all() if not one.of_policy]
        return schedule_of(row, sorted(entered, key=lambda one: one.pk))

    def _owner(self, owned: OwnedSchedule) -> str:
        from vaxel.directory.models import Organisation

        home = Organisation.objects.get(pk=self.id)
        match owner_of(home, owned):
            case Unit() | Group() as owner:
                return owner.key
            case Organisation() as owner:
                return owner.pk
        return ""

    def _keep(self, key: str, given: Schedule) -> None:
        row = self.rows.get(key)
        kept = self._entered(row).dated if row is not None else ()
        id_ = given.id if row is None else row.key
        self.schedules[id_] = replace(given, id=id_, dated=(*kept, *given.dated))
        self._put(key, id_)

    def _put(self, key: str, schedule: str) -> None:
        if key == self.id:
            self.organisations[key] = replace(self.organisations[key], schedule=schedule)
        elif key in self.units:
            self.units[key] = replace(self.units[key], schedule=schedule)
        elif key in self.groups:
            self.groups[key] = replace(self.groups[key], schedule=schedule)
