# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The card of a person, group or unit: what an operator reads while the caller waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from tests import rows
from vaxel.absence.actions import Wish, set_absence
from vaxel.absence.calendars.models import BusyTime, Calendar
from vaxel.directory.audit import By
from vaxel.directory.hours import today_in
from vaxel.directory.models import (
    AuditEntry,
    Exemption,
    FurtherFunction,
    Group,
    Membership,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Place,
    Role,
    RoleKind,
    Substitute,
    Task,
    TaskHandler,
    Unit,
)

pytestmark = pytest.mark.django_db

Json = dict[str, Any]


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def britta(gnosjo: Organisation) -> Operator:
    return rows.operator(gnosjo)


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    place = Place.objects.create(organisation=gnosjo, name="Kommunhuset", address="Storgatan 15")
    top = Unit.objects.create(organisation=gnosjo, name="Samhällsbyggnad", number="46980319290")
    made = rows.person(
        gnosjo, unit="Bygg", title="Handläggare", function="bygglov", tasks="altan, carport", place=place, room="214"
    )
    assert made.unit
    made.unit.parent = top
    made.unit.save()
    return made


def card(operator: Operator, key: str, kind: str = "people") -> Json:
    client = Client(headers={"accept-language": "en"})
    client.force_login(operator.user)
    answer = client.get(f"/api/v1/directory/{kind}/{key}")
    assert answer.status_code == 200, answer.content
    found: Json = answer.json()
    return found


def colleague(gnosjo: Organisation, name: str, number: str, **fields: Any) -> Person:
    return rows.person(gnosjo, name, number, unit="Bygg", **fields)


@pytest.mark.clause("AAB-26")
def test_a_card_tells_what_she_does_where_she_sits_and_whom_to_ask_instead(
    britta: Operator, gnosjo: Organisation, anna: Person
) -> None:
    bo = colleague(gnosjo, "Bo Ek", "46980319202", function="bygglov")
    eva = colleague(gnosjo, "Eva Ny", "46980319203")
    FurtherFunction.objects.create(person=eva, name="bygglov", role="stands_in")
    FurtherFunction.objects.create(person=anna, name="rivningslov")
    task = Task.objects.create(organisation=gnosjo, unit=anna.unit, name="Strandskydd")
    TaskHandler.objects.create(task=task, person=anna)
    today = today_in(gnosjo.time_zone)
    Substitute.objects.create(person=anna, substitute=eva)
    Substitute.objects.create(person=anna, substitute=bo, first_day=today, last_day=today)
    Role.objects.create(organisation=gnosjo, unit=anna.unit, person=bo, kind=RoleKind.PHONE_CONTACT)
    set_absence(bo, By(), Wish(reason="lunch", end=timezone.now() + timedelta(hours=1)))
    found = card(britta, anna.key)
    assert found["unit_path"] == ["Samhällsbyggnad", "Bygg"]
    assert found["functions"] == ["bygglov", "rivningslov"]
    assert found["task_list"] == ["Strandskydd", "altan", "carport"]
    assert found["place"] == "Kommunhuset, room 214, Storgatan 15"
    assert [one["name"] for one in found["same_function"]] == ["Eva Ny", "Bo Ek"], "who is here comes first"
    assert found["substitute"]["name"] == "Bo Ek", "a period goes before always"
    assert [one["name"] for one in found["contacts"]] == ["Bo Ek"]
    assert found["opening"] == {"open": True, "until": None, "opens": None}
    assert found["absence"] is None


@pytest.mark.clause("AAB-8")
def test_a_card_tells_when_she_is_back_and_when_she_is_busy(
    britta: Operator, gnosjo: Organisation, anna: Person
) -> None:
    now = timezone.now()
    read = Calendar.objects.create(person=anna, host="calendar.example", read_at=now)
    BusyTime.objects.create(calendar=read, start=now - timedelta(minutes=1), end=now + timedelta(seconds=30))
    found = card(britta, anna.key)
    assert found["presence"]["here"]
    assert found["presence"]["busy_until"]
    assert found["calendar"][0]["state"] == "busy"
    assert set(found["calendar"][0]) == {"from", "to", "state"}
    back = (now + timedelta(hours=2)).replace(microsecond=0)
    set_absence(anna, By(), Wish(reason="meeting", end=back, message="i nämnden"))
    found = card(britta, anna.key)
    assert found["absence"]["reason"] == "meeting"
    assert found["absence"]["message"] == "i nämnden"
    assert found["back_at"]


