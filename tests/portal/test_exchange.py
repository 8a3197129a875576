# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of import and export: who may what, and a whole import by hand."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import rows
from tests.policy.samples import clause, text
from vaxel.directory.models import Exemption, Organisation, Person, Role, RoleKind, User
from vaxel.exchange.models import Draft, Import, Material, Source, SourceKind
from vaxel.policy.evidence.base import Look, State
from vaxel.policy.evidence.material import material_review
from vaxel.policy.models import PolicyVersion
from vaxel.policy.parameters.duties import MaterialReview

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, tzinfo=UTC)
FILE = "Nummer;Vem;Telefon;Avdelning\n1;Åsa Öberg;0980-31 92 05;Bygg\n2;Bo Ek;fel;Bygg\n".encode("windows-1252")


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation("lillby")


def logged_in(user: User | None) -> Client:
    assert user is not None
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def manager(gnosjo: Organisation) -> Client:
    """Leads the municipality."""
    person = rows.person(gnosjo, user=rows.user("anna"), has_greeting=True, email="anna@example.org", unit="Ledning")
    Role.objects.create(organisation=gnosjo, person=person, kind=RoleKind.MANAGER)
    return logged_in(person.user)


@pytest.fixture
def operator(gnosjo: Organisation) -> Client:
    return logged_in(rows.operator(gnosjo).user)


def upload(client: Client, content: bytes = FILE, name: str = "folk.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/exchange/lillby/upload", {"file": file, "source": "Personal"}, follow=True)


def seen(page: Any) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page.text)
    assert found is not None
    return found[1]


def test_a_file_is_uploaded_mapped_seen_imported_and_taken_back(manager: Client) -> None:
    page = upload(manager)
    assert "windows-1252" in page.text
    address = page.redirect_chain[-1][0]
    columns = {"column-0": "key", "column-1": "name", "column-2": "numbers", "column-3": "department"}
    page = manager.post(address, {**columns, "do": "run"})
    assert "1 person is added" in page.text
    assert "“fel” isn&#x27;t a telephone number" in page.text
    assert Person.objects.count() == 1
    page = manager.post(address, {**columns, "do": "run", "seen": seen(page)}, follow=True)
    assert "The import has been carried out." in page.text
    assert Person.objects.get(name="Åsa Öberg").numbers.get().number == "46980319205"
    assert Source.objects.get().mapping == {
        "Nummer": "key",
        "Vem": "name",
        "Telefon": "numbers",
        "Avdelning": "department",
    }
    assert not Draft.objects.exists()
    address = page.redirect_chain[-1][0]
    page = manager.post(address, {"do": "undo"})
    assert "1 change can be taken back." in page.text
    page = manager.post(address, {"do": "undo", "seen": seen(page)}, follow=True)
    assert "The import has been taken back." in page.text
    assert Person.objects.count() == 1
    assert "taken back by" in manager.get("/exchange/lillby").text


def test_a_changed_column_must_be_seen_before_it_is_imported(manager: Client) -> None:
    address = upload(manager).redirect_chain[-1][0]
    columns = {"column-0": "key", "column-1": "name"}
    page = manager.post(address, {**columns, "do": "preview"})
    manager.post(address, {**columns, "column-3": "department", "do": "run", "seen": seen(page)})
    assert Person.objects.count() == 1


def test_a_spreadsheet_is_refused_with_what_to_do(manager: Client) -> None:
    page = upload(manager, b"PK\x03\x04xl/workbook.xml[Content_Types].xml", "folk.xlsx")
    assert page.status_code == 422
    assert "Excel workbook (.xlsx), not a CSV file" in page.text
    assert not Draft.objects.exists()


def test_files_that_nobody_imported_are_forgotten_after_a_day(manager: Client) -> None:
    upload(manager)
    Draft.objects.update(at=timezone.now() - timedelta(days=2))
    upload(manager)
    assert Draft.objects.count() == 1


def test_operators_export_and_cannot_import(operator: Client, manager: Client) -> None:
    address = upload(manager).redirect_chain[-1][0]
    assert operator.get("/exchange/lillby").status_code == 200
    assert operator.get("/exchange/lillby/people.csv").status_code == 200
    assert operator.get(address).status_code == 404
    assert operator.post("/exchange/lillby/upload").status_code == 404
    assert operator.get("/exchange/lillby/held").status_code == 404
    assert operator.get("/exchange/lillby/sources/new/scim").status_code == 404


def test_other_organisations_are_not_there(manager: Client, operator: Client) -> None:
    other = rows.organisation("tana", "4760000100")
    source = Source.objects.create(organisation=other, name="Personal", kind=SourceKind.SCIM)
    done = Import.objects.create(source=source)
    material = Material.objects.create(organisation=other, name="List", kind="list")
    for address in (
        "/exchange/tana",
        "/exchange/tana/people.csv",
        f"/exchange/lillby/imports/{done.pk}",
        f"/exchange/lillby/sources/{source.pk}",
        f"/exchange/tana/sources/{source.pk}",
        f"/materials/lillby/{material.pk}",
        "/materials/tana",
    ):
        assert manager.get(address).status_code == 404, address
        assert operator.get(address).status_code == 404, address


