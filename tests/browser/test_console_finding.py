# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding somebody and telling about her, promises, absences, notices and one's own keys: by keyboard alone, heard as well as seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.directory import HERE, Value
from tests.browser.hub import Hub
from tests.browser.test_console_keys import card, polite, results, search_box, talk, urgent


def person(page: Page) -> Locator:
    """The card of whom the search has chosen."""
    return page.locator(".card")


def moment(minutes: int) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def away(minutes: int = 90, reason: str = "meeting") -> Value:
    return {**HERE, "here": False, "reason": reason, "back": moment(minutes)}


def find(page: Page, words: str) -> None:
    page.keyboard.type(words)
    expect(results(page).first).to_be_visible()


@pytest.mark.clause("AAB-8", "AAB-26")
def test_the_card_tells_what_she_does_when_she_is_back_and_who_may_be_asked_instead(hub: Hub, page: Page) -> None:
    hub.directory.person("p11", presence=away())
    hub.directory.cards["p11"] = {
        "unit_path": ["Samhällsbyggnad", "Bygglov"],
        "task_list": ["Bygglov", "Strandskydd"],
        "may_tell": "Är på platsbesök",
        "prefers": "mail",
        "place": "Plan 2",
        "calendar": [
            {"from": moment(-30), "to": moment(90), "state": "busy"},
            {"from": moment(90), "to": moment(300), "state": "free"},
        ],
        "same_function": [
            {"id": "p12", "name": "Bo Anundsson", "number": "46370331212", "presence": HERE},
            {"id": "p13", "name": "Cia Ek", "number": "46370331213", "presence": away()},
        ],
    }
    talk(hub, page)
    find(page, "altan")
    expect(results(page).first).to_contain_text(re.compile(r"Away until .*Meeting"))
    expect(results(page).first).to_contain_text("Search word: altan")
    expect(polite(page)).to_have_text("May be told: Är på platsbesök. Prefers: E-mail")
    row = page.get_by_role("listbox", name="Results").get_by_role("option").first
    expect(row).to_have_accessible_name(
        re.compile(r"^Anna Berg Away until .*\d\d:\d\d 0370-33 12 11 Meeting · Search word: altan Bygglovshandläggare")
    )
    expect(row).to_have_accessible_description(re.compile(r"^May be told: Är på platsbesök\. Prefers: E-mail\. Busy "))
    expect(person(page)).to_contain_text("May be told: Är på platsbesök")
    expect(person(page)).to_contain_text(re.compile(r"Busy \d\d:\d\d–\d\d:\d\d"))
    expect(person(page)).to_contain_text("Samhällsbyggnad › Bygglov")
    expect(person(page)).to_match_aria_snapshot("""
      - region "Anna Berg":
        - heading "Anna Berg" [level=2]
        - paragraph: /Away until .*/
        - paragraph: "May be told: Är på platsbesök"
        - paragraph: /Busy .*/
        - button "Connect"
        - button "Ask first"
        - button "Message"
        - button "Tell the number"
        - button "Absent"
        - term: Number
        - definition: 0370-33 12 11
    """)
    page.keyboard.press("Control+Shift+F2")
    expect(polite(page)).to_have_text("Chosen instead: Bo Anundsson")
    expect(person(page).get_by_role("heading", level=2)).to_have_text("Bo Anundsson")
    expect(search_box(page)).to_be_focused()
    page.keyboard.press("Enter")
    assert hub.wait_for("transfer")["to"] == "p12"


def test_without_the_card_everything_else_works(hub: Hub, page: Page) -> None:
    hub.directory.broken |= {"card", "caller", "matching"}
    talk(hub, page)
    find(page, "anna")
    expect(person(page)).to_contain_text("The rest of the card can't be shown at the moment.")
    expect(card(page)).to_contain_text("Earlier calls can't be shown at the moment.")
    page.keyboard.press("Control+F2")
    expect(urgent(page)).to_contain_text("The rest of the card can't be shown")
    page.keyboard.press("Enter")
    assert hub.wait_for("transfer")["to"] == "p11"


