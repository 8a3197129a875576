# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exemptions from the publication of direct numbers and e-mail addresses: asked for, and decided by the head (AAB-6)."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import publication
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.models import Exemption
from vaxel.directory.protection import may_know, note_reads
from vaxel.directory.rights import Rights
from vaxel.portal.person_views import person_of
from vaxel.portal.views import LARGEST_ROW, actor_of, page


@require_safe
@login_required
@vary_on_cookie
def exemptions(request: HttpRequest) -> HttpResponse:
    """Those that she may decide, and those decided, the open ones first."""
    actor = actor_of(request)
    rights = Rights(actor)
    if not rights.organisations:
        raise PermissionDenied
    found = Exemption.objects.filter(person__organisation__in=rights.organisations)
    known = found.select_related("person__unit", "person__organisation").order_by("decision", "-asked_at", "-id")
    rows = [one for one in known if _seen(actor, one)]
    note_reads(actor, [one.person for one in rows])
    return page(
        request,
        "portal/exemptions.html",
        actor,
        rows=[(one, publication.may_decide(rights, one.person)) for one in rows],
    )


def _seen(actor: Actor, exemption: Exemption) -> bool:
    return may_know(actor, exemption.person) and Rights(actor).may_describe(exemption.person)


@require_POST
@login_required
def ask(request: HttpRequest, person: str) -> HttpResponse:
    """Ask that a number or address isn't published."""
    actor = actor_of(request)
    found = person_of(actor, person)
    try:
        publication.ask(found, by_user(actor.user), request.POST.get("what", ""), request.POST.get("reason", ""))
    except ValidationError as error:
        notices.error(request, " ".join(error.messages))
    else:
        notices.success(request, _("Asked. The head of the unit decides; until then it stays published."))
    return redirect("portal:describe", found.key)


@require_POST
@login_required
def move(request: HttpRequest, exemption: int, do: str) -> HttpResponse:
    """Approve or refuse, by the head; withdraw, by whoever may ask."""
    actor = actor_of(request)
    known = Exemption.objects.select_related("person__unit", "person__organisation")
    found = known.filter(pk=exemption).first() if exemption <= LARGEST_ROW else None
    if found is None or not _seen(actor, found):
        raise Http404
    by = by_user(actor.user)
    if do == "withdraw":
        publication.withdraw(found, by)
        notices.success(request, _("It is published again."))
        return redirect("portal:describe", found.person.key)
    if do not in ("approve", "refuse") or not publication.may_decide(Rights(actor), found.person):
        raise Http404
    try:
        publication.decide(found, by, approved=do == "approve", answer=request.POST.get("answer", ""))
    except ValidationError as error:
        notices.error(request, " ".join(error.messages))
    else:
        notices.success(request, _("Decided. It applies from now on."))
    return redirect("portal:exemptions")
