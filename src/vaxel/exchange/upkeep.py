# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker's part: LDAP directories are asked once a night, and what is no longer needed is forgotten."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from vaxel.directory.audit import By, Via
from vaxel.exchange import actions, ldap
from vaxel.exchange.apply import carry_out
from vaxel.exchange.models import Import, Source, SourceKind
from vaxel.exchange.plan import Options
from vaxel.exchange.tables import FileRefused

log = logging.getLogger(__name__)

NIGHT = (2, 5)
"""Hours of the organisation's night, from and until."""
APART = timedelta(hours=20)


def work(now: datetime) -> int:
    """Import from directories whose turn it is; how many. Raises ``django.db.Error``.

    One that can't be read, or whose import is refused, is tried again the next night, and said in the log.
    """
    done = 0
    for source in Source.objects.filter(kind=SourceKind.LDAP, nightly=True).select_related("organisation"):
        if _is_due(source, now):
            Source.objects.filter(pk=source.pk).update(seen_at=now)
            done += import_all(source)
    return done


def _is_due(source: Source, now: datetime) -> bool:
    hour = now.astimezone(ZoneInfo(source.organisation.time_zone)).hour
    return NIGHT[0] <= hour < NIGHT[1] and (source.seen_at is None or now - source.seen_at >= APART)


def import_all(source: Source) -> bool:
    """Everybody in the directory; whoever is missing has left. Whether it was carried out."""
    facts = {"organisation": source.organisation_id, "source": source.pk}
    try:
        table = ldap.read(source)
        options = Options(complete=True, protected=source.protected)
        plan = actions.planned(source, table, ldap.suggested(source, table), options)
        carry_out(source, plan, By(name=source.name, via=Via.IMPORT))
    except (FileRefused, ValidationError) as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        log.warning("a nightly import was refused", extra={**facts, "reason": reason})
        return False
    log.info("a nightly import was carried out", extra={**facts, **plan.counts})
    return True


def forget(organisation: str, before: datetime) -> int:
    """Erase the imports of ``organisation`` from before then, and files that nobody imported."""
    actions.forget_drafts()
    return Import.objects.filter(source__organisation=organisation, at__lt=before).delete()[0]
