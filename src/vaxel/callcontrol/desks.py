# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All operators' desks: who is there, at which telephone, with which calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaxel.callcontrol.views import operator_view
from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import Call, Purpose, State
from vaxel.domain.world import World

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller


class Desks:
    """One desk an operator of the directory. ``phones`` are all their telephones, ``registered`` those that the engine reaches."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._desks: dict[str, d.Desk] = {}
        self.phones: set[str] = set()
        self.registered: set[str] = set()

    def __iter__(self) -> Iterator[d.Desk]:
        return iter(list(self._desks.values()))

    def __getitem__(self, operator: str) -> d.Desk:
        return self._desks[operator]

    def __contains__(self, operator: str) -> bool:
        return operator in self._desks

    def get(self, operator: str) -> d.Desk | None:
        return self._desks.get(operator)

    def put(self, desk: d.Desk) -> None:
        """Keep the desk as it is now, and show it."""
        self._desks[desk.operator] = desk
        view = operator_view(desk, self._controller.calls)
        self._controller.hub.set("operators", desk.operator, view, desk.organisations)

    def load(self, world: World) -> None:
        """The operators of a new directory; what they are doing stays."""
        self.phones = {phone for operator in world.operators.values() for phone in operator.phones}
        for id_ in set(self._desks) - set(world.operators):
            del self._desks[id_]
            self._controller.hub.delete("operators", id_)
        for operator in world.operators.values():
            known = self._desks.get(operator.id) or d.Desk(operator=operator.id, name="", organisations=())
            phone = known.phone if known.phone in operator.phones else operator.phone
            self.put(replace(known, name=operator.name, organisations=operator.organisations, phone=phone))

    def adopt(self, desk: d.Desk) -> None:
        """Take over what an operator was doing, read from the journal."""
        known = self._desks.get(desk.operator)
        if known is not None:
            names = {"name": known.name, "organisations": known.organisations}
            self.put(replace(desk, **names, calls=(), registered=False, line="", line_calling=""))

    # ── telephones ──────────────────────────────────────────────────────────────────────────────────────────────────

    def phones_changed(self, registered: set[str]) -> None:
        """The engine's word on which operators' telephones it can reach."""
        self.registered = registered
        for desk in self:
            self.put(self.at_phone(desk))
        self._controller.offers.look()

    def phone_changed(self, user: str, registered: bool) -> None:
        if user in self.phones and (user in self.registered) != registered:
            self.phones_changed(self.registered ^ {user})

    def unreachable(self, desk: d.Desk) -> d.Desk:
        """Her telephone could not be rung: it is asked no more until it registers again."""
        self.registered = self.registered - {desk.phone}
        return replace(desk, registered=False)

    def at_phone(self, desk: d.Desk) -> d.Desk:
        """One who has not logged on is at whichever of her telephones is registered."""
        phone = desk.phone
        if desk.presence is d.Presence.OFF and phone not in self.registered:
            operator = self._controller.snapshot.world.operators[desk.operator]
            phone = next((other for other in operator.phones if other in self.registered), phone)
        return replace(desk, phone=phone, registered=phone in self.registered)

    def seat(self, desk: d.Desk) -> e.Seat:
        owner = self._controller.snapshot.world.phones.get(desk.phone)
        return e.Seat(
            operator=desk.operator,
            name=desk.name,
            endpoint=f"PJSIP/{desk.phone}" if desk.phone else "",
            line=desk.line,
            console=owner is not None and owner.browser,
        )

    # ── their calls ─────────────────────────────────────────────────────────────────────────────────────────────────

    def follow(self, before: Call | None, after: Call) -> bool:
        """Keep every desk's list of calls. True when the call has other operators than before."""
        old, new = _with(before), _with(after)
        # Who is with the call, and who of them talks, is all that a desk shows of it.
        for operator in old ^ new if before is not None and before.operator == after.operator else old | new:
            desk = self._desks.get(operator)
            if desk is None:
                continue
            calls = tuple(id_ for id_ in desk.calls if id_ != after.id)
            if operator in new:
                calls = (*calls, after.id)
            idle = after.since if desk.calls and not calls else desk.idle_since
            self.put(replace(desk, calls=calls, idle_since=idle))
            if desk.line and not desk.line_wanted and not calls:
                # She closed it, or logged off, in the middle of the call.
                self._controller.lines.follow(self[operator])
        return old != new


def _with(call: Call | None) -> set[str]:
    """Operators to whom the call belongs now: connected, holding it, or being offered it."""
    if call is None or call.state is State.ENDED:
        return set()
    ringing = {leg.party.id for leg in call.legs if leg.purpose is Purpose.OPERATOR and leg.wanted}
    return {operator for operator in {call.operator, call.accepted_by, *call.offered_to, *ringing} if operator}
