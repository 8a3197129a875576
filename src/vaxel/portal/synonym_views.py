# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words that mean the same in the search, kept by those who answer for the whole organisation."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import synonyms as actions
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.models import Organisation, Synonyms
from vaxel.directory.models.tasks import WORDS_IN
from vaxel.directory.rights import Rights
from vaxel.portal.absence_views import by_field
from vaxel.portal.unit_form import typed
from vaxel.portal.views import LARGEST_ROW, actor_of, page

SHOWN = 20
"""Changes on a page, the newest first."""
LONGEST = 100_000
"""So much of what is refused is given back: far more than is saved, for whoever pastes a whole list."""


def home_of(actor: Actor, organisation: str) -> Organisation:
    """One for all of which she answers. Raises ``Http404``."""
    return get_object_or_404(Rights(actor).kept_wholly, pk=organisation)


def to_home(request: HttpRequest, to: str) -> HttpResponse:
    """To the page ``to`` of the organisation for all of which she answers; a choice when there are several."""
    actor = actor_of(request)
    homes = list(Rights(actor).kept_wholly)
    if not homes:
        raise PermissionDenied
    if len(homes) == 1:
        return redirect(to, homes[0].pk)
    return page(request, "portal/choose_organisation.html", actor, organisations=homes, to=to)


@require_safe
@login_required
def all_synonyms(request: HttpRequest) -> HttpResponse:
    """To those of the organisation for which she answers."""
    return to_home(request, "portal:synonyms")


@require_safe
@login_required
@vary_on_cookie
def synonyms(request: HttpRequest, organisation: str) -> HttpResponse:
    """All of an organisation's, and what was changed of them."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    changes = list(actions.changes(home)[:SHOWN])
    last = {one.row: one for one in reversed(changes)}.values()
    return page(
        request,
        "portal/synonyms.html",
        actor,
        home=home,
        rows=home.synonyms.all(),
        changes=[(one, _told(one.before), _told(one.after), one in last) for one in changes],
    )


def _told(values: dict[str, str]) -> str:
    """Those of the fields that changed: words, and their language."""
    language = str(dict(WORDS_IN).get(values["language"], _("all languages"))) if "language" in values else ""
    return " · ".join(filter(None, (values.get("words", ""), language)))


@login_required
@vary_on_cookie
def synonym(request: HttpRequest, organisation: str, row: int | None = None) -> HttpResponse:
    """New ones, or others instead. What is refused stays in its fields."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    known = Synonyms(organisation=home) if row is None else _of(home, row)
    form, errors = {"words": known.words, "spoken": known.language}, {}
    if request.method == "POST":
        form = typed(request.POST, LONGEST)
        try:
            actions.save(known, by_user(actor.user), form.get("words", ""), form.get("spoken", ""))
        except ValidationError as error:
            errors = by_field(error, {"language": "spoken"})
        else:
            notices.success(request, _("The synonyms have been saved. Searches follow them now."))
            return redirect("portal:synonyms", home.pk)
    return page(
        request,
        "portal/synonym.html",
        actor,
        status=422 if errors else 200,
        home=home,
        row=row,
        form=form,
        errors=errors,
        choices=WORDS_IN,
    )


def _of(home: Organisation, row: int) -> Synonyms:
    if row > LARGEST_ROW:
        raise Http404
    return get_object_or_404(Synonyms, pk=row, organisation=home)


@require_POST
@login_required
def remove_synonym(request: HttpRequest, organisation: str, row: int) -> HttpResponse:
    """The words no longer mean the same."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    actions.remove(_of(home, row), by_user(actor.user))
    notices.success(request, _("The synonyms have been removed. You can take that back below."))
    return redirect("portal:synonyms", home.pk)


@require_POST
@login_required
def take_back_synonym(request: HttpRequest, organisation: str, change: int) -> HttpResponse:
    """As it was before one of the changes."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    if change > LARGEST_ROW:
        raise Http404
    entry = get_object_or_404(actions.changes(home), pk=change)
    try:
        actions.take_back(home, entry, by_user(actor.user))
    except ValidationError as error:
        notices.error(request, " ".join(error.messages))
    else:
        notices.success(request, _("The change has been taken back."))
    return redirect("portal:synonyms", home.pk)
