# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes written into the directory: proved as a whole, and recorded as made by whoever reported them.

All raise ``ValidationError``: without a field when callers would be left ringing (``directory.guard``).
"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from vaxel.cases.models import CaseShare
from vaxel.directory.accounts import new_telephone, new_user
from vaxel.directory.guard import guarded
from vaxel.directory.models import Membership, Number, NumberKind, Person, TaskHandler
from vaxel.staffing import details as d
from vaxel.staffing.wanted import Wanted, has_task, with_task, without_task


def carry_out(wanted: Wanted, day: date) -> Person | None:
    """Change the directory. ``day`` is a leaver's last. Returns who is new in it."""
    with guarded(wanted.home.pk):
        match wanted.details:
            case d.Joiner():
                return _join(wanted, wanted.details)
            case d.Leaver():
                _leave(wanted, day)
            case d.Mover():
                _move(wanted, wanted.details)
            case d.Task():
                _hand_task(wanted)
            case d.Cases():
                _hand_cases(wanted)
            case d.Unstaffed():
                # Nothing in the directory changes: the switchboard knows, and has agreed.
                pass
    return None


def _join(wanted: Wanted, joiner: d.Joiner) -> Person:
    texts = wanted.texts
    person = Person(
        organisation=wanted.home,
        unit=wanted.unit,
        name=texts["name"],
        title=texts["title"],
        function=texts["function"],
        tasks=texts["tasks"],
        email=texts["email"],
    )
    person.full_clean(exclude=["organisation", "unit"])
    person.save()
    if wanted.number:
        number = Number(number=wanted.number, organisation=wanted.home, kind=NumberKind.DIRECT, person=person)
        number.full_clean(exclude=["organisation", "person"])
        number.save()
    if joiner.log_in:
        person.user = new_user(person)
        person.save(update_fields=["user"])
    if joiner.telephone:
        new_telephone(person)
    return person


def _leave(wanted: Wanted, day: date) -> None:
    person = _fresh(wanted.person)
    person.last_day, person.successor = day, wanted.other
    person.full_clean(exclude=["organisation", "unit", "user"])
    person.save()
    for membership in Membership.objects.filter(person=person):
        membership.delete()
    if wanted.other is not None:
        _hand_over(TaskHandler.objects.filter(person=person), wanted.other)
    user = person.user
    # Somebody who serves the switchboard, too, may do so still: that is for the administrator to end.
    if user is not None and not hasattr(user, "operator") and not user.is_superuser:
        user.is_active = False
        user.save(update_fields=["is_active"])


def _move(wanted: Wanted, mover: d.Mover) -> None:
    person = _fresh(wanted.person)
    old = person.unit_id
    person.unit = wanted.to_unit
    for field in ("title", "function", "tasks"):
        if wanted.texts[field]:
            setattr(person, field, wanted.texts[field])
    person.full_clean(exclude=["organisation", "user"])
    person.save()
    if mover.leaves_groups and old is not None:
        for membership in Membership.objects.filter(person=person, group__unit=old):
            membership.delete()


def _hand_task(wanted: Wanted) -> None:
    name = wanted.texts["task"]
    taker = _fresh(wanted.other)
    if wanted.person is not None:
        giver = _fresh(wanted.person)
        if has_task(giver.tasks, name):
            giver.tasks = without_task(giver.tasks, name)
            giver.save(update_fields=["tasks"])
    if wanted.task is not None:
        _hand_over(TaskHandler.objects.filter(task=wanted.task, person=wanted.person), taker)
        TaskHandler.objects.get_or_create(task=wanted.task, person=taker)
    else:
        taker.tasks = with_task(taker.tasks, name)
        taker.save(update_fields=["tasks"])


def _hand_over(handlings: QuerySet[TaskHandler], taker: Person) -> None:
    """``taker`` sees to these tasks instead; to which she does already, one less does."""
    for handling in handlings:
        if TaskHandler.objects.filter(task=handling.task_id, person=taker).exists():
            handling.delete()
        else:
            handling.person = taker
            handling.save(update_fields=["person"])


def _hand_cases(wanted: Wanted) -> None:
    for share in CaseShare.objects.filter(division=wanted.division, person=wanted.person):
        share.person = wanted.other
        share.save(update_fields=["person"])


def _fresh(person: Person | None) -> Person:
    """The row as it is now, held until the change is written."""
    assert person is not None
    return Person.objects.select_for_update().get(pk=person.pk)
