# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to a call to a number: ``plan`` decides it.

It answers the caller, explains the decision to the operator, and is what ``proof`` walks. It reads nothing but the snapshot, the rules
in it and the moment; what it read of time is noted in ``Reads``, so that the prover knows how long a decision holds.
"""

from __future__ import annotations

from vaxel.domain.routing.available import back_at
from vaxel.domain.routing.case import EXTERNAL, IDLE, INTERNAL, Activity, Reads, Route, Suppose
from vaxel.domain.routing.decide import plan, to_group, to_person
from vaxel.domain.routing.own import absence_choices_of, names_upwards, order_of, own_limit, ring_seconds, schedule_of
from vaxel.domain.routing.switchboard import to_switchboard
from vaxel.domain.routing.telephones import mobile_targets, outside, outside_target, party_of, person_targets

__all__ = [
    "EXTERNAL",
    "IDLE",
    "INTERNAL",
    "Activity",
    "Reads",
    "Route",
    "Suppose",
    "absence_choices_of",
    "back_at",
    "mobile_targets",
    "names_upwards",
    "order_of",
    "outside",
    "outside_target",
    "own_limit",
    "party_of",
    "person_targets",
    "plan",
    "ring_seconds",
    "schedule_of",
    "to_group",
    "to_person",
    "to_switchboard",
]
