# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the page comes into its rarer states: of supervision and breaks, of the telephone, of finding and telling."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.browser.directory import HERE, Value
from tests.browser.hub import ME, ORGANISATIONS, Hub, Refusal, operator
from tests.browser.keypad import keypad
from tests.browser.telephone import REFUSED, REGISTERED, with_phone
from tests.browser.test_console_finding import away, find, moment, person
from tests.browser.test_console_keys import card, search_box, talk
from tests.browser.test_console_steering import calls, holds, reinforcement_asked, supervise

# ── supervision and breaks ──────────────────────────────────────────────────────────────────────────────────────────


def supervising(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    expect(page.get_by_role("listbox", name="Operators")).to_contain_text("41 calls today")


def listening_in(hub: Hub, page: Page) -> None:
    hub.set("organisations", "tana", {**ORGANISATIONS["tana"], "listening": {"allowed": True, "notice": True}})
    supervise(hub, page)
    calls(page).focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Listen in Kari").press("Enter")
    expect(page.get_by_role("banner")).to_contain_text("You are listening to Liv Mo, Kari. Nobody hears you.")


def telling_all(hub: Hub, page: Page) -> None:
    supervise(hub, page)
    page.get_by_role("button", name="Tell all Gnosjö kommun").press("Enter")
    page.get_by_role("radio", name="That a disturbance is known").press("Space")
    expect(page.get_by_role("radio", name="That a disturbance is known")).to_be_checked()


def asking_where_to_reinforce(hub: Hub, page: Page) -> None:
    reinforcement_asked(hub, page).wait_for()


def relief_asked(hub: Hub, page: Page) -> None:
    hub.refuse = Refusal("forbidden")
    page.keyboard.press("Shift+F4")
    page.get_by_role("button", name="Lunch").press("Enter")
    expect(page.get_by_label("Relieved by")).to_be_focused()


def pausing_with_held_calls(hub: Hub, page: Page) -> None:
    holds(hub, page)
    hub.refuse = Refusal("illegal", count="1", calls="n1-3")
    page.keyboard.press("Shift+F4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="You still have calls")).to_be_visible()


def handing_one_over(hub: Hub, page: Page) -> None:
    holds(hub, page)
    hub.call("n1-5", state="held", held_by=ME, caller={"number": "", "name": "Ann", "internal": False})
    page.get_by_role("button", name="Hand over to a colleague Ann").press("Enter")
    expect(page.get_by_role("dialog", name="Hand over to a colleague")).to_contain_text("Ann")


def reminded_of_held(hub: Hub, page: Page) -> None:
    holds(hub, page, returns_at=time.time() + 90)
    expect(page.locator(".troubles")).to_contain_text("The call goes back to the queue at")


def relief_lost(hub: Hub, page: Page) -> None:
    hub.operator(ME, state="paused", reason="lunch", relief_missing=["o2"])
    expect(page.locator(".troubles")).to_contain_text("Liv Mo, who relieves you, isn't there any more")


def choosing_a_desk_phone(hub: Hub, page: Page) -> None:
    hub.desk_phones = [{"user": "reception-1", "name": "Reception, left"}, {"user": "post", "name": "Post room"}]
    hub.operator(ME, state="off")
    page.reload()
    page.get_by_role("button", name="Settings").press("Enter")
    page.get_by_label("Log on at a desk phone").select_option("Post room")


# ── the telephone ───────────────────────────────────────────────────────────────────────────────────────────────────


def microphone_failed(hub: Hub, page: Page) -> None:
    with_phone(hub, page, microphone="NotAllowedError")
    expect(page.get_by_role("banner")).to_contain_text("The browser may not use the microphone.")


def phone_refused(hub: Hub, page: Page) -> None:
    with_phone(hub, page, engine=REFUSED)
    expect(page.get_by_role("banner")).to_contain_text("The telephone system refuses your telephone")


def second_tab(hub: Hub, page: Page) -> None:
    hub.sip = {"url": "ws://127.0.0.1:9/ws", "user": "eva", "password": "-", "name": "Eva"}
    first = page.context.new_page()
    first.goto(page.url)
    expect(first.get_by_role("banner")).to_contain_text("Phone not connected")
    with_phone(hub, page, microphone="NotAllowedError")
    expect(page.get_by_role("banner")).to_contain_text("Your telephone is in another tab")


def setting_the_phone(hub: Hub, page: Page) -> None:
    with_phone(hub, page, engine=REGISTERED)
    page.get_by_role("button", name="Settings").press("Enter")
    page.wait_for_function("document.querySelector('#level').value > 0.3")


def talking_while_muted(hub: Hub, page: Page) -> None:
    with_phone(hub, page, engine=REGISTERED)
    expect(page.get_by_role("banner")).to_contain_text("Phone ready")
    talk(hub, page)
    page.evaluate("window.rings()")
    page.get_by_role("button", name="Mute").press("Enter")
    expect(page.get_by_role("banner")).to_contain_text("microphone is off")


def ringing_alone(hub: Hub, page: Page) -> None:
    with_phone(hub, page, engine=REGISTERED)
    expect(page.get_by_role("banner")).to_contain_text("Phone ready")
    hub.go_away()
    expect(page.get_by_role("banner")).to_contain_text("Connection lost")
    page.evaluate("window.rings(false)")
    expect(card(page)).to_contain_text("On the telephone only")


def talking_alone(hub: Hub, page: Page) -> None:
    ringing_alone(hub, page)
    page.keyboard.press("F2")
    expect(card(page).get_by_role("button", name="Mute")).to_be_visible()


# ── finding and telling ─────────────────────────────────────────────────────────────────────────────────────────────


def whole_card(hub: Hub, page: Page) -> None:
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
        "same_function": [{"id": "p12", "name": "Bo Anundsson", "number": "46370331212", "presence": HERE}],
    }
    talk(hub, page)
    find(page, "altan")
    expect(person(page)).to_contain_text("May be told: Är på platsbesök")


def number_told(hub: Hub, page: Page) -> None:
    hub.directory.cards["p11"] = {
        "tell_number": "46370331300",
        "transfer": {"to": "46370331300", "why": "Alla till gruppen."},
    }
    talk(hub, page)
    find(page, "anna")
    expect(person(page).locator(".wish")).to_be_visible()
    page.keyboard.press("Control+F2")
    expect(person(page).locator(".told-number")).to_have_text("0370-33 13 00")


def concerned(hub: Hub, page: Page) -> None:
    sent: Value = hub.notice("n5", "Brev om avlopp", answer="Inventeringen görs i maj.")
    answer = {"id": "a1", "organisation": "gnosjo", "question": "Vad kostar bygglov?", "text": "Se taxan."}
    hub.directory.matches = {"items": [{**sent, "begins": moment(-60), "ends": None}], "answers": [answer]}
    search_box(page).focus()
    find(page, "bo")
    expect(page.get_by_role("region", name="Concerns this")).to_contain_text("Se taxan.")


def search_failed(hub: Hub, page: Page) -> None:
    hub.directory.broken.add("search")
    talk(hub, page)
    page.keyboard.type("anna")
    expect(page.get_by_text("The search doesn't answer.")).to_be_visible()


def caller_known(hub: Hub, page: Page) -> None:
    earlier = {"id": "n1-0", "at": moment(-60), "dialled": "46370331000", "reason": "fallback", "outcome": "lost"}
    promise = {"id": 7, "to_name": "Anna Berg", "matter": "Altan", "promised_at": moment(30), "taken_at": moment(-60)}
    known = {"earlier": [{**earlier, "person": "", "operator_name": ""}] * 2, "promises": [promise]}
    hub.directory.callers |= {"n1-1": known, "n1-2": known}
    hub.call("n1-2", "tana")
    talk(hub, page)
    page.locator(".list-queue").get_by_role("button", name="More").press("Enter")
    expect(card(page).get_by_role("group", name="Promised to be rung back")).to_be_visible()


def promises_owed(hub: Hub, page: Page) -> None:
    own = {"organisation": "gnosjo", "to_name": "", "caller_name": "Nils Ek", "caller_number": "0370-12 34 56"}
    hub.directory.promises = [
        {**own, "id": 1, "matter": "Altan", "promised_at": moment(-20)},
        {**own, "id": 2, "caller_name": "", "matter": "", "promised_at": moment(40)},
    ]
    page.reload()
    expect(page.locator(".list-promised")).to_contain_text("overdue")


def first_layer(hub: Hub, page: Page) -> None:
    talk(hub, page)
    find(page, "an")
    keypad(page, ",")
    expect(page.get_by_role("complementary")).to_contain_text("Ask first")


def key_refused(hub: Hub, page: Page) -> None:
    page.keyboard.press("?")
    page.get_by_role("button", name="Change the key: Hold, and take back").press("Enter")
    page.keyboard.press("F9")
    expect(page.locator("#key-help")).to_have_text("This key already means: Park, and fetch")


def in_sami(hub: Hub, page: Page) -> None:
    hub.language = "nb"
    page.evaluate("localStorage.setItem('vaxel.sami', 'on')")
    page.reload()
    hub.set("operators", "o3", operator("o3", "Karin Ek", state="paused", reason="meeting"))
    hub.call("n1-1", "tana", offered_to=[ME])
    expect(page.locator(".call").get_by_text("Vástit")).to_be_visible()


SUPERVISION = [supervising, listening_in, telling_all, asking_where_to_reinforce]
BREAKS = [relief_asked, pausing_with_held_calls, handing_one_over, reminded_of_held, relief_lost, choosing_a_desk_phone]
TELEPHONE = [
    microphone_failed,
    phone_refused,
    second_tab,
    setting_the_phone,
    talking_while_muted,
    ringing_alone,
    talking_alone,
]
FINDING = [
    whole_card,
    number_told,
    concerned,
    search_failed,
    caller_known,
    promises_owed,
    first_layer,
    key_refused,
    in_sami,
]
