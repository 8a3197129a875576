# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public list (AAB-6): whom a citizen may ring or write to directly, for everybody to read, as page, CSV and JSON."""

from __future__ import annotations

import csv
import io
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.directory.models import Organisation
from vaxel.exchange.export import harmless
from vaxel.exchange.public import Public, etag, published

SECONDS = 300
"""For which browsers and proxies may keep it."""


@require_safe
def public_list(request: HttpRequest, organisation: str, form: str = "") -> HttpResponse:
    """Without log-in. In the organisation's language."""
    home = get_object_or_404(Organisation, pk=organisation.replace("\x00", ""))
    if form not in ("", "csv", "json"):
        raise Http404
    version = etag(home, form)
    if request.headers.get("If-None-Match") == version:
        return _cached(HttpResponse(status=304), version)
    with translation.override(home.language):
        found = published(home)
        if form == "json":
            answer = HttpResponse(orjson.dumps(_json(home, found)), content_type="application/json")
        elif form == "csv":
            answer = HttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
            answer.headers["Content-Disposition"] = f'attachment; filename="{home.pk}.csv"'
        else:
            answer = render(
                request, "portal/public.html", {"organisation": home, "found": found, "language": home.language}
            )
    answer.headers["Content-Language"] = home.language
    if form:
        # For the municipality's own web pages, which are another origin.
        answer.headers["Access-Control-Allow-Origin"] = "*"
    return _cached(answer, version)


def _cached(answer: HttpResponse, version: str) -> HttpResponse:
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    answer.headers["ETag"] = version
    return answer


def _json(home: Organisation, found: list[Public]) -> dict[str, Any]:
    return {
        "organisation": home.name,
        "people": [
            {
                "name": one.name,
                "title": one.title,
                "unit": one.unit,
                "numbers": [f"+{n}" for n in one.numbers],
                "email": one.email,
            }
            for one in found
        ],
    }


def _csv(found: list[Public]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("name"), _("title"), _("unit"), _("direct numbers"), _("e-mail")])
    for one in found:
        numbers = ", ".join(f"+{number}" for number in one.numbers)
        writer.writerow([harmless(cell) for cell in (one.name, one.title, one.unit, numbers, one.email)])
    return text.getvalue().encode("utf-8-sig")
