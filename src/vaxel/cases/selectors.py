# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose case it is. What was told is used and forgotten: it is in no answer, no log and no address."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from vaxel.cases.models import By, CaseDivision
from vaxel.directory.access import Actor
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Person
from vaxel.domain.case_division import NotUnderstood, look_up


def divisions(actor: Actor, organisation: str = "") -> QuerySet[CaseDivision]:
    """Those of the organisations that an operator serves."""
    return CaseDivision.objects.filter(organisation__in=actor.chosen(organisation)).select_related("organisation")


def division_of(actor: Actor, key: str) -> CaseDivision:
    pk = row(key, "d")
    found = None if pk is None else divisions(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def handler(actor: Actor, division: CaseDivision, told: str) -> Person | Group | None:
    """Who handles the case of the one who told this, None when nobody does. Raises ValidationError when it can't be understood."""
    try:
        owner = look_up(division.as_domain(), told[:200])
    except NotUnderstood:
        raise ValidationError(_("That can't be read. Asked for: %(what)s.") % {"what": question(division)}) from None
    person, group = row(owner, "p"), row(owner, "g")
    if group is not None:
        return Group.objects.get(pk=group)
    if person is None:
        return None
    found = Person.objects.select_related("unit", "organisation").get(pk=person)
    # Only those allowed may learn of a protected person, by whatever way.
    return found if actor.finds_protected or not found.protected else None


def question(division: CaseDivision) -> str:
    """What to ask the citizen for."""
    return {
        By.DAY: _("the personal identity number, or the birth date"),
        By.MONTH: _("the personal identity number, or the birth date"),
        By.SURNAME: _("the surname"),
        By.STREET: _("the address"),
        By.WARD: _("the ward"),
    }[By(division.by)]
