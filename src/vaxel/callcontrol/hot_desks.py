# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""At which telephone an operator sits: one of her own, or any of the house that is nobody's or a colleague's who isn't there.

By console (``ready`` with ``phone``), or by dialling her code on the telephone itself (``*12*CODE#``); ``#12#`` there logs off.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from vaxel.callcontrol import reliefs
from vaxel.callcontrol.hub import Refusal
from vaxel.domain import desk as d
from vaxel.domain.words import _
from vaxel.domain.world import World

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

Said = tuple[str, ...]

LOGGED_ON: Said = ("logged-on",)
LOGGED_OFF: Said = ("logged-off",)
NOT_POSSIBLE: Said = ("not-possible",)

WRONG_CODES = 5
"""So many wrong codes from one telephone, and none is looked at there for ``CLOSED_SECONDS``: codes are short."""
CLOSED_SECONDS = 600.0


def chosen(controller: Controller, desk: d.Desk, phone: str) -> str:
    """The telephone at which she logs on: ``phone``, or without one whichever of hers is registered. Raises ``Refusal``."""
    world = controller.snapshot.world
    mine = world.operators[desk.operator].phones
    registered = controller.desks.registered
    if phone and phone not in mine:
        _must_be_free_for_her(controller, desk, phone)
    if phone:
        return phone
    if desk.phone in registered or not registered.intersection(mine):
        return desk.phone
    return next(other for other in mine if other in registered)


def _must_be_free_for_her(controller: Controller, desk: d.Desk, phone: str) -> None:
    world = controller.snapshot.world
    owner = world.phones.get(phone)
    house = {*desk.home, *desk.organisations}
    if owner is None or owner.browser or owner.person or owner.organisation not in house:
        raise Refusal("invalid", _("That telephone is not yours."))
    sits = sitting_at(controller, phone)
    if sits is not None and sits.operator != desk.operator:
        raise Refusal("taken", _("A colleague is logged on at that telephone."), sits.name)
    if phone not in controller.desks.registered:
        raise Refusal("unavailable", _("That telephone is not registered: it may be off."))


def sitting_at(controller: Controller, phone: str) -> d.Desk | None:
    """Who is logged on at a telephone."""
    there = (desk for desk in controller.desks if desk.phone == phone and desk.presence is not d.Presence.OFF)
    return next(there, None)


class HotDesks:
    """Codes dialled on telephones. ``follow_phone(user)`` asks the engine to tell whether it can be reached."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._wrong: dict[str, list[float]] = {}

    def log_on(self, phone: str, code: str, at: float) -> Said:
        """The operator with that code sits here now. What the telephone says."""
        if self._is_closed(phone, at):
            return NOT_POSSIBLE
        desk = self._desk_of(code)
        if desk is None or not self._may_sit(desk, phone):
            self._wrong.setdefault(phone, []).append(at)
            return NOT_POSSIBLE
        self._wrong.pop(phone, None)
        before = sitting_at(self._controller, phone)
        if before is not None and before.operator != desk.operator:
            if before.calls:
                return NOT_POSSIBLE
            try:
                reliefs.leave(self._controller, before, d.LoggedOff(at=at))
            except Refusal:
                return NOT_POSSIBLE
        self._controller.desks.sits_at(phone)
        self._controller.desks.work(self._controller.desks[desk.operator], d.LoggedOn(at=at, phone=phone))
        return LOGGED_ON

    def log_off(self, phone: str) -> Said:
        desk = sitting_at(self._controller, phone)
        if desk is None:
            return NOT_POSSIBLE
        try:
            reliefs.leave(self._controller, desk, d.LoggedOff(at=time.time()))
        except Refusal:
            return NOT_POSSIBLE
        return LOGGED_OFF

    def _desk_of(self, code: str) -> d.Desk | None:
        world: World = self._controller.snapshot.world
        found = next((operator for operator in world.operators.values() if code and operator.code == code), None)
        return self._controller.desks.get(found.id) if found is not None else None

    def _may_sit(self, desk: d.Desk, phone: str) -> bool:
        owner = self._controller.snapshot.world.phones.get(phone)
        return owner is not None and owner.organisation in {*desk.home, *desk.organisations}

    def _is_closed(self, phone: str, at: float) -> bool:
        wrong = [moment for moment in self._wrong.get(phone, ()) if moment > at - CLOSED_SECONDS]
        if wrong:
            self._wrong[phone] = wrong
        else:
            self._wrong.pop(phone, None)
        return len(wrong) >= WRONG_CODES
