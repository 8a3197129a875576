# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""When people were last rung and last talked, by which groups choose who is next.

Kept in memory only: after a restart everybody is equally rested, which is soon put right.
"""

from __future__ import annotations

from vaxel.domain.call import Call, Leg, LegState
from vaxel.domain.plan import PartyKind
from vaxel.domain.routing import Activity


class Remembered:
    """``now`` is what routing reads; it changes as calls do."""

    def __init__(self) -> None:
        self._rung: dict[str, float] = {}
        self._talked: dict[str, float] = {}
        self.now = Activity(rung=self._rung, talked=self._talked)

    def follow(self, before: Call | None, after: Call, at: float) -> None:
        known = {leg.n: leg for leg in before.legs} if before else {}
        for leg in after.legs:
            if leg.party.kind is PartyKind.PERSON and leg != known.get(leg.n):
                self._note(known.get(leg.n), leg, at)

    def _note(self, before: Leg | None, leg: Leg, at: float) -> None:
        if before is None:
            self._rung[leg.party.id] = at
        elif before.state is LegState.UP or leg.state is LegState.UP:
            self._talked[leg.party.id] = at
