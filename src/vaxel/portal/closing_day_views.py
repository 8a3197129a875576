# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's own closing days, and how it keeps the eves."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.directory import calendars, hours
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.models import ClosingDay, Organisation
from vaxel.directory.rights import Rights
from vaxel.portal.absence_views import by_field
from vaxel.portal.confirming import Step, confirmed
from vaxel.portal.hours_form import read_date
from vaxel.portal.hours_overview_views import organisation_of, overview_page
from vaxel.portal.views import LARGEST_ROW, actor_of


def _led(actor: Actor, organisation: str) -> Organisation:
    home = organisation_of(actor, organisation)
    if not Rights(actor).leads_organisation(home.pk):
        raise Http404
    return home


@require_POST
@login_required
def add_closing_day(request: HttpRequest, organisation: str) -> HttpResponse:
    """A day on which the organisation keeps closed, or half open. One that can't be read stays in its fields."""
    actor = actor_of(request)
    home, by = _led(actor, organisation), by_user(actor.user)
    form = {field: request.POST.get(field, "").replace("\x00", "")[:200] for field in ("day", "name", "half")}
    try:
        wanted = hours.prepared_closing_day(home, *_day_and_name(form), half=form["half"] == "on")
    except ValidationError as error:
        return overview_page(request, actor, home, form, by_field(error))
    step = Step(
        organisation=home.pk,
        change=lambda: hours.add_closing_day(home, by, wanted.day, wanted.name, half=wanted.half),
        question=_("Close on %(day)s?") % {"day": date_format(wanted.day)},
        about=f"{wanted.name} ({_('half day')})" if wanted.half else wanted.name,
        done=_("The closing day has been added."),
        back=reverse("portal:hours", args=[home.pk]),
    )
    return confirmed(request, actor, step)


def _day_and_name(form: dict[str, str]) -> tuple[date, str]:
    errors: dict[str, list[str]] = {}
    day = read_date(form["day"], "day", errors)
    if day is None:
        raise ValidationError(errors)
    return day, form["name"]


@require_POST
@login_required
def remove_closing_day(request: HttpRequest, organisation: str, day: int) -> HttpResponse:
    """A day as any other again."""
    actor = actor_of(request)
    home, by = _led(actor, organisation), by_user(actor.user)
    found = ClosingDay.objects.filter(organisation=home, pk=day).first() if day <= LARGEST_ROW else None
    if found is None:
        raise Http404
    step = Step(
        organisation=home.pk,
        change=lambda: hours.remove_closing_day(ClosingDay.objects.get(pk=day), by),
        question=_("Remove “%(name)s”?") % {"name": found.name},
        about=date_format(found.day),
        button=_("Remove"),
        done=_("Removed: the usual hours apply."),
        back=reverse("portal:hours", args=[home.pk]),
    )
    return confirmed(request, actor, step)


@require_POST
@login_required
def set_eves(request: HttpRequest, organisation: str) -> HttpResponse:
    """How each eve is kept."""
    actor = actor_of(request)
    home, by = _led(actor, organisation), by_user(actor.user)
    kept = {eve.code: request.POST.get(f"eve-{eve.code}", eve.kept) for eve in calendars.eves(home.country)}
    step = Step(
        organisation=home.pk,
        change=lambda: hours.set_eves(Organisation.objects.get(pk=home.pk), by, kept),
        question=_("Keep the eves so?"),
        about=", ".join(_kept(eve, kept[eve.code], home) for eve in calendars.eves(home.country)),
        done=_("The eves have been saved."),
        back=reverse("portal:hours", args=[home.pk]),
    )
    return confirmed(request, actor, step)


def _kept(eve: calendars.Eve, how: str, home: Organisation) -> str:
    words = {"closed": _("closed, as a holiday"), "half": _("half day"), "ordinary": _("as any day")}
    return f"{eve.name(home.language, home.country)}: {words.get(how, how)}"
