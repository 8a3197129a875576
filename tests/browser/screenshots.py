# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes the pictures in ``docs/screenshots``: ``python -m tests.browser.screenshots [FOLDER [NAME …]]``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.state_sheets import SETTLED

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
Scene = Callable[["Hub", Page], None]


def main(folder: Path, names: Collection[str]) -> None:
    from vaxel.console import assets_build

    assets_build.build(print)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES, chromium_sandbox=False)
        for name, (language, width, height, scheme, scene) in SCENES.items():
            if not names or name in names:
                take(browser, folder / f"{name}.png", language, width, height, scheme, scene)
        browser.close()


def take(browser: Browser, path: Path, language: str, width: int, height: int, scheme: str, scene: Scene) -> None:
    hub = Hub(language)
    hub.colours = {"gnosjo": "#2f6b2f", "tana": "#00587c"}
    hub.operator(ME, since=time.time() - 4000)
    hub.set("operators", "o3", operator("o3", "Karin Ek", state="paused", reason="lunch", since=time.time() - 900))
    hub.set("operators", "o4", operator("o4", "Ole Hansen", state="off"))
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale={"nb": "nb-NO", "sv": "sv-SE", "da": "da-DK"}.get(language, "en-GB"),
    )
    page = context.new_page()
    page.goto(f"{hub.url}/console")
    page.get_by_text("Eva Lind").wait_for()
    scene(hub, page)
    page.locator(f".who[data-state={hub.follow()}]").wait_for(state="attached")
    page.evaluate(SETTLED)
    page.screenshot(path=path)
    context.close()
    hub.stop()
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


def a_day(hub: Hub, page: Page) -> None:
    """Somebody is offered, others wait, are held and parked; of some callers more is known."""
    now = time.time()
    hub.directory.callers["n1-3"] = {"earlier": [{}, {}], "promises": [{}]}
    hub.operator("o2", calls_today=57)
    hub.operator("o3", calls_today=31)
    hub.call("n1-7", state="connected", operator="o2", caller={"number": "46701740622", "name": "", "internal": False})
    hub.call("n1-2", "tana", caller={"number": "4790000001", "name": "", "internal": False}, waiting_since=now - 9)
    missed = {"code": "no_answer", "clause": "", "text": "", "person": "Bo Anundsson", "seconds": 25}
    hub.call("n1-3", reason=missed, waiting_since=now - 7, offered_to=["o2"])
    hub.call("n1-4", "tana", state="held", held_by=ME, operator=ME, since=now - 40)
    hub.call("n1-5", state="parked", parked_by="o2", since=now - 75)
    hub.call("n1-1", offered_to=[ME], waiting_since=now - 12)
    page.locator(".call[data-offered=true]").wait_for()


def answered(hub: Hub, page: Page) -> None:
    a_day(hub, page)
    page.keyboard.press("F2")
    page.locator(".call[data-offered=false]").wait_for()
    hub.update("n1-1", waiting_since=time.time() - 33, since=time.time() - 21, answered=time.time() - 21)


def known(hub: Hub, page: Page) -> None:
    """What is known of the caller, beside the call, and of one who waits."""
    earlier = {"dialled": "46370331211", "operator_name": "Liv Mo", "person": "Anna Berg"}
    history = {
        "earlier": [
            {**earlier, "id": "n0-1", "at": at(-150), "reason": "no_answer", "outcome": "answered"},
            {**earlier, "id": "n0-2", "at": at(-310), "reason": "main_number", "outcome": "lost", "person": ""},
        ],
        "promises": [{"id": 7, "to_name": "Anna Berg", "matter": "Altan", "promised_at": at(30), "taken_at": at(-150)}],
    }
    hub.directory.callers["n1-1"] = hub.directory.callers["n1-3"] = history
    a_day(hub, page)
    hub.directory.callers["n1-3"] = history
    page.keyboard.press("F2")
    page.locator(".call[data-offered=false] .beside").first.wait_for()
    page.locator(".row", has_text="Bo Anundsson").get_by_role("button").last.click()
    page.locator(".row-more .way").wait_for()


