# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the console says of calls, colleagues, promises and notices, and in which language it says it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hub import ME, ORGANISATIONS, Hub, operator
from tests.browser.test_console_finding import find, moment
from tests.browser.test_console_keys import card, polite, search_box, talk, urgent


def row(page: Page, list_: str, number: int = 0) -> Locator:
    return page.get_by_role("region", name=re.compile(f"^{list_}")).get_by_role("listitem").nth(number)


def step(code: str, who: str = "", cause: str = "", seconds: float | None = None) -> dict[str, object]:
    return {"at": time.time(), "code": code, "text": "", "who": who, "seconds": seconds, "cause": cause}


@pytest.mark.clause("GNO-13")
def test_everybody_who_waits_has_her_municipalitys_phrase_and_language(hub: Hub, page: Page) -> None:
    hub.set("organisations", "tana", {**ORGANISATIONS["tana"], "languages": ["nb", "se"]})
    hub.call("n1-1", waiting_since=time.time() - 20)
    hub.call("n1-2", "tana")
    hub.call("n1-3", "tana", state="parked", parked_by="o2")
    first, second = row(page, "Queue", 0), row(page, "Queue", 1)
    expect(first).to_contain_text("Swedish")
    expect(first.get_by_text("Välkommen till Gnosjö kommun")).to_have_attribute("lang", "sv")
    expect(second).to_contain_text("Norwegian, Northern Sámi")
    expect(second.get_by_text("Velkommen til Tana kommune")).to_have_attribute("lang", "nb")
    expect(row(page, "Parked")).not_to_contain_text("Velkommen")


@pytest.mark.clause("TAN-5", "GNO-6")
def test_each_row_tells_how_much_is_known_and_opens_to_all_of_it(hub: Hub, page: Page) -> None:
    earlier = {"id": "n1-0", "at": moment(-60), "dialled": "46370331000", "reason": "fallback", "outcome": "lost"}
    promise = {"id": 7, "to_name": "Anna Berg", "matter": "Altan", "promised_at": moment(30), "taken_at": moment(-60)}
    known = {"earlier": [{**earlier, "person": "", "operator_name": ""}] * 2, "promises": [promise]}
    for call in ("n1-1", "n1-2", "n1-3"):
        hub.directory.callers[call] = {**known}
    way = [step("arrived"), step("chose", cause="switchboard"), step("handed_over", who="Liv Mo")]
    hub.call("n1-1", path=way)
    hub.call("n1-2", state="held", held_by="o2", operator="o2")
    hub.call("n1-3", state="parked", parked_by="o2")
    for list_ in ("Queue", "Held", "Parked"):
        expect(row(page, list_)).to_contain_text("1 promise · 2 earlier today")
    more = row(page, "Queue").get_by_role("button", name=re.compile("^More"))
    expect(more).to_have_attribute("aria-expanded", "false")
    more.press("Enter")
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "true")
    opened = row(page, "Queue")
    expect(opened).to_contain_text("Chose: the switchboard")
    expect(opened).to_contain_text("Handed over to Liv Mo")
    expect(opened).to_contain_text("Taken by the telephone system alone · hung up while waiting")
    expect(opened.get_by_role("group", name="Promised to be rung back")).to_contain_text("Anna Berg")
    row(page, "Held").get_by_role("button", name=re.compile("^More")).press("Enter")
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(row(page, "Held").get_by_role("group", name="Earlier today")).to_be_visible()


def test_many_callers_are_asked_for_together_and_only_once(hub: Hub, page: Page) -> None:
    hub.directory.callers["n1-8"] = {"earlier": [{}, {}]}
    for n in range(1, 9):
        hub.call(f"n1-{n}")
    expect(page.get_by_role("region", name=re.compile("^Queue"))).to_contain_text("2 earlier today")
    hub.update("n1-1", priority=0)
    hub.gone("n1-8")
    expect(page.locator(".list-queue .count")).to_have_text("7")
    hub.call("n1-9")
    hub.directory.callers["n1-9"] = {"earlier": [{}]}
    expect(page.get_by_role("region", name=re.compile("^Queue"))).to_contain_text("1 earlier today")
    assert sorted(call for calls in hub.directory.counted for call in calls) == [f"n1-{n}" for n in range(1, 10)]


