# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The policy for those who answer for it: how each clause stands, a new version with what it changes, putting it in force."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.models import Organisation
from vaxel.directory.rights import Rights
from vaxel.policy import actions, against, selectors
from vaxel.policy.changes import changes
from vaxel.policy.compile import compile_policy
from vaxel.policy.document import Policy
from vaxel.policy.evidence.base import State
from vaxel.policy.faults import Fault, PolicyError
from vaxel.policy.load import LARGEST
from vaxel.policy.locate import Lines
from vaxel.policy.models import PolicyVersion
from vaxel.policy.report import DAYS, Report, VersionReport, as_csv, as_json, report, state_word
from vaxel.policy.template import new
from vaxel.portal import effects
from vaxel.portal.views import actor_of, page

LONGEST = timedelta(days=400)
ORDER = (State.BROKEN, State.NO_CONTROL, State.NOT_MEASURED, State.KEPT)
COLOURS = {State.BROKEN: "danger", State.NO_CONTROL: "warning", State.NOT_MEASURED: "neutral", State.KEPT: "success"}
ACTIVATE = "policy.activate_policy"


def may_change(actor: Actor, organisation: Organisation) -> bool:
    """May she propose and activate policies of ``organisation``?"""
    return Rights(actor).leads_organisation(organisation.pk) or (
        actor.user.has_perm(ACTIVATE) and organisation in _readable(actor)
    )


def _readable(actor: Actor) -> list[Organisation]:
    """Whose policy she may read: where she has a role, or serves the switchboard."""
    found = Rights(actor).organisations | Organisation.objects.filter(pk__in=actor.organisations)
    return list(found.distinct().order_by("name"))


def _organisation(request: HttpRequest, organisation: str) -> tuple[Actor, Organisation]:
    """Raises ``Http404`` for one whose policy she may not read, as for one that isn't there."""
    actor = actor_of(request)
    home = next((found for found in _readable(actor) if found.pk == organisation), None)
    if home is None:
        raise Http404
    return actor, home


def _changeable(request: HttpRequest, organisation: str) -> tuple[Actor, Organisation]:
    actor, home = _organisation(request, organisation)
    if not may_change(actor, home):
        raise PermissionDenied
    return actor, home


@require_safe
@login_required
def policies(request: HttpRequest) -> HttpResponse:
    """Lead to the first organisation whose policy she may read."""
    found = _readable(actor_of(request))
    if not found:
        raise PermissionDenied
    return redirect("portal:policy", found[0].pk)


# ── how it stands ───────────────────────────────────────────────────────────────────────────────────────────────────────


@require_safe
@login_required
@vary_on_cookie
def policy(request: HttpRequest, organisation: str) -> HttpResponse:
    """Every clause by its state, with the evidence of a period."""
    actor, home = _organisation(request, organisation)
    first, last, fault = _period(request, home)
    made = _report(home, first, last)
    return page(
        request,
        "portal/policy.html",
        actor,
        status=422 if fault else 200,
        organisation=home,
        typed={end: request.GET.get(end, "")[:40] for end in ("from", "to")} if fault else None,
        fault=fault,
        organisations=_readable(actor),
        first=first,
        last=last,
        held=[_shown(version) for version in made.versions],
        current=selectors.in_force(home.pk, timezone.now()),
        versions=PolicyVersion.objects.filter(organisation=home),
        may_change=may_change(actor, home),
        sees_calls=home.pk in actor.organisations,
        now=timezone.now(),
    )


@require_safe
@login_required
@vary_on_cookie
def policy_report(request: HttpRequest, organisation: str, form: str) -> HttpResponse:
    """The same for a spreadsheet (``csv``) or a program (``json``)."""
    _actor, home = _organisation(request, organisation)
    first, last, fault = _period(request, home)
    if fault:
        return HttpResponse(fault, status=422, content_type="text/plain; charset=utf-8")
    made = _report(home, first, last)
    if form == "csv":
        response = HttpResponse(as_csv(made), content_type="text/csv; charset=utf-8")
    elif form == "json":
        response = HttpResponse(as_json(made), content_type="application/json")
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="policy-{home.pk}-{first}-{last}.{form}"'
    return response


def _period(request: HttpRequest, home: Organisation) -> tuple[date, date, str]:
    """First and last day of what was asked for, else of the last month; and what is wrong with what was asked for."""
    today = datetime.now(ZoneInfo(home.time_zone)).date()
    usual = (today - timedelta(days=DAYS), today)
    try:
        last = min(_day(request, "to") or today, today)
        first = _day(request, "from") or last - timedelta(days=DAYS)
    except ValueError:
        return *usual, _("Write the day like 2026-03-02.")
    if first > last:
        return *usual, _("The period ends before it begins, or hasn't begun yet: write the earlier day first.")
    if last - first > LONGEST:
        return *usual, _("The period is longer than %(days)d days: choose a shorter one.") % {"days": LONGEST.days}
    return first, last, ""


def _day(request: HttpRequest, end: str) -> date | None:
    """Raises ``ValueError`` for what isn't a day."""
    text = request.GET.get(end, "").strip()
    return date.fromisoformat(text) if text else None


