# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the directory says of a person: changed by herself, and by those who answer for her unit."""

from __future__ import annotations

from datetime import date

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import people
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.keys import row
from vaxel.directory.models import FunctionRole, Person, Place, Prefers, Published
from vaxel.directory.people import PersonPlan
from vaxel.directory.protection import may_know, note_reads
from vaxel.directory.publication import may_decide, published
from vaxel.directory.rights import Rights
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.colleagues import named, offered, one_named
from vaxel.portal.hours_form import read_date
from vaxel.portal.unit_form import typed
from vaxel.portal.views import actor_of, page


def person_of(actor: Actor, key: str) -> Person:
    """Somebody whom she may describe. Raises ``Http404``."""
    known = Person.objects.select_related("organisation", "unit", "place", "user")
    found = known.filter(pk=row(key, "p") or 0).first()
    if found is None or not Rights(actor).may_describe(found):
        raise Http404
    if not may_know(actor, found):
        raise Http404
    note_reads(actor, [found])
    return found


@login_required
@vary_on_cookie
def describe(request: HttpRequest, person: str) -> HttpResponse:
    """The form. POST saves; what is refused stays in its fields."""
    actor = actor_of(request)
    found = person_of(actor, person)
    form, errors, effect = _values(found), {}, None
    if request.method == "POST":
        form = typed(request.POST)
        try:
            effect = _show_or_save(request, actor, found, form)
        except ValidationError as error:
            errors = by_field(error, {})
        else:
            if effect is None:
                notices.success(request, _("Saved. The switchboard sees it from now on."))
                return redirect("portal:describe", found.key)
    rights = Rights(actor)
    return page(
        request,
        "portal/describe.html",
        actor,
        status=422 if errors else 200,
        person=found,
        own=found.user_id == actor.user.pk,
        form=form,
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
        prefers=Prefers.choices,
        places=Place.objects.filter(organisation=found.organisation_id),
        colleagues=offered(found),
        functions=_functions(found),
        tasks=found.handlings.select_related("task"),
        may_set_hours=rights.may_set_hours(found),
        keeps_unit=rights.may_change_unit(found.unit, found.organisation_id) if found.unit else False,
        published=[
            {"what": what, "label": label, "is": what in published(found), "asked": _asked(found, what)}
            for what, label in Published.choices
        ],
        may_decide=may_decide(rights, found),
        greeting=people.mobile_greeting_words(found),
    )


def _show_or_save(request: HttpRequest, actor: Actor, person: Person, form: dict[str, str]) -> effects.Told | None:
    plan, by = _plan(person, form), by_user(actor.user)
    # On a row of its own: what is only tried leaves nothing behind in the one that the page shows.
    return effects.shown_or_saved(
        request, person.organisation_id, lambda: people.describe(person_of(actor, person.key), by, plan)
    )


def _asked(person: Person, what: str) -> object:
    return next((one for one in person.exemptions.all() if one.what == what), None)


def _functions(person: Person) -> list[str]:
    """Those that colleagues of the unit have: so that the same one isn't called by two names."""
    colleagues = Person.objects.filter(organisation_id=person.organisation_id).exclude(function="")
    if person.unit_id:
        colleagues = colleagues.filter(unit_id=person.unit_id)
    return sorted(set(colleagues.values_list("function", flat=True)))[:60]


def _values(person: Person) -> dict[str, str]:
    further = list(person.further_functions.all())
    substitute = person.substitutes.select_related("substitute").first()
    values = {field: str(getattr(person, field)) for field in people.WRITTEN}
    return {
        **values,
        "functions": ", ".join(one.name for one in further if one.role == FunctionRole.DOES),
        "stands_in": ", ".join(one.name for one in further if one.role == FunctionRole.STANDS_IN),
        "place": person.place.name if person.place else "",
        "substitute": named(substitute.substitute) if substitute else "",
        "substitute_first": _iso(substitute.first_day if substitute else None),
        "substitute_last": _iso(substitute.last_day if substitute else None),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _plan(person: Person, form: dict[str, str]) -> PersonPlan:
    errors: dict[str, list[str]] = {}
    substitute = form.get("substitute", "").strip()
    if substitute:
        try:
            substitute = one_named(substitute, person.organisation_id).key
        except ValidationError as error:
            errors["substitute"] = error.messages
    days = [
        read_date(form[field], field, errors) if form.get(field) else None
        for field in ("substitute_first", "substitute_last")
    ]
    if errors:
        raise ValidationError(errors)
    return PersonPlan(
        **{field: form.get(field, "") for field in people.WRITTEN},
        functions=tuple(form.get("functions", "").split(",")),
        stands_in=tuple(form.get("stands_in", "").split(",")),
        place=form.get("place", ""),
        substitute=substitute,
        substitute_first=days[0],
        substitute_last=days[1],
    )


@require_POST
@login_required
def mobile(request: HttpRequest, person: str) -> HttpResponse:
    """Only she agrees that her mobile number is told; its greeting is checked by her or by those who answer for her unit."""
    actor = actor_of(request)
    found = person_of(actor, person)
    do = request.POST.get("do", "")
    try:
        if do == "greeting":
            people.confirm_mobile_greeting(found, by_user(actor.user))
        elif do in ("tell", "hide") and found.user_id == actor.user.pk:
            people.tell_mobile(found, by_user(actor.user), told=do == "tell")
        else:
            raise Http404
    except ValidationError as error:
        notices.error(request, " ".join(error.messages))
    else:
        notices.success(request, _("Saved. The switchboard sees it from now on."))
    return redirect("portal:describe", found.key)
