# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The server's pages in Chromium: by keyboard, and with axe, in light and dark and at 400 %."""

from __future__ import annotations

import wave
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import rows
from tests.browser.barriers import barriers, violations
from vaxel.calls.actions import write_note
from vaxel.calls.models import Call, Voicemail
from vaxel.calls.projection import ship
from vaxel.cases.models import CaseDivision
from vaxel.duties.actions import take_message
from vaxel.site.config import config

CALL = "n1-1764000000.1"
PATHS = ["/log-in", "/calls", f"/calls/{CALL}", "/messages", "/voicemails", "/cases", "/cases/{case}"]
WIND_AND_PLAY_TO_THE_END = """(audio) => new Promise((resolve, reject) => {
    audio.addEventListener("ended", () => resolve(audio.duration));
    audio.addEventListener("error", () => reject(audio.error));
    audio.currentTime = 1.5;
    audio.play().catch(reject);
})"""


@pytest.fixture(scope="module", autouse=True)
def database_beside_playwright() -> Iterator[None]:
    """Playwright's own event loop runs in this thread, and Django would refuse the database because of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def furnished(transactional_db: None) -> None:
    gnosjo = rows.organisation()
    britta = rows.operator(gnosjo)
    anna = rows.person(gnosjo)
    recording = {"name": f"{CALL}-r5", "seconds": 2.0, "person": ""}
    sound = config().var / "engine" / "spool" / "recording" / f"{CALL}-r5.wav"
    sound.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16000))
    path = [{"at": rows.START, "code": "answered", "who": "Britta Växel", "seconds": 8.0, "cause": ""}]
    ship(
        [rows.entry(CALL, 1, path=path, recording=recording, state="ended", ended=rows.START + 60, end_cause="hangup")]
    )
    call = Call.objects.get()
    write_note(call, britta, "Ringer igen")
    division = CaseDivision.objects.create(organisation=gnosjo, task="Försörjningsstöd", by="day")
    division.shares.create(person=anna, first="1", last="31")
    take_message(britta, call, to=anna.key, matter="Altan", caller_name="Eva Ek", call_back=True)


def log_in(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/log-in?next=/calls")
    expect(page.get_by_label("User")).to_be_focused()
    page.keyboard.type("britta")
    page.keyboard.press("Tab")
    page.keyboard.type(rows.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Calls", level=1)).to_be_visible()


def test_no_page_has_a_barrier(furnished: None, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    found = {"/log-in": barriers(page, f"{live_server.url}/log-in")}
    log_in(page, live_server)
    keys = {"case": CaseDivision.objects.get().key}
    found["/nothing"] = barriers(page, f"{live_server.url}/nothing", [404])
    found |= {path: barriers(page, live_server.url + path.format(**keys)) for path in PATHS[1:]}
    page.get_by_role("textbox").first.fill("xyz")
    page.get_by_role("textbox").first.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    found["/cases/{case}, refused"] = violations(page)
    context.close()
    assert not any(found.values()), found


def test_a_voice_message_plays_and_can_be_wound(furnished: None, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server.url}/voicemails")
    player = page.locator("audio")
    length = player.evaluate(WIND_AND_PLAY_TO_THE_END)
    assert round(length) == 2
    page.get_by_role("button", name="Mark as heard").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Marked as heard.")
    assert Voicemail.objects.get().heard is not None
    context.close()


def test_the_first_tab_leads_past_the_menu(furnished: None, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    log_in(page, live_server)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    context.close()
