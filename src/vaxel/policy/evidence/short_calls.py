# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence of short calls (GNO-9): how long people talked, and how often a call-back was promised instead."""

from __future__ import annotations

from statistics import median

from django.utils.translation import gettext as _

from vaxel.calls.models import Call, Direction
from vaxel.duties.models import Message
from vaxel.policy.evidence.base import Evidence, Look, judged, no_calls
from vaxel.policy.parameters import calls
from vaxel.policy.working_day import talk_hint


def short_calls(control: calls.ShortCalls, look: Look) -> Evidence:
    """The lengths of answered calls from outside, and the promises to ring back. It only measures: no length is forbidden."""
    limit = talk_hint(control)
    found = Call.objects.filter(
        organisation=look.organisation,
        direction=Direction.INCOMING.value,
        started__gte=look.start,
        started__lt=look.end,
        answered__isnull=False,
        ended__isnull=False,
    ).values_list("answered", "ended")
    lengths = [(ended - answered).total_seconds() for answered, ended in found if answered and ended]
    if not lengths:
        return no_calls()
    promised = Message.objects.filter(
        organisation=look.organisation, call_back=True, taken_at__gte=look.start, taken_at__lt=look.end
    ).count()
    values = {
        "n": len(lengths),
        "seconds": round(median(lengths)),
        "long": sum(length > limit for length in lengths),
        "limit": round(limit),
        "promised": promised,
    }
    summary = _(
        "%(n)d calls, half of them shorter than %(seconds)d s; %(long)d lasted longer than %(limit)d s. "
        "%(promised)d call-backs were promised."
    )
    return judged(False, summary % values, figures=values)
