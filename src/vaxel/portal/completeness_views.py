# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is missing in the directory, unit by unit, and who is to mend it (AAB-25…29, SOL-5)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory import completeness as directory
from vaxel.directory.keys import row
from vaxel.directory.models import Person
from vaxel.directory.protection import note_reads
from vaxel.directory.rights import Rights
from vaxel.portal.views import actor_of, page

MOST_TOLD = 12
"""More lacks of one unit are only counted: a unit in which nothing is entered would fill the page."""


@require_safe
@login_required
@vary_on_cookie
def completeness(request: HttpRequest) -> HttpResponse:
    """Of the organisations that she serves, or of which she keeps a part."""
    actor = actor_of(request)
    rights = Rights(actor)
    homes = list(rights.readable.order_by("name"))
    if not homes:
        raise PermissionDenied
    chosen = request.GET.get("organisation", "") or homes[0].pk
    home = next((one for one in homes if one.pk == chosen), None)
    if home is None:
        raise Http404
    scores = directory.scores(home)
    rows, named = [], list[int]()
    for score in scores:
        lacks = [lack for lack in score.lacks if actor.finds_protected or not lack.protected]
        named += [row(lack.about, "p") or 0 for lack in lacks[:MOST_TOLD] if lack.protected]
        rows.append(
            {
                "score": score,
                "lacks": lacks[:MOST_TOLD],
                "more": len(lacks[MOST_TOLD:]),
                "may": rights.may_change_unit(score.unit, home.pk),
            }
        )
    note_reads(actor, Person.objects.filter(pk__in=named))
    wanted, there = sum(one.wanted for one in scores), sum(one.there for one in scores)
    return page(
        request,
        "portal/completeness.html",
        actor,
        homes=homes,
        home=home,
        rows=rows,
        percent=round(100 * there / wanted, 1) if wanted else 100.0,
        stale=sum(not one.fresh for one in scores),
        months=directory.review_months(home),
    )
