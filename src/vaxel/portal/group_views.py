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
from vaxel.directory.models import Group, Organisation, Strategy, Unit
from vaxel.directory.protection import may_know, note_reads
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
    rows: list[dict[str, Any]] = [
        {
            "group": group,
            "may": rights.may_change_group(group),
            "logged_in": sum(membership.logged_in for membership in group.memberships.all()),
        }
        for group in found.prefetch_related("memberships__person", "numbers")
    ]
    note_reads(actor, [one["group"].overflow_person for one in rows])
    makes = [home for home in rights.organisations if _may_make(rights, home)]
    leads = [home for home in rights.organisations if rights.leads_organisation(home.pk)]
    return page(request, "portal/groups.html", actor, rows=rows, makes=makes, leads=leads)


def _may_make(rights: Rights, home: Organisation) -> bool:
    return rights.may_create_group(None, home.pk) or home.units.filter(pk__in=rights.units()).exists()


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
    members = [{**one, "known": may_know(actor, one["person"])} for one in form.members()]
    note_reads(actor, [one["person"] for one in members])
    return page(
        request,
        "portal/group.html",
        actor,
        status=422 if errors else 200,
        group=found,
        form=form.values,
        members=members,
        offered=form.offered(),
        strategies=Strategy.choices,
        others=Group.objects.filter(organisation_id=found.organisation_id).exclude(pk=found.pk),
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
    )


@login_required
@vary_on_cookie
def new_group(request: HttpRequest, organisation: str) -> HttpResponse:
    """A group that isn't there yet, with its number and members; the effect first, then it is saved."""
    actor = actor_of(request)
    home = Rights(actor).organisations.filter(pk=organisation.replace("\x00", "")).first()
    if home is None:
        raise Http404
    units = [unit for unit in home.units.order_by("name") if Rights(actor).may_create_group(unit, home.pk)]
    whole = Rights(actor).may_create_group(None, home.pk)
    if not units and not whole:
        raise Http404
    form, errors, effect = GroupForm.empty(home), {}, None
    if request.method == "POST":
        form = GroupForm.filled(Group(organisation=home), request.POST)
        try:
            effect = _show_or_create(request, actor, home, form, units, whole=whole)
        except ValidationError as error:
            errors = by_field(error, {"members": "add"})
        else:
            if effect is None:
                notices.success(request, _("The group has been made."))
                return redirect("portal:groups")
    return page(
        request,
        "portal/group.html",
        actor,
        status=422 if errors else 200,
        home=home,
        units=units,
        whole=whole,
        form=form.values,
        members=[],
        strategies=Strategy.choices,
        others=Group.objects.filter(organisation=home),
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
    )


def _show_or_create(
    request: HttpRequest, actor: Actor, home: Organisation, form: GroupForm, units: list[Unit], *, whole: bool
) -> effects.Told | None:
    by = by_user(actor.user)
    unit = next((unit for unit in units if unit.key == form.values.get("unit")), None)
    if unit is None and (not whole or form.values.get("unit")):
        raise ValidationError({"unit": _("Choose a unit.")})
    name, number = form.values.get("name", ""), form.values.get("number", "")
    wanted = groups.NewGroup(name=name, unit=unit, number=number, plan=form.plan())

    def change() -> None:
        groups.create_group(home, by, wanted)

    if request.POST.get("do") == "save" and seen.is_seen(request):
        return effects.saved(request, change)
    return effects.of_change(home.pk, change)


def _found(actor: Actor, group: str) -> Group:
    found: Any = Group.objects.filter(pk=row(group, "g") or 0).select_related("organisation", "unit").first()
    if found is None or not Rights(actor).may_change_group(found):
        raise Http404
    known: Group = found
    return known


def _show_or_save(request: HttpRequest, actor: Actor, group: Group, form: GroupForm) -> effects.Told | None:
    plan, by = form.plan(), by_user(actor.user)
    if request.POST.get("do") == "save" and seen.is_seen(request):
        return effects.saved(request, lambda: groups.change_group(group, by, plan))

    def change() -> None:
        # On a row of its own: what is only tried leaves nothing behind in the one that the page shows.
        groups.change_group(Group.objects.get(pk=group.pk), by, plan)

    return effects.of_change(group.organisation_id, change)
