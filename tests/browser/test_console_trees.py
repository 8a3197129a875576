# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a screen reader is given in each state of a call and in each form and dialog: names, roles, and what is spoken in its order."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hub import ME, Hub, Refusal, leg
from tests.browser.states import talking_alone, talking_while_muted
from tests.browser.test_console_accessibility import dialling
from tests.browser.test_console_day import HEAR, hears, spoken
from tests.browser.test_console_keys import card, offer, polite, results

OFFERED = "Call. Gnosjö kommun. 070-174 06 05"


@pytest.fixture
def page(page: Page) -> Page:
    """Everything that is spoken from now on is kept."""
    page.evaluate(HEAR)
    return page


def talk(hub: Hub, page: Page) -> None:
    offer(hub, page)
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")


def find(page: Page, words: str = "anna") -> None:
    page.keyboard.type(words)
    expect(results(page).first).to_be_visible()
    expect(page.get_by_role("heading", name="Anna Berg")).to_be_visible()


def test_connected(hub: Hub, page: Page) -> None:
    talk(hub, page)
    expect(card(page)).to_match_aria_snapshot("""
      - region "My call":
        - heading "My call" [level=2]
        - article:
          - paragraph: Gnosjö kommun
          - paragraph: Välkommen till Gnosjö kommun
          - term: Caller
          - definition: 070-174 06 05
          - term: Waited
          - definition
          - term: In the call
          - definition
          - term: Why here
          - definition: Main number
          - button "Hold"
          - button "Park"
          - button "Note"
          - button "Promise to ring back"
          - button "End"
    """)
    assert spoken(page) == [OFFERED]


def test_the_next_of_the_queue(hub: Hub, page: Page) -> None:
    hub.call("n1-1", offered_to=["o2"])
    expect(card(page)).to_match_aria_snapshot("""
      - region "My call":
        - paragraph: No call
        - paragraph: 1 is waiting
        - button "Answer next"
    """)
    page.keyboard.press("F2")
    expect(card(page).get_by_role("button", name="Hold")).to_be_visible()
    assert spoken(page) == [OFFERED]


def test_dialling_out(hub: Hub, page: Page) -> None:
    dialling(hub, page)
    expect(card(page)).to_match_aria_snapshot("""
      - region "My call":
        - article:
          - paragraph: Gnosjö kommun
          - term: Called
          - definition
          - term: In the call
          - definition
          - term: Why here
          - definition: /.+/
          - button "Note"
          - button "Promise to ring back"
          - button "End"
    """)
    hub.update("n1-1", state="connected", legs=[leg(2, "person", "Anna Berg", "46370331211")])
    expect(card(page).get_by_role("button", name="Hold")).to_be_visible()
    assert spoken(page) == ["Ringing 070-174 06 05"]


def test_muted(hub: Hub, page: Page) -> None:
    talking_while_muted(hub, page)
    expect(card(page)).to_match_aria_snapshot("""
      - region "My call":
        - article:
          - button "Hold"
          - button "Unmute"
          - button "End"
    """)
    expect(page.get_by_role("banner")).to_match_aria_snapshot("""
      - banner:
        - paragraph: /microphone is off/
        - button "Unmute"
    """)
    page.evaluate(HEAR)
    page.keyboard.press("Shift+F2")
    expect(card(page).get_by_role("button", name="Mute", exact=True)).to_be_visible()
    page.keyboard.press("Shift+F2")
    expect(card(page).get_by_role("button", name="Unmute")).to_be_visible()
    assert spoken(page)[:2] == ["Microphone on", "Microphone off"]


def test_a_call_at_the_telephone_alone(hub: Hub, page: Page) -> None:
    page.add_init_script(HEAR)
    talking_alone(hub, page)
    expect(card(page)).to_match_aria_snapshot("""
      - region "My call":
        - heading "My call" [level=2]
        - article:
          - paragraph: On the telephone only
          - term: Caller
          - definition: 070-174 06 05 · is on the line
          - paragraph: "The console isn't in this call: it can be answered, muted and ended, not held or connected."
          - button "Mute"
          - button "End"
    """)
    page.keyboard.press("F4")
    expect(polite(page)).to_have_text("Call ended")
    said = spoken(page)
    assert said[said.index("Call. On the telephone only. 070-174 06 05") :] == [
        "Call. On the telephone only. 070-174 06 05",
        "Call ended",
    ]


