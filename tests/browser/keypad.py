# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The numeric keypad with its lock on, pressed as by a hand: the browser's driver knows it only with the lock off."""

from __future__ import annotations

from playwright.sync_api import Page

CODES = {
    "+": "NumpadAdd",
    "-": "NumpadSubtract",
    "*": "NumpadMultiply",
    "/": "NumpadDivide",
    ",": "NumpadDecimal",
    "E": "NumpadEnter",
    **{str(digit): f"Numpad{digit}" for digit in range(10)},
}
TEXTS = {"E": "\r", **{key: key for key in CODES if key != "E"}}


def keypad(page: Page, keys: str) -> None:
    """``keys`` in their order: digits, ``+ - * / ,``, and ``E`` for Enter. They type where nothing else is meant by them."""
    session = page.context.new_cdp_session(page)
    for key in keys:
        name = "Enter" if key == "E" else key
        press = {
            "key": name,
            "code": CODES[key],
            "location": 3,
            "isKeypad": True,
            "windowsVirtualKeyCode": _virtual(key),
        }
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": TEXTS[key], **press})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **press})
    session.detach()


def _virtual(key: str) -> int:
    if key == "E":
        return 13
    return 96 + int(key) if key.isdecimal() else {"*": 106, "+": 107, "-": 109, ",": 110, "/": 111}[key]
