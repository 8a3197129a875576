# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of a caller while she is on the line, and the promise to ring her back."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import rows
from vaxel.calls.models import Call
from vaxel.calls.projection import ship
from vaxel.directory.models import Operator, Organisation
from vaxel.duties.actions import mark_done
from vaxel.duties.models import Message

pytestmark = pytest.mark.django_db

NOW = "n1-1764000000.9"


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def britta(gnosjo: Organisation) -> Operator:
    return rows.operator(gnosjo)


@pytest.fixture
def api(britta: Operator) -> Client:
    return Client(headers={"authorization": f"Bearer {rows.token(britta)}", "accept-language": "en"})


def arrived(call: str, organisation: str = "gnosjo", ago: float = 2.0, **fields: Any) -> None:
    """``ago``: seconds. Few, for what is told is of today, which may have begun just now."""
    started = time.time() - ago
    ship([rows.entry(call, 1, organisation, started=started, **fields)])


@pytest.fixture
def call(britta: Operator) -> str:
    arrived(NOW, ago=1)
    return NOW


def test_earlier_calls_of_today_are_told_with_what_became_of_them(api: Client, call: str, britta: Operator) -> None:
    met = [{"at": time.time(), "code": "answered", "who": "Anna Lind", "party": "p1", "kind": "person"}]
    arrived("n1-1.1", ago=5, state="ended", ended=time.time() - 4, answered=None)
    arrived(
        "n1-1.2",
        ago=4,
        state="ended",
        ended=time.time(),
        answered=time.time() - 3.5,
        path=met,
        operator_name="Britta",
    )
    arrived("n1-1.3", ago=3, caller={"number": "46701740699", "name": "", "internal": False})
    arrived("n1-1.5", ago=3, direction="out", dialled="112")
    arrived("n1-1.4", ago=3 * 86400, state="ended", ended=time.time() - 3 * 86400 + 9)
    api.post("/api/v1/calls/n1-1.2/note", {"text": "Frågade om bygglov."}, "application/json")
    found = api.get(f"/api/v1/calls/{call}/caller").json()
    (counts,) = api.get("/api/v1/calls/callers", {"call": [call]}).json()
    assert counts["earlier"] == 2, "not whom she herself rang outside"
    told = [(one["id"], one["outcome"], one["person"], one["operator_name"]) for one in found["earlier"]]
    assert told == [("n1-1.2", "answered", "Anna Lind", "Britta"), ("n1-1.1", "lost", "", "")]
    assert [(one["call"], one["text"], one["operator_name"]) for one in found["notes"]] == [
        ("n1-1.2", "Frågade om bygglov.", "Britta Växel")
    ]


@pytest.mark.clause("TAN-5", "GNO-9")
def test_a_promise_to_ring_back_is_made_in_one_call_and_told_at_the_next(
    api: Client, call: str, gnosjo: Organisation, britta: Operator
) -> None:
    anna = rows.person(gnosjo)
    by = (timezone.now() + timedelta(hours=3)).isoformat()
    made = api.post(
        f"/api/v1/calls/{call}/call-back", {"person": anna.key, "text": "Bygglov", "promised": by}, "application/json"
    )
    assert made.status_code == 201, made.content
    own = api.post(f"/api/v1/calls/{call}/call-back", {}, "application/json").json()
    assert (own["operator"], own["to"], own["caller_number"]) == (britta.key, "", "46701740605")
    api.post(f"/api/v1/calls/{call}/message", {"to": anna.key, "matter": "Tack"}, "application/json")
    arrived("n1-2.1")
    found = api.get("/api/v1/calls/n1-2.1/caller").json()
    assert [(one["to_name"], one["operator"], one["matter"]) for one in found["promises"]] == [
        ("", britta.key, ""),
        ("Anna Lind", "", "Bygglov"),
    ]
    assert [one["matter"] for one in found["messages"]] == ["Tack"]
    for message in Message.objects.all():
        mark_done(message)
    again = api.get("/api/v1/calls/n1-2.1/caller").json()
    assert (again["promises"], again["messages"]) == ([], [])


