# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""No clause is only a sentence: each has controls that work, or an entry in the list of what is missing."""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest
from scripts.clause_coverage import marked

from vaxel.domain.rules import Topic
from vaxel.policy.controls import CONTROLS
from vaxel.policy.load import parse, shipped
from vaxel.policy.missing import missing

ROOT = Path(__file__).resolve().parents[2]


def waiting() -> dict[str, list[str]]:
    """Control that nothing carries out → clauses of the shipped policies that use it."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in shipped().values():
        for clause in parse(text).clause:
            for use in {one.use for one in clause.control}:
                if not CONTROLS[use].works:
                    found[use].append(clause.id)
    return found


def test_what_does_not_work_is_listed_as_missing_with_its_clauses_and_nothing_else_is() -> None:
    listed = {control: sorted(entry.clauses) for control, entry in missing().items()}
    assert listed == {control: sorted(clauses) for control, clauses in waiting().items()}


def test_a_control_that_is_missing_is_known() -> None:
    assert set(missing()) <= set(CONTROLS)


@pytest.mark.parametrize("name", list(CONTROLS))
def test_what_a_control_names_is_there(name: str) -> None:
    control = CONTROLS[name]
    assert control.meaning.endswith((".", ")"))
    for place in (*control.does, *filter(None, [control.measure])):
        module, _colon, attribute = place.partition(":")
        assert attrgetter(attribute)(import_module(module)) is not None, place


@pytest.mark.clause("SOL-2", "FAL-1")
def test_a_control_tells_the_clauses_that_it_serves() -> None:
    assert CONTROLS["answer-order"].clauses["Sollentuna kommun"] == ["SOL-2"]
    told = {clause for control in CONTROLS.values() for clauses in control.clauses.values() for clause in clauses}
    assert told == {clause.id for text in shipped().values() for clause in parse(text).clause}


def test_every_topic_of_routing_is_a_control() -> None:
    assert {topic.value for topic in Topic} <= set(CONTROLS)


def test_every_mark_of_a_test_names_a_clause_there_is() -> None:
    known = {clause.id for text in shipped().values() for clause in parse(text).clause}
    assert set(marked(ROOT / "tests")) <= known
