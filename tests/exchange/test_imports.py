# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Imports carried out and taken back, in the real directory."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests import rows
from vaxel.directory.audit import AuditEntry, By, Via
from vaxel.directory.models import Hours, Membership, Number, Organisation, Person, Place, Unit
from vaxel.exchange import actions
from vaxel.exchange.apply import carry_out
from vaxel.exchange.models import ExternalKey, Import, Source, SourceKind
from vaxel.exchange.plan import Options, Plan
from vaxel.exchange.undo import undo, undoing

pytestmark = pytest.mark.django_db
BRITTA = By(name="Britta", via=Via.IMPORT)
HEADINGS = "Id;Namn;Titel;E-post;Telefon;Enhet\n"


@pytest.fixture
def home() -> Organisation:
    return rows.organisation()


@pytest.fixture
def source(home: Organisation) -> Source:
    return Source.objects.create(organisation=home, name="Personal", kind=SourceKind.CSV)


def planned(source: Source, text: str, **options: bool) -> Plan:
    table, kind = actions.read((HEADINGS + text).encode())
    return actions.planned(source, table, actions.suggested(source, table, kind), Options(**options))


def run(source: Source, text: str, **options: bool) -> Import:
    return carry_out(source, planned(source, text, **options), BRITTA)


ANNA = "1;Anna Lind;Kock;anna@example.org;0980-31 92 01;Skola / Kök\n"
BO = "2;Bo Ek;Chef;bo@example.org;0980-31 92 02;Skola\n"


def test_people_come_in_with_their_units_numbers_and_keys(source: Source) -> None:
    done = run(source, ANNA + BO)
    anna, bo = Person.objects.order_by("name")
    assert anna.unit is not None
    assert anna.unit.parent is not None
    assert (anna.unit.name, anna.unit.parent.name, bo.unit) == ("Kök", "Skola", anna.unit.parent)
    assert [number.number for number in anna.numbers.all()] == ["46980319201"]
    assert sorted(key.key for key in ExternalKey.objects.all()) == ["1", "2"]
    assert done.counts["add"] == 2
    entries = AuditEntry.objects.filter(kind="person")
    assert {(entry.who, entry.via, entry.done) for entry in entries} == {("Britta", "import", "made")}
    again = planned(source, ANNA + BO)
    assert again.counts == {"add": 0, "change": 0, "leave": 0, "unchanged": 2, "held": 0, "wrong": 0}


def test_what_somebody_changed_by_hand_stays_until_she_lets_go(source: Source) -> None:
    run(source, ANNA)
    anna = Person.objects.get()
    anna.title = "Köksmästare"
    anna.save()
    done = run(source, ANNA.replace("Kock", "Kokerska").replace("anna@", "anna.lind@"))
    anna.refresh_from_db()
    assert (anna.title, anna.email, done.counts["held"]) == ("Köksmästare", "anna.lind@example.org", 1)
    [(key, now, said)] = actions.all_held(source.organisation)
    assert (now, said) == ({"title": "Köksmästare"}, {"title": "Kokerska"})
    actions.let_go(key, "title", BRITTA)
    anna.refresh_from_db()
    assert anna.title == "Kokerska"
    run(source, ANNA.replace("anna@", "anna.lind@"))
    anna.refresh_from_db()
    assert anna.title == "Kock"


def test_an_import_is_taken_back_as_a_whole(source: Source) -> None:
    run(source, ANNA + BO)
    before = [
        (person.name, person.title, person.last_day, person.unit_id) for person in Person.objects.order_by("name")
    ]
    changed = ANNA.replace("Kock", "Chef").replace("31 92 01", "31 92 03") + "3;Eva Ek;;;0980-31 92 01;Vård\n"
    done = run(source, changed, complete=True, force=True)
    assert done.forced is False
    assert Person.objects.get(name="Bo Ek").last_day is not None
    assert Number.objects.get(number="46980319201").person == Person.objects.get(name="Eva Ek")
    stale = Import.objects.get(pk=done.pk)
    undo(done, BRITTA)
    assert done.remains == []
    after = [(person.name, person.title, person.last_day, person.unit_id) for person in Person.objects.order_by("name")]
    assert after == before
    owner = Number.objects.get(number="46980319201").person
    assert owner is not None
    assert owner.name == "Anna Lind"
    assert not Number.objects.filter(number="46980319203").exists()
    assert not Unit.objects.filter(name="Vård").exists()
    assert planned(source, ANNA + BO).counts["unchanged"] == 2
    with pytest.raises(ValidationError, match="already"):
        undo(stale, BRITTA)


