# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each task of an operator, done with nothing but the numeric keypad, on the real page with a double of the controller."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.directory import HERE
from tests.browser.hub import ME, ORGANISATIONS, Hub, Refusal, leg
from tests.browser.keypad import keypad
from tests.browser.test_console_keys import card, offer, polite, results, search_box


def talk(hub: Hub, page: Page) -> None:
    offer(hub, page)
    keypad(page, "+")
    expect(card(page)).to_contain_text("In the call")


def find_by_number(page: Page, digits: str = "1211") -> None:
    """The last digits of a number; the first result is of the directory."""
    keypad(page, digits)
    expect(results(page).first).to_contain_text("Anna Berg")


def test_answers_and_connects(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find_by_number(page)
    keypad(page, "E")
    assert hub.wait_for("transfer")["to"] == "p11"
    expect(polite(page)).to_have_text("Transferring to Anna Berg")
    keypad(page, "-")
    hub.wait_for("return")
    keypad(page, "-")
    hub.wait_for("hangup")


def test_asks_first_and_joins(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find_by_number(page)
    keypad(page, ",3")
    assert hub.wait_for("consult")["to"] == "p11"
    hub.update("n1-1", legs=[leg(2, "person", "Anna Berg", "46370331211", "up", "p11")])
    expect(card(page)).to_contain_text("is on the line")
    keypad(page, "+")
    hub.wait_for("complete")


def test_holds_parks_and_fetches(hub: Hub, page: Page) -> None:
    talk(hub, page)
    for key, do in [("*", "hold"), ("*", "resume"), ("/", "park"), ("/", "fetch")]:
        keypad(page, key)
        hub.wait_for(do)
        expect(card(page)).to_contain_text("In the call" if do in ("resume", "fetch") else "No call")


@pytest.mark.clause("AAB-37")
def test_tells_a_number_and_goes_to_who_covers(hub: Hub, page: Page) -> None:
    bo = {"id": "p12", "name": "Bo Anundsson", "number": "46370331212", "presence": HERE}
    hub.directory.cards["p11"] = {"same_function": [bo]}
    talk(hub, page)
    find_by_number(page)
    keypad(page, ",4")
    expect(polite(page)).to_have_text("Anna Berg: 0370-33 12 11")
    keypad(page, ",7")
    expect(polite(page)).to_have_text("Chosen instead: Bo Anundsson")
    keypad(page, "E")
    assert hub.wait_for("transfer")["to"] == "p12"


def test_sends_a_message_a_note_and_a_promise(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find_by_number(page)
    keypad(page, ",5")
    expect(page.get_by_label("Matter")).to_be_focused()
    keypad(page, "12+13,5*2-1/2")
    expect(page.get_by_label("Matter")).to_have_value("12+13,5*2-1/2")
    keypad(page, "E")
    message = hub.wait_for("message")
    assert (message["to"], message["matter"]) == ("p11", "12+13,5*2-1/2")
    expect(search_box(page)).to_be_focused()
    keypad(page, ",/")
    keypad(page, "117E")
    assert hub.wait_for("note")["text"] == "117"
    expect(search_box(page)).to_be_focused()
    keypad(page, ",1")
    expect(page.get_by_label("Matter")).to_be_focused()
    keypad(page, "E")
    assert hub.wait_for("call-back")["number"] == "070-174 06 05"


@pytest.mark.clause("AAB-21")
@pytest.mark.parametrize(("digits", "reason", "minutes"), [("23", "meeting", 120), ("41", "errand", 30)])
def test_enters_a_colleague_as_away(hub: Hub, page: Page, digits: str, reason: str, minutes: int) -> None:
    keypad(page, ",0")
    find_by_number(page)
    keypad(page, ",6")
    expect(page.get_by_label("Reason")).to_be_focused()
    keypad(page, digits)
    expect(page.get_by_label("How long")).to_be_focused()
    keypad(page, "E")
    asked = hub.wait_for("absent")
    assert (asked["person"], asked["reason"]) == ("p11", reason)
    until = datetime.fromisoformat(asked["end"]) - datetime.now(UTC)
    assert timedelta(minutes=minutes - 2) < until < timedelta(minutes=minutes + 2)
    expect(search_box(page)).to_be_focused()


def test_reasons_beyond_the_ninth_are_reached_step_by_step(hub: Hub, page: Page) -> None:
    keypad(page, ",0")
    find_by_number(page)
    keypad(page, ",6")
    expect(page.get_by_label("Reason")).to_be_focused()
    keypad(page, "9")
    expect(page.get_by_label("How long")).to_be_focused()
    keypad(page, "5")
    page.get_by_label("Reason").focus()
    keypad(page, ",222")
    keypad(page, "E")
    assert hub.wait_for("absent")["reason"] == "other"


def test_pauses_with_a_reason_and_is_ready_again(hub: Hub, page: Page) -> None:
    keypad(page, ",+")
    expect(page.get_by_role("dialog")).to_be_visible()
    keypad(page, "5")
    assert hub.wait_for("pause")["reason"] == "other_work"
    expect(page.get_by_role("dialog")).to_be_hidden()
    keypad(page, ",+")
    hub.wait_for("ready")
    expect(page.get_by_role("banner")).to_contain_text("Ready")
    hub.asked.clear()
    keypad(page, ",+")
    expect(page.get_by_role("button", name="Break")).to_be_focused()
    keypad(page, ",22E")
    assert hub.wait_for("pause")["reason"] == "desk", "the third, by going down to it"


@pytest.mark.clause("TAN-17")
def test_says_who_relieves_her(hub: Hub, page: Page) -> None:
    hub.refuse = Refusal("forbidden")
    keypad(page, ",+")
    keypad(page, "2")
    expect(page.get_by_label("Relieved by")).to_be_focused()
    hub.refuse = None
    keypad(page, "0")
    expect(page.get_by_label("Relieved by")).to_have_value("")
    keypad(page, "1E")
    expect(page.get_by_role("dialog")).to_be_hidden()
    asked = hub.wait_for("pause")
    assert (asked["reason"], asked["relief"]) == ("lunch", "o2")


@pytest.mark.clause("FAL-18")
@pytest.mark.parametrize(("digit", "do"), [("1", "join_surge"), ("2", "decline_surge")])
def test_says_whether_she_comes_as_reinforcement(hub: Hub, page: Page, digit: str, do: str) -> None:
    hub.operator(ME, asked=[{"organisation": "tana", "name": "Tana", "since": 1}])
    expect(page.get_by_role("banner")).to_contain_text("Can you come?")
    keypad(page, ",*")
    dialog = page.get_by_role("dialog", name="Reinforcement is called for: Tana. Can you come?")
    expect(dialog).to_be_visible()
    keypad(page, digit)
    assert hub.wait_for(do)["organisation"] == "tana"
    expect(dialog).to_be_hidden()


def test_reads_notices(hub: Hub, page: Page) -> None:
    hub.notice("n5", "Brev om avlopp")
    expect(page.get_by_text("Brev om avlopp")).to_be_visible()
    keypad(page, ",9")
    expect(page.get_by_role("dialog", name="Notices")).to_be_visible()
    keypad(page, "E")
    assert hub.wait_for("acknowledge")["notice"] == "n5"
    keypad(page, ",0")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_goes_home(hub: Hub, page: Page) -> None:
    hub.call("n1-3", state="held", held_by=ME)
    expect(page.get_by_role("region", name="Held")).to_contain_text("Mine")
    keypad(page, ",,5")
    expect(page.get_by_label("Hand them over to")).to_be_focused()
    keypad(page, "1E")
    assert hub.wait_for("log_off")["hand_over"] == "o2"


def test_hears_the_call_and_the_queue(hub: Hub, page: Page) -> None:
    talk(hub, page)
    keypad(page, ",,1")
    expect(polite(page)).to_contain_text("Gnosjö kommun. 070-174 06 05. Main number")
    keypad(page, ",,2")
    expect(polite(page)).to_have_text("Nobody is waiting")


def test_supervises(hub: Hub, page: Page) -> None:
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    caller = {"number": "4790000001", "name": "Kari", "internal": False}
    hub.call("n1-7", "tana", offered_to=["o2"])
    hub.call("n1-8", "tana", state="connected", operator="o2", caller=caller)
    expect(page.get_by_role("button", name="Supervision")).to_be_visible()
    keypad(page, ",,3")
    expect(page.get_by_role("listbox", name="All calls")).to_be_focused()
    keypad(page, ",2")
    keypad(page, "E")
    expect(page.get_by_role("button", name="Take over Kari")).to_be_focused()
    keypad(page, "E")
    assert hub.wait_for("take_over")["call"] == "n1-8"
    expect(search_box(page)).to_be_focused()


def step_to(page: Page, key: str, place: Locator) -> None:
    """Up or down among the controls, until the focus is where it is wanted."""
    keypad(page, ",")
    for _ in range(60):
        keypad(page, key)
        if place.evaluate("at => at === document.activeElement"):
            return
    raise AssertionError("it is not reached")


@pytest.mark.clause("GNO-6")
def test_leaves_the_search_for_the_buttons_beside_it(hub: Hub, open_page: Callable[..., Page]) -> None:
    promised = {"caller_name": "Nils Berg", "caller_number": "0370-12 34 56", "matter": "", "promised_at": None}
    hub.directory.promises = [{"id": 1, "organisation": "gnosjo", "to_name": "", **promised}]
    page = open_page(hub)
    hub.call("n1-5", "tana")
    more = page.get_by_role("button", name="More").first
    expect(more).to_be_visible()
    keypad(page, ",0")
    find_by_number(page)
    keypad(page, ",,6")
    expect(page.locator(".find").locator("button:focus, a:focus")).to_have_count(1)
    step_to(page, "8", more)
    keypad(page, "E")
    expect(more).to_have_attribute("aria-expanded", "true")
    promises = page.get_by_role("region", name="I have promised to ring")
    step_to(page, "2", promises.get_by_role("button", name="Done Nils Berg"))
    keypad(page, "E")
    expect(promises).to_be_hidden()
    keypad(page, ",0")
    expect(search_box(page)).to_be_focused()


def test_a_notices_link_is_reached(hub: Hub, page: Page) -> None:
    hub.notice("n5", "Brev om avlopp", link="https://gnosjo.example/avlopp")
    expect(page.get_by_text("Brev om avlopp")).to_be_visible()
    keypad(page, ",9")
    step_to(page, "2", page.get_by_role("dialog").get_by_role("link"))


def test_opens_settings_and_the_keys_and_closes_them(hub: Hub, page: Page) -> None:
    for keys, name in [(",,4", "Settings"), (",,,", "Keys")]:
        keypad(page, keys)
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        keypad(page, ",2")
        expect(page.get_by_role("dialog").locator(":focus")).to_have_count(1)
        keypad(page, ",0")
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_keypads_signs_act_on_what_is_chosen_from_but_not_written(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find_by_number(page)
    keypad(page, ",1")
    page.get_by_role("radio", name="I do").focus()
    hub.update("n1-1", state="held", held_by=ME)
    hub.call("n1-2", "tana", offered_to=[ME])
    expect(card(page)).to_contain_text("New call")
    keypad(page, "+")
    hub.wait_for("answer", call="n1-2")
    expect(search_box(page)).to_be_focused()
    expect(page.get_by_role("radio", name="Anna Berg")).to_be_checked()
