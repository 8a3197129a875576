# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A supervisor's announcement to operators becomes a notice, which each of them acknowledges."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.utils import timezone

from vaxel.directory.audit import By, Via
from vaxel.directory.keys import row
from vaxel.directory.models import Operator, Organisation
from vaxel.notices import actions
from vaxel.notices.models import Kind, Notice
from vaxel.notices.plans import NoticePlan
from vaxel.site.database import drop_dead_connections

log = logging.getLogger(__name__)

LASTS = timedelta(hours=12)
"""Announcements are of the working day; what lasts longer is a notice from the beginning."""
LONGEST_TITLE = 160


def publish(operator: str, organisation: str, text: str) -> None:
    """Make a notice of ``text``; "" withdraws what was announced. Never raises. To be called in a thread: the database may be slow."""
    try:
        drop_dead_connections()
        _publish(operator, organisation, text)
    except DatabaseError as error:
        log.warning("an announcement is no notice, the database is away", extra={"error": type(error).__name__})
    except (ValidationError, Operator.DoesNotExist, Organisation.DoesNotExist):
        log.warning("an announcement could not be made a notice")


def _publish(operator: str, organisation: str, text: str) -> None:
    who = Operator.objects.select_related("user").get(pk=row(operator, "o") or 0)
    by = By(name=who.name, user=who.user_id, via=Via.REST)
    for notice in Notice.objects.filter(
        organisation=organisation, kind=Kind.ANNOUNCEMENT, closed_at=None, told_by=who.name
    ):
        actions.withdraw(notice, by)
    if text:
        title, _, rest = text.partition("\n")
        whole = rest.strip() if len(title) <= LONGEST_TITLE else text
        plan = NoticePlan(kind=Kind.ANNOUNCEMENT, title=title[:LONGEST_TITLE], text=whole, ends=timezone.now() + LASTS)
        actions.tell(Organisation.objects.get(pk=organisation), by, plan)
