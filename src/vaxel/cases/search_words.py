# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who handles a share of a task's cases is found by the task."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from vaxel.cases.models import CaseShare
from vaxel.directory.search.ranking import Field


def tasks(organisation: str, keys: Collection[str] | None) -> Iterator[tuple[str, Field, str]]:
    """A source of the search (``directory.search.feed``). Divisions are few: all are read."""
    shares = CaseShare.objects.filter(division__organisation=organisation)
    for person, group, task in shares.values_list("person_id", "group_id", "division__task").distinct():
        key = f"p{person}" if person else f"g{group}"
        if keys is None or key in keys:
            yield key, Field.TASK, task
