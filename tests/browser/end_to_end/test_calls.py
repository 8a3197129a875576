# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole way, nothing doubled: a telephone that we did not write, the engine, the controller, the web, and Chromium with the
page and its browser phone. Keyboard only."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.barriers import violations
from tests.browser.conftest import MICROPHONE
from tests.browser.desk import Desk, desk
from tests.engine.waiting import until
from tests.system.ears import hear_each_other, hears
from tests.system.installation import Installation

CITIZEN, EMPLOYEE = 600, 1100
"""The tones, in Hz, that the telephones sound."""


@pytest.fixture
def console(browser: Browser, installation: Installation) -> Iterator[Desk]:
    with desk(browser, installation, installation.municipality("gnosjo")["operators"][0]) as found:
        found.log_on()
        yield found


def test_takes_a_call_searches_and_connects(console: Desk, installation: Installation) -> None:
    home = installation.municipality("gnosjo")
    person = home["people"][0]
    with (
        installation.citizen(tone=CITIZEN) as citizen,
        installation.person_phone(person, answer="auto", tone=EMPLOYEE) as employee,
    ):
        employee.wait_until_registered()
        citizen.dial(home["main_number"])
        console.offered()
        expect(console.card.locator(".welcome")).to_have_text("Välkommen till Gnosjö kommun")
        expect(console.card).to_contain_text("070-174 06 01")
        expect(console.card).to_contain_text("Huvudnumret")
        console.answer()
        console.hears()
        hears(citizen, MICROPHONE)
        console.page.keyboard.type(person["name"].lower())
        console.page.keyboard.press("Enter")
        employee.wait_for("CALL_ESTABLISHED")
        console.free()
        hear_each_other(employee, EMPLOYEE, citizen, CITIZEN)
        citizen.hang_up()
        employee.wait_for("CALL_CLOSED")


def test_asks_first_and_joins(console: Desk, installation: Installation) -> None:
    home = installation.municipality("gnosjo")
    person = home["people"][1]
    with (
        installation.citizen(tone=CITIZEN) as citizen,
        installation.person_phone(person, answer="auto", tone=EMPLOYEE) as employee,
    ):
        employee.wait_until_registered()
        citizen.dial(home["main_number"])
        console.answer()
        console.page.keyboard.type(person["name"])
        console.page.keyboard.press("Shift+Enter")
        expect(console.card).to_contain_text(f"{person['name']} är på linjen")
        console.hears()
        console.page.keyboard.press("F2")
        console.free()
        hear_each_other(employee, EMPLOYEE, citizen, CITIZEN)
        citizen.hang_up()
        employee.wait_for("CALL_CLOSED")


def test_holds_takes_back_parks_fetches_and_ends(console: Desk, installation: Installation) -> None:
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.answer()
        page = console.page
        page.keyboard.press("F8")
        expect(page.locator(".list-held")).to_contain_text("Mitt")
        page.keyboard.press("F8")
        console.connected()
        console.hears()
        page.keyboard.press("F9")
        expect(page.locator(".list-parked")).to_contain_text("Mitt")
        page.keyboard.press("F9")
        console.connected()
        console.hears()
        hears(citizen, MICROPHONE)
        page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        console.free()


def test_leaves_a_message_that_the_employee_can_read(console: Desk, installation: Installation) -> None:
    home = installation.municipality("gnosjo")
    person = home["people"][2]
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(home["main_number"])
        console.answer()
        page = console.page
        page.keyboard.type(person["name"])
        page.keyboard.press("Control+Enter")
        page.keyboard.type("When may the boat be launched?")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".notice")).to_contain_text(f"Meddelandet lämnat: {person['name']}")
        page.keyboard.press("Shift+F8")
        page.keyboard.type("Friendly")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".notice")).to_contain_text("Anteckningen sparad")
        page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
    _, messages = installation.rest("GET", "messages", console.operator["token"])
    newest = messages["items"][0]
    assert (newest["to"], newest["matter"]) == (person["id"], "When may the boat be launched?")
    assert re.sub(r"\D", "", newest["caller_number"]).endswith("701740601")


def test_rings_a_colleague_without_a_caller(console: Desk, installation: Installation) -> None:
    person = installation.municipality("gnosjo")["people"][3]
    with installation.person_phone(person, answer="auto", tone=EMPLOYEE) as employee:
        employee.wait_until_registered()
        console.page.keyboard.press("Escape")
        console.page.keyboard.type(person["name"])
        console.page.keyboard.press("Enter")
        employee.wait_for("CALL_ESTABLISHED")
        console.connected()
        console.hears()
        hears(employee, MICROPHONE)
        console.page.keyboard.press("F4")
        employee.wait_for("CALL_CLOSED")
        console.free()


