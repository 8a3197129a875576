# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two proofs beside each other: what a change would bring, and what it would mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator

from msgspec import Struct

from vaxel.domain.proof import Finding, Kind, Proof

COUNTED = frozenset({Kind.DEAD_END, Kind.RINGS_TOO_LONG, Kind.NO_GREETING, Kind.NO_TELEPHONE})
"""Of these any number may stand for those that are alike: they are compared by the way, and how many there are."""
WALKED = frozenset({Kind.DEAD_END, Kind.RINGS_TOO_LONG})


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
    old, new = _Counted(before, before.world.numbers), _Counted(after, before.world.numbers)
    return Comparison(new=tuple(new.more_than(old)), gone=tuple(old.more_than(new)))


class _Counted:
    """The findings of ``proof``. A fault that there was already isn't made worse by numbers that aren't ``known``: they are new."""

    def __init__(self, proof: Proof, known: Collection[str]) -> None:
        self.findings = proof.findings
        self.of: Counter[Hashable] = Counter()
        for finding in self.findings:
            self.of[_what(finding)] += _count(finding, proof, known)

    def more_than(self, other: _Counted) -> Iterator[Finding]:
        told: set[Hashable] = set()
        for finding in self.findings:
            what = _what(finding)
            if (what not in other.of or self.of[what] > other.of[what]) and what not in told:
                told.add(what)
                yield finding


def _count(finding: Finding, proof: Proof, known: Collection[str]) -> int:
    if finding.kind not in WALKED:
        return 1 + finding.others
    return sum(number in known for number in proof.numbers(finding))


def _what(finding: Finding) -> Hashable:
    if finding.kind in COUNTED:
        return finding.kind, finding.way
    return finding.kind, finding.subject, finding.detail