@pytest.mark.clause("AAB-37", "AAB-29")
def test_the_number_that_may_be_given_is_told_and_the_units_wish_can_be_passed_by(hub: Hub, page: Page) -> None:
    hub.directory.cards["p11"] = {
        "tell_number": "46370331300",
        "transfer": {"to": "46370331300", "why": "Bygglov tar alla samtal i gruppen."},
    }
    hub.directory.person("p12", protected=True)
    hub.directory.cards["p12"] = {"tell_number": ""}
    talk(hub, page)
    find(page, "anna")
    expect(person(page).locator(".wish")).to_have_text("Bygglov tar alla samtal i gruppen.")
    expect(polite(page)).to_have_text("Bygglov tar alla samtal i gruppen")
    page.keyboard.press("Control+F2")
    expect(person(page).locator(".told-number")).to_have_text("0370-33 13 00")
    expect(polite(page)).to_have_text("Anna Berg: 0370-33 13 00")
    page.keyboard.press("Control+A")
    find(page, "bo an")
    expect(person(page)).to_contain_text("Protected: tell nobody")
    page.keyboard.press("Control+F2")
    expect(polite(page)).to_have_text("No number of Bo Anundsson may be given. Offer a message.")
    page.keyboard.press("Control+A")
    find(page, "anna")
    page.keyboard.press("Control+Shift+Enter")
    assert hub.wait_for("transfer") == {"do": "transfer", "call": "n1-1", "to": "p11", "exactly": True}


