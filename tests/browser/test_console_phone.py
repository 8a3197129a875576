# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page says when its telephone can't work, its devices, and one telephone in several tabs. That it works is shown end to end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.hub import Hub
from tests.browser.telephone import ENGINE, MICROPHONE, REFUSED, REGISTERED
from tests.browser.test_console_keys import card, search_box
from tests.ports import free_ports

NO_MEDIA = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"
TELL_TRACK = "name => window.opened.getAudioTracks()[0].dispatchEvent(new Event(name))"


@pytest.fixture
def hub() -> Iterator[Hub]:
    """The console has a browser phone, and nobody listens where it registers."""
    sip = {"url": f"ws://127.0.0.1:{free_ports(1)[0]}/ws", "user": "eva", "password": "secret", "name": "Eva"}
    hub = Hub(sip=sip)
    yield hub
    hub.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(permissions=["microphone"])
    yield context
    context.close()


def console(context: BrowserContext, hub: Hub, microphone: str = "") -> Page:
    page = context.new_page()
    page.add_init_script(MICROPHONE.replace("NAME", microphone))
    page.goto(f"{hub.url}/console")
    expect(page.get_by_text("Eva Lind")).to_be_visible()
    return page


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("NotAllowedError", "The browser may not use the microphone. Allow it beside the address, then try again."),
        ("NotFoundError", "No microphone was found. Connect a headset, then try again."),
        ("NotReadableError", "Another program has the microphone. Close it there, then try again."),
    ],
)
def test_a_microphone_that_fails_is_told_before_a_call_comes(
    context: BrowserContext, hub: Hub, failure: str, words: str
) -> None:
    page = console(context, hub, failure)
    expect(page.get_by_role("banner")).to_contain_text(words)
    page.evaluate("window.microphone = ''")
    page.get_by_role("button", name="Try again").press("Enter")
    expect(page.get_by_role("banner")).not_to_contain_text(words)


def test_an_address_that_is_not_secure_has_no_microphone_and_says_why(context: BrowserContext, hub: Hub) -> None:
    page = context.new_page()
    page.add_init_script(NO_MEDIA)
    page.goto(f"{hub.url}/console")
    expect(page.get_by_role("banner")).to_contain_text("only to a secure address (https)")


def test_a_microphone_that_is_pulled_out_is_told_at_once_and_used_again_when_it_is_back(
    context: BrowserContext, hub: Hub
) -> None:
    page = console(context, hub)
    page.wait_for_function("window.opened")
    page.evaluate(TELL_TRACK, "ended")
    expect(page.get_by_role("banner")).to_contain_text("The microphone has been pulled out: nobody can hear you.")
    expect(page.get_by_role("alert")).to_contain_text("pulled out")
    page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    expect(page.get_by_role("banner")).not_to_contain_text("pulled out")


def test_a_permission_that_is_withdrawn_is_told_as_such(context: BrowserContext, hub: Hub) -> None:
    page = console(context, hub)
    page.wait_for_function("window.opened")
    page.evaluate("navigator.permissions.query = async () => ({ state: 'denied' })")
    page.evaluate(TELL_TRACK, "ended")
    expect(page.get_by_role("banner")).to_contain_text("The browser may not use the microphone.")


def test_a_switch_on_the_headset_is_told_as_long_as_it_is_off(context: BrowserContext, hub: Hub) -> None:
    page = console(context, hub)
    page.wait_for_function("window.opened")
    page.evaluate(TELL_TRACK, "mute")
    expect(page.get_by_role("banner")).to_contain_text("The microphone is switched off at the headset")
    page.evaluate(TELL_TRACK, "unmute")
    expect(page.get_by_role("banner")).not_to_contain_text("switched off")


def test_a_telephone_that_reaches_no_engine_is_told(context: BrowserContext, hub: Hub) -> None:
    page = console(context, hub)
    expect(page.get_by_role("banner")).to_contain_text("Phone not connected")
    expect(page.get_by_role("banner")).to_contain_text("Your telephone isn't connected: no call can come to it.")
    expect(page.get_by_role("alert")).to_contain_text("Your telephone isn't connected")


def test_a_telephone_that_is_refused_is_told_as_such(context: BrowserContext, hub: Hub) -> None:
    page = context.new_page()
    page.add_init_script(ENGINE.replace("STATUS", f'"{REFUSED}"'))
    page.goto(f"{hub.url}/console")
    words = "The telephone system refuses your telephone: no call can come to it. Tell your administrator."
    expect(page.get_by_role("banner")).to_contain_text(words)
    expect(page.get_by_role("alert").locator("> :last-child")).to_have_text(words)


def test_the_headset_is_chosen_measured_and_tested(context: BrowserContext, hub: Hub) -> None:
    page = console(context, hub)
    page.wait_for_function("window.opened")
    page.get_by_role("button", name="Settings").press("Enter")
    dialog = page.get_by_role("dialog", name="Settings")
    level = dialog.get_by_role("meter", name="Level")
    page.wait_for_function("document.querySelector('#level').value > 0.3")
    expect(level).to_be_visible()
    dialog.get_by_role("button", name="Echo test").press("Enter")
    expect(dialog.get_by_text("Speak now, for three seconds")).to_be_visible()
    expect(dialog.get_by_text("You are hearing yourself")).to_be_visible()
    microphones = dialog.get_by_label("Microphone")
    names = microphones.get_by_role("option").all_inner_texts()
    assert names[0] == "The system's choice"
    assert len(names) > 1, "the browser tells the devices once the microphone is allowed"
    before = page.evaluate("window.opened.id")
    microphones.select_option(index=1)
    page.wait_for_function("before => window.opened.id !== before", arg=before)
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="Settings").press("Enter")
    expect(dialog.get_by_label("Microphone").locator("option:checked")).to_have_text(names[1])


def test_a_second_tab_says_where_the_telephone_is_and_can_take_it(context: BrowserContext, hub: Hub) -> None:
    first = console(context, hub)
    expect(first.get_by_role("banner")).to_contain_text("Phone not connected")
    second = console(context, hub)
    elsewhere = "Your telephone is in another tab: calls ring and speak there."
    expect(second.get_by_role("banner")).to_contain_text(elsewhere)
    second.get_by_role("button", name="Use the telephone here").press("Enter")
    expect(first.get_by_role("banner")).to_contain_text(elsewhere)
    expect(second.get_by_role("banner")).not_to_contain_text(elsewhere)
    second.close()
    expect(first.get_by_role("banner")).not_to_contain_text(elsewhere)


def test_without_the_hub_who_is_found_is_rung_by_the_telephone_itself(context: BrowserContext, hub: Hub) -> None:
    page = context.new_page()
    page.add_init_script(ENGINE.replace("STATUS", f'"{REGISTERED}"'))
    page.goto(f"{hub.url}/console")
    expect(page.get_by_role("banner")).to_contain_text("Phone ready")
    hub.go_away()
    expect(page.get_by_role("banner")).to_contain_text("Connection lost")
    search_box(page).fill("anna")
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("On the telephone only")
    expect(card(page)).to_contain_text("0370-33 12 11")
    expect(search_box(page)).to_have_value("")
    assert hub.asked == []
