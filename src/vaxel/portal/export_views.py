# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People as files, the printed list, and the register of material that must be reviewed (TAN-15)."""

from __future__ import annotations

from django import forms
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory.access import Actor
from vaxel.directory.audit import By, by_user
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation, Person
from vaxel.directory.protection import may_know, somebody
from vaxel.directory.rights import Rights
from vaxel.exchange import export, materials
from vaxel.exchange.models import Material, MaterialKind
from vaxel.exchange.tables import FileRefused
from vaxel.portal import colleagues
from vaxel.portal.views import actor_of, page


@require_safe
@login_required
@vary_on_cookie
def people(request: HttpRequest, organisation: str, form: str) -> HttpResponse:
    """The people of an organisation that she serves, or has a role in. On paper nobody with protected identity, whoever asks.

    Notes to the switchboard are for operators and for those who answer for all of it.
    """
    actor = actor_of(request)
    rights = Rights(actor)
    home = get_object_or_404(rights.readable, pk=organisation)
    if form not in export.CONTENT_TYPES:
        raise Http404
    protected = actor.finds_protected and form != "pdf"
    try:
        inner = home.pk in actor.organisations or rights.leads_organisation(home.pk)
        content = export.made(form, home, export.everybody(home, protected=protected), inner=inner)
    except FileRefused as refused:
        notices.error(request, str(refused))
        return redirect("portal:exchange", home.pk)
    answer = HttpResponse(content, content_type=export.CONTENT_TYPES[form])
    name = f"{home.pk}-{today_in(home.time_zone).isoformat()}.{form}"
    answer.headers["Content-Disposition"] = f'{"inline" if form == "pdf" else "attachment"}; filename="{name}"'
    return answer


# ── material ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class MaterialForm(forms.ModelForm):  # type: ignore[type-arg]
    """The owner is one of the organisation's own, written as everywhere."""

    owner = forms.CharField(
        label=gettext_lazy("answers for it"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A name or a number. Empty: the staff of the switchboard."),
    )

    class Meta:
        model = Material
        fields = ("name", "kind", "place", "owner", "days", "note")

    def __init__(self, *arguments: object, actor: Actor, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._before: Person | None = self.instance.owner
        if self._before is not None:
            self.initial["owner"] = colleagues.named(self._before) if may_know(actor, self._before) else somebody()
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "ds-input")

    def clean_owner(self) -> Person | None:
        text: str = self.cleaned_data["owner"]
        if text == self.initial.get("owner"):
            return self._before
        return colleagues.one_named(text, self.instance.organisation_id) if text else None


def _kept(form: MaterialForm, by: By) -> bool:
    """Whether it could be saved; the form tells why not: two of an organisation's may not have the same name."""
    if not form.is_valid():
        return False
    try:
        materials.keep(form.instance, by)
    except ValidationError as error:
        form.add_error("name", error.messages)
        return False
    return True


def _home(request: HttpRequest, organisation: str) -> tuple[Actor, Organisation]:
    actor = actor_of(request)
    return actor, get_object_or_404(Rights(actor).readable, pk=organisation)


@login_required
@vary_on_cookie
def all_materials(request: HttpRequest, organisation: str) -> HttpResponse:
    """What must be reviewed, the most urgent first. POST adds one."""
    actor, home = _home(request, organisation)
    fresh = Material(organisation=home, kind=MaterialKind.TELEPHONE_LIST)
    form = MaterialForm(request.POST or None, instance=fresh, actor=actor)
    if request.method == "POST" and _kept(form, by_user(actor.user)):
        notices.success(request, _("The material has been entered."))
        return redirect("portal:materials", home.pk)
    return page(
        request,
        "portal/materials.html",
        actor,
        status=422 if form.errors else 200,
        organisation=home,
        rows=materials.due(home),
        form=form,
    )


@login_required
@vary_on_cookie
def material(request: HttpRequest, organisation: str, material: int) -> HttpResponse:
    """One of them. POST changes it, says that it has been reviewed today, or takes it out of the register."""
    actor, home = _home(request, organisation)
    found = get_object_or_404(Material, pk=material, organisation=home)
    do, by = request.POST.get("do", ""), by_user(actor.user)
    if do == "reviewed":
        materials.review(found, by)
        notices.success(request, _("“%(name)s” has been reviewed.") % {"name": found.name})
        return redirect("portal:materials", home.pk)
    if do == "delete":
        if not Rights(actor).leads_organisation(home.pk):
            raise PermissionDenied
        materials.remove(found, by)
        return redirect("portal:materials", home.pk)
    form = MaterialForm(request.POST or None, instance=found, actor=actor)
    if request.method == "POST" and _kept(form, by):
        notices.success(request, _("The material has been saved."))
        return redirect("portal:materials", home.pk)
    return page(
        request,
        "portal/material.html",
        actor,
        status=422 if form.errors else 200,
        organisation=home,
        material=found,
        form=form,
    )
