# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to a call's record by people: one function a change."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from vaxel.calls.models import Call, Note, Voicemail
from vaxel.directory.identity_numbers import refuse_identity_numbers
from vaxel.directory.models import Operator


def write_note(call: Call, operator: Operator, text: str) -> Note:
    """Add a note to ``call``. Raises ``ValidationError`` (field ``text``) for an empty one or one with an identity number."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise ValidationError({"text": _("Write something.")})
    try:
        refuse_identity_numbers(text)
    except ValidationError as error:
        raise ValidationError({"text": error.messages}) from error
    return Note.objects.create(call=call, operator=operator, text=text)


def mark_heard(voicemail: Voicemail) -> None:
    """Remember when ``voicemail`` was first heard. Doing it again changes nothing."""
    now = timezone.now()
    if Voicemail.objects.filter(pk=voicemail.pk, heard=None).update(heard=now):
        voicemail.heard = now
