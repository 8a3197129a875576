# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a search touches, in every Nordic spelling; and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaxel.notices.matching import Subject, Touch, score, touched

SEWAGE = Subject(title="Brev om nya taxor", phrases=("sophämtning", "kärl", "enskilt avlopp"), units=frozenset({"u1"}))


@pytest.mark.parametrize(
    "query", ["sophämtning", "sophamtning", "sophaemtning", "SOPH", "soph kontoret", "karl", "kærl", "avlopp enskilt"]
)
def test_a_subject_word_is_touched_in_any_spelling_and_by_its_beginning(query: str) -> None:
    assert score(SEWAGE, Touch(text=query))


@pytest.mark.parametrize("query", ["", "so", "anna", "enskilt", "om", "bygglov", "🚮", "' OR 1=1"])
def test_what_is_about_something_else_isnt_touched(query: str) -> None:
    assert not score(SEWAGE, Touch(text=query))


def test_a_compound_touches_the_word_it_begins_with() -> None:
    permits = Subject(phrases=("bygglov", "pas"))
    assert score(permits, Touch(text="bygglovsavgift"))
    assert score(permits, Touch(text="pas"))
    assert not score(permits, Touch(text="passagerare"))


def test_whose_it_is_touches_too_and_words_weigh_more() -> None:
    other = Subject(title="Annat", units=frozenset({"u1"}), people=frozenset({"p1"}))
    assert score(SEWAGE, Touch(units=frozenset({"u1"})))
    assert score(other, Touch(people=frozenset({"p1"})))
    found = touched([("other", other), ("sewage", SEWAGE)], Touch(text="sophämtning", units=frozenset({"u1"})))
    assert found == ["sewage", "other"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_is_too_odd(phrase: str, query: str) -> None:
    assert score(Subject(title=phrase, phrases=(phrase,)), Touch(text=query)) >= 0
