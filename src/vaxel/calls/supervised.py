# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls that a supervisor listened to or took over: in the journal as everything, and in the audit as what somebody did to others."""

from __future__ import annotations

from collections.abc import Sequence

from vaxel.directory.audit import AuditEntry, Done, Via
from vaxel.directory.keys import row
from vaxel.directory.models import Operator
from vaxel.domain.journal import Entry

AUDITED = ("listen", "take_over")
CALL = "call"


def audit(entries: Sequence[Entry]) -> None:
    """One row for each of ``entries`` that is audited, however often it is delivered."""
    wanted = {f"{entry.stream}:{entry.n}": entry for entry in entries if entry.is_call and entry.kind in AUDITED}
    if not wanted:
        return
    known = set(AuditEntry.objects.filter(kind=CALL, row__in=list(wanted)).values_list("row", flat=True))
    AuditEntry.objects.bulk_create(_row(key, entry) for key, entry in wanted.items() if key not in known)


def _row(key: str, entry: Entry) -> AuditEntry:
    seat = entry.data.get("seat") or {}
    user = (
        Operator.objects.filter(pk=row(seat.get("operator") or "", "o") or 0).values_list("user_id", flat=True).first()
    )
    return AuditEntry(
        organisation_id=entry.organisation or None,
        user_id=user,
        who=str(seat.get("name", ""))[:150],
        via=Via.REST.value,
        done=Done.MADE,
        kind=CALL,
        row=key,
        name=entry.stream,
        after={"done": entry.kind, "operator": entry.view.get("operator_name", "")},
    )
