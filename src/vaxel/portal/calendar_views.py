# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An employee's calendars: which are read, what the switchboard sees of them, and the absences that they suggest."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.absence.calendars import actions, selectors
from vaxel.absence.calendars.clashes import clashes
from vaxel.absence.calendars.models import Calendar, Kind, Proposal
from vaxel.absence.models import Reason
from vaxel.directory.audit import by_user
from vaxel.directory.models import Person
from vaxel.directory.protection import may_know, note_reads
from vaxel.directory.rights import Rights
from vaxel.portal.absence_views import by_field
from vaxel.portal.views import LARGEST_ROW, actor_of, page


def _own(request: HttpRequest) -> Person:
    person = actor_of(request).person
    if person is None:
        raise PermissionDenied
    return person


@sensitive_post_parameters("address", "password")
@never_cache
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Her own. POST adds one; what is refused stays in its fields, but for the password."""
    person = _own(request)
    actor = actor_of(request)
    form: dict[str, str] = {"kind": Kind.SUBSCRIBED}
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        form = {field: request.POST.get(field, "") for field in ("kind", "address", "user")}
        try:
            actions.add_calendar(person, by_user(actor.user), password=request.POST.get("password", ""), **form)
        except ValidationError as error:
            errors = by_field(error, {})
        else:
            notices.success(request, _("The calendar has been added. It is read within a few minutes."))
            return redirect("portal:calendar")
    calendars = person.calendars.all()
    doubtful = set(selectors.doubtful(calendars, timezone.now()).values_list("pk", flat=True))
    return page(
        request,
        "portal/calendar.html",
        actor,
        status=422 if errors else 200,
        person=person,
        form=form,
        errors=errors,
        kinds=Kind.choices,
        calendars=[(one, one.pk in doubtful) for one in calendars],
        stretches=selectors.until_tonight(person),
        proposals=selectors.proposals(person),
        reasons=Reason.choices,
        zone=person.organisation.time_zone,
    )


@require_POST
@login_required
def remove(request: HttpRequest, calendar: int) -> HttpResponse:
    """It isn't read any longer."""
    person = _own(request)
    if calendar > LARGEST_ROW:
        raise Http404
    found = get_object_or_404(Calendar, pk=calendar, person=person)
    actions.remove_calendar(found, by_user(actor_of(request).user))
    notices.success(request, _("The calendar has been removed, with all that was read of it."))
    return redirect("portal:calendar")


@require_POST
@login_required
def decide(request: HttpRequest, proposal: int, do: str) -> HttpResponse:
    """Take the absence that the calendar suggests, or leave it out."""
    person = _own(request)
    if proposal > LARGEST_ROW or do not in ("take", "leave"):
        raise Http404
    found = get_object_or_404(Proposal.objects.select_related("calendar__person"), pk=proposal, calendar__person=person)
    try:
        if do == "take":
            actions.take(found, by_user(actor_of(request).user), request.POST.get("reason", ""))
            notices.success(request, _("Saved. Callers are told from now on."))
        else:
            actions.leave_out(found)
            notices.success(request, _("Left out. It won't be asked for again."))
    except ValidationError as error:
        notices.error(request, " ".join(error.messages))
    return redirect("portal:calendar")


@require_safe
@login_required
@vary_on_cookie
def calendars(request: HttpRequest) -> HttpResponse:
    """For managers, telephone contacts and administrators: calendars that can't be trusted, and what clashes with telephone hours."""
    actor = actor_of(request)
    rights = Rights(actor)
    if not rights.organisations:
        raise PermissionDenied
    now = timezone.now()
    rows, found = [], []
    for home in rights.organisations:
        known = selectors.of_organisation(home).filter(person__in=rights.people)
        doubtful = set(selectors.doubtful(known, now).values_list("pk", flat=True))
        rows += [
            (one, one.pk in doubtful) for one in known if one.failure or one.identity_numbers or one.pk in doubtful
        ]
        found += [one for one in clashes(home, now) if rights.may_describe(one.person) and may_know(actor, one.person)]
    shown = [row for row in rows if may_know(actor, row[0].person)]
    note_reads(actor, [*(row[0].person for row in shown), *(one.person for one in found)])
    return page(request, "portal/calendars.html", actor, rows=shown, clashes=found)
