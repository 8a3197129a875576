# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to messages: one function a change, the same for pages and REST API.

Each checks, writes in a transaction, and counts when it is committed. All raise ``ValidationError``, by field.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from prometheus_client import Counter

from vaxel.calls.models import Call
from vaxel.directory.identity_numbers import refuse_identity_numbers, stands_for_a_number
from vaxel.directory.keys import row
from vaxel.directory.models import Operator, Person
from vaxel.duties.models import Message, Status

MESSAGES = Counter("vaxel_messages_total", "Messages by what was done to them.", ["done"])


def take_message(
    operator: Operator,
    call: Call,
    *,
    to: str,
    matter: str,
    caller_name: str = "",
    caller_number: str = "",
    call_back: bool = False,
    promised_at: datetime | None = None,
) -> Message:
    """Write down what the caller of ``call`` wants to be told to person ``to`` (a key; "" for the switchboard itself)."""
    if call.organisation_id is None:
        raise ValidationError({"call": _("The call belongs to no organisation.")})
    message = Message(
        organisation_id=call.organisation_id,
        call=call,
        person=_person(to, call, operator),
        caller_name=_cleaned(caller_name) or call.caller_name,
        caller_number=_cleaned(caller_number) or call.caller_number,
        matter=_cleaned(matter),
        call_back=call_back or promised_at is not None,
        promised_at=promised_at,
        taken_by=operator,
        taken_at=timezone.now(),
    )
    _check(message, call)
    return _taken(message)


def promise_call_back(
    operator: Operator,
    call: Call,
    *,
    person: str = "",
    by: str = "",
    number: str = "",
    text: str = "",
    promised: datetime | None = None,
) -> Message:
    """The caller was promised to be rung back: by ``person`` (a key), by the operator with the key ``by``, or by ``operator`` herself."""
    if call.organisation_id is None:
        raise ValidationError({"call": _("The call belongs to no organisation.")})
    if person and by:
        raise ValidationError({"operator": _("Choose a person or an operator, not both.")})
    sought = _person(person, call, operator, field="person")
    message = Message(
        organisation_id=call.organisation_id,
        call=call,
        person=sought,
        operator=None if sought else _operator(by, call, operator),
        caller_name=call.caller_name,
        caller_number=_cleaned(number) or call.caller_number,
        matter=_cleaned(text),
        call_back=True,
        promised_at=promised,
        taken_by=operator,
        taken_at=timezone.now(),
    )
    _check(message, call, names={"matter": "text", "caller_number": "number", "promised_at": "promised"}, empty=True)
    return _taken(message)


def _taken(message: Message) -> Message:
    with transaction.atomic():
        message.save()
        transaction.on_commit(partial(_count, "taken"))
    return message


def _operator(key: str, call: Call, operator: Operator) -> Operator:
    if not key:
        return operator
    serving = Operator.objects.filter(organisations=call.organisation_id, user__is_active=True)
    found = serving.filter(pk=row(key, "o") or 0).first()
    if found is None:
        raise ValidationError({"operator": _("There is no such operator at this switchboard.")})
    return found


def mark_read(message: Message) -> Message:
    """The employee has seen it. A message that is done stays done."""
    return _move(message, {Status.NEW}, Status.READ, "read_at")


def mark_done(message: Message) -> Message:
    """What the caller wanted has been seen to."""
    return _move(message, {Status.NEW, Status.READ}, Status.DONE, "done_at")


def _move(message: Message, before: set[Status], after: Status, field: str) -> Message:
    with transaction.atomic():
        # A conditional update: of two who do it at once, one changes the row and the other nothing.
        changed = Message.objects.filter(pk=message.pk, status__in=before).update(
            status=after, **{field: timezone.now()}
        )
        if changed:
            transaction.on_commit(partial(_count, after.value))
    message.refresh_from_db()
    return message


def _person(key: str, call: Call, operator: Operator, field: str = "to") -> Person | None:
    if not key:
        return None
    found = Person.objects.filter(pk=row(key, "p") or 0, organisation_id=call.organisation_id).first()
    hidden = found is not None and found.protected and not operator.user.has_perm("directory.see_protected")
    if found is None or hidden:
        raise ValidationError({field: _("There is no such person in the organisation that was called.")})
    return found


def _check(message: Message, call: Call, names: Mapping[str, str] | None = None, *, empty: bool = False) -> None:
    """``names`` are those of the fields as they were sent; ``empty``: the matter may be."""
    errors: dict[str, list[str]] = {}
    if not message.matter and not empty:
        errors["matter"] = [_("Write what the call is about.")]
    free = ["matter", "caller_name"]
    if message.caller_number != call.caller_number and stands_for_a_number(message.caller_number):
        free.append("caller_number")
    for field in free:
        try:
            refuse_identity_numbers(getattr(message, field))
        except ValidationError as error:
            errors.setdefault(field, []).extend(error.messages)
    if message.call_back and not message.caller_number:
        errors["caller_number"] = [_("A number is needed to call back.")]
    if message.promised_at and message.promised_at < message.taken_at:
        errors["promised_at"] = [_("This time has already passed.")]
    if errors:
        raise ValidationError({(names or {}).get(field, field): told for field, told in errors.items()})


def _cleaned(text: str) -> str:
    return text.replace("\x00", "").strip()


def _count(done: str) -> None:
    MESSAGES.labels(done).inc()
