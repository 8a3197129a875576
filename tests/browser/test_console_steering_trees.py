# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a screen reader is given while a supervisor steers and at the ends of a shift: names, roles, and what is spoken in its order."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hub import ME, ORGANISATIONS, Hub
from tests.browser.states import choosing_a_desk_phone, reminded_of_held
from tests.browser.test_console_day import HEAR, spoken
from tests.browser.test_console_keys import card, polite, talk
from tests.browser.test_console_steering import calls, supervise

LISTENING = "You are listening to Liv Mo, Kari. Nobody hears you."


@pytest.fixture
def page(page: Page) -> Page:
    """Everything that is spoken from now on is kept."""
    page.evaluate(HEAR)
    return page


def test_listening_in_and_taking_over(hub: Hub, page: Page) -> None:
    hub.set("organisations", "tana", {**ORGANISATIONS["tana"], "listening": {"allowed": True, "notice": True}})
    supervise(hub, page)
    calls(page).focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Listen in Kari").press("Enter")
    expect(page.get_by_role("banner")).to_match_aria_snapshot(f"""
      - banner:
        - paragraph: {LISTENING}
        - button "Stop listening"
    """)
    page.get_by_role("banner").get_by_role("button", name="Stop listening").press("Enter")
    expect(polite(page)).to_have_text("You are no longer listening in.")
    page.get_by_role("button", name="Listen in Kari").press("Enter")
    expect(page.get_by_role("banner")).to_contain_text(LISTENING)
    page.get_by_role("button", name="Take over Kari").press("Enter")
    expect(card(page)).to_contain_text("In the call")
    assert spoken(page) == [
        LISTENING,
        "You are no longer listening in.",
        LISTENING,
        "Call. Deanu gielda / Tana kommune. Kari",
    ]


def test_being_listened_to(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.update("n1-1", listened_by=["o2"])
    expect(page.get_by_role("banner")).to_match_aria_snapshot("""
      - banner:
        - paragraph: Liv Mo is listening in
    """)
    hub.update("n1-1", listened_by=[])
    expect(polite(page)).to_have_text("Nobody listens in any more.")
    assert spoken(page)[1:] == ["Liv Mo is listening in", "Nobody listens in any more."]


def test_moving_an_operator_and_telling_all(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    page.get_by_role("listbox", name="Operators").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Change what she serves").press("Enter")
    expect(polite(page)).to_have_text("Changed: Liv Mo")
    page.get_by_role("button", name="Tell all Gnosjö kommun").press("Enter")
    expect(page.get_by_role("dialog")).to_match_aria_snapshot("""
      - 'dialog "Tell all: Gnosjö kommun"':
        - 'heading "Tell all: Gnosjö kommun" [level=2]'
        - text: What they must know
        - textbox "What they must know"
        - button "Send"
        - group "What callers who wait hear":
          - radio "Nothing more" [checked]
          - radio "That many are calling"
          - radio "That a disturbance is known"
          - radio "That a serious event is under way"
        - paragraph:
          - button "Close"
    """)
    expect(page.get_by_role("textbox", name="What they must know")).to_be_focused()
    page.keyboard.type("Burst pipe")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(polite(page)).to_have_text("Told to all at Gnosjö kommun")
    said = [*spoken(page), polite(page).inner_text()]
    assert list(dict.fromkeys(said)) == ["Changed: Liv Mo", "Told to all at Gnosjö kommun"]


def test_a_break_and_ready_again(hub: Hub, page: Page) -> None:
    page.keyboard.press("Shift+F4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("banner")).to_match_aria_snapshot("""
      - banner:
        - paragraph: /Eva Lind Pause. Break/
        - button "Ready"
        - button "Log off the queue"
    """)
    page.keyboard.press("Shift+F4")
    expect(polite(page)).to_have_text("Ready")
    assert list(dict.fromkeys(spoken(page))) == ["Pause: Break", "Ready"]


def test_the_reminder_of_a_held_call(hub: Hub, page: Page) -> None:
    reminded_of_held(hub, page)
    expect(page.get_by_role("banner")).to_match_aria_snapshot("""
      - banner:
        - paragraph: /You hold 070-174 06 05\\. The call goes back to the queue at \\d+.\\d+\\./
        - button "Take back"
    """)
    said = spoken(page)
    page.get_by_role("banner").get_by_role("button", name="Take back").press("Enter")
    expect(card(page)).to_contain_text("In the call")
    assert [words.split(".")[0] for words in said + spoken(page)] == [
        "You hold 070-174 06 05",
        "Back with 070-174 06 05",
    ]


def test_choosing_a_desk_phone(hub: Hub, page: Page) -> None:
    choosing_a_desk_phone(hub, page)
    choice = page.get_by_role("combobox", name="Log on at a desk phone")
    expect(page.get_by_role("region", name="Telephone")).to_match_aria_snapshot("""
      - region "Telephone":
        - heading "Telephone" [level=3]
        - text: Log on at a desk phone
        - combobox "Log on at a desk phone":
          - option "Your own telephone"
          - option "Reception, left"
          - option "Post room" [selected]
        - paragraph: Counts from the next time you log on.
    """)
    expect(choice).to_have_accessible_description("Counts from the next time you log on.")
    page.evaluate(HEAR)
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+F4")
    hub.wait_for("ready", phone="post")
    expect(polite(page)).to_have_text("Ready")
    assert hub.collections["operators"][ME]["state"] == "ready"
    assert spoken(page) == ["Ready"]