def test_exports_disarm_formulas_and_leave_out_the_protected_and_those_who_left(
    manager: Client, gnosjo: Organisation
) -> None:
    rows.person(gnosjo, "=cmd|'/c calc'!A0", "46980319206", title="@SUM(A1)")
    rows.person(gnosjo, "Hidden Person", "46980319207", protected=True)
    rows.person(gnosjo, "Left Person", "46980319208", last_day="2020-01-01")
    text = manager.get("/exchange/lillby/people.csv").content.decode("utf-8-sig")
    assert text.startswith("nyckel;namn;titel;enhet;")
    assert ";'=cmd|'/c calc'!A0;'@SUM(A1);" in text
    assert ";+46 980 31 92 01;" in text
    assert "Hidden" not in text
    assert "Left" not in text
    book = openpyxl.load_workbook(io.BytesIO(manager.get("/exchange/lillby/people.xlsx").content))
    cell = book.worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == ("=cmd|'/c calc'!A0", "s")
    cards = manager.get("/exchange/lillby/people.vcf").content.decode()
    assert "FN:Anna Lind\r\n" in cards
    assert cards.count("BEGIN:VCARD") == 2


def test_what_is_exported_is_recognised_when_it_comes_back(manager: Client) -> None:
    address = upload(manager, manager.get("/exchange/lillby/people.csv").content, "people.csv").redirect_chain[-1][0]
    page = manager.get(address)
    columns = {
        f"column-{at}": name for at, name in re.findall(r'name="column-(\d+)".*?value="(\w+)" selected', page.text)
    }
    assert set(columns.values()) >= {
        "key",
        "name",
        "title",
        "unit",
        "function",
        "numbers",
        "email",
        "tasks",
        "search_words",
    }
    page = manager.post(address, {**columns, "do": "preview"})
    assert "1 stays as she is" in page.text


@pytest.mark.clause("TAN-15")
def test_material_is_entered_falls_due_and_is_reviewed(manager: Client, gnosjo: Organisation) -> None:
    page = manager.post(
        "/materials/lillby", {"name": "Telefonliste", "kind": "list", "days": "30", "place": "Resepsjon"}, follow=True
    )
    assert "overdue" in page.text
    assert "1 overdue" in manager.get("/exchange/lillby").text
    material = Material.objects.get()
    form = {"name": "Telefonliste", "kind": "list", "days": "30"}
    for owner, status in (("Nobody At-All", 422), ("anna li", 302)):
        assert manager.post(f"/materials/lillby/{material.pk}", form | {"owner": owner}).status_code == status
    material.refresh_from_db()
    assert (str(material.owner), "Bo Ek" in manager.get("/materials/lillby").text) == ("Anna Lind", False)
    page = manager.post(f"/materials/lillby/{material.pk}", {"do": "reviewed"}, follow=True)
    assert "overdue" not in page.text
    Material.objects.update(reviewed=datetime.now(UTC).date() - timedelta(days=40))
    assert "overdue" in manager.get("/materials/lillby").text
    evidence = material_review(MaterialReview(use="material-review"), Look(gnosjo, None, None, NOW, NOW))  # type: ignore[arg-type]
    assert evidence.state is State.BROKEN
    assert "Telefonliste" in evidence.cases[0].text


PUBLISHES = text(clause("LIL-1", 'use = "publication"'))


def put_in_force(gnosjo: Organisation) -> None:
    begins = timezone.now() - timedelta(days=1)
    PolicyVersion.objects.create(
        organisation=gnosjo,
        text=PUBLISHES,
        version="1",
        valid_from=begins.date(),
        digest="x",
        begins_at=begins,
        begun=True,
    )


@pytest.mark.clause("AAB-6")
def test_the_public_list_holds_only_what_the_policy_publishes_and_no_head_exempted(gnosjo: Organisation) -> None:
    anna = rows.person(gnosjo, email="anna@example.org", mobile="46701740605")
    bo = rows.person(gnosjo, "Bo Ek", "46980319202", email="bo@example.org")
    rows.person(gnosjo, "Hidden Person", "46980319203", protected=True)
    stranger = Client()
    page = stranger.get("/telephone-list/lillby")
    assert "har offentliggjorts" in page.text
    assert "Anna" not in page.text
    put_in_force(gnosjo)
    Exemption.objects.create(person=bo, what="number", reason="x", decision="approved")
    Exemption.objects.create(person=anna, what="email", reason="x")
    answer = stranger.get("/telephone-list/lillby.json")
    assert json.loads(answer.content)["people"] == [
        {"name": "Anna Lind", "title": "", "unit": "", "numbers": ["+46980319201"], "email": "anna@example.org"},
        {"name": "Bo Ek", "title": "", "unit": "", "numbers": [], "email": "bo@example.org"},
    ]
    assert "public" in answer.headers["Cache-Control"]
    assert "701740605" not in stranger.get("/telephone-list/lillby.csv").text
    again = stranger.get("/telephone-list/lillby.json", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304
    anna.delete()
    assert "Anna" not in stranger.get("/telephone-list/lillby", headers={"if-none-match": answer.headers["ETag"]}).text


def test_a_scim_door_shows_its_token_once(manager: Client) -> None:
    page = manager.post("/exchange/lillby/sources/new/scim", {"name": "Entra"}, follow=True)
    token = re.search(r"vxa_[\w-]+", page.text)
    assert token is not None
    assert token[0] not in manager.get(page.redirect_chain[-1][0]).text
    assert Client().get("/scim/v2/Users", headers={"authorization": f"Bearer {token[0]}"}).status_code == 200


def test_the_password_of_a_directory_is_never_shown_and_stays_when_it_is_not_typed(manager: Client) -> None:
    sent = {
        "name": "AD",
        "url": "ldaps://ldap.example.org",
        "base": "dc=example,dc=org",
        "user": "cn=x",
        "password": "secret-word",
    }
    page = manager.post("/exchange/lillby/sources/new/ldap", sent, follow=True)
    assert "secret-word" not in page.text
    manager.post(page.redirect_chain[-1][0], {**sent, "password": "", "name": "AD 2"})
    assert Source.objects.get().password == "secret-word"
    assert "secret-word" not in Source.objects.get().password_sealed
    assert Source.objects.get().name == "AD 2"
