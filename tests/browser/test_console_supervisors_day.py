# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A supervisor's whole day by keyboard alone: where the focus is after each step, what is spoken, and how many keys each task takes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hub import ME, ORGANISATIONS, Hub, Refusal, operator
from tests.browser.test_console_day import HEAR, hears
from tests.browser.test_console_keys import card, search_box
from tests.browser.test_console_steering import calls

DOCUMENTED = Path(__file__).parents[2] / "docs/console.md"
RELIEF = "Your municipality's policy wants somebody in your place. Say who relieves you."
LOST = "() => document.activeElement === document.body || !document.activeElement.checkVisibility()"


class Keyboard:
    """Presses keys where the focus is, and counts them by task. A text that is written is no key."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counted: dict[str, int] = {}
        self.task = ""

    def begin(self, task: str) -> None:
        self.task = task
        self.counted[task] = 0

    def press(self, *keys: str, then: Locator) -> None:
        """``then`` has the focus afterwards."""
        for key in keys:
            self.page.keyboard.press(key)
            self.counted[self.task] += 1
        expect(then).to_be_focused()
        assert not self.page.evaluate(LOST)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@pytest.fixture
def page(hub: Hub, open_page: Any) -> Page:
    tana = {**ORGANISATIONS["tana"], "listening": {"allowed": True, "notice": True}}
    hub.set("organisations", "tana", tana)
    hub.operator(ME, state="off", supervisor=True, supervises=list(ORGANISATIONS))
    hub.set("operators", "o3", operator("o3", "Karin Ek", calls_today=41))
    page: Page = open_page(hub)
    page.evaluate(HEAR)
    expect(page.get_by_role("banner")).to_contain_text("Logged off")
    return page


def logs_on_and_sees_everything(hub: Hub, page: Page, keys: Keyboard) -> None:
    page.keyboard.press("Escape")
    keys.begin("log on")
    keys.press("Shift+F4", then=search_box(page))
    hub.wait_for("ready")
    keys.begin("see all calls and operators, and back")
    keys.press("Control+F7", then=calls(page))
    expect(calls(page)).to_contain_text("talks with Liv Mo")
    expect(page.get_by_role("listbox", name="Operators")).to_contain_text("41 calls today")
    keys.press("Control+F7", then=search_box(page))
    hears(page, "Ready")


def reads_a_notice(hub: Hub, page: Page, keys: Keyboard) -> None:
    hub.notice("n5", "Brev om avlopp")
    expect(page.get_by_text("Brev om avlopp")).to_be_visible()
    keys.begin("read a notice, and on with what she did")
    keys.press("Control+Shift+F9", then=page.get_by_role("dialog").get_by_role("button", name="I have read it"))
    keys.press("Enter", then=keys.button("Close"))
    assert hub.wait_for("acknowledge")["notice"] == "n5"
    keys.press("Escape", then=search_box(page))


def takes_an_offer_over(hub: Hub, page: Page, keys: Keyboard) -> None:
    keys.begin("take over the call that waits longest")
    keys.press("Control+F7", then=calls(page))
    keys.press("Enter", then=keys.button("Take over 070-174 06 05"))
    keys.press("Enter", then=search_box(page))
    assert hub.wait_for("take_over")["call"] == "n1-9"
    expect(card(page)).to_contain_text("070-174 06 05")
    page.keyboard.press("F4")
    hub.wait_for("hangup")
    expect(card(page)).to_contain_text("No call")
    hears(page, "Call. Gnosjö kommun. 070-174 06 05", "Call ended")


def listens_where_she_may(hub: Hub, page: Page, keys: Keyboard) -> None:
    hub.call("n1-10", state="connected", operator="o3", caller={"number": "", "name": "Ann", "internal": False})
    keys.begin("listen in, and stop")
    keys.press("Control+F7", then=calls(page))
    expect(page.get_by_role("option")).to_have_count(5)
    keys.press("Home", "Enter", then=keys.button("Take over Kari"))
    keys.press("Tab", then=keys.button("Listen in Kari"))
    keys.press(
        "Enter", then=page.get_by_role("region", name="Supervision").get_by_role("button", name="Stop listening")
    )
    assert hub.wait_for("listen")["call"] == "n1-8"
    keys.press("F4", then=keys.button("Listen in Kari"))
    hub.wait_for("stop_listening")
    hears(page, "You are listening to Liv Mo, Kari. Nobody hears you.", "You are no longer listening in.")
    hub.refuse = Refusal("forbidden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).not_to_be_empty()
    expect(keys.button("Listen in Kari")).to_be_focused()
    hub.refuse = None
    hears(page, "You may not do that.")


def sees_why_she_may_not_listen(page: Page, keys: Keyboard) -> None:
    keys.begin("see why she may not listen")
    keys.press("Shift+Tab", "Shift+Tab", then=calls(page))
    keys.press("End", then=calls(page))
    expect(page.get_by_role("region", name="All calls")).to_contain_text("Listening in isn't allowed there.")
    expect(page.get_by_role("button", name="Listen in")).to_have_count(0)


def takes_a_colleagues_call_over_and_holds_it(hub: Hub, page: Page, keys: Keyboard) -> None:
    keys.begin("take over a colleague's call")
    keys.press("Home", "Enter", then=keys.button("Take over Kari"))
    keys.press("Enter", then=search_box(page))
    assert hub.wait_for("take_over")["call"] == "n1-8"
    page.keyboard.press("F8")
    hub.wait_for("hold")
    hears(page, "Call. Deanu gielda / Tana kommune. Kari", "Held")
    expect(search_box(page)).to_be_focused()


def moves_an_operator(hub: Hub, page: Page, keys: Keyboard) -> None:
    operators = page.get_by_role("listbox", name="Operators")
    change = keys.button("Change what she serves")
    keys.begin("move an operator")
    keys.press("Control+F7", then=calls(page))
    keys.press("Tab", then=operators)
    keys.press("ArrowDown", "Enter", then=page.get_by_role("checkbox", name="Deanu gielda / Tana kommune"))
    keys.press("Space", "Tab", "Tab", then=change)
    keys.press("Enter", then=change)
    assert hub.wait_for("assign") == {"do": "assign", "operator": "o3", "organisations": ["gnosjo"]}
    expect(page.locator(".notice")).to_contain_text("Karin Ek")
    hears(page, "Changed: Karin Ek")


def calls_reinforcements_in_and_ends_it(hub: Hub, page: Page, keys: Keyboard) -> None:
    hub.call("n1-11", "tana", caller={"number": "", "name": "Nils", "internal": False})
    expect(calls(page)).to_contain_text("Nils")
    before = keys.button("Change what she serves")
    first = page.get_by_role("dialog", name="For which municipality?").get_by_role("button").first
    keys.begin("call reinforcements in, where it is needed most")
    keys.press("Control+Shift+F8", then=first)
    keys.press("Enter", then=before)
    assert hub.wait_for("surge")["organisation"] == "tana"
    hub.gone("n1-11")
    expect(calls(page)).not_to_contain_text("Nils")
    keys.begin("end reinforcement")
    keys.press("Control+Shift+F8", then=first)
    keys.press("Enter", then=before)
    assert hub.wait_for("end_surge")["organisation"] == "tana"
    tana = "Deanu gielda / Tana kommune"
    expect(page.locator(".notice")).to_contain_text("no longer needed")
    hears(page, f"Reinforcements are called in for {tana}", f"Reinforcements for {tana} are no longer needed")


def tells_all_of_a_disturbance(hub: Hub, page: Page, keys: Keyboard) -> None:
    tell = keys.button("Tell all Gnosjö kommun")
    words = page.get_by_label("What they must know")
    fault = page.get_by_role("radio", name="That a disturbance is known")
    page.keyboard.press("Control+F7")
    expect(search_box(page)).to_be_focused()
    keys.begin("tell all operators of a disturbance")
    keys.press("Control+F7", "Shift+Tab", then=tell)
    keys.press("Enter", then=words)
    page.keyboard.type("The telephones of the school are down.")
    keys.press("Control+Enter", then=tell)
    assert hub.wait_for("announce")["text"] == "The telephones of the school are down."
    keys.begin("tell callers who wait")
    keys.press("Enter", then=words)
    keys.press("Tab", "Tab", then=page.get_by_role("radio", name="Nothing more"))
    keys.press("ArrowDown", "ArrowDown", then=fault)
    keys.press("Space", then=fault)
    assert hub.wait_for("announce", prompt="told-fault")["organisation"] == "gnosjo"
    expect(fault).to_be_checked()
    keys.press("Escape", then=tell)
    assert [one.get("prompt", "") for one in hub.asked if one["do"] == "announce"] == ["", "told-fault"]
    hears(page, "Told to all at Gnosjö kommun")


def gives_a_colleague_a_call(hub: Hub, page: Page, keys: Keyboard) -> None:
    keys.begin("give a held call to a colleague")
    keys.press("Escape", then=search_box(page))
    keys.press("Shift+Tab", then=keys.button("Hand over to a colleague Kari"))
    keys.press("Enter", then=page.get_by_label("Hand them over to"))
    keys.press("1", then=page.get_by_label("Hand them over to"))
    keys.press("Control+Enter", then=search_box(page))
    asked = hub.wait_for("hand_over")
    assert (asked["call"], asked["to"]) == ("n1-8", "o3")
    hears(page, "Karin Ek, Ready · 1", "Handed over to Karin Ek")


def lunches_with_relief(hub: Hub, page: Page, keys: Keyboard) -> None:
    keys.begin("to lunch with a relief, and back")
    hub.refuse = Refusal("forbidden")
    keys.press("Shift+F4", then=page.get_by_role("dialog").get_by_role("button").first)
    keys.press("2", then=page.get_by_label("Relieved by"))
    hub.refuse = None
    keys.press("Control+Enter", then=search_box(page))
    asked = hub.wait_for("pause")
    assert (asked["reason"], asked["relief"]) == ("lunch", "o3")
    expect(page.get_by_role("banner")).to_contain_text("Pause: Lunch")
    keys.press("Shift+F4", then=search_box(page))
    expect(page.get_by_role("banner")).to_contain_text("Ready")
    hears(page, RELIEF, "Pause: Lunch", "Ready")


def hands_over_and_logs_off(hub: Hub, page: Page, keys: Keyboard) -> None:
    hub.call("n1-12", state="held", held_by=ME)
    expect(page.get_by_role("region", name="Held")).to_contain_text("Mine")
    keys.begin("hand over held calls, and log off")
    keys.press("Control+Shift+F7", then=page.get_by_label("Hand them over to"))
    keys.press("Control+Enter", then=search_box(page))
    assert hub.wait_for("log_off")["hand_over"] == "o3"
    expect(page.get_by_role("banner")).to_contain_text("Logged off")
    expect(page.locator(".notice")).to_contain_text("Handed over to Karin Ek")
    hears(page, "Logged off", "Handed over to Karin Ek")


def documented() -> dict[str, int]:
    """Tasks of supervisors and how many keys they take, as the documentation has them."""
    part = DOCUMENTED.read_text().split("| a supervisor's task | keys |")[1].split("\n\n")[0]
    return {task: int(count) for task, count in re.findall(r"^\| ([^|]+) \| (\d+) \|$", part, re.MULTILINE)}


@pytest.mark.clause("FAL-18")
def test_a_supervisors_day_by_keyboard_alone_takes_as_many_keys_as_documented(hub: Hub, page: Page) -> None:
    kari = {"number": "4790000001", "name": "Kari", "internal": False}
    hub.call("n1-8", "tana", state="connected", operator="o2", caller=kari)
    hub.call("n1-9", offered_to=["o3"])
    keys = Keyboard(page)
    logs_on_and_sees_everything(hub, page, keys)
    reads_a_notice(hub, page, keys)
    takes_an_offer_over(hub, page, keys)
    listens_where_she_may(hub, page, keys)
    sees_why_she_may_not_listen(page, keys)
    takes_a_colleagues_call_over_and_holds_it(hub, page, keys)
    moves_an_operator(hub, page, keys)
    calls_reinforcements_in_and_ends_it(hub, page, keys)
    tells_all_of_a_disturbance(hub, page, keys)
    gives_a_colleague_a_call(hub, page, keys)
    lunches_with_relief(hub, page, keys)
    hands_over_and_logs_off(hub, page, keys)
    assert keys.counted == documented()
