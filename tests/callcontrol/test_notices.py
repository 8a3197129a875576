# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices on the consoles: what is new is told, what is over goes, and nobody sees another municipality's."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.callcontrol.test_hub import Console
from vaxel.callcontrol.hub import Hub
from vaxel.callcontrol.notices import show

boards = st.dictionaries(
    st.sampled_from(("n1", "n2", "n3")),
    st.fixed_dictionaries({"organisation": st.sampled_from(("tana", "gnosjo")), "title": st.sampled_from("ab")}),
)


@given(st.lists(boards, max_size=8))
def test_consoles_see_the_last_board_of_their_own_municipality(shown: list[dict[str, dict[str, Any]]]) -> None:
    hub = Hub()
    console = Console("tana")
    hub.join(console, "", None)
    for board in shown:
        show(hub, board)
    last = shown[-1] if shown else {}
    mine = {id_: notice for id_, notice in last.items() if notice["organisation"] == "tana"}
    assert console.state["notices"] == hub.snapshot(frozenset({"tana"}))["notices"] == mine
