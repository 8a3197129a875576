# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index: it finds what comparing every word with every word finds, in the same order."""

from __future__ import annotations

import random
from typing import Any

import pytest
from bench.support.exhaustive import Exhaustive
from bench.support.staff import keystrokes, queries, staff, wrong
from hypothesis import given, settings
from hypothesis import strategies as st

from vaxel.directory.search import segment
from vaxel.directory.search.documents import Document
from vaxel.directory.search.index import Asking, Index, Shelf
from vaxel.directory.search.ranking import MOST_LIKELY, Field

NOW = 1_764_000_000.0
HOUR = 3600.0
GNOSJO = frozenset({"gnosjo"})


def person(key: str, name: str, *, away: float | None = None, **texts: str) -> Document:
    number = texts.pop("number", "")
    return Document(
        key=key,
        name=name,
        texts=tuple((Field[field.upper()], text) for field, text in texts.items()),
        numbers=(number,) if number else (),
        away=((NOW - HOUR, NOW + away * HOUR),) if away is not None else (),
    )


STAFF = (
    person(
        "p1", "Östen Åkerhielm", title="Miljöinspektör", task="hundskatt, avlopp", number="46980319201", unit="Miljö"
    ),
    person("p2", "Bjørn Æbelø", search_word="skolskjuts buss", number="46980319202", unit="Skola"),
    person("p3", "René O'Neill", email="rene.on@gnosjo.example", number="46980319203", unit="Skola"),
    person("p4", "Anna Karin Johansson", title="Bygglovshandläggare", function="bygglov", number="46980319204"),
    person("p5", "Håkan Lindström", task="bygglov, altan", away=240.0),
    person("p6", "Per-Åke Berg", task="bygglov, altan", away=1.0),
    person("p7", "Osten Møller", task="bygglov, altan", place="Stadshuset"),
    person("p8", "Máret Đuođđi", task="reindrift"),
    Document(key="g1", name="Bygglov", numbers=("46980319290",), texts=((Field.UNIT, "Samhällsbyggnad"),)),
    Document(key="u1", name="Samhällsbyggnad"),
)


def asking(**fields: Any) -> Asking:
    return Asking(**{"organisations": GNOSJO, "now": NOW, "limit": 20, **fields})


@pytest.fixture(scope="module")
def index() -> Index:
    return Index({"gnosjo": Shelf(STAFF)})


def names(index: Index, text: str, **fields: Any) -> list[str]:
    return [match.name for match in index.search(text, asking(**fields))]


@pytest.mark.clause("TAN-3", "AAB-25", "AAB-26")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("östen", "Östen Åkerhielm"),
        ("osten", "Osten Møller"),
        ("oesten", "Östen Åkerhielm"),
        ("ØSTEN", "Östen Åkerhielm"),
        ("aaker", "Östen Åkerhielm"),
        ("aker oste", "Östen Åkerhielm"),
        ("bjorn", "Bjørn Æbelø"),
        ("björn", "Bjørn Æbelø"),
        ("aebeloe", "Bjørn Æbelø"),
        ("möller", "Osten Møller"),
        ("moeller", "Osten Møller"),
        ("haakan", "Håkan Lindström"),
        ("haakon", "Håkan Lindström"),
        ("duoddi", "Máret Đuođđi"),
        ("maret", "Máret Đuođđi"),
        ("rene", "René O'Neill"),
        ("o'neill", "René O'Neill"),
        ("akj", "Anna Karin Johansson"),
        ("påb", "Per-Åke Berg"),
        ("johanson", "Anna Karin Johansson"),
        ("jobansson", "Anna Karin Johansson"),
        ("hojansson", "Anna Karin Johansson"),
        ("xindström", "Håkan Lindström"),
        ("9202", "Bjørn Æbelø"),
        ("0980-31 92 02", "Bjørn Æbelø"),
        ("+46 980 31 92 02", "Bjørn Æbelø"),
        ("0046980319202", "Bjørn Æbelø"),
        ("8031920 bjørn", "Bjørn Æbelø"),
        ("handläggare", "Anna Karin Johansson"),
        ("hund skatt", "Östen Åkerhielm"),
        ("skol skjuts", "Bjørn Æbelø"),
        ("lind ström", "Håkan Lindström"),
        ("stadshus osten", "Osten Møller"),
        ("rene.on@gnosjo.example", "René O'Neill"),
        ("o\u200bst\u00aden m\u202eøller", "Osten Møller"),
        ("Vem har hand om hundskatt?", "Östen Åkerhielm"),
        ("vem sköter hundskatten i Gnosjö", "Östen Åkerhielm"),
        ("Who handles avlopp?", "Östen Åkerhielm"),
        ("hvem tager sig af skolskjuts", "Bjørn Æbelø"),
        ("hvem har ansvar for reindrift", "Máret Đuođđi"),
    ],
)
def test_people_are_found_by_what_operators_type(index: Index, text: str, expected: str) -> None:
    assert names(index, text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  %_ ",
        "😀",
        "\u200b\u202e",
        "'; DROP TABLE directory_person; --",
        "<script>alert(1)</script>",
        "a" * 10_000,
        "\x00",
        "٣٤٥",
        "ﷺ",
        "1" * 400,
    ],
)
def test_what_means_nothing_finds_nobody(index: Index, text: str) -> None:
    assert names(index, text) == []