def _report(home: Organisation, first: date, last: date) -> Report:
    zone = ZoneInfo(home.time_zone)
    start = datetime.combine(first, time(), zone)
    return report(home, start, datetime.combine(last + timedelta(days=1), time(), zone))


def _shown(version: VersionReport) -> dict[str, Any]:
    groups = [
        {
            "state": state.value,
            "word": state_word(state),
            "colour": COLOURS[state],
            "clauses": [clause for clause in version.clauses if clause.state is state],
        }
        for state in ORDER
    ]
    return {"version": version, "groups": [group for group in groups if group["clauses"]]}


# ── a new version ───────────────────────────────────────────────────────────────────────────────────────────────────────


@login_required
@vary_on_cookie
def new_policy(request: HttpRequest, organisation: str) -> HttpResponse:
    """The text of a new version. POST keeps it as a proposal; one with faults stays in its field, with all that is wrong."""
    actor, home = _changeable(request, organisation)
    text, note, faults = _current_text(home), "", list[Fault]()
    if request.method == "POST":
        note = request.POST.get("note", "")
        try:
            text = _written(request)
            version = actions.propose(text, by_user(actor.user), organisation=home.pk, note=note)
        except PolicyError as error:
            faults = error.faults
        else:
            return redirect("portal:policy_version", home.pk, version.pk)
    return page(
        request,
        "portal/policy_new.html",
        actor,
        status=422 if faults else 200,
        organisation=home,
        text=text,
        note=note,
        faults=faults,
    )


def _current_text(home: Organisation) -> str:
    current = selectors.in_force(home.pk, timezone.now())
    if current is not None:
        return current.text
    return new(home.pk, home.name, home.country, timezone.localdate().isoformat(), "../docs/policy.schema.json")


def _written(request: HttpRequest) -> str:
    """A file, where one is sent, else what stands in the field. Raises ``PolicyError`` for what isn't text."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return request.POST.get("text", "").replace("\r\n", "\n")
    try:
        # A character is four bytes at most; what is longer is refused with the rest.
        text: str = file.read(4 * LARGEST + 4).decode("utf-8")
    except UnicodeDecodeError as error:
        sentence = _("it isn't text in UTF-8. Save it as UTF-8 in your editor.")
        raise PolicyError([Fault(line=1, key="", sentence=sentence)]) from error
    return text


@require_safe
@login_required
@vary_on_cookie
def policy_version(request: HttpRequest, organisation: str, version: int) -> HttpResponse:
    """One version: what it changes of the one in force, what that does to calls, and the way to put it in force."""
    actor, home = _organisation(request, organisation)
    found = _version(home, version)
    return _version_page(request, actor, home, found)


def _version(home: Organisation, version: int) -> PolicyVersion:
    return get_object_or_404(PolicyVersion, pk=min(version, 2**63 - 1), organisation=home)


def _version_page(
    request: HttpRequest, actor: Actor, home: Organisation, version: PolicyVersion, reasons: list[str] | None = None
) -> HttpResponse:
    proposed = version.activated_at is None
    document, faults = _document(version)
    context: dict[str, Any] = {}
    if document is not None and proposed:
        current = selectors.in_force(home.pk, timezone.now())
        context = {
            "changes": changes(_document(current)[0] if current else None, document),
            "effect": effects.of_policy(home.pk, compile_policy(document)),
            "notes": against.notes(home, document, Lines(version.text)),
            "current": current,
            "begins": max(version.valid_from, datetime.now(ZoneInfo(home.time_zone)).date()),
        }
    return page(
        request,
        "portal/policy_version.html",
        actor,
        status=409 if reasons else 200,
        organisation=home,
        version=version,
        proposed=proposed,
        faults=faults,
        reasons=reasons or [],
        may_change=may_change(actor, home),
        **context,
    )


def _document(version: PolicyVersion) -> tuple[Policy | None, list[Fault]]:
    try:
        return selectors.document(version.text), []
    except PolicyError as error:
        return None, error.faults


@require_safe
@login_required
@vary_on_cookie
def policy_text(request: HttpRequest, organisation: str, version: int) -> HttpResponse:
    """The file itself."""
    _actor, home = _organisation(request, organisation)
    response = HttpResponse(_version(home, version).text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{home.pk}.toml"'
    return response


@require_POST
@login_required
def activate_policy(request: HttpRequest, organisation: str, version: int) -> HttpResponse:
    """Put a version in force, once it is confirmed that what changes has been seen."""
    actor, home = _changeable(request, organisation)
    found = _version(home, version)
    if request.POST.get("seen") != found.digest:
        notices.error(request, _("Tick that you have seen what changes; then put it in force."))
        return redirect("portal:policy_version", home.pk, found.pk)
    try:
        active = actions.activate(found, by_user(actor.user))
    except PolicyError:
        return redirect("portal:policy_version", home.pk, found.pk)
    except actions.PolicyRefused as refused:
        return _version_page(request, actor, home, found, refused.reasons)
    now = timezone.now()
    if active.begins_at is not None and active.begins_at > now:
        told = _("Version %(version)s comes into force on %(day)s.")
        values = {"version": active.version, "day": active.valid_from}
        notices.success(request, told % values)
    else:
        notices.success(request, _("Version %(version)s is in force.") % {"version": active.version})
    return redirect("portal:policy", home.pk)
