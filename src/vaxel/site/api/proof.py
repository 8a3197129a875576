# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/proof`` and ``/explain`` of the REST API."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from msgspec.structs import replace
from ninja import Router, Schema
from ninja.params import functions as parameter

from vaxel.directory import current
from vaxel.directory.models import Organisation
from vaxel.directory.moments import Moment
from vaxel.domain.proof import Finding
from vaxel.proof import tree
from vaxel.proof.hiding import Hiding
from vaxel.proof.runs import State, proof_state
from vaxel.proof.schemas import explained_out, finding_out
from vaxel.site.api.auth import operator_of
from vaxel.site.api.types import OrganisationId

router = Router(tags=["proof"])

Digits = Annotated[str, parameter.Path(pattern=r"^[0-9]{3,15}$", description="E.164 digits, without +.")]
Caller = Annotated[str, parameter.Query(pattern=r"^[0-9]{0,15}$", description="Who calls; anybody outside without.")]


class FindingOut(Schema):
    """Something that the proof found. A counterexample breaks a promise to callers; a warning will, sooner or later.

    ``subject`` is a number, or the id of a person, group, unit or organisation; ``others`` is how many more are alike.
    """

    kind: str
    counterexample: bool
    organisation: str
    subject: str
    name: str
    at: datetime | None
    way: list[str]
    way_in_words: list[str]
    clause: str
    seconds: float
    others: int
    detail: str
    sentence: str
    remedy: str


class ProofOut(Schema):
    """``proved`` is null before the first proof. ``current``: nothing has changed since ``checked_at``."""

    organisation: str
    proved: bool | None
    made_at: datetime | None
    checked_at: datetime | None
    current: bool
    counterexamples: list[FindingOut]
    warnings: list[FindingOut]


class PartyOut(Schema):
    id: str
    name: str
    number: str


class LineOut(Schema):
    """One line of the tree. Lines of one ``depth`` follow each other; deeper ones are ways off the line before them."""

    depth: int
    what: str
    branch: str
    digit: str
    who: list[PartyOut]
    seconds: float
    prompts: list[str]
    heard: str
    reason: str
    clause: str
    how: str
    told: str
    why: str


class ExplainedOut(Schema):
    """``until``: when calls first go another way, null when not within a week. ``policy``: the version of the policy that decided."""

    number: str
    organisation: str
    name: str
    at: datetime
    until: datetime | None
    internal: bool
    policy: str
    lines: list[LineOut]


@router.get("/proof", response=list[ProofOut], summary="Whether every call is proved to end well")
def list_proofs(request: HttpRequest, organisation: OrganisationId = "") -> list[dict[str, Any]]:
    actor, _operator = operator_of(request)
    homes = Organisation.objects.filter(pk__in=actor.chosen(organisation)).order_by("id")
    hiding = Hiding(actor, current.recent())
    return [_proof_out(home, proof_state(home.pk), hiding) for home in homes]


def _proof_out(home: Organisation, state: State | None, hiding: Hiding) -> dict[str, Any]:
    if state is None:
        empty = {"proved": None, "made_at": None, "checked_at": None, "current": False}
        return {"organisation": home.pk, **empty, "counterexamples": [], "warnings": []}

    def shown(findings: Iterable[Finding]) -> list[dict[str, Any]]:
        return [finding_out(hiding.finding(finding), home.time_zone) for finding in findings]

    return {
        "organisation": home.pk,
        "proved": not state.counterexamples,
        "made_at": state.made_at,
        "checked_at": state.checked_at,
        "current": state.current,
        "counterexamples": shown(state.counterexamples),
        "warnings": shown(state.warnings),
    }


@router.get("/explain/{number}", response=ExplainedOut, summary="What would happen to a call, and why")
def explain(request: HttpRequest, number: Digits, at: Moment | None = None, caller: Caller = "") -> dict[str, Any]:
    actor, _operator = operator_of(request)
    world = current.world()
    known, hiding = world.numbers.get(number), Hiding(actor, world)
    if known is None or known.organisation not in actor.organisations or hiding.hides(number):
        raise Http404
    found = tree.explained(number, caller, at.timestamp() if at is not None else time.time(), world)
    return explained_out(replace(found, lines=hiding.lines(found.lines)), world)
