# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words that mean the same to whoever searches in an organisation, as those who answer for the whole of it keep them.

All raise ``ValidationError``, by field. What is saved is searched by at once (``changelog``) and can be taken back (``audit``).
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vaxel.directory.audit import AuditEntry, By, Done, acting
from vaxel.directory.identity_numbers import refuse_identity_numbers
from vaxel.directory.models import Organisation, Synonyms
from vaxel.directory.text import visible

KIND = "synonyms"


def save(synonyms: Synonyms, by: By, words: str, language: str) -> Synonyms:
    """``words`` with commas or lines between, in ``language``; "" is all languages."""
    parts = (" ".join(visible(part).split()) for part in re.split(r"[,;\n]", words))
    first: dict[str, str] = {}
    for part in filter(None, parts):
        first.setdefault(part.casefold(), part)
    synonyms.words = ", ".join(first.values())
    synonyms.language = language
    errors: dict[str, list[str]] = {}
    try:
        synonyms.full_clean(exclude=["organisation"])
    except ValidationError as error:
        errors = error.message_dict
    try:
        refuse_identity_numbers(synonyms.words)
    except ValidationError as error:
        errors.setdefault("words", []).extend(error.messages)
    if not errors and _there_already(synonyms, frozenset(first)):
        errors["words"] = [_("These words mean the same already.")]
    if errors:
        raise ValidationError(errors)
    with acting(by), transaction.atomic():
        synonyms.save()
    return synonyms


def _there_already(synonyms: Synonyms, words: frozenset[str]) -> bool:
    others = Synonyms.objects.filter(organisation=synonyms.organisation_id, language__in={"", synonyms.language})
    return any(words <= {word.casefold() for word in other.together} for other in others.exclude(pk=synonyms.pk))


def remove(synonyms: Synonyms, by: By) -> None:
    """They no longer mean the same."""
    with acting(by), transaction.atomic():
        synonyms.delete()


def changes(organisation: Organisation) -> QuerySet[AuditEntry]:
    """What was changed of the organisation's synonyms, newest first."""
    return AuditEntry.objects.filter(organisation=organisation, kind=KIND)


def take_back(home: Organisation, entry: AuditEntry, by: By) -> None:
    """Make ``home``'s synonyms as they were before the change ``entry``, if they haven't been changed since."""
    if not is_last(entry):
        raise ValidationError(_("These words have been changed again since: take that back first."))
    known = Synonyms.objects.filter(pk=entry.row, organisation=home).first()
    if entry.done == Done.MADE and known is not None:
        remove(known, by)
        return
    before: dict[str, Any] = entry.before
    # In the same row: otherwise the earlier changes of it could be taken back, too.
    wanted = known or Synonyms(pk=int(entry.row), organisation=home)
    save(wanted, by, before.get("words", wanted.words), before.get("language", wanted.language))


def is_last(entry: AuditEntry) -> bool:
    """Whether nothing has been changed of the same row since."""
    return not AuditEntry.objects.filter(kind=KIND, row=entry.row, pk__gt=entry.pk).exists()
