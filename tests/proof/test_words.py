# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is found is told in whole sentences, in all four languages."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given

from tests.domain.test_proof import slow
from tests.domain.worlds import END, START, worlds
from vaxel.domain.explain import explain
from vaxel.domain.proof import Finding, Kind, Summary, prove
from vaxel.domain.routing import plan
from vaxel.domain.world import World
from vaxel.proof import tree, words

LANGUAGES = ("sv", "nb", "da", "en")
ZONE = "Europe/Stockholm"


def finding(kind: Kind, **fields: object) -> Finding:
    known = {"subject": "46320123456", "name": "Anna Berg", "at": START, "detail": "3 / 6", "seconds": 95.0}
    return Finding(kind=kind, organisation="home", **{**known, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_sentence_a_title_and_a_remedy(kind: Kind, language: str) -> None:
    with translation.override(language):
        for others in (0, 1, 5):
            told = words.sentence(finding(kind, others=others), ZONE)
            assert told.endswith(".")
            assert "{" not in told
        assert words.title(kind)
        assert words.remedy(finding(kind)).endswith(".")


def test_a_dead_end_is_told_step_by_step() -> None:
    way = ("present", "unanswered", "announced", "ended")
    with translation.override("en"):
        told = words.sentence(finding(Kind.DEAD_END, way=way), ZONE)
    assert told == (
        "Anna Berg (+46 320 12 34 56): nobody answers → hears an announcement → the call ends without saying when to ring again. "
        "First on Monday 23 November 2026, 00:00."
    )


def test_a_name_is_enough_where_there_is_no_number() -> None:
    assert words.who(finding(Kind.REFERRAL_RING, subject="p12")) == "Anna Berg"
    assert words.who(finding(Kind.NO_OWNER, name="")) == "+46 320 12 34 56"


@slow
@given(world=worlds())
def test_nothing_that_is_found_or_explained_is_without_words(world: World) -> None:
    for found in prove(world, START, END).findings:
        for hop in found.way:
            assert hop in words.UNSAID or hop in words.HOPS
        assert words.sentence(found, ZONE)
    for number in world.numbers:
        for line in explain(plan(number, False, world, START), START, world):
            assert tree.told(line)
            assert bool(tree.branch(line)) == bool(line.branch)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_conclusion_counts(language: str) -> None:
    summary = Summary(numbers=1234, shapes=56, plans=4321, ways=9876, start=START, end=END)
    with translation.override(language):
        for counterexamples in (0, 1, 3):
            told = words.concluded(summary, counterexamples)
            assert "{" not in told
            assert "56" in told
    with translation.override("en"):
        assert words.concluded(summary, 0) == (
            "1,234 numbers of 56 shapes, 4,321 decisions, 9,876 ways through them: every way ends with a person, a mailbox, a message or "
            "the next opening."
        )
