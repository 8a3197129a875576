# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a change means in the directory as it is now: keys become rows, and what is wrong is told by field.

The same is asked when a change is reported, and again on the day on which it is carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from vaxel.cases.models import CaseDivision
from vaxel.directory.keys import row
from vaxel.directory.models import Number, Organisation, Person, Task, Unit
from vaxel.directory.numbers import international
from vaxel.notices.plans import Faults, clause_of, one_line
from vaxel.staffing import details as d

MOST = {"name": 120, "title": 120, "function": 80, "tasks": 2000, "task": 120, "why": 200, "cover": 200, "email": 254}


@dataclass(slots=True)
class Wanted:
    """A change with its rows. ``texts`` are the free fields, cleaned; ``number`` is E.164 digits; ``task`` that of the register, if any."""

    home: Organisation
    unit: Unit | None
    details: d.Details
    texts: dict[str, str]
    person: Person | None = None
    other: Person | None = None
    to_unit: Unit | None = None
    division: CaseDivision | None = None
    task: Task | None = None
    number: str = ""
    until: date | None = None


class _Reading:
    def __init__(self, home: Organisation, unit: Unit | None, details: d.Details, day: date) -> None:
        self.faults = Faults()
        self.home = home
        self.day = day
        texts = {name: one_line(str(getattr(details, name))) for name in MOST if hasattr(details, name)}
        self.wanted = Wanted(home=home, unit=unit, details=details, texts=texts)
        for name, text in texts.items():
            self.faults.text(name, text, MOST[name])

    def person(self, field: str, key: str, *, still_here: bool = True) -> Person | None:
        """Somebody of the organisation, found by whoever fills in the form: protected people aren't."""
        found = Person.objects.filter(organisation=self.home, protected=False, pk=row(key, "p") or 0).first()
        if found is None:
            self.faults.add(field, _("Choose somebody who works for the organisation."))
        elif still_here and found.last_day is not None and found.last_day < self.day:
            self.faults.add(field, _("%(name)s has left by then.") % {"name": found.name})
        return found

    def needed(self, field: str, told: str) -> None:
        if not self.wanted.texts[field]:
            self.faults.add(field, told)


def wanted(home: Organisation, unit: Unit | None, details: d.Details, day: date) -> Wanted:
    """``details`` in the directory as it is. Raises ``ValidationError`` by field."""
    reading = _Reading(home, unit, details, day)
    _READERS[type(details)](reading, details)
    reading.faults.raise_any()
    return reading.wanted


def _joiner(reading: _Reading, joiner: d.Joiner) -> None:
    reading.needed("name", _("Write the name."))
    if reading.wanted.unit is None:
        reading.faults.add("unit", _("Choose the unit that the newcomer works for."))
    email = reading.wanted.texts["email"]
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            reading.faults.found.setdefault("email", []).extend(error.messages)
    if joiner.number.strip():
        reading.wanted.number = _number(reading, joiner.number)


def _number(reading: _Reading, text: str) -> str:
    try:
        digits = international(text, reading.home.country)
    except ValueError:
        reading.faults.add("number", _("Write the number like 070-174 06 05 or +46 70 174 06 05."))
        return ""
    owner = Number.objects.filter(number=digits).select_related("person").first()
    if owner is not None:
        # Whose it is may be another municipality's business.
        reading.faults.add("number", _("This number is in use already. Choose one that is free."))
    return digits


def _leaver(reading: _Reading, leaver: d.Leaver) -> None:
    person = reading.wanted.person = reading.person("person", leaver.person)
    if not leaver.successor:
        return
    successor = reading.wanted.other = reading.person("successor", leaver.successor)
    if person is None or successor is None:
        return
    if person.pk == successor.pk:
        reading.faults.add("successor", _("Nobody succeeds oneself."))
        return
    try:
        Person(pk=person.pk, organisation=reading.home, name=person.name, successor=successor).clean()
    except ValidationError as error:
        reading.faults.found.setdefault("successor", []).extend(error.messages)


