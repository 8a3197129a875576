# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What consoles see of a call."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.domain import builders as b
from tests.domain.test_calls import Story
from vaxel.callcontrol.views import call_view
from vaxel.domain import events as e
from vaxel.domain.plan import Reason, ReasonCode


@pytest.mark.clause("SOL-2")
@pytest.mark.parametrize(
    ("a_ring", "seconds", "rings"),
    [(6.0, 30.02, 5), (5.0, 25.4, 5), (6.0, 0.8, 1), (6.0, 0.0, None), (None, 25.0, None)],
)
def test_rings_are_told_where_the_policy_counts_rings(a_ring: float | None, seconds: float, rings: int | None) -> None:
    reason = Reason(code=ReasonCode.NO_ANSWER, person="Anna", seconds=seconds, a_ring=a_ring)
    call = replace(b.start(b.arrived()), reason=reason)
    assert call_view(call)["reason"]["rings"] == rings


def test_of_a_call_held_at_her_telephone_is_told_that_its_operator_has_been_reminded() -> None:
    story = Story().with_operator()
    leg = story.call.operator_legs[0].n
    told = [call_view(story.call)]
    for event in (e.PhoneHeld, e.TimerFired, e.TimerFired, e.PhoneResumed):
        fields = {"name": story.call.timers[0].name} if event is e.TimerFired else {"leg": leg}
        told.append(call_view(story.then(event, **fields).call))
    assert [(view["state"], view["reminded"], view["returns_at"]) for view in told] == [
        ("connected", False, None),
        ("connected", False, None),
        ("connected", True, None),
        ("connected", True, None),
        ("connected", False, None),
    ]
