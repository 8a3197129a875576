# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's citizen telephones: a visitor borrows one, and gives it back by staying away."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F, Q
from django.utils import timezone

from vaxel.directory.models import Phone, PhoneKind

LENT_FOR = timedelta(hours=1)


def lend_citizen_phone(session: SessionBase) -> Phone | None:
    """The telephone that belongs to ``session`` for the next hour, or None when all are lent or there are none."""
    phones = Phone.objects.filter(kind=PhoneKind.BROWSER, organisation=None, person=None, operator=None)
    if not phones.exists():
        return None
    if session.session_key is None:
        session.create()
    borrower = str(session.session_key)
    now = timezone.now()
    free = Q(lent_at=None) | Q(lent_at__lt=now - LENT_FOR) | Q(lent_to=borrower)
    candidates = phones.filter(free).order_by(F("lent_at").asc(nulls_first=True), "pk")
    own = list(phones.filter(lent_to=borrower))
    for phone in [*own, *candidates]:
        # Two visitors may choose the same one: the condition lets only one of them have it.
        if phones.filter(free, pk=phone.pk).update(lent_to=borrower, lent_at=now):
            return phone
    return None
