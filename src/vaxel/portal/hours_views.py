# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The opening hours of one: the switchboard, a unit, a group or a person."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import current, hours
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.hours import Owner
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Organisation, Person, Unit
from vaxel.directory.protection import may_know, note_reads
from vaxel.directory.rights import Rights
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.confirming import Step, confirmed
from vaxel.portal.hours_form import HoursForm
from vaxel.portal.views import actor_of, page

SWITCHBOARD = "switchboard"


def owner_of(actor: Actor, organisation: str, slug: str) -> Owner:
    """Whose hours they are. Raises ``Http404`` where there are none that she may change."""
    home = Organisation.objects.filter(pk=organisation.replace("\x00", "")).first()
    owner: Owner | None = None
    match slug[:1]:
        case "s" if slug == SWITCHBOARD:
            owner = home
        case "u":
            owner = Unit.objects.filter(pk=row(slug, "u") or 0, organisation=home).first()
        case "g":
            owner = Group.objects.filter(pk=row(slug, "g") or 0, organisation=home).select_related("unit").first()
        case "p":
            owner = Person.objects.filter(pk=row(slug, "p") or 0, organisation=home).select_related("unit").first()
    if home is None or owner is None or not Rights(actor).may_set_hours(owner):
        raise Http404
    if isinstance(owner, Person):
        if not may_know(actor, owner):
            raise Http404
        note_reads(actor, [owner])
    return owner


@login_required
@vary_on_cookie
def change_hours(request: HttpRequest, organisation: str, owner: str) -> HttpResponse:
    """A week as a grid. POST shows the effect, and, once that has been seen, saves; what is refused stays in its fields."""
    actor = actor_of(request)
    whose = owner_of(actor, organisation, owner)
    own = hours.hours_of(whose)
    form, errors, effect = HoursForm.of(own), {}, None
    if request.method == "POST":
        form = HoursForm.filled(request.POST)
        try:
            effect = _show_or_save_hours(request, actor, whose, form)
        except ValidationError as error:
            errors = by_field(error, {"week": "day-0", "seasons": "s0-name"})
        else:
            if effect is None:
                notices.success(request, _("The hours have been saved. They apply from now on."))
                return redirect(overview_url(actor, organisation))
    home = hours.organisation_of(whose)
    return page(
        request,
        "portal/change_hours.html",
        actor,
        status=422 if errors else 200,
        home=home,
        whose=whose,
        slug=owner,
        kind=type(whose).__name__.lower(),
        own=own,
        form=form,
        days=form.days(),
        seasons=form.seasons(),
        months=form.months(),
        values=form.values,
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
        limits=hours.limits(whose, current.world()),
        in_rights=Rights(actor).organisations.filter(pk=home.pk).exists(),
    )


def overview_url(actor: Actor, organisation: str) -> str:
    """Where the hours of the organisation are listed; for who leads none of it, her own page."""
    leads = Rights(actor).organisations.filter(pk=organisation).exists()
    return reverse("portal:hours", args=[organisation]) if leads else reverse("portal:own_absence")


def _show_or_save_hours(request: HttpRequest, actor: Actor, whose: Owner, form: HoursForm) -> effects.Told | None:
    plan, by = form.plan(), by_user(actor.user)
    if request.POST.get("do") == "save" and seen.is_seen(request):
        return effects.saved(request, lambda: hours.set_hours(whose, by, plan))
    return effects.of_change(hours.organisation_of(whose).pk, lambda: hours.set_hours(whose, by, plan))


@require_POST
@login_required
def remove_hours(request: HttpRequest, organisation: str, owner: str) -> HttpResponse:
    """No hours of its own any longer."""
    actor = actor_of(request)
    whose, by = owner_of(actor, organisation, owner), by_user(actor.user)
    own = hours.hours_of(whose)
    step = Step(
        organisation=hours.organisation_of(whose).pk,
        change=lambda: hours.remove_hours(whose, by),
        question=_("Remove the hours of %(name)s?") % {"name": whose.name},
        about=_("The exceptions from them go, too.") if own is not None and own.exceptions.exists() else "",
        button=_("Remove"),
        done=_("There are no own hours any longer."),
        back=overview_url(actor, organisation),
    )
    return confirmed(request, actor, step)
