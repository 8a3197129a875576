# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose case is it? The operator types what the citizen tells; it is answered, and not kept (AAB-27)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from vaxel.absence.presence import presence
from vaxel.cases import selectors
from vaxel.directory.models import Person
from vaxel.directory.protection import note_reads
from vaxel.portal.views import actor_of, page


@require_safe
@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """All divisions of the municipalities that the operator serves."""
    actor = actor_of(request)
    if actor.operator is None:
        raise PermissionDenied
    rows = [(division, selectors.question(division)) for division in selectors.divisions(actor)]
    return page(request, "portal/cases.html", actor, rows=rows)


@sensitive_post_parameters("told")
@never_cache
@login_required
def case(request: HttpRequest, division: str) -> HttpResponse:
    """One division: the question, and who handles the case. What was told is sent in the body, never in an address."""
    actor = actor_of(request)
    found = selectors.division_of(actor, division)
    answer: dict[str, Any] = {}
    if request.method == "POST":
        told = request.POST.get("told", "").strip()
        try:
            if not told:
                raise ValidationError(_("Type %(what)s.") % {"what": selectors.question(found)})
            handler = selectors.handler(actor, found, told)
        except ValidationError as error:
            answer = {"error": error.messages[0]}
        else:
            note_reads(actor, [handler] if isinstance(handler, Person) else [])
            here = presence(handler) if isinstance(handler, Person) else None
            answer = {"asked": True, "handler": handler, "presence": here}
    return page(request, "portal/case.html", actor, division=found, question=selectors.question(found), **answer)
