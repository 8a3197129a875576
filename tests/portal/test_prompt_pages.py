# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of announcements: listened to, replaced and taken back by those who may, seen by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import rows
from tests.engine.audio import tone
from tests.prompts.test_recordings import file
from vaxel.directory.audit import AuditEntry
from vaxel.directory.models import Organisation, Person, Role, RoleKind, User
from vaxel.prompts import files
from vaxel.prompts.models import Recording
from vaxel.telephony import prompts

pytestmark = pytest.mark.django_db

CLOSED = "/prompts/gnosjo/sv/closed"


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, user=rows.user("anna"))


@pytest.fixture
def head(gnosjo: Organisation) -> Person:
    """Who answers for the whole municipality's telephone."""
    found = rows.person(gnosjo, "Karin Chef", "46980319209", user=rows.user("karin"))
    Role.objects.create(organisation=gnosjo, person=found, kind=RoleKind.MANAGER)
    return found


def logged_in(user: User | None) -> Client:
    assert user is not None
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def upload(data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("closed.wav", file() if data is None else data)


def test_all_announcements_are_listed_with_their_words(head: Person) -> None:
    page = logged_in(head.user).get("/prompts")
    assert "Växeln är stängd just nu." in page.text
    assert "Välkommen" in page.text
    assert "klockan åtta" in page.text
    assert page.text.count("<tr>") > 200


def test_a_recording_is_heard_listened_to_and_deleted(head: Person, django_capture_on_commit_callbacks: Any) -> None:
    client = logged_in(head.user)
    kept = client.post(CLOSED, {"file": upload()})
    assert (kept.status_code, kept.headers["Location"]) == (302, CLOSED)
    page = client.get(CLOSED)
    assert "The recording has been saved" in page.text
    assert "*71*2#" in page.text
    assert f"{CLOSED}/audio/own" in page.text
    heard = client.get(f"{CLOSED}/audio/own")
    assert heard.headers["Content-Type"] == "audio/wav"
    assert int(heard.headers["Content-Length"]) > 8000
    assert "Own recording" in client.get("/prompts").text
    assert AuditEntry.objects.get(kind="recording").user == head.user
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{CLOSED}/revert")
    assert not Recording.objects.exists()
    assert client.get(f"{CLOSED}/audio/own").status_code == 404


def test_the_synthesised_one_can_be_heard(head: Person) -> None:
    client = logged_in(head.user)
    assert client.get(f"{CLOSED}/audio/synthesised").status_code == 404
    prompts.save((tone(600, 1), 8000), files.folder() / "sv/closed")
    assert client.get(f"{CLOSED}/audio/synthesised").status_code == 200
    assert f"{CLOSED}/audio/synthesised" in client.get(CLOSED).text


@pytest.mark.parametrize("data", [b"<html>", b""])
def test_a_bad_file_is_refused_on_the_page(head: Person, data: bytes) -> None:
    answer = logged_in(head.user).post(CLOSED, {"file": upload(data)})
    assert answer.status_code == 422
    assert "not a sound file" in answer.text
    assert not Recording.objects.exists()


def test_no_file_is_refused_on_the_page(head: Person) -> None:
    answer = logged_in(head.user).post(CLOSED, {})
    assert answer.status_code == 422
    assert "Choose a sound file" in answer.text


def test_an_employee_has_her_own_name_and_greeting_and_nothing_else(anna: Person, head: Person) -> None:
    client = logged_in(anna.user)
    mine = client.get("/prompts/mine")
    assert f"greeting-{anna.key}" in mine.text
    assert "*72#" in client.get(f"/prompts/gnosjo/sv/greeting-{anna.key}").text
    assert client.post(f"/prompts/gnosjo/sv/greeting-{anna.key}", {"file": upload()}).status_code == 302
    anna.refresh_from_db()
    assert anna.has_greeting
    assert client.get("/prompts").status_code == 403
    assert client.get(CLOSED).status_code == 404
    assert client.post(CLOSED, {"file": upload()}).status_code == 404
    assert client.get(f"/prompts/gnosjo/sv/greeting-{head.key}").status_code == 404
    assert client.get(f"/prompts/gnosjo/sv/greeting-{head.key}/audio/own").status_code == 404


def test_a_protected_identity_has_no_spoken_name(gnosjo: Organisation) -> None:
    hidden = rows.person(gnosjo, "Dold Person", "46980319202", user=rows.user("dold"), protected=True)
    page = logged_in(hidden.user).get("/prompts/mine")
    assert f"greeting-{hidden.key}" in page.text
    assert f"name-{hidden.key}" not in page.text


def test_people_are_found_by_name_but_not_protected_ones(gnosjo: Organisation, anna: Person, head: Person) -> None:
    rows.person(gnosjo, "Anna Dold", "46980319202", protected=True)
    page = logged_in(head.user).get("/prompts", {"who": "anna"})
    assert f"name-{anna.key}" in page.text
    assert "Anna Dold" not in page.text


def test_another_municipality_sees_nothing(head: Person) -> None:
    rows.organisation("tana", main="4760000100", language="nb", country="NO", time_zone="Europe/Oslo")
    client = logged_in(head.user)
    assert client.get("/prompts", {"organisation": "tana"}).status_code == 404
    assert client.get("/prompts/tana/nb/closed").status_code == 404
    assert client.post("/prompts/tana/nb/closed", {"file": upload()}).status_code == 404


def test_northern_sami_is_listed_with_what_is_to_be_translated() -> None:
    rows.organisation(
        "tana", main="4760000100", language="nb", country="NO", time_zone="Europe/Oslo", announced_in="se nb"
    )
    admin = rows.user("admin")
    admin.is_superuser = True
    admin.save()
    client = logged_in(admin)
    page = client.get("/prompts", {"organisation": "tana", "language": "se"})
    assert "diibmu gávcci" in page.text
    assert "Vi kjenner til en driftsforstyrrelse" in page.text
    assert "Texts marked" in page.text
    assert client.post("/prompts/tana/se/welcome", {"file": upload()}).status_code == 302
    assert (files.folder() / "own/tana/se/welcome.wav").exists()


@pytest.mark.parametrize(
    "address", ["/prompts/gnosjo/xx/closed", "/prompts/gnosjo/sv/weather", "/prompts/nobody/sv/closed"]
)
def test_what_there_is_not_is_not_found(head: Person, address: str) -> None:
    assert logged_in(head.user).get(address).status_code == 404
