# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a transaction has written so far: so much of the directory has to be read again, and no more.

Rows are noted by the signals that raise the world's version too. Whatever raises it without being noted here (a change in bulk, another
process) shows in the version, and then everything is read: ``rereading``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from vaxel.absence.models import Absence
from vaxel.directory import models
from vaxel.policy.models import PolicyVersion

MOST = 500
"""More rows than that are read faster all together."""


@dataclass
class Noted:
    """Ids of what was written, as ``snapshot.Only`` takes them. ``raised``: how often the version was; ``unclear``: read everything."""

    organisations: set[str] = field(default_factory=set)
    units: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)
    operators: set[int] = field(default_factory=set)
    absent: set[int] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    raised: int = 0
    unclear: bool = False

    @property
    def many(self) -> bool:
        """Too much to be read one by one."""
        rows = (self.units, self.people, self.groups, self.operators, self.absent)
        named = (self.organisations, self.numbers, self.phones)
        return sum(len(ids) for ids in rows) + sum(len(ids) for ids in named) > MOST

    def add(self, part: str, *ids: Any) -> None:
        """``ids`` may be None or "": then nobody's."""
        getattr(self, part).update(id_ for id_ in ids if id_)


_noting: ContextVar[tuple[Noted, ...]] = ContextVar("vaxel_noting", default=())


@contextmanager
def noting() -> Iterator[Noted]:
    """What is written inside is noted; also for whoever notes outside of it."""
    noted = Noted()
    token = _noting.set((*_noting.get(), noted))
    try:
        yield noted
    finally:
        _noting.reset(token)


# ── what each row is of ─────────────────────────────────────────────────────────────────────────────────────────────────

Values = dict[str, Any]


def _organisation(row: Values, noted: Noted) -> None:
    noted.add("organisations", row["id"])


def _of_organisation(row: Values, noted: Noted) -> None:
    noted.add("organisations", row["organisation_id"])


def _unit(row: Values, noted: Noted) -> None:
    noted.add("units", row["id"])


def _person(row: Values, noted: Noted) -> None:
    noted.add("people", row["id"])


def _of_person(row: Values, noted: Noted) -> None:
    noted.add("people", row["person_id"])


def _group(row: Values, noted: Noted) -> None:
    noted.add("groups", row["id"])


def _membership(row: Values, noted: Noted) -> None:
    noted.add("groups", row["group_id"])


def _number(row: Values, noted: Noted) -> None:
    noted.add("numbers", row["number"])
    noted.add("people", row["person_id"])
    noted.add("groups", row["group_id"])
    if not (row["person_id"] or row["group_id"]):
        noted.add("organisations", row["organisation_id"])


def _phone(row: Values, noted: Noted) -> None:
    noted.add("phones", row["user"])
    noted.add("people", row["person_id"])
    noted.add("operators", row["operator_id"])


def _operator(row: Values, noted: Noted) -> None:
    noted.add("operators", row["id"])


def _hours(row: Values, noted: Noted) -> None:
    noted.add("units", row["unit_id"])
    noted.add("groups", row["group_id"])
    noted.add("people", row["person_id"])
    if not (row["unit_id"] or row["group_id"] or row["person_id"]):
        noted.add("organisations", row["organisation_id"])


def _exception(row: Values, noted: Noted) -> None:
    hours = models.Hours.objects.filter(pk=row["hours_id"]).values().first()
    if hours is not None:
        _hours({**hours}, noted)


def _absence(row: Values, noted: Noted) -> None:
    noted.add("absent", row["person_id"])


def _nothing(row: Values, noted: Noted) -> None:
    """It raises the version, and isn't in the world."""


OF: dict[type[Model], Callable[[Values, Noted], None]] = {
    models.Organisation: _organisation,
    models.Unit: _unit,
    models.Person: _person,
    models.Group: _group,
    models.Membership: _membership,
    models.Number: _number,
    models.Phone: _phone,
    models.Operator: _operator,
    models.Hours: _hours,
    models.HoursException: _exception,
    models.ClosingDay: _of_organisation,
    models.FurtherFunction: _of_person,
    models.Substitute: _nothing,
    models.Exemption: _nothing,
    models.Place: _nothing,
    models.Task: _nothing,
    models.TaskHandler: _nothing,
    models.TaskWords: _nothing,
    models.Synonyms: _nothing,
    models.Role: _nothing,
    models.ApiToken: _nothing,
    PolicyVersion: _of_organisation,
    Absence: _absence,
}
"""Of the models that raise the version, those that are read again row by row."""

POINTED_AT = frozenset({models.Organisation, models.Unit, models.Person, models.Group, models.Operator})
"""When one of these is deleted, the database empties what pointed at it, and tells nobody."""


def watch() -> None:
    """Note what is written to the directory, where somebody asks for it. Called once, when Django has started."""
    for model in OF:
        post_save.connect(_saved, sender=model, dispatch_uid="vaxel.noted.saved")
        post_delete.connect(_deleted, sender=model, dispatch_uid="vaxel.noted.deleted")
    m2m_changed.connect(_linked, sender=models.Operator.organisations.through, dispatch_uid="vaxel.noted.linked")


def _saved(sender: type[Model], instance: Any, created: bool, **kwargs: Any) -> None:
    before = {} if created else getattr(instance, "_audit_before", None)
    # What isn't audited doesn't tell what it was.
    _note(sender, instance, before, unclear=before is None)


def _deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    _note(sender, instance, None, unclear=sender in POINTED_AT)


def _note(sender: type[Model], instance: Any, before: Values | None, *, unclear: bool = False) -> None:
    inside = _noting.get()
    if not inside:
        return
    row = {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}
    for noted in inside:
        noted.raised += 1
        noted.unclear |= unclear
        OF[sender](row, noted)
        if before:
            OF[sender]({**row, **before}, noted)


def _linked(instance: Any, **kwargs: Any) -> None:
    for noted in _noting.get():
        noted.raised += 1
        noted.unclear |= not isinstance(instance, models.Operator)
        if isinstance(instance, models.Operator):
            noted.add("operators", instance.pk)
