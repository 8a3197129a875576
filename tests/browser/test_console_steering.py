# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Supervision, breaks and the end of a shift, by keyboard alone, on the real page with a double of the controller."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import violations
from tests.browser.hub import ME, ORGANISATIONS, Hub, Refusal, operator
from tests.browser.test_console_keys import card, offer, polite, search_box, talk, urgent


def supervise(hub: Hub, page: Page) -> None:
    """Two calls of two municipalities; one operator talks, one is free; the view is open."""
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    hub.set("operators", "o3", operator("o3", "Karin Ek", calls_today=41))
    hub.call(
        "n1-8",
        "tana",
        state="connected",
        operator="o2",
        caller={"number": "4790000001", "name": "Kari", "internal": False},
    )
    hub.call("n1-9", offered_to=["o3"])
    button = page.get_by_role("button", name="Supervision")
    button.press("Enter")
    expect(page.get_by_role("region", name="Supervision")).to_be_visible()
    expect(calls(page)).to_be_focused()


def calls(page: Page) -> Any:
    return page.get_by_role("listbox", name="All calls")


def test_who_supervises_nothing_is_offered_no_supervision(hub: Hub, page: Page) -> None:
    expect(page.get_by_role("button", name="Supervision")).to_have_count(0)


def test_a_supervisor_sees_the_load_all_calls_and_all_operators(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    expect(page.get_by_role("row", name="Gnosjö kommun")).to_contain_text("1")
    expect(calls(page).get_by_role("option").first).to_contain_text("070-174 06 05")
    expect(calls(page).get_by_role("option").nth(1)).to_contain_text("talks with Liv Mo")
    expect(page.get_by_role("listbox", name="Operators")).to_contain_text("41 calls today")


def test_supervision_is_a_tree_that_can_be_heard(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    expect(page.get_by_role("region", name="Supervision")).to_match_aria_snapshot("""
      - region "Supervision":
        - table "Municipalities":
          - rowgroup:
            - row:
              - columnheader "Municipalities"
              - columnheader "Waiting"
              - columnheader "Longest"
          - rowgroup:
            - row:
              - rowheader "Deanu gielda / Tana kommune"
              - cell "0"
            - row:
              - rowheader "Gnosjö kommun"
              - cell "1"
              - cell:
                - button "Reinforce Gnosjö kommun"
                - button "Tell all Gnosjö kommun"
        - region "All calls 2":
          - heading "All calls 2" [level=2]
          - listbox "All calls 2":
            - option /070-174 06 05 .* waits Gnosjö kommun · Main number/ [selected]
            - option /Kari .* talks with Liv Mo Deanu gielda/
          - button "Take over 070-174 06 05"
        - region "Operators 3":
          - listbox "Operators 3":
            - option /Eva Lind .* Ready/ [selected]
          - group /Serves/:
            - checkbox "Deanu gielda / Tana kommune" [checked]
            - checkbox "Gnosjö kommun" [checked]
            - button "Change what she serves"
    """)


def test_the_questions_of_a_shift_are_trees_that_can_be_heard(hub: Hub, page: Page) -> None:
    page.keyboard.press("Shift+F4")
    expect(page.get_by_role("dialog")).to_match_aria_snapshot("""
      - dialog "Why are you taking a pause?":
        - heading "Why are you taking a pause?" [level=2]
        - list:
          - listitem:
            - button "Break"
          - listitem:
            - button "Lunch"
    """)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Settings").press("Enter")
    expect(page.get_by_role("dialog")).to_match_aria_snapshot("""
      - dialog "Settings":
        - heading "Settings" [level=2]
        - region "Telephone":
          - combobox "Ring at"
          - checkbox "Ring sound" [checked]
          - button "Ring once"
        - group "What is spoken of calls":
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


def test_takes_a_colleagues_call_over_by_keyboard(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    calls(page).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take over Kari")).to_be_focused()
    page.keyboard.press("Enter")
    assert hub.wait_for("take_over")["call"] == "n1-8"
    expect(card(page)).to_contain_text("Kari")


def test_listens_in_where_it_is_allowed_and_sees_that_she_does(hub: Hub, page: Page) -> None:
    hub.set("organisations", "tana", {**ORGANISATIONS["tana"], "listening": {"allowed": True, "notice": True}})
    supervise(hub, page)
    calls(page).focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Listen in Kari").press("Enter")
    assert hub.wait_for("listen")["call"] == "n1-8"
    expect(page.get_by_role("banner")).to_contain_text("You are listening to Liv Mo, Kari. Nobody hears you.")
    page.get_by_role("banner").get_by_role("button", name="Stop listening").press("Enter")
    hub.wait_for("stop_listening")
    expect(page.get_by_role("banner")).not_to_contain_text("You are listening")


@pytest.mark.parametrize(
    ("listening", "words"),
    [
        (None, "Listening in isn't allowed there."),
        ({"allowed": True, "notice": False}, "Callers aren't told yet that somebody may listen in."),
    ],
)
def test_why_she_may_not_listen_in_is_said(hub: Hub, page: Page, listening: dict[str, bool] | None, words: str) -> None:
    hub.set(
        "organisations",
        "tana",
        {**ORGANISATIONS["tana"], "listening": listening or {"allowed": False, "notice": False}},
    )
    supervise(hub, page)
    calls(page).focus()
    page.keyboard.press("End")
    expect(page.get_by_role("region", name="All calls")).to_contain_text(words)
    expect(page.get_by_role("button", name="Listen in")).to_have_count(0)


def test_who_is_listened_to_sees_by_whom(hub: Hub, page: Page) -> None:
    talk(hub, page)
    hub.update("n1-1", listened_by=["o2"])
    expect(page.get_by_role("banner")).to_contain_text("Liv Mo is listening in")


def test_moves_an_operator_calls_in_reinforcements_and_tells_everybody(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    page.get_by_role("listbox", name="Operators").focus()
    page.keyboard.press("Home")
    page.get_by_role("checkbox", name="Deanu gielda / Tana kommune").press("Space")
    page.get_by_role("button", name="Change what she serves").press("Enter")
    assert hub.wait_for("assign") == {"do": "assign", "operator": ME, "organisations": ["gnosjo"]}
    page.get_by_role("button", name="Reinforce Gnosjö kommun").press("Enter")
    assert hub.wait_for("surge")["organisation"] == "gnosjo"
    page.get_by_role("button", name="End reinforcement Gnosjö kommun").press("Enter")
    hub.wait_for("end_surge")
    page.get_by_role("button", name="Tell all Gnosjö kommun").press("Enter")
    expect(page.get_by_label("What they must know")).to_be_focused()
    page.keyboard.type("The town hall is closed: burst pipe.")
    page.keyboard.press("Control+Enter")
    assert hub.wait_for("announce")["text"] == "The town hall is closed: burst pipe."
    expect(polite(page)).to_have_text("Told to all at Gnosjö kommun")


def reinforcement_asked(hub: Hub, page: Page) -> Any:
    """Of two municipalities: the one where the caller waits longest stands first."""
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS))
    hub.call("n1-8", "tana", waiting_since=time.time() - 60)
    hub.call("n1-9", "gnosjo", waiting_since=time.time() - 5)
    expect(page.get_by_role("region", name="Queue").get_by_role("listitem")).to_have_count(2)
    search_box(page).focus()
    page.keyboard.press("Control+Shift+F8")
    return page.get_by_role("dialog", name="For which municipality?")


@pytest.mark.clause("FAL-18")
def test_who_supervises_several_is_asked_for_which_she_calls_reinforcements_in(hub: Hub, page: Page) -> None:
    dialog = reinforcement_asked(hub, page)
    tana = dialog.get_by_role("button", name="Tana kommune: 1 is waiting")
    expect(tana).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(search_box(page)).to_be_focused()
    assert hub.asked == [], "Escape leaves it"
    page.keyboard.press("Control+Shift+F8")
    expect(tana).to_be_focused()
    page.keyboard.press("Enter")
    assert hub.wait_for("surge")["organisation"] == "tana"
    expect(search_box(page)).to_be_focused()
    expect(polite(page)).to_have_text("Reinforcements are called in for Deanu gielda / Tana kommune")
    page.keyboard.press("Control+Shift+F8")
    expect(dialog.get_by_role("button", name="Gnosjö kommun: 1 is waiting")).to_be_focused()
    dialog.get_by_role("button", name="Tana kommune: End reinforcement").click()
    assert hub.wait_for("end_surge")["organisation"] == "tana"


@pytest.mark.clause("FAL-18")
def test_reinforcements_that_a_colleague_called_in_meanwhile_are_not_ended(hub: Hub, page: Page) -> None:
    expect(reinforcement_asked(hub, page)).to_be_visible()
    hub.set("organisations", "tana", {**ORGANISATIONS["tana"], "surge": {"since": time.time(), "by": "o2"}})
    hub.set("operators", "o7", operator("o7", "Who came after it"))
    expect(page.get_by_text("Who came after it")).to_be_attached()
    page.keyboard.press("1")
    expect(polite(page)).to_have_text("Reinforcements are called in for Deanu gielda / Tana kommune")
    assert hub.asked == [], "they are there, as she wanted"


@pytest.mark.clause("FAL-18")
def test_who_supervises_one_municipality_is_not_asked(hub: Hub, page: Page) -> None:
    hub.operator(ME, supervisor=True, supervises=["gnosjo"])
    hub.call("n1-8", "tana")
    expect(page.get_by_role("button", name="Supervision")).to_be_visible()
    page.keyboard.press("Control+Shift+F8")
    assert hub.wait_for("surge")["organisation"] == "gnosjo"
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+Shift+F8")
    assert hub.wait_for("end_surge")["organisation"] == "gnosjo"


def test_callers_who_wait_are_told_what_is_going_on(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    page.get_by_role("button", name="Tell all Gnosjö kommun").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="Nothing more")).to_be_checked()
    dialog.get_by_role("radio", name="That a disturbance is known").press("Space")
    assert hub.wait_for("announce") == {"do": "announce", "organisation": "gnosjo", "prompt": "told-fault"}
    expect(dialog.get_by_role("radio", name="That a disturbance is known")).to_be_checked()
    dialog.get_by_role("radio", name="Nothing more").press("Space")
    assert hub.wait_for("end_announcement")["callers"] is True
    expect(dialog.get_by_role("radio", name="Nothing more")).to_be_checked()


def test_the_key_that_ends_calls_ends_listening(hub: Hub, page: Page) -> None:
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS), state="listening")
    hub.call("n1-8", state="connected", operator="o2", listened_by=[ME])
    expect(page.get_by_role("banner")).to_contain_text("You are listening to Liv Mo")
    page.keyboard.press("F4")
    assert hub.wait_for("stop_listening")["call"] == "n1-8"


@pytest.mark.clause("FAL-18")
def test_who_is_asked_to_help_is_told_and_can_say_yes(hub: Hub, page: Page) -> None:
    hub.operator(ME, state="paused", asked=[{"organisation": "tana", "name": "Tana", "since": 1}])
    expect(urgent(page)).to_have_text("Reinforcement is called for: Tana. Can you come?")
    page.get_by_role("button", name="I'm coming").press("Enter")
    assert hub.wait_for("join_surge")["organisation"] == "tana"


def test_a_supervisor_who_answers_is_back_at_the_search(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    hub.gone("n1-9")
    offer(hub, page)
    page.keyboard.press("F2")
    assert hub.wait_for("answer")["call"] == "n1-1"
    expect(search_box(page)).to_be_focused()


@pytest.mark.clause("TAN-17")
def test_a_lunch_that_needs_somebody_in_her_place_asks_who(hub: Hub, page: Page) -> None:
    hub.refuse = Refusal("forbidden")
    page.keyboard.press("Shift+F4")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Relieved by")).to_be_focused()
    expect(page.get_by_role("dialog")).to_contain_text("wants somebody in your place")
    expect(urgent(page)).to_contain_text("wants somebody in your place")
    hub.refuse = None
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    asked = hub.wait_for("pause")
    assert (asked["reason"], asked["relief"]) == ("lunch", "o2")


def test_a_lunch_that_takes_too_long_is_seen(hub: Hub, page: Page) -> None:
    hub.operator(ME, state="paused", reason="lunch", since=hub.collections["operators"][ME]["since"] - 1900)
    expect(page.get_by_role("banner")).to_contain_text("over time")


def test_who_goes_home_hands_her_calls_over_first(hub: Hub, page: Page) -> None:
    hub.call("n1-3", state="held", held_by=ME)
    hub.call("n1-4", state="parked", parked_by=ME)
    expect(page.get_by_role("region", name="Parked")).to_contain_text("Mine")
    page.get_by_role("button", name="Log off the queue").press("Enter")
    expect(page.get_by_role("dialog", name="You still have calls")).to_contain_text("2 calls")
    expect(page.get_by_label("Hand them over to")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert hub.wait_for("log_off")["hand_over"] == "o2"
    expect(page.get_by_role("dialog")).to_be_hidden()


def holds(hub: Hub, page: Page, **over: Any) -> None:
    hub.call("n1-3", state="held", held_by=ME, **over)
    expect(page.get_by_role("region", name="Held")).to_contain_text("Mine")


@pytest.mark.parametrize(("button", "to"), [("Hand over and pause", "o2"), ("Pause: back to the queue", "queue")])
def test_who_pauses_says_first_who_has_the_callers_whom_she_holds(hub: Hub, page: Page, button: str, to: str) -> None:
    holds(hub, page)
    hub.refuse = Refusal("illegal", count="1", calls="n1-3")
    page.keyboard.press("Shift+F4")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="You still have calls")
    expect(dialog).to_contain_text("070-174 06 05")
    expect(page.get_by_label("Hand them over to")).to_be_focused()
    hub.refuse = None
    dialog.get_by_role("button", name=button).press("Enter")
    expect(dialog).to_be_hidden()
    asked = [one for one in hub.asked if one["do"] == "pause"]
    assert [(one["reason"], one.get("hand_over", "")) for one in asked] == [("break", ""), ("break", to)]
    expect(page.locator(".who")).to_contain_text("Pause: Break")


def test_one_held_call_is_handed_over_to_a_colleague(hub: Hub, page: Page) -> None:
    holds(hub, page)
    hub.call("n1-5", state="held", held_by=ME, caller={"number": "", "name": "Ann", "internal": False})
    page.get_by_role("button", name="Hand over to a colleague Ann").press("Enter")
    dialog = page.get_by_role("dialog", name="Hand over to a colleague")
    expect(dialog).to_contain_text("Ann")
    expect(dialog).not_to_contain_text("070-174 06 05")
    dialog.get_by_role("button", name="Hand over to a colleague").press("Enter")
    asked = hub.wait_for("hand_over")
    assert (asked["call"], asked["to"]) == ("n1-5", "o2")
    expect(dialog).to_be_hidden()
    expect(page.locator(".notice")).to_contain_text("Handed over to Liv Mo")


def test_who_holds_for_long_is_reminded_by_eye_and_ear(hub: Hub, page: Page) -> None:
    holds(hub, page)
    expect(page.locator(".troubles")).not_to_contain_text("goes back to the queue")
    holds(hub, page, returns_at=time.time() + 90)
    expect(page.locator(".troubles")).to_contain_text("You hold 070-174 06 05. The call goes back to the queue at")
    expect(urgent(page)).to_contain_text("You hold 070-174 06 05.")
    page.locator(".troubles").get_by_role("button", name="Take back").press("Enter")
    assert hub.wait_for("resume")["call"] == "n1-3"
    expect(page.locator(".troubles")).not_to_contain_text("goes back to the queue")


@pytest.mark.clause("TAN-17")
def test_a_relief_that_is_lost_is_told_to_who_is_away_and_to_the_supervisor(hub: Hub, page: Page) -> None:
    hub.operator(ME, state="paused", reason="lunch", relief_missing=["o2"])
    expect(page.locator(".troubles")).to_contain_text("Liv Mo, who relieves you, isn't there any more")
    expect(urgent(page)).to_contain_text("Liv Mo, who relieves you")
    hub.operator(ME, state="ready", relief_missing=[], supervisor=True, supervises=["gnosjo"])
    hub.operator("o2", state="paused", reason="lunch", relief_missing=[ME])
    expect(page.locator(".troubles")).to_contain_text("Liv Mo is on a break, and Eva Lind, who relieves her,")
    hub.operator("o2", relief_missing=[])
    expect(page.locator(".troubles")).not_to_contain_text("who relieves")


@pytest.mark.clause("TAN-17")
def test_who_is_counted_on_is_told_by_whom_and_not_asked_for_a_relief(hub: Hub, page: Page) -> None:
    hub.refuse = Refusal("forbidden", clause="TAN-17", name="Liv Mo")
    page.keyboard.press("Shift+F4")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_be_visible()
    expect(page.get_by_label("Relieved by")).to_be_hidden()


def test_logging_out_of_the_page_logs_off_the_queue_first(hub: Hub, page: Page) -> None:
    page.get_by_role("button", name="Settings").press("Enter")
    page.get_by_role("button", name="Log out", exact=True).press("Enter")
    assert hub.wait_for("log_out")["csrfmiddlewaretoken"] == "csrf"
    expect(page.get_by_text("Logged out")).to_be_visible()
    assert [one["do"] for one in hub.asked] == ["log_off", "log_out"]


def test_she_logs_on_at_a_desk_phone_of_the_house(hub: Hub, open_page: Any) -> None:
    phones = {"reception-1": "Reception, left", "reception-2": "Reception, right", "post": "Post room"}
    hub.desk_phones = [{"user": user, "name": name} for user, name in phones.items()]
    hub.operator(ME, state="off")
    hub.operator("o2", phone="reception-1")
    page = open_page(hub)
    expect(page.get_by_role("banner")).to_contain_text("Logged off")
    page.get_by_role("button", name="Settings").press("Enter")
    choice = page.get_by_label("Log on at a desk phone")
    expect(choice.get_by_role("option")).to_have_text(["Your own telephone", "Reception, right", "Post room"])
    choice.select_option("Reception, right")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+F4")
    assert hub.wait_for("ready")["phone"] == "reception-2"


def test_how_much_is_spoken_is_her_choice(hub: Hub, page: Page) -> None:
    page.get_by_role("button", name="Settings").press("Enter")
    page.get_by_role("radio", name="In full").press("Space")
    page.keyboard.press("Escape")
    offer(hub, page)
    full = "Call. Gnosjö kommun. 070-174 06 05. Main number. 1 is waiting Välkommen till Gnosjö kommun"
    expect(urgent(page)).to_have_text(full)
    hub.gone("n1-1")
    page.get_by_role("button", name="Settings").press("Enter")
    page.get_by_role("radio", name="Nothing").press("Space")
    page.keyboard.press("Escape")
    offer(hub, page, "n1-2", "tana")
    expect(page.locator("[role=alert]")).not_to_contain_text("Tana")


def test_a_call_that_comes_while_a_dialog_is_open_is_heard(hub: Hub, page: Page) -> None:
    """What stands outside an open dialog is dead to screen readers."""
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    hub.call("n1-1", offered_to=[ME])
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text("Call. Gnosjö kommun. 070-174 06 05")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_municipality_has_its_own_colour(hub: Hub, open_page: Any) -> None:
    hub.colours = {"gnosjo": "#2f6b2f", "tana": "#ffee00"}
    page = open_page(hub)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        offer(hub, page, f"n1-{scheme}", "gnosjo")
        hub.call(f"n2-{scheme}", "tana")
        assert violations(page) == [], scheme
        hub.gone(f"n1-{scheme}")
        offer(hub, page, f"n2-{scheme}", "tana")
        assert violations(page) == [], f"even a colour that nobody could read, in {scheme}"
        hub.gone(f"n2-{scheme}")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") != ""


def test_the_look_is_the_systems_or_her_own(hub: Hub, page: Page) -> None:
    root = page.locator("html")
    expect(root).to_have_attribute("data-color-scheme", "auto")
    page.get_by_role("button", name="Settings").press("Enter")
    page.get_by_role("radio", name="Dark").press("Space")
    expect(root).to_have_attribute("data-color-scheme", "dark")
    page.reload()
    expect(root).to_have_attribute("data-color-scheme", "dark")
