# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence from the proof that no call is left ringing. The prover gives its newest result through ``STATES``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.policy.evidence.base import Case, Evidence, Look, State, judged, nothing
from vaxel.policy.parameters import calls
from vaxel.policy.parameters.hours import Staffed


class ProofState(Struct, frozen=True, kw_only=True):
    """A proof of one organisation: when it was made, and what it says in words. ``counterexamples`` and ``groups`` are sentences.

    ``groups``: groups that are empty or of one, people who answer the same questions without a group. ``uncovered``: key of a unit or
    group and the sentence, where everybody of it is absent in its hours. ``failed``: why it is older than it should be, "" when it isn't.
    """

    at: datetime
    summary: str
    counterexamples: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    uncovered: tuple[tuple[str, str], ...] = ()
    failed: str = ""


STATES: list[Callable[[str], ProofState | None]] = []
"""Given an organisation's id: its newest proof, None while there is none."""


def _newest(look: Look) -> ProofState | None:
    found = [state for ask in STATES if (state := ask(look.organisation.pk)) is not None]
    return max(found, key=lambda state: state.at, default=None)


def _unproved() -> Evidence:
    return nothing(_("There is no proof yet: run `vaxel prove`."))


def route_proof(control: calls.RouteProof, look: Look) -> Evidence:
    """No counterexample of any kind."""
    state = _newest(look)
    if state is None:
        return _unproved()
    cases = [Case(text=text) for text in state.counterexamples]
    return _unless_failed(state, judged(bool(cases), state.summary, cases, {"counterexamples": len(cases)}))


def _unless_failed(state: ProofState, found: Evidence) -> Evidence:
    """A proof that couldn't be made anew keeps nothing green."""
    if not state.failed or found.state is State.BROKEN:
        return found
    return Evidence(state=State.NOT_MEASURED, summary=f"{found.summary} {state.failed}", figures=found.figures)


def staffed(control: Staffed, look: Look) -> Evidence:
    """In no unit or group everybody is absent while it is open, by the absences that are known."""
    state = _newest(look)
    if state is None:
        return _unproved()
    cases = [Case(text=text) for owner, text in state.uncovered if look.concerns(control, owner)]
    told = _(
        "%(n)d times in the coming year at which everybody of a unit or group is absent in its hours, by the newest proof."
    )
    return _unless_failed(state, judged(bool(cases), told % {"n": len(cases)}, cases, {"uncovered": len(cases)}))


def group_numbers(control: calls.GroupNumbers, look: Look) -> Evidence:
    """No group is empty or of one, and nobody who answers the same questions is without a group."""
    state = _newest(look)
    if state is None:
        return _unproved()
    cases = [Case(text=text) for text in state.groups]
    summary = _("%(n)d faults of groups by the newest proof.") % {"n": len(cases)}
    return _unless_failed(state, judged(bool(cases), summary, cases, {"faults": len(cases)}))