def test_who_does_it_comes_present_first_and_soon_back_before_long_away(index: Index) -> None:
    assert names(index, "bygglov")[:5] == [
        "Bygglov",
        "Anna Karin Johansson",
        "Osten Møller",
        "Per-Åke Berg",
        "Håkan Lindström",
    ]


def test_the_reason_is_told(index: Index) -> None:
    found = {match.key: (match.field, match.word) for match in index.search("bygglov", asking())}
    assert found["p7"] == (Field.TASK, "bygglov")
    assert found["g1"] == (Field.NAME, "bygglov")
    (anna,) = index.search("anna handläggare", asking())
    assert (anna.field, anna.word) == (Field.TITLE, "bygglovshandläggare")
    assert index.search("9203", asking())[0].field is Field.NUMBER


def test_whom_the_operator_means_by_a_name_comes_first_among_equals() -> None:
    index = Index({"gnosjo": Shelf([person("p1", "Anna Ek"), person("p2", "Anna Lund", away=1.0)])})
    assert names(index, "anna") == ["Anna Ek", "Anna Lund"]
    assert names(index, "anna", likely={"p2": 4}) == ["Anna Lund", "Anna Ek"]
    assert names(index, "anna e", likely={"p2": MOST_LIKELY}) == ["Anna Ek"]


def test_the_callers_municipality_comes_first_and_others_are_never_found() -> None:
    shelves = {"gnosjo": Shelf([person("p1", "Anna Lindqvist")]), "tana": Shelf([person("p2", "Anna Lind")])}
    index = Index(shelves)
    both = frozenset(shelves)
    assert names(index, "anna lind", organisations=both) == ["Anna Lind", "Anna Lindqvist"]
    assert names(index, "anna lind", organisations=both, home="gnosjo") == ["Anna Lindqvist", "Anna Lind"]
    assert names(index, "anna lind", organisations=frozenset({"tana", "elsewhere"})) == ["Anna Lind"]
    assert names(index, "anna", organisations=frozenset()) == []


def test_protected_people_are_found_by_those_who_may() -> None:
    hidden = Document(key="p1", name="Anna Ek", protected=True)
    index = Index({"gnosjo": Shelf([hidden, person("p2", "Anna Lund")])})
    assert names(index, "anna") == ["Anna Lund"]
    assert names(index, "anna", protected=True) == ["Anna Ek", "Anna Lund"]


def test_a_change_replaces_what_was_there() -> None:
    before = Shelf(STAFF)
    after = before.with_changes({"p1": person("p1", "Sten Ek"), "p2": None, "p99": person("p99", "Ny Person")})
    again = after.with_changes({"p99": None})
    index = Index({"gnosjo": after})
    assert names(index, "sten ek") == ["Sten Ek"]
    assert names(index, "bjørn") == []
    assert names(index, "ny person") == ["Ny Person"]
    assert names(Index({"gnosjo": before}), "bjørn") == ["Bjørn Æbelø"]
    assert names(Index({"gnosjo": again}), "ny person") == []
    assert (len(before), len(after), len(again)) == (10, 10, 9)


# ── against the exhaustive search ───────────────────────────────────────────────────────────────────────────────────────

MANY = list(staff(200))
_halves = {"gnosjo": MANY[::2], "tana": MANY[1::2]}
_index = Index({home: Shelf(documents) for home, documents in _halves.items()})
_exhaustive = Exhaustive(_halves)


def _agree(index: Index, exhaustive: Exhaustive, text: str, asked: Asking) -> None:
    found = [(match.key, match.total, match.bonus) for match in index.search(text, asked)]
    assert found == exhaustive.search(text, asked)


@pytest.mark.parametrize("typed", queries(MANY, 21), ids=lambda typed: f"{typed.way}: {typed.text}")
def test_every_keystroke_finds_what_the_exhaustive_search_finds(typed: Any) -> None:
    for text in keystrokes(typed.text):
        _agree(_index, _exhaustive, text, asking(organisations=frozenset(_halves), home="tana", limit=10))


TEXTS = st.text(alphabet="abdehklmnorstu åäöæøđ'-.0123\u200b", max_size=14)
DOCUMENTS = st.lists(
    st.builds(
        lambda name, task, title, number, likes: (name, task, title, number, likes),
        TEXTS,
        TEXTS,
        TEXTS,
        st.sampled_from(["", "4698031920", "4533001122", "47330011220000"]),
        st.integers(0, 2),
    ),
    max_size=8,
)


@settings(max_examples=90, deadline=None)
@given(rows=DOCUMENTS, chance=st.integers(0, 2**32), free=TEXTS, many=st.sampled_from([0, 2, segment.MANY]))
def test_any_query_finds_what_the_exhaustive_search_finds(
    rows: list[tuple[str, str, str, str, int]], chance: int, free: str, many: int
) -> None:
    documents = [
        person(f"p{n}", name, task=task, title=title, number=number, away=float(likes) if likes else None)
        for n, (name, task, title, number, likes) in enumerate(rows)
    ]
    index, exhaustive = Index({"gnosjo": Shelf(documents)}), Exhaustive({"gnosjo": documents})
    pick = random.Random(chance)
    words = [word for row in rows for part in row[:3] for word in part.split()] or ["anna"]
    text = " ".join(pick.sample(words, min(len(words), pick.randint(1, 3))))
    likely = {f"p{n}": likes for n, (*_, likes) in enumerate(rows) if likes}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "MANY", many)
        for asked in (text, wrong(text, pick) if len(text) > 1 else text, free):
            _agree(index, exhaustive, asked, asking(limit=3, likely=likely))
