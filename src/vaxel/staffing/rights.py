# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may report a change, who decides on it, and who sees it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from vaxel.directory.access import Actor
from vaxel.directory.keys import row
from vaxel.directory.models import Organisation, Unit
from vaxel.directory.rights import Rights
from vaxel.staffing.models import StaffChange, Subject


def may_report(rights: Rights, organisation: str, unit: Unit | None) -> bool:
    """Telephone contacts and managers, for what they answer for (AAB-33)."""
    if rights.everything or organisation in rights.whole_organisations():
        return True
    return unit is not None and unit.pk in rights.units()


def may_decide(rights: Rights, change: StaffChange) -> bool:
    """The unit's manager, or one above; that a unit is unstaffed, only the head of the whole (AAB-23)."""
    if change.subject == Subject.UNSTAFFED:
        return rights.leads_organisation(change.organisation_id)
    return rights.leads_unit(change.unit, change.organisation_id)


def homes(rights: Rights) -> QuerySet[Organisation]:
    """Organisations in which she reports or decides."""
    return rights.organisations.order_by("name")


def units(rights: Rights, home: Organisation) -> QuerySet[Unit]:
    """Units of ``home`` for which she reports."""
    found = Unit.objects.filter(organisation=home).order_by("name")
    whole = rights.everything or home.pk in rights.whole_organisations()
    return found if whole else found.filter(pk__in=rights.units())


def changes_of(actor: Actor) -> QuerySet[StaffChange]:
    """Those of her units and organisations, and those that she reported herself."""
    rights = Rights(actor)
    found = StaffChange.objects.select_related("organisation", "unit", "notice")
    if rights.everything:
        return found
    seen = Q(organisation__in=rights.whole_organisations()) | Q(unit__in=rights.units())
    return found.filter(seen | Q(reported_by=actor.user))


def change_of(actor: Actor, key: str) -> StaffChange:
    """One of them, or ``Http404``."""
    found = changes_of(actor).filter(pk=row(key, "c") or 0).first()
    if found is None:
        raise Http404
    return found
