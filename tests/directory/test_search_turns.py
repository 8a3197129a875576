# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from vaxel.directory.search.turns import Turns


def waiting(turns: Turns, count: int) -> None:
    """Until so many have asked."""
    while next(iter(turns._newest.values()), 0) < count:
        pass


def test_of_what_is_typed_meanwhile_only_the_newest_is_searched_for() -> None:
    turns = Turns()

    def take(who: str) -> bool:
        with turns.turn(who) as wanted:
            return wanted

    with ThreadPoolExecutor(4) as threads:
        with turns.turn("box"):
            asked = []
            for n in range(3):
                asked.append(threads.submit(take, "box"))
                waiting(turns, n + 2)
            others = threads.submit(take, "")
        assert [one.result() for one in asked] == [False, False, True]
        assert others.result()


def test_one_after_the_other_all_are_wanted() -> None:
    turns = Turns()
    for _ in range(2):
        with turns.turn("box") as wanted:
            assert wanted
