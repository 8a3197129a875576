# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis import BaseSchema, Case
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from tests import rows
from tests.api.conftest import Municipality, StandIn
from vaxel.callcontrol.views import operator_view
from vaxel.domain.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)

REACHES_THE_DATABASE = {"phases": {"coverage": {"generation": {"mode": "positive"}}}}
"""What is no request is refused before any database is asked: it is tried beside one of them."""


@pytest.fixture
def described(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> BaseSchema:
    """What the API says of itself: read when the test runs, since every process of the tests collects it."""
    # Schemathesis 4.32 tells its subtests apart by what pytest 9.2 has under another name.
    request.node._nodeid = request.node.nodeid
    # Thousands of requests: the connection is kept, as Django's own test client keeps it.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
    connection.close()
    config = schemathesis.Config.from_dict({} if connection.vendor == "sqlite" else REACHES_THE_DATABASE)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)


def test_it_is_openapi_3_1_and_needs_no_key(client: Client) -> None:
    body = client.get("/api/v1/openapi.json").json()
    assert body["openapi"].startswith("3.1")
    assert "/api/v1/calls/{call}/transfer" in body["paths"]


def test_every_address_is_documented(client: Client) -> None:
    page = (Path(__file__).parents[2] / "docs/rest-api.md").read_text()
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    words = {path: [word for word in path.removeprefix("/api/v1/").split("/") if "{" not in word] for path in paths}
    assert [path for path in paths if not all(word in page for word in words[path])] == []


@schemathesis.pytest.from_fixture("described").parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.filterwarnings("ignore")
def test_every_answer_is_as_described(case: Case[Any], gnosjo: Municipality, controller: StandIn) -> None:
    gnosjo.ship()
    operator = operator_view(Desk(operator=gnosjo.operator.key, name="Anna", organisations=("gnosjo",)), {}, 0.0)
    controller.answer = {"ok": True, "result": {"call": rows.view(gnosjo.call), "operator": operator, "surge": None}}
    case.headers["Authorization"] = f"Bearer {gnosjo.token}"
    # Some rules no schema can tell: whom one may write to, what a cursor is, that nobody's identity number is written.
    # Requests without a key are tried in test_borders; here each gets one.
    case.call_and_validate(excluded_checks=[positive_data_acceptance, ignored_auth])
