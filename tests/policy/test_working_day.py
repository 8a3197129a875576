# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operators' working day: what policies say of it, and what shows that it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import rows
from vaxel.calls.models import OperatorEvent
from vaxel.directory.models import Organisation
from vaxel.domain.working_day import Break
from vaxel.policy.compile import compile_policy
from vaxel.policy.evidence import working_day
from vaxel.policy.evidence.base import Look, State
from vaxel.policy.load import parse, shipped
from vaxel.policy.parameters.calls import Surge
from vaxel.policy.parameters.desk import Relief

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.mark.clause("TAN-17")
def test_tanas_breaks_are_half_an_hour_and_relieved() -> None:
    day = compile_policy(parse(shipped()["tana"])).rules.working_day
    assert (day.lunch_minutes, day.relieved, day.relief_clause) == (30, (Break.LUNCH, Break.POST), "TAN-17")
    others = [compile_policy(parse(shipped()[name])).rules.working_day for name in ("gnosjo", "falkenberg")]
    assert [day.relieved for day in others] == [(), ()]
    assert others[1].surge_clause == "FAL-18"
    assert not any(day.listening for day in others)


def event(operator: str, n: int, kind: str, minutes: float, **data: Any) -> None:
    at = START + timedelta(minutes=minutes)
    OperatorEvent.objects.create(operator=operator, n=n, at=at, kind=kind, data=data, view={})


@pytest.fixture
def tana(db: None) -> Organisation:
    return rows.organisation("tana", "4760000100")


def look(home: Organisation) -> Look:
    policy = parse(shipped()[home.pk])
    return Look(home, policy, compile_policy(policy), START, START + timedelta(days=1))


@pytest.mark.clause("TAN-17")
def test_a_break_without_relief_is_found(tana: Organisation) -> None:
    control = Relief(use="relief", minutes=30, also=["The post is brought"])
    assert working_day.relief(control, look(tana)).state is State.NOT_MEASURED
    operator = rows.operator(tana)
    event(operator.key, 1, "paused", 180, reason="lunch", relief=["o2"])
    event(operator.key, 2, "paused", 240, reason="meeting", relief=[])
    found = working_day.relief(control, look(tana))
    assert (found.state, found.figures) == (State.KEPT, {"breaks": 1, "without_relief": 0})
    event(operator.key, 3, "paused", 300, reason="post", relief=[])
    found = working_day.relief(control, look(tana))
    assert found.state is State.BROKEN
    assert [case.at for case in found.cases] == [(START + timedelta(minutes=300)).timestamp()]


@pytest.mark.clause("FAL-18")
def test_reinforcement_that_nobody_followed_is_found(tana: Organisation) -> None:
    control = Surge(use="surge")
    assert working_day.surge(control, look(tana)).state is State.NOT_MEASURED
    event("o9", 1, "surge_called", 60, organisation="tana")
    assert working_day.surge(control, look(tana)).state is State.BROKEN
    event("o8", 1, "reinforcing", 64, organisation="tana", on=True)
    assert working_day.surge(control, look(tana)).state is State.KEPT