def test_an_open_line_takes_calls_without_ringing(console: Desk, installation: Installation) -> None:
    page = console.page
    page.get_by_role("switch").press("Space")
    expect(page.get_by_role("switch")).to_be_checked()
    page.wait_for_function("window.connections.length === 1")
    with installation.citizen(tone=CITIZEN) as citizen:
        for _ in range(2):
            since = citizen.events.count()
            citizen.dial(installation.municipality("gnosjo")["main_number"])
            console.answer()
            console.hears()
            page.keyboard.press("F4")
            citizen.wait_for("CALL_CLOSED", since=since)
            console.free()
    assert page.evaluate("window.connections.length") == 1, "the line stayed connected between the calls"
    page.get_by_role("switch").press("Space")
    expect(page.get_by_role("switch")).not_to_be_checked()


def test_two_operators_answer_at_once_and_one_is_told_who_has_the_call(
    console: Desk,
    browser: Browser,
    installation: Installation,
) -> None:
    home = installation.municipality("gnosjo")
    with desk(browser, installation, home["operators"][1]) as colleague, installation.citizen(tone=CITIZEN) as citizen:
        colleague.log_on()
        desks = [console, colleague]
        citizen.dial(home["main_number"])
        for one in desks:
            expect(one.page.locator(".list-queue .row")).to_have_count(1, timeout=15000)
        for one in desks:
            one.page.keyboard.press("F2")
        citizen.wait_for("CALL_ESTABLISHED")
        until(lambda: sum("I samtalet" in one.card.inner_text() for one in desks) == 1, 15, "one of them talking")
        winner, loser = sorted(desks, key=lambda one: "I samtalet" not in one.card.inner_text())
        expect(loser.page.locator(".notice")).to_contain_text(f"{winner.operator['name']} har tagit samtalet.")
        winner.hears()
        winner.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        loser.free()


def test_after_a_reload_in_the_middle_of_a_call_they_talk_on_without_a_key(
    console: Desk, installation: Installation
) -> None:
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.answer()
        console.page.on("dialog", lambda dialog: dialog.accept())
        console.page.reload()
        expect(console.card).to_contain_text("I samtalet")
        expect(console.card).to_contain_text("Telefonistens linje bröts")
        console.hears()
        hears(citizen, MICROPHONE)
        console.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        console.free()


def test_a_page_that_was_left_and_opened_anew_waits_for_the_key(console: Desk, installation: Installation) -> None:
    with installation.citizen(tone=CITIZEN) as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.answer()
        console.page.on("dialog", lambda dialog: dialog.accept())
        address = console.page.url
        console.page.goto("about:blank")
        console.page.goto(address)
        console.phone_ready()
        console.offered()
        expect(console.card).to_contain_text("Telefonistens linje bröts")
        console.answer()
        console.hears()
        console.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")


REFUSED = """
window.refused = true;
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async wanted => {
  if (window.refused) throw new DOMException("", "NotAllowedError");
  return open(wanted);
};
"""


def test_a_microphone_that_is_refused_loses_nobody(browser: Browser, installation: Installation) -> None:
    home = installation.municipality("gnosjo")
    with desk(browser, installation, home["operators"][0]) as console, installation.citizen(tone=CITIZEN) as citizen:
        page = console.page
        page.add_init_script(REFUSED)
        page.reload()
        console.log_on()
        told = "Webbläsaren får inte använda mikrofonen."
        expect(page.get_by_role("banner")).to_contain_text(told)
        citizen.dial(home["main_number"])
        console.offered()
        page.keyboard.press("F2")
        expect(page.get_by_role("banner")).to_contain_text(told)
        console.offered()
        page.evaluate("window.refused = false")
        page.get_by_role("button", name="Försök igen").press("Enter")
        expect(page.get_by_role("banner")).not_to_contain_text(told)
        console.answer()
        console.hears()
        hears(citizen, MICROPHONE)
        page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        console.free()


def test_a_visitor_rings_the_municipality_from_a_second_tab(
    console: Desk,
    browser: Browser,
    installation: Installation,
) -> None:
    context = browser.new_context(locale="en-GB", permissions=["microphone"])
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{installation.config.web_port}/citizen")
    expect(page.get_by_role("status")).to_contain_text("Phone ready", timeout=15000)
    assert violations(page) == []
    page.get_by_role("region", name="Gnosjö kommun").get_by_role("button", name="switchboard").click()
    page.keyboard.press("Enter")
    console.offered()
    expect(console.card).to_contain_text("070-174")
    console.answer()
    expect(page.get_by_role("status")).to_contain_text("Connected")
    console.hears()
    assert violations(page) == []
    page.get_by_role("button", name="Hang up").click()
    console.free()
    context.close()
