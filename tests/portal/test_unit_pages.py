# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for telephone contacts, managers and employees: units, tasks, people, publication, calendars, what is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import rows
from tests.policy.samples import clause, text
from tests.portal.test_absence_pages import seen_then_saved, text_of
from vaxel.absence.calendars.models import BusyTime, Calendar, Proposal
from vaxel.absence.models import Absence
from vaxel.directory import hours
from vaxel.directory.audit import By
from vaxel.directory.models import AuditEntry, Exemption, Organisation, Person, Role, RoleKind, Task, Unit
from vaxel.policy import actions as policies
from vaxel.site.config import config

pytestmark = pytest.mark.django_db


@pytest.fixture
def gnosjo() -> Organisation:
    made = rows.organisation()
    rows.operator(made)
    return made


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, user=rows.user("anna"), unit="Bygg", has_greeting=True)


@pytest.fixture
def bygg(anna: Person) -> Unit:
    assert anna.unit
    return anna.unit


@pytest.fixture
def bo(gnosjo: Organisation, bygg: Unit) -> Person:
    """The telephone contact of the unit."""
    made = rows.person(gnosjo, "Bo Ek", "46980319202", unit="Bygg", user=rows.user("bo"), has_greeting=True)
    Role.objects.create(organisation=gnosjo, unit=bygg, person=made, kind=RoleKind.PHONE_CONTACT)
    return made


