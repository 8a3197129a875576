# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes the demonstration's pictures in ``docs/screenshots``: ``python -m tests.browser.demonstration_pictures [FOLDER]``.

Nothing in them is doubled: a visitor rings from the citizen's page, an operator answers and takes a message, a voice message is left.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

if TYPE_CHECKING:
    from tests.system.installation import Installation

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WINDOW: ViewportSize = {"width": 1280, "height": 800}
CITIZEN: ViewportSize = {"width": 1280, "height": 1000}


def main(folder: Path) -> None:
    from tests.browser.conftest import CHROMIUM, SWITCHES
    from tests.engine import announcements
    from tests.system.installation import Installation
    from vaxel.console import assets_build

    assets_build.build(print)
    announcements.make()
    installation = Installation(announcements.engine_root())
    try:
        installation.start("web")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES, chromium_sandbox=False)
            Pictures(folder, browser, installation).take()
            browser.close()
    finally:
        installation.stop()


class Pictures:
    def __init__(self, folder: Path, browser: Browser, installation: Installation) -> None:
        self.folder = folder
        self.browser = browser
        self.installation = installation
        self.base = f"http://127.0.0.1:{installation.config.web_port}"

    def take(self) -> None:
        from tests.browser.desk import desk

        home = self.installation.municipality("gnosjo")
        called = next(one for one in home["people"] if "user" in one)
        context = self.browser.new_context(
            viewport=CITIZEN,
            locale="sv-SE",
            permissions=["microphone"],
            base_url=self.base,
        )
        citizen = context.new_page()
        citizen.goto("/citizen")
        expect(citizen.locator("[role=status]")).to_contain_text("Telefonen redo", timeout=15000)
        with desk(self.browser, self.installation, home["operators"][0]) as operator:
            operator.log_on()
            ring(citizen, called["number"])
            operator.answer()
            self.keep(citizen, "citizen")
            operator.page.keyboard.type(called["name"].lower())
            operator.page.keyboard.press("Control+Enter")
            operator.page.keyboard.type("Vill veta om altanen vid Hagavägen behöver bygglov. Nås efter klockan tre.")
            operator.page.keyboard.press("Control+Enter")
            expect(operator.page.locator(".notice")).to_be_visible()
            operator.page.keyboard.press("F4")
            operator.free()
            timeline = operator.page.context.new_page()
            timeline.set_viewport_size(WINDOW)
            timeline.goto(f"{self.base}/calls")
            timeline.locator("main a[href*='/calls/']").first.click()
            self.keep(timeline, "call")
            timeline.close()
        self.keep(self.page_of(called, "/messages"), "messages")
        self.voice_message(citizen)

    def voice_message(self, citizen: Page) -> None:
        home = self.installation.municipality("falkenberg")
        called = next(one for one in home["people"] if "user" in one)
        ring(citizen, called["number"])
        expect(citizen.locator(".digits")).to_be_visible(timeout=30000)
        page = self.page_of(called, "/voicemails")
        # The greeting, and as much of what the visitor says as these installations take.
        expect(citizen.locator(".digits")).to_be_hidden(timeout=60000)
        page.wait_for_function(
            "fetch('/voicemails').then(answer => answer.text()).then(text => text.includes('<audio'))"
        )
        page.reload()
        self.keep(page, "voicemails")

    def page_of(self, person: dict[str, str], path: str) -> Page:
        page = self.browser.new_context(viewport=WINDOW, locale="sv-SE", base_url=self.base).new_page()
        page.goto(f"/log-in?next={path}")
        page.locator("[name=username]").fill(person["user"])
        page.locator("[name=password]").fill(person["password"])
        page.keyboard.press("Enter")
        expect(page).to_have_url(self.base + path)
        return page

    def keep(self, page: Page, name: str) -> None:
        page.evaluate("document.fonts.ready")
        page.screenshot(path=self.folder / f"demonstration-{name}.png")


def ring(citizen: Page, number: str) -> None:
    citizen.locator("#number").fill(number)
    citizen.keyboard.press("Enter")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
