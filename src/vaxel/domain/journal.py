# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The journal's entries: what the controller hands to the database.

A stream is a call, or an operator (``operator:ID``). Within a stream ``n`` is 1, 2, 3 … without gap. Entries are facts: the same
entry may be delivered twice (after a crash) and must then change nothing.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Entry(Struct, frozen=True, kw_only=True):
    """One event of a stream.

    ``at`` is seconds since the epoch, UTC. ``kind`` is the event's name in snake case (``leg_answered``). ``data`` is the event, as plain
    JSON values. ``view`` is the call (or operator) as it stood after the event, in the shape of ``docs/live-hub.md``.
    """

    stream: str
    n: int
    at: float
    kind: str
    organisation: str
    data: dict[str, Any]
    view: dict[str, Any]

    @property
    def is_call(self) -> bool:
        return not self.stream.startswith("operator:")


class Recorded(Struct, frozen=True, kw_only=True):
    """A voice message that a call left, inside ``view["recording"]`` of the entry ``recording_finished``.

    ``name`` is the recording's id (``CALL-r5``), ``seconds`` its length, ``person`` whose mailbox it is for ("" = the switchboard's).
    """

    name: str
    seconds: float
    person: str
