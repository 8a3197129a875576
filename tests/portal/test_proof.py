# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the proof and of one call's explanation: for those who answer for them, and nobody else."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests import rows
from tests.proof.conftest import WEEKDAYS
from vaxel.absence.actions import Wish, set_absence
from vaxel.directory.audit import By
from vaxel.directory.models import (
    Group,
    Hours,
    Membership,
    Number,
    NumberKind,
    Organisation,
    Person,
    Role,
    RoleKind,
    User,
)
from vaxel.proof.models import Cause, ProofRun
from vaxel.proof.runs import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


@pytest.fixture
def gnosjo() -> Organisation:
    made = rows.organisation()
    Hours.objects.create(organisation=made, week=WEEKDAYS)
    return made


@pytest.fixture
def manager(gnosjo: Organisation) -> Client:
    """Leads the municipality."""
    person = rows.person(gnosjo, user=rows.user("anna"), has_greeting=True)
    Role.objects.create(organisation=gnosjo, person=person, kind=RoleKind.MANAGER)
    return logged_in(person.user)


def logged_in(user: User | None) -> Client:
    assert user is not None
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def never_open() -> None:
    for hours in Hours.objects.all():
        hours.week = [[]] * 7
        hours.save()


def test_before_the_first_proof_the_page_says_so_and_makes_one(manager: Client) -> None:
    assert manager.get("/proof").headers["Location"] == "/proof/gnosjo"
    assert "Nothing has been proved yet" in manager.get("/proof/gnosjo").text
    page = manager.post("/proof/gnosjo/now", follow=True)
    assert "Proved: every call ends well." in page.text
    assert "every way ends with a person, a mailbox, a message or the next opening" in page.text
    assert ProofRun.objects.get().cause == Cause.ASKED


def test_what_is_wrong_stands_with_its_remedy_and_the_way_there(manager: Client) -> None:
    never_open()
    make("gnosjo", Cause.CHANGE, NOON)
    page = manager.get("/proof/gnosjo")
    assert "faults to be mended" in page.text
    assert "hears an announcement → the call ends without saying when to ring again" in page.text
    assert "What helps:" in page.text
    assert 'href="/hours/gnosjo"' in page.text
    assert "/explain?number=46980319200" in page.text


def test_each_remedy_leads_to_a_page_that_its_reader_may_open(manager: Client, gnosjo: Organisation) -> None:
    anna = Person.objects.get()
    bo = rows.person(gnosjo, "Bo Ek", "46980319202")
    group = Group.objects.create(organisation=gnosjo, name="Bygglov")
    Number.objects.create(number="46980319300", organisation=gnosjo, kind=NumberKind.GROUP, group=group)
    Membership.objects.create(group=group, person=bo)
    set_absence(bo, By(), Wish(reason="vacation"))
    set_absence(anna, By(), Wish(reason="meeting", refer="colleague", refer_to=bo.key))
    make("gnosjo", Cause.CHANGE, NOON)
    page = manager.get("/proof/gnosjo").text
    for address in (f"/groups/{group.key}", f"/absences/{anna.key}"):
        assert f'href="{address}"' in page
        assert manager.get(address).status_code == 200
    assert "/admin/directory/operator/" not in page, "she isn't an administrator"
    user = User.objects.get(username="anna")
    user.is_staff = user.is_superuser = True
    user.save()
    assert 'href="/admin/directory/operator/"' in manager.get("/proof/gnosjo").text


def test_all_of_those_who_are_only_counted_can_be_opened(manager: Client, gnosjo: Organisation) -> None:
    for n in range(120):
        rows.person(gnosjo, f"Ny {n:03d}", f"469803194{n:02d}" if n < 100 else f"469803195{n:02d}")
    rows.person(gnosjo, "Dold Person", "46980319600", protected=True)
    make("gnosjo", Cause.CHANGE, NOON)
    page = manager.get("/proof/gnosjo").text
    assert "Ny 000 and 120 others have no personal greeting" in page
    link = re.search(r'href="(/proof/gnosjo/alike\?kind=no_greeting[^"]+)"', page)
    assert link is not None
    listed = manager.get(html.unescape(link[1])).text
    assert "(121)" in listed
    assert ("Ny 099" in listed, "Ny 119" in listed) == (True, False)
    assert f"/people/{Person.objects.get(name='Ny 001').key}" in listed
    assert "Page 1 of 2" in listed
    further = manager.get("/proof/gnosjo/alike?kind=no_greeting&page=2").text
    assert "Ny 119" in further
    assert "somebody with protected identity" in further
    assert "Dold Person" not in further
    assert "46 980 31 96 00" not in further


