# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/directory/search``: what the console's search box shows, and to whom."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from tests import rows
from tests.api.conftest import Municipality
from vaxel.absence.actions import Wish, set_absence
from vaxel.calls.projection import ship
from vaxel.directory.audit import By
from vaxel.directory.models import AuditEntry, Group, Membership, Number, NumberKind, Unit

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/directory/search"


def search(municipality: Municipality, q: str, **query: Any) -> list[dict[str, Any]]:
    response = municipality.api.get(ADDRESS, {"q": q, **query})
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def names(municipality: Municipality, q: str, **query: Any) -> list[str]:
    return [item["name"] for item in search(municipality, q, **query)]


def connect(municipality: Municipality, call: str, person: str, caller: str = "46701740605") -> None:
    """A call that the operator has passed on to ``person``."""
    path = [{"at": rows.START, "code": "transferred", "party": person, "kind": "person", "who": "x"}]
    fields: dict[str, Any] = {"path": path, "operator": municipality.operator.key, "state": "ended"}
    fields |= {"started": time.time() - 3600, "caller": {"number": caller, "name": "", "internal": False}}
    ship([rows.entry(call, 1, municipality.organisation.pk, **fields)])


@pytest.mark.clause("AAB-8", "TAN-3")
def test_a_hit_tells_who_where_why_and_whether_she_is_here(gnosjo: Municipality) -> None:
    (hit,) = search(gnosjo, "Vem har hand om altaner?")
    assert hit["matched"] == {"field": "task", "text": "altan"}
    assert hit["presence"]["here"] is True
    del hit["presence"]
    assert hit == {
        "id": gnosjo.person.key,
        "kind": "person",
        "organisation": "gnosjo",
        "name": "Anna Lind",
        "title": "",
        "unit": "Bygg",
        "function": "",
        "number": "46980319201",
        "email": "",
        "tasks": "bygglov, altan",
        "matched": {"field": "task", "text": "altan"},
        "protected": False,
    }


def test_who_is_away_stands_last_and_says_when_she_is_back(gnosjo: Municipality) -> None:
    rows.person(gnosjo.organisation, "Östen Ek", "46980319202", tasks="bygglov")
    set_absence(gnosjo.person, By(), Wish(reason="meeting"))
    first, last = search(gnosjo, "bygglov")
    assert (first["name"], first["presence"]["here"]) == ("Östen Ek", True)
    assert (last["presence"]["here"], last["presence"]["reason"]) == (False, "meeting")


def test_groups_and_units_are_hits_with_the_number_to_connect_to(gnosjo: Municipality) -> None:
    unit = Unit.objects.get(organisation=gnosjo.organisation)
    group = Group.objects.create(organisation=gnosjo.organisation, name="Byggbesked", unit=unit)
    Number.objects.create(number="46980319290", organisation=gnosjo.organisation, kind=NumberKind.GROUP, group=group)
    Membership.objects.create(group=group, person=gnosjo.person)
    found = {item["kind"]: item for item in search(gnosjo, "bygg")}
    assert (found["group"]["id"], found["group"]["number"], found["group"]["unit"]) == (
        group.key,
        "46980319290",
        "Bygg",
    )
    assert found["group"]["presence"]["here"] is True
    assert (found["unit"]["id"], found["unit"]["number"], found["unit"]["presence"]) == (unit.key, "46980319290", None)
    assert found["person"]["matched"]["field"] in ("task", "unit")
    set_absence(gnosjo.person, By(), Wish(reason="meeting"))
    (away,) = (item for item in search(gnosjo, "bygg") if item["kind"] == "group")
    assert away["presence"]["here"] is False


def test_the_callers_municipality_comes_first_and_no_other_than_hers_is_found(
    gnosjo: Municipality, tana: Municipality
) -> None:
    assert [item["organisation"] for item in search(gnosjo, "anna")] == ["gnosjo"]
    gnosjo.operator.organisations.add(tana.organisation)
    for home, other in (("gnosjo", "tana"), ("tana", "gnosjo")):
        assert [item["organisation"] for item in search(gnosjo, "anna", organisation=home)] == [home, other]
    assert tana.api.get(ADDRESS, {"q": "anna", "organisation": "gnosjo"}).status_code == 404


def test_protected_people_are_found_by_those_who_may_and_that_is_recorded(gnosjo: Municipality) -> None:
    gnosjo.person.protected = True
    gnosjo.person.save()
    assert search(gnosjo, "anna") == search(gnosjo, "9201") == []
    gnosjo.operator.user.user_permissions.add(Permission.objects.get(codename="see_protected"))
    assert [item["protected"] for item in search(gnosjo, "anna")] == [True]
    search(gnosjo, "anna l")
    assert AuditEntry.objects.filter(done="read", row=str(gnosjo.person.pk)).count() == 1


def test_whom_she_often_connects_to_comes_first_among_those_of_a_name(gnosjo: Municipality) -> None:
    often = rows.person(gnosjo.organisation, "Anna Öberg", "46980319202")
    assert names(gnosjo, "anna") == ["Anna Lind", "Anna Öberg"]
    for n in range(3):
        connect(gnosjo, f"n1-1.{n}", often.key, caller=f"4670174061{n}")
    assert names(gnosjo, "anna") == ["Anna Öberg", "Anna Lind"]


def test_whom_the_caller_spoke_to_comes_first_while_that_call_is_handled(gnosjo: Municipality) -> None:
    lately = rows.person(gnosjo.organisation, "Anna Öberg", "46980319202")
    connect(gnosjo, "n1-1.1", lately.key)
    connect(gnosjo, "n1-1.2", gnosjo.person.key, caller="46701740699")
    gnosjo.ship()
    assert names(gnosjo, "anna") == ["Anna Lind", "Anna Öberg"]
    assert names(gnosjo, "anna", call=gnosjo.call) == ["Anna Öberg", "Anna Lind"]


def test_a_call_of_another_municipality_tells_nothing(gnosjo: Municipality, tana: Municipality) -> None:
    tana.ship()
    assert names(gnosjo, "anna", call=tana.call) == names(gnosjo, "anna")


@pytest.mark.parametrize(
    "q", ["'; DROP TABLE directory_person; --", "<b>x</b>", "😀", "\u202e\u200b", "x" * 10_000, "%"]
)
def test_what_is_no_name_finds_nobody(gnosjo: Municipality, q: str) -> None:
    assert search(gnosjo, q) == []


def test_a_longer_text_is_refused(gnosjo: Municipality) -> None:
    response = gnosjo.api.get(ADDRESS, {"q": "x" * 10_001})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "q")
