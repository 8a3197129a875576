# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What keeps somebody from using a page (WCAG 2.2 AA, EN 301 549): found by axe-core, in light and dark, and at 400 %."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection
from playwright.sync_api import Page, ViewportSize

from vaxel.console.assets_build import SOURCES

AXE = SOURCES / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AT_REST = """() => Promise.allSettled(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
    .map(animation => animation.finished))"""
"""What fades in is paler than it will be."""
FOUR_HUNDRED_PERCENT: ViewportSize = {"width": 320, "height": 256}
"""What is left of a window of 1280 × 1024 (WCAG 1.4.10)."""


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """Of the page as it is now. In dark and in a narrow window only some rules can come out otherwise."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    page.evaluate(AT_REST)
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", rules
    )
    return [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}" for one in found]


SHOWN = (200, 422)
"""Statuses of pages that are shown, one with what is refused among them. Where another is meant it is said."""


def barriers(page: Page, url: str, statuses: Collection[int] = SHOWN) -> list[str]:
    """Of a page of the server, which scripts of a test may enter (``bypass_csp``); it must answer with one of ``statuses``.

    Looked at on one database; another may change whether the page can be made, but not how it looks.
    """
    answer = page.goto(url)
    if answer is None or answer.status not in statuses:
        return [f"another page: {answer and answer.status}"]
    if connection.vendor != "sqlite":
        return []
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"in dark: {one}" for one in violations(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    usual = page.viewport_size
    page.set_viewport_size(FOUR_HUNDRED_PERCENT)
    if page.evaluate("document.documentElement.scrollWidth") > FOUR_HUNDRED_PERCENT["width"]:
        found.append("cut off at 400 %")
    if usual is not None:
        page.set_viewport_size(usual)
    return found
