# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two divisions for the demonstration: birth days in Aabenraa, surnames in Falkenberg."""

from __future__ import annotations

from vaxel.cases.models import By, CaseDivision, CaseShare
from vaxel.directory.models import Organisation, Person

PLANS = (
    ("aabenraa", "Sygedagpenge", "Jobcenter", By.DAY, (("1", "10"), ("11", "20"), ("21", "31"))),
    ("falkenberg", "Ekonomiskt bistånd", "", By.SURNAME, (("A", "G"), ("H", "N"), ("O", "Ö"))),
)


def load() -> None:
    """Into a database that has none."""
    for home, task, unit, by, spans in PLANS:
        organisation = Organisation.objects.filter(pk=home).first()
        people = Person.objects.filter(organisation=home, last_day=None, protected=False).order_by("id")
        if unit:
            people = people.filter(unit__name=unit)
        handlers = list(people[: len(spans)])
        if organisation is None or len(handlers) < len(spans) or organisation.case_divisions.exists():
            continue
        division = CaseDivision.objects.create(organisation=organisation, task=task, by=by)
        for person, (first, last) in zip(handlers, spans, strict=True):
            CaseShare.objects.create(division=division, first=first, last=last, person=person)
