# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The working day and what supervisors steer, by REST: the hub's commands under other names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Municipality, StandIn
from vaxel.callcontrol.views import operator_view
from vaxel.domain.desk import Desk

pytestmark = pytest.mark.django_db

COMMANDS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("shift/ready", {"phone": "lobby"}, {"do": "ready", "phone": "lobby"}),
    (
        "shift/pause",
        {"reason": "lunch", "relief": "o7", "hand_over": "queue"},
        {"do": "pause", "reason": "lunch", "relief": "o7", "hand_over": "queue"},
    ),
    ("shift/log_off", {}, {"do": "log_off", "hand_over": ""}),
    ("operators/o7/assign", {"organisations": ["tana"]}, {"do": "assign", "whom": "o7", "organisations": ["tana"]}),
    ("organisations/gnosjo/surge", {}, {"do": "surge", "organisation": "gnosjo"}),
    ("organisations/gnosjo/surge/end", {}, {"do": "end_surge", "organisation": "gnosjo"}),
    ("organisations/gnosjo/surge/join", {}, {"do": "join_surge", "organisation": "gnosjo"}),
    ("organisations/gnosjo/surge/decline", {}, {"do": "decline_surge", "organisation": "gnosjo"}),
    (
        "organisations/gnosjo/announce",
        {"text": "Snow"},
        {"do": "announce", "organisation": "gnosjo", "text": "Snow", "prompt": ""},
    ),
    (
        "organisations/gnosjo/announce/end?callers=true",
        {},
        {"do": "end_announcement", "organisation": "gnosjo", "callers": True},
    ),
]


@pytest.mark.parametrize(("address", "body", "asked"), COMMANDS, ids=[address for address, _, _ in COMMANDS])
def test_each_is_a_command_of_who_asks(
    gnosjo: Municipality, controller: StandIn, address: str, body: dict[str, Any], asked: dict[str, Any]
) -> None:
    view = operator_view(Desk(operator="o1", name="Anna", organisations=("gnosjo",)), {}, 0.0)
    controller.answer = {"ok": True, "result": {"operator": view, "surge": None}}
    response = gnosjo.api.post(f"/api/v1/{address}", body, "application/json")
    assert response.status_code == 200, response.content
    assert controller.asked == [{"operator": gnosjo.operator.key, **asked}]


def test_a_refusal_is_told_in_the_users_language(gnosjo: Municipality, controller: StandIn) -> None:
    error = {
        "code": "forbidden",
        "detail": "TAN-17: no colleague is logged on who could relieve you.",
        "text": "{clause}: no colleague is logged on who could relieve you.",
        "fields": {"clause": "TAN-17"},
    }
    controller.answer = {"ok": False, "error": error}
    headers = {"accept-language": "nb"}
    response = gnosjo.api.post("/api/v1/shift/pause", {"reason": "lunch"}, "application/json", headers=headers)
    assert response.status_code == 403
    assert response.json()["detail"] == "TAN-17: ingen kollega er logget på som kan avløse deg."
