# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Units, tasks, functions, publication: what is changed, what is refused, what is missing and who is to mend it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import rows
from vaxel.directory import completeness, people, publication, snapshot, tasks, units
from vaxel.directory.access import Actor
from vaxel.directory.audit import By
from vaxel.directory.completeness import Score
from vaxel.directory.models import (
    AuditEntry,
    Exemption,
    Organisation,
    Person,
    Role,
    RoleKind,
    Synonyms,
    Task,
    Unit,
)
from vaxel.directory.people import PersonPlan
from vaxel.directory.rights import Rights
from vaxel.directory.tasks import TaskPlan
from vaxel.directory.units import UnitPlan

pytestmark = pytest.mark.django_db

BY = By(name="Carin Kontakt")


@pytest.fixture
def gnosjo() -> Organisation:
    made = rows.organisation()
    rows.operator(made)
    return made


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, unit="Bygg", user=rows.user("anna"), has_greeting=True)


@pytest.fixture
def bo(gnosjo: Organisation, anna: Person) -> Person:
    return rows.person(gnosjo, "Bo Ek", "46980319202", unit="Bygg", user=rows.user("bo"), has_greeting=True)


@pytest.fixture
def bygg(anna: Person) -> Unit:
    assert anna.unit
    return anna.unit


# ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("AAB-29")
def test_a_unit_is_kept_with_its_number_place_and_wish_for_transfers(bygg: Unit, anna: Person) -> None:
    plan = UnitPlan(
        description=" Prövar  bygglov.\n\nOch rivningslov. ",
        number="0980-31 92 90",
        place="Kommunhuset",
        address="Storgatan 15",
        transfer=anna.key,
    )
    units.change_unit(bygg, BY, plan)
    bygg.refresh_from_db()
    assert (bygg.description, bygg.number) == ("Prövar bygglov.\nOch rivningslov.", "46980319290")
    assert bygg.place
    assert (bygg.place.name, bygg.place.address, bygg.transfer_person) == ("Kommunhuset", "Storgatan 15", anna)
    assert snapshot.load().world.transfers_of_unit(bygg.key) == anna.key
    assert AuditEntry.objects.filter(kind="unit", who="Carin Kontakt", done="changed").exists()


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (UnitPlan(number="växeln"), "number"),
        (UnitPlan(email="bygg"), "email"),
        (UnitPlan(transfer="p999"), "transfer"),
        (UnitPlan(transfer="12"), "transfer"),
        (UnitPlan(address="Storgatan 15"), "place"),
        (UnitPlan(description="Ring 850709-9805"), "description"),
        (UnitPlan(description="x" * 1001), "description"),
    ],
)
def test_what_a_unit_cannot_be_is_refused_by_field(bygg: Unit, plan: UnitPlan, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        units.change_unit(bygg, BY, plan)
    assert list(refused.value.message_dict) == [field]
    assert not AuditEntry.objects.filter(kind="unit", done="changed").exists()


@pytest.mark.clause("SOL-5")
def test_a_review_is_the_units_and_everybodys_in_it(bygg: Unit, anna: Person, bo: Person) -> None:
    units.review(bygg, BY)
    for row in (bygg, anna, bo):
        row.refresh_from_db()
        assert (row.reviewed_by, timezone.now() - row.reviewed_at < timedelta(minutes=1)) == ("Carin Kontakt", True)  # type: ignore[operator]


# ── tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("AAB-26", "TAN-3")
def test_a_task_has_handlers_in_order_and_helpers(bygg: Unit, anna: Person, bo: Person) -> None:
    plan = TaskPlan(name="Hundtillstånd", search_words="valp, vovve", handlers=(bo.key,), helpers=(anna.key, bo.key))
    task = tasks.add_task(bygg, BY, plan)
    assert [(one.person.name, one.main) for one in task.handlers.all()] == [("Bo Ek", True), ("Anna Lind", False)]
    tasks.change_task(task, BY, TaskPlan(name="Hundtillstånd", handlers=(anna.key, bo.key)))
    assert [(one.person.name, one.main) for one in task.handlers.all()] == [("Anna Lind", True), ("Bo Ek", True)]
    other = Unit.objects.create(organisation=bygg.organisation, name="Miljö")
    tasks.move_task(task, BY, other, (bo.key,))
    assert (task.unit, [one.person for one in task.handlers.all()]) == (other, [bo])
    assert AuditEntry.objects.filter(kind="taskhandler", organisation="gnosjo").exists()
    tasks.remove_task(task, BY)
    assert not Task.objects.exists()


def test_what_a_task_cannot_be_is_refused_by_field(bygg: Unit, gnosjo: Organisation) -> None:
    tana = rows.organisation("tana", "4760000100")
    stranger = rows.person(tana, "Inga Varsi", "4760000101")
    tasks.add_task(bygg, BY, TaskPlan(name="Bygglov"))
    for plan, field in (
        (TaskPlan(name=" "), "name"),
        (TaskPlan(name="Bygglov"), "name"),
        (TaskPlan(name="Rivning", handlers=(stranger.key,)), "handlers"),
        (TaskPlan(name="Rivning", search_words="CPR 070761-4285"), "search_words"),
    ):
        with pytest.raises(ValidationError) as refused:
            tasks.add_task(bygg, BY, plan)
        assert list(refused.value.message_dict) == [field]
    with pytest.raises(ValidationError):
        Synonyms(organisation=gnosjo, words="hund").full_clean()
    assert Synonyms(words="hund, valp ,").together == ("hund", "valp")


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("FAL-1")
def test_further_functions_reach_routing(anna: Person, bo: Person) -> None:
    people.describe(anna, BY, PersonPlan(function="bygglov", functions=(" rivningslov ", "bygglov", "")))
    people.describe(bo, BY, PersonPlan(function="gator", stands_in=("rivningslov",), substitute=anna.key))
    world = snapshot.load().world
    assert world.people[anna.key].functions == ("bygglov", "rivningslov")
    assert world.same_function["gnosjo", "rivningslov"] == (anna.key, bo.key)
    assert world.colleagues_of(world.people[anna.key]) == (anna.key, bo.key)
    assert world.colleagues_of(world.people[bo.key]) == (bo.key,), "who helps out isn't helped out"
    assert [one.substitute for one in bo.substitutes.all()] == [anna]
    people.describe(bo, BY, PersonPlan(function="gator"))
    assert snapshot.load().world.same_function["gnosjo", "rivningslov"] == (anna.key,)
    assert not bo.substitutes.exists()


def test_what_a_person_cannot_be_is_refused_by_field(anna: Person) -> None:
    day = timezone.localdate()
    for plan, field in (
        (PersonPlan(note="070761-4285"), "note"),
        (PersonPlan(prefers="pigeon"), "prefers"),
        (PersonPlan(room="x" * 41), "room"),
        (PersonPlan(functions=("x" * 81,)), "functions"),
        (PersonPlan(substitute=anna.key), "substitute"),
        (PersonPlan(substitute="p999"), "substitute"),
    ):
        with pytest.raises(ValidationError) as refused:
            people.describe(Person.objects.get(pk=anna.pk), BY, plan)
        assert list(refused.value.message_dict) == [field]
    eva = rows.person(anna.organisation, "Eva Ny", "46980319203")
    backwards = PersonPlan(substitute=eva.key, substitute_first=day, substitute_last=day - timedelta(days=1))
    with pytest.raises(ValidationError) as refused:
        people.describe(anna, BY, backwards)
    assert list(refused.value.message_dict) == ["substitute_last"]


@pytest.mark.clause("GNO-15", "GNO-20")
def test_a_mobile_number_is_told_only_by_consent_and_its_greeting_is_checked(anna: Person) -> None:
    with pytest.raises(ValidationError):
        people.tell_mobile(anna, BY, told=True)
    anna.mobile = "46701740605"
    people.tell_mobile(anna, BY, told=True)
    assert anna.mobile_told
    assert people.tell_mobile(anna, BY, told=False).mobile_told is None
    people.confirm_mobile_greeting(anna, BY)
    assert anna.mobile_greeting
    words = people.mobile_greeting_words(anna)
    assert all(part in words for part in ("Anna Lind", "Bygg", "Gnosjo kommun", "+46 980 31 92 00"))


# ── publication ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("AAB-6")
def test_everything_is_published_until_a_head_approves_an_exemption(anna: Person, bo: Person) -> None:
    assert publication.published(anna) == {"number", "email"}
    asked = publication.ask(anna, BY, "number", "Har fått hot.")
    assert publication.published(anna) == {"number", "email"}
    with pytest.raises(ValidationError):
        publication.decide(asked, BY, approved=False)
    publication.decide(asked, BY, approved=False, answer="Numret behövs.")
    assert publication.published(anna) == {"number", "email"}
    publication.ask(anna, BY, "number", "Nya hot.")
    assert Exemption.objects.get().decision == ""
    publication.decide(Exemption.objects.get(), By(name="Chef"), approved=True)
    anna = Person.objects.get(pk=anna.pk)
    assert publication.published(anna) == {"email"}
    assert Exemption.objects.get().decided_by == "Chef"
    publication.withdraw(Exemption.objects.get(), BY)
    assert publication.published(Person.objects.get(pk=anna.pk)) == {"number", "email"}
    bo.protected = True
    bo.save()
    assert publication.published(bo) == frozenset()
    assert list(publication.public_people(anna.organisation)) == [anna]


@pytest.mark.clause("AAB-6")
def test_the_head_of_the_unit_decides_and_nobody_for_herself(bygg: Unit, anna: Person, bo: Person) -> None:
    def may(who: Person, of: Person) -> bool:
        assert who.user
        return publication.may_decide(Rights(Actor(who.user)), of)

    assert not may(bo, anna)
    Role.objects.create(organisation=bygg.organisation, unit=bygg, person=bo, kind=RoleKind.PHONE_CONTACT)
    assert not may(bo, anna)
    Role.objects.create(organisation=bygg.organisation, unit=bygg, person=bo, kind=RoleKind.MANAGER)
    assert may(bo, anna)
    assert not may(bo, bo)


# ── completeness ────────────────────────────────────────────────────────────────────────────────────────────────────────


def score(unit: Unit) -> Score:
    return next(one for one in completeness.scores(unit.organisation) if one.unit.pk == unit.pk)


@pytest.mark.clause("AAB-25", "AAB-26", "AAB-28", "AAB-32", "SOL-5")
def test_what_is_missing_is_told_with_who_is_to_mend_it_and_counts(bygg: Unit, anna: Person, bo: Person) -> None:
    found = score(bygg)
    assert [(lack.code, lack.name) for lack in found.lacks] == [
        ("contact", "Bygg"),
        ("manager", "Bygg"),
        ("tasks", "Bygg"),
        ("description", "Bygg"),
        ("number", "Bygg"),
        ("unit-reviewed", "Bygg"),
        ("main-tasks", "Anna Lind"),
        ("function", "Anna Lind"),
        ("main-tasks", "Bo Ek"),
        ("function", "Bo Ek"),
    ]
    assert (found.wanted, found.there, found.percent, found.by) == (13, 3, 23.1, ())
    Role.objects.create(organisation=bygg.organisation, unit=bygg, person=bo, kind=RoleKind.PHONE_CONTACT)
    Role.objects.create(organisation=bygg.organisation, person=anna, kind=RoleKind.MANAGER)
    units.change_unit(bygg, BY, UnitPlan(description="Prövar bygglov.", number="0980-319290"))
    tasks.add_task(bygg, BY, TaskPlan(name="Bygglov", handlers=(anna.key,)))
    people.describe(anna, BY, PersonPlan(function="bygglov"))
    people.describe(bo, BY, PersonPlan(function="bygglov", tasks="rivning"))
    units.review(bygg, BY)
    found = score(bygg)
    assert (found.lacks, found.percent, found.fresh) == ((), 100.0, True)
    assert [owner.name for owner in found.by] == ["Bo Ek"]
    Unit.objects.update(reviewed_at=timezone.now() - timedelta(days=370))
    assert [lack.code for lack in score(bygg).lacks] == ["unit-reviewed"]


def test_scores_take_as_many_queries_for_many_units_as_for_few(bygg: Unit) -> None:
    with CaptureQueriesContext(connection) as few:
        completeness.scores(bygg.organisation)
    for n in range(20):
        rows.person(bygg.organisation, f"Person {n}", f"469803193{n:02d}", unit=f"Unit {n}")
    with CaptureQueriesContext(connection) as many:
        completeness.scores(bygg.organisation)
    assert len(many) == len(few)
