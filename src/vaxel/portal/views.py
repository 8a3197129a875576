# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for operators and employees. They call the same selectors and actions as the REST API."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate, check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.calls import actions as call_actions
from vaxel.calls import selectors as call_selectors
from vaxel.calls.timeline import timeline
from vaxel.directory.access import Actor
from vaxel.directory.models import Language, Organisation, User
from vaxel.directory.rights import Rights
from vaxel.duties import actions, selectors
from vaxel.duties.models import Status
from vaxel.site.api.paging import Paging, newest_first
from vaxel.site.problems import Problem

PAGE = 50
LARGEST_ROW = 2**63 - 1


def actor_of(request: HttpRequest) -> Actor:
    """The user who is logged in, with what she is here."""
    assert isinstance(request.user, User)
    return Actor(request.user)


def operator_of(request: HttpRequest) -> Actor:
    """The same, being an operator. Raises ``PermissionDenied`` for others."""
    actor = actor_of(request)
    if actor.operator is None:
        raise PermissionDenied
    return actor


def page(request: HttpRequest, template: str, actor: Actor, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page with what all of them show."""
    return render(request, template, {"actor": actor, "rights": Rights(actor), **context}, status=status)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead a user to what is hers."""
    actor = actor_of(request)
    if actor.operator is not None:
        return redirect("console")
    if actor.person is not None:
        return redirect("portal:messages")
    if actor.user.is_superuser:
        return redirect("admin:index")
    return page(request, "portal/no_role.html", actor)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language chosen: with the user, or until she logs in with the browser."""
    code = request.POST.get("language", "")
    if code not in Language.values or not check_for_language(code):
        raise Http404
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("portal:home")
    if isinstance(request.user, User):
        request.user.language = code
        request.user.save(update_fields=["language"])
    activate(code)
    response = redirect(back)
    response.set_cookie("django_language", code, max_age=365 * 86400, samesite="Lax", secure=request.is_secure())
    return response


def listed(request: HttpRequest, rows: Any, field: str) -> dict[str, Any]:
    """One page of ``rows``, newest ``field`` first, and the address of the next."""
    try:
        listed, following = newest_first(rows, field, Paging(limit=PAGE, cursor=request.GET.get("cursor", "")[:400]))
    except Problem as problem:
        raise Http404 from problem
    query = request.GET.copy()
    query["cursor"] = following or ""
    return {"rows": listed, "following": f"?{query.urlencode()}" if following else ""}


def _organisations(actor: Actor) -> Any:
    return Organisation.objects.filter(pk__in=actor.organisations)


@require_safe
@login_required
@vary_on_cookie
def calls(request: HttpRequest) -> HttpResponse:
    """The calls of an operator's organisations, newest first."""
    actor = operator_of(request)
    chosen, state = request.GET.get("organisation", ""), request.GET.get("state", "")
    found = call_selectors.calls_of(actor, chosen).select_related("organisation", "operator")
    if state in ("live", "ended"):
        found = found.filter(ended__isnull=state == "live")
    return page(
        request,
        "portal/calls.html",
        actor,
        organisations=_organisations(actor),
        chosen=chosen,
        state=state,
        **listed(request, found, "started"),
    )


@login_required
def call(request: HttpRequest, call: str) -> HttpResponse:
    """A call's record. POST adds a note; a note that is refused stays in its field."""
    actor = operator_of(request)
    found = call_selectors.call_of(actor, call.replace("\x00", ""))
    text, errors = "", []
    if request.method == "POST" and actor.operator is not None:
        text = request.POST.get("text", "")
        try:
            call_actions.write_note(found, actor.operator, text)
        except ValidationError as error:
            errors = error.messages
        else:
            notices.success(request, _("The note has been saved."))
            return redirect("portal:call", found.pk)
    messages = found.citizen_messages.select_related("person", "taken_by", "organisation", "voicemail")
    return page(
        request,
        "portal/call.html",
        actor,
        status=422 if errors else 200,
        call=found,
        lines=timeline(found, messages),
        messages_left=messages,
        voicemails=found.voicemails.select_related("person", "organisation"),
        text=text,
        errors=errors,
    )


@require_safe
@login_required
@vary_on_cookie
def messages(request: HttpRequest) -> HttpResponse:
    """Messages to the employee, or to an operator's organisations."""
    actor = actor_of(request)
    status = request.GET.get("status", "")
    found = selectors.messages_of(actor)
    found = found.filter(status=status) if status in Status.values else found.exclude(status=Status.DONE)
    return page(
        request, "portal/messages.html", actor, status_chosen=status, statuses=Status.choices,
        **listed(request, found, "taken_at"),
    )  # fmt: skip


@require_POST
@login_required
def move_message(request: HttpRequest, message: int, done: str) -> HttpResponse:
    """Mark a message as read or done."""
    moves = {"read": actions.mark_read, "done": actions.mark_done}
    if done not in moves or message > LARGEST_ROW:
        raise Http404
    moved = moves[done](selectors.message_of(actor_of(request), message))
    told = {Status.READ: _("Marked as read."), Status.DONE: _("Marked as done.")}
    notices.success(request, told.get(Status(moved.status), ""))
    return redirect("portal:messages")


@require_safe
@login_required
@vary_on_cookie
def voicemails(request: HttpRequest) -> HttpResponse:
    """Voice messages in her own mailbox and in those of the switchboards she serves."""
    actor = actor_of(request)
    found = call_selectors.voicemails_of(actor).select_related("person", "organisation")
    return page(request, "portal/voicemails.html", actor, **listed(request, found, "left"))


@require_POST
@login_required
def heard(request: HttpRequest, voicemail: int) -> HttpResponse:
    """Mark a voice message as heard."""
    if voicemail > LARGEST_ROW:
        raise Http404
    call_actions.mark_heard(call_selectors.voicemail_of(actor_of(request), voicemail))
    notices.success(request, _("Marked as heard."))
    return redirect("portal:voicemails")
