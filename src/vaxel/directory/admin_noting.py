# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administration shows people with protected identity, since it shows everything: whom it showed to whom is written down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from vaxel.directory import models
from vaxel.directory.access import Actor
from vaxel.directory.admin_guard import Pages
from vaxel.directory.audit import Via
from vaxel.directory.protection import note_reads


class Noting(Pages):
    """A page and a list of rows that name people. ``person``: the field that leads to her, "" for her own row."""

    person = "person"

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
        assert isinstance(request.user, models.User)
        people = [getattr(row, self.person) if self.person else row for row in rows if row is not None]
        note_reads(Actor(request.user), people, Via.ADMINISTRATION)
