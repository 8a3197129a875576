# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page's connection to the hub: lost, resumed, refused, reloaded; the same state each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WITHOUT_TIMES
from tests.browser.hub import ME, Hub, call
from tests.browser.test_console_keys import card, offer, polite, talk, urgent
from vaxel.portal import log_in

LOGGED_OUT = Path(log_in.__file__).parent / "static/portal/logged_out.js"


def test_a_broken_connection_is_told_and_resumed(hub: Hub, page: Page) -> None:
    talk(hub, page)
    before = hub.n
    hub.drop()
    expect(urgent(page)).to_have_text("Connection lost. Calls go on; trying again.")
    expect(polite(page)).to_have_text("Connected again")
    assert hub.hellos[-1] == {"token": "first", "epoch": "e1", "after": before}
    expect(card(page)).to_contain_text("In the call")


def test_what_happened_meanwhile_is_there_after_the_connection(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.drop()
    hub.update("n1-1", state="held", held_by=ME)
    hub.call("n1-2", "tana", state="parked", parked_by="o2")
    expect(page.get_by_role("region", name="Held")).to_contain_text("Mine")
    expect(page.get_by_role("region", name="Parked")).to_contain_text("parked by Liv Mo")


def test_after_a_restart_of_the_hub_a_fresh_snapshot_counts(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.epoch, hub.n, hub.log = "e2", 1, []
    hub.collections["calls"].clear()
    hub.drop()
    expect(card(page)).to_contain_text("No call")


def test_a_hub_that_was_away_is_seen_when_it_returns(hub: Hub, page: Page) -> None:
    """However long it was away, up to the longest of the short pauses. How soon: benchmark ``reconnect``."""
    talk(hub, page)
    hub.go_away()
    for _ in range(8):
        page.wait_for_event("websocket")
    hub.collections["calls"].clear()
    hub.collections["calls"]["n1-7"] = call("n1-7", "tana", offered_to=[ME])
    hub.come_back()
    expect(card(page)).to_contain_text("New call")
    expect(card(page)).to_contain_text("Tana")
    expect(polite(page)).to_have_text("Connected again")


def test_what_was_being_written_is_there_after_a_reload(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("Shift+F8")
    page.keyboard.type("Rings at two")
    page.keyboard.press("Escape")
    page.keyboard.type("anna")
    page.keyboard.press("Shift+F9")
    expect(page.get_by_role("heading", name="Message to Anna Berg")).to_be_visible()
    page.get_by_label("Matter").focus()
    page.keyboard.type("May she build?")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+F9")
    expect(page.get_by_role("radio", name="Anna Berg")).to_be_checked()
    page.keyboard.type("About the shed")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+F8")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.press("2")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(polite(page)).to_have_text("What you were writing is here again.")
    expect(page.get_by_label("Note on this call")).to_have_value("Rings at two")
    expect(page.get_by_role("form", name="Message to Anna Berg").get_by_label("Matter")).to_have_value("May she build?")
    expect(page.get_by_role("radio", name="Anna Berg")).to_be_checked()
    expect(page.get_by_role("combobox", name="Reason")).to_have_value("meeting")
    page.get_by_label("Note on this call").press("Control+Enter")
    assert hub.wait_for("note") == {"do": "note", "call": "n1-1", "text": "Rings at two"}
    page.get_by_role("form", name="Message to Anna Berg").get_by_label("Matter").press("Control+Enter")
    asked = hub.wait_for("message")
    assert (asked["to"], asked["matter"]) == ("p11", "May she build?")
    page.reload()
    expect(page.get_by_role("combobox", name="Reason")).to_be_visible()
    expect(page.get_by_label("Note on this call")).to_have_count(0)
    expect(page.get_by_role("form", name="Message to Anna Berg")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []


def test_drafts_go_with_the_one_who_logs_out(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("Shift+F8")
    page.keyboard.type("Something about somebody")
    assert page.evaluate("sessionStorage.length") == 1
    hub.gone("n1-1")
    expect(card(page)).to_contain_text("No call")
    page.get_by_role("button", name="Settings").press("Enter")
    page.get_by_role("button", name="Log out", exact=True).press("Enter")
    expect(page.get_by_text("Logged out")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_drafts_go_when_she_logs_out_in_another_tab(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("Shift+F8")
    page.keyboard.type("Something about somebody")
    hub.logged_in = False
    other = page.context.new_page()
    other.goto(f"{hub.url}/log-in")
    other.add_script_tag(path=LOGGED_OUT)
    expect(page.get_by_label("Note on this call")).to_have_count(0)
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('draft'))") == []
    expect(page.get_by_role("banner").get_by_text("You have been logged out. Calls go on.")).to_be_visible()


def test_a_reload_brings_the_call_back(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(card(page)).to_contain_text("In the call")
    expect(card(page)).to_contain_text("070-174 06 05")


def test_an_expired_token_is_renewed_without_a_word(hub: Hub, page: Page) -> None:
    hub.token = "another"
    hub.drop()
    expect(polite(page)).to_have_text("Connected again")
    assert [hello["token"] for hello in hub.hellos] == ["first", "first", "renewed"]


def test_logged_out_is_told_with_the_way_back(hub: Hub, page: Page) -> None:
    hub.token, hub.logged_in = "another", False
    hub.drop()
    expect(page.get_by_role("banner").get_by_text("You have been logged out. Calls go on.")).to_be_visible()
    expect(page.get_by_role("link", name="Log in again in a new tab")).to_be_visible()
    hub.logged_in = True
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("banner").get_by_text("You have been logged out. Calls go on.")).to_be_hidden()


def test_a_command_in_a_lost_connection_says_that_nothing_was_done(hub: Hub, page: Page) -> None:
    offer(hub, page)
    hub.token, hub.logged_in = "another", False
    hub.drop()
    expect(page.get_by_role("banner").get_by_text("You have been logged out. Calls go on.")).to_be_visible()
    page.keyboard.press("F2")
    expect(urgent(page)).to_have_text("Not connected: nothing was done.")


def test_a_hub_that_says_nothing_is_told_after_five_seconds(hub: Hub, page: Page) -> None:
    offer(hub, page)
    hub.silent = True
    page.keyboard.press("F2")
    expect(urgent(page)).to_have_text("No answer came: look whether it was done.", timeout=7000)


def test_a_day_of_changes_and_losses_shows_what_a_fresh_page_shows(hub: Hub, page: Page, open_page: Any) -> None:
    for n in range(30):
        hub.call(f"n1-{n}", "tana" if n % 3 else "gnosjo", waiting_since=1000 + n)
        if n % 4 == 1:
            hub.update(f"n1-{n}", state="parked", parked_by="o2")
        if n % 5 == 2:
            hub.gone(f"n1-{n}")
        if n % 7 == 3:
            hub.drop()
        if n in (12, 26):
            hub.go_away()
            hub.come_back()
        if n == 19:
            page.reload()
    hub.call("last", caller={"number": "", "name": "The last", "internal": False}, waiting_since=5000)
    fresh = open_page(hub)
    for one in (page, fresh):
        expect(one.get_by_role("region", name="Queue")).to_contain_text("The last")
    # Times run on; everything else must be the same.
    shown = [one.evaluate(WITHOUT_TIMES) for one in (page, fresh)]
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("proved", "told"),
    [
        ({"gnosjo": True, "tana": True}, "Every call ends well"),
        ({"gnosjo": True, "tana": False}, "A call can end nowhere"),
    ],
)
def test_the_page_tells_whether_every_call_is_proved_to_end_well(
    hub: Hub, open_page: Callable[..., Page], proved: dict[str, bool | None], told: str
) -> None:
    hub.proved = proved
    lamp = open_page(hub).get_by_role("link", name=told, exact=True)
    expect(lamp).to_be_visible()
    expect(lamp).to_have_attribute("href", "/proof")


def test_before_the_first_proof_the_page_claims_nothing(hub: Hub, open_page: Callable[..., Page]) -> None:
    hub.proved = {"gnosjo": None}
    page = open_page(hub)
    expect(page.get_by_text("Eva Lind")).to_be_visible()
    expect(page.get_by_role("link", name="Every call ends well")).to_have_count(0)
