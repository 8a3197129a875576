# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The change form (AAB-33): reported by telephone contacts, approved by managers, carried out on its day."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages as told
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.cases.models import CaseDivision
from vaxel.directory import accounts
from vaxel.directory.access import Actor
from vaxel.directory.audit import By, by_user
from vaxel.directory.hours import today_in
from vaxel.directory.keys import row
from vaxel.directory.models import Organisation, Person
from vaxel.directory.protection import may_know, note_reads
from vaxel.directory.rights import Rights
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.colleagues import MOST_OFFERED, named
from vaxel.portal.confirming import Step, confirmed
from vaxel.portal.staffing_form import ASKS_UNIT, ChangeForm
from vaxel.portal.views import actor_of, listed, page
from vaxel.staffing import actions, rights
from vaxel.staffing.carrying_out import carry_out
from vaxel.staffing.models import StaffChange, Status, Subject


@require_safe
@login_required
@vary_on_cookie
def changes(request: HttpRequest) -> HttpResponse:
    """What was reported, and what became of it."""
    actor = actor_of(request)
    mine = Rights(actor)
    if not mine.organisations:
        raise PermissionDenied
    shown = listed(request, rights.changes_of(actor), "first_reported")
    return page(
        request,
        "portal/staff.html",
        actor,
        homes=rights.homes(mine),
        subjects=Subject.choices,
        rows=[
            {
                "change": change,
                "decide": change.status == Status.WAITING and rights.may_decide(mine, change),
                "again": change.open and rights.may_report(mine, change.organisation_id, change.unit),
                "over": change.over,
                "hand_over": _wished(change) and rights.may_decide(mine, change),
            }
            for change in shown["rows"]
        ],
        following=shown["following"],
    )


def _wished(change: StaffChange) -> bool:
    """Has it brought a log-in or a telephone that is to be handed over?"""
    return change.joined_id is not None and any(change.details.get(wish) for wish in ("log_in", "telephone"))


@login_required
@vary_on_cookie
def new_change(request: HttpRequest, organisation: str, subject: str) -> HttpResponse:
    """The form of one subject. The effect first; then it is reported."""
    actor = actor_of(request)
    home = rights.homes(Rights(actor)).filter(pk=organisation.replace("\x00", "")).first()
    if home is None or subject not in Subject.values:
        raise Http404
    unit = rights.units(Rights(actor), home).first()
    values = {"day": today_in(home.time_zone).isoformat(), "unit": unit.key if unit else "", "leaves_groups": "on"}
    return _form(request, actor, home, ChangeForm(home, subject, values), None)


@login_required
@vary_on_cookie
def change(request: HttpRequest, change: str) -> HttpResponse:
    """A change that waits, was refused or came back, to be filled in anew."""
    actor = actor_of(request)
    found = _mine(actor, change)
    if not found.open:
        raise Http404
    return _form(request, actor, found.organisation, ChangeForm.of(found), found)


def _mine(actor: Actor, key: str) -> StaffChange:
    found = rights.change_of(actor, key)
    if not rights.may_report(Rights(actor), found.organisation_id, found.unit):
        raise Http404
    return found


def _form(
    request: HttpRequest, actor: Actor, home: Organisation, form: ChangeForm, again: StaffChange | None
) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    effect = None
    if request.method == "POST":
        form = ChangeForm.filled(home, form.subject, request.POST)
        try:
            effect = _show_or_report(request, actor, home, form, again)
        except ValidationError as error:
            errors = by_field(error, {"details": ""})
        else:
            if effect is None:
                return redirect("portal:staff")
    mine = Rights(actor)
    return page(
        request,
        "portal/staff_change.html",
        actor,
        status=422 if errors else 200,
        home=home,
        again=again,
        subject=form.subject,
        heading=Subject(form.subject).label,
        fields=form.fields,
        form=form.values,
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
        asks_unit=form.subject in ASKS_UNIT,
        units=rights.units(mine, home),
        all_units=home.units.order_by("name"),
        divisions=CaseDivision.objects.filter(organisation=home),
        people=_offered(mine, home),
    )


def _offered(mine: Rights, home: Organisation) -> list[str]:
    found = Person.objects.filter(organisation=home, protected=False, unit__in=rights.units(mine, home))
    return [named(person) for person in found.prefetch_related("numbers").order_by("name", "id")[:MOST_OFFERED]]


