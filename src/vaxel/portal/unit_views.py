# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A unit as its telephone contact and its manager keep it: how it is reached, its tasks, its people, where it wants its calls."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import completeness, tasks
from vaxel.directory import units as actions
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.hours import today_in
from vaxel.directory.keys import row
from vaxel.directory.models import Person, Place, Role, Task, Unit
from vaxel.directory.protection import known_to, note_reads
from vaxel.directory.rights import Rights
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.unit_form import TaskForm, UnitForm
from vaxel.portal.views import LARGEST_ROW, actor_of, page


@require_safe
@login_required
@vary_on_cookie
def units(request: HttpRequest) -> HttpResponse:
    """The units of the organisations of which she leads or keeps a part, each with its score."""
    actor = actor_of(request)
    rights = Rights(actor)
    if not rights.organisations:
        raise PermissionDenied
    scores = [score for home in rights.organisations for score in completeness.scores(home)]
    scores.sort(key=lambda one: one.unit.name)
    rows = [{"score": score, "may": rights.may_change_unit(score.unit, score.unit.organisation_id)} for score in scores]
    rows.sort(key=lambda one: not one["may"])
    return page(request, "portal/units.html", actor, rows=rows)


@login_required
@vary_on_cookie
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """All of one unit. POST saves what stands at its top; what is refused stays in its fields."""
    actor = actor_of(request)
    found = unit_of(actor, unit)
    form, errors, effect = UnitForm.of(found), {}, None
    if request.method == "POST":
        form = UnitForm.filled(found, request.POST)
        try:
            effect = _show_or_save(request, actor, found, form)
        except ValidationError as error:
            errors = by_field(error, {})
        else:
            if effect is None:
                notices.success(request, _("The unit has been saved."))
                return redirect("portal:unit", found.key)
    return page(
        request,
        "portal/unit.html",
        actor,
        status=422 if errors else 200,
        unit=found,
        form=form.values,
        errors=errors,
        effect=effect,
        seen=seen.digest(request.POST) if effect else "",
        **_shown(actor, found),
    )


def _show_or_save(request: HttpRequest, actor: Actor, unit: Unit, form: UnitForm) -> effects.Told | None:
    plan, by = form.plan(), by_user(actor.user)
    # On rows of their own: what is refused or only tried leaves nothing behind in the one that the page shows.
    return effects.shown_or_saved(
        request, unit.organisation_id, lambda: actions.change_unit(unit_of(actor, unit.key), by, plan)
    )


def _shown(actor: Actor, unit: Unit) -> dict[str, Any]:
    today = today_in(unit.organisation.time_zone)
    people = Person.objects.filter(known_to(actor), unit=unit).exclude(last_day__lt=today)
    people = people.prefetch_related("numbers", "substitutes__substitute")
    tasks = unit.tasks.prefetch_related("handlers__person").order_by("name")
    roles = list(Role.objects.filter(known_to(actor, "person"), unit=unit).select_related("person"))
    note_reads(actor, [*people, *(one.substitute for person in people for one in person.substitutes.all())])
    note_reads(actor, [*(one.person for one in roles), *(one.person for task in tasks for one in task.handlers.all())])
    score = next((one for one in completeness.scores(unit.organisation) if one.unit.pk == unit.pk), None)
    lacks = [lack for lack in score.lacks if actor.finds_protected or not lack.protected] if score else []
    return {
        "score": score,
        "lacks": lacks,
        "people": people,
        "tasks": tasks,
        "roles": roles,
        "places": Place.objects.filter(organisation=unit.organisation_id),
        "staff": _offered(unit),
        "groups": unit.groups.prefetch_related("numbers"),
        "may_set_hours": Rights(actor).may_set_hours(unit),
    }


def _offered(unit: Unit) -> list[str]:
    from vaxel.portal.colleagues import MOST_OFFERED, named

    people = Person.objects.filter(unit=unit, protected=False).prefetch_related("numbers")
    return [named(person) for person in people[:MOST_OFFERED]]


def unit_of(actor: Actor, key: str) -> Unit:
    """A unit that she may change. Raises ``Http404``."""
    found = Unit.objects.filter(pk=row(key, "u") or 0).select_related("organisation", "place", "parent").first()
    if found is None or not Rights(actor).may_change_unit(found, found.organisation_id):
        raise Http404
    return found


@require_POST
@login_required
def review(request: HttpRequest, unit: str) -> HttpResponse:
    """She has looked: all of it is right."""
    actor = actor_of(request)
    found = unit_of(actor, unit)
    actions.review(found, by_user(actor.user))
    notices.success(
        request, _("Thank you. It is written down that you reviewed %(unit)s today.") % {"unit": found.name}
    )
    return redirect("portal:unit", found.key)


@login_required
@vary_on_cookie
def task(request: HttpRequest, unit: str, task: int | None = None) -> HttpResponse:
    """A task, new or to be changed."""
    actor = actor_of(request)
    found = unit_of(actor, unit)
    known = None if task is None else _task_of(found, task)
    form, errors = TaskForm.of(found, known), {}
    if request.method == "POST":
        form = TaskForm.filled(found, known, request.POST)
        try:
            if known is None:
                tasks.add_task(found, by_user(actor.user), form.plan())
            else:
                tasks.change_task(_task_of(found, known.pk), by_user(actor.user), form.plan())
        except ValidationError as error:
            errors = by_field(error, {"helpers": "handlers"})
        else:
            notices.success(request, _("The task has been saved."))
            return redirect("portal:unit", found.key)
    people = form.people(actor.finds_protected)
    note_reads(actor, [one["person"] for one in people])
    return page(
        request,
        "portal/task.html",
        actor,
        status=422 if errors else 200,
        unit=found,
        task=known,
        form=form.values,
        people=people,
        errors=errors,
    )


def _task_of(unit: Unit, task: int) -> Task:
    if task > LARGEST_ROW:
        raise Http404
    return get_object_or_404(Task, pk=task, unit=unit)


@require_POST
@login_required
def remove_task(request: HttpRequest, unit: str, task: int) -> HttpResponse:
    """A task that the unit no longer has."""
    actor = actor_of(request)
    found = unit_of(actor, unit)
    tasks.remove_task(_task_of(found, task), by_user(actor.user))
    notices.success(request, _("The task has been removed."))
    return redirect("portal:unit", found.key)
