# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of tasks: what a unit does in the words of citizens, what else it is called, and who handles it (AAB-25, AAB-26).

All raise ``ValidationError``, by field.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory.audit import By, acting
from vaxel.directory.identity_numbers import refuse_identity_numbers
from vaxel.directory.keys import row
from vaxel.directory.models import Person, Task, TaskHandler, Unit
from vaxel.directory.units import LONGEST_TEXT

MOST_HANDLERS = 50


class TaskPlan(Struct, frozen=True, kw_only=True):
    """A task as somebody wants it. ``handlers`` are people's keys in order, ``helpers`` those who help out."""

    name: str
    search_words: str = ""
    handlers: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()


def add_task(unit: Unit, by: By, plan: TaskPlan) -> Task:
    """A new task of ``unit``."""
    return _save(Task(organisation_id=unit.organisation_id, unit=unit), by, plan)


def change_task(task: Task, by: By, plan: TaskPlan) -> Task:
    """Another name, other words, other handlers."""
    return _save(task, by, plan)


def remove_task(task: Task, by: By) -> None:
    """It is no longer the organisation's."""
    with acting(by), transaction.atomic():
        task.delete()


def move_task(task: Task, by: By, unit: Unit, handlers: tuple[str, ...] = ()) -> Task:
    """From now on it is ``unit``'s; those who handled it no longer do, ``handlers`` (keys) do (AAB-34)."""
    if unit.organisation_id != task.organisation_id:
        raise ValidationError({"unit": _("The unit belongs to another organisation.")})
    people = _people(task, handlers, "handlers")
    with acting(by), transaction.atomic():
        task.unit = unit
        task.save()
        _write_handlers(task, people, [])
    return task


def _save(task: Task, by: By, plan: TaskPlan) -> Task:
    task.name = " ".join(plan.name.replace("\x00", "").split())
    task.search_words = " ".join(plan.search_words.replace("\x00", "").split())
    errors: dict[str, list[str]] = {}
    try:
        task.full_clean()
    except ValidationError as error:
        errors = error.message_dict
        # Of two alike Django tells both fields of the constraint; the page has one.
        if "__all__" in errors:
            errors["name"] = [_("There is a task of this name already.")]
            del errors["__all__"]
    if len(task.search_words) > LONGEST_TEXT:
        errors["search_words"] = [_("Write at most %(most)d characters.") % {"most": LONGEST_TEXT}]
    for field in ("name", "search_words"):
        try:
            refuse_identity_numbers(getattr(task, field))
        except ValidationError as error:
            errors.setdefault(field, []).extend(error.messages)
    people, helpers = [], []
    try:
        people = _people(task, plan.handlers, "handlers")
        helpers = _people(task, plan.helpers, "helpers")
    except ValidationError as error:
        errors |= error.message_dict
    if errors:
        raise ValidationError(errors)
    with acting(by), transaction.atomic():
        task.save()
        _write_handlers(task, people, [one for one in helpers if one not in people])
    return task


def _people(task: Task, keys: tuple[str, ...], field: str) -> list[Person]:
    wanted = [row(key, "p") or 0 for key in dict.fromkeys(keys)]
    if len(wanted) > MOST_HANDLERS:
        raise ValidationError({field: _("At most %(most)d people handle a task.") % {"most": MOST_HANDLERS}})
    known = Person.objects.filter(organisation=task.organisation_id).in_bulk(wanted)
    if len(known) < len(wanted):
        raise ValidationError({field: _("Choose people who work for the same organisation.")})
    return [known[pk] for pk in wanted]


def _write_handlers(task: Task, people: list[Person], helpers: list[Person]) -> None:
    known = {one.person_id: one for one in task.handlers.all()}
    wanted = [(person, True) for person in people] + [(person, False) for person in helpers]
    for one in known.values():
        if one.person_id not in {person.pk for person, _main in wanted}:
            one.delete()
    for position, (person, main) in enumerate(wanted):
        handler = known.get(person.pk) or TaskHandler(task=task, person=person)
        if handler.pk is None or (handler.position, handler.main) != (position, main):
            handler.position, handler.main = position, main
            handler.save()
