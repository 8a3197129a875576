# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening hours: of the switchboard, units, groups and people; exceptions; closing days, eves and holidays."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import calendars, current, hours
from vaxel.directory.access import Actor
from vaxel.directory.audit import By, by_user
from vaxel.directory.hours import Owner
from vaxel.directory.keys import row
from vaxel.directory.models import ClosingDay, Group, Hours, HoursException, Organisation, Person, Unit
from vaxel.directory.opening import still_to_come
from vaxel.directory.protection import known_to, may_know, note_reads
from vaxel.directory.rights import Rights
from vaxel.directory.spans import WEEKDAYS, written
from vaxel.domain.hours import DayKind
from vaxel.policy.visiting import visiting_hours
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.colleagues import one_named
from vaxel.portal.confirming import Step, confirmed
from vaxel.portal.hours_form import ExceptionForm, HoursForm, bars, read_date
from vaxel.portal.views import LARGEST_ROW, actor_of, page

SWITCHBOARD = "switchboard"


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
    return _all_hours(request, actor, home, form, errors)


def _person(actor: Actor, home: Organisation, who: str) -> Person:
    """Whose hours are sought. Raises ``ValidationError``."""
    try:
        found = one_named(who, home.pk)
    except ValidationError as error:
        raise ValidationError({"who": error.messages}) from error
    if not Rights(actor).may_set_hours(found):
        raise ValidationError({"who": _("The hours of %(name)s are set by others.") % {"name": found.name}})
    return found


def _all_hours(
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


# ── the hours of one ────────────────────────────────────────────────────────────────────────────────────────────────────


def _owner(actor: Actor, organisation: str, slug: str) -> Owner:
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
    whose = _owner(actor, organisation, owner)
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
                return redirect(_overview(actor, organisation))
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


def _overview(actor: Actor, organisation: str) -> str:
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
    whose, by = _owner(actor, organisation, owner), by_user(actor.user)
    own = hours.hours_of(whose)
    step = Step(
        organisation=hours.organisation_of(whose).pk,
        change=lambda: hours.remove_hours(whose, by),
        question=_("Remove the hours of %(name)s?") % {"name": whose.name},
        about=_("The exceptions from them go, too.") if own is not None and own.exceptions.exists() else "",
        button=_("Remove"),
        done=_("There are no own hours any longer."),
        back=_overview(actor, organisation),
    )
    return confirmed(request, actor, step)


# ── exceptions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@login_required
@vary_on_cookie
def add_exception(request: HttpRequest, organisation: str, owner: str) -> HttpResponse:
    """Other hours on certain dates; the effect first, then it is saved."""
    actor = actor_of(request)
    whose = _owner(actor, organisation, owner)
    form, errors, effect = ExceptionForm({}), {}, None
    if request.method == "POST":
        form = ExceptionForm.filled(request.POST)
        try:
            effect = _show_or_save_exception(request, by_user(actor.user), whose, form)
        except ValidationError as error:
            errors = by_field(error, {"week": "spans"})
        else:
            if effect is None:
                return redirect(_overview(actor, organisation))
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
        back=_overview(actor, organisation),
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


# ── closing days and eves ───────────────────────────────────────────────────────────────────────────────────────────────


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
        return _all_hours(request, actor, home, form, by_field(error))
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
