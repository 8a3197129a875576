# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Debian's Chromium, driven by Playwright, with the console's page in it."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.hub import Hub
from tests.engine.audio import tone
from tests.system.installation import Installation
from vaxel.console import assets_build

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
SWITCHES = [
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    # Candidates on loopback are otherwise left out; the tests never leave this machine.
    "--allow-loopback-in-peer-connection",
]

MICROPHONE = 900
"""What Chromium's microphone hears, in Hz: beeps, since it takes a steady tone for noise and removes it."""

expect.set_options(timeout=30000)
WITHOUT_TIMES = """() => {
  const copy = document.querySelector("main").cloneNode(true);
  for (const time of copy.querySelectorAll("time")) time.remove();
  return copy.innerHTML;
}"""
"""What the page shows, but for times that run on."""


@pytest.fixture(scope="session")
def assets() -> None:
    assets_build.build(lambda line: None)


@pytest.fixture(scope="session")
def browser(assets: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    microphone = beeps(tmp_path_factory.mktemp("microphone") / "beeps.wav")
    switches = [*SWITCHES, f"--use-file-for-fake-audio-capture={microphone}"]
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs namespaces that root in a container doesn't have.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=switches, chromium_sandbox=False)
        yield browser
        browser.close()


def beeps(path: Path) -> Path:
    """Half a second of tone, a tenth of silence, over and over."""
    rate = 48000
    beep = np.concatenate([tone(MICROPHONE, 0.5, rate), np.zeros(rate // 10)])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.tile(beep, 20) * 32767).astype("<i2").tobytes())
    return path


OFFERS = """
import sys
from vaxel.directory.changes import raise_version
from vaxel.directory.models import Organisation
Organisation.objects.filter(id__in=("gnosjo", "falkenberg")).update(offer_seconds=float(sys.argv[1]))
raise_version()
"""


@pytest.fixture(scope="module")
def patient(installation_session: Installation) -> Iterator[None]:
    """Several pages on a slow machine may need longer than the six seconds for which calls are offered otherwise."""
    installation_session.django(OFFERS, "60")
    yield
    installation_session.django(OFFERS, "6")


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    yield hub
    hub.stop()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of a double; every error in the page's script fails the test."""
    contexts = []
    errors: list[str] = []

    def open_(hub: Hub, path: str = "/console", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{hub.url}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def page(hub: Hub, open_page: Callable[..., Page]) -> Page:
    """The console, connected."""
    page = open_page(hub)
    expect(page.get_by_text("Eva Lind")).to_be_visible()
    return page