def test_a_group_is_found_and_dialled_by_its_number(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find(page, "kontakt")
    expect(results(page).first).to_contain_text("Group")
    page.keyboard.press("Enter")
    assert hub.wait_for("transfer")["to"] == "46370331300"


@pytest.mark.clause("GNO-6", "GNO-9", "TAN-5")
def test_what_is_known_of_the_caller_stands_beside_the_call_and_a_promise_takes_one_key(hub: Hub, page: Page) -> None:
    hub.directory.callers["n1-1"] = {
        "earlier": [
            {
                "id": "n1-0",
                "at": moment(-60),
                "dialled": "46370331211",
                "reason": "no_answer",
                "outcome": "answered",
                "person": "Anna Berg",
                "operator_name": "Liv Mo",
            }
        ],
        "promises": [
            {"id": 7, "to_name": "Anna Berg", "matter": "Altan", "promised_at": moment(30), "taken_at": moment(-60)}
        ],
    }
    talk(hub, page)
    expect(card(page).get_by_role("group", name="Promised to be rung back")).to_contain_text("Anna Berg")
    expect(card(page).get_by_role("group", name="Earlier today")).to_contain_text("answered: Anna Berg, Liv Mo")
    expect(polite(page)).to_have_text("Promised to be rung back. Rang once before today")
    page.keyboard.press("Control+F9")
    expect(page.get_by_label("Matter")).to_be_focused()
    page.keyboard.press("Control+F9")
    mine = hub.wait_for("call-back")
    assert (mine["operator"], mine["number"], mine["call"]) == ("o1", "070-174 06 05", "n1-1")
    assert datetime.fromisoformat(mine["promised"]) > datetime.now(UTC) + timedelta(minutes=59)
    expect(polite(page)).to_have_text("Promised: you ring back")
    expect(search_box(page)).to_be_focused()
    find(page, "anna")
    page.keyboard.press("Control+F9")
    expect(page.get_by_role("radio", name="Anna Berg")).to_be_checked()
    page.keyboard.type("About the shed")
    page.keyboard.press("Control+Enter")
    expect(polite(page)).to_have_text("Promised: Anna Berg rings back")
    hers = hub.wait_for("call-back")
    assert (hers["person"], hers["text"]) == ("p11", "About the shed")


@pytest.mark.clause("AAB-21")
def test_a_colleague_is_entered_as_away_and_as_back_by_keyboard(hub: Hub, page: Page) -> None:
    search_box(page).focus()
    find(page, "anna")
    page.keyboard.press("Control+F8")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("Mee")
    page.keyboard.press("Tab")
    page.keyboard.type("Two")
    page.keyboard.press("Control+Enter")
    asked = hub.wait_for("absent")
    assert (asked["person"], asked["reason"], asked["message"]) == ("p11", "meeting", "")
    until = datetime.fromisoformat(asked["end"]) - datetime.now(UTC)
    assert timedelta(minutes=118) < until < timedelta(minutes=122)
    expect(polite(page)).to_have_text("Anna Berg is entered as away")
    expect(search_box(page)).to_be_focused()
    expect(person(page)).to_contain_text("Meeting")


@pytest.mark.clause("AAB-30", "AAB-36")
def test_notices_come_by_themselves_where_they_belong_and_are_acknowledged_by_key(hub: Hub, page: Page) -> None:
    sent = hub.notice("n5", "Brev om avlopp", answer="Inventeringen görs i maj.")
    hub.notice("n6", "Badhuset stängt", unread_by=["o2"])
    board = page.get_by_role("region", name=re.compile("^Notices"))
    expect(board.get_by_role("listitem").first).to_have_text("Unread: Brev om avlopp")
    rest = {**sent, "begins": moment(-60), "ends": None}
    answer = {"id": "a1", "organisation": "gnosjo", "question": "Vad kostar bygglov?", "text": "Se taxan."}
    hub.directory.matches = {"items": [rest], "answers": [answer]}
    search_box(page).focus()
    find(page, "bo")
    touching = page.get_by_role("region", name="Concerns this")
    expect(touching).to_contain_text("Answer: Inventeringen görs i maj.")
    expect(touching).to_contain_text("Se taxan.")
    expect(polite(page)).to_have_text("Notice: Brev om avlopp. Vad kostar bygglov?")
    expect(search_box(page)).to_be_focused()
    page.keyboard.press("Control+Shift+F9")
    dialog = page.get_by_role("dialog", name="Notices")
    expect(dialog.get_by_role("button", name="I have read it Brev om avlopp")).to_be_focused()
    page.keyboard.press("Enter")
    assert hub.wait_for("acknowledge")["notice"] == "n5"
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(board.locator(".count")).to_have_text("0")


def test_keys_are_changed_by_key_refused_in_words_and_kept(hub: Hub, page: Page, open_page: Callable[..., Any]) -> None:
    page.keyboard.press("?")
    change = page.get_by_role("button", name="Change the key: Hold, and take back")
    change.press("Enter")
    asks = page.get_by_role("button", name="Press the new key")
    expect(asks).to_be_focused()
    page.keyboard.press("F9")
    expect(asks).to_have_accessible_description("This key already means: Park, and fetch")
    page.keyboard.press("x")
    expect(asks).to_have_accessible_description(re.compile("^Only function keys"))
    page.keyboard.press("F7")
    assert hub.wait_for("keys")["keys"] == {"hold": "F7"}
    again = open_page(hub)
    talk(hub, again)
    again.keyboard.press("F7")
    assert hub.wait_for("hold")["call"] == "n1-1"
    again.get_by_role("banner").get_by_role("button", name="Keys").press("Enter")
    again.get_by_role("button", name="All keys as they were at first").press("Enter")
    hub.wait_for("keys", keys={})


KEYPAD = """([key, code]) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}))"""


def keypad(page: Page, key: str, code: str) -> None:
    """A key of the keypad with its lock on: the browser's driver knows them with the lock off."""
    page.evaluate(KEYPAD, [key, code])


def test_the_keypad_reaches_everything(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("an")
    expect(results(page)).to_have_count(3)
    keypad(page, ",", "NumpadDecimal")
    expect(page.get_by_role("complementary", name="Keypad: press the second key")).to_be_visible()
    keypad(page, "2", "Numpad2")
    keypad(page, "3", "Numpad3")
    assert hub.wait_for("consult")["to"] == "p12"
    expect(search_box(page)).to_have_value("")
    expect(page.get_by_role("complementary")).to_have_count(0)


@pytest.mark.clause("GNO-15")
def test_the_mobile_is_reached_by_key_without_its_number(hub: Hub, page: Page) -> None:
    hub.directory.cards["p11"] = {"mobile": {"reachable": True, "tell": False}}
    page.keyboard.press("Shift+F7")
    expect(urgent(page)).to_have_text("Find somebody first.")
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Shift+F7")
    asked = hub.wait_for("transfer")
    assert (asked["call"], asked["to"], asked["mobile"]) == ("n1-1", "p11", True)
    hub.gone("n1-1")
    expect(card(page)).to_contain_text("No call")
    expect(search_box(page)).to_have_value("")
    page.keyboard.type("anna")
    expect(page.get_by_role("button", name="Connect to the mobile")).to_have_attribute("aria-keyshortcuts", "Shift+F7")
    for key, code in ((",", "NumpadDecimal"), (",", "NumpadDecimal"), ("7", "Numpad7")):
        keypad(page, key, code)
    assert hub.wait_for("dial")["mobile"] is True
    expect(search_box(page)).to_have_value("")
    page.keyboard.type("bo")
    page.keyboard.press("Shift+F7")
    expect(urgent(page)).to_have_text("Bo Anundsson can't be rung on a mobile.")
    assert [one["do"] for one in hub.asked] == ["answer", "transfer", "dial"]


def test_more_than_the_search_reads_is_cut_off_and_said(hub: Hub, page: Page) -> None:
    search_box(page).fill("anna " * 2_000)
    expect(search_box(page)).to_have_value(("anna " * 80)[:400])
    expect(page.locator(".find-status")).to_contain_text("Only the first 400 characters are there.")
