# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices as consoles see them (NOTICE in ``docs/live-hub.md``): all that aren't over, with who hasn't read them yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from msgspec import Struct

from vaxel.directory.models import Operator
from vaxel.notices.models import Acknowledgement, BoardVersion, Notice, not_over
from vaxel.site.database import drop_dead_connections

View = dict[str, Any]


class Board(Struct, frozen=True):
    """``notices`` by id."""

    version: int
    notices: dict[str, View]


def version() -> int:
    """The board's version in the database: one small query, to be asked often."""
    drop_dead_connections()
    return BoardVersion.objects.filter(pk=1).values_list("n", flat=True).first() or 0


def load() -> Board:
    """Read all of it: a handful of queries. Raises ``django.db.Error`` when the database is away."""
    # The version first: what changes meanwhile is then read once more, rather than never.
    at = version()
    rows = Notice.objects.filter(not_over(timezone.now())).select_related("unit").prefetch_related("people")
    notices = list(rows.order_by("id"))
    unread = unread_by(notices)
    return Board(at, {notice.key: view(notice, unread[notice.pk]) for notice in notices})


def unread_by(notices: Iterable[Notice]) -> dict[int, list[str]]:
    """Notice's row → keys of the operators who serve its organisation and haven't read it as it stands. Two queries."""
    notices = list(notices)
    serving: dict[str, list[int]] = defaultdict(list)
    links = Operator.organisations.through.objects.filter(operator__user__is_active=True)
    for operator, organisation in links.order_by("operator_id").values_list("operator_id", "organisation_id"):
        serving[organisation].append(operator)
    read = set(
        Acknowledgement.objects.filter(notice__in=[notice.pk for notice in notices]).values_list(
            "notice_id", "operator_id", "version"
        )
    )
    return {
        notice.pk: [
            f"o{operator}"
            for operator in serving[notice.organisation_id]
            if (notice.pk, operator, notice.version) not in read
        ]
        for notice in notices
    }


def view(notice: Notice, unread: list[str]) -> View:
    """NOTICE of the hub. Moments are seconds since the epoch."""
    return {
        "id": notice.key,
        "organisation": notice.organisation_id,
        "kind": notice.kind,
        "title": notice.title,
        "text": notice.text,
        "answer": notice.answer,
        "words": notice.phrases,
        "unit": f"u{notice.unit_id}" if notice.unit_id else "",
        "unit_name": notice.unit.name if notice.unit else "",
        "people": [{"id": person.key, "name": person.name} for person in notice.people.all()],
        "cover": notice.cover,
        "link": notice.link,
        "from": notice.begins.timestamp(),
        "until": _seconds(notice.ends),
        "review": notice.review.isoformat() if notice.review else None,
        "told": notice.told_at.timestamp(),
        "told_by": notice.told_by,
        "reminded": notice.reminded,
        "unread_by": unread,
    }


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
