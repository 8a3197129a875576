# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may change what in the directory: absences of others, hours, groups.

A manager answers for a unit and all below it; so does a telephone contact, for absences and groups (AAB-32). A role without a unit is
for the whole organisation. Operators set absences for those whom they find (AAB-21), and log members of groups in and out.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from vaxel.directory.access import Actor
from vaxel.directory.models import Group, Organisation, Person, Role, RoleKind, Unit
from vaxel.directory.protection import known_to

EVERY_KIND = tuple(RoleKind)


class Rights:
    """What ``actor`` may change. A few queries, when first needed."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def everything(self) -> bool:
        return self.actor.user.is_superuser

    @cached_property
    def _roles(self) -> list[Role]:
        person = self.actor.person
        return [] if person is None else list(Role.objects.filter(person=person))

    def whole_organisations(self, kinds: Iterable[RoleKind] = EVERY_KIND) -> frozenset[str]:
        """Organisations for all of which she has a role of ``kinds``."""
        wanted = set(kinds)
        return frozenset(role.organisation_id for role in self._roles if role.unit_id is None and role.kind in wanted)

    def units(self, kinds: Iterable[RoleKind] = EVERY_KIND) -> frozenset[int]:
        """Units for which she has a role of ``kinds``, with all below them."""
        wanted = set(kinds)
        roots = {role.unit_id for role in self._roles if role.unit_id is not None and role.kind in wanted}
        return frozenset(_with_all_below(roots)) if roots else frozenset()

    # ── absences ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def people(self) -> QuerySet[Person]:
        """Those whose absences she may set: herself, those she answers for, those she finds as an operator."""
        people = Person.objects.all()
        if self.everything:
            return people
        found = Q(organisation__in=self.whole_organisations()) | Q(unit__in=self.units())
        if self.actor.operator is not None:
            found |= Q(organisation__in=self.actor.organisations)
        return people.filter(Q(user=self.actor.user) | found & known_to(self.actor))

    @cached_property
    def sets_for_others(self) -> bool:
        return self.everything or bool(self._roles) or self.actor.operator is not None

    # ── hours and groups ────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def organisations(self) -> QuerySet[Organisation]:
        """Those whose hours or groups she may change, wholly or in part."""
        if self.everything:
            return Organisation.objects.all()
        return Organisation.objects.filter(pk__in={role.organisation_id for role in self._roles})

    @cached_property
    def kept_wholly(self) -> QuerySet[Organisation]:
        """Those for all of which she answers: what concerns the whole of one, as its synonyms and divisions of cases, is hers to keep."""
        if self.everything:
            return Organisation.objects.all()
        return Organisation.objects.filter(pk__in=self.whole_organisations())

    @cached_property
    def readable(self) -> QuerySet[Organisation]:
        """Those whose policy and proof she may read: where she has a role, or serves the switchboard."""
        return (self.organisations | Organisation.objects.filter(pk__in=self.actor.organisations)).distinct()

    def leads_organisation(self, organisation: str) -> bool:
        """May she change the switchboard's hours, closing days, and all below?"""
        return self.everything or organisation in self.whole_organisations((RoleKind.MANAGER,))

    def leads_unit(self, unit: Unit | None, organisation: str) -> bool:
        """May she change the hours of this unit?"""
        if self.leads_organisation(organisation):
            return True
        return unit is not None and unit.pk in self.units((RoleKind.MANAGER,))

    def may_set_hours(self, owner: Organisation | Unit | Group | Person) -> bool:
        """A person may set her own, where the policy allows any."""
        match owner:
            case Organisation():
                return self.leads_organisation(owner.pk)
            case Unit():
                return self.leads_unit(owner, owner.organisation_id)
            case Group():
                return self.leads_unit(owner.unit, owner.organisation_id)
            case Person():
                own = owner.user_id is not None and owner.user_id == self.actor.user.pk
                return own or self.leads_unit(owner.unit, owner.organisation_id)

    def may_change_group(self, group: Group) -> bool:
        """Its members, their order, and what happens when nobody answers."""
        if self.everything or group.organisation_id in self.whole_organisations():
            return True
        return group.unit_id is not None and group.unit_id in self.units()

    def may_create_group(self, unit: Unit | None, organisation: str) -> bool:
        """In her units; without a unit, or anywhere in it, for who answers for the whole organisation."""
        if self.everything or organisation in self.whole_organisations():
            return True
        return unit is not None and unit.organisation_id == organisation and unit.pk in self.units()

    def may_change_unit(self, unit: Unit | None, organisation: str) -> bool:
        """What a unit does, how it is reached, and the people in it: managers and telephone contacts (AAB-32)."""
        if self.everything or organisation in self.whole_organisations():
            return True
        return unit is not None and unit.pk in self.units()

    def may_describe(self, person: Person) -> bool:
        """What the directory says of her: she herself, and those who answer for her unit."""
        own = person.user_id is not None and person.user_id == self.actor.user.pk
        return own or self.may_change_unit(person.unit, person.organisation_id)

    def may_log(self, person: Person, group: Group) -> bool:
        """May she log ``person`` in and out of ``group``?"""
        own = person.user_id is not None and person.user_id == self.actor.user.pk
        serves = group.organisation_id in self.actor.organisations and not person.protected
        return own or serves or self.may_change_group(group)


def _with_all_below(roots: set[int]) -> set[int]:
    """Level by level: as many queries as the organisation is deep."""
    found, level = set(roots), set(roots)
    while level:
        level = set(Unit.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found
