# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own keys of the console."""

from __future__ import annotations

import pytest

from tests import rows
from tests.api.conftest import Municipality
from vaxel.console.own_keys import own_keys

pytestmark = pytest.mark.django_db


def put(gnosjo: Municipality, keys: object) -> tuple[int, dict[str, object]]:
    answer = gnosjo.api.put("/api/v1/me/keys", {"keys": keys}, content_type="application/json")
    return answer.status_code, answer.json()


def test_keys_are_kept_replaced_and_given_up(gnosjo: Municipality) -> None:
    assert gnosjo.api.get("/api/v1/me/keys").json() == {"keys": {}}
    assert put(gnosjo, {"hold": "F7", "park": "Ctrl+Shift+F13"}) == (
        200,
        {"keys": {"hold": "F7", "park": "Ctrl+Shift+F13"}},
    )
    assert put(gnosjo, {"hold": "F8"})[0] == 200
    assert own_keys(gnosjo.operator.user) == {"hold": "F8"}
    assert put(gnosjo, {}) == (200, {"keys": {}})


@pytest.mark.clause("GNO-6", "TAN-5", "AAB-19")
def test_ones_own_promises_are_listed_due_first_until_they_are_kept(gnosjo: Municipality, tana: Municipality) -> None:
    gnosjo.ship()
    tana.ship()
    anna = gnosjo.person.key
    soon, later = (f"2099-01-01T{hour}:00:00Z" for hour in ("10", "15"))
    for body in ({"text": "no time"}, {"text": "later", "promised": later}, {"text": "soon", "promised": soon}):
        made = gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/call-back", body, "application/json")
        assert made.status_code == 201
    gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/call-back", {"person": anna, "text": "hers"}, "application/json")
    tana.api.post(f"/api/v1/calls/{tana.call}/call-back", {"text": "another's"}, "application/json")
    own = gnosjo.api.get("/api/v1/me/promises").json()
    assert [one["matter"] for one in own] == ["soon", "later", "no time"]
    assert gnosjo.api.post(f"/api/v1/messages/{own[0]['id']}/done").status_code == 200
    assert [one["matter"] for one in gnosjo.api.get("/api/v1/me/promises").json()] == ["later", "no time"]


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ({"hold": "h"}, "hold"),
        ({"hold": "F25"}, "hold"),
        ({"hold": "Shift+Ctrl+F8"}, "hold"),
        ({"hold": "F8", "park": "F8"}, "park"),
        ({"<b>": "F8"}, "keys"),
        ({f"a{'b' * n}": f"F{n}" for n in range(1, 50)}, "keys"),
    ],
)
def test_what_would_type_or_mean_two_things_is_refused(gnosjo: Municipality, keys: dict[str, str], field: str) -> None:
    status, told = put(gnosjo, keys)
    assert status == 422
    errors = told["errors"]
    assert isinstance(errors, list)
    assert field in {error["field"] for error in errors}
    assert own_keys(gnosjo.operator.user) == {}


def test_everybody_has_her_own(gnosjo: Municipality) -> None:
    other = rows.operator(gnosjo.organisation, username="other")
    put(gnosjo, {"hold": "F7"})
    assert own_keys(other.user) == {}
