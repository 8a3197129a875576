# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose case it is, asked on the page and by REST; nothing of what was told is kept, and nobody else's is found."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests import rows
from vaxel.cases.models import By, CaseDivision, CaseShare
from vaxel.directory.models import Operator, Organisation, Person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AAB-27")]

TOLD = "170380-1234"


@pytest.fixture
def aabenraa() -> Organisation:
    return rows.organisation("aabenraa", "4584000100", language="da", country="DK")


@pytest.fixture
def fie(aabenraa: Organisation) -> Person:
    return rows.person(aabenraa, name="Fie Felsted", number="4584000101", title="Jobkonsulent")


@pytest.fixture
def division(aabenraa: Organisation, fie: Person) -> CaseDivision:
    made = CaseDivision.objects.create(organisation=aabenraa, task="Sygedagpenge", by=By.DAY)
    CaseShare.objects.create(division=made, first="11", last="20", person=fie)
    return made


@pytest.fixture
def operator(aabenraa: Organisation) -> Operator:
    return rows.operator(aabenraa)


def api(operator: Operator) -> Client:
    return Client(headers={"authorization": f"Bearer {rows.token(operator)}"})


def ask(client: Client, division: CaseDivision, told: str) -> Any:
    return client.post(
        f"/api/v1/case-divisions/{division.key}/look-up", {"told": told}, content_type="application/json"
    )


@pytest.fixture
def rest(operator: Operator) -> Client:
    return api(operator)


def test_the_caseworker_of_a_birth_day_is_found(rest: Client, division: CaseDivision, fie: Person) -> None:
    listed = rest.get("/api/v1/case-divisions").json()["items"]
    assert [(each["id"], each["task"], each["by"]) for each in listed] == [(division.key, "Sygedagpenge", "day")]
    found = ask(rest, division, TOLD).json()
    assert (found["id"], found["name"], found["numbers"]) == (fie.key, "Fie Felsted", ["4584000101"])
    assert ask(rest, division, "010380-1234").json()["id"] is None


def test_what_cannot_be_read_is_refused_without_repeating_it(rest: Client, division: CaseDivision) -> None:
    refused = ask(rest, division, "991299-0000 x")
    assert refused.status_code in (400, 422)
    assert refused.headers["Content-Type"].startswith("application/problem+json")
    assert "991299" not in refused.content.decode()


def test_another_municipalitys_division_is_not_there(division: CaseDivision) -> None:
    other = api(rows.operator(rows.organisation("gnosjo", "46980319200"), username="karin"))
    assert other.get("/api/v1/case-divisions").json()["items"] == []
    assert ask(other, division, TOLD).status_code == 404
    assert other.get("/api/v1/case-divisions?organisation=aabenraa").status_code == 404


def test_a_protected_person_is_not_found_that_way(rest: Client, division: CaseDivision, fie: Person) -> None:
    fie.protected = True
    fie.save()
    assert ask(rest, division, TOLD).json()["id"] is None


def test_the_page_answers_and_forgets(operator: Operator, division: CaseDivision, caplog: Any) -> None:
    client = Client()
    client.force_login(operator.user)
    assert "Sygedagpenge" in client.get("/cases").content.decode()
    page = client.post(f"/cases/{division.key}", {"told": TOLD})
    assert "Fie Felsted" in page.content.decode()
    assert "170380" not in page.content.decode()
    assert "170380" not in caplog.text
    assert "no-store" in page.headers["Cache-Control"]
    refused = client.post(f"/cases/{division.key}", {"told": "??"}).content.decode()
    assert "aria-invalid" in refused


def test_a_share_that_makes_no_sense_is_refused(division: CaseDivision, fie: Person) -> None:
    for first, last in [("0", "3"), ("20", "10"), ("A", "B"), ("1", "32")]:
        with pytest.raises(ValidationError):
            CaseShare(division=division, first=first, last=last, person=fie).full_clean()
