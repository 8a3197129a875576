# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exceptions from opening hours: entered, approved, refused, removed."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import current, hours
from vaxel.directory.audit import By, by_user
from vaxel.directory.hours import Owner
from vaxel.directory.models import HoursException
from vaxel.directory.protection import may_know, note_reads
from vaxel.directory.rights import Rights
from vaxel.directory.spans import written
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.confirming import Step, confirmed
from vaxel.portal.hours_form import ExceptionForm
from vaxel.portal.hours_views import overview_url, owner_of
from vaxel.portal.views import LARGEST_ROW, actor_of, page


@login_required
@vary_on_cookie
def add_exception(request: HttpRequest, organisation: str, owner: str) -> HttpResponse:
    """Other hours on certain dates; the effect first, then it is saved."""
    actor = actor_of(request)
    whose = owner_of(actor, organisation, owner)
    form, errors, effect = ExceptionForm({}), {}, None
    if request.method == "POST":
        form = ExceptionForm.filled(request.POST)
        try:
            effect = _show_or_save_exception(request, by_user(actor.user), whose, form)
        except ValidationError as error:
            errors = by_field(error, {"week": "spans"})
        else:
            if effect is None:
                return redirect(overview_url(actor, organisation))
    home = hours.organisation_of(whose)
    return page(
        request,
        "portal/add_exception.html",
        actor,
        status=422 if errors else 200,
        home=home,
        whose=whose,
        slug=owner,
        form=form.values,
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
        limits=hours.limits(whose, current.world()),
        today=hours.today_in(home.time_zone),
    )


def _show_or_save_exception(request: HttpRequest, by: By, whose: Owner, form: ExceptionForm) -> effects.Told | None:
    change = form.change()
    if request.POST.get("do") == "save" and seen.is_seen(request):
        made: list[HoursException] = []
        asked = effects.saved(request, lambda: made.append(hours.add_exception(whose, by, change)))
        if made and made[0].in_force:
            notices.success(request, _("The exception has been saved."))
        elif made:
            notices.warning(request, _("The exception has been saved. It applies once it has been approved."))
        return asked
    return effects.of_change(hours.organisation_of(whose).pk, lambda: hours.add_exception(whose, by, change))


@require_POST
@login_required
def move_exception(request: HttpRequest, organisation: str, exception: int, do: str) -> HttpResponse:
    """Approve an exception, or remove it."""
    actor = actor_of(request)
    found = _exception(organisation, exception)
    rights = Rights(actor)
    allowed = {
        "approve": rights.leads_organisation(found.hours.organisation_id),
        "remove": rights.may_set_hours(found.hours.owner) and not found.of_policy,
    }
    person = found.hours.person
    if not allowed.get(do) or (person is not None and not may_know(actor, person)):
        raise Http404
    note_reads(actor, [person])
    move, by = hours.approve_exception if do == "approve" else hours.remove_exception, by_user(actor.user)
    question = _("Approve “%(name)s”?") if do == "approve" else _("Remove “%(name)s”?")
    days = [date_format(day, "SHORT_DATE_FORMAT") for day in dict.fromkeys((found.first, found.last))]
    step = Step(
        organisation=found.hours.organisation_id,
        change=lambda: move(_exception(organisation, exception), by),
        question=question % {"name": found.name},
        about=f"{found.hours.owner.name}, {' – '.join(days)}: {_written(found)}",
        button=_("Approve") if do == "approve" else _("Remove"),
        done=_("Approved: it applies now.") if do == "approve" else _("Removed: the usual hours apply."),
        back=overview_url(actor, organisation),
    )
    return confirmed(request, actor, step)


def _written(exception: HoursException) -> str:
    """Its hours in words."""
    if exception.closed:
        return _("closed")
    return written(exception.spans) or _("by weekday")


def _exception(organisation: str, exception: int) -> HoursException:
    rows = HoursException.objects.filter(hours__organisation=organisation.replace("\x00", ""))
    rows = rows.select_related("hours__unit", "hours__group", "hours__person", "hours__organisation")
    found = rows.filter(pk=exception).first() if exception <= LARGEST_ROW else None
    if found is None:
        raise Http404
    return found
