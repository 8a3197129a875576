# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short calls: what the console is told of them, and what is measured (GNO-9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests import rows
from tests.policy.history import look
from tests.policy.samples import clause, policy
from vaxel.calls.models import Call
from vaxel.duties.models import Message
from vaxel.policy.evidence.base import Evidence, State
from vaxel.policy.evidence.short_calls import short_calls
from vaxel.policy.working_day import working_day

TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SHORT = 'use = "short-calls"'


@pytest.mark.parametrize(
    ("controls", "hint"),
    [
        (['use = "external-first"'], None),
        ([SHORT], 180.0),
        ([f"{SHORT}\nhint_after_seconds = 240", f"{SHORT}\nhint_after_seconds = 90"], 90.0),
    ],
)
def test_the_shortest_length_that_a_clause_names_is_hinted_at(controls: list[str], hint: float | None) -> None:
    written = policy(*(clause(f"LIL-{n}", control) for n, control in enumerate(controls, 1)))
    assert working_day(written).talk_hint == hint


@pytest.mark.django_db
@pytest.mark.clause("GNO-9")
def test_the_lengths_of_calls_and_the_promises_are_measured() -> None:
    home = rows.organisation("lillby")
    written = policy(clause("LIL-1", f"{SHORT}\nhint_after_seconds = 120"))
    control = written.clause[0].control[0]

    def measured() -> Evidence:
        return short_calls(control, look(home, written, TUESDAY - DAY, TUESDAY + DAY))

    assert measured().state is State.NOT_MEASURED
    for n, (direction, seconds) in enumerate([("in", 60), ("in", 100), ("in", 300), ("internal", 900)]):
        Call.objects.create(
            id=f"n1-{n}",
            organisation=home,
            state="ended",
            direction=direction,
            started=TUESDAY,
            answered=TUESDAY,
            ended=TUESDAY + timedelta(seconds=seconds),
            n=1,
            view={},
        )
    Message.objects.create(organisation=home, call_back=True, taken_at=TUESDAY, matter="")
    assert measured().figures == {"n": 3, "seconds": 100, "long": 1, "limit": 120, "promised": 1}
    assert measured().state is State.KEPT
