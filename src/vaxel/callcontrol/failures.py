# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What it means for a call that the engine did not carry out a command."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import structlog

from vaxel.callcontrol import metrics
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.call import LegState
from vaxel.domain.plan import Cause, PartyKind
from vaxel.telephony.ari import Answer

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

log = structlog.get_logger()

GONE_AFTER = 2.0
"""Seconds to wait for the engine's own word on a channel that a command did not find."""

UNIMPORTANT = (c.StopPlayback, c.StopRecording, c.DestroyBridge, c.RemoveFromBridge, c.TransferDone, c.StopListening)
"""Commands that are refused when what they would end has ended by itself."""


def failed(controller: Controller, id_: str, command: c.EngineCommand, answer: Answer) -> None:
    """The engine did not do it. A channel that has gone meanwhile is normal: its end is, or will be, reported."""
    name = str(type(command).__struct_config__.tag)
    metrics.FAILED.labels(name, str(answer.status)).inc()
    call = controller.calls.get(id_)
    if answer.status == 0 or call is None:
        return
    leg = call.leg(command.leg)
    if isinstance(command, c.Dial):
        if leg is not None and leg.state is not LegState.GONE:
            cause = Cause.UNREGISTERED if leg.party.kind is not PartyKind.NUMBER else Cause.FAILED
            controller.apply(id_, e.LegEnded(at=time.time(), leg=leg.n, cause=cause))
    elif isinstance(command, c.Snoop | c.Listen):
        if leg is not None and leg.wanted:
            controller.apply(id_, e.ListenEnded(at=time.time(), operator=leg.party.id, cause=Cause.FAILED))
    elif isinstance(command, UNIMPORTANT) or (leg is not None and leg.state is LegState.GONE):
        return
    elif leg is not None and answer.status in _channel_gone(command):
        asyncio.get_running_loop().call_later(GONE_AFTER, _gone, controller, id_, leg.n)
    else:
        log.warning("engine refused a command", call=id_, command=name, status=answer.status)
        controller.apply(id_, e.CommandFailed(at=time.time(), command=name, status=answer.status, leg=command.leg))


def _channel_gone(command: c.EngineCommand) -> tuple[int, ...]:
    """The statuses by which ARI says that the channel isn't there, or no longer ours."""
    return (400, 404, 409, 412, 422) if isinstance(command, c.AddToBridge) else (404, 409, 412, 422)


def _gone(controller: Controller, id_: str, n: int) -> None:
    call = controller.calls.get(id_)
    leg = call.leg(n) if call else None
    if leg is not None and leg.state is not LegState.GONE:
        controller.apply(id_, e.LegEnded(at=time.time(), leg=n, cause=Cause.GONE))