def _show_or_report(
    request: HttpRequest, actor: Actor, home: Organisation, form: ChangeForm, again: StaffChange | None
) -> effects.Told | None:
    """The effect to be shown; None when it was seen, and the change is reported. Raises ``ValidationError``."""
    filled, mine, by = form.report(), Rights(actor), by_user(actor.user)

    def report() -> None:
        made = actions.report_again(again, mine, by, filled) if again else actions.report(home, mine, by, filled)
        told.success(request, _reported(made))

    if request.POST.get("do") == "save" and seen.is_seen(request):
        return effects.saved(request, report)
    # On a row of its own: what is only tried leaves nothing behind in the one that the page shows.
    want = actions.prepared(StaffChange(organisation=home), mine, filled)
    return effects.of_change(home.pk, lambda: carry_out(want, filled.day))


def _reported(made: StaffChange) -> str:
    if made.status == Status.APPROVED:
        return _("Reported and approved: it is carried out on its day, and the switchboard has been told.")
    return _("Reported. It is carried out on its day once it has been approved.")


@login_required
@never_cache
def hand_over(request: HttpRequest, change: str) -> HttpResponse:
    """What was set up for somebody who joined. POST makes the link or the password that is handed over, and shows it this once."""
    actor = actor_of(request)
    found = rights.change_of(actor, change)
    mine, person = Rights(actor), found.joined
    if person is None or not _wished(found) or not rights.may_decide(mine, found):
        raise Http404
    # She may have moved, or been protected, since.
    if not mine.leads_unit(person.unit, person.organisation_id) or not may_know(actor, person):
        raise Http404
    note_reads(actor, [person])
    do = request.POST.get("do", "")
    link = password = ""
    errors: list[str] = []
    phones = person.phones.all() if found.details.get("telephone") else person.phones.none()
    phone = phones.filter(pk=row(do, "t") or 0).first()
    if do == "invite" and person.user is not None and found.details.get("log_in"):
        try:
            link = request.build_absolute_uri(reverse("portal:invited", args=accounts.invitation(person.user)))
        except ValidationError as error:
            errors = error.messages
    elif phone is not None:
        password = accounts.renewed_password(phone, by_user(actor.user))
    return page(
        request,
        "portal/hand_over.html",
        actor,
        status=422 if errors else 200,
        change=found,
        person=person,
        chosen=person.user is not None and person.user.has_usable_password(),
        link=link,
        days=settings.PASSWORD_RESET_TIMEOUT // 86400,
        phones=phones,
        renewed=phone,
        password=password,
        errors=errors,
    )


def _approval(change: StaffChange, by: By) -> Step:
    """It is tried as if its day had come."""
    return Step(
        organisation=change.organisation_id,
        change=lambda: actions.approve(change, by),
        shows=lambda: carry_out(actions.want_of(change), change.day),
        question=_("Approve “%(name)s”?") % {"name": change.summary},
        about=_("Carried out on %(day)s.") % {"day": date_format(change.day)},
        button=_("Approve"),
        done=_("Approved: the switchboard has been told."),
        back=reverse("portal:staff"),
    )


@require_POST
@login_required
def move_change(request: HttpRequest, change: str, do: str) -> HttpResponse:
    """Approve, refuse or withdraw it."""
    actor = actor_of(request)
    found = rights.change_of(actor, change)
    by = by_user(actor.user)
    mine = Rights(actor)
    decides = rights.may_decide(mine, found)
    reports = rights.may_report(mine, found.organisation_id, found.unit)
    if do == "approve" and decides:
        return confirmed(request, actor, _approval(found, by))
    steps: dict[str, Any] = {
        "refuse": (
            decides,
            lambda: actions.refuse(found, by, request.POST.get("why", "")[:2000]),
            _("Refused: it has gone back with your words."),
        ),
        "withdraw": (reports, lambda: actions.withdraw(found, by), _("Withdrawn.")),
    }
    if do not in steps or not steps[do][0]:
        raise Http404
    _may, step, done = steps[do]
    try:
        step()
    except ValidationError as error:
        for message in error.messages:
            told.error(request, message)
    else:
        told.success(request, done)
    return redirect("portal:staff")
