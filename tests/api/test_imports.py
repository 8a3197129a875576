# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Imports by REST."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Municipality
from vaxel.directory.audit import AuditEntry
from vaxel.directory.models import Person, Role, RoleKind

pytestmark = pytest.mark.django_db

PEOPLE = [
    {
        "key": "1",
        "name": "Eva Ek",
        "numbers": ["0980-31 92 07"],
        "unit": ["Samhälle", "Bygg"],
        "email": "eva@example.org",
    },
    {"key": "2", "name": "Bo Ek", "numbers": ["växeln"]},
]


@pytest.fixture
def leads(gnosjo: Municipality) -> Municipality:
    """The operator is a manager of the whole municipality, too."""
    person = Person.objects.create(organisation=gnosjo.organisation, name="Chef", user=gnosjo.operator.user)
    Role.objects.create(organisation=gnosjo.organisation, person=person, kind=RoleKind.MANAGER)
    return gnosjo


def send(home: Municipality, **fields: Any) -> Any:
    body = {"organisation": home.organisation.pk, "source": "HR", "people": PEOPLE, **fields}
    return home.api.post("/api/v1/imports", body, "application/json")


def test_people_are_sent_seen_imported_and_taken_back(leads: Municipality) -> None:
    before = Person.objects.count()
    seen = send(leads, dry_run=True)
    assert seen.status_code == 200
    assert seen.json()["counts"] == {"add": 1, "change": 0, "leave": 0, "unchanged": 0, "held": 0, "wrong": 1}
    [problem] = seen.json()["problems"]
    assert (problem["row"], problem["field"]) == (2, "numbers")
    assert Person.objects.count() == before
    done = send(leads)
    assert done.status_code == 201
    person = Person.objects.get(name="Eva Ek")
    assert person.unit is not None
    assert (person.unit.name, person.numbers.get().number) == ("Bygg", "46980319207")
    entry = AuditEntry.objects.filter(kind="person", name="Eva Ek").get()
    assert (entry.via, entry.user) == ("rest", leads.operator.user)
    [listed] = leads.api.get("/api/v1/imports?organisation=gnosjo").json()["items"]
    assert (listed["id"], listed["source"]) == (done.json()["id"], "HR")
    undone = leads.api.post(f"/api/v1/imports/{listed['id']}/undo")
    assert undone.json() == {"id": listed["id"], "remains": []}
    assert Person.objects.count() == before
    assert leads.api.post(f"/api/v1/imports/{listed['id']}/undo").status_code == 422


def test_what_would_empty_the_directory_is_refused(leads: Municipality) -> None:
    send(leads, people=[{"key": str(n), "name": f"Person {n}"} for n in range(20)])
    refused = send(leads, people=[{"key": "0", "name": "Person 0"}], complete=True)
    assert refused.status_code == 200
    assert "more than a tenth" in refused.json()["refusal"]
    assert not Person.objects.exclude(last_day=None).exists()
    done = send(leads, people=[{"key": "0", "name": "Person 0"}], complete=True, force=True)
    assert done.json()["counts"]["leave"] == 19


def test_only_those_who_answer_for_the_organisation_may(leads: Municipality, tana: Municipality) -> None:
    number = send(leads).json()["id"]
    assert send(tana).status_code == 404
    assert (
        tana.api.post(
            "/api/v1/imports", {"organisation": "gnosjo", "source": "x", "people": []}, "application/json"
        ).status_code
        == 404
    )
    assert tana.api.get("/api/v1/imports?organisation=gnosjo").status_code == 404
    assert tana.api.post(f"/api/v1/imports/{number}/undo").status_code == 404


def test_a_whole_municipality_is_read_and_elsewhere_as_much_is_refused(
    gnosjo: Municipality, leads: Municipality
) -> None:
    note = "Ring hellre på förmiddagen. " * 10
    people = [{"key": str(n), "name": f"Person {n}", "note": note} for n in range(4000)]
    assert len(str(people)) > 1_200_000
    assert send(leads, people=people, dry_run=True).json()["counts"]["add"] == 4000
    answer = gnosjo.api.post("/api/v1/shift/pause", {"reason": "x" * 1_000_001}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
