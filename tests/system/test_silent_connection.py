# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The connection to the engine falls silent without being closed: it is noticed, and nobody is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.system.ears import hear_each_other
from tests.system.installation import Installation
from tests.system.proxy import SilentProxy
from tests.system.scene import CITIZEN, OPERATOR, Scene, facts

NOTICED_SECONDS = 5.0

BY_PROXY = """
from vaxel.site.config import Config
Config.ari_url = property(lambda self: "http://127.0.0.1:{port}/ari")
"""
"""Not by a setting: the controller would have the engine listen there."""


@pytest.fixture(scope="module")
def proxy(installation_session: Installation) -> Iterator[SilentProxy]:
    """Between this controller and the engine. What is connected anew is let through."""
    with SilentProxy(installation_session.config.ari_port) as proxy:
        installation_session.kill("controller")
        installation_session.start_part("controller", broken=BY_PROXY.format(port=proxy.port))
        yield proxy
        installation_session.kill("controller")
        installation_session.start_part("controller")


def test_a_connection_that_falls_silent_is_noticed_and_replaced_and_nobody_is_lost(
    proxy: SilentProxy, scene: Scene
) -> None:
    operator, talking, silent = scene.operator(), scene.citizen(), scene.citizen()
    call = scene.connected(talking, operator)["id"]
    connections = scene.installation.metric("vaxel_engine_connections_total")
    assert proxy.freeze() > 0
    since = time.monotonic()
    silent.dial(scene.main_number)
    scene.installation.until(
        lambda: (
            scene.installation.metric("vaxel_engine_connections_total") > connections
            and scene.installation.metric("vaxel_engine_connected")
        )
    )
    assert time.monotonic() - since < NOTICED_SECONDS
    hear_each_other(talking, CITIZEN, operator.phone, OPERATOR)
    # Told to nobody, and found all the same.
    other = operator.console.wait_call(caller=silent.account.user, state="waiting")["id"]
    operator.console.do("hangup", call=call)
    talking.wait_for("CALL_CLOSED")
    operator.take(other)
    hear_each_other(silent, CITIZEN, operator.phone, OPERATOR)
    silent.hang_up()
    operator.console.wait_gone(other)
    assert len(facts(scene.installation.record(call, operator.token), "adopted")) == 1


def test_one_who_hung_up_while_the_connection_was_silent_is_not_waited_for(proxy: SilentProxy, scene: Scene) -> None:
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    proxy.freeze()
    citizen.hang_up()
    operator.console.wait_gone(call)
    operator.console.wait_me(state="ready", line_open=True)
