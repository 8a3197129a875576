# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synonyms, kept by the municipality itself on a page: the search follows, changes are recorded and taken back, nobody else's is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests import rows
from tests.portal.test_unit_pages import logged_in
from vaxel.directory.models import AuditEntry, Organisation, Person, Role, RoleKind, Synonyms, Unit
from vaxel.directory.search.index import Asking
from vaxel.directory.search.live import Live

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/synonyms/gnosjo"


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def bo(gnosjo: Organisation) -> Person:
    """She answers for the whole municipality."""
    made = rows.person(gnosjo, "Bo Ek", "46980319202", unit="Kansli", user=rows.user("bo"))
    Role.objects.create(organisation=gnosjo, person=made, kind=RoleKind.PHONE_CONTACT)
    return made


@pytest.fixture
def live(gnosjo: Organisation) -> Iterator[Live]:
    live = Live()
    live.index()
    yield live
    live.forget()


def found(live: Live, text: str) -> list[str]:
    now = datetime(2026, 3, 2, 10, tzinfo=UTC).timestamp()
    return [match.name for match in live.index().search(text, Asking(organisations=frozenset({"gnosjo"}), now=now))]


def test_a_unit_is_found_by_a_synonym_as_soon_as_it_is_saved_and_no_longer_when_it_is_removed(
    gnosjo: Organisation, bo: Person, live: Live
) -> None:
    Unit.objects.create(organisation=gnosjo, name="Miljö", description="Prövar hundtillstånd.")
    client = logged_in(bo)
    assert found(live, "byracka") == []
    assert "/synonyms" in client.get("/units").text
    assert client.get("/synonyms").headers["Location"] == PATH
    assert client.post(f"{PATH}/new", {"words": "hund; byracka,Hund\nvovve", "spoken": ""}).status_code == 302
    made = Synonyms.objects.get()
    assert (made.words, made.language) == ("hund, byracka, vovve", "")
    assert found(live, "byracka") == ["Miljö"]
    shown = client.get(PATH).text
    assert "hund, byracka, vovve" in shown
    assert "all languages" in shown
    assert client.post(f"{PATH}/{made.pk}", {"words": "hund, jycke", "spoken": "sv"}).status_code == 302
    assert (found(live, "byracka"), found(live, "jycke")) == ([], ["Miljö"])
    client.post(f"{PATH}/{made.pk}/remove")
    assert found(live, "jycke") == []
    assert [entry.done for entry in AuditEntry.objects.filter(kind="synonyms", who="bo", via="web")] == [
        "deleted",
        "changed",
        "made",
    ]


def test_each_change_is_taken_back_unless_it_was_changed_again(bo: Person, live: Live) -> None:
    client = logged_in(bo)

    def take_back(n: int) -> str:
        entry = AuditEntry.objects.filter(kind="synonyms").order_by("id")[n]
        return client.post(f"{PATH}/changes/{entry.pk}/take-back", follow=True).text

    client.post(f"{PATH}/new", {"words": "hund, vovve"})
    client.post(f"{PATH}/{Synonyms.objects.get().pk}", {"words": "hund, jycke", "spoken": "sv"})
    assert "hund, jycke · Swedish" in client.get(PATH).text
    assert "changed again since" in take_back(0)
    assert "taken back" in take_back(1)
    assert [(one.words, one.language) for one in Synonyms.objects.all()] == [("hund, vovve", "")]
    client.post(f"{PATH}/{Synonyms.objects.get().pk}/remove")
    take_back(3)
    assert Synonyms.objects.get().words == "hund, vovve"
    take_back(4)
    assert not Synonyms.objects.exists()


def test_what_is_restored_is_the_same_row_so_that_it_is_not_restored_twice(bo: Person) -> None:
    client = logged_in(bo)
    made = Synonyms.objects.create(organisation=bo.organisation, words="hund, vovve")
    client.post(f"{PATH}/{made.pk}/remove")
    removal = AuditEntry.objects.filter(kind="synonyms", done="deleted").get()
    client.post(f"{PATH}/changes/{removal.pk}/take-back")
    assert Synonyms.objects.get() == made
    assert f"changes/{removal.pk}/take-back" not in client.get(PATH).text
    client.post(f"{PATH}/{made.pk}", {"words": "hund, jycke"})
    refused = client.post(f"{PATH}/changes/{removal.pk}/take-back", follow=True).text
    assert "changed again since" in refused
    assert Synonyms.objects.get().words == "hund, jycke"
    assert client.get(PATH).text.count("/take-back") == 1, "the last change only"


@pytest.mark.parametrize(
    ("words", "language", "told"),
    [
        ("ensam", "", "at least two words"),
        ("ensam, Ensam", "", "at least two words"),
        ("", "", "at least two words"),
        ("hund, vovve", "xx", "xx"),
        ("vovve, HUND", "sv", "mean the same already"),
        ("hund, 19850709-9805", "", "personal identity number"),
        (", ".join(f"ord{n}" for n in range(90)), "", "400"),
        (", ".join(f"ord{n}" for n in range(400)), "", "400"),
    ],
)
def test_what_is_refused_stays_in_its_fields(bo: Person, words: str, language: str, told: str) -> None:
    Synonyms.objects.create(organisation=bo.organisation, words="hund, vovve, jycke")
    refused = logged_in(bo).post(f"{PATH}/new", {"words": words, "spoken": language})
    assert refused.status_code == 422
    assert told in refused.text
    assert f">{words}</textarea>" in refused.text
    assert Synonyms.objects.count() == 1


def test_they_are_kept_by_no_other_municipality_and_by_nobody_of_a_part(gnosjo: Organisation, bo: Person) -> None:
    made = Synonyms.objects.create(organisation=gnosjo, words="hund, vovve")
    other = rows.organisation("tana", "4760000100", country="NO")
    theirs = Synonyms.objects.create(organisation=other, words="hund, bikkje")
    inga = rows.person(other, "Inga", "4760000101", user=rows.user("inga"))
    Role.objects.create(organisation=other, person=inga, kind=RoleKind.MANAGER)
    anna = rows.person(gnosjo, user=rows.user("anna"), unit="Bygg")
    Role.objects.create(organisation=gnosjo, person=anna, unit=anna.unit, kind=RoleKind.MANAGER)
    entry = AuditEntry.objects.filter(kind="synonyms", row=str(made.pk)).get()
    for who in (inga, anna):
        client = logged_in(who)
        for path in (PATH, f"{PATH}/new", f"{PATH}/{made.pk}"):
            assert client.get(path).status_code == 404
        for path in (f"{PATH}/new", f"{PATH}/{made.pk}"):
            assert client.post(path, {"words": "a, b"}).status_code == 404
        for path in (f"{PATH}/{made.pk}/remove", f"{PATH}/changes/{entry.pk}/take-back"):
            assert client.post(path).status_code == 404
    assert logged_in(anna).get("/synonyms").status_code == 403
    assert "/synonyms" not in logged_in(anna).get("/units").text
    mine = logged_in(bo)
    for path in (f"{PATH}/{theirs.pk}", f"{PATH}/{2**70}"):
        assert mine.get(path).status_code == 404
    assert mine.post(f"{PATH}/{theirs.pk}/remove").status_code == 404
    assert Synonyms.objects.count() == 2