@pytest.mark.clause("AAB-37", "GNO-15")
def test_the_number_to_tell_is_hers_if_it_is_published_else_the_units_and_a_mobile_only_by_consent(
    britta: Operator, gnosjo: Organisation, anna: Person
) -> None:
    anna.mobile, anna.mobile_consent = "46701740605", timezone.localdate()
    anna.save()
    found = card(britta, anna.key)
    assert found["tell_number"] == "46980319201"
    assert found["mobile"] == {"reachable": True, "tell": False}
    assert "46701740605" not in str(found)
    Exemption.objects.create(person=anna, what="number", reason="hot")
    assert card(britta, anna.key)["tell_number"] == "46980319201", "only asked for"
    Exemption.objects.update(decision="approved")
    anna.mobile_told = timezone.localdate()
    anna.save()
    found = card(britta, anna.key)
    assert found["tell_number"] == "46980319290"
    assert [(one["number"], one["tell"]) for one in found["numbers"]] == [
        ("46980319201", False),
        ("46980319290", True),
        ("46701740605", True),
    ]


@pytest.mark.clause("AAB-29")
def test_a_units_wish_for_transfers_is_told_with_its_reason(
    britta: Operator, gnosjo: Organisation, anna: Person
) -> None:
    bo = colleague(gnosjo, "Bo Ek", "46980319202")
    assert anna.unit
    assert anna.unit.parent
    anna.unit.parent.transfer_person = bo
    anna.unit.parent.save()
    found = card(britta, anna.key)["transfer"]
    assert found == {"to": bo.key, "why": "The unit wants its calls at Bo Ek only."}
    assert card(britta, bo.key)["transfer"] is None
    assert card(britta, anna.unit.key, "units")["transfer"]["to"] == bo.key


@pytest.mark.clause("AAB-25", "AAB-28")
def test_units_and_groups_have_cards_with_their_people(britta: Operator, gnosjo: Organisation, anna: Person) -> None:
    unit = anna.unit
    assert unit
    unit.description, unit.kind = "Prövar bygglov.", "institution"
    unit.save()
    Task.objects.create(organisation=gnosjo, unit=unit, name="Bygglov")
    group = Group.objects.create(organisation=gnosjo, name="Bygglov", unit=unit)
    Number.objects.create(number="46980319295", organisation=gnosjo, kind=NumberKind.GROUP, group=group)
    bo = colleague(gnosjo, "Bo Ek", "46980319202")
    Membership.objects.create(group=group, person=anna, logged_in=False)
    Membership.objects.create(group=group, person=bo)
    found = card(britta, unit.key, "units")
    assert (found["title"], found["may_tell"], found["task_list"]) == ("Institution", "Prövar bygglov.", ["Bygglov"])
    assert found["number"] == found["tell_number"] == "46980319295"
    assert {one["name"] for one in found["members"]} == {"Anna Lind", "Bo Ek"}
    assert [one["name"] for one in found["groups"]] == ["Bygglov"]
    found = card(britta, group.key, "groups")
    assert {one["name"]: one["logged_in"] for one in found["members"]} == {"Anna Lind": False, "Bo Ek": True}
    assert found["tell_number"] == "46980319295"


def test_a_protected_person_is_shown_to_those_allowed_and_the_look_is_recorded(
    britta: Operator, gnosjo: Organisation, anna: Person
) -> None:
    hidden = colleague(gnosjo, "Cecilia Hemlig", "46980319204", function="bygglov", protected=True)
    token = rows.token(britta)
    client = Client(headers={"authorization": f"Bearer {token}"})
    assert client.get(f"/api/v1/directory/people/{hidden.key}").status_code == 404
    assert anna.unit
    for address in (f"people/{anna.key}", f"units/{anna.unit.key}"):
        assert "Cecilia" not in client.get(f"/api/v1/directory/{address}").text
    britta.user.user_permissions.add(Permission.objects.get(codename="see_protected"))
    AuditEntry.objects.all().delete()
    found = client.get(f"/api/v1/directory/people/{hidden.key}").json()
    assert (found["name"], found["tell_number"]) == ("Cecilia Hemlig", "46980319290")
    (entry,) = AuditEntry.objects.all()
    assert (entry.done, entry.row, entry.user_id, entry.after) == ("read", str(hidden.pk), britta.user_id, {})


def test_nothing_of_another_municipality_is_found(gnosjo: Organisation, anna: Person) -> None:
    other = rows.operator(rows.organisation("tana", "4760000100"), username="inga")
    client = Client(headers={"authorization": f"Bearer {rows.token(other)}"})
    assert anna.unit
    for address in (
        f"people/{anna.key}",
        f"units/{anna.unit.key}",
        "groups/g1",
        "people/x",
        "units/u99999999999999999999",
    ):
        assert client.get(f"/api/v1/directory/{address}").status_code == 404
