# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages that carry a program: each hands its script what it needs to begin with, and nothing more."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from vaxel.calls import words
from vaxel.console.lending import lend_citizen_phone
from vaxel.console.own_keys import own_keys
from vaxel.directory.models import Hours, NumberKind, Operator, Organisation, Phone, PhoneKind
from vaxel.directory.tokens import CONSOLE_SECONDS, console_token
from vaxel.site.config import config
from vaxel.telephony.engine.model import EMERGENCY

LANGUAGES = ("sv", "nb", "da", "en")
PEOPLE_TO_RING = 6
LONGEST_REFUSAL = 400


@require_safe
@login_required
@ensure_csrf_cookie
def console(request: HttpRequest) -> HttpResponse:
    """The operator's page. 403 for users who are no operators."""
    operator = _operator(request)
    return render(request, "console/console.html", {"program": "console", "boot": console_boot(request, operator)})


def console_boot(request: HttpRequest, operator: Operator) -> dict[str, Any]:
    """``ConsoleBoot`` of ``assets/src/boot.ts``."""
    phone = operator.phones.filter(kind=PhoneKind.BROWSER).order_by("pk").first()
    return {
        "live_url": config().live_url,
        "token": _token(request, operator),
        "token_url": reverse("console-token"),
        "login_url": f"{reverse('portal:log_in')}?next={reverse('console')}",
        "pages_url": reverse("portal:calls"),
        "api_url": "/api/v1",
        "csrf": get_token(request),
        "language": _language(),
        "sip": _sip(phone, operator.name),
        "desk_phones": desk_phones(operator),
        "keys": own_keys(operator.user),
        "colours": dict(operator.organisations.exclude(colour="").values_list("pk", "colour")),
        "emergency": EMERGENCY,
        "log_out_url": reverse("portal:log_out"),
        "refusal_url": reverse("console-refusal"),
    }


def desk_phones(operator: Operator) -> list[dict[str, str]]:
    """Desk phones at which she may sit, a colleague's too while that one is away: ``{"user": SIP user, "name": what stands on it}``."""
    phones = Phone.objects.filter(kind=PhoneKind.DESK, organisation__in=operator.organisations.all(), person=None)
    return [{"user": phone.user, "name": phone.label or phone.user} for phone in phones.order_by("label", "user")]


@require_safe
def token(request: HttpRequest) -> JsonResponse:
    """A fresh token for the live hub: ``{"token": …}``. 401 when nobody is logged in any more, 403 for no operator."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "unauthenticated"}, status=401)
    return JsonResponse({"token": _token(request, _operator(request))})


def _token(request: HttpRequest, operator: Operator) -> str:
    """Good for as long as the session is, and no longer than a day's work."""
    return console_token(operator.key, seconds=min(CONSOLE_SECONDS, request.session.get_expiry_age()))


@require_safe
@login_required
def refusal(request: HttpRequest) -> HttpResponse:
    """A refusal of the live hub in the operator's language: ``{"text": …}`` of ``text`` and the fields beside it, as the hub gave them."""
    fields = request.GET.dict()
    text = fields.pop("text", "")
    if not 0 < len(text) <= LONGEST_REFUSAL:
        return JsonResponse({"error": "invalid"}, status=400)
    # Not str.format: the text comes from outside.
    shown = _(text)
    for name, value in fields.items():
        shown = shown.replace(f"{{{name}}}", words.word(words.STATES, value) if name == "state" else value)
    return JsonResponse({"text": shown})


@require_safe
def citizen(request: HttpRequest) -> HttpResponse:
    """A citizen's telephone in the browser, for the demonstration: it rings any of its numbers."""
    phone = lend_citizen_phone(request.session)
    boot = {"language": _language(), "sip": _sip(phone, ""), "organisations": numbers_to_ring() if phone else []}
    return render(request, "console/citizen.html", {"program": "citizen", "boot": boot})


def numbers_to_ring() -> list[dict[str, Any]]:
    """Each organisation's main number and a few direct numbers, for the citizen's page."""
    switchboards = set(
        Hours.objects.filter(unit=None, group=None, person=None, only_exceptions=False).values_list(
            "organisation_id", flat=True
        )
    )
    return [
        # Where some keep hours, a visitor at night wants to know who doesn't.
        _to_ring(organisation, always_open=bool(switchboards) and organisation.pk not in switchboards)
        for organisation in Organisation.objects.order_by("name")
    ]


def _to_ring(organisation: Organisation, *, always_open: bool) -> dict[str, Any]:
    numbers = organisation.numbers.filter(kind=NumberKind.DIRECT, person__protected=False).select_related("person")
    return {
        "name": _("%(name)s – open at any hour") % {"name": organisation.name} if always_open else organisation.name,
        "main_number": organisation.main_number,
        "people": [
            {"number": number.number, "name": number.person.name}
            for number in numbers.order_by("number")[:PEOPLE_TO_RING]
            if number.person is not None
        ],
    }


def _operator(request: HttpRequest) -> Operator:
    user = request.user
    operator = Operator.objects.filter(user=user).first() if user.is_authenticated else None
    if operator is None:
        raise PermissionDenied(_("You are logged in, but not as an operator. Ask your administrator."))
    return operator


def _sip(phone: Phone | None, name: str) -> dict[str, str] | None:
    if phone is None:
        return None
    return {"url": config().sip_ws_url, "user": phone.user, "password": phone.password, "name": name}


def _language() -> str:
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"
