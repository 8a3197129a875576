# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to notices: one function a change, the same for pages, REST API, feeds and the change form.

Each checks, writes in a transaction, and is published to the consoles when that is committed. All raise ``ValidationError``, by field.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from vaxel.directory.audit import By, acting
from vaxel.directory.models import Operator, Organisation
from vaxel.notices.models import Acknowledgement, Notice, Origin
from vaxel.notices.plans import NoticePlan, filled

READ_ANEW = ("kind", "title", "text", "answer", "cover", "begins", "ends")
"""Fields whose change operators must know of."""


def tell(organisation: Organisation, by: By, plan: NoticePlan, origin: Origin = Origin.FORM, **also: Any) -> Notice:
    """Tell the operators of ``organisation``. ``also``: fields that only the program itself sets."""
    notice = Notice(organisation=organisation, told_by=by.name[:150], origin=origin, **also)
    if origin is Origin.SYSTEM:
        notice.kind = plan.kind
    people = filled(notice, plan)
    with acting(by), transaction.atomic():
        notice.save()
        notice.people.set(people)
    return notice


def change(notice: Notice, by: By, plan: NoticePlan) -> Notice:
    """It says something else from now on; who had read it must read it again when that matters."""
    before = [getattr(notice, field) for field in READ_ANEW]
    present = {person.pk for person in notice.people.all()}
    people = filled(notice, plan)
    if before != [getattr(notice, field) for field in READ_ANEW] or present != {person.pk for person in people}:
        notice.version += 1
        notice.reminded_at = None
    with acting(by), transaction.atomic():
        notice.save()
        notice.people.set(people)
    return notice


def withdraw(notice: Notice, by: By) -> Notice:
    """Nobody needs to know it any longer. One that is over stays so."""
    with acting(by), transaction.atomic():
        waiting = Notice.objects.select_for_update().filter(pk=notice.pk, closed_at=None).first()
        if waiting is not None:
            waiting.closed_at, waiting.withdrawn_by = timezone.now(), by.name[:150]
            waiting.save(update_fields=["closed_at", "withdrawn_by"])
    notice.refresh_from_db()
    return notice


def acknowledge(notice: Notice, operator: Operator) -> Acknowledgement:
    """``operator`` has read it as it stands now. To say so twice changes nothing."""
    return Acknowledgement.objects.get_or_create(notice=notice, operator=operator, version=notice.version)[0]
