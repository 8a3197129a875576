# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What in the directory has changed, one short row a change, in the order of the commits: so every process can keep what it has made of it.

A row says only where to look: ``p12``, ``g3``, ``u7`` (and all below it), ``t5`` (and who handles it), ``@gnosjo`` for all of an
organisation, ``*`` for everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

EVERYTHING = "*"
KEPT = timedelta(days=2)
"""A process that has not looked for so long reads everything."""

OF_ORGANISATION: set[str] = {"organisation", "place", "synonyms"}
"""Models of which a row, when it changes, may change any document of its organisation."""

_LETTERS = {"person": "p", "group": "g", "unit": "u", "task": "t"}


class Change(models.Model):
    """``key`` is what to read again."""

    made = models.DateTimeField(auto_now_add=True)
    key = models.CharField(max_length=40)

    class Meta:
        app_label = "directory"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key


def note(keys: Iterable[str]) -> None:
    """Write down that ``keys`` have changed, in the transaction of the change."""
    rows = [Change(key=key) for key in sorted(set(keys))]
    if not rows:
        return
    from vaxel.directory.models import WorldVersion

    with transaction.atomic():
        # Rows get their numbers when they are written, and are seen when they are committed: who holds this row until then makes the
        # two orders the same, so that nobody looks past a change that comes later.
        WorldVersion.objects.select_for_update().filter(pk=1).first()
        Change.objects.bulk_create(rows)


def note_row(instance: models.Model) -> None:
    """Write down what ``instance``, just saved or deleted, is part of."""
    note(keys_of(instance))


def keys_of(instance: Any) -> Iterator[str]:
    """What ``instance`` is part of. Whatever points at a person, group or unit is part of it."""
    name = instance._meta.model_name
    if name in _LETTERS:
        yield f"{_LETTERS[name]}{instance.pk}"
    elif name in OF_ORGANISATION:
        yield f"@{instance.pk if name == 'organisation' else instance.organisation_id}"
    if name not in ("person", "group", "unit", *OF_ORGANISATION):
        before = getattr(instance, "_audit_before", {})
        for field, letter in _LETTERS.items():
            for row in {getattr(instance, f"{field}_id", None), before.get(f"{field}_id")}:
                if row is not None:
                    yield f"{letter}{row}"


def forget_old() -> None:
    """Erase rows that nobody needs. The newest stays, by which a process sees that its place is still there."""
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is not None:
        Change.objects.filter(made__lt=timezone.now() - KEPT, pk__lt=newest).delete()
