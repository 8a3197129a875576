# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two proofs beside each other: what a change would bring, and what it would mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

from msgspec import Struct

from vaxel.domain.proof import Finding, Kind, Proof

COUNTED = frozenset({Kind.DEAD_END, Kind.RINGS_TOO_LONG, Kind.NO_GREETING, Kind.NO_TELEPHONE})
"""Of these any number may stand for those that are alike: they are compared by the way, and how many there are."""


class Comparison(Struct, frozen=True, kw_only=True):
    """``new`` and ``gone`` are findings, worst first."""

    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()

    @property
    def counterexamples(self) -> tuple[Finding, ...]:
        """The new ones that refuse a change."""
        return tuple(finding for finding in self.new if finding.is_counterexample)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The new ones that somebody may accept."""
        return tuple(finding for finding in self.new if not finding.is_counterexample)


def compared(before: Proof, after: Proof) -> Comparison:
    """What ``after`` has that ``before`` hadn't, and the other way round."""
    old, new = before.findings, after.findings
    return Comparison(new=tuple(_more(new, old)), gone=tuple(_more(old, new)))


def _more(found: Iterable[Finding], than: Iterable[Finding]) -> Iterable[Finding]:
    left: Counter[Hashable] = Counter()
    for finding in than:
        left[_what(finding)] += 1 + finding.others
    mine: Counter[Hashable] = Counter()
    found = list(found)
    for finding in found:
        mine[_what(finding)] += 1 + finding.others
    told: set[Hashable] = set()
    for finding in found:
        what = _what(finding)
        if mine[what] > left[what] and what not in told:
            told.add(what)
            yield finding


def _what(finding: Finding) -> Hashable:
    if finding.kind in COUNTED:
        return finding.kind, finding.way
    return finding.kind, finding.subject, finding.detail
