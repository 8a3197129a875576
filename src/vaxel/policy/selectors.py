# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which policy holds when."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache

import msgspec
from django.db.models import Q, QuerySet

from vaxel.policy.compile import Compiled, compile_policy
from vaxel.policy.document import Policy
from vaxel.policy.faults import PolicyError
from vaxel.policy.load import parse
from vaxel.policy.models import PolicyVersion

log = logging.getLogger(__name__)


def holding(moment: datetime) -> QuerySet[PolicyVersion]:
    """The versions in force at ``moment``, of all organisations; at most one each."""
    # Its day may have come, and the worker not have proved it yet: until then the one before holds.
    begun = Q(begun=True, begins_at__lte=moment)
    return PolicyVersion.objects.filter(begun & (Q(replaced_at=None) | Q(replaced_at__gt=moment)))


def in_force(organisation: str, moment: datetime) -> PolicyVersion | None:
    """The version of ``organisation`` in force at ``moment``; None when there was none."""
    return holding(moment).filter(organisation=organisation).order_by("-begins_at", "-id").first()


def versions_between(organisation: str, start: datetime, end: datetime) -> list[PolicyVersion]:
    """Those in force at any time from ``start`` to ``end``, in order."""
    found = PolicyVersion.objects.filter(organisation=organisation, begun=True, begins_at__lt=end)
    return list(found.filter(Q(replaced_at=None) | Q(replaced_at__gt=start)).order_by("begins_at", "id"))


@lru_cache(maxsize=64)
def document(text: str) -> Policy:
    """A version's text, read once. Raises ``PolicyError`` when this Vaxel no longer takes what an earlier one took."""
    return parse(text)


@lru_cache(maxsize=64)
def _compiled(text: str) -> Compiled:
    return compile_policy(document(text))


def compiled(version: PolicyVersion) -> Compiled:
    """What ``version`` comes to for routing."""
    try:
        return _compiled(version.text)
    except PolicyError:
        log.warning(
            "a policy in force can't be read any longer; going on by what it came to when it was activated",
            extra={"organisation": version.organisation_id, "version": version.pk},
        )
        return msgspec.convert(version.compiled, Compiled)


def rules_now(moment: datetime) -> dict[str, Compiled]:
    """Organisation → its policy in force at ``moment``. One query."""
    return {version.organisation_id: compiled(version) for version in holding(moment)}
