# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators do with themselves: log on and off, pause, open and close the line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from vaxel.callcontrol import hot_desks, reliefs
from vaxel.callcontrol.hub import Refusal
from vaxel.directory.identity_numbers import found_in
from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import State
from vaxel.domain.words import _

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

COMMANDS = ("ready", "pause", "log_off", "open_line", "close_line")


def do(controller: Controller, desk: d.Desk, do: str, frame: dict[str, Any]) -> dict[str, Any]:
    """Do it, record it, show it. Raises ``Refusal``."""
    event = _event(controller, desk, do, frame)
    if isinstance(event, d.Paused | d.LoggedOff):
        view = reliefs.leave(controller, desk, event)
    else:
        view = controller.desks.work(desk, event)
    if isinstance(event, d.LoggedOff):
        leave_nobody(controller, desk)
    return {"operator": view}


def leave_nobody(controller: Controller, desk: d.Desk) -> None:
    """Callers whom she holds go back to the queue; those parked come back by themselves."""
    for id_ in desk.calls:
        call = controller.calls.get(id_)
        if call is not None and call.state is State.HELD and call.operator == desk.operator:
            controller.apply(id_, e.HolderLeft(at=time.time(), operator=desk.operator))


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
