# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to groups: one function a change, the same for pages, REST API and telephone.

Each checks, writes in a transaction, and is published to the controller when that is committed. All raise ``ValidationError``, by field;
without a field when the change would leave callers ringing (``directory.guard``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory import extensions
from vaxel.directory.audit import By, acting
from vaxel.directory.guard import guarded
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Membership, Organisation, Person, Strategy, Unit

MOST_MEMBERS = 200
LONGEST_NAME = 120


class GroupPlan(Struct, frozen=True, kw_only=True):
    """A group as somebody wants it. ``members`` are people's keys in order, ``logged_in`` those of them who get calls.

    ``overflow`` is the key of a group or person, "" for the mailbox or the switchboard.
    """

    members: list[str]
    logged_in: frozenset[str]
    strategy: str = Strategy.ALL.value
    seconds: float | None = None
    overflow: str = ""
    mailbox: bool = False
    pick_up: bool = True
    first_day: date | None = None
    last_day: date | None = None


class NewGroup(Struct, frozen=True, kw_only=True):
    """A group that isn't there yet. ``number`` as somebody wrote it; "" for one that is only overflowed to, or gets its number later."""

    name: str
    unit: Unit | None
    number: str
    plan: GroupPlan


def create_group(organisation: Organisation, by: By, wanted: NewGroup) -> Group:
    """A group with its members and its number, all at once."""
    group = Group(organisation=organisation, name=" ".join(wanted.name.replace("\x00", "").split()), unit=wanted.unit)
    members = _members(group, wanted.plan)
    apply(group, wanted.plan)
    _check_new(group)
    with acting(by), guarded(organisation.pk):
        group.save()
        _write_members(group, members, wanted.plan.logged_in)
        if wanted.number.strip():
            extensions.give_number(group, by, wanted.number)
    return group


def _check_new(group: Group) -> None:
    errors: dict[str, list[str]] = {}
    if not group.name:
        errors["name"] = [_("Write a name: callers hear it, and operators find it by it.")]
    elif len(group.name) > LONGEST_NAME:
        errors["name"] = [_("Write at most %(most)d characters.") % {"most": LONGEST_NAME}]
    elif Group.objects.filter(organisation=group.organisation, name=group.name).exists():
        errors["name"] = [_("There is already a group of this name.")]
    if group.unit is not None and group.unit.organisation_id != group.organisation_id:
        errors["unit"] = [_("It belongs to another organisation.")]
    if errors:
        raise ValidationError(errors)


def change_group(group: Group, by: By, plan: GroupPlan) -> Group:
    """Members, their order, and what happens when nobody answers."""
    members = _members(group, plan)
    apply(group, plan)
    with acting(by), guarded(group.organisation_id):
        group.save()
        _write_members(group, members, plan.logged_in)
    return group


def apply(group: Group, plan: GroupPlan) -> None:
    """Put ``plan`` into ``group``, checked but not saved; members aside."""
    group.strategy, group.seconds = plan.strategy, plan.seconds
    group.mailbox, group.pick_up = plan.mailbox, plan.pick_up
    group.first_day, group.last_day = plan.first_day, plan.last_day
    group.overflow_group, group.overflow_person = _overflow(group, plan.overflow)
    try:
        group.full_clean(exclude=["organisation", "name", "unit"])
    except ValidationError as error:
        told = error.message_dict
        overflow = [*told.pop("overflow_group", []), *told.pop("overflow_person", [])]
        raise ValidationError({**told, "overflow": overflow} if overflow else told) from error


def _overflow(group: Group, key: str) -> tuple[Group | None, Person | None]:
    if not key:
        return None, None
    home = group.organisation_id
    other = Group.objects.filter(pk=row(key, "g") or 0, organisation_id=home).first()
    person = Person.objects.filter(pk=row(key, "p") or 0, organisation_id=home).first()
    if other is None and person is None:
        raise ValidationError({"overflow": _("Choose a group or person of the same organisation.")})
    if other is not None and other.pk == group.pk:
        raise ValidationError({"overflow": _("A group can't overflow into itself.")})
    return other, person


def _members(group: Group, plan: GroupPlan) -> Sequence[Person]:
    keys = list(dict.fromkeys(plan.members))
    if len(keys) > MOST_MEMBERS:
        raise ValidationError({"members": _("A group has at most %(most)d members.") % {"most": MOST_MEMBERS}})
    wanted = [row(key, "p") or 0 for key in keys]
    known = Person.objects.filter(organisation_id=group.organisation_id).in_bulk(wanted)
    if len(known) < len(wanted):
        raise ValidationError({"members": _("Choose members who work for the same organisation.")})
    return [known[id_] for id_ in wanted]


def _write_members(group: Group, members: Sequence[Person], logged_in: frozenset[str]) -> None:
    known = {membership.person_id: membership for membership in group.memberships.all()}
    wanted = {person.pk for person in members}
    for person_id, membership in known.items():
        if person_id not in wanted:
            membership.delete()
    for position, person in enumerate(members):
        membership = known.get(person.pk) or Membership(group=group, person=person)
        before = (membership.position, membership.logged_in)
        membership.position, membership.logged_in = position, person.key in logged_in
        if membership.pk is None or before != (membership.position, membership.logged_in):
            membership.save()


def log(person: Person, group: Group, by: By, *, logged_in: bool) -> Membership:
    """``person`` gets the calls of ``group`` from now on, or doesn't."""
    membership = Membership.objects.filter(person=person, group=group).first()
    if membership is None:
        raise ValidationError(
            _("%(person)s isn't a member of %(group)s.") % {"person": person.name, "group": group.name}
        )
    if membership.logged_in != logged_in:
        with acting(by), transaction.atomic():
            membership.logged_in = logged_in
            membership.save(update_fields=["logged_in"])
    return membership


def log_everywhere(person: Person, by: By, *, logged_in: bool) -> int:
    """The same in all groups of ``person``; how many there are."""
    memberships = list(Membership.objects.filter(person=person).select_related("group"))
    with acting(by), transaction.atomic():
        for membership in memberships:
            if membership.logged_in != logged_in:
                membership.logged_in = logged_in
                membership.save(update_fields=["logged_in"])
    return len(memberships)
