# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import rows
from tests.api.conftest import Municipality
from vaxel.directory.models import Person, Role, RoleKind
from vaxel.notices.models import Notice

SEWAGE = {"organisation": "gnosjo", "kind": "change", "title": "Nya taxor för sophämtning", "words": ["sopor", "kärl"]}


def post(by: Municipality, path: str, body: dict[str, Any] | None = None) -> Any:
    return by.api.post(f"/api/v1/{path}", body or {}, "application/json")


@pytest.mark.clause("GNO-17")
def test_a_notice_is_told_found_read_changed_and_withdrawn(gnosjo: Municipality) -> None:
    made = post(gnosjo, "notices", SEWAGE)
    assert made.status_code == 201
    id_ = made.json()["id"]
    assert made.json()["unread_by"] == [gnosjo.operator.key]
    assert [one["id"] for one in gnosjo.api.get("/api/v1/notices").json()["items"]] == [id_]
    assert post(gnosjo, f"notices/{id_}/acknowledge").json()["unread_by"] == []
    other = {key: value for key, value in SEWAGE.items() if key != "organisation"}
    changed = gnosjo.api.put(f"/api/v1/notices/{id_}", {**other, "text": "Från måndag"}, "application/json")
    assert (changed.json()["text"], changed.json()["unread_by"]) == ("Från måndag", [gnosjo.operator.key])
    assert post(gnosjo, f"notices/{id_}/withdraw").json()["over"]
    assert gnosjo.api.get("/api/v1/notices").json()["items"] == []
    assert len(gnosjo.api.get("/api/v1/notices?over=true").json()["items"]) == 1


@pytest.mark.clause("AAB-30", "AAB-36")
def test_what_a_search_or_a_call_touches_comes_up(gnosjo: Municipality) -> None:
    unit = gnosjo.person.unit
    assert unit is not None
    sewage = post(gnosjo, "notices", SEWAGE).json()["id"]
    permits = post(gnosjo, "notices", {**SEWAGE, "title": "Ny e-tjänst", "words": [], "unit": unit.key}).json()["id"]
    answer = {"organisation": "gnosjo", "question": "Behövs bygglov för altan?", "text": "Sällan.", "words": ["altan"]}
    prepared = post(gnosjo, "answers", answer).json()
    assert (prepared["version"], prepared["text"]) == (1, "Sällan.")

    def touched(**query: str) -> tuple[list[str], list[str]]:
        found = gnosjo.api.get("/api/v1/notices/matching", query).json()
        return [one["id"] for one in found["items"]], [one["id"] for one in found["answers"]]

    assert touched(q="sopo") == ([sewage], [])
    assert touched(q="altanbygge") == ([], [prepared["id"]])
    assert touched(q="anna") == touched() == ([], [])
    gnosjo.ship(1, dialled="46980319201")
    assert touched(call=gnosjo.call) == ([permits], [])
    assert gnosjo.api.get("/api/v1/notices/matching", {"call": "n1-1.1"}).status_code == 404


def client(person: Person) -> Client:
    assert person.user is not None
    made = Client()
    made.force_login(person.user)
    return made


def test_a_telephone_contact_writes_for_her_unit_and_an_employee_not_at_all(gnosjo: Municipality) -> None:
    erik = rows.person(gnosjo.organisation, "Erik", "46980319202", user=rows.user("erik"), unit="Bygg")
    other = rows.person(gnosjo.organisation, "Eva", "46980319203", unit="Vård").unit
    assert erik.unit is not None
    assert other is not None

    def tell(unit: str) -> int:
        return client(erik).post("/api/v1/notices", {**SEWAGE, "unit": unit}, "application/json").status_code

    assert tell(erik.unit.key) == 404
    Role.objects.create(organisation=gnosjo.organisation, unit=erik.unit, person=erik, kind=RoleKind.PHONE_CONTACT)
    assert [tell(""), tell(other.key), tell(erik.unit.key)] == [403, 403, 201]
    assert Notice.objects.count() == 1
    assert client(erik).post(f"/api/v1/notices/{Notice.objects.get().key}/acknowledge").status_code == 403


@pytest.mark.clause("AAB-33")
def test_a_change_of_staff_by_rest(gnosjo: Municipality) -> None:
    head = rows.person(gnosjo.organisation, "Eva", "46980319203", user=rows.user("eva"))
    Role.objects.create(organisation=gnosjo.organisation, person=head, kind=RoleKind.PHONE_CONTACT)
    body = {
        "organisation": "gnosjo",
        "subject": "leaver",
        "day": "2026-12-31",
        "details": {"person": gnosjo.person.key},
    }
    api = client(head)
    made = api.post("/api/v1/staff-changes", body, "application/json")
    assert (made.status_code, made.json()["state"]) == (201, "waiting")
    address = f"/api/v1/staff-changes/{made.json()['id']}"
    assert api.post(f"{address}/approve").status_code == 404, "she may report, not decide"
    Role.objects.create(organisation=gnosjo.organisation, person=head, kind=RoleKind.MANAGER)
    assert api.post(f"{address}/approve").json()["state"] == "approved"
    assert api.post(f"{address}/refuse", {"why": "x"}, "application/json").status_code == 422
    assert [one["id"] for one in gnosjo.api.get("/api/v1/notices").json()["items"]] == [
        api.get(address).json()["notice"]
    ]
    assert api.post(f"{address}/withdraw").json()["state"] == "withdrawn"
    wrong = api.post("/api/v1/staff-changes", {**body, "details": {"person": {"a": [1]}}}, "application/json")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "person")
    assert gnosjo.api.get("/api/v1/staff-changes").json()["items"] == []
