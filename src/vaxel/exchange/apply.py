# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan is carried out: in one transaction, recorded by the audit, and taken back as a whole when it would leave callers ringing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import structs, to_builtins

from vaxel.directory import search
from vaxel.directory.audit import By, acting
from vaxel.directory.guard import guarded
from vaxel.directory.keys import row
from vaxel.directory.models import FunctionRole, Number, NumberKind, Organisation, Person, Place, Substitute, Unit
from vaxel.directory.people import write_functions, write_substitutes
from vaxel.directory.units import place_named
from vaxel.exchange import periods, references
from vaxel.exchange.fields import CONSENTS, UNIT_SEPARATOR
from vaxel.exchange.known import unit_paths
from vaxel.exchange.models import Done, ExternalKey, Import, ImportedRow, Source
from vaxel.exchange.plan import Do, Plan, Step

MOST_PROBLEMS = 1000
"""That are kept with an import."""

MOST_TRIED = 300
"""Steps of a refused import among which the one is looked for that can't be carried out: each try is proved."""

CALLED_BY = frozenset(
    {
        "numbers",
        "last_day",
        "successor",
        "unit",
        "function",
        "functions",
        "stands_in",
        "mobile",
        "mobile_consent",
        "no_answer",
    }
)
"""Fields by which calls find their way."""

OWN_ROWS = frozenset({"numbers", "mobile", "functions", "stands_in", *references.FIELDS})
"""Fields that aren't simply written into a person."""

_DONE = {Do.ADD: Done.MADE, Do.CHANGE: Done.CHANGED, Do.LEAVE: Done.LEFT}


class _TakenBack(Exception):
    """Takes back what was only tried."""


def carry_out(source: Source, plan: Plan, by: By, *, file: str = "", forced: bool = False) -> Import:
    """Write what ``plan`` says. Raises ``ValidationError``, and writes nothing, when it is refused or would leave callers ringing."""
    if plan.refusal:
        raise ValidationError(plan.refusal)
    try:
        return _carry_out(source, plan, by, file=file, forced=forced)
    except ValidationError as error:
        step = _blamed(source, plan, by)
        if step is None:
            raise
        raise ValidationError([_told(step), *error.messages]) from error


def _carry_out(source: Source, plan: Plan, by: By, *, file: str = "", forced: bool = False) -> Import:
    with acting(by), guarded(source.organisation_id), search.later():
        made = Import.objects.create(
            source=source,
            user_id=by.user,
            who=by.name[:150],
            file=file[:200],
            counts=plan.counts,
            problems=[to_builtins(problem) for problem in plan.problems[:MOST_PROBLEMS]],
            forced=forced,
        )
        _write(source, plan, made)
    return made


# ── which row it is ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _blamed(source: Source, plan: Plan, by: By) -> Step | None:
    """The step with which the refused import becomes one that is refused: without it, what comes before could be carried out.

    None when it isn't a single step's fault, or when there are too many to be tried.
    """
    steps = [step for step in plan.steps if step.after.keys() & CALLED_BY]
    if len(steps) > MOST_TRIED or _fits(source, plan, by, steps):
        return None
    fine, wrong = 0, len(steps)
    while wrong - fine > 1:
        middle = (fine + wrong) // 2
        if _fits(source, plan, by, steps[:middle]):
            fine = middle
        else:
            wrong = middle
    return steps[wrong - 1]


def _fits(source: Source, plan: Plan, by: By, steps: list[Step]) -> bool:
    """Whether these steps alone could be carried out. Nothing stays written."""
    try:
        with transaction.atomic():
            _carry_out(source, Plan(steps=steps, units=plan.units, known=plan.known), by)
            raise _TakenBack
    except _TakenBack:
        return True
    except ValidationError:
        return False


def _told(step: Step) -> str:
    if step.do is Do.LEAVE:
        return _("Nothing was imported: %(name)s, who is no longer in the file, can't leave.") % {"name": step.name}
    told = _("Nothing was imported: line %(line)d (%(name)s) can't be carried out.")
    return told % {"line": step.line, "name": step.name}


def carry_out_single(source: Source, plan: Plan, by: By) -> Import | None:
    """The same for a source that tells of one person at a time: what it changes in a day is one import. None when nothing changes."""
    if not plan.changes:
        return None
    with acting(by), guarded(source.organisation_id), search.later():
        since = timezone.now() - timedelta(days=1)
        made = Import.objects.filter(source=source, at__gte=since, undone_at=None).first()
        if made is None:
            made = Import.objects.create(source=source, user_id=by.user, who=by.name[:150], counts={})
        made.counts = {name: n + made.counts.get(name, 0) for name, n in plan.counts.items()}
        made.save(update_fields=["counts"])
        _write(source, plan, made)
    return made


