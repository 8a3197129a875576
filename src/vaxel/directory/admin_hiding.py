# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administration shows people with protected identity as all pages do: to those allowed, and it is written down whom it showed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import StrIndex
from django.http import HttpRequest

from vaxel.directory import models
from vaxel.directory.access import Actor
from vaxel.directory.audit import Via
from vaxel.directory.protection import known_to, may_know, note_reads, somebody


def _actor(request: HttpRequest) -> Actor:
    assert isinstance(request.user, models.User)
    return Actor(request.user)


if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin

    _Pages = BaseModelAdmin[Any]
else:
    _Pages = object


class Hiding(_Pages):
    """Rows of somebody protected are for those who may find her. ``person``: the field that leads to her, "" for her own row."""

    person = "person"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(known_to(_actor(request), self.person))


class HidingNames(_Pages):
    """Forms that lead to people: somebody who may not be found is named to nobody there, and stays when the form is saved."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.related_model is models.Person:
            actor = _actor(request)
            field.label_from_instance = lambda person: str(person) if may_know(actor, person) else somebody()
        return field


class Noting(Hiding):
    """A page and a list of such rows: what they show is noted."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        page: Any = super()
        found = page.get_object(request, object_id, from_field)
        self._note(request, [found])
        return found

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        page: Any = super()
        shown = page.get_changelist_instance(request)
        self._note(request, shown.result_list)
        return shown

    def _note(self, request: HttpRequest, rows: Any) -> None:
        people = [getattr(row, self.person) if self.person else row for row in rows if row is not None]
        note_reads(_actor(request), people, Via.ADMINISTRATION)


def naming_nobody_hidden(request: HttpRequest, entries: QuerySet[models.AuditEntry]) -> QuerySet[models.AuditEntry]:
    """``entries`` of the record without those that name somebody whom the reader may not find."""
    if _actor(request).finds_protected:
        return entries
    protected = models.Person.objects.filter(protected=True).annotate(at=StrIndex(OuterRef("name"), F("name")))
    return entries.exclude(Exists(protected.filter(at__gt=0)))
