# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operators' requests as events."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain import builders as b
from vaxel.callcontrol.requests import REQUESTS
from vaxel.domain.lifecycle import start
from vaxel.domain.world import Organisation, Person, Unit, World


def _person(key: str, unit: str, phone: str) -> Person:
    return Person(
        id=key, organisation="gnosjo", name=key, unit=unit, unit_id=unit, number="", phones=(phone,) if phone else ()
    )


def _world(transfer_to: str) -> World:
    home = Organisation(
        id="gnosjo",
        name="Gnosjö",
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        main_number="46370000000",
        welcome_phrase="",
    )
    people = (
        _person("p1", "u2", "anna"),
        _person("p2", "u2", "bo"),
        _person("p3", "u9", "cilla"),
        _person("p4", "u2", ""),
    )
    units = (
        Unit(id="u1", organisation="gnosjo", name="Building", transfer_to=transfer_to),
        Unit(id="u2", organisation="gnosjo", name="Permits", parent="u1"),
    )
    return World(
        organisations={"gnosjo": home},
        numbers={},
        people={person.id: person for person in people},
        groups={},
        operators={},
        phones={},
        units={unit.id: unit for unit in units},
    )


@pytest.mark.clause("AAB-29")
@pytest.mark.parametrize(
    ("preference", "to", "more", "reached"),
    [
        ("p2", "p1", {}, "PJSIP/bo"),
        ("p2", "p1", {"exactly": True}, "PJSIP/anna"),
        ("p2", "p3", {}, "PJSIP/cilla"),
        ("p4", "p1", {}, "PJSIP/anna"),
        ("", "p1", {}, "PJSIP/anna"),
    ],
    ids=["the unit's wish", "the operator insists", "another unit", "nobody can be rung there", "no wish"],
)
def test_a_transfer_follows_what_the_unit_prefers(preference: str, to: str, more: dict[str, Any], reached: str) -> None:
    frame = {"to": to, **more}
    event: Any = REQUESTS["transfer"](1.0, b.seat(), frame, start(b.arrived()), _world(preference))
    assert [target.endpoint for target in event.targets] == [reached]
    asked: Any = REQUESTS["consult"](1.0, b.seat(), frame, start(b.arrived()), _world(preference))
    assert asked.targets[0].party.id == to, "a question goes to whom it is meant for"