def _write(source: Source, plan: Plan, made: Import) -> None:
    writer = _Writer(source, [step.person for step in plan.steps if step.person])
    if plan.units:
        made.units = [*made.units, *writer.make_units(plan.units)]
        made.save(update_fields=["units"])
    named = {step.after["place"] for step in plan.steps if step.after.get("place")}
    fresh = named - {place.name for place in _places(source.organisation, named)}
    writer.write(plan.steps, made)
    if fresh:
        made.places = [*made.places, *(place.pk for place in _places(source.organisation, fresh))]
        made.save(update_fields=["places"])


def _places(home: Organisation, names: Collection[str]) -> Iterator[Place]:
    for batch in _batches(sorted(names)):
        yield from Place.objects.filter(organisation=home, name__in=batch)


class _Writer:
    def __init__(self, source: Source, people: list[int]) -> None:
        self.source = source
        self.home: Organisation = source.organisation
        self.units = {path.casefold(): id_ for id_, path in unit_paths(self.home).items()}
        known = ExternalKey.objects.filter(source=source, person__isnull=False)
        # A few by name, many all at once: a list of thousands is more than a database takes.
        self.keys = {key.person_id: key for key in (known.filter(person__in=people) if len(people) < 500 else known)}

    def make_units(self, paths: list[str]) -> list[int]:
        """Their ids. Those above come before those below."""
        made = []
        for path in paths:
            above, _separator, name = path.rpartition(UNIT_SEPARATOR)
            unit = Unit(
                organisation=self.home, name=name, parent_id=self.units.get(above.casefold()) if above else None
            )
            unit.full_clean()
            unit.save()
            self.units[path.casefold()] = unit.pk
            made.append(unit.pk)
        return made

    def write(self, steps: list[Step], made: Import) -> None:
        """First the numbers that are given up, for others may get them; then everybody."""
        known = Person.objects.in_bulk([step.person for step in steps if step.person])
        rows = self._free_numbers(steps, made)
        people = [known[step.person] if step.person else Person(organisation=self.home) for step in steps]
        for person, step in zip(people, steps, strict=True):
            if step.after:
                self._write_person(person, step)
        names = {references.name_of(None, step.line): person.key for person, step in zip(people, steps, strict=True)}
        keys = []
        for person, told in zip(people, steps, strict=True):
            step = _with_names(told, names)
            put_people(person, step.after)
            before = self._key_before(step.person)
            keys += self._key(person, step)
            if step.do is not Do.UNCHANGED or before is None:
                rows.append(_row(made, person, step, before))
        ImportedRow.objects.bulk_create(rows, batch_size=500)
        self._write_keys(keys)

    def _free_numbers(self, steps: list[Step], made: Import) -> list[ImportedRow]:
        """Take away the numbers that get other owners, or none. Rows for those who lose them without being in ``steps`` for it."""
        wanted = {number: step.person for step in steps for number in step.after.get("numbers", "").split()}
        told = {step.person for step in steps if "numbers" in step.after}
        taken: dict[int, list[Number]] = {}
        for batch in _batches(list(wanted)):
            for number in Number.objects.filter(number__in=batch, organisation=self.home).select_related("person"):
                if number.person_id is not None and number.person_id != wanted[number.number]:
                    taken.setdefault(number.person_id, []).append(number)
        rows = [self._taken_from(numbers, made) for person, numbers in taken.items() if person not in told]
        for numbers in taken.values():
            for number in numbers:
                number.delete()
        for step in steps:
            if "numbers" in step.after and step.person:
                for number in Number.objects.filter(person=step.person).exclude(
                    number__in=step.after["numbers"].split()
                ):
                    number.delete()
        return rows

    def _taken_from(self, taken: list[Number], made: Import) -> ImportedRow:
        person = taken[0].person
        assert person is not None
        before = sorted(person.numbers.values_list("number", flat=True))
        gone = {number.number for number in taken}
        return ImportedRow(
            batch=made,
            person=person,
            key=self.keys[person.pk].key if person.pk in self.keys else "",
            name=person.name,
            done=Done.CHANGED,
            before={"numbers": " ".join(before)},
            after={"numbers": " ".join(number for number in before if number not in gone)},
            key_before=self._key_before(person.pk),
        )

    def _write_person(self, person: Person, step: Step) -> None:
        put(person, step.after, self.units)
        person.save()
        put_functions(person, step.after)
        for number in step.after.get("numbers", "").split():
            if not Number.objects.filter(number=number, person=person).exists():
                Number.objects.create(number=number, organisation=self.home, kind=NumberKind.DIRECT, person=person)

    # ── keys ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _key_before(self, person: int | None) -> dict[str, Any] | None:
        key = self.keys.get(person)
        return {"said": key.said, "given": key.given, "gone": key.gone} if key else None

    def _key(self, person: Person, step: Step) -> list[ExternalKey]:
        """The source's key of her, if there is anything in it to be written."""
        key = self.keys.get(person.pk) or ExternalKey(source=self.source, person=person)
        before = (key.key, key.gone, key.said, key.given, key.extra)
        key.key, key.gone = step.key, step.do is Do.LEAVE
        # What the source told of her consent stays known, also when it tells of it no longer: told again, it isn't told anew.
        key.said = {**{name: told for name, told in key.said.items() if name in CONSENTS}, **step.said}
        given = {} if step.do is Do.LEAVE else step.said
        key.given = {**key.given, **{name: told for name, told in given.items() if name not in step.held}, **step.after}
        if step.extra:
            key.extra = {**key.extra, **step.extra}
        return [] if key.pk and before == (key.key, key.gone, key.said, key.given, key.extra) else [key]

    @staticmethod
    def _write_keys(keys: list[ExternalKey]) -> None:
        ExternalKey.objects.bulk_create([key for key in keys if key.pk is None], batch_size=500)
        ExternalKey.objects.bulk_update(
            [key for key in keys if key.pk is not None],
            ["key", "said", "given", "extra", "gone", "changed"],
            batch_size=200,
        )


