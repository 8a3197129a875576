# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for absences, hours and groups: the effect first, then saved; what is refused stays in its fields."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests import rows
from vaxel.absence.models import Absence
from vaxel.directory import hours
from vaxel.directory.audit import By
from vaxel.directory.models import (
    ClosingDay,
    Group,
    HoursException,
    Membership,
    Number,
    NumberKind,
    Organisation,
    Person,
    Role,
    RoleKind,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gnosjo() -> Organisation:
    made = rows.organisation()
    rows.operator(made)
    return made


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    """She leads the whole municipality."""
    made = rows.person(gnosjo, user=rows.user("anna"), unit="Bygg", has_greeting=True)
    Role.objects.create(organisation=gnosjo, person=made, kind=RoleKind.MANAGER)
    return made


@pytest.fixture
def bo(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, "Bo Ek", "46980319202", unit="Bygg", has_greeting=True)


def logged_in(who: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert who.user is not None
    client.force_login(who.user)
    return client


def seen_then_saved(client: Client, path: str, form: dict[str, Any]) -> tuple[Any, Any]:
    """The page that shows the effect, and the answer to saving what it showed."""
    shown = client.post(path, {**form, "do": "show"})
    assert shown.status_code == 200, text_of(shown)
    digest = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert digest, text_of(shown)
    return shown, client.post(path, {**form, "seen": digest[1], "do": "save"})


def text_of(page: HttpResponse | Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


# ── absences ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("GNO-3")
def test_an_absence_is_saved_once_its_effect_has_been_seen(anna: Person, bo: Person) -> None:
    client = logged_in(anna)
    form = {"reason": "meeting", "refer": "colleague", "colleague": "Bo Ek · +46 980 31 92 02", "message": "i nämnd"}
    shown, saved = seen_then_saved(client, "/absence", form)
    assert "Rings Bo Ek" in text_of(shown)
    assert "Anna Lind sitter i möte" in text_of(shown)
    assert saved.headers["Location"] == "/absence"
    absence = Absence.objects.get()
    assert (absence.refer_person, absence.via, absence.message) == (bo, "web", "i nämnd")
    page = text_of(client.get("/absence"))
    assert "Away: Meeting, until further notice" in page
    client.post(f"/absences/{anna.key}/back")
    assert "Here: the telephone rings" in text_of(client.get("/absence"))


def test_what_was_not_seen_is_not_saved(anna: Person, bo: Person) -> None:
    client = logged_in(anna)
    form = {"reason": "meeting", "refer": "switchboard"}
    shown = client.post("/absence", {**form, "do": "save"})
    assert "isn't saved yet" in text_of(shown).replace("&#x27;", "'")
    digest = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert digest
    changed = client.post("/absence", {**form, "reason": "sick", "seen": digest[1], "do": "save"})
    assert changed.status_code == 200
    assert Absence.objects.count() == 0


def test_what_is_refused_stays_in_its_fields(anna: Person) -> None:
    client = logged_in(anna)
    form = {
        "reason": "meeting",
        "end": "2020-01-01T10:00",
        "refer": "colleague",
        "colleague": "Anna Lind",
        "message": "x",
    }
    refused = client.post("/absence", {**form, "do": "show"})
    assert refused.status_code == 422
    assert "oneself" in text_of(refused)
    assert 'value="2020-01-01T10:00"' in refused.text
    assert 'value="Anna Lind"' in refused.text
    nobody = client.post("/absence", {"reason": "meeting", "refer": "colleague", "colleague": "Xyz", "do": "show"})
    assert "Nobody is found by" in text_of(nobody)
    odd = client.post("/absence", {"reason": "meeting", "start": "tomorrow", "do": "show"})
    assert "Write day and time like" in text_of(odd)


@pytest.mark.clause("AAB-21")
def test_a_manager_sets_finds_changes_and_ends_anothers(anna: Person, bo: Person) -> None:
    client = logged_in(anna)
    assert "Bo Ek" in text_of(client.get("/absences?who=bo"))
    _shown, saved = seen_then_saved(client, f"/absences/{bo.key}", {"reason": "sick", "refer": "switchboard"})
    assert saved.headers["Location"] == f"/absences/{bo.key}"
    absence = Absence.objects.get()
    assert (absence.via, absence.set_by_name) == ("proxy", "anna")
    assert "Bo Ek" in text_of(client.get("/absences"))
    end = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    path = f"/absences/{bo.key}/{absence.key}"
    form = {"reason": "vacation", "start": "", "end": end, "refer": "voicemail"}
    seen_then_saved(client, path, form)
    absence.refresh_from_db()
    assert (absence.reason, absence.refer) == ("vacation", "voicemail")
    client.post(f"{path}/end")
    absence.refresh_from_db()
    assert absence.ended is not None


def test_others_and_other_municipalities_are_not_found(anna: Person, bo: Person) -> None:
    tana = rows.organisation("tana", "4760000100")
    elle = rows.person(tana, "Elle Varsi", "4760000101", user=rows.user("elle"))
    client = logged_in(elle)
    for path in (f"/absences/{bo.key}", "/hours/gnosjo", "/hours/gnosjo/switchboard", f"/hours/gnosjo/{bo.key}"):
        assert client.get(path).status_code == 404, path
    for path in ("/absences", "/hours", "/groups"):
        assert client.get(path).status_code == 403, path
    assert client.post(f"/absences/{bo.key}/back").status_code == 404
    assert logged_in(anna).get(f"/absences/{elle.key}").status_code == 404
    assert logged_in(anna).get("/hours/tana").status_code == 404


@pytest.mark.clause("GNO-15")
def test_an_employee_agrees_to_calls_on_her_mobile_and_takes_it_back(anna: Person) -> None:
    client = logged_in(anna)
    client.post("/absence/mobile", {"mobile": "070-174 06 99", "agree": "yes"})
    anna.refresh_from_db()
    assert (anna.mobile, anna.mobile_consent is not None) == ("46701740699", True)
    assert "You agreed on" in text_of(client.get("/absence"))
    client.post("/absence/mobile", {"agree": "no"})
    anna.refresh_from_db()
    assert anna.mobile_consent is None
    told = client.post("/absence/mobile", {"mobile": "x", "agree": "yes"}, follow=True)
    assert "Write the number like" in text_of(told)


def test_an_employee_logs_in_and_out_of_her_groups(anna: Person) -> None:
    group = Group.objects.create(organisation=anna.organisation, name="Bygglov")
    Membership.objects.create(group=group, person=anna)
    client = logged_in(anna)
    client.post(f"/absences/{anna.key}/groups/{group.key}", {"logged_in": "no"})
    assert Membership.objects.get().logged_in is False
    assert "Bygglov: logged out" in text_of(client.get("/absence"))


# ── hours ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

OFFICE = {f"day-{n}": "8–12, 13–16.30" for n in range(5)} | {"day-5": "", "day-6": "", "eve-ordinary": "on"}


@pytest.mark.clause("GNO-16")
def test_hours_are_typed_as_people_write_them_shown_and_saved(anna: Person) -> None:
    client = logged_in(anna)
    assert client.get("/hours").headers["Location"] == "/hours/gnosjo"
    season = {
        "s0-name": "Sommar",
        "s0-first-day": "15",
        "s0-first-month": "6",
        "s0-last-day": "15",
        "s0-last-month": "8",
    }
    form = OFFICE | season | {f"s0-day-{n}": "8-15" for n in range(5)}
    shown, saved = seen_then_saved(client, "/hours/gnosjo/switchboard", form)
    assert "Växeln är stängd" in text_of(shown)
    assert saved.headers["Location"] == "/hours/gnosjo"
    made = hours.hours_of(anna.organisation)
    assert made is not None
    assert made.week[0] == [[480, 720], [780, 990]]
    assert (made.seasons[0]["first"], made.seasons[0]["week"][0]) == ([6, 15], [[480, 900]])
    page = text_of(client.get("/hours/gnosjo"))
    assert "08:00–12:00, 13:00–16:30" in page
    assert 'value="08:00–12:00, 13:00–16:30"' in client.get("/hours/gnosjo/switchboard").text


def test_hours_that_can_not_be_read_stay_as_they_were_typed(anna: Person) -> None:
    refused = logged_in(anna).post("/hours/gnosjo/switchboard", OFFICE | {"day-2": "noon", "do": "show"})
    assert refused.status_code == 422
    assert "Wednesday: “noon” isn" in text_of(refused)
    assert 'value="noon"' in refused.text
    odd = logged_in(anna).post("/hours/gnosjo/switchboard", OFFICE | {"day-1": "16-8, 17-18", "do": "show"})
    assert odd.status_code == 422


def test_an_exception_a_closing_day_and_eves(anna: Person) -> None:
    client = logged_in(anna)
    seen_then_saved(client, "/hours/gnosjo/switchboard", OFFICE)
    day = (hours.today_in("Europe/Stockholm") + timedelta(days=30)).isoformat()
    form = {"first": day, "last": "", "spans": "8-20", "name": "Längre öppet", "cover": ""}
    seen_then_saved(client, "/hours/gnosjo/switchboard/exception", form)
    exception = HoursException.objects.get()
    assert (exception.first, exception.last, exception.entered_by) == (exception.first, exception.first, "anna")
    assert "Längre öppet" in text_of(client.get("/hours/gnosjo"))
    refused = client.post("/hours/gnosjo/switchboard/exception", {**form, "do": "show"})
    assert "It overlaps" in text_of(refused)
    shown, _saved = seen_then_saved(client, f"/hours/gnosjo/exceptions/{exception.pk}/remove", {})
    assert "Remove “Längre öppet”?" in text_of(shown)
    assert not HoursException.objects.exists()
    seen_then_saved(client, "/hours/gnosjo/closing-days", {"day": day, "name": "Klämdag"})
    assert "Klämdag" in text_of(client.get("/hours/gnosjo"))
    seen_then_saved(client, f"/hours/gnosjo/closing-days/{ClosingDay.objects.get().pk}/remove", {})
    assert not ClosingDay.objects.exists()
    shown, _saved = seen_then_saved(client, "/hours/gnosjo/eves", {"eve-walpurgis": "closed"})
    assert "Valborgsmässoafton: closed, as a holiday" in text_of(shown)
    anna.organisation.refresh_from_db()
    assert anna.organisation.eves == {"walpurgis": "closed"}


def test_hours_of_a_unit_are_removed_again(anna: Person) -> None:
    client = logged_in(anna)
    assert anna.unit is not None
    path = f"/hours/gnosjo/{anna.unit.key}"
    seen_then_saved(client, path, OFFICE)
    assert hours.hours_of(anna.unit) is not None
    shown, _saved = seen_then_saved(client, f"{path}/remove", {})
    assert "Anna Lind, +46 980 31 92 01: a call on" in text_of(shown)
    assert hours.hours_of(anna.unit) is None


def test_nothing_of_hours_changes_before_its_effect_has_been_seen(anna: Person) -> None:
    hours.set_hours(anna.organisation, By(), hours.Plan(week=[[[480, 960]]] * 7))
    client = logged_in(anna)
    day = hours.today_in("Europe/Stockholm") + timedelta(days=3)
    made = hours.add_closing_day(anna.organisation, By(), day, "Klämdag")
    tomorrow = (day + timedelta(days=1)).isoformat()
    for path, form in (
        ("/hours/gnosjo/switchboard/remove", {}),
        (f"/hours/gnosjo/closing-days/{made.pk}/remove", {}),
        ("/hours/gnosjo/closing-days", {"day": tomorrow, "name": "Städdag"}),
        ("/hours/gnosjo/eves", {"eve-walpurgis": "closed"}),
    ):
        assert "The effect, before anything is saved" in text_of(client.post(path, {**form, "do": "save"})), path
    assert hours.hours_of(anna.organisation) is not None
    assert list(ClosingDay.objects.all()) == [made]
    anna.organisation.refresh_from_db()
    assert anna.organisation.eves == {}


@pytest.mark.clause("AAB-13")
def test_the_effect_of_an_approval_is_shown_before_it_is_given(anna: Person) -> None:
    own = hours.set_hours(anna.organisation, By(), hours.Plan(week=[[[0, 1440]]] * 7))
    day = hours.today_in("Europe/Stockholm") + timedelta(days=3)
    waiting = HoursException.objects.create(hours=own, first=day, last=day, name="Personaldag", needs_approval=True)
    client = logged_in(anna)
    path = f"/hours/gnosjo/exceptions/{waiting.pk}/approve"
    asked = client.post(path)
    assert "Approve “Personaldag”?" in text_of(asked)
    assert "Växeln är stängd" in text_of(asked)
    waiting.refresh_from_db()
    assert not waiting.in_force
    seen_then_saved(client, path, {})
    waiting.refresh_from_db()
    assert (waiting.in_force, waiting.approved_by) == (True, "anna")


def test_a_closing_day_that_is_refused_stays_in_its_fields(anna: Person) -> None:
    client = logged_in(anna)
    refused = client.post("/hours/gnosjo/closing-days", {"day": "2020-01-01", "name": "Klämdag", "half": "on"})
    assert refused.status_code == 422
    assert "These days have passed" in text_of(refused)
    for kept in ('value="2020-01-01"', 'value="Klämdag"', 'name="half" checked'):
        assert kept in refused.text
    odd = client.post("/hours/gnosjo/eves", {"eve-walpurgis": "shut"})
    assert odd.status_code == 422
    assert "Choose for each eve" in text_of(odd)


def test_the_hours_of_a_person_are_reached_from_her_page_and_from_the_hours(anna: Person, bo: Person) -> None:
    client = logged_in(anna)
    path = f"/hours/gnosjo/{bo.key}"
    assert path in client.get(f"/people/{bo.key}").text
    assert client.get("/hours/gnosjo?who=Bo+Ek").headers["Location"] == path
    nobody = client.get("/hours/gnosjo?who=Xyz")
    assert nobody.status_code == 422
    assert "Nobody is found by “Xyz”" in text_of(nobody)
    assert 'value="Xyz"' in nobody.text
    seen_then_saved(client, path, OFFICE)
    assert "Bo Ek" in text_of(client.get("/hours/gnosjo"))


def test_the_hours_of_people_of_other_units_are_not_hers_to_set(anna: Person, bo: Person) -> None:
    eva = rows.person(anna.organisation, "Eva Ny", "46980319203", unit="Skola", user=rows.user("eva"))
    Role.objects.create(organisation=anna.organisation, person=eva, unit=eva.unit, kind=RoleKind.MANAGER)
    refused = logged_in(eva).get("/hours/gnosjo?who=Bo+Ek")
    assert "The hours of Bo Ek are set by others" in text_of(refused)


# ── groups ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("AAB-24", "AAB-31")
def test_a_groups_members_order_and_overflow_are_changed(anna: Person, bo: Person) -> None:
    group = Group.objects.create(organisation=anna.organisation, name="Bygglov", unit=anna.unit)
    Number.objects.create(number="46980319290", organisation=anna.organisation, kind=NumberKind.GROUP, group=group)
    Membership.objects.create(group=group, person=anna)
    client = logged_in(anna)
    assert "Bygglov" in text_of(client.get("/groups"))
    form = {
        "member": anna.key,
        f"order-{anna.key}": "2",
        f"in-{anna.key}": "on",
        "add": "Bo Ek",
        "strategy": "ordered",
        "seconds": "12",
        "mailbox": "on",
    }
    shown, saved = seen_then_saved(client, f"/groups/{group.key}", form)
    assert "As it is today" in text_of(shown)
    assert saved.headers["Location"] == "/groups"
    group.refresh_from_db()
    assert (group.strategy, group.seconds, group.mailbox, group.pick_up) == ("ordered", 12.0, True, False)
    members = [membership.person for membership in group.memberships.order_by("position")]
    assert members == [anna, bo]
    refused = client.post(f"/groups/{group.key}", {**form, "seconds": "soon", "do": "show"})
    assert "number of seconds" in text_of(refused)
    assert 'value="soon"' in refused.text


def test_trying_a_change_leaves_nothing_behind(anna: Person) -> None:
    hours.set_hours(anna.organisation, By(), hours.Plan(week=[[[480, 960]]] * 7))
    client = logged_in(anna)
    client.post("/hours/gnosjo/switchboard", OFFICE | {"do": "show"})
    made = hours.hours_of(anna.organisation)
    assert made is not None
    assert made.week == [[[480, 960]]] * 7