def test_how_much_is_known_of_several_callers_is_told_at_once(
    api: Client, call: str, django_assert_max_num_queries: Any
) -> None:
    rows.operator(rows.organisation("tana", "4760000100"), username="inga")
    arrived("n1-6.1", ago=5)
    arrived("n1-6.2", caller={"number": "46701740699", "name": "", "internal": False})
    arrived("n1-6.3", caller={"number": "", "name": "", "internal": False})
    arrived("n1-6.4", "tana")
    api.post(f"/api/v1/calls/{call}/call-back", {}, "application/json")
    api.post(f"/api/v1/calls/{call}/message", {"matter": "Tack"}, "application/json")
    asked = ["n1-6.2", "n1-6.3", "n1-6.4", "n1-9.9", call]
    with django_assert_max_num_queries(12):
        found = api.get("/api/v1/calls/callers", {"call": asked}).json()
    assert sorted(found, key=lambda one: one["call"]) == [
        {"call": call, "earlier": 1, "messages": 1, "promises": 1},
        {"call": "n1-6.2", "earlier": 0, "messages": 0, "promises": 0},
        {"call": "n1-6.3", "earlier": 0, "messages": 0, "promises": 0},
    ]
    for message in Message.objects.all():
        mark_done(message)
    again = api.get("/api/v1/calls/callers", {"call": [call]}).json()
    assert again == [{"call": call, "earlier": 1, "messages": 0, "promises": 0}]


@pytest.mark.parametrize("asked", [["a b"], [""], [f"n1-{n}" for n in range(51)]])
def test_callers_of_what_is_no_call_or_of_too_many_are_refused(api: Client, asked: list[str]) -> None:
    assert api.get("/api/v1/calls/callers", {"call": asked}).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"person": "p999"}, "person"),
        ({"operator": "o999"}, "operator"),
        ({"person": "p1", "operator": "o1"}, "operator"),
        ({"text": "Ring 850709-9805"}, "text"),
        ({"promised": "2020-01-01T00:00:00Z"}, "promised"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_refused_by_field(
    api: Client, call: str, body: dict[str, str], field: str
) -> None:
    answer = api.post(f"/api/v1/calls/{call}/call-back", body, "application/json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert not Message.objects.exists()


def test_a_caller_who_withholds_the_number_is_nobody_known(api: Client, britta: Operator) -> None:
    nameless = {"number": "", "name": "", "internal": False}
    arrived("n1-3.1", caller=nameless)
    arrived("n1-3.2", caller=nameless)
    found = api.get("/api/v1/calls/n1-3.2/caller").json()
    assert found == {"earlier": [], "messages": [], "promises": [], "notes": []}
    answer = api.post("/api/v1/calls/n1-3.2/call-back", {}, "application/json")
    assert answer.json()["errors"][0]["field"] == "number"


def test_other_municipalities_calls_of_the_same_number_stay_theirs(api: Client, call: str) -> None:
    rows.operator(rows.organisation("tana", "4760000100"), username="inga")
    arrived("n1-4.1", "tana")
    assert Call.objects.count() == 2
    assert api.get(f"/api/v1/calls/{call}/caller").json()["earlier"] == []


def test_a_protected_persons_name_is_not_told(api: Client, call: str, gnosjo: Organisation) -> None:
    hidden = rows.person(gnosjo, "Cecilia Hemlig", protected=True)
    met = [{"at": time.time(), "code": "answered", "who": hidden.name, "party": hidden.key, "kind": "person"}]
    arrived("n1-5.1", state="ended", ended=time.time(), answered=time.time(), path=met)
    assert "Cecilia" not in api.get(f"/api/v1/calls/{call}/caller").text


def test_a_number_written_as_people_write_it_is_the_same_callers(api: Client, call: str) -> None:
    arrived("n1-1.2", ago=200)
    api.post("/api/v1/calls/n1-1.2/call-back", {"number": "0370-33 12 99", "text": "Altan"}, "application/json")
    found = api.get(f"/api/v1/calls/{call}/caller").json()
    assert [(one["call"], one["caller_number"]) for one in found["promises"]] == [("n1-1.2", "0370-33 12 99")]
