# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How cases are divided among those who handle them, kept by those who answer for the whole municipality (AAB-27)."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.cases import actions
from vaxel.cases.models import By, CaseDivision
from vaxel.directory.audit import AuditEntry, by_user
from vaxel.directory.keys import row
from vaxel.directory.models import Organisation
from vaxel.directory.protection import note_reads
from vaxel.portal.absence_views import by_field
from vaxel.portal.confirming import Step, confirmed
from vaxel.portal.division_form import DivisionForm
from vaxel.portal.synonym_views import SHOWN, home_of, to_home
from vaxel.portal.views import actor_of, page


@require_safe
@login_required
def all_divisions(request: HttpRequest) -> HttpResponse:
    """To those of the organisation for which she answers."""
    return to_home(request, "portal:divisions")


@require_safe
@login_required
@vary_on_cookie
def divisions(request: HttpRequest, organisation: str) -> HttpResponse:
    """All of an organisation's, and who changed one lately."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    changes = AuditEntry.objects.filter(organisation=home, kind__in=("casedivision", "caseshare"))[:SHOWN]
    return page(
        request,
        "portal/divisions.html",
        actor,
        home=home,
        rows=home.case_divisions.prefetch_related("shares"),
        changes=changes,
    )


@login_required
@vary_on_cookie
def division(request: HttpRequest, organisation: str, division: str = "") -> HttpResponse:
    """A task whose cases are divided, new or to be changed. What is refused stays in its fields."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    known = _of(home, division) if division else CaseDivision(organisation=home)
    form, errors = DivisionForm.of(known, actor.finds_protected), {}
    if request.method == "POST":
        form = DivisionForm.filled(known, request.POST, actor.finds_protected)
        try:
            actions.save(known, by_user(actor.user), form.shares(), form.emptied())
        except ValidationError as error:
            errors = form.by_part(by_field(error))
        else:
            notices.success(request, _("The division has been saved. The operators see it now."))
            return redirect("portal:divisions", home.pk)
    elif known.pk:
        note_reads(actor, [share.person for share in known.shares.select_related("person")])
    return page(
        request,
        "portal/division.html",
        actor,
        status=422 if errors else 200,
        home=home,
        changing=division,
        form=form.values,
        rows=form.rows(errors),
        sides=form.sides(),
        ways=By.choices,
        errors=errors,
    )


def _of(home: Organisation, division: str) -> CaseDivision:
    return get_object_or_404(CaseDivision, pk=row(division, "d") or 0, organisation=home)


@require_POST
@login_required
def remove_division(request: HttpRequest, organisation: str, division: str) -> HttpResponse:
    """The cases of the task are no longer divided, once that is confirmed: what each part was isn't typed again in a minute."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    found = _of(home, division)
    step = Step(
        organisation=home.pk,
        change=lambda: actions.remove(CaseDivision.objects.get(pk=found.pk), by_user(actor.user)),
        question=_("Remove “%(name)s”?") % {"name": found.task},
        about=f"{found.get_by_display()} · {_('Parts')}: {found.shares.count()}",
        button=_("Remove"),
        done=_("The division has been removed."),
        back=reverse("portal:divisions", args=[home.pk]),
    )
    return confirmed(request, actor, step)
