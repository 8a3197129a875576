# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests import rows
from tests.api.conftest import Municipality
from vaxel.duties.models import Message


def leave(gnosjo: Municipality, **fields: object) -> Any:
    gnosjo.ship()
    body = {"to": gnosjo.person.key, "matter": "Bygglov för altan", "caller_name": "Eva", **fields}
    return gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/message", body, "application/json")


@pytest.mark.clause("GNO-14")
def test_a_message_reaches_the_employee_who_reads_it_and_is_done_with_it(gnosjo: Municipality) -> None:
    made = leave(gnosjo, call_back=True)
    assert made.status_code == 201
    assert made.json()["caller_number"] == "46701740605", "the caller's own number unless another is given"
    anna = Client()
    user = rows.user("anna")
    gnosjo.person.user = user
    gnosjo.person.save()
    anna.force_login(user)
    mine = anna.get("/api/v1/messages").json()["items"]
    assert [(message["matter"], message["call_back"], message["status"]) for message in mine] == [
        ("Bygglov för altan", True, "new")
    ]
    address = f"/api/v1/messages/{mine[0]['id']}"
    assert anna.post(f"{address}/read").json()["status"] == "read"
    assert anna.post(f"{address}/done").json()["status"] == "done"
    again = anna.post(f"{address}/read").json()
    assert (again["status"], again["done_at"] is None) == ("done", False)


def test_an_employee_does_not_see_her_colleagues_messages(gnosjo: Municipality) -> None:
    user = rows.user("erik")
    rows.person(gnosjo.organisation, "Erik Berg", "46980319202", user=user)
    made = leave(gnosjo).json()
    erik = Client()
    erik.force_login(user)
    assert erik.get("/api/v1/messages").json()["items"] == []
    assert erik.post(f"/api/v1/messages/{made['id']}/done").status_code == 404


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"matter": "   "}, "matter"),
        ({"matter": "Pnr 19811218-9876"}, "matter"),
        ({"caller_name": "Eva 811218-9876"}, "caller_name"),
        ({"to": "p0"}, "to"),
        ({"to": "g1"}, "to"),
        ({"to": "p" + "9" * 40}, "to"),
        ({"promised_at": "2001-01-01T08:00:00Z"}, "promised_at"),
        ({"promised_at": "tomorrow"}, "promised_at"),
        ({"matter": "x" * 4001}, "matter"),
    ],
)
def test_a_message_that_does_not_fit_is_refused_by_field(
    gnosjo: Municipality, fields: dict[str, str], field: str
) -> None:
    response = leave(gnosjo, **fields)
    assert (response.status_code, response.headers["Content-Type"]) == (422, "application/problem+json")
    assert field in [error["field"] for error in response.json()["errors"]]
    assert not Message.objects.exists()


def test_the_refusal_is_in_the_language_asked_for(gnosjo: Municipality) -> None:
    gnosjo.ship()
    response = gnosjo.api.post(
        f"/api/v1/calls/{gnosjo.call}/note", {"text": " "}, "application/json", headers={"accept-language": "sv"}
    )
    assert response.json()["detail"] == "Skriv något."


@pytest.mark.parametrize(
    "moment",
    ["2026-11-25T10:00:00", "2026-11-25", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", 1e30, "now"],
)
def test_a_promise_for_a_moment_that_nobody_can_tell_is_refused(gnosjo: Municipality, moment: object) -> None:
    refused = leave(gnosjo, promised_at=moment)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "promised_at")


def test_an_identity_number_is_no_number_to_call_back(gnosjo: Municipality) -> None:
    refused = leave(gnosjo, caller_number="19811218-9876", call_back=True)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "caller_number")
    assert leave(gnosjo, caller_number="0370-33 10 00", call_back=True).status_code == 201
    assert not Message.objects.filter(caller_number__contains="9876").exists()


def test_nobody_learns_who_is_protected_by_guessing_keys(gnosjo: Municipality) -> None:
    hidden = rows.person(gnosjo.organisation, "Hemlig Person", "46980319203", protected=True)
    refused = leave(gnosjo, to=hidden.key)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "to")
    assert "Hemlig" not in refused.text
    permission = Permission.objects.get(codename="see_protected")
    gnosjo.operator.user.user_permissions.add(permission)
    assert leave(gnosjo, to=hidden.key).json()["to_name"] == "Hemlig Person"
