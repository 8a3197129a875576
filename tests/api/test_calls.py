# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from django.test import Client

from tests import rows
from tests.api.conftest import Municipality, StandIn
from vaxel.calls.models import Note
from vaxel.calls.projection import ship
from vaxel.directory.tokens import console_token
from vaxel.site.config import config

PROBLEM = "application/problem+json"


def test_calls_come_newest_first_a_page_at_a_time(gnosjo: Municipality) -> None:
    ship([rows.entry(f"n1-{n}", 1, started=rows.START + n // 2) for n in range(5)])
    seen: list[str] = []
    cursor = ""
    while True:
        body = gnosjo.api.get("/api/v1/calls", {"limit": "2", "cursor": cursor}).json()
        seen += [call["id"] for call in body["items"]]
        if body["next"] is None:
            break
        cursor = body["next"]
    assert seen == ["n1-4", "n1-3", "n1-2", "n1-1", "n1-0"]


def test_live_and_ended_calls_are_told_apart(gnosjo: Municipality) -> None:
    ship([rows.entry("n1-1"), rows.entry("n1-2", state="ended", ended=rows.START + 9, end_cause="hangup")])
    live = gnosjo.api.get("/api/v1/calls", {"state": "live"}).json()["items"]
    ended = gnosjo.api.get("/api/v1/calls", {"state": "ended"}).json()["items"]
    assert [call["id"] for call in live] == ["n1-1"]
    assert [(call["id"], call["cause"]) for call in ended] == [("n1-2", "hangup")]


def test_a_call_comes_with_journal_reason_notes_and_voice_messages(gnosjo: Municipality) -> None:
    gnosjo.ship()
    gnosjo.ship(2, kind="recording_finished", recording={"name": "r5", "seconds": 3.0, "person": gnosjo.person.key})
    gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/note", {"text": "Ringer igen"}, "application/json")
    body = gnosjo.api.get(f"/api/v1/calls/{gnosjo.call}").json()
    assert [(entry["n"], entry["kind"]) for entry in body["journal"]] == [(1, "arrived"), (2, "recording_finished")]
    assert body["reason"]["code"] == "main_number"
    assert body["started"] == "2025-11-24T16:00:00Z"
    assert [note["text"] for note in body["notes"]] == ["Ringer igen"]
    assert [voicemail["person"] for voicemail in body["voicemails"]] == [gnosjo.person.key]


COMMANDS = ("answer", "hold", "resume", "complete", "return", "park", "fetch", "hangup")


@pytest.mark.parametrize("do", COMMANDS)
def test_a_command_goes_to_the_controller_and_answers_with_the_call(
    gnosjo: Municipality, controller: StandIn, do: str
) -> None:
    controller.answer = {"ok": True, "result": {"call": rows.view(gnosjo.call, state="connected")}}
    response = gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/{do}")
    assert response.json()["state"] == "connected"
    assert controller.asked == [{"operator": gnosjo.operator.key, "do": do, "call": gnosjo.call}]
    assert controller.keys == [f"Bearer {config().secrets['internal']}"]


@pytest.mark.parametrize(
    ("do", "more"), [("consult", {"mobile": False}), ("transfer", {"mobile": False, "exactly": False})]
)
def test_passing_on_needs_somebody_to_pass_on_to(
    gnosjo: Municipality, controller: StandIn, do: str, more: dict[str, bool]
) -> None:
    gnosjo.ship()
    path = f"/api/v1/calls/{gnosjo.call}/{do}"
    assert gnosjo.api.post(path, {"to": gnosjo.person.key}, "application/json").status_code == 200
    refused = gnosjo.api.post(path, {}, "application/json")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "to")
    assert controller.asked == [
        {"operator": gnosjo.operator.key, "do": do, "call": gnosjo.call, "to": gnosjo.person.key, **more}
    ]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("not_found", 404),
        ("illegal", 409),
        ("taken", 409),
        ("busy", 409),
        ("forbidden", 403),
        ("invalid", 422),
        ("unavailable", 503),
        ("something new", 502),
    ],
)
def test_the_controllers_refusals_are_problems(
    gnosjo: Municipality, controller: StandIn, code: str, status: int
) -> None:
    error = {"code": code, "title": "Taken", "detail": "Yusuf has it.", "by": "o9"}
    controller.answer = {"ok": False, "error": error}
    response = gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/answer")
    assert response.headers["Content-Type"] == PROBLEM
    body = response.json()
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert (body["detail"], body["by"]) == ("Yusuf has it.", "o9")


def test_without_a_controller_the_answer_is_503(gnosjo: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.ports import free_ports

    monkeypatch.setattr(config(), "live_port", free_ports(1)[0])
    response = gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/answer")
    assert (response.status_code, response.json()["code"]) == (503, "unavailable")


def test_a_note_with_an_identity_number_is_refused(gnosjo: Municipality) -> None:
    gnosjo.ship()
    response = gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/note", {"text": "Gäller 811218-9876"}, "application/json")
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "text"
    assert "811218" not in response.text
    assert not Note.objects.exists()


def test_a_console_key_opens_the_api_until_it_expires(gnosjo: Municipality) -> None:
    for key, status in (
        (console_token(gnosjo.operator.key), 200),
        (console_token(gnosjo.operator.key, seconds=-1), 401),
        (console_token("o999999"), 401),
        (console_token(gnosjo.operator.key)[:-2], 401),
        ("\xe5\xe4\xf6", 401),
    ):
        response = Client(headers={"authorization": f"Bearer {key}"}).get("/api/v1/calls")
        assert response.status_code == status
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_page_of_ours_may_read_with_its_session_and_change_with_its_csrf_token(gnosjo: Municipality) -> None:
    gnosjo.ship()
    browser = Client(enforce_csrf_checks=True)
    assert browser.get("/api/v1/calls").status_code == 401
    browser.force_login(gnosjo.operator.user)
    assert browser.get("/api/v1/calls").status_code == 200
    note = f"/api/v1/calls/{gnosjo.call}/note"
    assert browser.post(note, {"text": "x"}, "application/json").json()["code"] == "csrf"
    browser.get("/console")
    csrf = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    assert browser.post(note, {"text": "x"}, "application/json", headers=csrf).status_code == 201


def test_somebody_who_is_no_operator_sees_no_calls(gnosjo: Municipality) -> None:
    browser = Client()
    browser.force_login(rows.user("anna"))
    assert browser.get("/api/v1/calls").json()["code"] == "forbidden"
    assert browser.get("/api/v1/directory/search?q=anna").json()["code"] == "forbidden"