def test_places_that_an_import_made_go_with_it_unless_somebody_is_there(source: Source, home: Organisation) -> None:
    Place.objects.create(organisation=home, name="Rådhuset")
    text = "Id;Namn;Plats\n1;Anna Lind;Rådhuset\n2;Bo Ek;Lillby skola\n3;Eva Ek;Ängen\n"
    table, kind = actions.read(text.encode())
    plan = actions.planned(source, table, actions.suggested(source, table, kind), Options())
    done = carry_out(source, plan, BRITTA)
    Unit.objects.create(organisation=home, name="Skola", place=Place.objects.get(name="Ängen"))
    undo(done, BRITTA)
    assert sorted(Place.objects.values_list("name", flat=True)) == ["Rådhuset", "Ängen"]


def test_what_others_have_touched_since_stays_and_is_told(source: Source, home: Organisation) -> None:
    done = run(source, ANNA + BO)
    anna, bo = Person.objects.order_by("name")
    anna.title = "Köksmästare"
    anna.save()
    group = home.groups.create(name="Köket")
    Membership.objects.create(group=group, person=bo)
    assert undoing(done).remains == [
        "Bo Ek can't be taken out any more: there are members of hers. Give her a last day instead.",
        "Anna Lind has been changed since (title).",
    ]
    undo(done, BRITTA)
    assert Person.objects.count() == 2


def test_a_number_taken_from_somebody_who_left_comes_back(source: Source) -> None:
    run(source, ANNA + BO)
    done = run(source, BO + "3;Eva Ek;;;0980-31 92 01;\n", complete=True, force=True)
    undo(done, BRITTA)
    anna = Person.objects.get(name="Anna Lind")
    assert [number.number for number in anna.numbers.all()] == ["46980319201"]
    assert anna.last_day is None
    assert "46980319201" in anna.search_text


def test_consent_goes_with_the_mobile_number_it_was_given_for(source: Source) -> None:
    table, kind = actions.read(b"Id;Namn;Mobil\n1;Anna Lind;070-174 06 05\n")
    carry_out(source, actions.planned(source, table, actions.suggested(source, table, kind), Options()), BRITTA)
    anna = Person.objects.get()
    anna.mobile_consent = "2026-01-01"
    anna.save()
    table, kind = actions.read(b"Id;Namn;Mobil\n1;Anna Lind;070-174 06 06\n")
    carry_out(source, actions.planned(source, table, actions.suggested(source, table, kind), Options()), BRITTA)
    anna.refresh_from_db()
    assert (anna.mobile, anna.mobile_consent) == ("46701740606", None)


def test_an_import_after_which_callers_would_ring_in_vain_is_refused_as_a_whole(
    source: Source, home: Organisation
) -> None:
    Hours.objects.create(organisation=home, week=[[[480, 960]]] * 5 + [[], []])
    run(source, ANNA)
    anna = Person.objects.get()
    group = home.groups.create(name="Köket", overflow_person=anna)
    assert group
    before = Person.objects.count()
    plan = planned(source, BO, complete=True)
    assert plan.refusal
    with pytest.raises(ValidationError, match="more than a tenth"):
        carry_out(source, plan, BRITTA)
    assert Person.objects.count() == before


def test_two_organisations_have_their_own_keys_and_never_each_others_people(source: Source) -> None:
    other = rows.organisation("tana", "4760000100", country="NO")
    theirs = Source.objects.create(organisation=other, name="Personal", kind=SourceKind.CSV)
    run(source, ANNA)
    plan = planned(theirs, "1;Anna Lind;;anna@example.org;+46980319201;\n", complete=True)
    assert not plan.steps
    assert plan.problems[0].told == "the number 46980319201 has another owner already"
    run(theirs, "1;Anna Lind;;anna@example.org;;\n", complete=True)
    assert Person.objects.filter(organisation=other).count() == 1


def test_many_people_come_in_at_once_and_are_found(source: Source) -> None:
    people = 500
    text = "".join(f"{n};Person {n};Titel;p{n}@example.org;+4698{n:07};Enhet {n % 40}\n" for n in range(people))
    done = run(source, text)
    assert done.counts["add"] == people
    assert planned(source, text).counts["unchanged"] == people
