# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import rows
from tests.api.conftest import Municipality
from vaxel.absence.models import Absence
from vaxel.directory import hours
from vaxel.directory.audit import By
from vaxel.directory.models import Group, Membership

pytestmark = pytest.mark.django_db


def address(gnosjo: Municipality, rest: str = "") -> str:
    return f"/api/v1/people/{gnosjo.person.key}/absences{rest}"


def post(gnosjo: Municipality, **body: Any) -> Any:
    return gnosjo.api.post(address(gnosjo), body, "application/json")


@pytest.mark.clause("AAB-8", "AAB-21")
def test_an_operator_sets_sees_and_ends_an_absence(gnosjo: Municipality) -> None:
    end = (timezone.now() + timedelta(hours=2)).replace(microsecond=0)
    made = post(gnosjo, reason="meeting", end=end.isoformat(), refer="switchboard", message="i nämnd")
    assert made.status_code == 201
    assert (made.json()["via"], made.json()["set_by"]) == ("proxy", "gnosjo-operator")
    found = gnosjo.api.get("/api/v1/directory/search?q=anna").json()["items"][0]
    assert (found["presence"]["here"], found["presence"]["reason"]) == (False, "meeting")
    assert datetime.fromisoformat(found["presence"]["back"]) == end
    assert gnosjo.api.delete(address(gnosjo)).json() == {"ended": 1}
    listed = gnosjo.api.get(address(gnosjo)).json()
    assert (listed["items"], listed["presence"]["here"]) == ([], True)


def test_she_is_back_when_her_hours_begin_after_the_absence(gnosjo: Municipality) -> None:
    week: list[Any] = [[[480, 960]]] * 7
    hours.set_hours(gnosjo.organisation, By(), hours.Plan(week=week, holiday=[[480, 960]], eve=[[480, 960]]))
    tomorrow = hours.today_in("Europe/Stockholm") + timedelta(days=1)
    post(gnosjo, reason="gone_for_day", end=f"{tomorrow}T01:00:00+01:00")
    back = gnosjo.api.get(address(gnosjo)).json()["presence"]["back"]
    assert datetime.fromisoformat(back).astimezone().isoformat() != f"{tomorrow}T01:00:00+01:00"
    assert datetime.fromisoformat(back).date() == tomorrow


def test_an_absence_is_changed_and_one_to_come_is_taken_back(gnosjo: Municipality) -> None:
    start = timezone.now() + timedelta(days=1)
    made = post(gnosjo, reason="course", start=start.isoformat()).json()
    changed = gnosjo.api.put(
        address(gnosjo, f"/{made['id']}"), {"reason": "vacation", "start": start.isoformat()}, "application/json"
    )
    assert (changed.status_code, changed.json()["reason"], changed.json()["id"]) == (200, "vacation", made["id"])
    assert gnosjo.api.delete(address(gnosjo, f"/{made['id']}")).status_code == 200
    assert gnosjo.api.get(address(gnosjo)).json()["items"] == []
    assert gnosjo.api.delete(address(gnosjo, "/a999999")).status_code == 404


def test_what_does_not_fit_is_told_by_field(gnosjo: Municipality) -> None:
    refused = post(gnosjo, reason="meeting", end="2020-01-01T00:00:00Z", refer="colleague", refer_to=gnosjo.person.key)
    assert (refused.status_code, {error["field"] for error in refused.json()["errors"]}) == (422, {"end", "refer_to"})
    assert post(gnosjo, reason="golf").json()["errors"][0]["field"] == "reason"
    assert post(gnosjo, reason="meeting", end="2030-01-01T00:00:00").status_code == 422
    assert Absence.objects.count() == 0


def test_an_employee_sets_her_own_from_a_page(gnosjo: Municipality) -> None:
    anna = gnosjo.person
    anna.user = rows.user("anna")
    anna.save()
    browser = Client()
    browser.force_login(anna.user)
    made = browser.post(address(gnosjo), {"reason": "lunch"}, "application/json")
    assert (made.status_code, made.json()["via"]) == (201, "rest")
    other = rows.person(gnosjo.organisation, "Bo Ek", "46980319202")
    assert browser.get(f"/api/v1/people/{other.key}/absences").status_code == 404


def test_somebody_protected_is_not_found_by_an_operator_who_may_not(gnosjo: Municipality) -> None:
    gnosjo.person.protected = True
    gnosjo.person.save()
    assert post(gnosjo, reason="sick").status_code == 404


def test_members_are_logged_in_and_out(gnosjo: Municipality) -> None:
    group = Group.objects.create(organisation=gnosjo.organisation, name="Bygglov")
    Membership.objects.create(group=group, person=gnosjo.person)
    place = f"/api/v1/groups/{group.key}/members/{gnosjo.person.key}"
    assert gnosjo.api.put(place, {"logged_in": False}, "application/json").json()["logged_in"] is False
    (listed,) = gnosjo.api.get("/api/v1/groups").json()
    assert listed["members"] == [{"id": gnosjo.person.key, "name": "Anna Lind", "logged_in": False}]
    assert (
        gnosjo.api.put(f"/api/v1/groups/{group.key}/members/p999", {"logged_in": True}, "application/json").status_code
        == 404
    )
