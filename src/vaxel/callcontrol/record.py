# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every event is written to the journal on disk, then handed on to the database."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from vaxel.callcontrol import metrics, spool
from vaxel.callcontrol.views import View
from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import Call
from vaxel.domain.journal import Entry

log = structlog.get_logger()


class Record:
    """``journal`` is where events are written first, ``ship`` hands entries on to the database."""

    def __init__(self, journal: spool.Spool, ship: Callable[[Entry], None]) -> None:
        self._journal = journal
        self._ship = ship

    def call(self, call: Call, event: e.CallEvent, view: View) -> None:
        """``event`` has made ``call`` what it is."""
        self._append(spool.CallLine(id=call.id, n=call.events, event=event))
        self._ship(_entry(call.id, call.events, event, call.organisation, view))

    def desk(self, desk: d.Desk, event: d.OperatorEvent, view: View) -> None:
        """``event`` has made ``desk`` what it is."""
        self._append(spool.DeskLine(id=desk.operator, n=desk.n, event=event))
        self._ship(_entry(f"operator:{desk.operator}", desk.n, event, "", view))

    def _append(self, line: spool.CallLine | spool.DeskLine) -> None:
        try:
            self._journal.append(line)
        except OSError as error:
            # A full disk must not end calls: the database still gets the entry.
            metrics.SPOOL_FAILED.inc()
            log.error("journal line not written to disk", error=str(error))


def _entry(stream: str, n: int, event: e.CallEvent | d.OperatorEvent, organisation: str, view: View) -> Entry:
    return Entry(
        stream=stream,
        n=n,
        at=event.at,
        kind=spool.kind(event),
        organisation=organisation,
        data=spool.plain(event),
        view=view,
    )