def owed(hub: Hub, page: Page) -> None:
    """Promises of the operator's own, one of them late; colleagues with what they do."""
    own = {"organisation": "gnosjo", "to_name": "", "caller_number": "0370-12 34 56"}
    hub.directory.promises = [
        {
            **own,
            "id": 1,
            "caller_name": "Nils Ek",
            "matter": "Vill veta när slamsugningen kommer",
            "promised_at": at(-20),
        },
        {**own, "id": 2, "caller_name": "Maj Ström", "matter": "", "promised_at": at(75)},
    ]
    hub.drop()
    page.locator(".list-promised").wait_for()
    hub.operator("o2", calls_today=57)
    hub.call("n1-4", "tana", state="held", held_by="o2", operator="o2", since=time.time() - 40)
    hub.call("n1-7", state="connected", operator="o2", since=time.time() - 95)
    page.locator(".colleague-load").first.wait_for()


def carded(hub: Hub, page: Page) -> None:
    """A whole card: away, what may be told, busy and free, a wish of the unit, who covers."""
    away = {**HERE, "here": False, "reason": "meeting", "back": at(90)}
    hub.directory.person("p11", presence=away)
    hub.directory.cards["p11"] = {
        "unit_path": ["Samhällsbyggnad", "Bygglov"],
        "task_list": ["Bygglov", "Marklov", "Strandskydd"],
        "may_tell": "Är på platsbesök, nås efter lunch",
        "prefers": "mail",
        "place": "Plan 2",
        "absence": {"reason": "meeting", "until": at(90), "message": ""},
        "transfer": {"to": "46370331300", "why": "Bygglov tar alla samtal i gruppen."},
        "calendar": [
            {"from": at(-30), "to": at(90), "state": "busy"},
            {"from": at(90), "to": at(150), "state": "free"},
            {"from": at(150), "to": at(210), "state": "busy"},
            {"from": at(210), "to": at(400), "state": "free"},
        ],
        "same_function": [
            {"id": "p12", "name": "Bo Anundsson", "number": "46370331212", "presence": HERE},
            {"id": "p13", "name": "Cia Ek", "number": "46370331213", "presence": away},
        ],
    }
    answered(hub, page)
    page.keyboard.type("anna")
    page.locator(".covering").wait_for()


def promised(hub: Hub, page: Page) -> None:
    found(hub, page)
    page.keyboard.press("Control+F9")
    page.keyboard.type("Om altanen vid Hagavägen")


def absent(hub: Hub, page: Page) -> None:
    found(hub, page)
    page.keyboard.press("Control+F8")
    page.locator("form.panel").wait_for()


def noticed(hub: Hub, page: Page) -> None:
    hub.notice(
        "n1",
        "Brev om enskilda avlopp",
        text="1 200 brev har gått ut i dag till fastighetsägare i norra kommunen.",
        answer="Inventeringen görs i maj. Den som har frågor får en tid hos miljöinspektören.",
        people=[{"id": "p12", "name": "Bo Anundsson"}],
        until=time.time() + 14 * 86400,
        link="https://gnosjo.example/avlopp",
    )
    hub.notice("n2", "Badhuset stängt i dag", kind="temporary_hours", text="Vattenläcka.", unread_by=["o2"])
    hub.notice("n3", "Ny ordfører valgt", "tana", kind="press_release", link="https://tana.example/ny-ordforer")
    a_day(hub, page)
    page.keyboard.press("Control+Shift+F9")
    page.locator("dialog[open] .bulletin").nth(2).wait_for()


def layered(hub: Hub, page: Page) -> None:
    found(hub, page)
    page.evaluate(
        "window.dispatchEvent(new KeyboardEvent('keydown', {key: ',', code: 'NumpadDecimal', bubbles: true}))"
    )
    page.locator(".layer").wait_for()


def at(minutes: int) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def found(hub: Hub, page: Page) -> None:
    answered(hub, page)
    page.keyboard.type("an b")
    page.locator(".result").nth(2).wait_for()


def asked(hub: Hub, page: Page) -> None:
    answered(hub, page)
    page.keyboard.type("anna")
    page.keyboard.press("Shift+Enter")
    page.locator(".partner").wait_for()
    hub.update("n1-1", legs=[leg(2, "person", "Anna Berg", "46370331211", "up")])
    page.locator(".partner[data-state=up]").wait_for()