def test_consulting(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find(page)
    page.keyboard.press("Shift+Enter")
    expect(card(page)).to_match_aria_snapshot("""
      - region "My call":
        - article:
          - paragraph:
            - strong: Anna Berg
            - text: rings · The caller hears music
          - button "Join them"
          - button "Back to the caller"
    """)
    hub.update("n1-1", legs=[leg(2, "person", "Anna Berg", "46370331211", "up", "p11")])
    expect(card(page)).to_match_aria_snapshot("""
      - region "My call":
        - article:
          - paragraph:
            - strong: Anna Berg
            - text: is on the line · The caller hears music
          - button "Join them"
          - button "Back to the caller"
    """)
    hub.update("n1-1", state="held", held_by=ME, legs=[])
    expect(card(page)).to_contain_text("No call")
    assert spoken(page) == [OFFERED, "Ringing Anna Berg", "Anna Berg answers", "No answer. The caller is held."]


def test_transferring(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find(page)
    page.keyboard.press("Enter")
    expect(card(page)).to_match_aria_snapshot("""
      - region "My call":
        - article:
          - paragraph:
            - strong: Anna Berg
            - text: rings · The caller hears music
          - button "Take the call back"
    """)
    reason = {"code": "returned", "clause": "", "text": "", "person": "Anna Berg"}
    hub.update("n1-1", state="waiting", operator="", offered_to=[ME], reason=reason, legs=[])
    expect(card(page)).to_contain_text("New call")
    said = spoken(page)
    assert said[:2] == [OFFERED, "Transferring to Anna Berg"]
    assert sorted(said[2:]) == ["Back from Anna Berg", OFFERED], "two places, of which the urgent one is heard first"


def test_telling_the_number(hub: Hub, page: Page) -> None:
    hub.directory.cards["p11"] = {"tell_number": "46370331300"}
    talk(hub, page)
    find(page)
    page.keyboard.press("Control+F2")
    expect(page.get_by_role("search", name="Search")).to_match_aria_snapshot("""
      - search "Search":
        - combobox "Name, task, unit or number" [expanded]: anna
        - listbox "Results":
          - option /Anna Berg Here/ [selected]
        - status: 1 result
        - region "Anna Berg":
          - heading "Anna Berg" [level=2]
          - paragraph: Here
          - paragraph: 0370-33 13 00
          - button "Connect"
          - button "Ask first"
          - button "Message"
          - button "Tell the number" [pressed]
    """)
    assert spoken(page) == [OFFERED, "Anna Berg: 0370-33 13 00"]


def test_the_settings(hub: Hub, page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Settings").press("Enter")
    settings = page.get_by_role("dialog")
    expect(settings.get_by_role("heading", name="Settings")).to_be_focused()
    expect(settings).to_match_aria_snapshot("""
      - dialog "Settings":
        - heading "Settings" [level=2]
        - region "Telephone":
          - heading "Telephone" [level=3]
          - combobox "Ring at":
            - option "The system's choice" [selected]
          - checkbox "Ring sound" [checked]
          - button "Ring once"
        - group "What is spoken of calls":
          - paragraph: For screen readers and braille. Refusals and troubles are always spoken.
          - radio "Nothing"
          - 'radio "Briefly: municipality and caller" [checked]'
          - 'radio "In full: with why the call is here, and queue"'
        - group "Appearance":
          - radio "As the system" [checked]
          - radio "Light"
          - radio "Dark"
        - paragraph:
          - button "Log out"
        - paragraph:
          - button "Close"
    """)


def test_held_and_parked(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("F8")
    expect(page.get_by_role("region", name="Held")).to_match_aria_snapshot("""
      - region "Held 1":
        - heading "Held 1" [level=2]
        - list:
          - listitem:
            - paragraph: Mine
            - button /Take back.* 070-174 06 05/
    """)
    page.keyboard.press("F8")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.press("F9")
    expect(page.get_by_role("region", name="Parked")).to_match_aria_snapshot("""
      - region "Parked 1":
        - heading "Parked 1" [level=2]
        - list:
          - listitem:
            - paragraph: Mine
            - button /Fetch.* 070-174 06 05/
    """)
    assert spoken(page) == [OFFERED, "Held", "Back with 070-174 06 05", "Parked"]


def test_a_message(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("form", name="Message to Anna Berg")).to_match_aria_snapshot("""
      - form "Message to Anna Berg · Samhällsbyggnad":
        - heading "Message to Anna Berg · Samhällsbyggnad" [level=3]
        - text: Who called
        - textbox "Who called"
        - text: Number
        - textbox "Number": 070-174 06 05
        - text: Matter
        - paragraph: Not the personal identity number.
        - textbox "Matter"
        - checkbox "Wants to be called back" [checked]
        - text: Wants to be called back Promised by
        - textbox "Promised by"
        - button "Send"
        - button "Close"
    """)
    matter = page.get_by_role("textbox", name="Matter")
    expect(matter).to_be_focused()
    expect(matter).to_have_accessible_description("Not the personal identity number.")
    page.keyboard.press("Control+Enter")
    expect(matter).to_have_accessible_description("Not the personal identity number. Write what it is about.")
    page.keyboard.type("Altan")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("form")).to_have_count(0)
    assert spoken(page) == [OFFERED, "Message left: Anna Berg"]


def test_a_note(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("Shift+F8")
    expect(page.get_by_role("form", name="Note")).to_match_aria_snapshot("""
      - form "Note":
        - text: Note on this call
        - textbox "Note on this call"
        - button "Save"
        - button "Close"
    """)
    page.keyboard.type("Rings at two")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("form")).to_have_count(0)
    assert spoken(page) == [OFFERED, "Note saved"]


def test_a_promise(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find(page)
    page.keyboard.press("Control+F9")
    expect(page.get_by_role("form", name="Promise to ring back")).to_match_aria_snapshot("""
      - form "Promise to ring back":
        - heading "Promise to ring back" [level=3]
        - group "Who rings back?":
          - radio "Anna Berg" [checked]
          - radio "I do"
        - text: Number
        - textbox "Number": 070-174 06 05
        - text: Promised by
        - textbox "Promised by"
        - text: Matter
        - paragraph: Not the personal identity number.
        - textbox "Matter"
        - button "Promise"
        - button "Close"
    """)
    page.get_by_role("textbox", name="Number").fill("")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("textbox", name="Number")).to_have_accessible_description("Write the number to ring.")
    page.get_by_role("textbox", name="Number").fill("0701740605")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("form")).to_have_count(0)
    assert spoken(page) == [OFFERED, "Promised: Anna Berg rings back"]


def test_an_absence(hub: Hub, page: Page) -> None:
    page.keyboard.press("Escape")
    find(page)
    page.keyboard.press("Control+F8")
    expect(page.get_by_role("form", name="Absence of Anna Berg")).to_match_aria_snapshot("""
      - form "Absence of Anna Berg":
        - heading "Absence of Anna Berg" [level=3]
        - text: Reason
        - combobox "Reason":
          - option "Sick · 1" [selected]
          - option "Meeting · 2"
        - text: How long
        - combobox "How long":
          - option "Half an hour · 1"
          - option "All of today · 4" [selected]
        - text: Back
        - textbox "Back"
        - text: May be told
        - textbox "May be told"
        - button "Save"
        - button "Close"
    """)
    page.keyboard.press("2")
    expect(page.get_by_role("combobox", name="How long")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("form")).to_have_count(0)
    assert spoken(page) == ["Meeting · 2", "Anna Berg is entered as away"]


def test_notices(hub: Hub, page: Page) -> None:
    hub.notice("n5", "Brev om avlopp", text="Till alla i Hestra.", answer="Inventeringen görs i maj.")
    expect(page.get_by_text("Brev om avlopp")).to_be_visible()
    page.keyboard.press("Control+Shift+F9")
    expect(page.get_by_role("dialog")).to_match_aria_snapshot("""
      - dialog "Notices":
        - heading "Notices" [level=2]
        - article:
          - heading "Brev om avlopp" [level=3]
          - paragraph: Gnosjö kommun · Expected calls
          - paragraph: Till alla i Hestra.
          - paragraph: "Answer: Inventeringen görs i maj."
          - button "I have read it Brev om avlopp"
        - paragraph:
          - button "Close"
    """)


def test_the_help(hub: Hub, page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_match_aria_snapshot("""
      - dialog "Keys":
        - heading "Keys" [level=2]
        - paragraph
        - paragraph
        - table:
          - rowgroup:
            - row "What Key Keypad"
          - rowgroup:
            - row:
              - cell "Answer; the next call when none is offered; join while asking"
              - cell:
                - text: F2
                - 'button "Change the key: Answer; the next call when none is offered; join while asking"'
              - cell "+"
        - paragraph:
          - button "All keys as they were at first" [disabled]
        - heading "In the search box" [level=3]
        - table
        - paragraph:
          - button "Close"
    """)
    expect(page.get_by_role("heading", name="Keys")).to_be_focused()
    page.get_by_role("button", name="Change the key: Hold, and take back").press("Enter")
    page.keyboard.press("F9")
    expect(page.get_by_role("button", name="Press the new key: Hold, and take back")).to_be_focused()
    assert spoken(page) == ["Press the new key", "This key already means: Park, and fetch"]


def test_who_relieves(hub: Hub, page: Page) -> None:
    hub.refuse = Refusal("forbidden")
    page.keyboard.press("Shift+F4")
    page.keyboard.press("2")
    expect(page.get_by_role("dialog")).to_match_aria_snapshot("""
      - dialog "Why are you taking a pause?":
        - heading "Why are you taking a pause?" [level=2]
        - paragraph: Your municipality's policy wants somebody in your place. Say who relieves you.
        - text: Relieved by
        - combobox "Relieved by":
          - option "Nobody"
          - option "Liv Mo, In a call · 1" [selected]
        - 'button "Pause: Lunch"'
        - paragraph:
          - button "Close"
    """)
    wanted = "Your municipality's policy wants somebody in your place. Say who relieves you."
    expect(page.get_by_role("combobox", name="Relieved by")).to_have_accessible_description(wanted)
    assert spoken(page) == [wanted]


def test_handing_over(hub: Hub, page: Page) -> None:
    hub.call("n1-3", state="held", held_by=ME)
    expect(page.get_by_role("region", name="Held")).to_contain_text("Mine")
    page.keyboard.press("Control+Shift+F7")
    expect(page.get_by_role("dialog")).to_match_aria_snapshot("""
      - dialog "You still have calls":
        - heading "You still have calls" [level=2]
        - paragraph: One call is held or parked by you.
        - list:
          - listitem: 070-174 06 05, Gnosjö kommun
        - text: Hand them over to
        - combobox "Hand them over to":
          - option "Liv Mo, In a call · 1" [selected]
        - button "Hand over and log off"
        - button "Log off all the same"
        - paragraph:
          - button "Close"
    """)
    page.keyboard.press("Control+Enter")
    hub.wait_for("log_off")
    expect(page.get_by_role("dialog")).to_be_hidden()
    hears(page, "Logged off", "Handed over to Liv Mo")


@pytest.mark.clause("FAL-18")
def test_being_asked_to_come(hub: Hub, page: Page) -> None:
    asked = [
        {"organisation": "tana", "name": "Tana", "since": 1},
        {"organisation": "gnosjo", "name": "Gnosjö", "since": 2},
    ]
    hub.operator(ME, asked=asked)
    expect(page.get_by_role("banner")).to_match_aria_snapshot("""
      - banner:
        - paragraph: "Reinforcement is called for: Tana. Can you come?"
        - button "I'm coming"
        - button "I can't"
    """)
    page.keyboard.press("Control+Shift+F8")
    expect(page.get_by_role("dialog")).to_match_aria_snapshot("""
      - 'dialog "Reinforcement is called for: Tana, Gnosjö. Can you come?"':
        - 'heading "Reinforcement is called for: Tana, Gnosjö. Can you come?" [level=2]'
        - list:
          - listitem:
            - 'button "I''m coming: Tana"'
          - listitem:
            - 'button "I can''t: Tana"'
          - listitem:
            - 'button "I''m coming: Gnosjö"'
          - listitem:
            - 'button "I can''t: Gnosjö"'
        - paragraph:
          - button "Close"
    """)
    page.keyboard.press("2")
    assert hub.wait_for("decline_surge")["organisation"] == "tana"
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(2)
    page.keyboard.press("1")
    assert hub.wait_for("join_surge")["organisation"] == "gnosjo"
    expect(page.get_by_role("dialog")).to_be_hidden()
