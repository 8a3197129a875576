# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Imports for those who answer for a whole organisation: upload a file, choose its columns, see the effect, carry it out, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory.access import Actor
from vaxel.directory.audit import By, Via, by_user
from vaxel.directory.models import Organisation
from vaxel.directory.protection import note_reads
from vaxel.directory.rights import Rights
from vaxel.exchange import actions, ldap
from vaxel.exchange.apply import carry_out
from vaxel.exchange.fields import BY_NAME, FIELDS, heading
from vaxel.exchange.models import Draft, ExternalKey, Import, Material, Source, SourceKind
from vaxel.exchange.plan import Do, Options, Plan, Step
from vaxel.exchange.tables import FileRefused, Table
from vaxel.exchange.undo import undo, undoing
from vaxel.portal import seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.views import actor_of, page

SHOWN = 200
"""Rows of a kind on one page."""
SAMPLES = 3


def led(request: HttpRequest, organisation: str) -> tuple[Actor, Organisation]:
    """The organisation, when she answers for all of it. Raises ``Http404``, also for one that she may not change."""
    actor = actor_of(request)
    home = Organisation.objects.filter(pk=organisation).first()
    if home is None or not Rights(actor).leads_organisation(home.pk):
        raise Http404
    return actor, home


def _by(actor: Actor) -> By:
    return by_user(actor.user, Via.IMPORT)


@require_safe
@login_required
def exchanges(request: HttpRequest) -> HttpResponse:
    """Lead to the first organisation whose people she may export or import."""
    found = Rights(actor_of(request)).readable.order_by("name").first()
    if found is None:
        raise PermissionDenied
    return redirect("portal:exchange", found.pk)


@require_safe
@login_required
@vary_on_cookie
def exchange(request: HttpRequest, organisation: str, errors: Any = None) -> HttpResponse:
    """What comes in and goes out: the sources, the latest imports, the exports."""
    actor = actor_of(request)
    rights = Rights(actor)
    home = get_object_or_404(rights.readable, pk=organisation)
    leads = rights.leads_organisation(home.pk)
    return page(
        request,
        "portal/exchange.html",
        actor,
        status=422 if errors else 200,
        organisation=home,
        organisations=rights.readable.order_by("name"),
        leads=leads,
        sources=Source.objects.filter(organisation=home) if leads else [],
        imports=Import.objects.filter(source__organisation=home).select_related("source")[:20] if leads else [],
        drafts=Draft.objects.filter(organisation=home, user=actor.user).defer("content") if leads else [],
        held=len(_held(actor, home)) if leads else 0,
        overdue=sum(
            material.overdue for material in Material.objects.filter(organisation=home).select_related("organisation")
        ),
        errors=errors or {},
    )


# ── a file ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_POST
@login_required
def upload(request: HttpRequest, organisation: str) -> HttpResponse:
    """Keep the file until it is imported."""
    actor, home = led(request, organisation)
    file = request.FILES.get("file")
    try:
        if not isinstance(file, UploadedFile):
            raise ValidationError({"file": _("Choose a file.")})
        content: bytes = file.read()
        kind = SourceKind.VCARD if content[:200].upper().find(b"BEGIN:VCARD") >= 0 else SourceKind.CSV
        source = actions.source_of(home, request.POST.get("source", ""), kind)
        draft = actions.keep_draft(source, actor.user, file.name or "", content)
    except ValidationError as error:
        request.method = "GET"
        return exchange(request, organisation, errors=by_field(error))
    return redirect("portal:draft", home.pk, draft.pk)


@login_required
@vary_on_cookie
def draft(request: HttpRequest, organisation: str, draft: int) -> HttpResponse:
    """One file. POST shows what importing it would do, and carries that out once it has been seen; or throws the file away."""
    actor, home = led(request, organisation)
    found = get_object_or_404(
        Draft.objects.select_related("source__organisation"), pk=draft, organisation=home, user=actor.user
    )
    if request.POST.get("do") == "discard":
        found.delete()
        return redirect("portal:exchange", home.pk)
    table, kind = actions.read(bytes(found.content))
    mapping = _chosen(request, table, actions.suggested(found.source, table, kind))
    return _plan_page(request, actor, home, found.source, table, mapping, found)


@login_required
@vary_on_cookie
def ask_directory(request: HttpRequest, organisation: str, source: int) -> HttpResponse:
    """The same for an LDAP source: its directory is asked each time."""
    actor, home = led(request, organisation)
    found = get_object_or_404(
        Source.objects.select_related("organisation"), pk=source, organisation=home, kind=SourceKind.LDAP
    )
    try:
        table = ldap.read(found)
    except FileRefused as refused:
        notices.error(request, str(refused))
        return redirect("portal:source", home.pk, found.pk)
    mapping = _chosen(request, table, ldap.suggested(found, table))
    return _plan_page(request, actor, home, found, table, mapping, None)


def _chosen(request: HttpRequest, table: Table, suggested: dict[str, str]) -> dict[str, str]:
    if request.method != "POST":
        return suggested
    return {
        heading: field if (field := request.POST.get(f"column-{at}", "")) in BY_NAME else ""
        for at, heading in enumerate(table.headings)
        if heading
    }


def _options(request: HttpRequest, actor: Actor) -> Options:
    return Options(
        complete="complete" in request.POST,
        override="override" in request.POST,
        force="force" in request.POST,
        protected=actor.finds_protected,
    )


