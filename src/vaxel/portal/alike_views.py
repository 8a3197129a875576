# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All whom one finding of a proof concerns: it names the first, and counts the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.directory.keys import row
from vaxel.directory.models import Person
from vaxel.directory.protection import somebody
from vaxel.directory.rights import Rights
from vaxel.domain.proof import Finding, Proof
from vaxel.domain.world import World
from vaxel.portal.proof_views import note_reads_of, organisation_of
from vaxel.portal.views import page
from vaxel.proof import known, words
from vaxel.proof.hiding import Hiding

PAGE = 100


@require_safe
@login_required
@vary_on_cookie
def alike(request: HttpRequest, organisation: str) -> HttpResponse:
    """By name, a hundred a page. ``kind`` and ``subject`` tell which finding is meant, the first of its kind without the latter."""
    actor, home = organisation_of(request, organisation)
    proof = known.proof_of(home.pk)
    query = {name: request.GET.get(name, "")[:64] for name in ("kind", "subject")}
    finding = _finding(proof, **query)
    hiding = Hiding(actor, proof.world)
    rows = sorted(_rows(proof.concerned(finding), proof.world, hiding), key=lambda one: one["name"].casefold())
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    _link(shown.object_list, Rights(actor))
    note_reads_of(actor, [one["key"] for one in shown.object_list], proof.world)
    return page(
        request,
        "portal/alike.html",
        actor,
        organisation=home,
        title=words.title(finding.kind),
        remedy=words.remedy(finding),
        clause=finding.clause,
        rows=shown,
        query=query,
    )


def _finding(proof: Proof, kind: str, subject: str) -> Finding:
    """Raises ``Http404`` when it isn't found any longer."""
    for finding in proof.findings:
        if finding.kind.value == kind and subject in ("", finding.subject):
            return finding
    raise Http404


def _rows(concerned: Iterable[str], world: World, hiding: Hiding) -> list[dict[str, Any]]:
    """Of keys of people and groups, or numbers."""
    found = []
    for key in concerned:
        number = world.numbers.get(key)
        owner = number.owner if number is not None else key
        known_as = world.people.get(owner) or world.groups.get(owner)
        if hiding.hides_person(owner):
            found.append({"key": "", "name": somebody(), "number": ""})
        elif known_as is not None:
            found.append(
                {"key": owner, "name": known_as.name, "number": key if number is not None else known_as.number}
            )
        else:
            home = world.organisations[number.organisation] if number is not None else None
            found.append({"key": "", "name": home.name if home is not None else key, "number": key if home else ""})
    return found


def _link(rows: Iterable[dict[str, Any]], rights: Rights) -> None:
    """To what the directory says of each, where the reader may change it."""
    people = Person.objects.select_related("unit").in_bulk([row(one["key"], "p") or 0 for one in rows])
    for one in rows:
        person = people.get(row(one["key"], "p") or 0)
        if person is not None and rights.may_describe(person):
            one["link"] = reverse("portal:describe", args=[person.key])
