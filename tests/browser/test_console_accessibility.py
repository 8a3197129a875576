# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""WCAG 2.2 AA in every state of the page, by axe-core; in light and dark, in a narrow window, in each language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.barriers import FOUR_HUNDRED_PERCENT, violations
from tests.browser.hub import ME, Hub, Refusal, leg
from tests.browser.keypad import keypad
from tests.browser.states import BREAKS, FINDING, SUPERVISION, TELEPHONE
from tests.browser.test_console_finding import away, person
from tests.browser.test_console_keys import card, offer, talk, urgent

LANGUAGES = ["sv", "nb", "da", "en"]


def off(hub: Hub, page: Page) -> None:
    hub.operator(ME, state="off")
    expect(page.get_by_role("banner")).to_contain_text("Logged off")


def paused(hub: Hub, page: Page) -> None:
    hub.operator(ME, state="paused", reason="lunch")
    expect(page.get_by_role("banner")).to_contain_text("Pause: Lunch")


def full(hub: Hub, page: Page) -> None:
    hub.call("n1-2", "tana", offered_to=["o2"])
    hub.call("n1-3", state="held", held_by="o2", operator="o2")
    hub.call("n1-4", "tana", state="held", held_by=ME, operator=ME)
    hub.call("n1-5", state="parked", parked_by="o2")
    offer(hub, page)


