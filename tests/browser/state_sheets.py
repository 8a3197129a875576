# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts every state of the console on contact sheets in ``docs/screenshots``: ``python -m tests.browser.state_sheets [FOLDER [STATE …]]``.

They are the states that axe-core looks at. With names of states, each of these is kept as a picture of its own instead.
"""

from __future__ import annotations

import base64
import html
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import django
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"


class Size(NamedTuple):
    """A window, in what colours, and how its pictures stand on a sheet: ``shown`` wide (CSS pixels), in ``columns`` and ``rows``."""

    name: str
    window: ViewportSize
    scheme: str
    shown: int
    columns: int
    rows: int


SIZES = (
    Size("1280", {"width": 1280, "height": 800}, "light", 800, 2, 4),
    Size("1920-dark", {"width": 1920, "height": 1080}, "dark", 960, 2, 4),
    Size("400-percent", {"width": 320, "height": 256}, "light", 320, 4, 4),
)
QUALITY = 78
"""Of WebP: text stays sharp, and a sheet takes a quarter of what it would as PNG."""
SETTLED = """() => Promise.allSettled([document.fonts.ready, ...document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity).map(animation => animation.finished)])
    .then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"""
"""What fades in is there; a focus ring is drawn in the frame after the change."""
SHEET = """<!doctype html><style>
body { margin: 0; padding: 16px; width: max-content; background: #ddd; font: 600 18px Inter, sans-serif; }
main { display: grid; grid-template-columns: repeat(%d, %dpx); gap: 16px; }
figure { margin: 0; } img { display: block; width: 100%%; } figcaption { padding-block-end: 6px; }
</style><main>%s</main>"""


def main(folder: Path, names: Collection[str]) -> None:
    from tests.browser.conftest import CHROMIUM, SWITCHES
    from vaxel.console import assets_build

    assets_build.build(print)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES, chromium_sandbox=False)
        taken = dict(pictures(browser, names))
        if names:
            keep(folder, taken)
        else:
            for size in SIZES:
                put_together(browser, folder, size, {name: found[size.name] for name, found in taken.items()})
        browser.close()


def pictures(browser: Browser, names: Collection[str]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Of each state, by its name: its pictures (PNG), by the name of their size."""
    from tests.browser.hub import Hub
    from tests.browser.test_console_accessibility import STATES

    for state in STATES:
        name = state.__name__
        if names and name not in names:
            continue
        hub = Hub()
        hub.colours = {"gnosjo": "#2f6b2f", "tana": "#00587c"}
        context = browser.new_context(viewport=SIZES[0].window)
        page = context.new_page()
        page.goto(f"{hub.url}/console")
        page.get_by_text("Eva Lind").wait_for()
        state(hub, page)
        page.locator(f".who[data-state={hub.follow()}]").wait_for()
        yield name, {size.name: picture(page, size) for size in SIZES}
        context.close()
        hub.stop()


def picture(page: Page, size: Size) -> bytes:
    page.set_viewport_size(size.window)
    page.emulate_media(color_scheme="dark" if size.scheme == "dark" else "light")
    # As the browser does when something gets the focus in a window of this size.
    page.evaluate(
        "document.activeElement !== document.body && document.activeElement.scrollIntoView({ block: 'nearest' })"
    )
    page.evaluate(SETTLED)
    return page.screenshot()


def keep(folder: Path, taken: dict[str, dict[str, bytes]]) -> None:
    for name, found in taken.items():
        for size, png in found.items():
            (folder / f"{name}-{size}.png").write_bytes(png)


def put_together(browser: Browser, folder: Path, size: Size, taken: dict[str, bytes]) -> None:
    names = list(taken)
    each = size.columns * size.rows
    for number, first in enumerate(range(0, len(names), each), 1):
        figures = (figure(name, taken[name]) for name in names[first : first + each])
        page = browser.new_page()
        page.set_content(SHEET % (size.columns, size.shown, "".join(figures)), wait_until="load")
        box = page.locator("body").bounding_box()
        assert box is not None
        page.set_viewport_size({"width": round(box["width"]), "height": round(box["height"])})
        shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
        path = folder / f"states-{size.name}-{number}.webp"
        path.write_bytes(base64.b64decode(shot["data"]))
        page.close()
        print(f"{path.name}: {path.stat().st_size // 1000} kB")


def figure(name: str, png: bytes) -> str:
    words = html.escape(name.replace("_", " "))
    data = base64.b64encode(png).decode()
    return f'<figure><figcaption>{words}</figcaption><img src="data:image/png;base64,{data}"></figure>'


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:])
