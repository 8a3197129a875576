# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where what the proof found can be mended."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory.keys import row
from vaxel.directory.models import Group
from vaxel.directory.rights import Rights
from vaxel.domain.proof import Finding, Kind
from vaxel.domain.world import World

OF_ABSENCES = frozenset({Kind.REFERRAL_RING, Kind.REFERRED_TO_ABSENT, Kind.REFERRED_TO_NOBODY})
OF_HOURS = frozenset({Kind.NEVER_OPENS, Kind.FORBIDDEN_HOURS})
OF_OPERATORS = frozenset({Kind.NO_OPERATORS, Kind.TOO_FEW_TRAINED})


class Link(Struct, frozen=True, kw_only=True):
    """A page, and what it is called there."""

    url: str
    name: str


class Remedies:
    """Links that one reader may follow."""

    def __init__(self, rights: Rights, world: World) -> None:
        self._rights = rights
        self._world = world
        self._schedules = {
            owner.schedule: key
            for part in (world.organisations, world.units, world.groups, world.people)
            for key, owner in part.items()
            if owner.schedule
        }

    def link(self, finding: Finding) -> Link | None:
        """The page on which ``finding`` can be mended; None when the reader has none."""
        owner = self._owner(finding)
        if finding.kind in OF_ABSENCES:
            may = self._rights.people.filter(pk=row(owner, "p") or 0).exists()
            return _page(_("The absences"), "portal:absence_of", owner) if may else None
        if finding.kind in OF_OPERATORS:
            return self._administration(_("Operators"), "operator")
        if finding.kind is Kind.NO_OWNER:
            may = self._rights.leads_organisation(finding.organisation)
            return _page(_("Numbers"), "portal:numbers", finding.organisation) if may else None
        if owner in self._world.groups and finding.kind not in OF_HOURS:
            group = Group.objects.filter(pk=row(owner, "g") or 0).first()
            may = group is not None and self._rights.may_change_group(group)
            return _page(_("The group"), "portal:change_group", owner) if may else None
        if owner in self._world.people and finding.kind not in OF_HOURS:
            return self._administration(_("The person"), "person", row(owner, "p"))
        return self._hours(finding.organisation)

    def _owner(self, finding: Finding) -> str:
        """The key of whom it concerns; of a main number, or a switchboard, the organisation's id."""
        known = self._world.numbers.get(finding.subject)
        if known is not None:
            return known.owner
        return self._schedules.get(finding.subject, finding.subject)

    def _hours(self, organisation: str) -> Link | None:
        may = self._rights.organisations.filter(pk=organisation).exists()
        return _page(_("The opening hours"), "portal:hours", organisation) if may else None

    def _administration(self, name: str, model: str, pk: int | None = None) -> Link | None:
        if not self._rights.actor.user.is_superuser:
            return None
        if pk is None:
            return _page(name, f"admin:directory_{model}_changelist")
        return _page(name, f"admin:directory_{model}_change", pk)


def _page(name: str, view: str, *arguments: object) -> Link:
    return Link(url=reverse(view, args=arguments), name=name)
