# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephone numbers: whose each is, a new one, one that moves, one that goes."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import extensions
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.extensions import Owner
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Number, NumberKind, Organisation
from vaxel.directory.numbers import international, readable
from vaxel.directory.protection import known_to, may_know, note_reads
from vaxel.directory.rights import Rights
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.colleagues import one_named
from vaxel.portal.confirming import Step, confirmed
from vaxel.portal.views import actor_of, page

LISTED = 200


def _led(actor: Actor) -> list[Organisation]:
    rights = Rights(actor)
    return [home for home in rights.organisations.order_by("name") if rights.leads_organisation(home.pk)]


def _home(actor: Actor, organisation: str) -> Organisation:
    """One that she leads. Raises ``Http404``."""
    found = next((home for home in _led(actor) if home.pk == organisation), None)
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
def all_numbers(request: HttpRequest) -> HttpResponse:
    """To the numbers of the organisation that she leads; a choice when there are several."""
    actor = actor_of(request)
    organisations = _led(actor)
    if not organisations:
        raise PermissionDenied
    if len(organisations) == 1:
        return redirect("portal:numbers", organisations[0].pk)
    return page(request, "portal/choose_organisation.html", actor, organisations=organisations, to="portal:numbers")


@require_safe
@login_required
@vary_on_cookie
def numbers(request: HttpRequest, organisation: str) -> HttpResponse:
    """Main and group numbers, and whichever are sought by their digits or by whose they are."""
    actor = actor_of(request)
    home = _home(actor, organisation)
    sought = request.GET.get("who", "").replace("\x00", "").strip()[:120]
    found = Number.objects.filter(known_to(actor, "person"), organisation=home).select_related("person", "group")
    found = _narrowed(found, sought, home) if sought else found.exclude(kind=NumberKind.DIRECT)
    rows = list(found.order_by("kind", "number")[:LISTED])
    note_reads(actor, [one.person for one in rows])
    return page(request, "portal/numbers.html", actor, home=home, sought=sought, rows=rows)


def _narrowed(found: QuerySet[Number], sought: str, home: Organisation) -> QuerySet[Number]:
    """By a part of a name, or of a number as it is read or dialled."""
    wanted = Q(person__name__icontains=sought) | Q(group__name__icontains=sought)
    keyed = "".join(filter(str.isdecimal, sought)).lstrip("0")
    if keyed:
        wanted |= Q(number__contains=keyed)
    with suppress(ValueError):
        wanted |= Q(number=international(sought, home.country))
    return found.filter(wanted)


@login_required
@vary_on_cookie
def give_number(request: HttpRequest, organisation: str) -> HttpResponse:
    """A number for the switchboard, a group or a person; the effect first, then it is saved."""
    actor = actor_of(request)
    home = _home(actor, organisation)
    form = {name: request.GET.get(name, "") for name in ("number", "to", "person")}
    errors: dict[str, list[str]] = {}
    effect = None
    if request.method == "POST":
        form = {name: request.POST.get(name, "").replace("\x00", "")[:200] for name in form}
        try:
            effect = _show_or_give(request, actor, home, form)
        except ValidationError as error:
            errors = by_field(error)
        else:
            if effect is None:
                notices.success(request, _("The number has been saved. Calls go there from now on."))
                return redirect("portal:numbers", home.pk)
    return page(
        request,
        "portal/give_number.html",
        actor,
        status=422 if errors else 200,
        home=home,
        form=form,
        groups=Group.objects.filter(organisation=home),
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
    )


def _show_or_give(request: HttpRequest, actor: Actor, home: Organisation, form: dict[str, str]) -> effects.Told | None:
    owner, by = _owner(home, form), by_user(actor.user)

    def change() -> None:
        extensions.give_number(owner, by, form["number"])

    if request.POST.get("do") == "save" and seen.is_seen(request):
        return effects.saved(request, change)
    return effects.of_change(home.pk, change)


def _owner(home: Organisation, form: dict[str, str]) -> Owner:
    if form["to"] == "switchboard":
        return home
    if form["to"] == "person":
        if not form["person"].strip():
            raise ValidationError({"person": _("Write whose number it is.")})
        try:
            return one_named(form["person"].strip(), home.pk)
        except ValidationError as error:
            raise ValidationError({"person": error.messages}) from error
    group = Group.objects.filter(pk=row(form["to"], "g") or 0, organisation=home).first()
    if group is None:
        raise ValidationError({"to": _("Choose whose number it is.")})
    return group


@login_required
@vary_on_cookie
def remove_number(request: HttpRequest, organisation: str, number: str) -> HttpResponse:
    """Out of the directory: the effect first, then it is gone."""
    actor = actor_of(request)
    home = _home(actor, organisation)
    rows = Number.objects.filter(organisation=home, number=number[:15]).select_related("person", "group")
    found = rows.first()
    if found is None or (found.person is not None and not may_know(actor, found.person)):
        raise Http404
    note_reads(actor, [found.person])
    by = by_user(actor.user)
    owner = found.person or found.group
    step = Step(
        organisation=home.pk,
        change=lambda: extensions.remove_number(Number.objects.get(pk=found.pk), by),
        question=_("Remove %(number)s?") % {"number": readable(found.number)},
        about=owner.name if owner is not None else _("The switchboard"),
        button=_("Remove"),
        done=_("The number has been removed."),
        back=reverse("portal:numbers", args=[home.pk]),
    )
    return confirmed(request, actor, step)