def test_numbers_that_are_alike_can_be_opened(manager: Client, gnosjo: Organisation) -> None:
    never_open()
    Number.objects.create(number="46980319400", organisation=gnosjo, kind=NumberKind.MAIN)
    make("gnosjo", Cause.CHANGE, NOON)
    listed = manager.get("/proof/gnosjo/alike?kind=dead_end&subject=46980319200").text
    assert "+46 980 31 92 00" in listed
    assert "+46 980 31 94 00" in listed
    assert manager.get("/proof/gnosjo/alike?kind=dead_end&subject=46980319999").status_code == 404
    assert manager.get("/proof/gnosjo/alike?kind=none").status_code == 404
    assert manager.get("/proof/tana/alike?kind=dead_end").status_code == 404


def test_operators_read_it_too_and_nobody_of_another_municipality(gnosjo: Organisation) -> None:
    make("gnosjo", Cause.NIGHT, NOON)
    britta = rows.operator(gnosjo)
    assert logged_in(britta.user).get("/proof/gnosjo").status_code == 200
    other = logged_in(rows.operator(rows.organisation("tana", "4760000100"), username="berit").user)
    assert other.get("/proof/gnosjo").status_code == 404
    assert other.post("/proof/gnosjo/now").status_code == 404
    assert "No number of yours" in other.get("/explain?number=46980319200").text
    employee = rows.person(gnosjo, "Eva Ny", "46980319209", user=rows.user("eva"))
    assert logged_in(employee.user).get("/proof").status_code == 403
    assert logged_in(employee.user).get("/proof/gnosjo").status_code == 404


def test_a_call_is_explained_step_by_step(manager: Client) -> None:
    page = manager.get("/explain", {"number": "0980-31 92 01", "at": "2026-11-24T10:00"}).text
    assert "Anna Lind, +46 980 31 92 01" in page
    assert "Tuesday 24 November 2026, 10:00" in page
    assert "Rings Anna Lind for 25 seconds" in page
    assert "A direct number: the person sought, for as long as is allowed." in page
    assert "It is so for a week at least" in page


def test_when_it_will_be_otherwise_is_told_and_led_to(manager: Client) -> None:
    page = manager.get("/explain", {"number": "46980319200", "at": "2026-11-24T10:00"}).text
    assert "From Tuesday 24 November 2026, 16:00 such a call goes another way." in page
    closed = manager.get("/explain", {"number": "46980319200", "at": "2026-11-24T16:00"}).text
    assert "Växeln är stängd just nu. Vi öppnar i morgon, klockan åtta." in closed
    assert "From Wednesday 25 November 2026, 08:00 such a call goes another way." in closed


def test_somebody_is_found_by_name_and_of_several_one_is_chosen(manager: Client, gnosjo: Organisation) -> None:
    rows.person(gnosjo, "Anna Berg", "46980319202")
    assert "Rings Anna Berg" in manager.get("/explain", {"number": "anna be"}).text
    several = manager.get("/explain", {"number": "anna"})
    assert several.status_code == 422
    assert "Several are found. Choose one." in several.text
    assert "?number=46980319202" in several.text
    assert (
        "Waits for an operator" in manager.get("/explain", {"number": "gnosjo KOMMUN", "at": "2026-11-24T10:00"}).text
    )
    assert "No number of yours" in manager.get("/explain", {"number": "nobody"}).text


@pytest.mark.parametrize(
    ("field", "told"), [("at", "Write day and time like"), ("caller", "“xyz” is not a telephone number")]
)
def test_what_cant_be_read_is_said_at_its_field_and_stays(manager: Client, field: str, told: str) -> None:
    page = manager.get("/explain", {"number": "46980319201", field: "xyz"})
    assert page.status_code == 422
    assert told in page.text
    assert 'value="xyz"' in page.text


def test_an_employee_may_ask_about_her_own_number_only(gnosjo: Organisation) -> None:
    eva = rows.person(gnosjo, "Eva Ny", "46980319209", user=rows.user("eva"))
    rows.person(gnosjo, "Bo Ek", "46980319202")
    client = logged_in(eva.user)
    assert "?number=46980319209" in client.get("/explain").text
    assert "Rings Eva Ny" in client.get("/explain?number=46980319209").text
    assert "No number of yours" in client.get("/explain?number=46980319202").text


@pytest.mark.parametrize("language", ["sv", "nb", "da"])
def test_it_is_told_in_the_reader_s_language(manager: Client, language: str) -> None:
    never_open()
    make("gnosjo", Cause.CHANGE, NOON)
    User.objects.update(language=language)
    words = {"sv": "Det som hjälper", "nb": "Det som hjelper", "da": "Hvad der hjælper"}
    assert words[language] in manager.get("/proof/gnosjo").text
    assert manager.get("/explain?number=46980319200").status_code == 200
