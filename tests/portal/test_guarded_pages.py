# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Groups and numbers are made with their effect shown first; warnings are accepted by whoever saves; the administration is guarded, too."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import rows
from tests.portal.test_absence_pages import seen_then_saved, text_of
from tests.proof.conftest import WEEKDAYS
from vaxel.directory import current
from vaxel.directory.models import (
    Group,
    Hours,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Role,
    RoleKind,
    Unit,
)
from vaxel.domain.proof import Kind
from vaxel.policy.evidence.proof import route_proof
from vaxel.proof import known, runs
from vaxel.proof.models import Cause, ProofFailure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    known.forget()
    current.forget()


@pytest.fixture
def gnosjo() -> Organisation:
    made = rows.organisation()
    Hours.objects.create(organisation=made, week=WEEKDAYS)
    rows.operator(made)
    rows.person(made, user=rows.user("anna"), has_greeting=True, unit="Bygg")
    rows.person(made, "Bo Ek", "46980319202", has_greeting=True, unit="Bygg")
    return made


@pytest.fixture
def manager(gnosjo: Organisation) -> Client:
    anna = Person.objects.get(name="Anna Lind")
    Role.objects.create(organisation=gnosjo, person=anna, kind=RoleKind.MANAGER)
    return logged_in(anna.user)


def logged_in(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


# ── groups ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("SOL-6", "AAB-24")
def test_a_new_group_has_its_number_and_members_at_once(gnosjo: Organisation, manager: Client) -> None:
    assert "New group" in text_of(manager.get("/groups"))
    form = {"name": "Bygglov", "unit": Unit.objects.get().key, "number": "0980-31 93 00", "add": "Anna Lind\nBo Ek"}
    shown, saved = seen_then_saved(manager, "/groups/new/gnosjo", {**form, "strategy": "all", "mailbox": "on"})
    assert "Bygglov, +46 980 31 93 00" in text_of(shown)
    assert saved.headers["Location"] == "/groups"
    group = Group.objects.get()
    assert [person.name for person in group.people.order_by("id")] == ["Anna Lind", "Bo Ek"]
    assert Number.objects.get(group=group).number == "46980319300"


def test_what_is_wrong_with_a_new_group_is_told_in_its_fields(gnosjo: Organisation, manager: Client) -> None:
    Group.objects.create(organisation=gnosjo, name="Bygglov")
    form = {"name": "Bygglov", "number": "12", "strategy": "all", "do": "show"}
    assert "already a group of this name" in text_of(manager.post("/groups/new/gnosjo", form))
    refused = manager.post("/groups/new/gnosjo", {**form, "name": "Tillsyn"})
    assert refused.status_code == 422
    assert "is not a telephone number" in text_of(refused)
    assert manager.get("/groups/new/tana").status_code == 404
    assert logged_in(rows.user("bo")).get("/groups/new/gnosjo").status_code == 404


def test_a_group_of_one_is_made_by_who_has_been_told_and_wants_it(gnosjo: Organisation, manager: Client) -> None:
    form = {"name": "Bygglov", "number": "0980-31 93 00", "add": "Bo Ek", "strategy": "all", "mailbox": "on"}
    shown, asked = seen_then_saved(manager, "/groups/new/gnosjo", form)
    assert 'name="accepted"' in shown.text
    assert asked.status_code == 200
    assert "has one member" in text_of(asked)
    assert not Group.objects.exists()
    digest = re.search(r'name="seen" value="(\w+)"', asked.text)
    assert digest
    saved = manager.post("/groups/new/gnosjo", {**form, "seen": digest[1], "do": "save", "accepted": "on"})
    assert saved.headers["Location"] == "/groups"
    assert Group.objects.exists()


def test_what_would_leave_callers_ringing_has_no_button_to_save_it(gnosjo: Organisation, manager: Client) -> None:
    shown = manager.post("/hours/gnosjo/switchboard", {f"day-{n}": "" for n in range(7)} | {"do": "show"})
    assert "This can't be saved" in text_of(shown).replace("&#x27;", "'")
    assert 'value="save"' not in shown.text


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("GNO-1")
def test_a_number_is_given_moved_and_removed(gnosjo: Organisation, manager: Client) -> None:
    assert "+46 980 31 92 00" in text_of(manager.get("/numbers/gnosjo"))
    form = {"number": "0980-31 92 50", "to": "person", "person": "Bo Ek"}
    shown, saved = seen_then_saved(manager, "/numbers/gnosjo/give", form)
    assert "Rings Bo Ek" in text_of(shown)
    assert saved.headers["Location"] == "/numbers/gnosjo"
    number = Number.objects.get(number="46980319250")
    assert (number.kind, number.person) == (NumberKind.DIRECT, Person.objects.get(name="Bo Ek"))
    assert "Bo Ek" in text_of(manager.get("/numbers/gnosjo?who=319250"))
    seen_then_saved(manager, "/numbers/gnosjo/give", {**form, "to": "switchboard"})
    number.refresh_from_db()
    assert (number.kind, number.person) == (NumberKind.MAIN, None)
    asked = manager.get("/numbers/gnosjo/46980319250/remove")
    assert "As it is today" in text_of(asked)
    seen_then_saved(manager, "/numbers/gnosjo/46980319250/remove", {"accepted": "on"})
    assert not Number.objects.filter(number="46980319250").exists()


def test_the_last_main_number_stays(gnosjo: Organisation, manager: Client) -> None:
    refused = manager.post("/numbers/gnosjo/46980319200/remove")
    assert refused.status_code == 422
    assert "the only main number" in text_of(refused)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"number": "hello", "to": "switchboard"}, "is not a telephone number"),
        ({"number": "0980-31 92 50", "to": "g999"}, "Choose whose number it is"),
        ({"number": "0980-31 92 50", "to": "person", "person": "Xyz"}, "Nobody is found"),
        ({"number": "0980-31 92 50", "to": "person", "person": ""}, "Write whose number it is"),
        ({"number": "+47 78 92 00 00", "to": "switchboard"}, "belongs to another organisation"),
    ],
)
def test_a_number_that_cannot_be_given_is_refused(
    gnosjo: Organisation, manager: Client, form: dict[str, str], told: str
) -> None:
    rows.organisation("tana", "4778920000")
    refused = manager.post("/numbers/gnosjo/give", {**form, "do": "show"})
    assert refused.status_code == 422
    assert told in text_of(refused)