def test_colleagues_show_what_they_talk_on_hold_and_have_done_today(hub: Hub, page: Page) -> None:
    hub.set("operators", "o3", operator("o3", "Karin Ek", state="paused", reason="lunch", calls_today=1))
    hub.operator("o2", calls_today=57)
    hub.call("n1-1", state="connected", operator="o2")
    hub.call("n1-2", state="held", held_by="o2", operator="o2")
    hub.call("n1-3", state="parked", parked_by="o2")
    liv = page.locator(".colleague", has_text="Liv Mo")
    expect(liv).to_contain_text("Gnosjö kommun, 070-174 06 05 · 1 on hold · 1 parked · 57 calls today")
    expect(page.locator(".colleague", has_text="Karin Ek")).to_contain_text("1 call today")


def test_the_way_has_words_for_every_step_and_numbers_that_can_be_read(hub: Hub, page: Page) -> None:
    told = [step("told", cause="told-busy"), step("rang", who="46370331211", cause="released", seconds=4)]
    reason = {"code": "no_answer", "clause": "", "text": "", "person": "Anna", "seconds": 30.0, "rings": 5}
    hub.call("n1-1", offered_to=[ME], path=told, reason=reason)
    expect(card(page)).to_contain_text("Anna didn't answer in 5 rings")
    expect(card(page).locator(".way li")).to_have_text(
        [re.compile("Heard: That many are calling"), re.compile(r"Rang 0370-33 12 11 4 s: ended from here")]
    )


