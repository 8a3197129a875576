# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sources of an organisation's people: LDAP directories with their settings, SCIM doors with their tokens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory.access import Actor
from vaxel.directory.audit import Via, acting, by_user
from vaxel.directory.models import Organisation
from vaxel.directory.tokens import hashed, new_api_token
from vaxel.exchange.models import Source, SourceKind
from vaxel.portal.import_views import led
from vaxel.portal.views import page

OF_LDAP = ("url", "base", "filter", "user", "nightly")


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A password that isn't typed again stays."""

    password = forms.CharField(
        label=gettext_lazy("password"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Empty: as it was."),
    )

    class Meta:
        model = Source
        fields = ("name", *OF_LDAP, "protected")

    def __init__(self, *arguments: Any, may_protect: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.instance.kind != SourceKind.LDAP:
            for name in (*OF_LDAP, "password"):
                del self.fields[name]
        else:
            self.fields["url"].required = self.fields["base"].required = True
        if not may_protect:
            del self.fields["protected"]
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "ds-input")

    def save(self, commit: bool = True) -> Source:
        if typed := self.cleaned_data.get("password"):
            self.instance.password = typed
        saved: Source = super().save(commit)
        return saved


@login_required
@vary_on_cookie
def new_source(request: HttpRequest, organisation: str, kind: str) -> HttpResponse:
    """A new LDAP directory, SCIM door or other program."""
    actor, home = led(request, organisation)
    if kind not in (SourceKind.LDAP, SourceKind.SCIM, SourceKind.REST):
        return redirect("portal:exchange", home.pk)
    return _source_page(request, actor, home, Source(organisation=home, kind=kind))


@login_required
@vary_on_cookie
def source(request: HttpRequest, organisation: str, source: int) -> HttpResponse:
    """One source. POST saves it, makes a new token, or deletes the source: the people stay."""
    actor, home = led(request, organisation)
    found = get_object_or_404(Source, pk=source, organisation=home)
    if request.POST.get("do") == "delete":
        with acting(by_user(actor.user, Via.WEB)):
            found.delete()
        notices.success(request, _("The source has been deleted. Its people stay in the directory."))
        return redirect("portal:exchange", home.pk)
    if request.POST.get("do") == "token" and found.kind == SourceKind.SCIM:
        _new_token(request, actor, found)
        return redirect("portal:source", home.pk, found.pk)
    return _source_page(request, actor, home, found)


def _source_page(request: HttpRequest, actor: Actor, home: Organisation, found: Source) -> HttpResponse:
    form = SourceForm(request.POST or None, instance=found, may_protect=actor.finds_protected)
    fresh = found.pk is None
    if request.method == "POST" and form.is_valid():
        try:
            found.validate_constraints()
        except ValidationError as error:
            form.add_error("name", error.messages[0])
        else:
            with acting(by_user(actor.user, Via.WEB)):
                form.save()
            if fresh and found.kind == SourceKind.SCIM:
                _new_token(request, actor, found)
            else:
                notices.success(request, _("The source has been saved."))
            return redirect("portal:source", home.pk, found.pk)
    return page(
        request,
        "portal/source.html",
        actor,
        status=422 if form.errors else 200,
        organisation=home,
        source=found,
        fresh=fresh,
        form=form,
        people=found.keys.filter(person__isnull=False, gone=False).count() if not fresh else 0,
        address=request.build_absolute_uri("/scim/v2"),
    )


def _new_token(request: HttpRequest, actor: Actor, found: Source) -> None:
    """Shown once; of it only the hash is kept."""
    token = new_api_token()
    with acting(by_user(actor.user, Via.WEB)):
        found.sha256 = hashed(token)
        found.save(update_fields=["sha256"])
    notices.success(request, _("The token is %(token)s. It is not shown again.") % {"token": token})