def test_only_who_leads_the_municipality_gives_numbers(gnosjo: Organisation) -> None:
    anna = Person.objects.get(name="Anna Lind")
    Role.objects.create(organisation=gnosjo, person=anna, kind=RoleKind.PHONE_CONTACT)
    assert logged_in(anna.user).get("/numbers").status_code == 403
    assert logged_in(anna.user).get("/numbers/gnosjo").status_code == 404


def test_a_person_leads_to_what_happens_to_her_calls(gnosjo: Organisation, manager: Client) -> None:
    bo = Person.objects.get(name="Bo Ek")
    assert "/explain?number=46980319202" in manager.get(f"/absences/{bo.key}").text


# ── the administration ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def admin(gnosjo: Organisation) -> Client:
    user = rows.user("admin")
    user.is_staff = user.is_superuser = True
    user.save()
    return logged_in(user)


@pytest.mark.clause("AAB-7", "AAB-24")
def test_the_administration_saves_nothing_that_leaves_callers_ringing(gnosjo: Organisation, admin: Client) -> None:
    """A group that overflows to somebody who has left rings for too long once she has a successor who is rung as well."""
    anna, bo = Person.objects.get(name="Anna Lind"), Person.objects.get(name="Bo Ek")
    group = Group.objects.create(organisation=gnosjo, name="Bygglov", seconds=70, overflow_person=anna)
    Number.objects.create(number="46980319300", organisation=gnosjo, kind=NumberKind.GROUP, group=group)
    group.memberships.create(person=bo)
    Person.objects.filter(pk=anna.pk).update(last_day="2020-01-01")
    address = reverse("admin:directory_person_change", args=[anna.pk])
    refused = admin.post(address, person_form(anna) | {"successor": bo.pk}, follow=True)
    assert "callers would be left ringing" in text_of(refused)
    assert "for 95 seconds" in text_of(refused)
    anna.refresh_from_db()
    assert anna.successor is None
    assert admin.post(address, person_form(anna) | {"title": "Architect"}).status_code == 302
    anna.refresh_from_db()
    assert anna.title == "Architect"


