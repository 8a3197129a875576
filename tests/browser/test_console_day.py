# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole day by keyboard alone: every key is pressed where the focus is, nothing is clicked; and what is spoken, in its order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.directory import HERE
from tests.browser.hub import ME, Hub, Refusal, leg
from tests.browser.test_console_keys import card, offer

# What a screen reader would say: what is put into a live place, in its order.
HEAR = """
window.spoken = [];
window.heard = [];
new MutationObserver(changes => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      const place = node.parentElement?.closest("[role=alert], [role=status][aria-live]");
      if (place && node.textContent) window.spoken.push(node.textContent);
    }
  }
}).observe(document, { childList: true, subtree: true });
"""
FOCUSED = "() => document.activeElement.matches('a, button, input, select') ? document.activeElement.textContent : ''"


@pytest.fixture
def page(browser: Browser, hub: Hub) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(HEAR)
    page = context.new_page()
    hub.operator(ME, state="off")
    page.goto(f"{hub.url}/console")
    expect(page.get_by_text("Eva Lind")).to_be_visible()
    yield page
    context.close()


def tab_to(page: Page, name: str) -> None:
    """By Tab, as far as it takes."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{name} can't be reached by Tab")


def spoken(page: Page) -> list[str]:
    """What was spoken since the last time."""
    said: list[str] = page.evaluate("() => window.spoken.splice(0)")
    return said


def hears(page: Page, *expected: str) -> None:
    """What was spoken since the last time, in this order, and nothing else new.

    As a dialog opens or closes, what was said just before is said again: its words may have been cut off.
    """
    said = spoken(page)
    rest = iter(said)
    assert all(one in rest for one in expected), said
    assert set(said) <= {*page.evaluate("window.heard"), *expected}, said
    page.evaluate("said => window.heard.push(...said)", said)


def connects_who_was_found_by_what_she_does(hub: Hub, page: Page) -> None:
    offer(hub, page, "n1-1")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.type("anna")
    page.keyboard.press("Enter")
    hub.wait_for("transfer")
    hub.update("n1-1", state="connected", operator="", legs=[leg(2, "person", "Anna Berg", "46370331211")])
    expect(card(page)).to_contain_text("No call")
    hub.gone("n1-1")
    hears(
        page,
        "Call. Gnosjö kommun. 070-174 06 05",
        "Transferring to Anna Berg",
        "Connected with Anna Berg",
    )


def asks_first_and_joins(hub: Hub, page: Page) -> None:
    offer(hub, page, "n1-2", "tana")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.type("bjørk")
    page.keyboard.press("Shift+Enter")
    hub.wait_for("consult")
    hub.update("n1-2", legs=[leg(2, "person", "Anne Bjørkli", "4746400221", "up")])
    expect(card(page)).to_contain_text("Anne Bjørkli is on the line")
    page.keyboard.press("F2")
    hub.wait_for("complete")
    expect(card(page)).to_contain_text("No call")
    hub.gone("n1-2")
    hears(
        page,
        "Call. Deanu gielda / Tana kommune. +46 70 174 06 05",
        "Ringing Anne Bjørkli",
        "Anne Bjørkli answers",
        "Connected with Anne Bjørkli",
    )


def holds_parks_fetches_and_leaves_a_message(hub: Hub, page: Page) -> None:
    offer(hub, page, "n1-3")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    for key, do in [("F8", "hold"), ("F8", "resume"), ("F9", "park"), ("F9", "fetch")]:
        page.keyboard.press(key)
        hub.wait_for(do)
        expect(card(page)).to_contain_text("In the call" if do in ("resume", "fetch") else "No call")
    page.keyboard.press("Escape")
    page.keyboard.type("anna")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("May she build a balcony?")
    page.keyboard.press("Control+Enter")
    hub.wait_for("message")
    expect(page.locator(".notice")).to_contain_text("Message left")
    page.keyboard.press("F4")
    hub.wait_for("hangup")
    expect(card(page)).to_contain_text("No call")
    hears(
        page,
        "Call. Gnosjö kommun. 070-174 06 05",
        "Held",
        "Back with 070-174 06 05",
        "Parked",
        "Back with 070-174 06 05",
        "Message left: Anna Berg",
        "Call ended",
    )


def reads_a_notice(hub: Hub, page: Page) -> None:
    hub.notice("n5", "Brev om avlopp")
    expect(page.get_by_text("Brev om avlopp")).to_be_visible()
    page.keyboard.press("Control+Shift+F9")
    page.keyboard.press("Enter")
    assert hub.wait_for("acknowledge")["notice"] == "n5"
    expect(page.get_by_role("dialog").get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def tells_a_number_goes_to_who_covers_and_promises(hub: Hub, page: Page) -> None:
    offer(hub, page, "n1-5")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.type("anna")
    page.keyboard.press("Control+F2")
    expect(page.locator(".told-number")).to_have_text("0370-33 12 11")
    page.keyboard.press("Control+F9")
    page.keyboard.type("About the shed")
    page.keyboard.press("Control+F9")
    assert hub.wait_for("call-back")["person"] == "p11"
    expect(page.get_by_role("form")).to_have_count(0)
    page.keyboard.press("Control+Shift+F2")
    expect(page.get_by_role("heading", name="Bo Anundsson")).to_be_visible()
    hub.asked.clear()
    page.keyboard.press("Enter")
    assert hub.wait_for("transfer")["to"] == "p12"
    expect(card(page)).to_contain_text("Bo Anundsson rings")
    hub.gone("n1-5")
    expect(card(page)).to_contain_text("No call")
    hears(
        page,
        "Call. Gnosjö kommun. 070-174 06 05",
        "Anna Berg: 0370-33 12 11",
        "Promised: Anna Berg rings back",
        "Chosen instead: Bo Anundsson",
        "Transferring to Bo Anundsson",
        "Call ended",
    )


def enters_a_colleague_as_away(hub: Hub, page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.type("anna")
    page.keyboard.press("Control+F8")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("Mee")
    page.keyboard.press("Control+Enter")
    assert hub.wait_for("absent")["reason"] == "meeting"
    expect(page.locator("#search")).to_be_focused()
    hears(page, "Anna Berg is entered as away")


def comes_as_reinforcement(hub: Hub, page: Page) -> None:
    hub.operator(ME, asked=[{"organisation": "tana", "name": "Tana", "since": 1}])
    expect(page.get_by_role("banner")).to_contain_text("Can you come?")
    page.keyboard.press("Control+Shift+F8")
    expect(page.get_by_role("button", name="I'm coming").last).to_be_focused()
    page.keyboard.press("Enter")
    assert hub.wait_for("join_surge")["organisation"] == "tana"
    expect(page.get_by_role("dialog")).to_be_hidden()
    hears(page, "Reinforcement is called for: Tana. Can you come?", "You come as reinforcement.")


def lunches_and_goes_home(hub: Hub, page: Page) -> None:
    hub.refuse = Refusal("forbidden")
    page.keyboard.press("Shift+F4")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Relieved by")).to_be_focused()
    hub.refuse = None
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    asked = hub.wait_for("pause")
    assert (asked["reason"], asked["relief"]) == ("lunch", "o2")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Shift+F4")
    expect(page.get_by_role("banner")).to_contain_text("Ready")
    hub.call("n1-4", state="parked", parked_by=ME)
    expect(page.get_by_role("region", name="Parked")).to_contain_text("Mine")
    tab_to(page, "Settings")
    page.keyboard.press("Enter")
    tab_to(page, "Log out")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="You still have calls")).to_be_visible()
    tab_to(page, "Hand over and log off")
    page.keyboard.press("Enter")
    hub.wait_for("log_out")
    expect(page.get_by_text("Logged out")).to_be_visible()
    assert [one["do"] for one in hub.asked][-3:] == ["ready", "log_off", "log_out"]


def test_a_day_by_keyboard_alone(hub: Hub, page: Page) -> None:
    bo = {"id": "p12", "name": "Bo Anundsson", "number": "46370331212", "presence": HERE}
    hub.directory.cards["p11"] = {"same_function": [bo]}
    page.keyboard.press("Shift+F4")
    hub.wait_for("ready")
    expect(page.get_by_role("banner")).to_contain_text("Ready")
    hears(page, "Ready")
    connects_who_was_found_by_what_she_does(hub, page)
    asks_first_and_joins(hub, page)
    holds_parks_fetches_and_leaves_a_message(hub, page)
    reads_a_notice(hub, page)
    tells_a_number_goes_to_who_covers_and_promises(hub, page)
    enters_a_colleague_as_away(hub, page)
    comes_as_reinforcement(hub, page)
    lunches_and_goes_home(hub, page)
