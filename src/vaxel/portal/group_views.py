# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Groups: members, their order, how they are rung, who is logged in, and what happens when nobody answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import groups
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Strategy
from vaxel.directory.rights import Rights
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.group_form import GroupForm
from vaxel.portal.views import actor_of, page


@require_safe
@login_required
@vary_on_cookie
def all_groups(request: HttpRequest) -> HttpResponse:
    """The groups of the organisations of which she leads a part."""
    actor = actor_of(request)
    rights = Rights(actor)
    if not rights.organisations:
        raise PermissionDenied
    found = Group.objects.filter(organisation__in=rights.organisations).select_related(
        "organisation", "unit", "overflow_group", "overflow_person"
    )
    rows = [
        {
            "group": group,
            "may": rights.may_change_group(group),
            "logged_in": sum(membership.logged_in for membership in group.memberships.all()),
        }
        for group in found.prefetch_related("memberships__person", "numbers")
    ]
    return page(request, "portal/groups.html", actor, rows=rows)


@login_required
@vary_on_cookie
def change_group(request: HttpRequest, group: str) -> HttpResponse:
    """One group. POST shows the effect, and, once that has been seen, saves; what is refused stays in its fields."""
    actor = actor_of(request)
    found = _found(actor, group)
    form, errors, effect = GroupForm.of(found), {}, None
    if request.method == "POST":
        form = GroupForm.filled(found, request.POST)
        try:
            effect = _show_or_save(request, actor, found, form)
        except ValidationError as error:
            errors = by_field(error, {"members": "add"})
        else:
            if effect is None:
                notices.success(request, _("The group has been saved."))
                return redirect("portal:groups")
    return page(
        request,
        "portal/group.html",
        actor,
        status=422 if errors else 200,
        group=found,
        form=form.values,
        members=form.members(),
        offered=form.offered(),
        strategies=Strategy.choices,
        others=Group.objects.filter(organisation_id=found.organisation_id).exclude(pk=found.pk),
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
    )


def _found(actor: Actor, group: str) -> Group:
    found: Any = Group.objects.filter(pk=row(group, "g") or 0).select_related("organisation", "unit").first()
    if found is None or not Rights(actor).may_change_group(found):
        raise Http404
    known: Group = found
    return known


def _show_or_save(request: HttpRequest, actor: Actor, group: Group, form: GroupForm) -> effects.Told | None:
    plan, by = form.plan(), by_user(actor.user)
    if request.POST.get("do") == "save" and seen.is_seen(request):
        groups.change_group(group, by, plan)
        return None

    def change() -> None:
        # On a row of its own: what is only tried leaves nothing behind in the one that the page shows.
        groups.change_group(Group.objects.get(pk=group.pk), by, plan)

    return effects.of_change(group.organisation_id, change)
