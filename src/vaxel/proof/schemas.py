# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings, and the tree of a call, as programs get them. Words are in the language of the request."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vaxel.domain.explain import Line
from vaxel.domain.proof import Finding
from vaxel.domain.world import World
from vaxel.proof.tree import Explained, branch, told, why
from vaxel.proof.words import remedy, sentence, way_in_words


def moment_out(at: float | None) -> str | None:
    """Seconds since the epoch as RFC 3339."""
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")


def finding_out(finding: Finding, zone: str) -> dict[str, Any]:
    """A finding with its sentence, told in the time zone ``zone``, and what helps."""
    return {
        "kind": finding.kind.value,
        "counterexample": finding.is_counterexample,
        "organisation": finding.organisation,
        "subject": finding.subject,
        "name": finding.name,
        "at": moment_out(finding.at),
        "way": list(finding.way),
        "way_in_words": way_in_words(finding.way),
        "clause": finding.clause,
        "seconds": finding.seconds,
        "others": finding.others,
        "detail": finding.detail,
        "sentence": sentence(finding, zone),
        "remedy": remedy(finding),
    }


def line_out(line: Line) -> dict[str, Any]:
    """A line of the tree, with its words."""
    return {
        "depth": line.depth,
        "what": line.what.value,
        "branch": line.branch,
        "digit": line.digit,
        "who": [{"id": party.id, "name": party.name, "number": party.number} for party in line.who],
        "seconds": line.seconds,
        "prompts": list(line.prompts),
        "heard": line.heard,
        "reason": line.reason,
        "clause": line.clause,
        "how": branch(line),
        "told": told(line),
        "why": why(line),
    }


def explained_out(found: Explained, world: World) -> dict[str, Any]:
    """What would happen to a call."""
    return {
        "number": found.number,
        "organisation": found.route.organisation,
        "name": found.route.dialled_name,
        "at": moment_out(found.at),
        "until": moment_out(found.until),
        "internal": found.internal,
        "policy": world.organisations[found.route.organisation].rules.version if found.route.organisation else "",
        "lines": [line_out(line) for line in found.lines],
    }
