# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The change form: what was typed, kept as it was typed, and read as a ``Report``. People are written by name, as elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.directory.keys import row
from vaxel.directory.models import Organisation, Person
from vaxel.portal.colleagues import named, one_named
from vaxel.portal.hours_form import read_date
from vaxel.portal.notice_form import typed
from vaxel.staffing.actions import Report
from vaxel.staffing.models import StaffChange, Subject

TICKED = frozenset({"leaves_groups", "telephone", "log_in"})
PEOPLE = frozenset({"person", "to_person", "successor"})

FIELDS: dict[str, tuple[str, ...]] = {
    Subject.JOINER: ("name", "title", "function", "tasks", "email", "number", "telephone", "log_in"),
    Subject.LEAVER: ("person", "successor"),
    Subject.MOVER: ("person", "to_unit", "title", "function", "tasks", "leaves_groups"),
    Subject.TASK: ("task", "person", "to_person"),
    Subject.CASES: ("division", "person", "to_person"),
    Subject.UNSTAFFED: ("until", "why", "cover"),
}
"""Subject → its fields, beside the day and the unit."""
ASKS_UNIT = frozenset({Subject.JOINER, Subject.UNSTAFFED})


class ChangeForm:
    def __init__(self, home: Organisation, subject: str, values: dict[str, str]) -> None:
        self.home = home
        self.subject = subject
        self.fields = FIELDS[subject]
        self.values = {field: values.get(field, "") for field in ("day", "unit", *self.fields)}

    @classmethod
    def filled(cls, home: Organisation, subject: str, post: QueryDict) -> ChangeForm:
        return cls(home, subject, typed(post, ("day", "unit", *FIELDS[subject])))

    @classmethod
    def of(cls, change: StaffChange) -> ChangeForm:
        """As the change is."""
        values = {
            name: value if isinstance(value, str) else "on" * bool(value) for name, value in change.details.items()
        }
        keys = {name: row(values.get(name, ""), "p") or 0 for name in PEOPLE}
        known = Person.objects.prefetch_related("numbers").in_bulk([pk for pk in keys.values() if pk])
        values |= {name: named(known[pk]) for name, pk in keys.items() if pk in known}
        values |= {"day": change.day.isoformat(), "unit": f"u{change.unit_id}" if change.unit_id else ""}
        return cls(change.organisation, change.subject, values)

    def report(self) -> Report:
        """What is reported. Raises ``ValidationError`` by field for what can't be read."""
        errors: dict[str, list[str]] = {}
        day = read_date(self.values["day"], "day", errors)
        details: dict[str, Any] = {field: self.values[field].strip() for field in self.fields}
        for field in PEOPLE & details.keys():
            details[field] = self._person(field, errors)
        for field in TICKED & details.keys():
            details[field] = bool(details[field])
        if errors or day is None:
            raise ValidationError(errors)
        unit = self.values["unit"] if self.subject in ASKS_UNIT else ""
        return Report(subject=self.subject, day=day, unit=unit, details=details)

    def _person(self, field: str, errors: dict[str, list[str]]) -> str:
        text = self.values[field].strip()
        if not text:
            if field != "successor" and not (field == "person" and self.subject == Subject.TASK):
                errors[field] = [_("Write who.")]
            return ""
        try:
            return one_named(text, self.home.pk).key
        except ValidationError as error:
            errors[field] = error.messages
            return ""
