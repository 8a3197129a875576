# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People with several functions, and people who stand in for colleagues."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vaxel.domain.world import Person, World

NAMES = ("bygglov", "rivning", "tillsyn")


def person(n: int, *functions: str, stands_in: tuple[str, ...] = (), home: str = "gnosjo") -> Person:
    first, *more = functions or ("",)
    return Person(
        id=f"p{n}",
        organisation=home,
        name=f"Person {n}",
        unit="",
        number="",
        phones=(),
        function=first,
        more_functions=tuple(more),
        stands_in=stands_in,
    )


def world(*people: Person) -> World:
    return World(
        organisations={},
        numbers={},
        people={one.id: one for one in people},
        groups={},
        operators={},
        phones={},
    )


def test_those_who_have_a_function_come_before_those_who_stand_in() -> None:
    found = world(
        person(2, "gator", stands_in=("bygglov",)),
        person(10, "rivning", "bygglov"),
        person(9, "bygglov"),
        person(3, "bygglov", home="tana"),
    )
    assert found.same_function["gnosjo", "bygglov"] == ("p9", "p10", "p2")
    assert found.colleagues_of(found.people["p10"]) == ("p10", "p9", "p2")
    assert found.colleagues_of(found.people["p2"]) == ("p2",)
    assert found.colleagues_of(person(4)) == ()


functions = st.lists(st.sampled_from(NAMES), unique=True).map(tuple)
somebody = st.tuples(st.integers(1, 6), functions, functions)


@given(st.lists(somebody, unique_by=lambda one: one[0]), st.lists(somebody, unique_by=lambda one: one[0]))
def test_what_is_taken_over_of_an_older_world_is_as_if_it_were_new(
    before: list[tuple[int, tuple[str, ...], tuple[str, ...]]],
    after: list[tuple[int, tuple[str, ...], tuple[str, ...]]],
) -> None:
    old = world(*(person(n, *has, stands_in=helps) for n, has, helps in before))
    fresh = world(*(person(n, *has, stands_in=helps) for n, has, helps in after))
    assert old.same_function is not None
    keys = old.people.keys() | fresh.people.keys()
    changed = frozenset(key for key in keys if old.people.get(key) != fresh.people.get(key))
    inherited = replace(fresh)
    inherited.inherit(old, changed)
    assert inherited.same_function == fresh.same_function