@pytest.mark.clause("GNO-14")
def test_without_anybody_chosen_a_message_goes_to_the_switchboard(hub: Hub, page: Page) -> None:
    talk(hub, page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Message to Switchboard")).to_be_visible()
    page.keyboard.type("Wants to hear from the contact centre")
    page.keyboard.press("Control+Enter")
    asked = hub.wait_for("message")
    assert (asked["to"], asked["matter"]) == ("", "Wants to hear from the contact centre")
    expect(polite(page)).to_have_text("Message left: Switchboard")


def test_a_message_to_a_group_goes_to_who_reads_for_it_or_says_at_the_switchboard_for_whom(
    hub: Hub, page: Page
) -> None:
    hub.directory.cards["g3"] = {"contacts": [{"id": "p12", "name": "Bo Anundsson"}], "members": []}
    talk(hub, page)
    find(page, "kontakt")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Call her")
    expect(page.get_by_role("heading", name="Message to Bo Anundsson · Kontaktcenter")).to_be_visible()
    page.keyboard.press("Control+Enter")
    asked = hub.wait_for("message")
    assert (asked["to"], asked["matter"]) == ("p12", "Call her")
    expect(polite(page)).to_have_text("Message left: Bo Anundsson")
    expect(search_box(page)).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.get_by_label("Goes to").select_option("Switchboard")
    page.get_by_label("Matter").fill("Call her")
    hub.asked.clear()
    page.keyboard.press("Control+Enter")
    asked = hub.wait_for("message")
    assert (asked["to"], asked["matter"]) == ("", "Kontaktcenter: Call her")


def test_a_notice_leads_to_where_more_can_be_read(hub: Hub, page: Page) -> None:
    hub.notice("n5", "Brev om avlopp", link="https://gnosjo.example/avlopp")
    hub.notice("n6", "Badhuset stängt", link="javascript:alert(1)", unread_by=["o2"])
    page.keyboard.press("Control+Shift+F9")
    dialog = page.get_by_role("dialog", name="Notices")
    expect(dialog.get_by_role("button", name="I have read it Brev om avlopp")).to_be_focused()
    link = dialog.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_have_accessible_name("Read more Brev om avlopp ↗ opens in a new tab")
    expect(link).to_have_attribute("href", "https://gnosjo.example/avlopp")
    expect(link).to_have_attribute("target", "_blank")


@pytest.mark.clause("GNO-6", "TAN-5", "AAB-19")
def test_ones_own_promises_are_on_the_page_ring_and_are_closed_there(hub: Hub, open_page: Callable[..., Page]) -> None:
    nils = {
        "id": 1,
        "organisation": "gnosjo",
        "to_name": "",
        "caller_name": "Nils Ek",
        "caller_number": "0370-12 34 56",
    }
    hub.directory.promises = [
        {**nils, "matter": "Altan", "promised_at": moment(-20)},
        {**nils, "id": 2, "caller_name": "", "matter": "", "promised_at": moment(40)},
    ]
    page = open_page(hub)
    late, next_ = row(page, "I have promised to ring", 0), row(page, "I have promised to ring", 1)
    expect(late).to_contain_text(re.compile(r"Nils Ek\s*overdue"))
    expect(late).to_contain_text("Altan")
    expect(next_).not_to_contain_text("overdue")
    late.get_by_role("button", name="Ring Nils Ek").press("Enter")
    assert hub.wait_for("dial") == {"do": "dial", "to": "0370123456", "organisation": "gnosjo"}
    hub.directory.broken.add("done")
    late.get_by_role("button", name="Done Nils Ek").press("Enter")
    expect(urgent(page)).to_contain_text("The promise is still open.")
    hub.directory.broken.clear()
    late.get_by_role("button", name="Done Nils Ek").press("Enter")
    assert hub.wait_for("done")["message"] == 1
    expect(polite(page)).to_have_text("Promise kept: Nils Ek")
    expect(page.get_by_role("region", name=re.compile("^I have promised to ring 1"))).to_be_visible()


@pytest.mark.clause("GNO-6", "AAB-19")
def test_a_promise_to_who_is_on_the_line_is_closed_beside_the_call(hub: Hub, page: Page) -> None:
    promise = {"id": 7, "to_name": "Anna Berg", "matter": "Altan", "promised_at": moment(30), "taken_at": moment(-60)}
    hub.directory.callers["n1-1"] = {"promises": [promise]}
    talk(hub, page)
    card(page).get_by_role("button", name="Done Anna Berg").press("Enter")
    assert hub.wait_for("done")["message"] == 7
    expect(card(page).get_by_role("group", name="Promised to be rung back")).to_have_count(0)


def test_northern_sami_words_are_marked_and_names_for_programs_are_norwegian(
    hub: Hub, open_page: Callable[..., Page]
) -> None:
    hub.language = "nb"
    page = open_page(hub)
    page.evaluate("localStorage.setItem('vaxel.sami', 'on')")
    page.reload()
    hub.set("operators", "o3", operator("o3", "Karin Ek", state="paused", reason="meeting"))
    hub.call("n1-1", offered_to=[ME])
    expect(page.locator(".call").get_by_text("Vástit")).to_have_attribute("lang", "se")
    expect(page.locator(".colleague", has_text="Karin Ek").locator("[lang=se]")).to_have_text("Čoahkkin")
    expect(page.get_by_role("search")).to_have_accessible_name("Søk")
    expect(page.locator("h2", has_text="Bargoskihpárat").locator("[lang=se]")).to_have_text("Bargoskihpárat")
    unmarked = page.evaluate("""() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (/[áčđŋšŧž]/.test(node.data) && !node.parentElement.closest("[lang=se], script")) found.push(node.data);
      return found;
    }""")
    assert unmarked == []
    page.locator("#search").fill("an b")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Control+F8")
    expect(page.locator("option", has_text="Buohcci · 1")).to_have_attribute("lang", "se")


def test_northern_sami_words_fit_in_what_a_supervisor_sees(hub: Hub, open_page: Callable[..., Page]) -> None:
    hub.language = "nb"
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    hub.call("n1-1", "tana", waiting_since=time.time() - 9)
    page = open_page(hub)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("localStorage.setItem('vaxel.sami', 'on')")
    page.reload()
    expect(page.locator(".bar-end [aria-pressed]")).to_be_visible()
    page.keyboard.press("Control+F7")
    expect(page.get_by_text("Dieđit buohkaide").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    banner = page.get_by_role("banner").bounding_box()
    assert banner is not None
    assert banner["height"] < 70, "one line"
