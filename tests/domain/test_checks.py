# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each fault of a directory that can be seen without walking is found where it is, with the clause that it breaks, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.test_routing import ANNA, HOUR, NOON, OFFICE, RULES, away, person, world
from vaxel.domain.absence import ReferTo
from vaxel.domain.proof import Finding, Kind, prove
from vaxel.domain.rules import Rules
from vaxel.domain.world import Number, NumberKind, World

TOPICS = {
    "trained-pool": "FAL-18",
    "group-numbers": "SOL-6",
    "absence-referral": "GNO-3",
    "telephone-hours": "SOL-7",
    "number-owners": "GNO-1",
    "staffed": "AAB-4",
}
DAY = 24 * HOUR


def small(rules: Rules = RULES, **more: Any) -> World:
    """A municipality in order, whose policy speaks of everything."""
    return world(replace(rules, clauses=TOPICS), **more)


def found(kind: Kind, where: World) -> list[Finding]:
    return [finding for finding in prove(where, NOON - DAY, NOON + 7 * DAY).findings if finding.kind is kind]


def with_people(*more: Any) -> dict[str, Any]:
    return {**small().people, **{each.id: each for each in more}}


def with_unit(**fields: Any) -> dict[str, Any]:
    return {"u1": replace(small().units["u1"], **fields)}


OWN = replace(OFFICE, id="own")
FAULTS = {
    Kind.TOO_FEW_TRAINED: small(replace(RULES, standard_operators=2, trained_factor=2.0)),
    Kind.WITHOUT_GROUP: small(people=with_people(person("dora", "46806"), person("eva", "46807")), groups={}),
    Kind.REFERRED_TO_NOBODY: small(
        people=with_people(person("bo", "46803", ended=NOON)),
        absences={"anna": (away(refer=ReferTo.COLLEAGUE, to="bo", end=NOON + DAY),)},
    ),
    Kind.FORBIDDEN_HOURS: small(
        replace(RULES, telephone_hours=False), units=with_unit(schedule="own"), schedules={"office": OFFICE, "own": OWN}
    ),
    Kind.GROUP_EMPTY: small(groups={"permits": replace(small().groups["permits"], members=())}),
    Kind.NO_OWNER: small(
        numbers={**small().numbers, "46808": Number(number="46808", organisation="home", kind=NumberKind.DIRECT)}
    ),
    Kind.HOURS_UNCOVERED: small(absences={"anna": (away(),), "bo": (away("bo"),)}, groups={}),
}


@pytest.mark.parametrize(
    ("kind", "subject", "clause"),
    [
        pytest.param(Kind.TOO_FEW_TRAINED, "home", "FAL-18", marks=pytest.mark.clause("FAL-18")),
        pytest.param(Kind.WITHOUT_GROUP, "bo", "SOL-6", marks=pytest.mark.clause("SOL-6")),
        pytest.param(Kind.REFERRED_TO_NOBODY, ANNA, "GNO-3", marks=pytest.mark.clause("GNO-3", "FAL-3")),
        pytest.param(Kind.FORBIDDEN_HOURS, "own", "SOL-7", marks=pytest.mark.clause("SOL-7")),
        pytest.param(Kind.GROUP_EMPTY, "permits", "SOL-6", marks=pytest.mark.clause("AAB-24")),
        pytest.param(Kind.NO_OWNER, "46808", "GNO-1", marks=pytest.mark.clause("GNO-1")),
        pytest.param(Kind.HOURS_UNCOVERED, "u1", "AAB-4", marks=pytest.mark.clause("AAB-2", "AAB-4")),
    ],
)
def test_a_fault_is_found_with_its_clause_and_only_where_it_is(kind: Kind, subject: str, clause: str) -> None:
    assert [(finding.subject, finding.clause) for finding in found(kind, FAULTS[kind])] == [(subject, clause)]
    assert found(kind, small()) == []


@pytest.mark.clause("AAB-4")
def test_a_unit_is_staffed_as_long_as_one_of_its_people_is_there() -> None:
    assert found(Kind.HOURS_UNCOVERED, small(absences={"anna": (away(),)}, groups={})) == []
    night = away("bo", start=NOON + 6 * HOUR, end=NOON + 8 * HOUR)
    assert (
        found(Kind.HOURS_UNCOVERED, small(absences={"anna": (away(end=NOON + DAY),), "bo": (night,)}, groups={})) == []
    )


@pytest.mark.clause("AAB-4")
def test_a_unit_that_nobody_covers_is_told_by_the_clause_meant_for_it_or_for_the_one_above() -> None:
    where = small(
        replace(RULES, clauses_of={"staffed": {"Technology": "AAB-4b"}}),
        units={**with_unit(parent="u9"), "u9": replace(small().units["u1"], id="u9", name="Technology")},
        absences={"anna": (away(),), "bo": (away("bo"),)},
        groups={},
    )
    assert [finding.clause for finding in found(Kind.HOURS_UNCOVERED, where)] == ["AAB-4b"]