def _plan_page(
    request: HttpRequest,
    actor: Actor,
    home: Organisation,
    source: Source,
    table: Table,
    mapping: dict[str, str],
    draft: Draft | None,
) -> HttpResponse:
    plan: Plan | None = None
    errors: list[str] = []
    options = _options(request, actor)
    if request.method == "POST":
        try:
            plan = actions.planned(source, table, mapping, options)
            if request.POST.get("do") == "run" and seen.is_seen(request):
                return _run(request, actor, source, plan, mapping, draft)
        except FileRefused as refused:
            errors = [str(refused)]
        except ValidationError as error:
            errors = error.messages
    return page(
        request,
        "portal/import_plan.html",
        actor,
        status=422 if errors else 200,
        organisation=home,
        source=source,
        draft=draft,
        table=table,
        columns=_columns(table, mapping),
        fields=FIELDS,
        options=options,
        plan=plan,
        parts=_parts(plan) if plan else {},
        counts=plan.counts if plan else {},
        errors=errors,
        shown=SHOWN,
        seen=seen.digest(request.POST) if plan else "",
    )


def _run(
    request: HttpRequest, actor: Actor, source: Source, plan: Plan, mapping: dict[str, str], draft: Draft | None
) -> HttpResponse:
    done = carry_out(source, plan, _by(actor), file=draft.file if draft else "", forced=_options(request, actor).force)
    actions.keep_mapping(source, mapping)
    if draft is not None:
        draft.delete()
    notices.success(request, _("The import has been carried out."))
    return redirect("portal:import", source.organisation_id, done.pk)


def _columns(table: Table, mapping: dict[str, str]) -> list[dict[str, Any]]:
    """What each column holds, with some values of it."""
    found = []
    for at, name in enumerate(table.headings):
        if name:
            values = (row.cells[at].strip() for row in table.rows[:200])
            samples = list(dict.fromkeys(value[:60] for value in values if value))[:SAMPLES]
            known = any(heading(name) in field.headings for field in FIELDS)
            found.append({"at": at, "name": name, "field": mapping.get(name, ""), "samples": samples, "known": known})
    return found


def _parts(plan: Plan) -> dict[str, Any]:
    """What is shown of a plan: so many rows of each kind."""
    return {
        "added": [_shown(step) for step in plan.of(Do.ADD)[:SHOWN]],
        "changed": [_shown(step) for step in plan.of(Do.CHANGE)[:SHOWN]],
        "leaving": [_shown(step) for step in plan.of(Do.LEAVE)[:SHOWN]],
        "held": [_shown(step) for step in plan.steps if step.held][:SHOWN],
        "problems": plan.problems[:SHOWN],
    }


def _shown(step: Step) -> dict[str, Any]:
    def told(values: dict[str, str]) -> list[dict[str, Any]]:
        return [
            {"label": BY_NAME[name].label, "before": step.before.get(name, ""), "value": value}
            for name, value in values.items()
        ]

    return {
        "name": step.name,
        "line": step.line,
        "key": step.key,
        "fields": told(step.after),
        "held": told(step.held),
        "adopted": step.adopted,
    }


# ── what was done ───────────────────────────────────────────────────────────────────────────────────────────────────────


@login_required
@vary_on_cookie
def imported(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """One import: what it did. POST takes it back, after what can't be taken back has been seen."""
    actor, home = led(request, organisation)
    found = get_object_or_404(
        Import.objects.select_related("source__organisation"), pk=number, source__organisation=home
    )
    back, errors = None, []
    if request.method == "POST":
        back = undoing(found)
        if request.POST.get("do") == "undo" and seen.is_seen(request):
            try:
                undo(found, _by(actor))
            except ValidationError as error:
                errors = error.messages
            else:
                notices.success(request, _("The import has been taken back."))
                return redirect("portal:import", home.pk, found.pk)
    rows = found.rows.select_related("person")
    if not actor.finds_protected:
        rows = rows.exclude(person__protected=True)
    return page(
        request,
        "portal/imported.html",
        actor,
        status=422 if errors else 200,
        organisation=home,
        done=found,
        rows=[_shown_row(row) for row in rows[:SHOWN]],
        more=max(rows.count() - SHOWN, 0),
        back=back,
        errors=errors,
        seen=seen.digest(request.POST) if back else "",
    )


def _shown_row(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "key": row.key,
        "done": row.get_done_display(),
        "fields": [
            {"label": BY_NAME[name].label, "before": row.before.get(name, ""), "value": value}
            for name, value in row.after.items()
        ],
    }


def _held(actor: Actor, home: Organisation) -> list[tuple[ExternalKey, dict[str, str], dict[str, str]]]:
    return [
        (key, now, said)
        for key, now, said in actions.all_held(home)
        if actor.finds_protected or not (key.person and key.person.protected)
    ]


@login_required
@vary_on_cookie
def held(request: HttpRequest, organisation: str) -> HttpResponse:
    """What was changed by hand, and what the sources say instead. POST lets go of one field."""
    actor, home = led(request, organisation)
    rows = _held(actor, home)
    errors: list[str] = []
    if request.method == "POST":
        wanted = request.POST.get("key", "")
        key = next((key for key, _now, _said in rows if str(key.pk) == wanted), None)
        if key is None:
            raise Http404
        try:
            person = actions.let_go(key, request.POST.get("field", ""), _by(actor))
        except ValidationError as error:
            errors = error.messages
        else:
            notices.success(request, _("%(name)s follows the source again.") % {"name": person.name})
            return redirect("portal:held", home.pk)
    note_reads(actor, [key.person for key, _now, _said in rows])
    shown = [
        {"key": key, "field": name, "label": BY_NAME[name].label, "now": now[name], "said": told}
        for key, now, said in rows
        for name, told in said.items()
    ]
    return page(
        request,
        "portal/held.html",
        actor,
        status=422 if errors else 200,
        organisation=home,
        rows=shown[:1000],
        errors=errors,
    )
