# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The directory as an import meets it: a few queries, however many people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from vaxel.directory.hours import today_in
from vaxel.directory.keys import row
from vaxel.directory.models import FunctionRole, Number, Organisation, Person, Unit
from vaxel.directory.numbers import international
from vaxel.exchange import periods, references
from vaxel.exchange.fields import UNIT_SEPARATOR, Entry
from vaxel.exchange.models import ExternalKey, Source
from vaxel.exchange.plan import Directory, Known


def directory(source: Source, only: Entry | None = None) -> Directory:
    """The people of the source's organisation, with what the source knows of them: all, or those whom ``only`` can touch or names."""
    home = source.organisation
    paths = unit_paths(home)
    people = with_values(Person.objects.filter(organisation=home))
    all_keys = ExternalKey.objects.filter(source=source, person__isnull=False)
    numbers = Number.objects.all()
    if only is not None:
        people = people.filter(pk__in=_touched(all_keys, home, only))
        all_keys = all_keys.filter(person__in=people)
        numbers = numbers.filter(number__in=only.values.get("numbers", "").split())
    keys = {key.person_id: key for key in all_keys}
    known = [_known(person, values_of(person, paths), keys.get(person.pk)) for person in people]
    return Directory(
        organisation=home.name,
        today=today_in(home.time_zone),
        country=home.country,
        people=known,
        owners=_owners(home, numbers),
        units=list(paths.values()),
    )


def _touched(keys: QuerySet[ExternalKey], home: Organisation, only: Entry) -> set[int]:
    """Whoever has its key, its e-mail address or one of its numbers, or one of those by which it names others; and who is theirs now."""
    named = {told for name in references.FIELDS for told in references.named(name, only.values.get(name, ""))}
    numbers = {*only.values.get("numbers", "").split(), *(_digits(told, home.country) for told in named)}
    found = Q(numbers__number__in=numbers) | Q(pk__in=[row(told, "p") or 0 for told in named])
    for email in {only.values.get("email", ""), *(told for told in named if "@" in told)} - {""}:
        found |= Q(email__iexact=email)
    known = Q()
    for key in {only.key, *named}:
        known |= Q(key__iexact=key)
    people = set(Person.objects.filter(found, organisation=home).values_list("pk", flat=True))
    people |= {id_ for id_ in keys.filter(known).values_list("person_id", flat=True) if id_}
    theirs = Person.objects.filter(Q(substitute_for__person__in=people) | Q(predecessors__in=people))
    return people | set(theirs.values_list("pk", flat=True))


def _digits(told: str, country: str) -> str:
    """``told`` as a number; "" when it is none."""
    try:
        return international(told, country)
    except ValueError:
        return ""


def _known(person: Person, values: dict[str, str], key: ExternalKey | None) -> Known:
    return Known(
        person=person.pk,
        name=person.name,
        values=values,
        key=key.key if key else "",
        said=key.said if key else {},
        given=key.given if key else {},
        gone=key.gone if key else False,
        protected=person.protected,
    )


def _owners(home: Organisation, numbers: QuerySet[Number]) -> dict[str, int | None]:
    """Numbers are unique in the whole installation: those of others are taken, whoever has them."""
    rows: Iterable[tuple[str, int | None, str]] = numbers.values_list("number", "person_id", "organisation_id")
    return {number: person if organisation == home.pk else None for number, person, organisation in rows}


def with_values(people: QuerySet[Person]) -> QuerySet[Person]:
    """With all that ``values_of`` looks at: three more queries, however many people."""
    return people.select_related("place").prefetch_related("numbers", "further_functions", "substitutes")


def values_of(person: Person, paths: Mapping[int, str]) -> dict[str, str]:
    """The fields of ``person`` as imports compare them."""
    further = list(person.further_functions.all())
    return {
        "name": person.name,
        "title": person.title,
        "email": person.email,
        "unit": paths.get(person.unit_id or 0, ""),
        "function": person.function,
        "tasks": person.tasks,
        "search_words": person.search_words,
        "numbers": " ".join(sorted(number.number for number in person.numbers.all())),
        "functions": ", ".join(sorted(one.name for one in further if one.role == FunctionRole.DOES)),
        "stands_in": ", ".join(sorted(one.name for one in further if one.role == FunctionRole.STANDS_IN)),
        "mobile": person.mobile,
        "mobile_consent": _iso(person.mobile_consent),
        "mobile_told": _iso(person.mobile_told),
        "initials": person.initials,
        "place": person.place.name if person.place else "",
        "room": person.room,
        "prefers": person.prefers,
        "no_answer": person.no_answer,
        "may_tell": person.may_tell,
        "note": person.note,
        "substitutes": periods.written(
            periods.Period(_iso(one.first_day), _iso(one.last_day), f"p{one.substitute_id}")
            for one in person.substitutes.all()
        ),
        "successor": f"p{person.successor_id}" if person.successor_id else "",
        "last_day": _iso(person.last_day),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def unit_paths(home: Organisation) -> dict[int, str]:
    """Unit → its path from the top: “Samhällsbyggnad / Bygglov”."""
    units: QuerySet[Unit] = Unit.objects.filter(organisation=home)
    rows = {id_: (name, parent) for id_, name, parent in units.values_list("pk", "name", "parent_id")}
    paths: dict[int, str] = {}

    def path(id_: int, below: frozenset[int] = frozenset()) -> str:
        if id_ not in paths:
            name, parent = rows[id_]
            above = path(parent, below | {id_}) if parent in rows and parent not in below else ""
            paths[id_] = f"{above}{UNIT_SEPARATOR}{name}" if above else name
        return paths[id_]

    for id_ in rows:
        path(id_)
    return paths
