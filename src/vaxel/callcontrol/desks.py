# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All operators' desks: who is there, at which telephone, with which calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaxel.callcontrol.views import View, operator_view
from vaxel.domain import breaks
from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import Call, Purpose, State
from vaxel.domain.world import Operator, World

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller


class Desks:
    """One desk an operator of the directory.

    ``phones`` are all telephones at which one may sit, ``registered`` those that the engine reaches.
    """

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._desks: dict[str, d.Desk] = {}
        self.phones: set[str] = set()
        self.follow_phone: Callable[[str], None] = lambda phone: None
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
        before = self._desks.get(desk.operator)
        self._desks[desk.operator] = desk
        self.show(desk)
        if before is not None and before.relief != desk.relief:
            for colleague in {*before.relief, *desk.relief}:
                self.show(self._desks.get(colleague))
        if before is not None and _there(before) != _there(desk):
            for away in breaks.relieved_by(desk.operator, self):
                self.show(away)
        if before is not None and self.sees(before) != self.sees(desk):
            self._controller.look_again()

    def work(self, desk: d.Desk, event: d.OperatorEvent) -> View:
        """Let it happen to her desk, record it and show it; her view afterwards."""
        controller = self._controller
        before, desk = desk, d.work(desk, event)
        controller.record.desk(desk, event, self.view(desk))
        self.put(self.at_phone(desk))
        if not isinstance(event, d.LineAsked):
            self._withdraw_offers(before, desk)
        controller.lines.follow(self[desk.operator])
        controller.offers.look()
        return self.view(self[desk.operator])

    def _withdraw_offers(self, before: d.Desk, desk: d.Desk) -> None:
        """Of calls that are no longer for her: she isn't there as she was, or serves somebody else."""
        for id_ in desk.calls:
            call = self._controller.calls.get(id_)
            if call is None or call.state is not State.WAITING or desk.operator not in call.offered_to:
                continue
            if before.presence is not desk.presence or call.organisation not in desk.organisations:
                self._controller.apply(id_, e.OfferWithdrawn(at=time.time(), operator=desk.operator))

    def show(self, desk: d.Desk | None) -> None:
        if desk is not None:
            seen_by = {*desk.home, *desk.organisations, *desk.supervises}
            self._controller.hub.set("operators", desk.operator, self.view(desk), seen_by)

    def view(self, desk: d.Desk) -> View:
        relieved = breaks.relieved_by(desk.operator, self)
        relief_for = relieved[0].operator if relieved else ""
        missing = breaks.missing(desk, self)
        asked = self._controller.surges.asked(desk.operator)
        return operator_view(desk, self._controller.calls, time.time(), relief_for, missing, asked)

    def sees(self, desk: d.Desk) -> frozenset[str]:
        """The organisations whose calls she may see: those that she serves or supervises, and of the calls that she has still."""
        calls = self._controller.calls
        of_calls = (calls[id_].organisation for id_ in desk.calls if id_ in calls)
        return frozenset({*desk.organisations, *desk.supervises, *of_calls}) - {""}

    def load(self, world: World) -> None:
        """The operators of a new directory; what they are doing stays."""
        self.phones = {phone for operator in world.operators.values() for phone in operator.phones}
        self.phones |= {user for user, owner in world.phones.items() if owner.shared}
        for id_ in set(self._desks) - set(world.operators):
            del self._desks[id_]
            self._controller.hub.delete("operators", id_)
        for operator in world.operators.values():
            known = self._desks.get(operator.id) or d.Desk(operator=operator.id, name="", organisations=())
            self.put(self._by_directory(known, operator, world))
        self.phones |= {desk.phone for desk in self if desk.phone}

    def _by_directory(self, desk: d.Desk, operator: Operator, world: World) -> d.Desk:
        sits_there = desk.presence is not d.Presence.OFF and desk.phone in world.phones
        return d.serving(
            replace(
                desk,
                name=operator.name,
                home=operator.organisations,
                assigned=tuple(home for home in desk.assigned if home in world.organisations),
                reinforces=tuple(home for home in desk.reinforces if home in world.organisations),
                supervises=operator.supervises,
                phone=desk.phone if sits_there or desk.phone in operator.phones else operator.phone,
            )
        )

    def adopt(self, desk: d.Desk) -> None:
        """Take over what an operator was doing, read from the journal."""
        world = self._controller.snapshot.world
        operator = world.operators.get(desk.operator)
        if operator is not None:
            desk = replace(desk, calls=(), registered=False, line="", line_calling="")
            self.put(self._by_directory(desk, operator, world))
            self.phones |= {self[desk.operator].phone} - {""}

    def sits_at(self, phone: str) -> None:
        """Somebody is at a telephone that is reached, since it has just called; from now on the engine tells whether it still is."""
        if phone not in self.phones:
            self.phones.add(phone)
            self.follow_phone(phone)
        self.registered = self.registered | {phone}

    # ── telephones ──────────────────────────────────────────────────────────────────────────────────────────────────

    def phones_changed(self, registered: set[str]) -> None:
        """The engine's word on which operators' telephones it can reach."""
        self.registered = registered
        for desk in self:
            now = self.at_phone(desk)
            if now.registered and not desk.registered:
                # A telephone that has come back is ready: whatever she rested for, it has been started anew since.
                now = replace(now, rest_until=0.0)
            if now != desk:
                # A view looks at every other desk: 500 telephones that register in turn would be 500 × 500 views of 500.
                self.put(now)
        self._controller.offers.look()

    def phone_changed(self, user: str, registered: bool) -> None:
        if user in self.phones and (user in self.registered) != registered:
            self.phones_changed(self.registered ^ {user})

    def unreachable(self, desk: d.Desk) -> d.Desk:
        """Her telephone could not be rung: it is asked no more until it registers again."""
        self.registered = self.registered - {desk.phone}
        return replace(desk, registered=False)

    def at_phone(self, desk: d.Desk) -> d.Desk:
        """One who has not logged on is at whichever of her own telephones is registered."""
        phone = desk.phone
        if desk.presence is d.Presence.OFF:
            operator = self._controller.snapshot.world.operators[desk.operator]
            phone = phone if phone in operator.phones else operator.phone
            if phone not in self.registered:
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
            desk = replace(desk, calls=calls, idle_since=idle)
            self.put(d.took_one(desk, after.since) if took(operator, before, after) else desk)
            if desk.line and not desk.line_wanted and not calls:
                # She closed it, or logged off, in the middle of the call.
                self._controller.lines.follow(self[operator])
        return old != new


def _there(desk: d.Desk) -> tuple[bool, tuple[str, ...]]:
    """What those see of her for whom she answers."""
    return breaks.attends(desk), desk.organisations


def _with(call: Call | None) -> set[str]:
    """Operators to whom the call belongs now: connected, holding it, or being offered it."""
    if call is None or call.state is State.ENDED:
        return set()
    there = (Purpose.OPERATOR, Purpose.LISTEN)
    ringing = {leg.party.id for leg in call.legs if leg.purpose in there and leg.wanted}
    return {operator for operator in {call.operator, call.accepted_by, *call.offered_to, *ringing} if operator}


def took(operator: str, before: Call | None, after: Call) -> bool:
    """Whether the call has just come to be hers: answered, fetched or taken over, or made by her."""
    return (
        after.operator == operator
        and (before is None or before.operator != operator)
        and after.state is State.CONNECTED
    )
