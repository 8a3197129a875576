# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose card an operator may see."""

from __future__ import annotations

import logging

from django.http import Http404

from vaxel.directory.access import Actor
from vaxel.directory.audit import Via as Way
from vaxel.directory.audit import acting, by_user, record_read
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Person, Unit

log = logging.getLogger(__name__)


def person_of(actor: Actor, key: str) -> Person:
    """The person with ``key`` of an organisation she serves; that she looked at a protected one is recorded. Raises ``Http404``."""
    people = Person.objects.filter(organisation__in=actor.organisations)
    if not actor.finds_protected:
        people = people.filter(protected=False)
    known = people.select_related("organisation", "unit", "place", "unit__place", "successor")
    found = known.prefetch_related("numbers", "exemptions").filter(pk=row(key, "p") or 0).first()
    if found is None:
        raise Http404
    if found.protected:
        with acting(by_user(actor.user, Way.REST)):
            record_read(found)
        log.info("a person with protected identity was looked at", extra={"row": found.pk, "user_row": actor.user.pk})
    return found


def group_of(actor: Actor, key: str) -> Group:
    """A group of the organisations she serves. Raises ``Http404``."""
    groups = Group.objects.filter(organisation__in=actor.organisations)
    known = groups.select_related("organisation", "unit", "unit__place").prefetch_related("numbers")
    found = known.filter(pk=row(key, "g") or 0).first()
    if found is None:
        raise Http404
    return found


def unit_of(actor: Actor, key: str) -> Unit:
    """A unit of the organisations she serves. Raises ``Http404``."""
    units = Unit.objects.filter(organisation__in=actor.organisations).select_related("organisation", "parent", "place")
    found = units.filter(pk=row(key, "u") or 0).first()
    if found is None:
        raise Http404
    return found
