# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The network drops under a call: the page's way to the hub and its telephone's to the engine, while speech goes its own way.

The engine, the controller and Chromium's page and phone, nothing doubled; between them a proxy that is cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import MICROPHONE
from tests.browser.desk import Desk, desk
from tests.ports import LOOPBACK
from tests.system.ears import hears
from tests.system.installation import Installation
from tests.system.proxy import SilentProxy

pytestmark = pytest.mark.usefixtures("patient")

CITIZEN = 600
"""The tone, in Hz, that the citizen's telephone sounds."""
LOST = "Förbindelsen bröts"
KEY_SECONDS = 2
SHORT_KEYS = f"""
import vaxel.directory.tokens
vaxel.directory.tokens.CONSOLE_SECONDS = {KEY_SECONDS}
"""
"""A page's key to the hub is out of date by the time it is needed again."""


@dataclass
class Network:
    """What lies between the page and ``hub`` (the controller) and ``engine``."""

    hub: SilentProxy
    engine: SilentProxy

    def cut(self) -> None:
        assert self.hub.cut() > 0
        assert self.engine.cut() > 0

    def mend(self) -> None:
        self.hub.mend()
        self.engine.mend()


@pytest.fixture(scope="module")
def network(installation_session: Installation) -> Iterator[Network]:
    config = installation_session.config
    with SilentProxy(config.live_port) as hub, SilentProxy(config.ari_port) as engine:
        addresses = {
            "VAXEL_PUBLIC_LIVE_URL": f"ws://{LOOPBACK}:{hub.port}/live",
            "VAXEL_PUBLIC_SIP_WS_URL": f"ws://{LOOPBACK}:{engine.port}/ws",
        }
        installation_session.kill("web")
        installation_session.start_part("web", True, SHORT_KEYS, **addresses)
        yield Network(hub, engine)
        installation_session.kill("web")
        installation_session.start_part("web")


@pytest.fixture
def console(network: Network, browser: Browser, installation: Installation) -> Iterator[Desk]:
    with desk(browser, installation, installation.municipality("gnosjo")["operators"][0]) as found:
        found.log_on()
        yield found
        network.mend()


def lost(console: Desk) -> None:
    expect(console.page.locator(".troubles")).to_contain_text(LOST)
    expect(console.page.get_by_role("banner")).not_to_contain_text("Telefonen redo")


def back(console: Desk) -> None:
    console.phone_ready()
    expect(console.page.locator(".troubles")).not_to_contain_text(LOST, timeout=15000)


def test_a_network_that_drops_in_a_call_comes_back_and_the_call_is_still_there(
    network: Network, console: Desk, installation: Installation
) -> None:
    with installation.citizen(tone=CITIZEN) as citizen:
        for _ in range(2):
            since = citizen.events.count()
            citizen.dial(installation.municipality("gnosjo")["main_number"])
            console.answer()
            console.hears()
            network.cut()
            lost(console)
            console.hears()
            hears(citizen, MICROPHONE)
            network.mend()
            back(console)
            console.connected()
            console.hears()
            hears(citizen, MICROPHONE)
            console.page.keyboard.press("F4")
            citizen.wait_for("CALL_CLOSED", since=since)
            console.free()


def test_a_caller_who_hangs_up_after_a_drop_leaves_the_telephone_free_for_the_next(
    network: Network, console: Desk, installation: Installation
) -> None:
    main = installation.municipality("gnosjo")["main_number"]
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(main)
        console.answer()
        network.cut()
        lost(console)
        network.mend()
        back(console)
        since = citizen.events.count()
        citizen.hang_up()
        console.free()
        citizen.wait_for("CALL_CLOSED", since=since)
        since = citizen.events.count()
        citizen.dial(main)
        console.answer()
        console.hears()
        console.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED", since=since)


def test_a_caller_who_hangs_up_while_the_network_is_away_leaves_the_telephone_free(
    network: Network, console: Desk, installation: Installation
) -> None:
    main = installation.municipality("gnosjo")["main_number"]
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(main)
        console.answer()
        network.cut()
        lost(console)
        since = citizen.events.count()
        citizen.hang_up()
        citizen.wait_for("CALL_CLOSED", since=since)
        network.mend()
        back(console)
        console.free()
        citizen.dial(main)
        console.answer()
        console.hears()
        citizen.hang_up()
        console.free()


def test_a_call_that_rang_when_the_network_dropped_is_offered_again(
    network: Network, console: Desk, installation: Installation
) -> None:
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.offered()
        network.cut()
        lost(console)
        network.mend()
        back(console)
        console.answer()
        console.hears()
        hears(citizen, MICROPHONE)
        console.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        console.free()


def test_a_key_that_has_expired_in_the_call_is_renewed_and_the_call_goes_on(
    network: Network, console: Desk, installation: Installation
) -> None:
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.answer()
        console.page.wait_for_timeout(KEY_SECONDS * 1000)
        with console.page.expect_response("**/console/token") as renewed:
            assert network.hub.cut() > 0
            network.hub.mend()
        assert renewed.value.ok
        expect(console.page.locator(".troubles")).not_to_contain_text(LOST)
        console.connected()
        console.hears()
        hears(citizen, MICROPHONE)
        console.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        console.free()


def test_without_the_hub_the_end_key_ends_the_call_by_the_telephone(
    network: Network, console: Desk, installation: Installation
) -> None:
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.answer()
        assert network.hub.cut() > 0
        expect(console.page.locator(".troubles")).to_contain_text(LOST)
        console.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        network.mend()
        console.free()
