# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long somebody waits who saves a change in a municipality with 100,000 numbers: the action that page and REST API call, from its
beginning to the commit, with the proof of it. Milliseconds, 99th percentile of changes as they come.

The directory lies in SQLite, and the proof of before is at hand, as in a process that has proved once. The effect that a page shows before
saving is measured beside it.
"""

from __future__ import annotations

import gc
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable

from bench.support.result import report, say

SIZES = (1_000, 10_000, 100_000)
CHANGES = 12
GOAL = 500.0


def main() -> int:
    growth = {}
    for size in SIZES if len(sys.argv) < 2 else map(int, sys.argv[1:]):
        pid = os.fork()
        if pid == 0:
            with tempfile.TemporaryDirectory(prefix="vaxel-bench-") as folder:
                os.environ |= {"VAXEL_VAR": folder, "VAXEL_DATABASE_URL": ""}
                growth[size] = once(size)
            _report(growth)
            os._exit(0)
        os.waitpid(pid, 0)
    return 0


def once(size: int) -> dict[str, float]:
    from vaxel.site.config import config
    from vaxel.site.start_django import django

    django()
    from bench.support.rows import furnish
    from vaxel.proof import known
    from vaxel.site import prepare

    prepare.database(config())
    furnish(size)
    before = time.perf_counter()
    known.proof_of("storby")
    say(f"{size} numbers: proved once in {time.perf_counter() - before:.1f} s")
    taken = {name: sorted(_taken(change) for _ in range(CHANGES)) for name, change in _changes().items()}
    all_ = sorted(each for times in taken.values() for each in times)
    found = {"p99": all_[len(all_) * 99 // 100]} | {name: times[len(times) // 2] for name, times in taken.items()}
    say(f"{size} numbers: " + ", ".join(f"{name} {value:.0f} ms" for name, value in found.items()))
    return found


def _changes() -> dict[str, Callable[[], object]]:
    from datetime import timedelta

    from django.utils import timezone

    from vaxel.absence import actions
    from vaxel.directory import groups, hours
    from vaxel.directory.audit import By
    from vaxel.directory.models import Group, Hours, Person
    from vaxel.portal import effects

    chance, by = random.Random(7), By(name="Eva")
    people = list(Person.objects.values_list("pk", flat=True))
    shared = list(Group.objects.filter(overflow_group=None).values_list("pk", flat=True))
    kept = list(Hours.objects.exclude(unit=None).values_list("pk", flat=True))

    def absence() -> None:
        person, other = (Person.objects.get(pk=pk) for pk in chance.sample(people, 2))
        end = timezone.now() + timedelta(hours=4)
        actions.set_absence(person, by, actions.Wish(reason="meeting", end=end, refer="colleague", refer_to=other.key))

    def group() -> None:
        found = Group.objects.get(pk=chance.choice(shared))
        members = [f"p{pk}" for pk in found.memberships.order_by("position").values_list("person_id", flat=True)]
        plan = groups.GroupPlan(members=members[::-1], logged_in=frozenset(members), mailbox=not found.mailbox)
        groups.change_group(found, by, plan)

    def unit() -> None:
        found = Hours.objects.get(pk=chance.choice(kept))
        week = [[[480 + 5 * chance.randrange(12), 960]]] * 5 + [[], []]
        hours.set_hours(found.owner, by, hours.Plan(week=week))

    return {
        "absence": absence,
        "group": group,
        "hours": unit,
        "shown group": lambda: effects.of_change("storby", group),
        "shown hours": lambda: effects.of_change("storby", unit),
    }


def _taken(change: Callable[[], object]) -> float:
    from django.core.exceptions import ValidationError

    gc.collect()
    before = time.perf_counter()
    try:
        change()
    except ValidationError as error:
        say(f"refused: {error.messages[0][:100]}")
    return (time.perf_counter() - before) * 1000


def _report(growth: dict[int, dict[str, float]]) -> None:
    size = max(growth)
    report(
        "guarded_save",
        growth[size]["p99"],
        f"ms, 99th percentile of saves at {size:,} numbers",
        GOAL,
        lower_is_better=True,
        samples=CHANGES * 5,
        versions={"python": platform.python_version()},
        growth={
            str(size): {name: round(value, 1) for name, value in values.items()} for size, values in growth.items()
        },
    )


if __name__ == "__main__":
    sys.exit(main())
