# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is spoken, and when: a blind operator is never left in silence after a key, and hears what others see."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hub import ME, ORGANISATIONS, Hub, leg
from tests.browser.test_console_keys import card, offer, polite, talk, urgent


def test_whom_a_transfer_rings_is_said(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Enter")
    expect(polite(page)).to_have_text("Transferring to Anna Berg")


def test_whom_a_consultation_rings_is_said(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Shift+Enter")
    expect(polite(page)).to_have_text("Ringing Anna Berg")


def test_each_key_of_a_shift_says_what_it_did(hub: Hub, page: Page) -> None:
    hub.operator(ME, state="off")
    expect(polite(page)).to_have_text("Logged off")
    hub.operator(ME, state="ready")
    expect(polite(page)).to_have_text("Ready")
    hub.operator(ME, state="paused", reason="lunch")
    expect(polite(page)).to_have_text("Pause: Lunch")


def test_who_takes_her_caller_back_hears_with_whom_she_talks(hub: Hub, page: Page) -> None:
    talk(hub, page)
    for key, words in [
        ("F8", "Held"),
        ("F8", "Back with 070-174 06 05"),
        ("F9", "Parked"),
        ("F9", "Back with 070-174 06 05"),
    ]:
        page.keyboard.press(key)
        expect(polite(page)).to_have_text(words)


def test_a_call_that_was_offered_to_a_colleague_is_presented_to_who_takes_it(hub: Hub, page: Page) -> None:
    hub.call("n1-5", waiting_since=time.time(), offered_to=["o2"])
    expect(page.get_by_role("region", name="Queue")).to_contain_text("070-174 06 05")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    expect(polite(page)).to_have_text("Call. Gnosjö kommun. 070-174 06 05")


def test_a_call_that_is_taken_over_is_presented_and_the_search_has_the_focus(hub: Hub, page: Page) -> None:
    hub.call(
        "n1-8", caller={"number": "4790000001", "name": "Kari", "internal": False}, state="connected", operator="o2"
    )
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    expect(page.get_by_role("button", name="Supervision")).to_be_visible()
    page.keyboard.press("Control+F7")
    expect(page.get_by_role("listbox", name="All calls")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert hub.wait_for("take_over")["call"] == "n1-8"
    expect(card(page)).to_contain_text("Kari")
    expect(polite(page)).to_have_text("Call. Gnosjö kommun. Kari")
    expect(page.locator("#search")).to_be_focused()


@pytest.mark.clause("AAB-29")
@pytest.mark.parametrize("exactly", [False, True])
def test_a_transfer_that_the_unit_wants_elsewhere_says_so(
    hub: Hub, page: Page, exactly: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = leg(2, "person", "Bo Anundsson", "46370331212", "ringing", "p12")
    monkeypatch.setitem(
        hub.changes, "transfer", lambda frame: lambda value: {**value, "state": "transferring", "legs": [there]}
    )
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Control+Shift+Enter" if exactly else "Enter")
    elsewhere = "" if exactly else "Calls for Anna Berg go elsewhere, as the unit wants. "
    expect(polite(page)).to_have_text(f"{elsewhere}Transferring to Bo Anundsson")


def test_a_pause_that_takes_too_long_is_said_once(hub: Hub, page: Page) -> None:
    since = time.time()
    hub.operator(ME, state="paused", reason="lunch", since=since - 1700)
    expect(page.get_by_role("banner")).to_contain_text("Pause: Lunch")
    expect(polite(page)).to_have_text("Pause: Lunch")
    hub.operator(ME, state="paused", reason="lunch", since=since - 1900)
    expect(polite(page)).to_have_text("Your pause is longer than it may be.")
    page.keyboard.press("Control+F1")
    expect(polite(page)).to_have_text("Nobody is waiting")
    before = page.locator(".who time").inner_text()
    expect(page.locator(".who time")).not_to_have_text(before)
    expect(polite(page)).to_have_text("Nobody is waiting")


@pytest.mark.clause("GNO-13")
def test_in_full_the_welcome_phrase_is_said_in_its_own_language(hub: Hub, page: Page) -> None:
    page.evaluate("localStorage.setItem('vaxel.speech', 'full')")
    page.reload()
    expect(page.get_by_text("Eva Lind")).to_be_visible()
    offer(hub, page)
    words = "Call. Gnosjö kommun. 070-174 06 05. Main number. 1 is waiting Välkommen till Gnosjö kommun"
    expect(urgent(page)).to_have_text(words)
    expect(urgent(page).locator("[lang=sv]")).to_have_text("Välkommen till Gnosjö kommun")


def test_a_key_says_the_present_call_again(hub: Hub, page: Page) -> None:
    page.keyboard.press("Shift+F1")
    expect(polite(page)).to_have_text("No call")
    offer(hub, page)
    words = "Gnosjö kommun. 070-174 06 05. Main number"
    page.keyboard.press("Shift+F1")
    expect(polite(page)).to_have_text(f"{words} Välkommen till Gnosjö kommun")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.type("anna")
    page.keyboard.press("Shift+Enter")
    expect(card(page)).to_contain_text("Anna Berg rings")
    page.keyboard.press("Shift+F1")
    expect(polite(page)).to_have_text(f"{words}. Anna Berg rings Välkommen till Gnosjö kommun")


def test_a_key_says_how_many_wait_and_how_long(hub: Hub, page: Page) -> None:
    hub.call("n1-1", waiting_since=time.time() - 134, offered_to=["o2"])
    hub.call("n1-2", "tana", waiting_since=time.time() - 10, offered_to=["o2"])
    expect(page.get_by_role("region", name="Queue")).to_contain_text("Tana")
    page.keyboard.press("Control+F1")
    expect(polite(page)).to_contain_text("2 are waiting, the longest for 2 min 1")


def test_logged_out_is_said_at_once_and_a_key_leads_to_the_way_back(hub: Hub, page: Page) -> None:
    hub.token, hub.logged_in = "another", False
    hub.drop()
    expect(urgent(page)).to_have_text("You have been logged out. Calls go on.")
    page.keyboard.press("F2")
    link = page.get_by_role("link", name="Log in again in a new tab")
    expect(link).to_be_focused()
    hub.logged_in = True
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(polite(page)).to_have_text("Connected again")
    expect(page.locator("#search")).to_be_focused()


def test_who_is_writing_while_logged_out_keeps_her_place(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("Shift+F8")
    page.keyboard.type("He rings at")
    hub.token, hub.logged_in = "another", False
    hub.drop()
    expect(urgent(page)).to_have_text("You have been logged out. Calls go on.")
    page.keyboard.press("F8")
    expect(urgent(page)).to_have_text("Not connected: nothing was done.")
    page.keyboard.type(" two")
    expect(page.get_by_label("Note on this call")).to_have_value("He rings at two")


def test_who_is_no_operator_any_more_hears_it(hub: Hub, page: Page) -> None:
    hub.forbidden = True
    hub.drop()
    expect(urgent(page)).to_have_text("You are logged in, but not as an operator. Ask your administrator.")


def test_a_desk_phone_that_is_lost_is_said_and_shown_while_she_sits_at_it(hub: Hub, page: Page) -> None:
    lost = "The desk phone op-o1 isn't connected: no call can come to it. Look whether it is on."
    hub.operator(ME, phone_registered=False)
    expect(urgent(page)).to_have_text(lost)
    expect(page.get_by_role("banner")).to_contain_text(lost)
    hub.operator(ME, phone_registered=True)
    expect(polite(page)).to_have_text("Phone ready")
    hub.operator(ME, phone_registered=False, state="off")
    expect(page.get_by_role("banner")).to_contain_text("Logged off")
    expect(page.get_by_role("banner")).not_to_contain_text(lost)


def test_a_supervisors_choice_that_goes_is_said_and_not_replaced(hub: Hub, page: Page) -> None:
    hub.call("n1-8", caller={"number": "4790000001", "name": "Kari", "internal": False}, offered_to=["o2"])
    hub.call("n1-9", waiting_since=time.time(), since=time.time(), offered_to=["o2"])
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    expect(page.get_by_role("button", name="Supervision")).to_be_visible()
    page.keyboard.press("Control+F7")
    calls = page.get_by_role("listbox", name="All calls")
    expect(calls).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take over Kari")).to_be_focused()
    hub.call("n1-5", waiting_since=1000, since=1000, offered_to=["o2"])
    expect(calls.get_by_role("option").first).to_contain_text("070-174 06 05")
    expect(page.get_by_role("button", name="Take over Kari")).to_be_focused()
    hub.gone("n1-8")
    expect(urgent(page)).to_have_text("Kari is no longer there. Choose another.")
    expect(calls).to_be_focused()
    expect(page.get_by_role("button", name="Take over")).to_have_count(0)
    page.keyboard.press("Enter")
    assert [one["do"] for one in hub.asked] == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert hub.wait_for("take_over")["call"] == "n1-5"


def test_a_call_that_sorts_first_takes_nobodys_place_in_a_list_that_is_looked_at(hub: Hub, page: Page) -> None:
    hub.call("n1-8", caller={"number": "4790000001", "name": "Kari", "internal": False}, offered_to=["o2"])
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    expect(page.get_by_role("button", name="Supervision")).to_be_visible()
    page.keyboard.press("Control+F7")
    hub.call("n1-5", waiting_since=1000, since=1000, offered_to=["o2"])
    options = page.get_by_role("listbox", name="All calls").get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take over Kari")).to_be_focused()


def test_an_operator_who_goes_home_is_not_replaced_by_another(hub: Hub, page: Page) -> None:
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    expect(page.get_by_role("button", name="Supervision")).to_be_visible()
    page.keyboard.press("Control+F7")
    operators = page.get_by_role("listbox", name="Operators")
    operators.focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Deanu gielda / Tana kommune")).to_be_focused()
    hub.remove("operators", "o2")
    expect(urgent(page)).to_have_text("Liv Mo is no longer there. Choose another.")
    expect(page.get_by_role("button", name="Change what she serves")).to_have_count(0)
    expect(operators).to_be_focused()
