# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls of the past, as the controller ships them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests import rows
from vaxel.calls.projection import ship
from vaxel.directory.models import Organisation
from vaxel.policy.compile import compile_policy
from vaxel.policy.document import Policy
from vaxel.policy.evidence.base import Look

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class History:
    """Writes calls into an organisation's past, one a minute after ``since``."""

    def __init__(self, organisation: Organisation, since: datetime = NOON) -> None:
        self.organisation = organisation
        self.since = since
        self.n = 0

    def call(self, *facts: dict[str, Any], internal: bool = False, dialled: str = "46980319200") -> str:
        """A call with these facts, which have their seconds from its beginning in ``at``; it is over after the last one."""
        self.n += 1
        start = self.since.timestamp() + 60.0 * self.n
        id_ = f"n1-{start:.0f}.{self.n}"
        path = [{**fact, "at": start + fact["at"]} for fact in facts]
        end = path[-1]["at"] if path else start
        ship(
            [
                rows.entry(
                    id_,
                    1,
                    self.organisation.pk,
                    state="ended",
                    started=start,
                    ended=end,
                    direction="internal" if internal else "in",
                    dialled=dialled,
                    path=path,
                )
            ]
        )
        return id_


def fact(at: float, code: str, **fields: Any) -> dict[str, Any]:
    return {"at": at, "code": code, "who": "", "party": "", "kind": "", "seconds": None, "cause": "", **fields}


def main(at: float = 0) -> dict[str, Any]:
    return fact(at, "arrived", cause="main_number")


def direct(at: float = 0) -> dict[str, Any]:
    return fact(at, "arrived", cause="direct")


def rang(at: float, seconds: float, cause: str = "no_answer", who: str = "Anna Lind") -> dict[str, Any]:
    return fact(at, "rang", who=who, party="p1", kind="person", seconds=seconds, cause=cause)


def picked_up(at: float, seconds: float, who: str = "Anna Lind") -> dict[str, Any]:
    return fact(at, "picked_up", who=who, party="p1", kind="person", seconds=seconds)


def answered(at: float, kind: str = "operator", who: str = "Britta") -> dict[str, Any]:
    return fact(at, "answered", who=who, kind=kind, seconds=at)


def waiting(at: float, cause: str = "main_number") -> dict[str, Any]:
    return fact(at, "waiting", cause=cause)


def ended(at: float) -> dict[str, Any]:
    return fact(at, "ended", seconds=at, cause="hangup")


def lost(at: float) -> dict[str, Any]:
    return fact(at, "lost", seconds=at, cause="hangup")


def look(organisation: Organisation, policy: Policy, start: datetime = NOON, end: datetime = NOON + DAY) -> Look:
    return Look(organisation, policy, compile_policy(policy), start, end)
