# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The controller is away: the engine rings the operators' telephones by itself, that in the page too, and the page is a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import MICROPHONE
from tests.browser.desk import Desk, desk
from tests.system.ears import hears
from tests.system.installation import Installation

CITIZEN, RESCUE, EMPLOYEE = 700, 1100, 1300
"""Hz that are sent."""
ALONE = "Bara i telefonen"


@pytest.fixture
def console(browser: Browser, installation: Installation) -> Iterator[Desk]:
    with desk(browser, installation, installation.municipality("gnosjo")["operators"][0]) as found:
        found.log_on()
        installation.kill("controller")
        expect(found.page.locator(".troubles")).to_be_visible()
        yield found
        installation.start_part("controller")
        expect(found.page.locator(".troubles")).to_be_hidden()
        found.free()


def test_a_citizen_is_answered_heard_and_let_go(console: Desk, installation: Installation) -> None:
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        expect(console.card).to_contain_text(ALONE)
        console.page.keyboard.press("F2")
        citizen.wait_for("CALL_ESTABLISHED")
        console.hears()
        hears(citizen, MICROPHONE)
        console.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        expect(console.card).not_to_contain_text(ALONE)


def test_whoever_is_found_is_rung_at_her_desk(console: Desk, installation: Installation) -> None:
    person = installation.municipality("gnosjo")["people"][1]
    with installation.person_phone(person, answer="auto", tone=EMPLOYEE) as employee:
        employee.wait_until_registered()
        console.search.fill(person["name"].lower())
        console.page.keyboard.press("Enter")
        employee.wait_for("CALL_ESTABLISHED")
        expect(console.card).to_contain_text(ALONE)
        console.hears()
        hears(employee, MICROPHONE)
        console.page.keyboard.press("F4")
        employee.wait_for("CALL_CLOSED")


def test_112_goes_out(console: Desk, installation: Installation) -> None:
    with installation.citizen("112", answer="auto", tone=RESCUE, port=installation.trunk_port) as rescue:
        console.search.fill("112")
        console.page.keyboard.press("Enter")
        rescue.wait_for("CALL_ESTABLISHED")
        expect(console.card).to_contain_text(ALONE)
        console.hears()
        hears(rescue, MICROPHONE)
        console.page.keyboard.press("F4")
        rescue.wait_for("CALL_CLOSED")
