# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The live hub: old state and changes make the fresh state, for everyone and for nobody else."""

from __future__ import annotations

from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from vaxel.callcontrol import hub as hub_module
from vaxel.callcontrol.hub import Hub

HOMES = ("tana", "gnosjo", "falkenberg")


class Console:
    """A client that keeps what docs/live-hub.md says it should."""

    def __init__(self, *organisations: str, keeps_up: bool = True) -> None:
        self.operator = "o1"
        self.token = ""
        self.organisations = frozenset(organisations)
        self.state: dict[str, dict[str, Any]] = {}
        self.frames: list[dict[str, Any]] = []
        self.keeps_up = keeps_up
        self.epoch = ""
        self.n = 0

    def push(self, text: str) -> bool:
        frame = orjson.loads(text)
        self.frames.append(frame)
        self.n = frame["n"]
        if "snapshot" in frame:
            self.state = {kind: dict(values) for kind, values in frame["snapshot"].items()}
        elif "set" in frame:
            self.state[frame["set"]][frame["id"]] = frame["value"]
        elif "del" in frame:
            self.state[frame["del"]].pop(frame["id"], None)
        self.epoch = frame.get("epoch", self.epoch)
        return self.keeps_up


change = st.tuples(
    st.sampled_from(("calls", "operators", "notices")),
    st.integers(0, 5),
    st.integers(0, 3),
    st.sets(st.sampled_from(HOMES)),
)
"""Kind, id, value (0 deletes), and the organisations that own it."""


def apply(hub: Hub, what: tuple[str, int, int, set[str]]) -> None:
    kind, id_, value, homes = what
    if value == 0 or not homes:
        hub.delete(kind, str(id_))
    else:
        hub.set(kind, str(id_), {"value": value}, homes)


@given(st.lists(change, max_size=40), st.lists(change, max_size=40), st.sets(st.sampled_from(HOMES), min_size=1))
def test_old_state_and_changes_are_the_fresh_state(
    before: list[tuple[str, int, int, set[str]]], after: list[tuple[str, int, int, set[str]]], homes: set[str]
) -> None:
    hub = Hub()
    for what in before:
        apply(hub, what)
    console = Console(*homes)
    hub.join(console, "", None)
    for what in after:
        apply(hub, what)
    assert console.state == hub.snapshot(frozenset(homes))


@given(
    st.lists(change, max_size=20),
    st.lists(change, max_size=20),
    st.lists(change, max_size=20),
    st.sets(st.sampled_from(HOMES), min_size=1),
)
def test_one_who_comes_back_is_told_only_what_was_missed(
    before: list[tuple[str, int, int, set[str]]],
    missed: list[tuple[str, int, int, set[str]]],
    after: list[tuple[str, int, int, set[str]]],
    homes: set[str],
) -> None:
    hub = Hub()
    for what in before:
        apply(hub, what)
    console = Console(*homes)
    hub.join(console, "", None)
    hub.leave(console)
    for what in missed:
        apply(hub, what)
    told = len(console.frames)
    hub.join(console, console.epoch, console.n)
    assert console.frames[told]["resumed"]
    for what in after:
        apply(hub, what)
    assert console.state == hub.snapshot(frozenset(homes))


@given(st.lists(change, max_size=40))
def test_nothing_of_another_municipality_is_ever_told(changes: list[tuple[str, int, int, set[str]]]) -> None:
    hub = Hub()
    console = Console("tana")
    hub.join(console, "", None)
    for kind, id_, value, _ in changes:
        apply(hub, (kind, id_, value, {"gnosjo"}))
    assert len(console.frames) == 1
    assert console.state == {"calls": {}, "operators": {}, "organisations": {}, "notices": {}}


def test_what_stays_the_same_is_no_news() -> None:
    hub = Hub()
    console = Console("tana")
    hub.join(console, "", None)
    hub.set("calls", "1", {"state": "waiting"}, ["tana"])
    hub.set("calls", "1", {"state": "waiting"}, ["tana"])
    assert len(console.frames) == 2


def test_numbers_rise_by_one_for_who_sees_everything() -> None:
    hub = Hub()
    console = Console(*HOMES)
    hub.join(console, "", None)
    for n in range(5):
        hub.set("calls", str(n), {"n": n}, ["tana"])
    assert [frame["n"] for frame in console.frames] == [0, 1, 2, 3, 4, 5]


def test_another_run_of_the_controller_gives_a_fresh_snapshot() -> None:
    old, new = Hub(), Hub()
    console = Console("tana")
    old.join(console, "", None)
    new.join(console, console.epoch, console.n)
    assert "snapshot" in console.frames[-1]


def test_one_who_serves_another_municipality_since_gets_a_fresh_snapshot() -> None:
    """What she now sees for the first time can't be told by changes."""
    hub = Hub()
    hub.set("calls", "1", {"state": "waiting"}, ["gnosjo"])
    console = Console("tana")
    hub.join(console, "", None)
    hub.leave(console)
    console.organisations = frozenset({"tana", "gnosjo"})
    hub.join(console, console.epoch, console.n)
    assert console.state["calls"] == {"1": {"state": "waiting"}}


def test_one_who_was_away_for_too_long_gets_a_fresh_snapshot() -> None:
    hub = Hub()
    console = Console("tana")
    hub.join(console, "", None)
    hub.leave(console)
    for n in range(hub_module.KEPT + 1):
        hub.set("calls", "1", {"n": n}, ["tana"])
    hub.join(console, console.epoch, console.n)
    assert "snapshot" in console.frames[-1]
    assert console.state["calls"] == {"1": {"n": hub_module.KEPT}}


def test_one_who_does_not_keep_up_is_let_go() -> None:
    hub = Hub()
    dropped: list[hub_module.Client] = []
    hub.on_stuck = dropped.append
    slow = Console("tana", keeps_up=False)
    hub.join(slow, "", None)
    hub.set("calls", "1", {}, ["tana"])
    hub.set("calls", "1", {"state": "waiting"}, ["tana"])
    assert dropped == [slow]
    assert hub.clients == 0


def test_those_whose_municipalities_have_changed_are_let_go_to_come_back() -> None:
    hub = Hub()
    dropped: list[hub_module.Client] = []
    hub.on_stuck = dropped.append
    one, other = Console("tana"), Console("gnosjo")
    hub.join(one, "", None)
    hub.join(other, "", None)
    hub.drop(lambda client: client.organisations != frozenset({"tana"}))
    assert dropped == [other]
    assert hub.clients == 1
