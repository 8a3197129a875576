# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which numbers a citizen may be told: when a transfer isn't possible, the person's direct number, else the unit's (AAB-37).

A mobile number only if its user has agreed that it is told; a call may be passed on to one without the caller learning it (GNO-15).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory.hours import today_in
from vaxel.directory.models import Group, Number, Person, Published, Unit
from vaxel.directory.publication import published


class Known(Struct, frozen=True, kw_only=True):
    """A number, whose it is, and whether a citizen may be told."""

    number: str
    label: str
    tell: bool


def numbers_of(person: Person, units: Iterable[Unit]) -> list[Known]:
    """Hers, those of the groups that she is in, and those of ``units``, nearest first. A mobile only if it may be told."""
    tell = Published.NUMBER in published(person)
    found = [Known(number=one.number, label=_("direct"), tell=tell) for one in person.numbers.all()]
    found += _of_units(units)
    shared = Number.objects.filter(group__memberships__person=person).select_related("group").order_by("id")
    found += [Known(number=one.number, label=one.group.name if one.group else "", tell=True) for one in shared]
    if mobile_told(person):
        found.append(Known(number=person.mobile, label=_("mobile"), tell=True))
    return _once(found)


def numbers_of_unit(units: Iterable[Unit]) -> list[Known]:
    """The unit's, those of its groups, then those of the units above. ``units`` from below."""
    units = list(units)
    found = _of_units(units[:1])
    groups = Number.objects.filter(group__unit__in=units[:1]).select_related("group").order_by("id")
    found += [Known(number=one.number, label=one.group.name if one.group else "", tell=True) for one in groups]
    found += _of_units(units[1:])
    return _once(found)


def numbers_of_group(group: Group, units: Iterable[Unit]) -> list[Known]:
    """The group's, then those of its unit and above."""
    found = [Known(number=one.number, label=group.name, tell=True) for one in group.numbers.all()]
    found += _of_units(units)
    return _once(found)


def to_tell(numbers: Iterable[Known]) -> str:
    """The first that may be told, "" when there is none."""
    return next((one.number for one in numbers if one.tell), "")


def mobile_reachable(person: Person) -> bool:
    """She has agreed that calls are sent to her mobile."""
    return bool(person.mobile) and _since(person, person.mobile_consent)


def mobile_told(person: Person) -> bool:
    """She has agreed that the number itself is told, and isn't protected."""
    return bool(person.mobile) and not person.protected and _since(person, person.mobile_told)


def _since(person: Person, day: date | None) -> bool:
    return day is not None and day <= today_in(person.organisation.time_zone)


def _of_units(units: Iterable[Unit]) -> list[Known]:
    return [Known(number=unit.number, label=unit.name, tell=True) for unit in units if unit.number]


def _once(found: Iterable[Known]) -> list[Known]:
    by_number: dict[str, Known] = {}
    for one in found:
        by_number.setdefault(one.number, one)
    return list(by_number.values())
