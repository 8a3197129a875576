# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding and telling with nothing doubled: a real call, the real directory, what is kept on the server. Keyboard only, in Swedish."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import Desk, desk
from tests.engine.waiting import until
from tests.system.installation import Installation

NOTICE = """
import sys
from vaxel.directory.audit import By
from vaxel.directory.models import Organisation
from vaxel.notices.actions import tell
from vaxel.notices.plans import NoticePlan
tell(Organisation.objects.get(pk="gnosjo"), By(name="Ann"), NoticePlan(
    kind="expected_calls", title="Brev om " + sys.argv[1], answer="Svar kommer i maj.", words=[sys.argv[1]]))
"""


@pytest.fixture
def console(browser: Browser, installation: Installation) -> Iterator[Desk]:
    with desk(browser, installation, installation.municipality("gnosjo")["operators"][0]) as found:
        found.log_on()
        yield found


@pytest.mark.clause("AAB-8", "AAB-21", "AAB-30", "AAB-37", "GNO-6", "TAN-5")
def test_a_caller_is_told_what_may_be_told_promised_and_known_when_she_rings_again(
    console: Desk,
    installation: Installation,
) -> None:
    home = installation.municipality("gnosjo")
    person = home["people"][4]
    token = console.operator["token"]
    page = console.page
    chosen = page.locator(".card")
    installation.django(NOTICE, "kajakbryggan")
    with installation.citizen("46701740688") as citizen:
        citizen.dial(home["main_number"])
        console.answer()
        page.keyboard.type(person["name"])
        expect(chosen.locator(".card-title")).to_contain_text(person["name"])
        expect(page.locator(".result").first).to_contain_text("Inne")
        page.keyboard.press("Control+F2")
        expect(chosen.locator(".told-number")).to_have_text(re.compile(r"^(0980-|Inget nummer)"))
        page.keyboard.press("Control+F9")
        expect(page.get_by_role("radio", name=person["name"])).to_be_checked()
        page.keyboard.type("Bryggan")
        page.keyboard.press("Control+F9")
        expect(page.locator(".notice")).to_contain_text(f"Lovat: {person['name']} ringer tillbaka")
        page.keyboard.press("Control+F8")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".notice")).to_contain_text(f"{person['name']} är hänvisad")
        expect(chosen).to_contain_text(re.compile("Frånvarande till .*Sjuk"))
        page.keyboard.press("Control+A")
        page.keyboard.type("kajakbryggan")
        expect(page.locator(".touching")).to_contain_text("Svar kommer i maj.")
        page.keyboard.press("Control+Shift+F9")
        dialog = page.get_by_role("dialog", name="Aviseringar")
        dialog.get_by_role("button", name="Jag har läst Brev om kajakbryggan").press("Enter")
        unread = page.locator('.notice-line[data-unread="true"]', has_text="kajakbryggan")
        expect(unread).to_have_count(0)
        page.keyboard.press("Escape")
        page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        console.free()
        promise = installation.rest("GET", "messages", token)[1]["items"][0]
        assert (promise["to"], promise["matter"], promise["call_back"]) == (person["id"], "Bryggan", True)
        absent = installation.rest("GET", f"people/{person['id']}/absences", token)[1]
        assert absent["presence"]["reason"] == "sick"
        assert [one["via"] for one in absent["items"]] == ["proxy"]
        first = promise["call"]
        until(lambda: installation.rest("GET", f"calls/{first}", token)[1].get("ended"), 15, "the first call's record")
        citizen.dial(home["main_number"])
        console.answer()
        expect(console.card.get_by_role("group", name="Lovad att bli uppringd")).to_contain_text(person["name"])
        expect(console.card.get_by_role("group", name="Tidigare i dag")).to_contain_text("besvarat")
        page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
    installation.rest("DELETE", f"people/{person['id']}/absences", token)


def test_keys_of_ones_own_hold_after_a_reload(console: Desk, installation: Installation) -> None:
    page = console.page
    page.get_by_role("banner").get_by_role("button", name="Tangenter").press("Enter")
    page.get_by_role("button", name=re.compile("^Ändra tangenten: Parkera")).press("Enter")
    page.keyboard.press("F7")
    expect(page.locator(".notice")).to_contain_text("Ändrad till F7")
    page.reload()
    console.phone_ready()
    with installation.citizen() as citizen:
        citizen.dial(installation.municipality("gnosjo")["main_number"])
        console.answer()
        page.keyboard.press("F7")
        expect(page.locator(".list-parked")).to_contain_text("Mitt")
        page.keyboard.press("F7")
        console.connected()
        page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
    status, kept = installation.rest("PUT", "me/keys", console.operator["token"], {"keys": {}})
    assert (status, kept) == (200, {"keys": {}})
