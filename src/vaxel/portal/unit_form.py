# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of a unit and of its tasks: what was typed, kept as it was typed, and read as a plan."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from vaxel.directory.models import Person, Task, Unit
from vaxel.directory.numbers import readable
from vaxel.directory.tasks import TaskPlan
from vaxel.directory.units import UnitPlan
from vaxel.portal.colleagues import named, one_named

HANDLES, HELPS = "handles", "helps"


def typed(post: QueryDict, longest: int = 1000) -> dict[str, str]:
    """What was typed, by field."""
    return {name: str(post.get(name, "")).replace("\x00", "")[:longest] for name in post}


def looks_like_a_number(text: str) -> bool:
    """Digits, and what people write between them."""
    digits = [letter for letter in text if letter.isdecimal()]
    return len(digits) >= 4 and not any(letter.isalpha() for letter in text)


class UnitForm:
    """``transfer`` is a person, named as in the list, or a number."""

    def __init__(self, unit: Unit, values: dict[str, str]) -> None:
        self.unit = unit
        self.values = values

    @classmethod
    def of(cls, unit: Unit) -> UnitForm:
        """As the unit is."""
        person = unit.transfer_person
        return cls(
            unit,
            {
                "description": unit.description,
                "number": readable(unit.number),
                "email": unit.email,
                "place": unit.place.name if unit.place else "",
                "address": unit.place.address if unit.place else "",
                "transfer": named(person) if person else readable(unit.transfer_number),
            },
        )

    @classmethod
    def filled(cls, unit: Unit, post: QueryDict) -> UnitForm:
        return cls(unit, typed(post))

    def plan(self) -> UnitPlan:
        """The unit that is wanted. Raises ``ValidationError`` by field for what can't be read."""
        transfer = self.values.get("transfer", "").strip()
        if transfer and not looks_like_a_number(transfer):
            try:
                transfer = one_named(transfer, self.unit.organisation_id).key
            except ValidationError as error:
                raise ValidationError({"transfer": error.messages}) from error
        return UnitPlan(
            description=self.values.get("description", ""),
            number=self.values.get("number", ""),
            email=self.values.get("email", ""),
            place=self.values.get("place", ""),
            address=self.values.get("address", ""),
            transfer=transfer,
        )


class TaskForm:
    """For everybody in the unit there is ``who-KEY``: handles, helps, or nothing; ``other`` names somebody of another unit."""

    def __init__(self, unit: Unit, task: Task | None, values: dict[str, str]) -> None:
        self.unit = unit
        self.task = task
        self.values = values

    @classmethod
    def of(cls, unit: Unit, task: Task | None) -> TaskForm:
        """As the task is."""
        if task is None:
            return cls(unit, None, {})
        values = {"name": task.name, "search_words": task.search_words}
        for one in task.handlers.all():
            values[f"who-p{one.person_id}"] = HANDLES if one.main else HELPS
        return cls(unit, task, values)

    @classmethod
    def filled(cls, unit: Unit, task: Task | None, post: QueryDict) -> TaskForm:
        return cls(unit, task, typed(post))

    def plan(self) -> TaskPlan:
        """The task that is wanted. Raises ``ValidationError`` by field for what can't be read."""
        chosen = {name.removeprefix("who-"): role for name, role in self.values.items() if name.startswith("who-")}
        handlers = [key for key, role in chosen.items() if role == HANDLES]
        other = self.values.get("other", "").strip()
        if other:
            try:
                handlers.append(one_named(other, self.unit.organisation_id).key)
            except ValidationError as error:
                raise ValidationError({"other": error.messages}) from error
        return TaskPlan(
            name=self.values.get("name", ""),
            search_words=self.values.get("search_words", ""),
            handlers=tuple(handlers),
            helpers=tuple(key for key, role in chosen.items() if role == HELPS),
        )

    def people(self, shows_protected: bool) -> list[dict[str, Any]]:
        """Everybody in the unit, and those of others who handle it already, with what was chosen."""
        of_unit = Person.objects.filter(unit=self.unit)
        handling = Person.objects.filter(handlings__task=self.task) if self.task else Person.objects.none()
        people = {person.pk: person for person in (*of_unit, *handling)}
        return [
            {"person": person, "field": f"who-{person.key}", "chosen": self.values.get(f"who-{person.key}", "")}
            for person in people.values()
            if shows_protected or not person.protected
        ]
