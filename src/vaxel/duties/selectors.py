# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages that a user may see."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from vaxel.directory.access import Actor
from vaxel.directory.models import Operator
from vaxel.duties.models import Message, Status


def messages_of(actor: Actor, organisation: str = "") -> QuerySet[Message]:
    """An operator's: all of her organisations. Everybody's: those to herself. Raises ``Http404`` for another organisation."""
    own = Q(person=actor.person) if actor.person and not organisation else Q(pk=None)
    seen = Q(organisation__in=actor.chosen(organisation)) | own
    return Message.objects.filter(seen).select_related("person", "taken_by", "voicemail", "organisation")


def message_of(actor: Actor, message: int) -> Message:
    """One of them, or ``Http404``."""
    return get_object_or_404(messages_of(actor), pk=message)


def promises_of(actor: Actor, operator: Operator) -> QuerySet[Message]:
    """Those whom the operator has promised to ring back herself and hasn't yet (GNO-6, TAN-5): what is due first comes first."""
    hers = Message.objects.filter(operator=operator, call_back=True, organisation__in=actor.organisations)
    due = F("promised_at").asc(nulls_last=True)
    return hers.exclude(status=Status.DONE).select_related("person").order_by(due, "taken_at", "id")
