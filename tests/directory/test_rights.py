# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from tests import rows
from vaxel.directory.access import Actor
from vaxel.directory.models import Group, Organisation, Person, Role, RoleKind, Unit
from vaxel.directory.rights import Rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def boss(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, "Carin Chef", "46980319209", user=rows.user("carin"))


def rights(person: Person) -> Rights:
    assert person.user is not None
    return Rights(Actor(person.user))


def names(found: Rights) -> set[str]:
    return set(found.people.values_list("name", flat=True))


def test_an_employee_sets_her_own_absence_and_hours_only(gnosjo: Organisation, boss: Person) -> None:
    anna = rows.person(gnosjo, unit="Bygg")
    found = rights(boss)
    assert names(found) == {"Carin Chef"}
    assert not found.sets_for_others
    assert found.may_set_hours(boss)
    assert not found.may_set_hours(anna)
    assert not found.may_set_hours(gnosjo)


@pytest.mark.clause("AAB-21", "AAB-32")
def test_a_manager_answers_for_her_unit_and_all_below_it(gnosjo: Organisation, boss: Person) -> None:
    anna = rows.person(gnosjo, unit="Bygg")
    below = Unit.objects.create(organisation=gnosjo, name="Bygglov", parent=anna.unit)
    eva = rows.person(gnosjo, "Eva Dal", "46980319203")
    eva.unit = below
    eva.save()
    rows.person(gnosjo, "Ove Skola", "46980319204", unit="Skola")
    group = Group.objects.create(organisation=gnosjo, name="Bygglov", unit=below)
    Role.objects.create(organisation=gnosjo, unit=anna.unit, person=boss, kind=RoleKind.MANAGER)
    found = rights(boss)
    assert names(found) == {"Carin Chef", "Anna Lind", "Eva Dal"}
    assert found.may_set_hours(below)
    assert found.may_set_hours(group)
    assert not found.may_set_hours(gnosjo)
    assert found.may_change_group(group)


def test_a_telephone_contact_keeps_absences_and_groups_but_not_hours(gnosjo: Organisation, boss: Person) -> None:
    anna = rows.person(gnosjo, unit="Bygg")
    group = Group.objects.create(organisation=gnosjo, name="Bygglov", unit=anna.unit)
    Role.objects.create(organisation=gnosjo, unit=anna.unit, person=boss, kind=RoleKind.PHONE_CONTACT)
    found = rights(boss)
    assert names(found) == {"Carin Chef", "Anna Lind"}
    assert found.may_change_group(group)
    assert not found.may_set_hours(group)


def test_a_role_without_a_unit_is_for_the_whole_organisation_and_no_other(gnosjo: Organisation, boss: Person) -> None:
    tana = rows.organisation("tana", "4760000100")
    elle = rows.person(tana, "Elle Varsi", "4760000101", unit="Helse")
    Role.objects.create(organisation=gnosjo, person=boss, kind=RoleKind.MANAGER)
    found = rights(boss)
    assert found.may_set_hours(gnosjo)
    assert not found.may_set_hours(tana)
    assert not found.may_set_hours(elle.unit)  # type: ignore[arg-type]
    assert "Elle Varsi" not in names(found)


def test_an_operator_sets_absences_of_those_whom_she_finds(gnosjo: Organisation) -> None:
    tana = rows.organisation("tana", "4760000100")
    rows.person(gnosjo)
    rows.person(gnosjo, "Hemlig", "46980319205", protected=True)
    rows.person(tana, "Elle Varsi", "4760000101")
    britta = rows.operator(gnosjo)
    assert names(Rights(Actor(britta.user))) == {"Anna Lind"}
