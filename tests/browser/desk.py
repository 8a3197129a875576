# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An operator's browser in a whole installation. Gnosjö's operators have the page in Swedish."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.system.installation import Installation

# What the page has sent and heard: its telephone keeps its connection to itself.
WATCH_CONNECTIONS = """
window.connections = [];
const Original = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Original {
  constructor(...options) { super(...options); window.connections.push(this); }
};
"""
HEARD = """async () => {
  let energy = 0, packets = 0;
  for (const connection of window.connections) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      energy += report.totalAudioEnergy ?? 0;
      packets += report.packetsReceived ?? 0;
    }
  }
  return {energy, packets};
}"""


class Desk:
    """The console of ``operator`` (of ``demo.json``), with its browser phone registered."""

    def __init__(self, page: Page, installation: Installation, operator: dict[str, Any]) -> None:
        self.page = page
        self.installation = installation
        self.operator = operator

    @property
    def card(self) -> Locator:
        return self.page.locator(".mine")

    @property
    def search(self) -> Locator:
        return self.page.locator("#search")

    def phone_ready(self) -> None:
        expect(self.page.get_by_role("banner")).to_contain_text("Telefonen redo", timeout=15000)

    def log_on(self) -> None:
        self.phone_ready()
        self.page.keyboard.press("Shift+F4")
        expect(self.page.locator(".who")).to_contain_text("Redo")

    def log_off(self) -> None:
        if self.page.locator(".who").get_attribute("data-state") != "off":
            self.page.get_by_role("button", name="Logga ut ur kön").click()
            expect(self.page.locator(".who")).to_contain_text("Utloggad")

    def offered(self) -> None:
        expect(self.card).to_contain_text("Nytt samtal", timeout=15000)

    def connected(self) -> None:
        expect(self.card).to_contain_text("I samtalet", timeout=15000)

    def free(self) -> None:
        expect(self.card).to_contain_text("Inget samtal", timeout=15000)

    def answer(self) -> None:
        self.offered()
        self.page.keyboard.press("F2")
        self.connected()

    def hears(self) -> None:
        """Waits until sound, not only silence, has come in since now."""
        before = self.page.evaluate(HEARD)["energy"]
        self.page.wait_for_function(
            f"async before => (await ({HEARD})()).energy > before + 0.001", arg=before, timeout=10000
        )


@contextmanager
def desk(browser: Browser, installation: Installation, operator: dict[str, Any]) -> Iterator[Desk]:
    """Log in by the form, as a person does, and open the console."""
    base = f"http://127.0.0.1:{installation.config.web_port}"
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", permissions=["microphone"], base_url=base
    )
    context.add_init_script(WATCH_CONNECTIONS)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/log-in?next=/console")
    page.locator("[name=username]").fill(operator["user"])
    page.locator("[name=password]").fill(operator["password"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}/console")
    found = Desk(page, installation, operator)
    try:
        yield found
        assert not errors, errors
    finally:
        found.log_off()
        context.close()
