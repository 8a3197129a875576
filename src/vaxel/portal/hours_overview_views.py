# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The opening hours of an organisation: who has which, exceptions to come, closing days, eves and holidays."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import calendars, current, hours
from vaxel.directory.access import Actor
from vaxel.directory.hours import Owner
from vaxel.directory.models import Hours, HoursException, Organisation, Person
from vaxel.directory.opening import still_to_come
from vaxel.directory.protection import known_to, note_reads
from vaxel.directory.rights import Rights
from vaxel.directory.spans import WEEKDAYS, written
from vaxel.domain.hours import DayKind
from vaxel.policy.visiting import visiting_hours
from vaxel.portal.absence_views import by_field
from vaxel.portal.colleagues import one_named
from vaxel.portal.hours_form import bars
from vaxel.portal.hours_views import SWITCHBOARD
from vaxel.portal.views import actor_of, page


@require_safe
@login_required
def all_hours(request: HttpRequest) -> HttpResponse:
    """To the hours of the organisation that she leads; a choice when there are several."""
    actor = actor_of(request)
    organisations = list(Rights(actor).organisations)
    if not organisations:
        raise PermissionDenied
    if len(organisations) == 1:
        return redirect("portal:hours", organisations[0].pk)
    return page(request, "portal/choose_organisation.html", actor, organisations=organisations, to="portal:hours")


def organisation_of(actor: Actor, organisation: str) -> Organisation:
    """One of which she leads at least a part. Raises ``Http404``."""
    found = Rights(actor).organisations.filter(pk=organisation.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
@vary_on_cookie
def hours_of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """Everybody's hours at a glance, and what differs from them in the coming year."""
    actor = actor_of(request)
    home = organisation_of(actor, organisation)
    form = {"who": request.GET.get("who", "").replace("\x00", "").strip()[:200]}
    errors: dict[str, list[str]] = {}
    if form["who"]:
        try:
            return redirect("portal:change_hours", home.pk, _person(actor, home, form["who"]).key)
        except ValidationError as error:
            errors = by_field(error)
    return overview_page(request, actor, home, form, errors)


def _person(actor: Actor, home: Organisation, who: str) -> Person:
    """Whose hours are sought. Raises ``ValidationError``."""
    try:
        found = one_named(who, home.pk)
    except ValidationError as error:
        raise ValidationError({"who": error.messages}) from error
    if not Rights(actor).may_set_hours(found):
        raise ValidationError({"who": _("The hours of %(name)s are set by others.") % {"name": found.name}})
    return found


def overview_page(
    request: HttpRequest, actor: Actor, home: Organisation, form: dict[str, str], errors: dict[str, list[str]]
) -> HttpResponse:
    """``form`` is what stands in the fields: of a closing day, and of the person sought."""
    rights = Rights(actor)
    today = hours.today_in(home.time_zone)
    exceptions = HoursException.objects.filter(
        known_to(actor, "hours__person"), hours__organisation=home, **still_to_come(today)
    )
    return page(
        request,
        "portal/hours.html",
        actor,
        status=422 if errors else 200,
        home=home,
        form=form,
        errors=errors,
        leads=rights.leads_organisation(home.pk),
        owners=_owners(home, rights),
        exceptions=[
            {"exception": one, "may": rights.may_set_hours(one.hours.owner), "hours": written(one.spans)}
            for one in exceptions.select_related("hours__unit", "hours__group", "hours__person", "hours__organisation")
        ],
        closing_days=home.closing_days.filter(day__gte=today),
        eves=_eves(home),
        holidays=_holidays(home),
        visiting=_visiting(home),
        today=today,
    )


def _owners(home: Organisation, rights: Rights) -> list[dict[str, Any]]:
    """The switchboard, units, groups, and those people who have hours of their own, with what applies to each."""
    rows: dict[str, Hours] = {
        one.owner_key: one for one in Hours.objects.filter(organisation=home, only_exceptions=False)
    }
    keeping = [one.person_id for one in rows.values() if one.person_id]
    people = Person.objects.filter(known_to(rights.actor), pk__in=keeping).select_related("unit")
    note_reads(rights.actor, people)
    owners: list[tuple[str, Owner]] = [(SWITCHBOARD, home)]
    owners += [(unit.key, unit) for unit in home.units.select_related("parent")]
    owners += [(group.key, group) for group in home.groups.select_related("unit")]
    owners += [(person.key, person) for person in people]
    world = current.world()
    return [
        _shown(slug, owner, rows.get(home.pk if owner is home else slug), rights, world, home) for slug, owner in owners
    ]


def _shown(
    slug: str, owner: Owner, own: Hours | None, rights: Rights, world: Any, home: Organisation
) -> dict[str, Any]:
    return {
        "slug": slug,
        "owner": owner,
        "kind": type(owner).__name__.lower(),
        "own": own,
        "week": [{"name": name, "text": written(day), "bars": bars(day)} for name, day in _week(own)],
        "now": _now(own, world, home),
        "may": rights.may_set_hours(owner),
    }


def _week(own: Hours | None) -> list[tuple[Any, Any]]:
    return list(zip(WEEKDAYS, own.week, strict=True)) if own else []


def _now(own: Hours | None, world: Any, home: Organisation) -> dict[str, Any]:
    """Is it open now, and until or from when?"""
    table = world.timetable(own.key, home.pk) if own else None
    if table is None:
        return {}
    now, zone = time.time(), ZoneInfo(home.time_zone)
    is_open = table.is_open(now)
    at = table.closing(now) if is_open else table.next_opening(now)
    return {"open": is_open, "at": None if at is None else datetime.fromtimestamp(at, zone)}


def _eves(home: Organisation) -> list[dict[str, Any]]:
    today = hours.today_in(home.time_zone)
    return [
        {
            "code": eve.code,
            "name": eve.name(home.language, home.country),
            "day": next(day for n in range(3) if (day := eve.on(today.year + n)) >= today),
            "kept": home.eves.get(eve.code, eve.kept),
        }
        for eve in calendars.eves(home.country)
    ]


def _visiting(home: Organisation) -> list[dict[str, Any]]:
    """When people may come, by the policy: shown only, since the policy gives them."""
    return [
        {
            "unit": one.unit,
            "clause": one.schedule.clause,
            "days": [
                {"name": name, "text": written([[span.start, span.end] for span in day])}
                for name, day in zip(WEEKDAYS, one.schedule.week, strict=True)
                if day
            ],
        }
        for one in visiting_hours(home.pk, timezone.now())
    ]


def _holidays(home: Organisation) -> list[dict[str, Any]]:
    """The coming year's days on which the switchboard doesn't keep its usual hours."""
    world = current.world()
    known = world.organisations[home.pk]
    today = hours.today_in(home.time_zone)
    coming = sorted(day for day in known.calendar if today <= day and (day - today).days <= 366)
    return [
        {"day": day, "name": known.calendar[day].name, "half": known.calendar[day].kind is DayKind.EVE}
        for day in coming
    ]
