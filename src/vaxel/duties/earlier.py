# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of a caller while she is on the line: that she rang before today, and what she was promised."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from vaxel.calls.models import Call, Direction, Note
from vaxel.directory.access import Actor
from vaxel.directory.keys import row
from vaxel.directory.models import Person
from vaxel.duties.models import Message, Status
from vaxel.duties.schemas import message_out

MOST = 50


def caller_out(actor: Actor, call: Call) -> dict[str, Any]:
    """In the shape of ``CallerOut``. Of a caller who withholds the number nothing is known. Only of organisations that the actor serves."""
    if not call.caller_number:
        return {"earlier": [], "messages": [], "promises": [], "notes": _notes([call])}
    calls = _today(actor, call)
    open_ = _open(actor, {call.caller_number}).select_related("person").order_by("-taken_at", "-id")
    found = [message_out(message) for message in open_[:MOST]]
    hidden = frozenset() if actor.finds_protected else _hidden(calls)
    return {
        "earlier": [_earlier(one, hidden) for one in calls],
        "messages": [message for message in found if not message["call_back"]],
        "promises": [message for message in found if message["call_back"]],
        "notes": _notes([call, *calls]),
    }


def callers_out(actor: Actor, calls: list[Call]) -> list[dict[str, Any]]:
    """Of each of ``calls`` how much ``caller_out`` would tell, in the shape of ``CallerCounts``. Three queries, however many calls."""
    numbers = {call.caller_number for call in calls if call.caller_number}
    since = min((_midnight(call) for call in calls), default=timezone.now())
    rung = _to_us(actor).filter(caller_number__in=numbers, started__gte=since)
    today = list(rung.values_list("pk", "caller_number", "started"))
    open_ = list(_open(actor, numbers).values_list("caller_number", "call__caller_number", "call_back"))
    return [_counts(call, today, open_) for call in calls]


def _counts(call: Call, today: list[Any], open_: list[Any]) -> dict[str, Any]:
    number, midnight = call.caller_number, _midnight(call)
    hers = [call_back for written, came, call_back in open_ if number and number in (written, came)]
    earlier = [pk for pk, other, started in today if other == number and pk != call.pk and started >= midnight]
    return {"call": call.pk, "earlier": len(earlier), "messages": hers.count(False), "promises": hers.count(True)}


def _to_us(actor: Actor) -> QuerySet[Call]:
    """Whom an employee has rung outside, 112 among them, doesn't concern who answers her next call."""
    return Call.objects.filter(organisation__in=actor.organisations).exclude(direction=Direction.OUTGOING)


def _open(actor: Actor, numbers: set[str]) -> QuerySet[Message]:
    """Messages of callers with these numbers that aren't done, as far as the actor may see them."""
    # In a message the number stands as the operator wrote it; its call has it as it came.
    same = Q(caller_number__in=numbers) | Q(call__caller_number__in=numbers)
    found = Message.objects.filter(same, organisation__in=actor.organisations).exclude(status=Status.DONE)
    return found if actor.finds_protected else found.exclude(person__protected=True)


def _midnight(call: Call) -> datetime:
    """When today began where the call arrived."""
    zone = ZoneInfo(call.organisation.time_zone) if call.organisation else ZoneInfo("UTC")
    return datetime.combine(timezone.now().astimezone(zone).date(), time(), zone)


def _today(actor: Actor, call: Call) -> list[Call]:
    """Since midnight where the call arrived, newest first."""
    calls = _to_us(actor).filter(caller_number=call.caller_number, started__gte=_midnight(call))
    found = calls.exclude(pk=call.pk).prefetch_related("voicemails")
    return list(found.order_by("-started", "-id")[:MOST])


def _hidden(calls: list[Call]) -> frozenset[str]:
    """Names of those with protected identity whom the calls have met."""
    parties = {str(step.get("party") or "") for call in calls for step in call.view.get("path") or []}
    rows = [row(party, "p") for party in parties]
    people = Person.objects.filter(pk__in=[one for one in rows if one is not None], protected=True)
    return frozenset(name for name in people.values_list("name", flat=True))


def _earlier(call: Call, hidden: frozenset[str]) -> dict[str, Any]:
    reason = call.view.get("reason") or {}
    person = _answered_by(call) or reason.get("person") or ""
    return {
        "id": call.pk,
        "organisation": call.organisation_id or "",
        "at": call.started,
        "dialled": call.dialled,
        "dialled_name": call.view.get("dialled_name") or "",
        "reason": call.reason,
        "outcome": _outcome(call),
        "person": "" if person in hidden else person,
        "operator_name": call.view.get("operator_name") or "",
    }


def _outcome(call: Call) -> str:
    if call.ended is None:
        return "live"
    if call.voicemails.all():
        return "voicemail"
    return "answered" if call.answered is not None else "lost"


def _answered_by(call: Call) -> str:
    """The last person, not an operator, who took it."""
    steps = call.view.get("path") or []
    return next(
        (
            str(step.get("who") or "")
            for step in reversed(steps)
            if step.get("code") in ("answered", "picked_up", "joined") and step.get("kind") == "person"
        ),
        "",
    )


def _notes(calls: list[Call]) -> list[dict[str, Any]]:
    found = Note.objects.filter(call__in=calls).select_related("operator").order_by("-written")
    return [
        {
            "call": note.call_id,
            "text": note.text,
            "written": note.written,
            "operator_name": note.operator.name if note.operator else "",
        }
        for note in found[:MOST]
    ]