def person_form(person: Person) -> dict[str, Any]:
    form: dict[str, Any] = {
        "organisation": person.organisation_id,
        "name": person.name,
        "last_day": "2020-01-01",
        "has_greeting": "on",
    }
    for rows_of in ("numbers", "phones", "further_functions", "substitutes"):
        form |= {f"{rows_of}-TOTAL_FORMS": 0, f"{rows_of}-INITIAL_FORMS": 0}
    return form


def test_what_has_a_page_that_shows_the_effect_first_is_not_changed_in_the_administration(
    gnosjo: Organisation, admin: Client
) -> None:
    group = Group.objects.create(organisation=gnosjo, name="Bygglov", unit=Unit.objects.get())
    number = Number.objects.create(number="46980319300", organisation=gnosjo, kind=NumberKind.GROUP, group=group)
    group.memberships.create(person=Person.objects.get(name="Bo Ek"))
    address = reverse("admin:directory_group_change", args=[group.pk])
    form = {"name": "Bygg och plan", "unit": "", "strategy": "ordered", "seconds": "60", "mailbox": "on"}

    assert admin.post(address, form).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.strategy, group.seconds, group.mailbox) == ("Bygg och plan", "all", None, False)
    assert group.memberships.count() == 1
    assert f"/groups/{group.key}" in admin.get(address).text
    for page in ("change", "delete"):
        assert (
            admin.post(reverse(f"admin:directory_number_{page}", args=[number.pk]), {"post": "yes"}).status_code == 403
        )
    unit = Unit.objects.get()
    admin.post(
        reverse("admin:directory_unit_change", args=[unit.pk]),
        {"organisation": "gnosjo", "name": "Bygg", "kind": "department", "transfer_number": "46980319300"},
    )
    unit.refresh_from_db()
    assert (unit.kind, unit.transfer_number) == ("department", "")


def test_the_administration_tells_what_its_change_brings(gnosjo: Organisation, admin: Client) -> None:
    operator = Operator.objects.get()
    gone = admin.post(reverse("admin:directory_operator_delete", args=[operator.pk]), {"post": "yes"}, follow=True)
    assert "No operator serves" in text_of(gone)
    assert not Operator.objects.exists()


# ── a prover that fails ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def failing(gnosjo: Organisation, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    def fail(*_arguments: object) -> None:
        raise IndexError("somebody's name")

    tana = rows.organisation("tana", "4778920000")
    monkeypatch.setattr(known, "proof_of", lambda home, real=known.proof_of: fail() if home == "gnosjo" else real(home))
    return tana


def test_a_failing_prover_is_shown_and_the_others_are_proved(
    failing: Organisation, gnosjo: Organisation, manager: Client
) -> None:
    from django.utils import timezone

    # In the night, the nightly proof would be due as well.
    now = timezone.now().replace(hour=12)
    assert runs.keep_up(now) == 1, "Tana's is made"
    kept = ProofFailure.objects.get()
    assert (kept.organisation, kept.what.partition(",")[0]) == (gnosjo, "IndexError")
    assert "somebody" not in kept.what
    assert runs.keep_up(now) == 0, "not again at once"
    page = text_of(manager.get("/proof/gnosjo"))
    assert "The proof can't be made" in page.replace("&#x27;", "'")
    assert "IndexError" in page
    assert "couldn't be made" in text_of(manager.post("/proof/gnosjo/now", follow=True)).replace("&#x27;", "'")


def test_a_proof_that_is_made_again_takes_the_failure_back(
    gnosjo: Organisation, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    run = runs.make(gnosjo.pk, Cause.ASKED, timezone.now())
    ProofFailure.objects.create(
        organisation=gnosjo, cause="night", since=timezone.now(), at=timezone.now(), what="KeyError"
    )
    assert run.counterexamples == 0
    assert Kind.DEAD_END not in {finding.kind for finding in run.found()}
    look: Any = type("Look", (), {"organisation": gnosjo})()
    control: Any = None
    assert route_proof(control, look).state == "not measured yet", "an old proof keeps nothing green"
    manager.post("/proof/gnosjo/now")
    assert not ProofFailure.objects.exists()
    assert route_proof(control, look).state == "kept"
