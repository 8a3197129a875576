# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search as you type in one organisation of a million: milliseconds a keystroke, and what is found."""

from __future__ import annotations

import sys

from bench.support.result import report, say
from bench.support.searching import in_own_process, ratio, told, versions

SIZE = 1_000_000
GOAL_MS, GOAL_RECALL = 50.0, 0.99
COMPARED = 7
"""Queries, one for each way of typing (``staff.WAYS``): among so many the exhaustive search takes some 40 s for each."""


def main() -> int:
    found = in_own_process(SIZE, 140, COMPARED)
    say(told(found))
    report(
        "search_1m",
        found["index"]["p99"],
        "ms, 99 % of keystrokes among 1,000,000",
        GOAL_MS,
        lower_is_better=True,
        samples=found["keystrokes"],
        versions=versions(),
        recall_goal=GOAL_RECALL,
        recall_met=found["recall_at_10"] >= GOAL_RECALL,
        to_pg_trgm=ratio(found, "pg_trgm"),
        to_fts5=ratio(found, "fts5"),
        found=found,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
