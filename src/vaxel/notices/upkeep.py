# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the worker does with notices: those whose time has passed are closed, and who hasn't read one is reminded (GNO-17)."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from vaxel.notices import feeds, temporary_hours
from vaxel.notices.changes import raise_version
from vaxel.notices.live import unread_by
from vaxel.notices.models import Notice, not_over

log = logging.getLogger(__name__)

REMIND_AFTER = timedelta(hours=1)
LOOK_SECONDS = 60.0
"""How often it is looked at who hasn't read what."""


def close(now: datetime) -> int:
    """Close those that ended before ``now``; how many."""
    with transaction.atomic():
        closed = Notice.objects.filter(closed_at=None, ends__lte=now).update(closed_at=F("ends"))
        if closed:
            raise_version()
    return closed


def remind(now: datetime) -> int:
    """Have consoles tell anew of notices that somebody hasn't read for an hour since they were told, or were told of last; how many."""
    long_ago = now - REMIND_AFTER
    waiting = Q(reminded_at=None, told_at__lte=long_ago) | Q(reminded_at__lte=long_ago)
    due = list(Notice.objects.filter(not_over(now)).filter(waiting))
    unread = unread_by(due) if due else {}
    wanted = [pk for pk, operators in unread.items() if operators]
    if not wanted:
        return 0
    with transaction.atomic():
        Notice.objects.filter(pk__in=wanted).update(reminded=F("reminded") + 1, reminded_at=now)
        raise_version()
    return len(wanted)


class Upkeep:
    """All of it, called by the worker as often as it likes: each kind of work is done when its time has come."""

    def __init__(self) -> None:
        self._next_reminder = time.monotonic()
        self._caught_up = False

    def work(self) -> None:
        """Raises ``django.db.Error`` when the database is away."""
        now = timezone.now()
        if not self._caught_up:
            temporary_hours.catch_up()
            self._caught_up = True
        if closed := close(now):
            log.info("notices are over", extra={"count": closed})
        if told := feeds.work(now):
            log.info("press releases told", extra={"count": told})
        if time.monotonic() >= self._next_reminder:
            self._next_reminder = time.monotonic() + LOOK_SECONDS
            if reminded := remind(now):
                log.info("operators reminded of notices", extra={"count": reminded})