def written(hub: Hub, page: Page) -> None:
    found(hub, page)
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Får hon bygga en altan på 20 m²?")


def told(hub: Hub, page: Page) -> None:
    hub.refuse = Refusal("taken", by="o2")
    a_day(hub, page)
    page.keyboard.press("F2")
    page.locator(".notice").wait_for()


def steered(hub: Hub, page: Page) -> None:
    a_day(hub, page)
    hub.gone("n1-1")
    for home in ORGANISATIONS.values():
        hub.set("organisations", home["id"], {**home, "listening": {"allowed": True, "notice": True}})
    talk: dict[str, Any] = {"state": "connected", "operator": "o2", "since": time.time() - 95}
    hub.call("n1-6", caller={"number": "46701740611", "name": "Sven Holm", "internal": False}, **talk)
    hub.operator(ME, supervisor=True, supervises=list(ORGANISATIONS), calls_today=38)
    hub.operator("o2", calls_today=57)
    page.locator(".bar-end [aria-pressed]").wait_for(state="attached")
    page.keyboard.press("Control+F7")
    page.locator("#steer-calls-title").wait_for()
    page.locator(".chooser .results").first.focus()
    page.keyboard.press("End")


def set_up(hub: Hub, page: Page) -> None:
    with_phone(hub, page)
    page.keyboard.press("Control+Shift+F1")
    page.locator("dialog[open] #level").wait_for()
    page.wait_for_function("document.querySelector('#level').value > 0.3")


def unheard(hub: Hub, page: Page) -> None:
    with_phone(hub, page)
    answered(hub, page)
    page.evaluate("window.opened.getAudioTracks()[0].dispatchEvent(new Event('ended'))")
    page.locator(".troubles .ds-alert").last.wait_for()


def left(hub: Hub, page: Page) -> None:
    a_day(hub, page)
    hub.gone("n1-1")
    page.keyboard.press("Control+Shift+F7")
    page.locator("dialog[open] select").wait_for()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.browser.conftest import CHROMIUM, SWITCHES
    from tests.browser.directory import HERE
    from tests.browser.hub import ME, ORGANISATIONS, Hub, Refusal, leg, operator
    from tests.browser.telephone import with_phone

    SCENES: dict[str, tuple[str, int, int, str, Scene]] = {
        "console-offered": ("sv", 1280, 800, "light", a_day),
        "console-search": ("sv", 1280, 800, "light", found),
        "console-consult-dark": ("nb", 1280, 800, "dark", asked),
        "console-message": ("sv", 1280, 800, "light", written),
        "console-taken": ("da", 1280, 800, "light", told),
        "console-1920": ("sv", 1920, 1080, "light", found),
        "console-400-percent": ("sv", 320, 256, "light", a_day),
        "console-search-400-percent": ("sv", 320, 256, "light", found),
        "console-supervision": ("sv", 1280, 800, "light", steered),
        "console-supervision-dark-1920": ("da", 1920, 1080, "dark", steered),
        "console-supervision-400-percent": ("sv", 320, 256, "light", steered),
        "console-settings": ("nb", 1280, 800, "light", set_up),
        "console-unheard": ("sv", 1280, 800, "light", unheard),
        "console-left": ("sv", 1280, 800, "light", left),
        "console-known": ("sv", 1280, 800, "light", known),
        "console-known-dark-1920": ("nb", 1920, 1080, "dark", known),
        "console-known-400-percent": ("sv", 320, 256, "light", known),
        "console-promised": ("sv", 1280, 800, "light", owed),
        "console-card": ("sv", 1280, 800, "light", carded),
        "console-card-1920": ("sv", 1920, 1080, "light", carded),
        "console-card-400-percent": ("sv", 320, 256, "light", carded),
        "console-promise": ("sv", 1280, 800, "light", promised),
        "console-absence": ("nb", 1280, 800, "light", absent),
        "console-notices": ("sv", 1280, 800, "light", noticed),
        "console-notices-1920": ("sv", 1920, 1080, "light", noticed),
        "console-keypad": ("da", 1280, 800, "light", layered),
    }
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:])
