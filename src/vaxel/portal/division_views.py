# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How cases are divided among those who handle them, kept by those who answer for the whole municipality (AAB-27)."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.cases import actions
from vaxel.cases.models import By, CaseDivision
from vaxel.directory.audit import AuditEntry, by_user
from vaxel.directory.keys import row
from vaxel.directory.models import Organisation
from vaxel.directory.protection import note_reads
from vaxel.directory.rights import Rights
from vaxel.portal.absence_views import by_field
from vaxel.portal.division_form import DivisionForm
from vaxel.portal.synonym_views import home_of
from vaxel.portal.views import actor_of, page

SHOWN = 20


@require_safe
@login_required
def all_divisions(request: HttpRequest) -> HttpResponse:
    """To those of the organisation for which she answers; a choice when there are several."""
    actor = actor_of(request)
    homes = list(Rights(actor).kept_wholly)
    if not homes:
        raise PermissionDenied
    if len(homes) == 1:
        return redirect("portal:divisions", homes[0].pk)
    return page(request, "portal/choose_organisation.html", actor, organisations=homes, to="portal:divisions")


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
        form = DivisionForm.filled(known, request.POST)
        try:
            actions.save(known, by_user(actor.user), form.shares())
        except ValidationError as error:
            errors = by_field(error)
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
    """The cases of the task are no longer divided."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    actions.remove(_of(home, division), by_user(actor.user))
    notices.success(request, _("The division has been removed."))
    return redirect("portal:divisions", home.pk)
