# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reported changes of the demonstration, one of each kind in Aabenraa, made by the same actions as any.

Days are from the day on which it is loaded, people are their places in the directory.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from vaxel.cases.models import CaseDivision
from vaxel.directory.access import Actor
from vaxel.directory.audit import By
from vaxel.directory.guard import watching
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation, Person, Role, RoleKind, User
from vaxel.directory.rights import Rights
from vaxel.staffing import actions
from vaxel.staffing.actions import Report
from vaxel.staffing.models import Subject


def load(organisation: Organisation) -> None:
    """Into a municipality that has just been made. Nothing here can leave a caller ringing: it isn't proved each time."""
    plan = {"aabenraa": _aabenraa, "gnosjo": _gnosjo}.get(organisation.pk)
    if plan is None:
        return
    people = dict(enumerate(Person.objects.filter(organisation=organisation).order_by("id"), 1))
    with watching(organisation.pk):
        plan(organisation, people)
        actions.carry_out_due(timezone.now())


def _aabenraa(home: Organisation, people: dict[int, Person]) -> None:
    technical, service = people[25].unit, people[1].unit
    assert technical is not None
    assert service is not None
    joiner = {
        "name": "Signe Overgaard",
        "title": "Byggesagsbehandler",
        "function": "byggesagsbehandler",
        "tasks": "byggetilladelse, carport",
        "number": "+45 84 00 01 80",
    }
    _report(home, people[26], Subject.JOINER, 14, joiner, technical.key, approved=False)
    _report(home, people[1], Subject.LEAVER, 30, {"person": people[5].key, "successor": people[2].key})
    _report(home, people[19], Subject.MOVER, 10, {"person": people[20].key, "to_unit": service.key})
    _report(
        home, people[25], Subject.TASK, 0, {"task": "gadelys", "person": people[27].key, "to_person": people[25].key}
    )
    division = CaseDivision.objects.filter(organisation=home).first()
    if division is not None:
        share = division.shares.order_by("id").first()
        assert share is not None
        cases = {"division": division.key, "person": f"p{share.person_id}", "to_person": people[10].key}
        _report(home, people[7], Subject.CASES, 7, cases)
    until = (today_in(home.time_zone) + timedelta(days=20)).isoformat()
    away = {"until": until, "why": "Fælles temadag", "cover": "Receptionen tager imod beskeder"}
    _report(home, people[31], Subject.UNSTAFFED, 20, away, _key(people[31]), approved=False)


def _gnosjo(home: Organisation, people: dict[int, Person]) -> None:
    _report(home, people[7], Subject.LEAVER, 21, {"person": people[11].key, "successor": people[8].key})


def _key(person: Person) -> str:
    return person.unit.key if person.unit else ""


def _report(
    home: Organisation,
    who: Person,
    subject: Subject,
    days: int,
    details: dict[str, Any],
    unit: str = "",
    *,
    approved: bool = True,
) -> None:
    """Reported by ``who``, who leads the unit or is its telephone contact; approved by its manager, or left waiting."""
    day = today_in(home.time_zone) + timedelta(days=days)
    rights = Rights(_Colleague(who))
    by = By(name=who.name, user=who.user_id)
    made = actions.report(home, rights, by, Report(subject=subject, day=day, unit=unit, details=details))
    if approved and made.open:
        role = Role.objects.filter(organisation=home, kind=RoleKind.MANAGER, unit=None).select_related("person").first()
        assert role is not None
        actions.approve(made, By(name=role.person.name, user=role.person.user_id))


class _Colleague(Actor):
    """Somebody of the demonstration, with or without a log-in."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.user or User())
        self.person = person
        self.operator = None
