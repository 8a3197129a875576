# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of announcements in Chromium: without barriers, and a recording uploaded, heard and deleted by somebody who sees them first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import rows
from tests.browser.barriers import barriers
from tests.engine.audio import tone
from tests.engine.waiting import until
from tests.prompts.test_recordings import file
from vaxel.directory.models import Role, RoleKind
from vaxel.prompts import files
from vaxel.telephony import prompts

PATHS = [
    "/prompts",
    "/prompts?language=se&who=Berit",
    "/prompts/tana/nb/closed",
    "/prompts/tana/se/closed",
    "/prompts/mine",
]
PLAY_TO_THE_END = """(audio) => new Promise((resolve, reject) => {
    audio.addEventListener("ended", () => resolve(audio.duration));
    audio.addEventListener("error", () => reject(audio.error));
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
    tana = rows.organisation(
        "tana", main="4760000100", language="nb", country="NO", time_zone="Europe/Oslo", announced_in="se nb"
    )
    berit = rows.person(tana, "Berit Varsi", "4760000109", user=rows.user("berit"))
    Role.objects.create(organisation=tana, person=berit, kind=RoleKind.MANAGER)
    prompts.save((tone(600, 1.5), 8000), files.folder() / "nb/closed")


def log_in(page: Page, server: LiveServer, then: str) -> None:
    page.goto(f"{server.url}/log-in?next={then}")
    page.get_by_label("User").fill("berit")
    page.get_by_label("Password").fill(rows.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}{then}")


def test_no_page_has_a_barrier(furnished: None, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server, "/prompts/mine")
    found = {path: barriers(page, f"{live_server.url}{path}") for path in PATHS}
    context.close()
    assert not any(found.values()), found


def test_a_recording_is_uploaded_heard_and_deleted(
    furnished: None, live_server: LiveServer, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    log_in(page, live_server, "/prompts")
    page.get_by_role("link", name="Sentralbordet er stengt nå.").click()
    assert page.locator("audio").evaluate(PLAY_TO_THE_END) == pytest.approx(1.7, abs=0.1)
    wrong = tmp_path / "note.wav"
    wrong.write_text("no sound")
    page.get_by_label("Sound file").set_input_files(wrong)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("not a sound file")
    right = tmp_path / "closed.flac"
    right.write_bytes(file("FLAC"))
    page.get_by_label("Sound file").set_input_files(right)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("has been saved")
    own = page.get_by_role("region", name="Own recording")
    assert own.locator("audio").evaluate(PLAY_TO_THE_END) == pytest.approx(1.2, abs=0.1)
    page.get_by_role("button", name="Delete the recording").click()
    expect(page.get_by_role("status")).to_contain_text("has been deleted")
    expect(page.get_by_role("region", name="Own recording")).to_have_count(0)
    context.close()


def test_an_announcement_is_recorded_with_the_microphone(
    furnished: None, live_server: LiveServer, browser: Browser
) -> None:
    """The browser's own test tone is the voice: its level is shown, it is played back, and saved as callers will hear it."""
    context = browser.new_context(locale="en-GB", permissions=["microphone"])
    page = context.new_page()
    log_in(page, live_server, "/prompts/tana/nb/closed")
    page.get_by_role("button", name="Record with the microphone").click()

    def level(condition: str) -> None:
        # Not wait_for_function: it evaluates a text in the page, which the page's own policy forbids.
        until(lambda: page.locator("meter").evaluate(f"meter => meter.value {condition}"), what=f"a level {condition}")

    level("> 0.05")
    level("< 0.02")
    level("> 0.05")  # One beep is recorded from its beginning to its end.
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Listen, then save.")).to_be_visible()
    assert page.get_by_label("What was recorded").evaluate("audio => audio.readyState >= 0 && audio.src !== ''")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("has been saved")
    expect(page.get_by_role("region", name="Own recording")).to_be_visible()
    context.close()


def test_without_a_microphone_a_file_is_chosen(furnished: None, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", permissions=[])
    page = context.new_page()
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    log_in(page, live_server, "/prompts/tana/nb/closed")
    page.get_by_role("button", name="Record with the microphone").click()
    expect(page.get_by_text("The microphone can't be used.")).to_be_visible()
    expect(page.get_by_label("Sound file")).to_be_enabled()
    context.close()
