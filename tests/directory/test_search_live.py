# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index follows the database: what is committed, by whichever process, is found by the next search, and read alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import rows
from vaxel.absence.models import Absence
from vaxel.cases.models import CaseDivision, CaseShare
from vaxel.directory import changelog
from vaxel.directory.changes import raise_version
from vaxel.directory.models import (
    FurtherFunction,
    Group,
    Number,
    NumberKind,
    Organisation,
    Person,
    Place,
    Synonyms,
    Task,
    TaskHandler,
    TaskWords,
    Unit,
)
from vaxel.directory.search import feed
from vaxel.directory.search.index import Asking
from vaxel.directory.search.live import Live

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def live(gnosjo: Organisation) -> Iterator[Live]:
    live = Live()
    live.index()
    yield live
    live.forget()


def found(live: Live, text: str, *organisations: str) -> list[str]:
    asking = Asking(organisations=frozenset(organisations or ("gnosjo",)), now=NOW.timestamp())
    return [match.name for match in live.index().search(text, asking)]


def test_a_person_is_found_as_she_is_saved_changed_moved_and_deleted(live: Live, gnosjo: Organisation) -> None:
    anna = rows.person(gnosjo, "Anna Lind", "46980319201", unit="Bygg", tasks="bygglov")
    assert found(live, "anna") == found(live, "9201") == found(live, "bygglov") == ["Anna Lind"]
    anna.name = "Hanna Ek"
    anna.save()
    assert found(live, "hanna ek") == ["Hanna Ek"]
    Number.objects.get(person=anna).delete()
    assert found(live, "9201") == []
    anna.delete()
    assert found(live, "hanna") == []


def test_a_number_that_moves_is_found_with_its_new_owner_alone(live: Live, gnosjo: Organisation) -> None:
    rows.person(gnosjo, "Anna Lind", "46980319201")
    other = rows.person(gnosjo, "Bo Ek", "")
    number = Number.objects.get(number="46980319201")
    number.person = other
    number.save()
    assert found(live, "9201") == ["Bo Ek"]


def test_units_groups_places_and_what_people_do_are_found(live: Live, gnosjo: Organisation) -> None:
    above = Unit.objects.create(organisation=gnosjo, name="Samhällsbyggnad")
    unit = Unit.objects.create(organisation=gnosjo, name="Plan", parent=above)
    place = Place.objects.create(organisation=gnosjo, name="Rådhuset")
    anna = Person.objects.create(organisation=gnosjo, name="Anna Lind", unit=unit, place=place, initials="xq")
    group = Group.objects.create(organisation=gnosjo, name="Detaljplaner", unit=unit)
    Number.objects.create(number="46980319290", organisation=gnosjo, kind=NumberKind.GROUP, group=group)
    FurtherFunction.objects.create(person=anna, name="Stadsarkitekt")
    assert found(live, "samhällsb")[0] == "Samhällsbyggnad"
    assert set(found(live, "samhällsb")) == {"Samhällsbyggnad", "Plan", "Detaljplaner", "Anna Lind"}
    assert found(live, "9290") == ["Detaljplaner"]
    assert found(live, "xq") == found(live, "rådhuset") == found(live, "stadsarkitekt") == ["Anna Lind"]
    above.name = "Stadsbyggnad"
    above.save()
    assert "Anna Lind" in found(live, "stadsbyggnad")
    assert found(live, "samhällsb") == []
    place.name = "Stadshuset"
    place.save()
    assert found(live, "stadshuset") == ["Anna Lind"]


@pytest.mark.clause("AAB-25", "AAB-26", "TAN-3")
def test_who_handles_a_task_is_found_in_any_language_and_by_synonyms(live: Live, gnosjo: Organisation) -> None:
    anna = rows.person(gnosjo, "Anna Lind")
    task = Task.objects.create(organisation=gnosjo, name="Hundskatt")
    TaskHandler.objects.create(task=task, person=anna)
    assert found(live, "Vem har hand om hundskatt?") == ["Anna Lind"]
    TaskWords.objects.create(task=task, language="en", name="Dog licence")
    assert found(live, "Who handles dog licences?") == ["Anna Lind"]
    Synonyms.objects.create(organisation=gnosjo, words="vovve, jycke, hund")
    assert found(live, "vovve") == ["Anna Lind"]
    task.name = "Hundregister"
    task.save()
    assert found(live, "hundregister") == ["Anna Lind"]