def searching(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("an")
    expect(page.get_by_role("listbox", name="Results")).to_be_visible()


def nothing_found(hub: Hub, page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.type("xyz")
    expect(page.get_by_text("Nothing found")).to_be_visible()


def consulting(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.update("n1-1", state="consulting", legs=[leg(2, "person", "Anna Berg", "46370331211", "up")])
    expect(card(page)).to_contain_text("is on the line")


def writing(hub: Hub, page: Page) -> None:
    searching(hub, page)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Write what it is about.")).to_be_visible()
    page.keyboard.press("Shift+F8")
    expect(page.get_by_label("Note on this call")).to_be_visible()


def refused(hub: Hub, page: Page) -> None:
    hub.refuse = Refusal("taken", by="o2")
    offer(hub, page)
    page.keyboard.press("F2")
    expect(urgent(page)).to_contain_text("Liv Mo")


def helped(hub: Hub, page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def asked_why(hub: Hub, page: Page) -> None:
    page.keyboard.press("Shift+F4")
    expect(page.get_by_role("dialog")).to_be_visible()


def logged_out(hub: Hub, page: Page) -> None:
    hub.token, hub.logged_in = "another", False
    hub.drop()
    expect(page.get_by_role("link", name="Log in again in a new tab")).to_be_visible()


def setting(hub: Hub, page: Page) -> None:
    page.get_by_role("button", name="Settings").press("Enter")
    expect(page.get_by_role("dialog", name="Settings")).to_be_visible()


def leaving(hub: Hub, page: Page) -> None:
    hub.call("n1-4", "tana", state="held", held_by=ME, operator=ME)
    page.get_by_role("button", name="Log off the queue").press("Enter")
    expect(page.get_by_role("dialog", name="You still have calls")).to_be_visible()


def listened_to(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.update("n1-1", listened_by=["o2"])
    expect(page.get_by_role("banner")).to_contain_text("Liv Mo is listening in")


def transferring(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("Anna Berg rings")


def dialling(hub: Hub, page: Page) -> None:
    legs = [leg(2, "person", "Anna Berg", "46370331211", "ringing")]
    reason = {"code": "outgoing", "clause": "", "text": "", "person": ""}
    hub.call(
        "n1-1", state="dialling", direction="out", operator=ME, legs=legs, waiting_since=None, reason=reason, path=[]
    )
    expect(card(page)).to_contain_text("Called")


def lost(hub: Hub, page: Page) -> None:
    hub.go_away()
    expect(page.get_by_role("banner")).to_contain_text("Connection lost")


def not_an_operator(hub: Hub, page: Page) -> None:
    hub.forbidden = True
    hub.drop()
    expect(page.get_by_role("banner")).to_contain_text("but not as an operator")


def phone_lost(hub: Hub, page: Page) -> None:
    hub.operator(ME, phone_registered=False)
    expect(page.get_by_role("banner")).to_contain_text("isn't connected")


def promising(hub: Hub, page: Page) -> None:
    searching(hub, page)
    page.keyboard.press("Control+F9")
    expect(page.get_by_role("form", name="Promise to ring back")).to_be_visible()


def absent(hub: Hub, page: Page) -> None:
    searching(hub, page)
    page.keyboard.press("Control+F8")
    expect(page.get_by_label("Reason")).to_be_visible()


def noticing(hub: Hub, page: Page) -> None:
    hub.notice(
        "n5", "Brev om avlopp", text="Till alla i Hestra.", answer="Inventeringen görs i maj.", link="https://a.example"
    )
    hub.notice("n6", "Badhuset stängt", unread_by=["o2"])
    expect(page.get_by_text("Badhuset stängt")).to_be_visible()
    page.keyboard.press("Control+Shift+F9")
    expect(page.get_by_role("dialog", name="Notices")).to_be_visible()


def asked_to_come(hub: Hub, page: Page) -> None:
    hub.operator(ME, asked=[{"organisation": "tana", "name": "Tana", "since": 1}])
    expect(page.get_by_role("banner")).to_contain_text("Can you come?")
    page.keyboard.press("Control+Shift+F8")
    expect(page.get_by_role("dialog")).to_be_visible()


def second_layer(hub: Hub, page: Page) -> None:
    keypad(page, ",,")
    expect(page.get_by_role("complementary")).to_contain_text("Settings")


def nothing(hub: Hub, page: Page) -> None:
    pass


STATES = [
    nothing,
    off,
    paused,
    full,
    searching,
    nothing_found,
    consulting,
    writing,
    refused,
    helped,
    asked_why,
    logged_out,
    setting,
    leaving,
    listened_to,
    transferring,
    dialling,
    lost,
    not_an_operator,
    phone_lost,
    promising,
    absent,
    noticing,
    asked_to_come,
    second_layer,
    *SUPERVISION,
    *BREAKS,
    *TELEPHONE,
    *FINDING,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_state_of_the_page_has_a_barrier(state: Callable[[Hub, Page], None], hub: Hub, page: Page) -> None:
    state(hub, page)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, ["color-contrast"]) == [], "in dark"
    page.set_viewport_size(FOUR_HUNDRED_PERCENT)
    assert violations(page) == [], "at 400 % of a 1280 pixel window"
    assert page.evaluate("document.documentElement.scrollWidth <= 320"), "it must not have to be scrolled sideways"


LOOK = """(element, [property, before]) => getComputedStyle(element, before || null).getPropertyValue(property)"""


def test_in_forced_colours_nothing_is_told_by_colour_alone(hub: Hub, page: Page) -> None:
    page.emulate_media(forced_colors="active")

    def look(what: Locator, what_of_it: str, before: str = "") -> str:
        return str(what.evaluate(LOOK, [what_of_it, before]))

    hub.directory.person("p12", presence=away())
    full(hub, page)
    offered, waiting = page.locator(".row[data-offered=true]"), page.locator(".list-queue .row[data-offered=false]")
    assert (look(offered, "outline-style"), look(waiting, "outline-style")) == ("solid", "none")
    primary = page.get_by_role("button", name="Answer Gnosjö kommun")
    assert look(primary, "border-top-width") > look(page.locator(".row-open").first, "border-top-width")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.type("an")
    expect(person(page)).to_contain_text("Here")
    chosen, other = (page.locator(f".result[aria-selected={value}]").first for value in ("true", "false"))
    assert (look(chosen, "outline-style"), look(other, "outline-style")) == ("solid", "none")
    here, gone = (page.locator(f".result-state[data-here={value}]").first for value in ("true", "false"))
    canvas = look(page.locator("body"), "background-color")
    assert look(here, "background-color", "::before") not in (look(gone, "background-color", "::before"), canvas)
    page.keyboard.press("Control+F2")
    told, ask = page.locator("[aria-pressed=true]"), page.get_by_role("button", name="Ask first")
    expect(told).to_be_visible()
    assert look(told, "background-color") != look(ask, "background-color")
    for focused in (page.locator("#search"), told, ask, page.get_by_role("switch"), page.locator(".bar a")):
        # The focus is drawn only where it came by a key.
        page.keyboard.press("Shift")
        focused.focus()
        assert look(focused, "outline-style") == "solid"
    assert violations(page) == []
    helped(hub, page)
    disabled = page.get_by_role("button", name="All keys as they were at first")
    assert look(disabled, "opacity") == "1"
    assert look(disabled, "color") != look(page.get_by_role("button", name="Close"), "color")


def test_who_wants_no_motion_gets_none(hub: Hub, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    helped(hub, page)
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_the_operators_language(language: str, hub: Hub, open_page: Any) -> None:
    hub.language = language
    page = open_page(hub)
    expect(page.locator("html")).to_have_attribute("lang", language)
    words = {"sv": "Ingen väntar", "nb": "Ingen venter", "da": "Ingen venter", "en": "Nobody is waiting"}
    expect(page.locator(".list-queue")).to_contain_text(words[language])
    assert violations(page) == []


def test_the_page_tells_what_it_is_in_a_tree_that_can_be_heard(hub: Hub, page: Page) -> None:
    offer(hub, page)
    expect(page.get_by_role("region", name="My call")).to_match_aria_snapshot("""
      - region "My call":
        - heading "My call" [level=2]
        - article:
          - paragraph: Gnosjö kommun New call
          - paragraph: Välkommen till Gnosjö kommun
          - term: Caller
          - definition: 070-174 06 05
          - term: Waiting
          - definition
          - term: Why here
          - definition: Main number
          - button "Answer"
    """)
    expect(page.get_by_role("region", name="Queue")).to_match_aria_snapshot("""
      - region:
        - heading "Queue 1" [level=2]
        - list:
          - listitem:
            - paragraph: 070-174 06 05
            - paragraph:
              - text: Gnosjö kommun Swedish
              - time
            - paragraph: Välkommen till Gnosjö kommun
            - paragraph: Main number
            - paragraph: For you
            - button "Answer Gnosjö kommun, 070-174 06 05"
            - button "More 070-174 06 05"
    """)


IN_SIGHT = """element => {
  const { top, bottom, left } = element.getBoundingClientRect();
  const there = document.elementFromPoint(left + 5, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && (element.contains(there) || there.contains(element));
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_400_percent_an_offered_call_is_seen_with_its_key_and_the_search_is_reached(
    language: str, hub: Hub, open_page: Any
) -> None:
    hub.language = language
    page = open_page(hub, viewport=FOUR_HUNDRED_PERCENT)
    expect(page.get_by_text("Eva Lind")).to_be_visible()
    hub.call("n1-1", "tana", offered_to=[ME])
    hub.follow()
    for part in (".who", ".call-organisation", ".welcome", ".caller-name", ".fact-reason dd", ".call .actions button"):
        expect(page.locator(part)).to_be_visible()
        assert page.locator(part).evaluate(IN_SIGHT), part
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_focused()
    assert page.locator("#search").evaluate(IN_SIGHT)
    assert page.locator(".who[data-state=offered]").evaluate(IN_SIGHT), "that a call is offered is seen there, too"


def test_at_400_percent_the_bar_is_unfolded_by_key(hub: Hub, open_page: Any) -> None:
    page = open_page(hub, viewport=FOUR_HUNDRED_PERCENT)
    more = page.get_by_role("banner").get_by_role("button", name="More")
    expect(page.get_by_role("button", name="Settings")).to_have_count(0)
    more.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(more).to_be_focused()
    for name in ("Pause", "Log off the queue", "Settings", "Keys"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= 320")
