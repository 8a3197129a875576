# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence from the operators' working day: were breaks relieved, did reinforcement come, were calls listened to."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from vaxel.calls.models import JournalEntry, OperatorEvent
from vaxel.directory.models import Operator
from vaxel.domain.working_day import Break
from vaxel.policy.evidence.base import Case, Evidence, Look, judged, nothing
from vaxel.policy.parameters import calls, desk

AT_ONCE = 15 * 60.0
"""Seconds in which reinforcement that was called should come."""


def _names(look: Look) -> dict[str, str]:
    """Operator's key → name, of those who serve the organisation."""
    return {operator.key: operator.name for operator in Operator.objects.filter(organisations=look.organisation)}


def _events(look: Look, *kinds: str) -> list[OperatorEvent]:
    found = OperatorEvent.objects.filter(kind__in=kinds, at__gte=look.start, at__lt=look.end)
    return list(found.order_by("at", "id"))


def relief(control: desk.Relief, look: Look) -> Evidence:
    """Every lunch, and every other break that wants it, had a colleague who answered meanwhile."""
    names = _names(look)
    wanted = {Break.LUNCH.value, *([Break.POST.value] if control.also else [])}
    taken = [
        event for event in _events(look, "paused") if event.operator in names and event.data.get("reason") in wanted
    ]
    if not taken:
        return nothing(_("No operator took such a break in the period."))
    alone = [event for event in taken if not event.data.get("relief")]
    cases = [
        Case(text=_("%(name)s had a break without relief.") % {"name": names[event.operator]}, at=event.at.timestamp())
        for event in alone
    ]
    summary = _("%(with)d of %(n)d breaks were relieved.") % {"with": len(taken) - len(alone), "n": len(taken)}
    return judged(bool(alone), summary, cases, {"breaks": len(taken), "without_relief": len(alone)})


def surge(control: calls.Surge, look: Look) -> Evidence:
    """Whenever reinforcement was called somebody came at once."""
    called = [
        event for event in _events(look, "surge_called") if event.data.get("organisation") == look.organisation.pk
    ]
    if not called:
        return nothing(_("No reinforcement was called in the period."))
    came = defaultdict(list)
    for event in _events(look, "reinforcing", "ready"):
        came[event.kind].append(event)
    names = _names(look)
    cases = []
    for event in called:
        reinforcing = [
            other.at for other in came["reinforcing"] if other.data.get("organisation") == look.organisation.pk
        ]
        own = [other.at for other in came["ready"] if other.operator in names]
        waited = [(at - event.at).total_seconds() for at in (*reinforcing, *own) if at >= event.at]
        if not any(seconds <= AT_ONCE for seconds in waited):
            cases.append(Case(text=_("Reinforcement was called, and nobody came at once."), at=event.at.timestamp()))
    summary = _("Reinforcement was called %(n)d times, and came at once %(came)d times.")
    values = {"n": len(called), "came": len(called) - len(cases)}
    return judged(bool(cases), summary % values, cases, {"called": len(called), "nobody_came": len(cases)})


def listening(control: calls.Listening, look: Look) -> Evidence:
    """How often calls were listened to. Nobody can listen to a caller who has not been told."""
    found = JournalEntry.objects.filter(
        kind="listen", call__organisation=look.organisation, at__gte=look.start, at__lt=look.end
    ).count()
    summary = _("Supervisors listened to %(n)d calls, whose callers had all been told.") % {"n": found}
    return judged(False, summary, figures={"listened": found})
