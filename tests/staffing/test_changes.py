# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The change form: reported, approved, carried out on its day, and told to the switchboard."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests import rows
from vaxel.cases.models import By as DividedBy
from vaxel.cases.models import CaseDivision, CaseShare
from vaxel.directory.access import Actor
from vaxel.directory.audit import By
from vaxel.directory.hours import today_in
from vaxel.directory.models import (
    AuditEntry,
    Group,
    Membership,
    Organisation,
    Person,
    Phone,
    Role,
    RoleKind,
    Task,
    TaskHandler,
)
from vaxel.directory.rights import Rights
from vaxel.notices import live
from vaxel.staffing import actions
from vaxel.staffing.actions import Report
from vaxel.staffing.models import StaffChange, Status

DAY = timedelta(days=1)
HEAD = By(name="Direktør Hansen")


@pytest.fixture
def home(db: None) -> Organisation:
    made = rows.organisation("aabenraa", "4584000100", language="da", country="DK", time_zone="Europe/Copenhagen")
    rows.operator(made)
    return made


@pytest.fixture
def contact(home: Organisation) -> Person:
    """The telephone contact of Byg."""
    made = rows.person(home, "Mette Holm", "4584000101", unit="Byg", user=rows.user("mette"), has_greeting=True)
    Role.objects.create(organisation=home, unit=made.unit, person=made, kind=RoleKind.PHONE_CONTACT)
    return made


@pytest.fixture
def bo(home: Organisation, contact: Person) -> Person:
    return rows.person(home, "Bo Ek", "4584000102", unit="Byg", tasks="carport, rotter", has_greeting=True)


@pytest.fixture
def ida(home: Organisation) -> Person:
    return rows.person(home, "Ida Vad", "4584000103", unit="Byg", tasks="byggetilladelse", has_greeting=True)


def rights(person: Person) -> Rights:
    assert person.user is not None
    return Rights(Actor(person.user))


def report(who: Person, subject: str, day: date | None = None, unit: str = "", **details: Any) -> StaffChange:
    home = who.organisation
    filled = Report(subject=subject, day=day or today_in(home.time_zone), unit=unit, details=details)
    assert who.user is not None
    return actions.report(home, rights(who), By(name=who.name, user=who.user.pk), filled)


