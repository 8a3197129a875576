# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices: what operators must know, who has read it, and the forms with which units tell it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as told
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.keys import row
from vaxel.directory.models import Operator, Organisation, Person
from vaxel.directory.rights import Rights
from vaxel.notices import actions, feeds, selectors
from vaxel.notices.live import unread_by
from vaxel.notices.models import Kind, Notice, PressFeed
from vaxel.portal.absence_views import by_field
from vaxel.portal.colleagues import MOST_OFFERED, named
from vaxel.portal.notice_form import NoticeForm
from vaxel.portal.views import LARGEST_ROW, actor_of, listed, page


def may_see(actor: Actor) -> Any:
    """The organisations whose notices she sees. Raises ``PermissionDenied`` for one who sees none."""
    homes = selectors.homes(actor)
    if not homes:
        raise PermissionDenied
    return homes


@require_safe
@login_required
@vary_on_cookie
def notices(request: HttpRequest) -> HttpResponse:
    """What holds now or is to come; with ``over`` what was."""
    actor = actor_of(request)
    homes = may_see(actor)
    over = request.GET.get("over") == "1"
    found = selectors.notices_of(actor)
    found = found.exclude(closed_at=None) if over else selectors.live(found)
    shown = listed(request, found, "told_at")
    rights = Rights(actor)
    return page(
        request,
        "portal/notices.html",
        actor,
        over=over,
        cards=_cards(actor, rights, shown["rows"]),
        following=shown["following"],
        homes=[home for home in homes if writes_somewhere(rights, home)],
        review=[] if over else selectors.overdue(actor),
        feeds=PressFeed.objects.filter(organisation__in=homes).select_related("organisation"),
        leads=[home for home in homes if rights.leads_organisation(home.pk)],
    )


def writes_somewhere(rights: Rights, home: Organisation) -> bool:
    """For the organisation, or for a unit of it."""
    return selectors.writes_for_all(rights, home.pk) or selectors.units_to_write_for(rights, home).exists()


def _cards(actor: Actor, rights: Rights, rows: list[Notice]) -> list[dict[str, Any]]:
    unread = unread_by(rows)
    names = {operator.key: operator.name for operator in Operator.objects.all()} if any(unread.values()) else {}
    own = actor.operator.key if actor.operator else ""
    return [
        {
            "notice": notice,
            "unread": [names[key] for key in unread[notice.pk]],
            "mine": own in unread[notice.pk],
            "may": selectors.may_write(rights, notice.organisation_id, notice.unit),
        }
        for notice in rows
    ]


def home_of(actor: Actor, organisation: str) -> Organisation:
    """One for which she may write. Raises ``Http404``."""
    found = selectors.homes(actor, organisation).first()
    if found is None or not writes_somewhere(Rights(actor), found):
        raise Http404
    return found


@login_required
@vary_on_cookie
def new_notice(request: HttpRequest, organisation: str) -> HttpResponse:
    """Tell the operators of something."""
    actor = actor_of(request)
    home = home_of(actor, organisation)
    return _form(request, actor, home, NoticeForm(home, {"kind": Kind.CHANGE, "unit": first_unit(actor, home)}), None)


def first_unit(actor: Actor, home: Organisation) -> str:
    """The unit that is offered: for one who writes for all, none."""
    rights = Rights(actor)
    if selectors.writes_for_all(rights, home.pk):
        return ""
    found = selectors.units_to_write_for(rights, home).first()
    return found.key if found else ""


@login_required
@vary_on_cookie
def change_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """Say it otherwise."""
    actor = actor_of(request)
    found = _writable(actor, notice)
    return _form(request, actor, found.organisation, NoticeForm.of(found), found)


def _writable(actor: Actor, notice: str) -> Notice:
    found = selectors.notice_of(actor, notice)
    if not selectors.may_write(Rights(actor), found.organisation_id, found.unit):
        raise Http404
    return found


def _form(
    request: HttpRequest, actor: Actor, home: Organisation, form: NoticeForm, changing: Notice | None
) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        form = NoticeForm.filled(home, request.POST)
        if changing is not None and changing.kind == Kind.TEMPORARY_HOURS:
            form.values["kind"] = changing.kind
        try:
            _save(actor, home, form, changing)
        except ValidationError as error:
            errors = by_field(error)
        else:
            told.success(request, _("Saved. The operators see it now."))
            return redirect("portal:notices")
    return page(
        request,
        "portal/notice.html",
        actor,
        status=422 if errors else 200,
        home=home,
        changing=changing,
        form=form.values,
        errors=errors,
        kinds=NoticeForm.kinds(),
        units=selectors.units_to_write_for(Rights(actor), home),
        writes_for_all=selectors.writes_for_all(Rights(actor), home.pk),
        offered=offered(home, form.values["unit"]),
    )


def offered(home: Organisation, unit: str) -> list[str]:
    """People whom a form suggests: of the unit, when one is chosen."""
    found = Person.objects.filter(organisation=home, protected=False)
    if pk := row(unit, "u"):
        found = found.filter(unit=pk)
    return [named(person) for person in found.prefetch_related("numbers").order_by("name", "id")[:MOST_OFFERED]]


def _save(actor: Actor, home: Organisation, form: NoticeForm, changing: Notice | None) -> None:
    if not selectors.may_write_for(Rights(actor), home.pk, form.values["unit"]):
        raise ValidationError({"unit": selectors.refusal()})
    by = by_user(actor.user)
    if changing is None:
        actions.tell(home, by, form.plan())
    else:
        actions.change(changing, by, form.plan())


@require_POST
@login_required
def move_notice(request: HttpRequest, notice: str, do: str) -> HttpResponse:
    """Acknowledge a notice, or withdraw it."""
    actor = actor_of(request)
    if do == "read" and actor.operator is not None:
        actions.acknowledge(selectors.notice_of(actor, notice), actor.operator)
        told.success(request, _("Marked as read."))
    elif do == "withdraw":
        actions.withdraw(_writable(actor, notice), by_user(actor.user))
        told.success(request, _("Withdrawn: the operators don't see it any longer."))
    else:
        raise Http404
    return redirect("portal:notices")


# ── feeds ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _led(actor: Actor, organisation: str) -> Organisation:
    found = selectors.homes(actor, organisation).first()
    if found is None or not Rights(actor).leads_organisation(found.pk):
        raise Http404
    return found


@require_POST
@login_required
def add_feed(request: HttpRequest, organisation: str) -> HttpResponse:
    """Press releases come by themselves."""
    actor = actor_of(request)
    home = _led(actor, organisation)
    try:
        feeds.add_feed(home, by_user(actor.user), request.POST.get("address", "")[:1000])
    except ValidationError as error:
        for message in error.messages:
            told.error(request, message)
    else:
        told.success(request, _("The feed is read within ten minutes."))
    return redirect("portal:notices")


@require_POST
@login_required
def remove_feed(request: HttpRequest, organisation: str, feed: int) -> HttpResponse:
    """Not any longer."""
    actor = actor_of(request)
    home = _led(actor, organisation)
    found = PressFeed.objects.filter(organisation=home, pk=feed).first() if feed <= LARGEST_ROW else None
    if found is None:
        raise Http404
    feeds.remove_feed(found, by_user(actor.user))
    told.success(request, _("The feed isn't read any longer."))
    return redirect("portal:notices")
