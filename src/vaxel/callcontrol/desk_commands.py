# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators do with themselves: log on and off, pause, open and close the line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from vaxel.callcontrol.hub import Refusal
from vaxel.callcontrol.views import operator_view
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
    desks = controller.desks
    event = _event(controller, desk, do, frame)
    before, desk = desk, d.work(desk, event)
    controller.record.desk(desk, event, operator_view(desk, controller.calls))
    desks.put(desks.at_phone(desk))
    if not isinstance(event, d.LineAsked) and before.presence is not desk.presence:
        _withdraw_offers(controller, desk)
    controller.lines.follow(desks[desk.operator])
    controller.offers.look()
    return {"operator": operator_view(desks[desk.operator], controller.calls)}


def _event(controller: Controller, desk: d.Desk, do: str, frame: dict[str, Any]) -> d.OperatorEvent:
    at = time.time()
    if do == "ready":
        return d.LoggedOn(at=at, phone=_chosen_phone(controller, desk, str(frame.get("phone") or "")))
    if do == "pause":
        return d.Paused(at=at, reason=_reason(frame))
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


def _chosen_phone(controller: Controller, desk: d.Desk, phone: str) -> str:
    mine = controller.snapshot.world.operators[desk.operator].phones
    registered = controller.desks.registered
    if phone and phone not in mine:
        raise Refusal("invalid", _("That telephone is not yours."))
    if phone:
        return phone
    if desk.phone in registered or not registered.intersection(mine):
        return desk.phone
    return next(other for other in mine if other in registered)


def _withdraw_offers(controller: Controller, desk: d.Desk) -> None:
    for id_ in desk.calls:
        call = controller.calls.get(id_)
        if call is not None and call.state is State.WAITING and desk.operator in call.offered_to:
            controller.apply(id_, e.OfferWithdrawn(at=time.time(), operator=desk.operator))