def logged_in(who: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert who.user is not None
    client.force_login(who.user)
    return client


def test_a_contact_keeps_her_unit_its_tasks_and_says_that_it_is_right(bo: Person, anna: Person, bygg: Unit) -> None:
    client = logged_in(bo)
    assert "Bygg" in client.get("/units").text
    shown = client.get(f"/units/{bygg.key}").text
    assert "Anna Lind tells no main tasks" in shown
    form = {"description": "Prövar bygglov.", "number": "0980-31 92 90", "email": "", "transfer": "Anna Lind"}
    shown, saved = seen_then_saved(client, f"/units/{bygg.key}", form)
    assert "Operators are asked to pass calls to Bygg on to Anna Lind only." in text_of(shown)
    assert saved.status_code == 302
    bygg.refresh_from_db()
    assert (bygg.number, bygg.transfer_person) == ("46980319290", anna)
    assert "Anna Lind · +46 980 31 92 01" in client.get(f"/units/{bygg.key}").text
    refused = client.post(f"/units/{bygg.key}", {**form, "number": "växeln"})
    assert refused.status_code == 422
    assert 'value="växeln"' in refused.text
    task = {"name": "Hundtillstånd", "search_words": "valp", f"who-{anna.key}": "handles", f"who-{bo.key}": "helps"}
    assert client.post(f"/units/{bygg.key}/tasks", task).status_code == 302
    made = Task.objects.get()
    assert [(one.person, one.main) for one in made.handlers.all()] == [(anna, True), (bo, False)]
    assert 'value="handles" selected' in client.get(f"/units/{bygg.key}/tasks/{made.pk}").text
    assert client.post(f"/units/{bygg.key}/tasks", {"name": "Hundtillstånd"}).status_code == 422
    assert client.post(f"/units/{bygg.key}/tasks", {"name": "Mer", "other": "Nobody Known"}).status_code == 422
    assert client.post(f"/units/{bygg.key}/reviewed").status_code == 302
    anna.refresh_from_db()
    assert anna.reviewed_by == "bo"
    assert client.post(f"/units/{bygg.key}/tasks/{made.pk}/remove").status_code == 302
    assert AuditEntry.objects.filter(kind="task", done="deleted", who="bo", via="web").exists()


def test_a_person_is_described_by_herself_and_her_contact_and_by_nobody_else(
    bo: Person, anna: Person, gnosjo: Organisation
) -> None:
    form = {"title": "Handläggare", "function": "bygglov", "functions": "rivning, tillsyn", "prefers": "mail"}
    for who in (anna, bo):
        client = logged_in(who)
        assert client.get(f"/people/{anna.key}").status_code == 200
        assert client.post(f"/people/{anna.key}", {**form, "note": f"by {who.name}"}).status_code == 302
        anna.refresh_from_db()
        assert anna.note == f"by {who.name}"
    assert [one.name for one in anna.further_functions.order_by("id")] == ["rivning", "tillsyn"]
    refused = logged_in(bo).post(f"/people/{anna.key}", {**form, "substitute": "Nobody Known", "room": "9" * 50})
    assert refused.status_code == 422
    other = rows.person(gnosjo, "Eva Ny", "46980319203", unit="Skola", user=rows.user("eva"))
    assert logged_in(other).get(f"/people/{anna.key}").status_code == 404
    assert logged_in(other).get(f"/units/{bo.unit.key if bo.unit else ''}").status_code == 404
    assert logged_in(other).get("/units").status_code == 403
    stranger = rows.person(rows.organisation("tana", "4760000100"), "Inga", "4760000101", user=rows.user("inga"))
    assert logged_in(stranger).get(f"/people/{anna.key}").status_code == 404


def test_what_no_caller_notices_is_saved_at_once_and_what_one_does_is_shown_first(bo: Person, anna: Person) -> None:
    order = clause("LIL-1", 'use = "answer-order"\norder = ["same-function", "mailbox"]')
    by = By(name="Council")
    policies.activate(policies.propose(text(order).replace("lillby", "gnosjo"), by, organisation="gnosjo"), by)
    eva = rows.person(anna.organisation, "Eva Ny", "46980319203", unit="Bygg", function="bygglov", has_greeting=True)
    client = logged_in(bo)
    path, form = f"/people/{anna.key}", {"note": "Ny här"}
    assert client.post(path, form).status_code == 302
    form["function"] = "bygglov"
    shown = client.post(path, form)
    assert shown.status_code == 200
    assert "Rings Eva Ny" in text_of(shown)
    anna.refresh_from_db()
    assert (anna.note, anna.function) == ("Ny här", "")
    _shown, saved = seen_then_saved(client, path, form)
    assert saved.status_code == 302
    anna.refresh_from_db()
    assert anna.function == eva.function


@pytest.mark.clause("AAB-6")
def test_an_exemption_is_asked_for_and_decided_by_the_head(bo: Person, anna: Person, bygg: Unit) -> None:
    client = logged_in(anna)
    assert client.post(f"/people/{anna.key}/published", {"what": "number", "reason": "Hot"}).status_code == 302
    asked = Exemption.objects.get()
    assert "Not decided yet" in client.get(f"/people/{anna.key}").text
    assert logged_in(bo).post(f"/published/{asked.pk}/approve").status_code == 404, "a contact doesn't decide"
    head = rows.person(bygg.organisation, "Carin Chef", "46980319203", user=rows.user("carin"))
    Role.objects.create(organisation=bygg.organisation, person=head, kind=RoleKind.MANAGER)
    leader = logged_in(head)
    assert "Hot" in leader.get("/published").text
    leader.post(f"/published/{asked.pk}/refuse", {"answer": ""})
    assert Exemption.objects.get().decision == "", "a refusal says why"
    leader.post(f"/published/{asked.pk}/approve")
    assert Exemption.objects.get().decision == "approved"
    assert "not published" in client.get(f"/people/{anna.key}").text
    client.post(f"/published/{asked.pk}/withdraw")
    assert not Exemption.objects.exists()


@pytest.mark.clause("GNO-15")
def test_only_she_herself_agrees_that_her_mobile_is_told(bo: Person, anna: Person) -> None:
    anna.mobile = "46701740605"
    anna.save()
    assert logged_in(bo).post(f"/people/{anna.key}/mobile", {"do": "tell"}).status_code == 404
    assert logged_in(anna).post(f"/people/{anna.key}/mobile", {"do": "tell"}).status_code == 302
    assert logged_in(bo).post(f"/people/{anna.key}/mobile", {"do": "greeting"}).status_code == 302
    anna.refresh_from_db()
    assert anna.mobile_told
    assert anna.mobile_greeting


@pytest.mark.clause("AAB-25", "AAB-26", "SOL-5")
def test_what_is_missing_is_told_to_those_who_serve_and_keep_the_directory(bo: Person, anna: Person) -> None:
    anna.protected = True
    anna.save()
    shown = logged_in(bo).get("/completeness").text
    assert "To be mended by Bo Ek" in shown
    assert "Bo Ek tells no main tasks" in shown
    assert "Anna Lind" not in shown
    assert logged_in(anna).get("/completeness").status_code == 403
    britta = Client()
    britta.force_login(Organisation.objects.get().operators.get().user)
    assert britta.get("/completeness").status_code == 200
    assert britta.get("/completeness?organisation=tana").status_code == 404
    scores = britta.get("/api/v1/directory/completeness").json()
    assert [(one["name"], one["fresh"], one["lacks"][0]["by"][0]["name"]) for one in scores] == [
        ("Bygg", False, "Bo Ek")
    ]
    assert "Anna Lind" not in str(scores)


@pytest.mark.clause("AAB-17", "AAB-18")
def test_an_employee_adds_her_calendar_takes_a_proposal_and_removes_it(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config(), "calendar_networks", "127.0.0.0/8")
    client = logged_in(anna)
    refused = client.post("/calendar", {"kind": "ics", "address": "http://192.168.0.1/", "password": "open-sesame"})
    assert refused.status_code == 422
    assert "open-sesame" not in refused.text
    client.post("/calendar", {"kind": "ics", "address": "http://127.0.0.1:9/token-4711.ics"})
    made = Calendar.objects.get()
    now = timezone.now()
    BusyTime.objects.create(calendar=made, start=now - timedelta(minutes=1), end=now + timedelta(minutes=1))
    proposals = [
        Proposal.objects.create(
            calendar=made, mark=str(n), start=now + timedelta(days=n), end=now + timedelta(days=n, hours=2)
        )
        for n in (1, 2)
    ]
    Calendar.objects.update(read_at=now, identity_numbers=2, failure="")
    shown = client.get("/calendar").text
    assert "2 entries hold a personal identity number" in shown
    assert "token-4711" not in shown
    client.post(f"/calendar/proposals/{proposals[0].pk}/take", {"reason": "course"})
    client.post(f"/calendar/proposals/{proposals[1].pk}/leave")
    assert [(one.reason, one.via) for one in Absence.objects.all()] == [("course", "calendar")]
    assert "Make it an absence" not in client.get("/calendar").text
    client.post(f"/calendar/{made.pk}/remove")
    assert not BusyTime.objects.exists()


@pytest.mark.clause("GNO-10")
def test_those_who_keep_a_unit_see_broken_calendars_and_meetings_in_telephone_hours(
    bo: Person, anna: Person, bygg: Unit
) -> None:
    plan = hours.Plan(week=[[[0, 1440]]] * 7)
    hours.set_hours(bygg, By(), plan)
    now = timezone.now()
    made = Calendar.objects.create(
        person=anna, host="calendar.example", failure="log_in", failing_since=now, read_at=now, identity_numbers=1
    )
    BusyTime.objects.create(calendar=made, start=now + timedelta(hours=1), end=now + timedelta(hours=2))
    shown = logged_in(bo).get("/calendars").text
    assert "The server wants another user name or password." in shown
    assert "telephone hours of Bygg" in shown
    assert logged_in(anna).get("/calendars").status_code == 403


def test_other_peoples_calendars_and_exemptions_are_not_found(bo: Person, anna: Person) -> None:
    theirs = Calendar.objects.create(person=anna, host="calendar.example")
    client = logged_in(bo)
    for address in (
        f"/calendar/{theirs.pk}/remove",
        "/calendar/99999999999999999999/remove",
        "/calendar/proposals/1/take",
        "/published/99999999999999999999/approve",
        "/units/u1/tasks/99999999999999999999/remove",
    ):
        assert client.post(address).status_code == 404, address
