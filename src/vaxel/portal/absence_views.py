# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Absences: an employee's own, and those that managers, telephone contacts and operators set for others (AAB-21)."""

from __future__ import annotations

from functools import partial
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
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie
from msgspec.structs import replace

from vaxel.absence import actions, selectors
from vaxel.absence.calendars import clashes
from vaxel.absence.models import Absence, Reason, Refer, not_over
from vaxel.absence.presence import presence, presences
from vaxel.directory import groups, people, search
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Membership, Person
from vaxel.directory.protection import note_reads
from vaxel.directory.rights import Rights
from vaxel.portal import effects, seen
from vaxel.portal.absence_form import AbsenceForm
from vaxel.portal.colleagues import offered
from vaxel.portal.views import actor_of, page

LISTED = 200
FOUND = 50


@login_required
@vary_on_cookie
def own_absence(request: HttpRequest) -> HttpResponse:
    """An employee's own absences, and the form for the next one."""
    actor = actor_of(request)
    if actor.person is None:
        raise PermissionDenied
    return _page(request, actor, actor.person)


@login_required
@vary_on_cookie
def absence_of(request: HttpRequest, person: str) -> HttpResponse:
    """The same of somebody else."""
    actor = actor_of(request)
    return _page(request, actor, selectors.person_of(actor, person))


@login_required
@vary_on_cookie
def change_absence(request: HttpRequest, person: str, absence: str) -> HttpResponse:
    """An absence that isn't over, to be changed."""
    actor = actor_of(request)
    found = _found(actor, person, absence)
    return _page(request, actor, found.person, found)


def _found(actor: Actor, person: str, absence: str) -> Absence:
    found = selectors.absence_of(actor, absence)
    if found.person.key != person:
        raise Http404
    return found


def _page(request: HttpRequest, actor: Actor, person: Person, changing: Absence | None = None) -> HttpResponse:
    """GET shows the form; POST the effect, and, once that has been seen, saves. What is refused stays in its fields."""
    form = AbsenceForm.of(changing) if changing else AbsenceForm(person, {"reason": Reason.MEETING})
    errors: dict[str, list[str]] = {}
    effect = None
    if request.method == "POST":
        form = AbsenceForm.filled(person, request.POST)
        try:
            effect = _show_or_save(request, actor, form, changing)
        except ValidationError as error:
            errors = by_field(error, {"refer_to": "colleague" if form.values["refer"] == Refer.COLLEAGUE else "refer"})
        else:
            if effect is None:
                notices.success(request, _("Saved. Callers are told from now on."))
                return redirect(_home(actor, person))
    own = actor.person is not None and actor.person.pk == person.pk
    coming = list(selectors.coming(person))
    note_reads(actor, [person, *(one.refer_person for one in coming)])
    return page(
        request,
        "portal/absence.html",
        actor,
        status=422 if errors else 200,
        person=person,
        own=own,
        changing=changing,
        form=form.values,
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
        now=presence(person),
        coming=coming,
        reasons=Reason.choices,
        refers=Refer.choices,
        colleagues=offered(person),
        groups=Group.objects.filter(organisation_id=person.organisation_id),
        memberships=Membership.objects.filter(person=person).select_related("group"),
        numbers=person.numbers.all(),
    )


def _show_or_save(
    request: HttpRequest, actor: Actor, form: AbsenceForm, changing: Absence | None
) -> effects.Told | None:
    """The effect to be shown; None when it was seen, and the absence is saved. Raises ``ValidationError``."""
    wish, by = form.wish(), by_user(actor.user)
    if changing is None:
        change = partial(actions.set_absence, form.person, by, wish)
    else:
        change = partial(actions.change_absence, changing, by, wish)
    if request.POST.get("do") == "save" and seen.is_seen(request):
        saved: list[Absence] = []
        asked = effects.saved(request, lambda: saved.append(change()))
        for absence in saved:
            _tell_of_clash(request, absence)
        return asked
    wanted = actions.prepared(form.person, by, wish, changing.start if changing else None)
    told = effects.of_absence(wanted, changing)
    if not actions.refers_to_somebody(wanted):
        return told
    brought = effects.of_change(wanted.organisation_id, change)
    return replace(told, refused=brought.refused, warnings=brought.warnings)


def _tell_of_clash(request: HttpRequest, absence: Absence) -> None:
    """Telephone hours are to be kept free (GNO-10): she learns that her manager sees it."""
    clash = clashes.of_absence(absence)
    if clash is None:
        return
    zone = ZoneInfo(absence.person.organisation.time_zone)
    told = _(
        "It lies in the telephone hours of %(whose)s, %(day)s %(start)s–%(end)s, which are to be kept free: the manager sees it."
    )
    start, end = clash.start.astimezone(zone), clash.end.astimezone(zone)
    values = {
        "whose": clash.whose,
        "day": date_format(start, "SHORT_DATE_FORMAT"),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
    }
    notices.warning(request, told % values)


