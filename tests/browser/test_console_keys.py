# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An operator's work by keyboard alone, on the real page with a double of the controller."""

from __future__ import annotations

import re
import time
from concurrent.futures import Future

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hub import ME, Hub, Refusal, leg


def card(page: Page) -> Locator:
    return page.get_by_role("region", name="My call")


def search_box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Name, task, unit or number")


def results(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Results").get_by_role("option")


def urgent(page: Page) -> Locator:
    """What was spoken last, interrupting."""
    return page.locator("[role=alert] > :last-child")


def polite(page: Page) -> Locator:
    """What was spoken last, when there was time."""
    return page.locator("[role=status][aria-live=polite] > :last-child")


def talk(hub: Hub, page: Page, call: str = "n1-1") -> None:
    """A call that has been answered with the key."""
    offer(hub, page, call)
    page.keyboard.press("F2")
    expect(card(page).get_by_text("In the call")).to_be_visible()


def offer(hub: Hub, page: Page, call: str = "n1-1", organisation: str = "gnosjo") -> None:
    hub.call(call, organisation, offered_to=[ME])
    expect(card(page)).to_contain_text("New call")


def test_an_offered_call_shows_what_the_operator_must_say_and_know(hub: Hub, page: Page) -> None:
    hub.call("n1-1", offered_to=[ME], waiting_since=time.time() - 25)
    expect(card(page)).to_contain_text("Gnosjö kommun")
    expect(card(page).locator(".welcome")).to_have_text("Välkommen till Gnosjö kommun")
    expect(card(page).locator(".welcome")).to_have_attribute("lang", "sv")
    expect(card(page)).to_contain_text("070-174 06 05")
    expect(card(page)).to_contain_text(re.compile("0:2[5-9]"))
    expect(card(page)).to_contain_text("Main number")
    expect(urgent(page)).to_have_text("Call. Gnosjö kommun. 070-174 06 05")


def test_a_call_that_comes_takes_no_focus(hub: Hub, page: Page) -> None:
    search_box(page).focus()
    page.keyboard.type("ann")
    offer(hub, page)
    expect(search_box(page)).to_be_focused()
    expect(search_box(page)).to_have_value("ann")


@pytest.mark.parametrize("key", ["F2", "NumpadAdd"])
@pytest.mark.parametrize("where", ["body", "search", "button", "dialog"])
def test_one_key_answers_wherever_the_focus_is(hub: Hub, page: Page, key: str, where: str) -> None:
    if where == "search":
        search_box(page).focus()
    elif where == "button":
        page.get_by_role("button", name="Pause").focus()
    elif where == "dialog":
        page.keyboard.press("Shift+F4")
        expect(page.get_by_role("dialog")).to_be_visible()
    hub.call("n1-1", offered_to=[ME])
    expect(page.locator(".call")).to_be_attached()
    page.keyboard.press(key)
    assert hub.wait_for("answer")["call"] == "n1-1"


def test_the_key_answers_while_a_message_is_written_and_keeps_the_text(hub: Hub, page: Page) -> None:
    talk(hub, page)
    search_box(page).fill("anna berg")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("About her building permit? Num 1+2")
    hub.gone("n1-1")
    offer(hub, page, "n1-2", "tana")
    page.keyboard.press("F2")
    hub.wait_for("answer", call="n1-2")
    expect(page.get_by_label("Matter")).to_have_value("About her building permit? Num 1+2")
    expect(page.get_by_label("Matter")).to_be_focused()
    page.keyboard.press("Control+Enter")
    assert hub.wait_for("message")["call"] == "n1-1", "the message belongs to the call it was begun in"


def test_answer_search_connect(hub: Hub, page: Page) -> None:
    """Finding someone and connecting: the letters, and one key."""
    talk(hub, page)
    expect(search_box(page)).to_be_focused()
    page.keyboard.type("anna")
    page.keyboard.press("Enter")
    asked = hub.wait_for("transfer")
    assert (asked["call"], asked["to"]) == ("n1-1", "p11")
    expect(card(page)).to_contain_text("Anna Berg rings")
    expect(search_box(page)).to_have_value("")
    hub.update("n1-1", state="connected", operator="", legs=[leg(2, "person", "Anna Berg", "46370331211")])
    expect(polite(page)).to_have_text("Connected with Anna Berg")
    expect(card(page)).to_contain_text("No call")


def test_nobody_is_rung_for_a_caller_who_went_while_the_search_was_under_way(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.search_gate = Future()
    page.keyboard.type("anna")
    page.keyboard.press("Enter")
    hub.gone("n1-1")
    expect(card(page)).to_contain_text("No call")
    hub.search_gate.set_result(None)
    expect(urgent(page)).to_have_text("That call has ended, or that number doesn't exist.")
    assert [one["do"] for one in hub.asked] == ["answer", "transfer"]


def test_people_of_the_callers_municipality_come_first(hub: Hub, page: Page) -> None:
    offer(hub, page, "n1-1", "tana")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.type("b")
    expect(results(page).first).to_contain_text("Anne Bjørkli")


def test_the_arrow_keys_choose_among_the_results(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("samh")
    expect(results(page)).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox").get_by_role("option", name=re.compile("Bo Anundsson"))).to_have_attribute(
        "aria-selected", "true"
    )
    expect(search_box(page)).to_have_attribute("aria-activedescendant", "result-1")
    page.keyboard.press("Enter")
    assert hub.wait_for("transfer")["to"] == "p12"


def test_a_typed_number_can_be_connected_to(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("0980 319 299")
    page.keyboard.press("Enter")
    assert hub.wait_for("transfer")["to"] == "0980319299"


def test_ask_first_then_join(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Shift+Enter")
    assert hub.wait_for("consult")["to"] == "p11"
    expect(card(page)).to_contain_text("Anna Berg rings")
    hub.update("n1-1", legs=[leg(2, "person", "Anna Berg", "46370331211", "up")])
    expect(polite(page)).to_have_text("Anna Berg answers")
    page.keyboard.press("F2")
    assert hub.wait_for("complete")["call"] == "n1-1"


def test_ask_first_then_back_to_the_caller(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Shift+Enter")
    expect(card(page)).to_contain_text("Anna Berg rings")
    page.keyboard.press("F4")
    assert hub.wait_for("return")["call"] == "n1-1"


def test_a_consultation_that_nobody_answers_leaves_the_caller_held(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Shift+Enter")
    expect(card(page)).to_contain_text("Anna Berg rings")
    hub.update("n1-1", state="held", held_by=ME)
    expect(polite(page)).to_have_text("No answer. The caller is held.")


def test_hold_take_back_park_fetch_end(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("F8")
    hub.wait_for("hold")
    expect(page.get_by_role("region", name="Held")).to_contain_text("Mine")
    page.keyboard.press("NumpadMultiply")
    hub.wait_for("resume")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.press("F9")
    hub.wait_for("park")
    expect(page.get_by_role("region", name="Parked")).to_contain_text("Mine")
    page.keyboard.press("NumpadDivide")
    hub.wait_for("fetch")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.press("NumpadSubtract")
    hub.wait_for("hangup")
    expect(polite(page)).to_have_text("Call ended")


def test_a_colleagues_parked_call_is_fetched_by_the_key(hub: Hub, page: Page) -> None:
    hub.call("n1-5", state="parked", parked_by="o2")
    expect(page.get_by_role("region", name="Parked")).to_contain_text("parked by Liv Mo")
    page.keyboard.press("F9")
    assert hub.wait_for("fetch")["call"] == "n1-5"


def test_a_message_is_left_by_keyboard(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Matter")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("Number", exact=True)).to_have_value("070-174 06 05")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Nils Nilsson")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("May he build a shed?")
    page.keyboard.press("Control+Enter")
    asked = hub.wait_for("message")
    assert asked == {
        "do": "message",
        "call": "n1-1",
        "to": "p11",
        "caller_name": "Nils Nilsson",
        "caller_number": "070-174 06 05",
        "matter": "May he build a shed?",
        "call_back": True,
        "promised_at": None,
    }
    expect(polite(page)).to_have_text("Message left: Anna Berg")
    expect(search_box(page)).to_be_focused()


def test_a_message_sent_before_the_search_has_answered_finds_its_receiver(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.search_gate = Future()
    page.keyboard.type("anna")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Faster than the search")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Message to …")).to_be_visible()
    hub.search_gate.set_result(None)
    asked = hub.wait_for("message")
    assert (asked["to"], asked["matter"]) == ("p11", "Faster than the search")


def test_a_refused_message_is_explained_and_kept(hub: Hub, page: Page) -> None:
    hub.message_problem = {
        "title": "Unprocessable",
        "detail": "Some fields can't be accepted.",
        "errors": [{"field": "matter", "detail": "Leave the personal identity number out."}],
    }
    talk(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("She is 19121212-1212")
    page.keyboard.press("Control+Enter")
    matter = page.get_by_label("Matter")
    expect(matter).to_have_attribute("aria-invalid", "true")
    expect(matter).to_have_accessible_description(re.compile("Leave the personal identity number out."))
    expect(matter).to_have_value("She is 19121212-1212")
    expect(urgent(page)).to_contain_text("Not saved. Your text is kept here.")


def test_a_note_belongs_to_the_call_in_which_it_was_begun(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("Shift+F8")
    page.keyboard.type("Rings again at two")
    hub.gone("n1-1")
    offer(hub, page, "n1-2")
    page.keyboard.press("F2")
    expect(card(page)).to_contain_text("In the call")
    page.keyboard.press("Control+Enter")
    assert hub.wait_for("note") == {"do": "note", "call": "n1-1", "text": "Rings again at two"}


def test_no_letter_does_anything(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.locator("body").press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("abcdefghijklmnopqrstuvwxyzåäöæøABCXYZ0123456789 ")
    assert [one["do"] for one in hub.asked] == ["answer"]


def test_a_key_held_down_acts_once(hub: Hub, page: Page) -> None:
    offer(hub, page)
    page.keyboard.down("F2")
    page.keyboard.down("F2")
    page.keyboard.down("F2")
    page.keyboard.up("F2")
    hub.wait_for("answer")
    expect(card(page)).to_contain_text("In the call")
    assert [one["do"] for one in hub.asked] == ["answer"]


def test_the_main_key_never_leaves_a_caller(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.call("n1-2", "tana")
    expect(page.get_by_role("region", name="Queue")).to_contain_text("Tana")
    page.keyboard.press("F2")
    expect(urgent(page)).to_have_text("You are in a call. Hold it or end it first.")
    assert [one["do"] for one in hub.asked] == ["answer"]


def test_the_call_that_another_took_is_said_with_her_name(hub: Hub, page: Page) -> None:
    offer(hub, page)
    hub.refuse = Refusal("taken", by="o2")
    page.keyboard.press("F2")
    expect(urgent(page)).to_have_text("Liv Mo has taken the call.")
    expect(page.locator(".notice")).to_contain_text("Liv Mo has taken the call.")


def test_pause_with_a_reason_and_ready_again(hub: Hub, page: Page) -> None:
    page.keyboard.press("Shift+F4")
    expect(page.get_by_role("button", name="Break")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert hub.wait_for("pause")["reason"] == "lunch"
    expect(page.get_by_role("banner")).to_contain_text("Pause: Lunch")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Shift+F4")
    hub.wait_for("ready")
    expect(page.get_by_role("banner")).to_contain_text("Ready")


def test_escape_closes_the_question_without_a_pause(hub: Hub, page: Page) -> None:
    page.keyboard.press("Shift+F4")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert hub.asked == []


def test_logging_on_from_logged_off(hub: Hub, page: Page) -> None:
    hub.operator(ME, state="off")
    expect(card(page)).to_contain_text("You are logged off")
    page.keyboard.press("Shift+F4")
    hub.wait_for("ready")


def test_the_line_is_opened_when_the_hub_says_so(hub: Hub, page: Page) -> None:
    switch = page.get_by_role("switch", name=re.compile("^Line open"))
    hub.refuse = Refusal("unavailable")
    switch.press("Space")
    hub.wait_for("open_line")
    expect(switch).not_to_be_checked()
    hub.refuse = None
    switch.press("Space")
    expect(switch).to_be_checked()


def test_the_keys_are_told_on_a_question_mark(hub: Hub, page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text("F2")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_question_mark_in_the_search_box_is_typed(hub: Hub, page: Page) -> None:
    search_box(page).focus()
    page.keyboard.type("who?")
    expect(search_box(page)).to_have_value("who?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_without_a_call_the_chosen_person_is_rung(hub: Hub, page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.type("bjørkli")
    page.keyboard.press("Enter")
    asked = hub.wait_for("dial")
    assert (asked["to"], asked["organisation"]) == ("p21", "tana")


def test_a_call_back_from_transfer_says_so(hub: Hub, page: Page) -> None:
    reason = {"code": "returned", "clause": "", "text": "", "person": "Anna Berg"}
    hub.call("n1-1", offered_to=[ME], recall_for=ME, reason=reason, priority=0)
    expect(card(page)).to_contain_text("Back from transfer: Anna Berg didn't answer")


def test_markup_in_a_callers_name_is_only_text(hub: Hub, page: Page) -> None:
    name = "<img src=x onerror=alert(1)>"
    hub.call("n1-1", offered_to=[ME], caller={"number": "46701740605", "name": name, "internal": False})
    expect(card(page)).to_contain_text(name)
    expect(page.locator("img")).to_have_count(0)
