# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a screen reader and a braille line are given of the lists, and of what belongs to a call or a search."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.directory import HERE
from tests.browser.hub import ME, ORGANISATIONS, Hub, operator
from tests.browser.states import caller_known, concerned, promises_owed
from tests.browser.test_console_day import HEAR, spoken
from tests.browser.test_console_finding import away, find
from tests.browser.test_console_keys import results, talk

CELLS = 40
"""Of a usual braille line."""


@pytest.fixture
def page(page: Page) -> Page:
    """Everything that is spoken from now on is kept."""
    page.evaluate(HEAR)
    return page


def test_an_opened_row_of_the_queue(hub: Hub, page: Page) -> None:
    caller_known(hub, page)
    expect(page.get_by_role("region", name="Queue")).to_match_aria_snapshot("""
      - region "Queue 1":
        - list:
          - listitem:
            - paragraph: "+46 70 174 06 05"
            - paragraph:
              - text: Deanu gielda / Tana kommune Norwegian
              - time
            - paragraph: Velkommen til Tana kommune
            - paragraph: Main number
            - paragraph: 1 promise · 2 earlier today
            - button "More +46 70 174 06 05" [expanded]
            - group "Promised to be rung back":
              - heading "Promised to be rung back" [level=3]
              - list:
                - listitem:
                  - strong: Anna Berg
                  - text: /promised by .* · Altan/
                  - button "Done Anna Berg"
            - group "Earlier today":
              - heading "Earlier today" [level=3]
              - list:
                - listitem
                - listitem
            - heading "The way here" [level=3]
            - list:
              - listitem:
                - time
                - text: Arrived
              - listitem:
                - time
                - text: Heard the welcome
    """)
    said = spoken(page)
    assert said[0] == "Call. Gnosjö kommun. 070-174 06 05"
    assert len(said) == 2, "what is known of my own caller is said once, and nothing of a row that is opened"


def test_my_promises(hub: Hub, page: Page) -> None:
    promises_owed(hub, page)
    expect(page.get_by_role("region", name="I have promised to ring")).to_match_aria_snapshot("""
      - region "I have promised to ring 2":
        - heading "I have promised to ring 2" [level=2]
        - list:
          - listitem:
            - paragraph:
              - text: Nils Ek
              - strong: overdue
              - time
            - paragraph: 0370-12 34 56
            - paragraph: Altan
            - button "Ring Nils Ek"
            - button "Done Nils Ek"
          - listitem:
            - paragraph:
              - text: 0370-12 34 56
              - time
            - button "Ring 0370-12 34 56"
            - button "Done 0370-12 34 56"
    """)


def test_what_concerns_a_search(hub: Hub, page: Page) -> None:
    concerned(hub, page)
    expect(page.get_by_role("region", name="Concerns this")).to_match_aria_snapshot("""
      - region "Concerns this":
        - heading "Concerns this" [level=3]
        - article:
          - heading "Brev om avlopp" [level=4]
          - paragraph: Gnosjö kommun · Expected calls
          - paragraph: "Answer: Inventeringen görs i maj."
          - button "I have read it Brev om avlopp"
        - article:
          - heading "Vad kostar bygglov?" [level=4]
          - paragraph: "Answer: Se taxan."
    """)
    assert spoken(page) == ["Notice: Brev om avlopp. Vad kostar bygglov?"]


def test_who_covers(hub: Hub, page: Page) -> None:
    bo = {"id": "p12", "name": "Bo Anundsson", "number": "46370331212", "presence": HERE}
    eva = {"id": "p13", "name": "Eva Ny", "number": "46370331213", "presence": {**HERE, "here": False}}
    hub.directory.person("p11", presence=away())
    hub.directory.cards["p11"] = {"same_function": [bo, eva]}
    talk(hub, page)
    find(page, "anna")
    covering = page.get_by_role("region", name="Same function")
    expect(covering).to_match_aria_snapshot("""
      - region "Same function":
        - heading "Same function" [level=3]
        - button "Next who covers"
        - list:
          - listitem:
            - button "Bo Anundsson Here"
          - listitem: Eva Ny Away
    """)
    spoken(page)
    page.keyboard.press("Control+Shift+F2")
    expect(page.get_by_role("heading", name="Bo Anundsson")).to_be_visible()
    assert spoken(page) == ["Chosen instead: Bo Anundsson"]


def begins(row: Locator) -> str:
    """What a braille line shows of a row."""
    return " ".join((row.text_content() or "").split())[:CELLS]


def test_each_row_tells_its_difference_within_a_braille_line(hub: Hub, page: Page) -> None:
    caller = {"number": "4790000001", "name": "Kari Nordmann", "internal": False}
    hub.call("n1-2", caller=caller, offered_to=["o2"])
    for id_, over in [("n1-3", {"state": "held", "held_by": ME}), ("n1-4", {"state": "parked", "parked_by": "o2"})]:
        hub.call(id_, "tana", caller=caller, **over)
    hub.set("operators", "o3", operator("o3", "Karin Ek", state="paused", reason="lunch"))
    for title in ("Queue", "Held", "Parked"):
        row = page.get_by_role("region", name=title).get_by_role("listitem").first
        expect(row).to_contain_text("Kari Nordmann")
        assert begins(row).startswith("Kari Nordmann"), title
    assert "Gnosjö kommun" in begins(page.get_by_role("region", name="Queue").get_by_role("listitem").first)
    assert (
        begins(page.get_by_role("region", name="Colleagues").get_by_role("listitem").first)
        == "Karin Ek Pause: Lunch 0:00"
    )
    page.keyboard.press("Escape")
    find(page, "anna")
    assert begins(results(page).first).startswith("Anna Berg Here 0370-33 12 11")
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    page.get_by_role("button", name="Supervision").press("Enter")
    option = page.get_by_role("listbox", name="All calls").get_by_role("option").first
    assert "waits" in begins(option)
    assert begins(option).startswith("Kari Nordmann")
    assert begins(page.get_by_role("listbox", name="Operators").get_by_role("option", name="Karin Ek")).startswith(
        "Karin Ek"
    )
