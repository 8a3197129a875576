# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a policy says of the operators' working day, as the switchboard uses it."""

from __future__ import annotations

from vaxel.domain.working_day import Break, WorkingDay
from vaxel.policy.contradictions import controls_of
from vaxel.policy.document import Policy
from vaxel.policy.parameters import calls, desk

TALK_HINT = 180
"""Seconds after which a call counts as long where a policy wants short calls and names no length."""


def talk_hint(control: calls.ShortCalls) -> float:
    return float(control.hint_after_seconds or TALK_HINT)


def working_day(policy: Policy) -> WorkingDay:
    """Of several clauses on breaks each may demand more."""
    reliefs = [(clause, control) for _path, clause, control in controls_of(policy, desk.Relief)]
    listening = [clause for _path, clause, _control in controls_of(policy, calls.Listening)]
    surges = [clause for _path, clause, _control in controls_of(policy, calls.Surge)]
    short = [talk_hint(control) for _path, _clause, control in controls_of(policy, calls.ShortCalls)]
    relieved = [Break.LUNCH] if reliefs else []
    if any(control.also for _clause, control in reliefs):
        relieved.append(Break.POST)
    return WorkingDay(
        lunch_minutes=max((control.minutes for _clause, control in reliefs), default=None),
        relieved=tuple(relieved),
        relief_clause=reliefs[0][0] if reliefs else "",
        talk_hint=min(short, default=None),
        listening=bool(listening),
        listening_clause=listening[0] if listening else "",
        surge_clause=surges[0] if surges else "",
    )
