# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the administration saves is looked at as what any page saves: a change that would leave callers ringing is taken back, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from vaxel.directory import guard
from vaxel.directory.models import Organisation

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin

    Pages = BaseModelAdmin[Any]
else:
    Pages = object


class ToBeRead(Pages):
    """Rows that aren't changed here: what was done, and what has a page that shows its effect on callers before it saves."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Guarded(admin.ModelAdmin):
    """Pages of a row of the directory. ``of``: the field by which it tells its organisation, or organisations."""

    of = "organisation"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        def change() -> Any:
            return super(Guarded, self).changeform_view(request, object_id, form_url, extra_context)

        return self._looked_at(request, [object_id] if object_id else [], change)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        return self._looked_at(
            request, [object_id], lambda: super(Guarded, self).delete_view(request, object_id, extra_context)
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        chosen = request.POST.getlist("_selected_action")
        return self._looked_at(request, chosen, lambda: super(Guarded, self).changelist_view(request, extra_context))

    def _looked_at(self, request: HttpRequest, rows: Iterable[str], change: Callable[[], HttpResponse]) -> HttpResponse:
        """``change`` with all organisations guarded to whom ``rows`` belong, and shall."""
        if request.method != "POST":
            return change()
        looked: list[guard.Looked] = []
        try:
            with ExitStack() as stack:
                for organisation in self._organisations(request, rows):
                    looked += stack.enter_context(guard.guarded(organisation))
                answer = change()
        except ValidationError as error:
            messages.error(request, _("Nothing has been saved, since callers would be left ringing:"))
            for told in error.messages:
                messages.error(request, told)
            return HttpResponseRedirect(request.get_full_path())
        for one in looked:
            for told in one.warnings:
                messages.warning(request, told)
        return answer

    def _organisations(self, request: HttpRequest, rows: Iterable[str]) -> list[str]:
        field = f"{self.of}__pk" if self.of != "pk" else "pk"
        keys = [key for key in rows if key.isalnum()]
        mine = self.model._default_manager.filter(pk__in=keys).values_list(field, flat=True) if keys else []
        wanted = {str(key) for key in mine if key} | set(request.POST.getlist(self.of))
        return sorted(Organisation.objects.filter(pk__in=wanted).values_list("pk", flat=True))
