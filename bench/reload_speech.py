# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a caller doesn't hear the operator when she loads her page anew in the middle of their call: seconds, the 99th percentile.

A real telephone that we did not write, the engine, the controller, the web, and Chromium with the page and its browser phone. The caller's
telephone records; the clock starts with the command to load the page and stops when the operator's microphone is heard again.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright
from tests.browser.conftest import CHROMIUM, MICROPHONE, SWITCHES, beeps
from tests.browser.desk import Desk, desk
from tests.engine import announcements
from tests.engine.sip import Baresip
from tests.system.ears import hears, so_far
from tests.system.installation import Installation

from bench.support.result import percentile, report, say
from vaxel.console import assets_build
from vaxel.telephony.audio import Samples

ROUNDS = 30
PATIENCE = 20.0
LOOK = 0.1
"""Seconds of sound in which the tone is sought."""
GOAL = 1.0


def sounds(samples: Samples, rate: int) -> bool:
    """Is the operator's microphone what is loudest?"""
    part = samples[-int(LOOK * rate) :]
    if len(part) < int(LOOK * rate) or np.sqrt((part**2).mean()) < 0.01:
        return False
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return bool(abs(np.fft.rfftfreq(len(part), 1 / rate)[spectrum.argmax()] - MICROPHONE) < 20)


def gap(console: Desk, citizen: Baresip) -> float:
    """Seconds from the command to the last moment at which the operator wasn't heard."""
    recording = citizen.heard()[-1]
    asked = time.monotonic()
    console.page.reload(wait_until="commit")
    # What came before is of the page that went away.
    gone = len(so_far(recording)[0])
    while time.monotonic() < asked + PATIENCE:
        samples, rate = so_far(recording)
        if sounds(samples[gone:], rate):
            # It sounded through the whole of what was looked at.
            return time.monotonic() - asked - LOOK
        time.sleep(0.02)
    raise TimeoutError(f"the caller doesn't hear the operator {PATIENCE} s after she loaded her page anew")


def run(installation: Installation, microphone: Path) -> None:
    home = installation.municipality("gnosjo")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*SWITCHES, f"--use-file-for-fake-audio-capture={microphone}"],
            chromium_sandbox=False,
        )
        found = []
        with desk(browser, installation, home["operators"][0]) as console:
            console.page.on("dialog", lambda dialog: dialog.accept())
            console.log_on()
            for n in range(ROUNDS):
                with installation.citizen(tone=600) as citizen:
                    citizen.dial(home["main_number"])
                    console.answer()
                    hears(citizen, MICROPHONE)
                    found.append(gap(console, citizen))
                    console.connected()
                    console.page.keyboard.press("F4")
                    console.free()
                say(f"{n + 1:3}: {found[-1]:.2f} s")
        version = browser.version
        browser.close()
    report(
        "reload_speech",
        percentile(found, 99),
        "seconds in which the caller doesn't hear the operator",
        GOAL,
        lower_is_better=True,
        samples=len(found),
        versions={"chromium": version},
        half=round(percentile(found, 50), 2),
        nine_of_ten=round(percentile(found, 90), 2),
    )


def main() -> None:
    assets_build.build(lambda line: None)
    announcements.make()
    installation = Installation(announcements.engine_root())
    try:
        installation.start("web", "worker")
        with tempfile.TemporaryDirectory() as folder:
            run(installation, beeps(Path(folder) / "beeps.wav"))
    finally:
        installation.stop()


if __name__ == "__main__":
    main()
