# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A notice told by REST is on the console a moment later, comes up when a call touches it, and goes when it is withdrawn."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.waiting import until
from tests.system.scene import Scene


@pytest.mark.clause("GNO-17", "AAB-30")
def test_a_notice_reaches_the_console_and_the_call_it_is_about(scene: Scene) -> None:
    operator = scene.operator()
    console, installation = operator.console, scene.installation

    def rest(method: str, path: str, body: object = None) -> Any:
        status, answer = installation.rest(method, path, operator.token, body)
        assert status in (200, 201), answer
        return answer

    assert any(notice["organisation"] == "gnosjo" for notice in console.state["notices"].values()), (
        "the demonstration's"
    )
    person = rest("GET", f"directory/search?q={scene.person()['number']}&organisation=gnosjo")["items"][0]
    body = {"organisation": "gnosjo", "kind": "expected_calls", "title": "Brev om nya taxor", "people": [person["id"]]}
    told = rest("POST", "notices", {**body, "words": ["taxa"]})
    assert console.me in console.wait_notice(told["id"], 4.0)["unread_by"]
    rest("POST", f"notices/{told['id']}/acknowledge")
    console.wait_notice(told["id"], 4.0, lambda notice: console.me not in notice["unread_by"])
    call = scene.call(scene.citizen(), console, scene.person()["number"])["id"]
    until(lambda: installation.rest("GET", f"calls/{call}", operator.token)[0] == 200, what="the call in the database")
    found = rest("GET", f"notices/matching?call={call}")["items"]
    assert told["id"] in [notice["id"] for notice in found]
    rest("POST", f"notices/{told['id']}/withdraw")
    console.wait_no_notice(told["id"], 4.0)
