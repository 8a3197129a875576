# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the engine tells an application: of calls that come in, and of legs that it originates (``docs/engine.md``)."""

from __future__ import annotations

import itertools

import pytest

from tests.engine import scenarios
from tests.engine.ari import ListeningApp
from tests.engine.conftest import DIRECT_NUMBER, MAIN_NUMBER, RunningEngine
from tests.engine.sip import Login, Sipp

_numbers = itertools.count(1)


def originate(engine: RunningEngine, user: str) -> tuple[str, int]:
    """The new channel's id, and the HTTP status."""
    channel = f"test-l{next(_numbers)}"
    query = {"endpoint": f"PJSIP/{user}", "app": "vaxel", "appArgs": "leg", "channelId": channel, "timeout": -1}
    return channel, engine.ari.request("POST", "channels", **query)[0]


def telephone(engine: RunningEngine, scenario: str) -> Sipp:
    phone = Sipp(engine.folder, scenario, engine.server)
    login = Login(user="operator-1", password=engine.password)
    Sipp.run(engine.folder, scenarios.registration("operator-1"), engine.server, port=phone.port, **login)
    return phone


def test_a_call_from_the_trunk_rings_at_once_and_is_handed_over_with_its_number(engine: RunningEngine) -> None:
    with ListeningApp(engine.config) as app:
        with Sipp(
            engine.folder,
            scenarios.abandoned_call("0730000009", wait_ms=200),
            engine.server,
            port=engine.trunk_port,
            number=f"+{MAIN_NUMBER}",
        ) as caller:
            come = app.wait_for("StasisStart")
            assert caller.wait() == 0
        app.wait_for("StasisEnd", channel__id=come["channel"]["id"])
    assert come["args"] == ["trunk", "pstn", MAIN_NUMBER]
    assert come["channel"]["caller"]["number"] == "46730000009"
    assert come["channel"]["id"].startswith("n1-")


def test_a_caller_who_hides_the_number_is_not_shown(engine: RunningEngine) -> None:
    hidden = "Privacy: id\nP-Asserted-Identity: <sip:+46730000009@127.0.0.1>"
    with ListeningApp(engine.config) as app:
        scenario = scenarios.refused_call(404, "anonymous", extra=hidden)
        with Sipp(engine.folder, scenario, engine.server, port=engine.trunk_port, number=MAIN_NUMBER) as caller:
            come = app.wait_for("StasisStart")
            engine.ari.request("DELETE", f"channels/{come['channel']['id']}", reason_code=1)
            assert caller.wait() == 0
    assert come["channel"]["caller"] == {"name": "", "number": ""}


def test_a_call_from_a_telephone_is_handed_over_as_dialled(engine: RunningEngine) -> None:
    with ListeningApp(engine.config) as app:
        login = Login(user="employee", password=engine.password)
        scenario = scenarios.refused_phone_call("employee", 486)
        with Sipp(engine.folder, scenario, engine.server, number="0370-100".replace("-", ""), **login) as caller:
            come = app.wait_for("StasisStart")
            engine.ari.request("DELETE", f"channels/{come['channel']['id']}", reason_code=17)
            assert caller.wait() == 0
    assert come["args"] == ["phone", "employee", "0370100"]
    assert come["channel"]["caller"]["number"] == DIRECT_NUMBER


@pytest.mark.parametrize(
    ("status", "cause", "dialled"),
    [
        (486, 17, "BUSY"),
        (600, 17, "BUSY"),
        (603, 21, "NOANSWER"),
        (480, 19, "NOANSWER"),
        (404, 1, "NOANSWER"),
        (503, 34, "CONGESTION"),
    ],
)
def test_the_cause_of_a_refusal_is_told(engine: RunningEngine, status: int, cause: int, dialled: str) -> None:
    with ListeningApp(engine.config) as app, telephone(engine, scenarios.refusing(status)) as phone:
        channel, answer = originate(engine, "operator-1")
        assert answer == 200
        ended = app.wait_for("ChannelDestroyed", channel__id=channel)
        assert phone.wait() == 0
        assert ended["cause"] == cause
        assert app.wait_for("Dial", peer__id=channel, dialstatus=dialled)


def test_a_telephone_that_is_not_registered_is_told_by_the_requests_own_answer(engine: RunningEngine) -> None:
    with ListeningApp(engine.config) as app:
        assert originate(engine, "operator-2")[1] == 500
        assert app.events.all() == []


def test_a_leg_that_we_take_back_shows_no_missed_call(engine: RunningEngine) -> None:
    with ListeningApp(engine.config) as app, telephone(engine, scenarios.ringing_only()) as phone:
        channel = originate(engine, "operator-1")[0]
        app.wait_for("Dial", peer__id=channel, dialstatus="RINGING")
        engine.ari.request("DELETE", f"channels/{channel}", reason_code=26)
        assert app.wait_for("ChannelDestroyed", channel__id=channel)["cause"] == 26
        assert phone.wait() == 0
    assert 'text="Call completed elsewhere"' in phone.messages()


def test_requests_go_over_the_websocket_in_order(engine: RunningEngine) -> None:
    with ListeningApp(engine.config) as app:
        for number in range(20):
            app.send({"type": "RESTRequest", "request_id": str(number), "method": "GET", "uri": "asterisk/ping"})
        app.wait_for("RESTResponse", request_id="19")
        answers = [event for event in app.events.all() if event["type"] == "RESTResponse"]
    assert [answer["request_id"] for answer in answers] == [str(number) for number in range(20)]
    assert {answer["status_code"] for answer in answers} == {200}


def test_a_caller_given_back_by_the_controller_goes_on_in_the_fallback(engine: RunningEngine) -> None:
    with engine.phone("operator-1") as operator, ListeningApp(engine.config) as app:
        engine.wait_until_in_line(operator)
        scenario = scenarios.abandoned_call(wait_ms=2000)
        with Sipp(engine.folder, scenario, engine.server, port=engine.trunk_port, number=MAIN_NUMBER) as caller:
            channel = app.wait_for("StasisStart")["channel"]["id"]
            query = {"context": "fallback", "extension": MAIN_NUMBER, "priority": 1}
            assert engine.ari.request("POST", f"channels/{channel}/continue", **query)[0] == 204
            assert operator.wait_for("CALL_INCOMING")
            assert caller.wait() == 0
