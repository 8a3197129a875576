# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A telephone's own transfer key: a number dialled, or two calls joined (SOL-4)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog
from msgspec import Struct

from vaxel.callcontrol import metrics, whom
from vaxel.domain import events as e
from vaxel.domain.call import Call, Leg, Purpose, State
from vaxel.domain.draft import Refused
from vaxel.domain.lifecycle import IllegalEvent, receive
from vaxel.domain.plan import PartyKind, Target
from vaxel.telephony.translate import TransferAsked

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

log = structlog.get_logger()

NOBODY_YET = (State.ANNOUNCING, State.CHOOSING, State.WAITING)
"""States in which a call has reached nobody but the switchboard."""


class Side(Struct, frozen=True):
    """One of the two calls that a telephone has: ``leg`` is the telephone's."""

    call: Call
    leg: Leg

    @property
    def is_subject(self) -> bool:
        """The telephone called, rather than was called: whom it called would become the one not to be lost."""
        return self.leg.n == self.call.subject.n

    @property
    def others(self) -> tuple[Leg, ...]:
        """Who is at the other end: one who talks, or those who ring."""
        legs = [
            leg for leg in self.call.legs if leg.wanted and leg.n != self.leg.n and leg.purpose is not Purpose.LISTEN
        ]
        if self.call.state is State.RINGING:
            return tuple(leg for leg in legs if leg.attempting)
        return tuple(leg for leg in legs if leg.up)

    @property
    def goes_on(self) -> bool:
        """Whether this call could be the one that goes on."""
        operator = any(leg.party.kind is PartyKind.OPERATOR for leg in self.others)
        return self.call.state in (State.CONNECTED, State.HELD) and not (self.is_subject and operator)


class PhoneTransfers:
    """``decline(channel)`` tells the telephone that its transfer isn't done; its call stays as it is."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self.decline: Callable[[str], None] = lambda channel: None

    def asked(self, news: TransferAsked) -> None:
        kind = "blind" if news.second is None else "attended"
        try:
            self._do(news)
        except (Refused, IllegalEvent) as refusal:
            metrics.PHONE_TRANSFERS.labels(kind, "refused").inc()
            log.info("a telephone's transfer is refused", why=str(refusal))
            self.decline(news.channel)
        else:
            metrics.PHONE_TRANSFERS.labels(kind, "done").inc()

    def _do(self, news: TransferAsked) -> None:
        owner = self._controller.snapshot.world.phones.get(news.phone)
        if owner is None or not owner.organisation:
            raise Refused("forbidden", "The telephone belongs to no organisation.")
        side = self._side(news.channel)
        if news.second is None:
            self._transfer(side, news, owner.organisation)
        elif news.second_phone != news.phone:
            raise Refused("forbidden", "The second call is not this telephone's.")
        else:
            self._join(side, self._side(news.second), news)

    def _side(self, channel: str) -> Side:
        call, leg = self._controller.find(channel)
        if call is None or leg is None or leg.purpose is Purpose.LISTEN:
            raise Refused("not_found", "The telephone is in no call.")
        return Side(call, leg)

    def _transfer(self, side: Side, news: TransferAsked, organisation: str) -> None:
        world = self._controller.snapshot.world
        targets = whom.transfer_targets(news.to, organisation, side.call.organisation, world)
        by = _telephone(side, news)
        event = e.PhoneTransferred(at=time.time(), leg=side.leg.n, by=by, targets=targets)
        self._decide((side, event))

    def _join(self, asked: Side, other: Side, news: TransferAsked) -> None:
        stays, goes = sorted((asked, other), key=lambda side: (not side.goes_on, side.is_subject))
        if asked.call.id == other.call.id or not stays.goes_on:
            raise Refused("illegal", "These two calls can't be joined.")
        moved, at = _moved(goes, stays), time.time()
        joined = e.CallsJoined(
            at=at,
            leg=stays.leg.n,
            by=_telephone(stays, news),
            other=goes.call.id,
            legs=moved,
            asked=stays is asked,
        )
        left = e.JoinedInto(
            at=at, leg=goes.leg.n, other=stays.call.id, legs=tuple(leg.n for leg in moved), asked=goes is asked
        )
        self._decide((goes, left), (stays, joined))

    def _decide(self, *decisions: tuple[Side, e.CallEvent]) -> None:
        """All, or none of them."""
        decided = [(side, receive(side.call, event), event) for side, event in decisions]
        for side, after, event in decided:
            self._controller.commit(side.call, after, event)
            if side.leg.line:
                self._controller.lines.renew(side.leg.channel)


def _telephone(side: Side, news: TransferAsked) -> Target:
    return Target(party=side.leg.party, endpoint=f"PJSIP/{news.phone}")


def _moved(goes: Side, stays: Side) -> tuple[Leg, ...]:
    """The legs that the call that ends gives to the one that goes on."""
    if goes.call.state in NOBODY_YET:
        if goes.call.organisation != stays.call.organisation:
            raise Refused("illegal", "The caller can't wait in another organisation's line.")
        return ()
    if goes.call.state not in (State.CONNECTED, State.RINGING) or not goes.others:
        text = "These two calls can't be joined now. The state of the second: {state}."
        raise Refused("illegal", text, state=goes.call.state)
    return goes.others
