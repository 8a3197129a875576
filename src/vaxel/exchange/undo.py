# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An import is taken back: what nobody has touched since gets its old values again; what can't be taken back is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ManyToOneRel, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory import search
from vaxel.directory.audit import By, acting
from vaxel.directory.guard import guarded
from vaxel.directory.models import FurtherFunction, Number, NumberKind, Person, Place, Substitute, Unit
from vaxel.exchange import references
from vaxel.exchange.apply import put, put_functions, put_people
from vaxel.exchange.fields import BY_NAME
from vaxel.exchange.known import unit_paths, values_of, with_values
from vaxel.exchange.models import Done, ExternalKey, Import, ImportedRow

OWN: frozenset[type[Model]] = frozenset({Number, ExternalKey, ImportedRow, FurtherFunction})
"""Rows of a person that came with her."""


class Undo(Struct, kw_only=True):
    """``rows``: those that are taken back; ``remains``: sentences of what stays, and why."""

    rows: list[ImportedRow]
    remains: list[str]


def undoing(done: Import) -> Undo:
    """What taking back ``done`` would do. Nothing is written."""
    rows = list(done.rows.order_by("-id"))
    people = Person.objects.in_bulk({row.person_id for row in rows if row.person_id})
    values = _values(done, list(people))
    found = Undo(rows=[], remains=[])
    # Of these it is taken back, too, that they name others.
    naming = {row.person_id for row in rows if _named_again(row, values.get(row.person_id or 0, {}))}
    for row in rows:
        person = people.get(row.person_id or 0)
        if person is None:
            told = _("%(name)s is no longer in the directory.") % {"name": row.name}
        else:
            # One copy of her, even where two rows are about her: else the second would put back what the first changed.
            row.person = person
            told = _remains(row, person, values[person.pk], naming)
        if told:
            found.remains.append(told)
        else:
            found.rows.append(row)
            if person is not None:
                # An earlier row about her finds her as she is then.
                values[person.pk] |= row.before
    return found


def _values(done: Import, people: list[int]) -> dict[int, dict[str, str]]:
    paths = unit_paths(done.source.organisation)
    known = with_values(Person.objects.all()).in_bulk(people)
    return {id_: values_of(person, paths) for id_, person in known.items()}


def _touched(row: ImportedRow, values: Mapping[str, str]) -> list[str]:
    return [name for name, value in row.after.items() if values.get(name, "") != value]


def _named_again(row: ImportedRow, values: Mapping[str, str]) -> bool:
    return any(name in row.after for name in references.FIELDS) and not _touched(row, values)


def _remains(row: ImportedRow, person: Person, values: dict[str, str], naming: set[int | None]) -> str:
    touched = _touched(row, values)
    if touched:
        fields = ", ".join(str(BY_NAME[name].label) for name in touched)
        return _("%(name)s has been changed since (%(fields)s).") % {"name": person.name, "fields": fields}
    if row.done == Done.MADE and (what := _belongings(person, naming)):
        told = _("%(name)s can't be taken out any more: there are %(what)s of hers. Give her a last day instead.")
        return told % {"name": person.name, "what": ", ".join(what)}
    return ""


def _belongings(person: Person, naming: Collection[int | None]) -> list[str]:
    """What others have attached to her meanwhile, and would be lost, or lose its owner, with her. Not what people ``naming`` her lose."""
    return sorted({str(model._meta.verbose_name_plural) for model in _attached(person, OWN, naming)})


def _attached(
    row: Model, besides: frozenset[type[Model]] = frozenset(), naming: Collection[int | None] = ()
) -> Iterator[type[Model]]:
    """The models of which some row points at ``row``."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model in besides:
            continue
        model: type[Model] = relation.related_model
        pointing = model._default_manager.filter(**{relation.field.name: row})
        if model is Substitute:
            pointing = pointing.exclude(person__in=[*naming, row.pk])
        elif model is Person and relation.field.name == "successor":
            pointing = pointing.exclude(pk__in=naming)
        if pointing.exists():
            yield model


def undo(done: Import, by: By) -> Import:
    """Take back what can be. Raises ``ValidationError`` when it was before, or the proof finds callers left ringing."""
    with acting(by), guarded(done.source.organisation_id), search.later():
        # Another may be at it: who comes second waits here, and sees what the first has done.
        done.refresh_from_db(fields=["undone_at", "units", "places"], from_queryset=Import.objects.select_for_update())
        if done.undone_at is not None:
            raise ValidationError(_("This import has been taken back already."))
        found = undoing(done)
        _Back(done).take(found.rows)
        _remove_units(done.units)
        _remove_places(done.places)
        done.undone_at, done.undone_by, done.remains = timezone.now(), by.name[:150], found.remains
        done.save(update_fields=["undone_at", "undone_by", "remains"])
    return done


class _Back:
    def __init__(self, done: Import) -> None:
        self.home = done.source.organisation
        self.source = done.source
        self.units = {path.casefold(): id_ for id_, path in unit_paths(self.home).items()}

    def take(self, rows: list[ImportedRow]) -> None:
        """Numbers first: they may go back to others."""
        made = {row.person_id for row in rows if row.done == Done.MADE}
        changed = [row for row in rows if row.person_id not in made]
        for row in rows:
            if row.done == Done.MADE and row.person is not None:
                row.person.delete()
        for row in changed:
            self._give_up_numbers(row)
        for row in changed:
            assert row.person is not None
            self._restore(row, row.person)

    def _give_up_numbers(self, row: ImportedRow) -> None:
        if "numbers" in row.after:
            for number in Number.objects.filter(person=row.person).exclude(number__in=row.before["numbers"].split()):
                number.delete()

    def _restore(self, row: ImportedRow, person: Person) -> None:
        before = dict(row.before)
        if "unit" in before and before["unit"].casefold() not in self.units:
            # The unit that she was in is no longer there.
            before["unit"] = ""
        put(person, before, self.units)
        if row.after:
            person.save()
            put_functions(person, before)
            put_people(person, before)
        for number in before.get("numbers", "").split():
            if not Number.objects.filter(number=number).exists():
                Number.objects.create(number=number, organisation=self.home, kind=NumberKind.DIRECT, person=person)
        self._restore_key(row, person)

    def _restore_key(self, row: ImportedRow, person: Person) -> None:
        keys = ExternalKey.objects.filter(source=self.source, person=person)
        before: dict[str, Any] | None = row.key_before
        if before is None:
            keys.delete()
        else:
            keys.update(said=before["said"], given=before["given"], gone=before["gone"], changed=timezone.now())


def _remove_units(made: list[int]) -> None:
    """Units that the import made, where nothing has come into them: those below first."""
    for id_ in reversed(made):
        unit = Unit.objects.filter(pk=id_).first()
        if unit is None:
            continue
        if not any(_attached(unit)):
            unit.delete()


def _remove_places(made: list[int]) -> None:
    """Places that the import made, as it made them, where nobody and nothing is."""
    for place in Place.objects.filter(pk__in=made, address=""):
        if not any(_attached(place)):
            place.delete()
