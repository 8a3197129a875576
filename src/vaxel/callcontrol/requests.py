# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators ask for, as events. The same for the console, the REST API and a telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from vaxel.callcontrol import whom
from vaxel.callcontrol.hub import Refusal
from vaxel.domain import events as e
from vaxel.domain.call import Call
from vaxel.domain.plan import Target
from vaxel.domain.words import _
from vaxel.domain.world import World

Frame = dict[str, Any]
Maker = Callable[[float, e.Seat, Frame, Call, World], e.CallEvent]


def _mobile(frame: Frame) -> bool:
    return frame.get("mobile") is True


def _to(frame: Frame, seat: e.Seat, call: Call, world: World) -> tuple[Target, ...]:
    to = str(frame.get("to") or "").strip()
    if not to:
        raise Refusal("invalid", _("Say to whom: “to” is a person or a number."))
    return whom.asked_for(seat.operator, to, call.organisation, world, mobile=_mobile(frame))


def _passed_on(frame: Frame, seat: e.Seat, call: Call, world: World) -> tuple[Target, ...]:
    """Where a transfer goes: whom the unit of the person meant wants, unless the operator insists (``exactly``, ``mobile``; AAB-29)."""
    meant = _to(frame, seat, call, world)
    return meant if frame.get("exactly") or _mobile(frame) else whom.preferred(meant, call.organisation, world)


def _answer(at: float, seat: e.Seat, frame: Frame, call: Call, world: World) -> e.Answer:
    """``anew``: her browser phone lost its connection while it rang, so that what rings there can't be answered; it is rung again."""
    return e.Answer(at=at, seat=replace(seat, console=False) if frame.get("anew") else seat)


REQUESTS: dict[str, Maker] = {
    "answer": _answer,
    "hold": lambda at, seat, frame, call, world: e.Hold(at=at, operator=seat.operator),
    "resume": lambda at, seat, frame, call, world: e.Resume(at=at, seat=seat),
    "consult": lambda at, seat, frame, call, world: e.Consult(at=at, seat=seat, targets=_to(frame, seat, call, world)),
    "complete": lambda at, seat, frame, call, world: e.Complete(at=at, operator=seat.operator),
    "return": lambda at, seat, frame, call, world: e.Return(at=at, seat=seat),
    "transfer": lambda at, seat, frame, call, world: e.Transfer(
        at=at, operator=seat.operator, targets=_passed_on(frame, seat, call, world)
    ),
    "park": lambda at, seat, frame, call, world: e.Park(at=at, operator=seat.operator),
    "fetch": lambda at, seat, frame, call, world: e.Fetch(at=at, seat=seat),
    "hangup": lambda at, seat, frame, call, world: e.HangUpAsked(at=at, operator=seat.operator, name=seat.name),
}
"""Commands on a call, by the hub's ``do``."""
