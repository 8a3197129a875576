# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The newest proof as evidence in the policy's report."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vaxel.directory import current
from vaxel.domain.proof import Kind
from vaxel.policy.evidence.proof import ProofState
from vaxel.proof.guard import refusals
from vaxel.proof.runs import failure, proof_state

OF_GROUPS = frozenset({Kind.GROUP_EMPTY, Kind.GROUP_OF_ONE, Kind.WITHOUT_GROUP})


def newest(organisation: str) -> ProofState | None:
    """By the newest proof of ``organisation``; None before the first."""
    state, failed = proof_state(organisation), failure(organisation)
    if state is None:
        return None
    found = (*state.counterexamples, *state.warnings)
    told = _("Proof of %(at)s: %(counterexamples)d counterexamples, %(warnings)d warnings.")
    values = {
        "at": date_format(timezone.localtime(state.checked_at), "SHORT_DATETIME_FORMAT"),
        "counterexamples": len(state.counterexamples),
        "warnings": len(state.warnings),
    }
    summary, world = told % values, current.recent()
    if not state.current:
        summary += " " + _("Something has changed since; a new one is being made.")
    hours = [one for one in found if one.kind is Kind.HOURS_UNCOVERED]
    return ProofState(
        at=state.checked_at,
        summary=summary,
        counterexamples=tuple(refusals(state.counterexamples, world)),
        groups=tuple(refusals((finding for finding in found if finding.kind in OF_GROUPS), world)),
        uncovered=tuple(zip((one.subject for one in hours), refusals(hours, world), strict=True)),
        failed="" if failed is None else _("No proof has been made since: the prover failed."),
    )
