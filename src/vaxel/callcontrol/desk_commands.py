# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators do with themselves: log on and off, pause, open and close the line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from vaxel.callcontrol import hot_desks, reliefs, supervision
from vaxel.callcontrol.hub import Refusal
from vaxel.callcontrol.views import View
from vaxel.directory.identity_numbers import found_in
from vaxel.domain import desk as d
from vaxel.domain.words import _

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

QUEUE = "queue"
"""Given as ``hand_over``: callers whom she holds go back to the queue."""

COMMANDS = ("ready", "pause", "log_off", "open_line", "close_line")


def do(controller: Controller, desk: d.Desk, do: str, frame: dict[str, Any]) -> dict[str, Any]:
    """Do it, record it, show it. Raises ``Refusal``."""
    event = _event(controller, desk, do, frame)
    if isinstance(event, d.Paused | d.LoggedOff):
        return {"operator": _leave(controller, desk, event, str(frame.get("hand_over") or ""))}
    return {"operator": controller.desks.work(desk, event)}


def _leave(controller: Controller, desk: d.Desk, event: d.Paused | d.LoggedOff, to: str) -> View:
    """All of it or nothing: ``to`` is the operator to whom her held and parked calls go, or ``QUEUE``."""
    if isinstance(event, d.Paused) and not to:
        _must_hold_nobody(controller, desk)
    handed = supervision.all_handed_over(controller, desk, to) if to not in ("", QUEUE) else []
    reliefs.leave(controller, desk, event, handed)
    return controller.desks.view(controller.desks[desk.operator])


def _must_hold_nobody(controller: Controller, desk: d.Desk) -> None:
    held = [call.id for call in reliefs.held_by(controller, desk)]
    if held:
        text = _("Calls that you hold: {count}. Hand them over to a colleague, or send them back to the queue.")
        raise Refusal("illegal", text, count=str(len(held)), calls=" ".join(held))


def _event(controller: Controller, desk: d.Desk, do: str, frame: dict[str, Any]) -> d.OperatorEvent:
    at = time.time()
    if do == "ready":
        return d.LoggedOn(at=at, phone=hot_desks.chosen(controller, desk, str(frame.get("phone") or "")))
    if do == "pause":
        return reliefs.pause(controller, desk, _reason(frame), str(frame.get("relief") or ""), at)
    if do == "log_off":
        return d.LoggedOff(at=at)
    if do == "open_line" and not desk.reachable:
        raise Refusal("unavailable", _("Your telephone is not registered: start it, or choose another."))
    return d.LineAsked(at=at, wanted=do == "open_line")


def _reason(frame: dict[str, Any]) -> str:
    reason = str(frame.get("reason") or "")
    if found_in(reason):
        text = _("This looks like a personal identity number. Remove it: such numbers may not be written here.")
        raise Refusal("invalid", text)
    return reason[:80]