def _batches(values: list[str], size: int = 500) -> Iterator[list[str]]:
    return (values[at : at + size] for at in range(0, len(values), size))


def put(person: Person, values: Mapping[str, str], units: Mapping[str, int]) -> None:
    """Put ``values`` into ``person``, unsaved; what has rows of its own aside. ``units``: path in small letters → row."""
    if "mobile" in values:
        # She agreed for the number that it was (GNO-15).
        person.mobile, person.mobile_consent, person.mobile_told = values["mobile"], None, None
    for name, value in values.items():
        if name == "unit":
            person.unit_id = units[value.casefold()] if value else None
        elif name == "place":
            person.place = place_named(person.organisation_id, value, "")
        elif name in ("last_day", *CONSENTS):
            setattr(person, name, _day(value))
        elif name not in OWN_ROWS:
            setattr(person, name, value)


def put_functions(person: Person, values: Mapping[str, str]) -> None:
    """Write her further functions. Of the two kinds, the one that isn't told stays."""
    if not {"functions", "stands_in"} & values.keys():
        return
    now = {role: [one.name for one in person.further_functions.all() if one.role == role] for role in FunctionRole}
    told = {name: [part for part in value.split(", ") if part] for name, value in values.items()}
    more = told.get("functions", now[FunctionRole.DOES])
    helps = told.get("stands_in", now[FunctionRole.STANDS_IN])
    write_functions(person, more, [name for name in helps if name not in more])


def put_people(person: Person, values: Mapping[str, str]) -> None:
    """Write who follows her and who stands in for her, as far as they are there."""
    named = frozenset().union(*(references.named(name, values.get(name, "")) for name in references.FIELDS))
    there = Person.objects.filter(organisation=person.organisation_id).in_bulk([row(name, "p") for name in named])
    if "successor" in values:
        person.successor = there.get(row(values["successor"], "p") or 0)
        person.save(update_fields=["successor"])
    if "substitutes" in values:
        wanted = []
        for one in periods.read(values["substitutes"]):
            if substitute := there.get(row(one.who, "p") or 0):
                days = {"first_day": _day(one.first), "last_day": _day(one.last)}
                wanted.append(Substitute(person=person, substitute=substitute, **days))
        write_substitutes(person, wanted)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _with_names(step: Step, names: Mapping[str, str]) -> Step:
    """``step`` with the keys that those who came in with it have got."""

    def told(values: dict[str, str]) -> dict[str, str]:
        fields = [name for name in references.FIELDS if name in values]
        return {**values, **{name: references.renamed(name, values[name], names) for name in fields}}

    if not step.said.keys() & set(references.FIELDS):
        return step
    return structs.replace(step, after=told(step.after), said=told(step.said))


def _row(made: Import, person: Person, step: Step, before: dict[str, Any] | None) -> ImportedRow:
    return ImportedRow(
        batch=made,
        person=person,
        key=step.key,
        name=person.name,
        done=_DONE.get(step.do, Done.CHANGED),
        before=step.before,
        after=step.after,
        key_before=before,
    )
