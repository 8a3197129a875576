# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Groups choose by who was rung and who talked last."""

from tests.domain import builders as b
from vaxel.callcontrol.activity import Remembered
from vaxel.domain import events as e
from vaxel.domain.lifecycle import receive, start
from vaxel.domain.plan import Cause


def test_it_is_remembered_when_somebody_was_rung_and_stopped_talking() -> None:
    remembered = Remembered()
    ringing = start(b.arrived(b.RING, at=10.0))
    remembered.follow(None, ringing, 10.0)
    assert (dict(remembered.now.rung), dict(remembered.now.talked)) == ({"p1": 10.0}, {})
    talking = receive(ringing, e.LegAnswered(at=15.0, leg=1))
    remembered.follow(ringing, talking, 15.0)
    over = receive(talking, e.LegEnded(at=75.0, leg=0, cause=Cause.HANGUP))
    remembered.follow(talking, over, 75.0)
    assert remembered.now.talked == {"p1": 75.0}
