# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search as you type among 1,000 and 100,000 people, groups and units: milliseconds a keystroke, what is found, and beside whom."""

from __future__ import annotations

import sys

from bench.support.result import report, say
from bench.support.searching import in_own_process, ratio, told, versions

GOAL_MS, GOAL_RECALL, GOAL_TRGM, GOAL_FTS5, GOAL_MB = 20.0, 0.99, 0.2, 2.0, 400


def main() -> int:
    sizes = {size: in_own_process(size, 280, compared) for size, compared in ((1_000, 140), (100_000, 42))}
    for found in sizes.values():
        say(told(found))
    largest = sizes[100_000]
    goals = {
        "recall_at_10": (largest["recall_at_10"], GOAL_RECALL, largest["recall_at_10"] >= GOAL_RECALL),
        "to_pg_trgm": (ratio(largest, "pg_trgm"), GOAL_TRGM, ratio(largest, "pg_trgm") <= GOAL_TRGM),
        "to_fts5": (ratio(largest, "fts5"), GOAL_FTS5, ratio(largest, "fts5") <= GOAL_FTS5),
        "memory_mb": (largest["memory_mb"], GOAL_MB, largest["memory_mb"] <= GOAL_MB),
    }
    report(
        "search_100k",
        largest["index"]["p99"],
        "ms, 99 % of keystrokes among 100,000",
        GOAL_MS,
        lower_is_better=True,
        samples=largest["keystrokes"],
        versions=versions(),
        goals={name: {"figure": figure, "goal": goal, "met": met} for name, (figure, goal, met) in goals.items()},
        sizes=sizes,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
