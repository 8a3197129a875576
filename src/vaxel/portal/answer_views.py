# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prepared answers: what operators may answer by themselves, written by the units (AAB-36)."""

from __future__ import annotations

from django.contrib import messages as told
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation
from vaxel.directory.rights import Rights
from vaxel.notices import answers as actions
from vaxel.notices import selectors
from vaxel.notices.models import PreparedAnswer
from vaxel.portal.absence_views import by_field
from vaxel.portal.notice_form import AnswerForm
from vaxel.portal.notice_views import first_unit, home_of, may_see, writes_somewhere
from vaxel.portal.views import actor_of, page

LISTED = 200


@require_safe
@login_required
@vary_on_cookie
def answers(request: HttpRequest) -> HttpResponse:
    """All of them, or those that the words searched for touch."""
    actor = actor_of(request)
    homes = may_see(actor)
    rights = Rights(actor)
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = selectors.by_words(selectors.answers_of(actor), sought)[:LISTED]
    return page(
        request,
        "portal/answers.html",
        actor,
        sought=sought,
        rows=[
            {
                "answer": answer,
                "may": selectors.may_write(rights, answer.organisation_id, answer.unit),
                "stale": answer.valid_until is not None
                and answer.valid_until < today_in(answer.organisation.time_zone),
            }
            for answer in found
        ],
        homes=[home for home in homes if writes_somewhere(rights, home)],
    )


@login_required
@vary_on_cookie
def new_answer(request: HttpRequest, organisation: str) -> HttpResponse:
    """Prepare one."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    return _form(request, actor, home, AnswerForm({"unit": first_unit(actor, home)}), None)


@login_required
@vary_on_cookie
def change_answer(request: HttpRequest, answer: str) -> HttpResponse:
    """Another wording, or another day until which it holds."""
    actor = actor_of(request)
    found = _writable(actor, answer)
    return _form(request, actor, found.organisation, AnswerForm.of(found), found)


def _writable(actor: Actor, answer: str) -> PreparedAnswer:
    found = selectors.answer_of(actor, answer)
    if not selectors.may_write(Rights(actor), found.organisation_id, found.unit):
        raise Http404
    return found


def _form(
    request: HttpRequest, actor: Actor, home: Organisation, form: AnswerForm, changing: PreparedAnswer | None
) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        form = AnswerForm.filled(request.POST)
        try:
            _save(actor, home, form, changing)
        except ValidationError as error:
            errors = by_field(error)
        else:
            told.success(request, _("Saved. The operators see it now."))
            return redirect("portal:answers")
    return page(
        request,
        "portal/answer.html",
        actor,
        status=422 if errors else 200,
        home=home,
        changing=changing,
        form=form.values,
        errors=errors,
        units=selectors.units_to_write_for(Rights(actor), home),
        writes_for_all=selectors.writes_for_all(Rights(actor), home.pk),
        versions=changing.versions.all() if changing else (),
        today=today_in(home.time_zone),
    )


def _save(actor: Actor, home: Organisation, form: AnswerForm, changing: PreparedAnswer | None) -> None:
    if not selectors.may_write_for(Rights(actor), home.pk, form.values["unit"]):
        raise ValidationError({"unit": selectors.refusal()})
    by = by_user(actor.user)
    if changing is None:
        actions.prepare(home, by, form.plan())
    else:
        actions.change(changing, by, form.plan())


@require_POST
@login_required
def withdraw_answer(request: HttpRequest, answer: str) -> HttpResponse:
    """Operators don't see it any longer."""
    actor = actor_of(request)
    actions.withdraw(_writable(actor, answer), by_user(actor.user))
    told.success(request, _("Withdrawn: the operators don't see it any longer."))
    return redirect("portal:answers")
