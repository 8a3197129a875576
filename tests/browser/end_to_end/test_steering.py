# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One telephone in two tabs, and a supervisor, with nothing doubled: the engine, the controller, and Chromium's page and phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import Desk, desk
from tests.system.ears import hear_each_other
from tests.system.installation import Installation

CITIZEN, DESK = 700, 1100
"""Hz that are sent."""
ELSEWHERE = "Din telefon är i en annan flik"
LOG_OUT = """async () => {
  const boot = JSON.parse(document.getElementById("boot").textContent);
  await fetch(boot.log_out_url, { method: "POST", headers: { "X-CSRFToken": boot.csrf } });
}"""


@pytest.fixture
def console(browser: Browser, installation: Installation) -> Iterator[Desk]:
    with desk(browser, installation, installation.municipality("gnosjo")["operators"][0]) as found:
        found.log_on()
        yield found


def log_in_again(console: Desk) -> None:
    page = console.page
    page.goto("/log-in?next=/console")
    page.locator("[name=username]").fill(console.operator["user"])
    page.locator("[name=password]").fill(console.operator["password"])
    page.keyboard.press("Enter")
    console.phone_ready()


def test_the_telephone_goes_to_another_tab_in_a_call_and_the_caller_is_kept(
    console: Desk,
    installation: Installation,
) -> None:
    with installation.citizen() as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.answer()
        second = Desk(console.page.context.new_page(), installation, console.operator)
        second.page.goto(console.page.url)
        expect(second.page.get_by_role("banner")).to_contain_text(ELSEWHERE)
        second.connected()
        second.page.get_by_role("button", name="Använd telefonen här").press("Enter")
        expect(console.page.get_by_role("banner")).to_contain_text(ELSEWHERE)
        second.phone_ready()
        second.answer()
        second.hears()
        second.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        second.page.close()
        # What is left of the day goes on in the first tab.
        console.phone_ready()


def test_who_is_logged_out_in_a_call_talks_on_and_can_still_end_it(
    console: Desk,
    installation: Installation,
) -> None:
    """Logged out in another tab: the page's key to the hub ends with the session, the telephone doesn't."""
    with installation.citizen() as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.answer()
        console.page.evaluate(LOG_OUT)
        expect(console.page.get_by_role("banner").get_by_text("Du har loggats ut.")).to_be_visible(timeout=20000)
        console.hears()
        console.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
    log_in_again(console)


def test_she_sits_at_the_desk_phone_that_she_chose_on_the_page(browser: Browser, installation: Installation) -> None:
    home = installation.municipality("gnosjo")
    hot_desk = installation.person_phone(home["hot_desk"], tone=DESK)
    with desk(browser, installation, home["operators"][0]) as console, hot_desk as phone:
        phone.wait_until_registered()
        console.phone_ready()
        page = console.page
        page.get_by_role("button", name="Inställningar").press("Enter")
        page.get_by_label("Logga in vid en bordstelefon").select_option("Hot desk")
        page.keyboard.press("Escape")
        page.keyboard.press("Shift+F4")
        expect(page.locator(".who")).to_contain_text("Redo")
        with installation.citizen(tone=CITIZEN) as citizen:
            citizen.dial(home["main_number"])
            console.offered()
            phone.wait_for("CALL_INCOMING")
            phone.answer()
            console.connected()
            hear_each_other(phone, DESK, citizen, CITIZEN)
            page.keyboard.press("F8")
            expect(console.card).to_contain_text("Inget samtal")
            page.keyboard.press("F8")
            console.connected()
            hear_each_other(phone, DESK, citizen, CITIZEN)
            page.keyboard.press("F4")
            citizen.wait_for("CALL_CLOSED")
        console.free()


def test_a_supervisor_takes_a_colleagues_call_over_from_her_page(browser: Browser, installation: Installation) -> None:
    home = installation.municipality("gnosjo")
    boss = next(one for one in home["operators"] if one["supervises"])
    other = next(one for one in home["operators"] if not one["supervises"])
    with desk(browser, installation, other) as operator, desk(browser, installation, boss) as supervisor:
        operator.log_on()
        with installation.citizen() as citizen:
            citizen.dial(home["main_number"])
            operator.answer()
            supervisor.log_on()
            supervisor.page.get_by_role("button", name="Arbetsledning").press("Enter")
            supervisor.page.get_by_role("listbox", name="Alla samtal").focus()
            supervisor.page.keyboard.press("Enter")
            supervisor.page.keyboard.press("Enter")
            supervisor.connected()
            operator.free()
            supervisor.hears()
            supervisor.page.keyboard.press("F4")
            citizen.wait_for("CALL_CLOSED")
