# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dialogs lie over the page: a call can be answered in them, nothing opens under them, and what was written in them is kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hub import ME, ORGANISATIONS, Hub
from tests.browser.test_console_keys import card, polite, search_box, talk

READ = {"help": "?", "settings": "Control+Shift+F1", "notices": "Control+Shift+F9", "pause": "Shift+F4"}


@pytest.mark.parametrize(
    ("dialog", "key"), [("help", "F2"), ("settings", "NumpadAdd"), ("notices", "F2"), ("pause", "NumpadAdd")]
)
def test_answering_closes_the_dialog_and_what_is_typed_next_is_a_search(
    hub: Hub, page: Page, dialog: str, key: str
) -> None:
    page.keyboard.press(READ[dialog])
    expect(page.get_by_role("dialog")).to_be_visible()
    hub.call("n1-1", offered_to=[ME])
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Call.")
    page.keyboard.press(key)
    page.keyboard.type("anna")
    assert hub.wait_for("answer")["call"] == "n1-1"
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(search_box(page)).to_have_value("anna")
    expect(search_box(page)).to_be_focused()
    page.keyboard.press("Enter")
    assert hub.wait_for("transfer")["to"] == "p11"


@pytest.mark.parametrize(("key", "do", "state"), [("F8", "resume", "held"), ("F9", "fetch", "parked")])
def test_taking_back_and_fetching_give_the_page_back_too(hub: Hub, page: Page, key: str, do: str, state: str) -> None:
    hub.call("n1-1", state=state, **{f"{state}_by": ME})
    expect(page.get_by_text("Mine", exact=True)).to_be_visible()
    page.keyboard.press("?")
    page.keyboard.press(key)
    hub.wait_for(do)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(card(page)).to_contain_text("In the call")


def test_an_announcement_being_written_is_kept_when_a_call_is_answered(hub: Hub, page: Page) -> None:
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    page.get_by_role("button", name="Supervision").press("Enter")
    page.get_by_role("button", name="Tell all Gnosjö kommun").press("Enter")
    page.keyboard.type("The town hall is")
    hub.call("n1-1", offered_to=[ME])
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Call.")
    page.keyboard.press("F2")
    hub.wait_for("answer")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(search_box(page)).to_be_focused()
    page.get_by_role("button", name="Supervision").press("Enter")
    page.get_by_role("button", name="Tell all Gnosjö kommun").press("Enter")
    expect(page.get_by_label("What they must know")).to_have_value("The town hall is")
    page.get_by_label("What they must know").focus()
    page.keyboard.press("End")
    page.keyboard.type(" closed.")
    page.keyboard.press("NumpadEnter")
    assert hub.wait_for("announce")["text"] == "The town hall is closed."
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Tell all Gnosjö kommun").press("Enter")
    expect(page.get_by_label("What they must know")).to_have_value("")


def test_in_a_dialog_nothing_opens_under_it_and_that_is_said(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("anna")
    expect(page.get_by_role("listbox", name="Results")).to_be_visible()
    page.keyboard.press("Control+Shift+F9")
    dialog = page.get_by_role("dialog", name="Notices")
    for key in ("Shift+F9", "Control+F9", "Shift+F8", "Control+F8", "Control+F2", "Shift+F4"):
        page.keyboard.press(key)
    expect(dialog.get_by_role("alert").locator("> :last-child")).to_have_text("Close this first, with Escape.")
    assert page.locator("form.panel, .told-number").count() == 0
    page.keyboard.press("Control+Shift+F9")
    expect(dialog).to_be_hidden()
    assert [one["do"] for one in hub.asked] == ["answer"]


def test_the_keys_of_a_call_work_in_a_dialog(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("Control+Shift+F1")
    page.keyboard.press("Shift+F1")
    expect(polite(page)).to_contain_text("070-174 06 05")
    page.keyboard.press("F4")
    hub.wait_for("hangup")
    expect(page.get_by_role("dialog", name="Settings")).to_be_visible()


def test_without_anybody_to_answer_the_dialog_stays(hub: Hub, page: Page) -> None:
    page.keyboard.press("?")
    page.keyboard.press("F2")
    expect(polite(page)).to_have_text("Nobody is waiting")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_logging_off_by_key_asks_who_takes_her_calls(hub: Hub, page: Page) -> None:
    hub.call("n1-3", state="held", held_by=ME)
    expect(page.get_by_role("region", name="Held")).to_contain_text("Mine")
    page.keyboard.press("Control+Shift+F7")
    expect(page.get_by_role("dialog", name="You still have calls")).to_be_visible()
    page.keyboard.press("Escape")
    hub.gone("n1-3")
    expect(page.get_by_role("region", name="Held")).not_to_contain_text("Mine")
    page.keyboard.press("Control+Shift+F7")
    hub.wait_for("log_off")
    page.keyboard.press("Control+Shift+F7")
    expect(polite(page)).to_have_text("You are logged off the queue and are offered no calls.")
    assert [one["do"] for one in hub.asked] == ["log_off"]


def test_who_supervises_nothing_is_not_shown_supervisors_keys(hub: Hub, page: Page) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_role("cell", name="Say whether you come as reinforcement", exact=True)).to_be_visible()
    expect(dialog).not_to_contain_text("Call in reinforcements")
    expect(dialog).not_to_contain_text("Supervision")
    page.keyboard.press("Escape")
    hub.operator(ME, supervisor=True, supervises=["gnosjo"])
    expect(page.get_by_role("button", name="Supervision")).to_be_visible()
    page.keyboard.press("?")
    expect(dialog).to_contain_text("Call in reinforcements; once more ends it")
    expect(dialog).to_contain_text("Supervision")
