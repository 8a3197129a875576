# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever differs between two worlds is looked at again: the proof is then what a fresh one would be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.test_proof import CHANGES, slow, with_change, without_representative
from tests.domain.worlds import END, START, worlds
from vaxel.domain.proof import prove
from vaxel.domain.world import World
from vaxel.proof.differences import touched


@slow
@given(old=worlds(), new=worlds(), keys=st.sets(CHANGES, min_size=1, max_size=3))
def test_a_proof_of_what_differs_is_what_a_fresh_one_would_be(old: World, new: World, keys: set[str]) -> None:
    changed = old
    for key in sorted(keys):
        changed = with_change(changed, new, key)
    differing = touched(old, changed)
    assert differing is not None
    assert differing <= keys | {"home"}
    after = prove(old, START, END).after(changed, differing)
    fresh = prove(replace(changed), START, END)
    assert [without_representative(f) for f in after.findings] == [without_representative(f) for f in fresh.findings]


@slow
@given(world=worlds(), other=worlds())
def test_other_hours_touch_all_who_keep_them(world: World, other: World) -> None:
    changed = replace(world, schedules={**world.schedules, "s1": other.schedules["s1"]})
    keepers = {
        owner.id
        for part in (world.organisations, world.units, world.groups, world.people)
        for owner in part.values()
        if owner.schedule == "s1"
    }
    same = world.schedules["s1"] == other.schedules["s1"]
    assert touched(world, changed) == (frozenset() if same else frozenset(keepers))


@slow
@given(world=worlds())
def test_nothing_differs_from_itself_and_another_trunk_is_too_much(world: World) -> None:
    assert touched(world, replace(world)) == frozenset()
    assert touched(world, replace(world, trunk="another")) is None
    assert touched(world, replace(world, operators={})) == frozenset({"home"})
