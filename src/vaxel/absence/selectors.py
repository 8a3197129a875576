# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which people and absences an actor may see and change."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from vaxel.absence.models import Absence, not_over
from vaxel.directory.access import Actor
from vaxel.directory.keys import row
from vaxel.directory.models import Person
from vaxel.directory.rights import Rights


def person_of(actor: Actor, key: str) -> Person:
    """The person with ``key`` whose absences ``actor`` may set. Raises ``Http404``."""
    people = Rights(actor).people.select_related("organisation", "unit")
    found = people.filter(pk=row(key, "p") or 0).first()
    if found is None:
        raise Http404
    return found


def coming(person: Person) -> QuerySet[Absence]:
    """Absences of ``person`` in force or to come, in order."""
    absences = Absence.objects.filter(not_over(timezone.now()), person=person)
    return absences.select_related("refer_person", "refer_group", "organisation").order_by("start", "id")


def absence_of(actor: Actor, key: str) -> Absence:
    """The absence with ``key``, of somebody whose absences ``actor`` may set. Raises ``Http404``."""
    absences = Absence.objects.filter(pk=row(key, "a") or 0, person__in=Rights(actor).people)
    found = absences.select_related("person__organisation", "refer_person", "refer_group").first()
    if found is None:
        raise Http404
    return found