def _mover(reading: _Reading, mover: d.Mover) -> None:
    person = reading.wanted.person = reading.person("person", mover.person)
    found = Unit.objects.filter(organisation=reading.home, pk=row(mover.to_unit, "u") or 0).first()
    if found is None:
        reading.faults.add("to_unit", _("Choose a unit of the organisation."))
    elif person is not None and person.unit_id == found.pk:
        reading.faults.add("to_unit", _("%(name)s works there already.") % {"name": person.name})
    reading.wanted.to_unit = found


def _task(reading: _Reading, task: d.Task) -> None:
    reading.needed("task", _("Write the task in the words of citizens."))
    name = reading.wanted.texts["task"]
    registered = reading.wanted.task = registered_task(reading.home, name)
    if task.person:
        person = reading.wanted.person = reading.person("person", task.person, still_here=False)
        if person is not None and name and not (has_task(person.tasks, name) or _handles(person, registered)):
            told = _("%(name)s doesn't have the task “%(task)s”: %(tasks)s.")
            handled = [*split_tasks(person.tasks), *person.handles.values_list("name", flat=True)]
            values = {"name": person.name, "task": name, "tasks": ", ".join(handled) or "–"}
            reading.faults.add("task", told % values)
    reading.wanted.other = _taker(reading, task.person, task.to_person)


def registered_task(home: Organisation, name: str) -> Task | None:
    """The task of that name in the register, whatever its letters' case; None when it only stands with people."""
    folded = name.casefold()
    return next((task for task in Task.objects.filter(organisation=home) if task.name.casefold() == folded), None)


def _handles(person: Person, task: Task | None) -> bool:
    return task is not None and task.handlers.filter(person=person).exists()


def _taker(reading: _Reading, giver: str, taker: str) -> Person | None:
    found = reading.person("to_person", taker)
    if found is not None and giver == taker:
        reading.faults.add("to_person", _("Choose somebody else than the one who has it now."))
    return found


def _cases(reading: _Reading, cases: d.Cases) -> None:
    divisions = CaseDivision.objects.filter(organisation=reading.home)
    division = reading.wanted.division = divisions.filter(pk=row(cases.division, "d") or 0).first()
    if division is None:
        reading.faults.add("division", _("Choose one of the case divisions."))
    person = reading.wanted.person = reading.person("person", cases.person, still_here=False)
    if division is not None and person is not None and not division.shares.filter(person=person).exists():
        told = _("%(name)s has no share of these cases.")
        reading.faults.add("person", told % {"name": person.name})
    reading.wanted.other = _taker(reading, cases.person, cases.to_person)


def _unstaffed(reading: _Reading, unstaffed: d.Unstaffed) -> None:
    if reading.wanted.unit is None:
        reading.faults.add("unit", _("Choose the unit."))
    reading.needed("why", _("Write why."))
    if not reading.wanted.texts["cover"]:
        clause = clause_of(reading.home.pk, "unstaffed")
        told = _("Write who answers meanwhile, or that the switchboard takes messages%(clause)s.")
        reading.faults.add("cover", told % {"clause": f" ({clause})" if clause else ""})
    try:
        until = reading.wanted.until = date.fromisoformat(unstaffed.until or reading.day.isoformat())
    except ValueError:
        reading.faults.add("until", _("Write the day like 2026-03-02."))
        return
    if until < reading.day:
        reading.faults.add("until", _("The last day lies before the first."))
    elif (until - reading.day).days > 92:
        reading.faults.add("until", _("That is longer than three months: change the opening hours instead."))


_READERS: dict[type, Callable[[_Reading, Any], None]] = {
    d.Joiner: _joiner,
    d.Leaver: _leaver,
    d.Mover: _mover,
    d.Task: _task,
    d.Cases: _cases,
    d.Unstaffed: _unstaffed,
}


# ── tasks in a text ─────────────────────────────────────────────────────────────────────────────────────────────────────


def split_tasks(text: str) -> list[str]:
    """Tasks as they stand in a person's row: with commas or line ends between."""
    return [task for part in text.replace("\n", ",").split(",") if (task := " ".join(part.split()))]


def has_task(text: str, task: str) -> bool:
    return task.casefold() in (known.casefold() for known in split_tasks(text))


def with_task(text: str, task: str) -> str:
    return text if has_task(text, task) else ", ".join([*split_tasks(text), task])


def without_task(text: str, task: str) -> str:
    return ", ".join(known for known in split_tasks(text) if known.casefold() != task.casefold())