@pytest.mark.clause("AAB-27")
def test_who_has_a_share_of_divided_cases_is_found_by_the_task(live: Live, gnosjo: Organisation) -> None:
    anna = rows.person(gnosjo, "Anna Lind")
    division = CaseDivision.objects.create(organisation=gnosjo, task="Försörjningsstöd", by="day")
    CaseShare.objects.create(division=division, person=anna, first="1", last="31")
    assert found(live, "försörjning") == ["Anna Lind"]


def test_who_is_away_stands_after_who_is_here(live: Live, gnosjo: Organisation) -> None:
    anna = rows.person(gnosjo, "Anna Ek", "46980319201", tasks="bygglov")
    rows.person(gnosjo, "Bo Ek", "46980319202", tasks="bygglov")
    assert found(live, "bygglov") == ["Anna Ek", "Bo Ek"]
    hour = timedelta(hours=1)
    absence = Absence.objects.create(
        organisation=gnosjo, person=anna, reason="meeting", start=NOW - hour, end=datetime.now(UTC) + hour
    )
    assert found(live, "bygglov") == ["Bo Ek", "Anna Ek"]
    absence.delete()
    assert found(live, "bygglov") == ["Anna Ek", "Bo Ek"]


def test_nobody_is_found_who_is_not_committed(live: Live, gnosjo: Organisation) -> None:
    with transaction.atomic():
        rows.person(gnosjo, "Anna Lind")
        transaction.set_rollback(True)
    assert found(live, "anna") == []


def test_a_change_in_bulk_is_found_when_it_is_told(live: Live, gnosjo: Organisation) -> None:
    with transaction.atomic():
        (anna,) = Person.objects.bulk_create([Person(organisation=gnosjo, name="Anna Lind")])
        raise_version(f"p{anna.pk}")
    assert found(live, "anna") == ["Anna Lind"]
    with transaction.atomic():
        Person.objects.filter(pk=anna.pk).update(name="Bo Ek")
        raise_version(changelog.EVERYTHING)
    assert found(live, "bo") == ["Bo Ek"]


def test_a_new_organisation_is_found_and_one_that_goes_is_not(live: Live) -> None:
    tana = rows.organisation("tana", "4760000100")
    rows.person(tana, "Kari Utsi", "4760000101")
    assert found(live, "kari", "tana") == ["Kari Utsi"]
    assert found(live, "kari", "gnosjo") == []
    tana.delete()
    assert found(live, "kari", "tana") == []


def test_one_change_is_read_alone(live: Live, gnosjo: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [rows.person(gnosjo, f"Anna {name}", "") for name in ("Ek", "Lund", "Berg")]
    found(live, "anna")
    read: list[set[str] | None] = []
    plain = feed.documents

    def documents(organisation: str, keys: set[str] | None = None) -> object:
        read.append(keys)
        return plain(organisation, keys)

    monkeypatch.setattr(feed, "documents", documents)
    people[0].save()
    found(live, "anna")
    assert read == [{people[0].key}]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found(live, "anna")
    assert len(queries) == 1


def test_another_database_in_its_place_is_noticed(live: Live, gnosjo: Organisation) -> None:
    rows.person(gnosjo, "Anna Lind")
    assert found(live, "anna") == ["Anna Lind"]
    changelog.Change.objects.all().delete()
    Person.objects.update(name="Bo Ek")
    assert found(live, "bo") == ["Bo Ek"]


def test_old_rows_go_and_the_newest_stays(live: Live, gnosjo: Organisation) -> None:
    rows.person(gnosjo, "Anna Lind")
    long_ago = datetime.now(UTC) - changelog.KEPT - timedelta(hours=1)
    changelog.Change.objects.update(made=long_ago)
    changelog.forget_old()
    assert changelog.Change.objects.count() == 1
