# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""After a restart: calls and desks as the journal on disk leaves them, and the entries that the database may lack."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import structlog
from msgspec import Struct, field

from vaxel.callcontrol import spool
from vaxel.callcontrol.desks import took
from vaxel.callcontrol.views import call_view, operator_view
from vaxel.domain.call import Call, State
from vaxel.domain.desk import Desk, took_one, work
from vaxel.domain.draft import Refused
from vaxel.domain.events import Arrived, Dialled
from vaxel.domain.journal import Entry
from vaxel.domain.lifecycle import IllegalEvent, receive, start

log = structlog.get_logger()


class Recovered(Struct):
    """``calls`` are those not finished, ``at`` the time of the last event, ``entries`` everything that was still on disk."""

    calls: dict[str, Call] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    at: float = 0.0


def recover(segments: list[Path]) -> Recovered:
    """Replay the segments, oldest first. What can't be replayed is logged and left out: the engine's facts will correct it."""
    found = Recovered()
    for segment in segments:
        # A segment begins with the whole state, so the one before it has said all it can.
        found.calls, found.desks = {}, {}
        for line in spool.read(segment):
            _replay(line, found)
    found.calls = {id_: call for id_, call in found.calls.items() if not call.finished}
    return found


def _replay(line: spool.Line, found: Recovered) -> None:
    match line:
        case spool.CallState(call):
            found.calls[call.id] = call
        case spool.DeskState(desk):
            found.desks[desk.operator] = desk
        case spool.CallLine():
            _replay_call(line, found)
        case spool.DeskLine():
            desk = found.desks.get(line.id) or Desk(operator=line.id, name="", organisations=())
            desk = work(desk, line.event)
            found.desks[line.id] = desk
            found.at = line.event.at
            view = operator_view(desk, found.calls, line.event.at)
            found.entries.append(_entry(f"operator:{line.id}", line, "", view))


def _replay_call(line: spool.CallLine, found: Recovered) -> None:
    event, before = line.event, found.calls.get(line.id)
    call = _decided(line, before)
    if call is None:
        return
    if call.operator and took(call.operator, before, call):
        desk = found.desks.get(call.operator) or Desk(operator=call.operator, name="", organisations=())
        found.desks[call.operator] = took_one(desk, event.at)
    found.calls[line.id] = call
    found.at = event.at
    found.entries.append(_entry(line.id, line, call.organisation, call_view(call)))
    if call.finished and call.state is State.ENDED:
        # Kept until now so that its last entries could be made.
        del found.calls[line.id]


def _decided(line: spool.CallLine, before: Call | None) -> Call | None:
    """The call after the event; as it was before, but counting it, when this version can't decide it."""
    event = line.event
    try:
        if isinstance(event, Arrived | Dialled):
            return start(event)
        return None if before is None else receive(before, event)
    except (IllegalEvent, Refused):
        log.warning("journal line can't be replayed", call=line.id, n=line.n)
    except Exception:
        # What another version could decide must not keep this one from starting, again and again.
        log.exception("journal line can't be replayed", call=line.id, n=line.n)
    if before is None:
        return None
    same = copy.copy(before)
    same.events = line.n
    return same


def _entry(stream: str, line: spool.CallLine | spool.DeskLine, organisation: str, view: dict[str, Any]) -> Entry:
    return Entry(
        stream=stream,
        n=line.n,
        at=line.event.at,
        kind=spool.kind(line.event),
        organisation=organisation,
        data=spool.plain(line.event),
        view=view,
    )