def faults(who: Person, subject: str, day: date | None = None, unit: str = "", **details: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        report(who, subject, day, unit, **details)
    return caught.value.message_dict


@pytest.mark.clause("AAB-33")
def test_a_newcomer_is_reported_approved_told_and_there_on_the_day(home: Organisation, contact: Person) -> None:
    assert contact.unit is not None
    day = today_in(home.time_zone) + 3 * DAY
    newcomer = {"name": "Signe Overgaard", "title": "Sagsbehandler", "tasks": "carport", "number": "84 00 01 80"}
    made = report(contact, "joiner", day, contact.unit.key, **newcomer)
    assert (made.status, live.load().notices) == (Status.WAITING, {})
    assert actions.carry_out_due(timezone.now() + 9 * DAY) == 0, "it hasn't been approved"
    actions.approve(made, HEAD)
    (notice,) = live.load().notices.values()
    assert notice["title"].startswith("Signe Overgaard")
    assert (notice["kind"], notice["told_by"], "carport" in notice["words"]) == ("change", "Mette Holm", True)
    assert len(notice["unread_by"]) == 1
    assert actions.carry_out_due(timezone.now()) == 0, "its day hasn't come"
    assert not Person.objects.filter(name="Signe Overgaard").exists()
    StaffChange.objects.update(day=today_in(home.time_zone))
    assert actions.carry_out_due(timezone.now()) == 1
    signe = Person.objects.get(name="Signe Overgaard")
    assert (signe.unit, signe.numbers.get().number) == (contact.unit, "4584000180")
    assert AuditEntry.objects.get(kind="person", row=str(signe.pk)).who == "Mette Holm"
    assert StaffChange.objects.get().status == Status.DONE


@pytest.mark.clause("AAB-33")
def test_a_newcomer_gets_the_log_in_and_telephone_that_were_asked_for_and_no_others(
    home: Organisation, contact: Person
) -> None:
    assert contact.unit is not None
    rows.user("Signe.Overgaard")
    for name, wishes in (
        ("Signe Øvergaard", {"log_in": True, "telephone": True, "email": "so@example.org"}),
        ("Per Ny", {}),
    ):
        actions.approve(report(contact, "joiner", None, contact.unit.key, name=name, **wishes), HEAD)
    assert actions.carry_out_due(timezone.now()) == 2
    per, signe = (change.joined for change in StaffChange.objects.order_by("summary"))
    assert per is not None
    assert signe is not None
    assert (per.user, per.phones.count()) == (None, 0)
    user, phone = signe.user, signe.phones.get()
    assert user is not None
    assert (user.username, user.get_full_name(), user.email) == (
        "signe.overgaard2",
        "Signe Øvergaard",
        "so@example.org",
    )
    assert not user.has_usable_password()
    assert (phone.user, phone.organisation, len(phone.password) > 20) == ("aabenraa-signe.overgaard", home, True)
    assert phone.password not in str(list(AuditEntry.objects.values()))


@pytest.mark.clause("AAB-33")
def test_the_manager_hands_over_a_link_and_a_password_each_shown_once(home: Organisation, contact: Person) -> None:
    assert contact.unit is not None
    change = report(contact, "joiner", None, contact.unit.key, name="Signe Ny", log_in=True, telephone=True)
    actions.approve(change, HEAD)
    actions.carry_out_due(timezone.now())
    head = rows.person(home, "Direktør Hansen", "4584000104", user=rows.user("hansen"))
    Role.objects.create(organisation=home, person=head, kind=RoleKind.MANAGER)
    address = f"/staff/{change.key}/hand-over"
    assert contact.user is not None
    assert head.user is not None
    assert client(contact.user).get(address).status_code == 404, "she reports, and hands nothing over"
    manager = client(head.user)
    assert address in manager.get("/staff").text
    signe = Person.objects.get(name="Signe Ny")
    phone, known = signe.phones.get(), signe.phones.get().password
    assert known not in manager.get(address).text
    shown = manager.post(address, {"do": f"t{phone.pk}"})
    phone.refresh_from_db()
    assert phone.password != known
    assert phone.password in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert phone.password not in manager.get(address).text
    link = re.search(r"http://testserver(/invited/[^<\s]+)", manager.post(address, {"do": "invite"}).text)
    assert link is not None
    stranger = Client(headers={"accept-language": "en"})
    page = stranger.get(link[1], follow=True)
    form_address = page.redirect_chain[-1][0]
    assert "signe.ny" in page.text
    refused = stranger.post(form_address, {"new_password1": "short", "new_password2": "short"})
    assert "too short" in refused.text
    chosen = {"new_password1": rows.PASSWORD, "new_password2": rows.PASSWORD}
    assert stranger.post(form_address, chosen).headers["Location"] == "/log-in"
    assert Client().login(username="signe.ny", password=rows.PASSWORD)
    assert "has been used" in Client(headers={"accept-language": "en"}).get(link[1], follow=True).text
    again = manager.post(address, {"do": "invite"})
    assert (again.status_code, "/invited/" in again.text) == (422, False)
    Person.objects.filter(pk=signe.pk).update(protected=True)
    assert manager.get(address).status_code == 404, "nobody is told by it who she is now"


@pytest.mark.clause("AAB-33")
def test_what_was_not_asked_for_is_not_handed_over(home: Organisation, contact: Person) -> None:
    assert contact.unit is not None
    change = report(contact, "joiner", None, contact.unit.key, name="Signe Ny", log_in=True)
    actions.approve(change, HEAD)
    actions.carry_out_due(timezone.now())
    head = rows.person(home, "Direktør Hansen", "4584000104", user=rows.user("hansen"))
    Role.objects.create(organisation=home, person=head, kind=RoleKind.MANAGER)
    signe = Person.objects.get(name="Signe Ny")
    phone = Phone.objects.create(user="signe-later", password="kept", kind="desk", organisation=home, person=signe)
    manager = client(head.user)
    manager.post(f"/staff/{change.key}/hand-over", {"do": f"t{phone.pk}"})
    assert Phone.objects.get(pk=phone.pk).password == "kept"


def client(user: Any) -> Client:
    made = Client(headers={"accept-language": "en"})
    made.force_login(user)
    return made


@pytest.mark.clause("AAB-33")
def test_a_leaver_works_on_the_last_day_and_is_gone_after_it(
    home: Organisation, contact: Person, bo: Person, ida: Person
) -> None:
    group = Group.objects.create(organisation=home, name="Byg", unit=bo.unit)
    for person in (bo, ida):
        Membership.objects.create(group=group, person=person)
    bo.user = rows.user("bo")
    bo.save()
    bees = Task.objects.create(organisation=home, unit=bo.unit, name="Bier")
    for person in (bo, ida):
        TaskHandler.objects.create(task=bees, person=person)
    made = actions.approve(report(contact, "leaver", person=bo.key, successor=ida.key), HEAD)
    assert actions.carry_out_due(timezone.now()) == 0
    StaffChange.objects.update(day=today_in(home.time_zone) - DAY)
    assert actions.carry_out_due(timezone.now()) == 1
    bo.refresh_from_db()
    assert (bo.last_day, bo.successor) == (today_in(home.time_zone) - DAY, ida)
    assert not Person.objects.get(pk=bo.pk).user.is_active  # type: ignore[union-attr]
    assert [one.person for one in group.memberships.all()] == [ida]
    assert bees.handlers.get().person == ida
    made.refresh_from_db()
    assert made.done_at is not None


@pytest.mark.clause("AAB-33")
def test_a_mover_changes_unit_work_and_groups(home: Organisation, contact: Person, bo: Person, ida: Person) -> None:
    other = rows.person(home, "Per Ø", "4584000104", unit="Miljø").unit
    assert other is not None
    group = Group.objects.create(organisation=home, name="Byg", unit=bo.unit)
    for person in (bo, ida):
        Membership.objects.create(group=group, person=person)
    actions.approve(report(contact, "mover", person=bo.key, to_unit=other.key, title="Miljømedarbejder"), HEAD)
    assert actions.carry_out_due(timezone.now()) == 1
    bo.refresh_from_db()
    assert (bo.unit, bo.title, bo.tasks) == (other, "Miljømedarbejder", "carport, rotter")
    assert [one.person for one in group.memberships.all()] == [ida]


@pytest.mark.clause("AAB-34")
def test_tasks_and_cases_change_hands(home: Organisation, contact: Person, bo: Person, ida: Person) -> None:
    division = CaseDivision.objects.create(organisation=home, task="Sygedagpenge", by=DividedBy.DAY)
    CaseShare.objects.create(division=division, first="1", last="31", person=bo)
    bees = Task.objects.create(organisation=home, unit=bo.unit, name="Bier", search_words="honning")
    TaskHandler.objects.create(task=bees, person=bo)
    actions.approve(report(contact, "task", task="bier", person=bo.key, to_person=ida.key), HEAD)
    actions.approve(report(contact, "task", task="Rotter", person=bo.key, to_person=ida.key), HEAD)
    actions.approve(report(contact, "case_division", division=division.key, person=bo.key, to_person=ida.key), HEAD)
    assert actions.carry_out_due(timezone.now()) == 3
    bo.refresh_from_db()
    ida.refresh_from_db()
    assert (bo.tasks, ida.tasks) == ("carport", "byggetilladelse, Rotter")
    assert (division.shares.get().person, bees.handlers.get().person) == (ida, ida)
    titles = [notice["title"] for notice in live.load().notices.values()]
    assert all("Ida Vad" in title for title in titles)


@pytest.mark.clause("AAB-23")
def test_a_unit_is_unstaffed_only_if_the_head_of_the_whole_approves_and_somebody_answers(
    home: Organisation, contact: Person
) -> None:
    assert contact.unit is not None
    unit, until = contact.unit.key, (today_in(home.time_zone) + DAY).isoformat()
    Role.objects.create(organisation=home, unit=contact.unit, person=contact, kind=RoleKind.MANAGER)
    assert "cover" in faults(contact, "unstaffed", unit=unit, until=until, why="Temadag", cover="")
    made = report(contact, "unstaffed", None, unit, until=until, why="Temadag", cover="Receptionen")
    assert made.status == Status.WAITING
    actions.approve(made, HEAD)
    (notice,) = live.load().notices.values()
    assert (notice["kind"], notice["cover"], notice["text"]) == ("temporary_hours", "Receptionen", "Temadag")
    actions.withdraw(made, HEAD)
    assert live.load().notices == {}


def test_a_refused_form_keeps_its_text_and_may_be_filled_in_anew(contact: Person, bo: Person, ida: Person) -> None:
    made = report(contact, "leaver", person=bo.key)
    with pytest.raises(ValidationError):
        actions.refuse(made, HEAD, " ")
    actions.refuse(made, HEAD, "Hvem overtager?")
    assert (made.status, made.words, made.details["person"]) == (Status.REFUSED, "Hvem overtager?", bo.key)
    with pytest.raises(ValidationError, match="Not possible any longer"):
        actions.approve(made, HEAD)
    filled = Report(subject="leaver", day=made.day, details={"person": bo.key, "successor": ida.key})
    again = actions.report_again(made, rights(contact), By(name="Mette Holm"), filled)
    assert (again.status, again.words) == (Status.WAITING, "")
    assert StaffChange.objects.count() == 1


def test_what_the_proof_refuses_on_the_day_goes_back_in_words(
    home: Organisation, contact: Person, bo: Person, ida: Person
) -> None:
    made = actions.approve(report(contact, "task", task="rotter", person=bo.key, to_person=ida.key), HEAD)
    bo.tasks = "carport"
    bo.save()
    assert actions.carry_out_due(timezone.now()) == 0
    made.refresh_from_db()
    assert made.status == Status.RETURNED
    assert "rotter" in made.words
    assert live.load().notices == {}, "the switchboard needn't know it any longer"


def test_what_would_leave_callers_ringing_is_refused_when_it_is_reported(
    home: Organisation, contact: Person, bo: Person, ida: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard takes it back at once, whatever the prover has against it: here, that a group loses its last member."""
    from vaxel.directory import guard

    group = Group.objects.create(organisation=home, name="Byg", unit=bo.unit)
    Membership.objects.create(group=group, person=bo)

    class Watch:
        def __enter__(self) -> None:
            pass

        def __exit__(self, *error: object) -> None:
            if not error[0] and not group.memberships.exists():
                raise ValidationError("Byg has nobody left.")

    monkeypatch.setattr(guard, "GUARDS", [lambda organisation: Watch()])
    with pytest.raises(ValidationError, match="nobody left"):
        report(contact, "leaver", person=bo.key)
    assert group.memberships.get().person == bo
    assert not StaffChange.objects.exists()


def test_a_contact_reports_for_her_own_unit_only(home: Organisation, contact: Person) -> None:
    other = rows.person(home, "Per Ø", "4584000104", unit="Miljø")
    assert "unit" in faults(contact, "leaver", person=other.key)
    stranger = rows.person(rows.organisation(), "Anna Lind")
    hidden = rows.person(home, "Skjult", "4584000109", unit="Byg", protected=True)
    for person in (stranger, hidden):
        assert faults(contact, "leaver", person=person.key) == {
            "person": ["Choose somebody who works for the organisation."]
        }


def test_a_manager_s_report_is_approved_at_once(home: Organisation, contact: Person, bo: Person) -> None:
    Role.objects.create(organisation=home, person=contact, kind=RoleKind.MANAGER)
    assert report(contact, "leaver", person=bo.key).status == Status.APPROVED


@pytest.mark.parametrize(
    ("subject", "details", "field"),
    [
        ("joiner", {"name": " "}, "name"),
        ("joiner", {"name": "A 211062-5629"}, "name"),
        ("joiner", {"name": "Ny", "number": "84 00 01 01"}, "number"),
        ("joiner", {"name": "Ny", "number": "hej"}, "number"),
        ("joiner", {"name": "Ny", "email": "hej"}, "email"),
        ("joiner", {}, "name"),
        ("joiner", {"name": 7}, "name"),
        ("joiner", {"name": "Ny", "salary": "7"}, "salary"),
        ("leaver", {"person": "p0"}, "person"),
        ("mover", {"person": "BO", "to_unit": "u0"}, "to_unit"),
        ("task", {"task": "flyvning", "person": "BO", "to_person": "BO"}, "task"),
        ("task", {"task": "rotter", "person": "BO", "to_person": "BO"}, "to_person"),
        ("case_division", {"division": "d0", "person": "BO", "to_person": "BO"}, "division"),
        ("leaver", {"person": "BO", "successor": "BO"}, "successor"),
        ("gossip", {}, "subject"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    contact: Person, bo: Person, subject: str, details: dict[str, Any], field: str
) -> None:
    assert contact.unit is not None
    filled = {name: bo.key if value == "BO" else value for name, value in details.items()}
    with pytest.raises(ValidationError) as caught:
        report(contact, subject, None, contact.unit.key, **filled)
    assert field in caught.value.message_dict
    assert not StaffChange.objects.exists()


def test_a_day_far_away_is_refused(contact: Person, bo: Person) -> None:
    assert "day" in faults(contact, "leaver", date(1999, 1, 1), person=bo.key)
    assert "day" in faults(contact, "leaver", date(9999, 1, 1), person=bo.key)
