# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page says when its telephone can't work. That it works is shown end to end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hub import Hub
from tests.ports import free_ports

MICROPHONE = """
window.microphone = "NAME";
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async wanted => {
  if (window.microphone) throw new DOMException("", window.microphone);
  return open(wanted);
};
"""


@pytest.fixture
def hub() -> Iterator[Hub]:
    """The console has a browser phone, and nobody listens where it registers."""
    sip = {"url": f"ws://127.0.0.1:{free_ports(1)[0]}/ws", "user": "eva", "password": "secret", "name": "Eva"}
    hub = Hub(sip=sip)
    yield hub
    hub.stop()


def console(browser: Browser, hub: Hub, microphone: str) -> Page:
    page = browser.new_context(permissions=["microphone"]).new_page()
    page.add_init_script(MICROPHONE.replace("NAME", microphone))
    page.goto(f"{hub.url}/console")
    expect(page.get_by_text("Eva Lind")).to_be_visible()
    return page


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("NotAllowedError", "The browser may not use the microphone."),
        ("NotFoundError", "No microphone was found"),
        ("NotReadableError", "or another program has it"),
    ],
)
def test_a_microphone_that_fails_is_told_before_a_call_comes(
    browser: Browser, hub: Hub, failure: str, words: str
) -> None:
    page = console(browser, hub, failure)
    expect(page.get_by_role("banner")).to_contain_text(words)
    page.evaluate("window.microphone = ''")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("banner")).not_to_contain_text(words)
    page.context.close()


def test_a_telephone_that_reaches_no_engine_is_told(browser: Browser, hub: Hub) -> None:
    page = console(browser, hub, "")
    expect(page.get_by_role("banner")).to_contain_text("Phone not connected")
    page.context.close()
