# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People with protected identity on the pages: shown to those alone who are allowed, and it is written down who was shown them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from tests import rows
from vaxel.absence.actions import Wish, set_absence
from vaxel.directory import hours
from vaxel.directory.audit import By
from vaxel.directory.models import AuditEntry, Group, Membership, Person, Role, RoleKind, User
from vaxel.proof.models import Cause
from vaxel.proof.runs import make

pytestmark = pytest.mark.django_db

NAME = "Dolda Dora"


@pytest.fixture
def dora() -> Person:
    """Away, in a group, with hours of her own."""
    gnosjo = rows.organisation()
    rows.operator(gnosjo)
    anna = rows.person(gnosjo, user=rows.user("anna"), unit="Bygg", has_greeting=True)
    Role.objects.create(organisation=gnosjo, person=anna, kind=RoleKind.MANAGER)
    made = rows.person(gnosjo, NAME, "46980319202", unit="Bygg", protected=True, user=rows.user("dora"))
    group = Group.objects.create(organisation=gnosjo, name="Bygglov", unit=made.unit)
    Group.objects.create(organisation=gnosjo, name="Tillsyn", unit=made.unit, overflow_person=made)
    Membership.objects.create(group=group, person=made)
    hours.set_hours(made, By(), hours.Plan(week=[[[0, 1440]]] * 7))
    set_absence(anna, By(), Wish(reason="meeting", refer="colleague", refer_to=made.key))
    set_absence(made, By(), Wish(reason="vacation"))
    AuditEntry.objects.all().delete()
    return made


def pages(dora: Person) -> list[str]:
    return [
        "/absences",
        "/absences?who=dora",
        "/numbers/gnosjo?who=dora",
        f"/units/{dora.unit.key if dora.unit else ''}",
        "/hours/gnosjo",
        f"/groups/{Group.objects.get(name='Bygglov').key}",
        "/groups",
        "/explain?number=46980319201",
        "/proof/gnosjo",
        "/completeness",
    ]


HERS = ["/absences/{0}", "/people/{0}", "/hours/gnosjo/{0}", "/hours/gnosjo/{0}/exception"]
"""Pages of one person."""


def logged_in(name: str, *, trusted: bool = False) -> Client:
    user = User.objects.get(username=name)
    if trusted:
        user.user_permissions.add(Permission.objects.get(codename="see_protected"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(pk=user.pk))
    return client


def read_by() -> list[Any]:
    return list(AuditEntry.objects.filter(done="read").values_list("kind", "name", "who"))


def test_a_manager_without_the_right_finds_her_nowhere(dora: Person) -> None:
    make("gnosjo", Cause.NIGHT, timezone.now())
    client = logged_in("anna")
    for page in pages(dora):
        shown = client.get(page)
        assert shown.status_code == 200, page
        assert NAME not in shown.text, page
        assert "46980319202" not in shown.text.replace(f'value="{dora.key}"', ""), page
    for page in HERS:
        assert client.get(page.format(dora.key)).status_code == 404, page
    assert read_by() == []


def test_who_may_find_her_is_written_down_once_an_hour(dora: Person) -> None:
    make("gnosjo", Cause.NIGHT, timezone.now())
    for page in [*pages(dora), *(page.format(dora.key) for page in HERS)]:
        AuditEntry.objects.all().delete()
        client = logged_in("anna", trusted=True)
        assert NAME in client.get(page).text, page
        client.get(page)
        assert read_by() == [("person", NAME, "anna")], page


def test_she_herself_sees_her_own_and_that_is_no_reading(dora: Person) -> None:
    client = logged_in("dora")
    for page in ("/absence", f"/people/{dora.key}", "/explain?number=46980319202"):
        assert client.get(page).status_code == 200, page
    assert NAME in client.get(f"/people/{dora.key}").text
    assert read_by() == []


def test_the_effect_of_a_change_names_her_to_nobody(dora: Person) -> None:
    client = logged_in("anna")
    shown = client.post("/absence", {"reason": "meeting", "refer": "switchboard", "do": "show"})
    assert NAME not in shown.text
    group = Group.objects.get(name="Bygglov")
    shown = client.post(f"/groups/{group.key}", {"strategy": "all", "add": "Anna Lind", "do": "show"})
    assert NAME not in shown.text


def test_an_exception_of_hers_is_neither_shown_nor_moved_by_somebody_who_may_not_know_her(dora: Person) -> None:
    day = hours.today_in("Europe/Stockholm")
    made = hours.add_exception(dora, By(), hours.Change(first=day, last=day, name="Ledig"))
    address = f"/hours/gnosjo/exceptions/{made.pk}/remove"
    refused = logged_in("anna").post(address)
    assert (refused.status_code, NAME in refused.text) == (404, False)
    assert NAME in logged_in("anna", trusted=True).post(address).text
    assert ("person", NAME, "anna") in read_by()


def test_the_administration_shows_her_to_an_administrator_and_writes_it_down(dora: Person) -> None:
    User.objects.filter(username="anna").update(is_staff=True, is_superuser=True)
    client = logged_in("anna")
    for page in ("person", "number", "phone", f"person/{dora.pk}/change"):
        AuditEntry.objects.filter(done="read").delete()
        assert NAME in client.get(f"/admin/directory/{page}/", follow=True).text, page
        assert ("person", NAME, "anna") in read_by(), page


def test_nobody_but_administrators_gets_into_the_administration(dora: Person) -> None:
    """It reaches over all organisations, whatever Django's own permissions would narrow."""
    user = User.objects.get(username="anna")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())
    client = logged_in("anna")
    for page in ("", "directory/person/", f"directory/person/{dora.pk}/change/", "autocomplete/?term=dora"):
        refused = client.get(f"/admin/{page}")
        assert (refused.status_code, NAME in refused.text) == (302, False), page
    assert "/admin/" not in client.get("/people", follow=True).text
