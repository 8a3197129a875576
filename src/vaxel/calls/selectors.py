# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls and voice messages that a user may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from vaxel.calls.models import Call, Voicemail
from vaxel.directory.access import Actor


def calls_of(actor: Actor, organisation: str = "") -> QuerySet[Call]:
    """Calls of the organisations she serves. Raises ``Http404`` for an organisation that isn't one of them."""
    return Call.objects.filter(organisation__in=actor.chosen(organisation))


def call_of(actor: Actor, call: str) -> Call:
    """One of them, or ``Http404``."""
    return get_object_or_404(calls_of(actor), pk=call)


def voicemails_of(actor: Actor, organisation: str = "") -> QuerySet[Voicemail]:
    """An operator's: the switchboards' mailboxes of her organisations. Everybody's: her own."""
    switchboard = Q(organisation__in=actor.chosen(organisation), person=None)
    own = Q(person=actor.person) if actor.person and not organisation else Q(pk=None)
    return Voicemail.objects.filter(switchboard | own)


def voicemail_of(actor: Actor, voicemail: int) -> Voicemail:
    """One of them, or of those that belong to a call she may see; else ``Http404``."""
    seen = voicemails_of(actor) | Voicemail.objects.filter(call__organisation__in=actor.organisations)
    return get_object_or_404(seen.distinct(), pk=voicemail)


def is_anothers(actor: Actor, voicemail: Voicemail) -> bool:
    """Was it left for somebody else in person? An operator may hear it with its call, and that she did is written down."""
    return voicemail.person_id is not None and (actor.person is None or actor.person.pk != voicemail.person_id)