def by_field(error: ValidationError, also: dict[str, str] | None = None) -> dict[str, list[str]]:
    """Field → what is wrong; "" for what concerns none. ``also``: fields that the form calls otherwise."""
    if not hasattr(error, "error_dict"):
        return {"": error.messages}
    renamed = also or {}
    return {renamed.get(field, field): told for field, told in error.message_dict.items()}


def _home(actor: Actor, person: Person) -> str:
    own = actor.person is not None and actor.person.pk == person.pk
    return reverse("portal:own_absence") if own else reverse("portal:absence_of", args=[person.key])


@require_POST
@login_required
def end_absence(request: HttpRequest, person: str, absence: str) -> HttpResponse:
    """She is back earlier, or what was to come is taken back."""
    actor = actor_of(request)
    found = _found(actor, person, absence)
    actions.end_absence(found, by_user(actor.user))
    notices.success(request, _("The absence has ended.") if found.start <= timezone.now() else _("Taken back."))
    return redirect(_home(actor, found.person))


@require_POST
@login_required
def back(request: HttpRequest, person: str) -> HttpResponse:
    """She is here again."""
    actor = actor_of(request)
    found = selectors.person_of(actor, person)
    ended = actions.back(found, by_user(actor.user))
    told = ngettext("Welcome back: %(n)d absence has ended.", "Welcome back: %(n)d absences have ended.", ended)
    notices.success(request, told % {"n": ended} if ended else _("There was no absence to end."))
    return redirect(_home(actor, found))


@require_POST
@login_required
def mobile(request: HttpRequest) -> HttpResponse:
    """An employee agrees that calls are sent to her mobile, or takes that back."""
    actor = actor_of(request)
    if actor.person is None:
        raise PermissionDenied
    by = by_user(actor.user)
    if request.POST.get("agree") != "yes":
        people.take_back_mobile(actor.person, by)
        notices.success(request, _("No call is sent to your mobile any longer."))
        return redirect("portal:own_absence")
    try:
        people.agree_to_mobile(actor.person, by, request.POST.get("mobile", "").replace("\x00", ""))
    except ValidationError as error:
        for told in error.messages:
            notices.error(request, told)
    else:
        notices.success(request, _("Calls may be sent to your mobile. Callers don't learn the number."))
    return redirect("portal:own_absence")


@require_POST
@login_required
def log_member(request: HttpRequest, person: str, group: str) -> HttpResponse:
    """Log a member in to a group, or out."""
    actor = actor_of(request)
    membership = (
        Membership.objects.filter(person=row(person, "p") or 0, group=row(group, "g") or 0)
        .select_related("person", "group__unit")
        .first()
    )
    if membership is None or not Rights(actor).may_log(membership.person, membership.group):
        raise Http404
    logged_in = request.POST.get("logged_in") == "yes"
    groups.log(membership.person, membership.group, by_user(actor.user), logged_in=logged_in)
    told = _("Logged in to %(group)s.") if logged_in else _("Logged out of %(group)s.")
    notices.success(request, told % {"group": membership.group.name})
    return redirect(_home(actor, membership.person))


@require_safe
@login_required
@vary_on_cookie
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away and where calls go meanwhile; whoever is sought."""
    actor = actor_of(request)
    rights = Rights(actor)
    if not rights.sets_for_others:
        raise PermissionDenied
    sought = request.GET.get("who", "").replace("\x00", "").strip()[:120]
    people = _sought(rights, sought) if sought else []
    rows = [] if sought else _away(rights)
    note_reads(actor, [one["person"] for one in people])
    note_reads(actor, [one for row in rows for one in (row.person, row.refer_person)])
    context: dict[str, Any] = {"people": people} if sought else {"rows": rows}
    return page(request, "portal/absences.html", actor, sought=sought, most=LISTED, **context)


def _sought(rights: Rights, sought: str) -> list[dict[str, Any]]:
    found = search.narrow(rights.people, sought).select_related("unit", "organisation", "successor")
    listed = list(found.prefetch_related("numbers").order_by("name", "id")[:FOUND])
    here = presences(listed)
    return [{"person": person, "presence": here[person.pk]} for person in listed]


def _away(rights: Rights) -> list[Absence]:
    rows = Absence.objects.filter(not_over(timezone.now()), person__in=rights.people)
    rows = rows.select_related("person__unit", "organisation", "refer_person", "refer_group")
    return list(rows.order_by("start", "id")[:LISTED])
