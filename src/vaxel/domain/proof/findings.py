# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the prover finds: counterexamples, which break a promise to callers, and warnings, which will sooner or later."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """The words for each, and its remedy, are in ``vaxel.proof.words``."""

    DEAD_END = "dead_end"
    RINGS_TOO_LONG = "rings_too_long"
    NEVER_OPENS = "never_opens"
    NO_OWNER = "no_owner"
    REFERRAL_RING = "referral_ring"
    REFERRED_TO_NOBODY = "referred_to_nobody"
    REFERRED_TO_ABSENT = "referred_to_absent"
    HOURS_UNCOVERED = "hours_uncovered"
    FORBIDDEN_HOURS = "forbidden_hours"
    NO_OPERATORS = "no_operators"
    TOO_FEW_TRAINED = "too_few_trained"
    NO_GREETING = "no_greeting"
    NO_TELEPHONE = "no_telephone"
    GROUP_EMPTY = "group_empty"
    GROUP_OF_ONE = "group_of_one"
    WITHOUT_GROUP = "without_group"


COUNTEREXAMPLES = frozenset(
    {Kind.DEAD_END, Kind.RINGS_TOO_LONG, Kind.NEVER_OPENS, Kind.NO_OWNER, Kind.REFERRAL_RING, Kind.FORBIDDEN_HOURS}
)
"""These refuse a change; the others warn."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing found. ``subject`` is a number, or the key of a person, group, unit, schedule or organisation; ``name`` for reading.

    ``at`` is a moment at which it shows (seconds since the epoch), ``way`` what happens on the way there (codes of ``ways``), ``seconds``
    how long, ``others`` how many more are alike, ``detail`` whom else it concerns.
    """

    kind: Kind
    organisation: str
    subject: str
    name: str = ""
    at: float | None = None
    way: tuple[str, ...] = ()
    clause: str = ""
    seconds: float = 0.0
    others: int = 0
    detail: str = ""

    @property
    def is_counterexample(self) -> bool:
        return self.kind in COUNTEREXAMPLES


def order(finding: Finding) -> tuple[bool, int, str, str]:
    """Counterexamples first, shortest first."""
    return not finding.is_counterexample, len(finding.way), finding.kind, finding.subject
