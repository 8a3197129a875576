# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The directory as one immutable snapshot, for the controller, the engine's configuration and the prover.

One query a table, read in one transaction, so that the parts fit together and a hundred thousand people take a second or two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from msgspec import Struct

from vaxel.absence.models import Absence, not_over
from vaxel.directory import calendars, models, opening
from vaxel.domain import absence as away
from vaxel.domain import world
from vaxel.domain.hours import Calendar, Schedule, laid_over
from vaxel.domain.rules import Rules
from vaxel.policy import selectors as policies
from vaxel.site.database import drop_dead_connections
from vaxel.telephony.engine import model as engine


class Snapshot(Struct, frozen=True, kw_only=True):
    """``tokens`` is SHA-256 in hexadecimal → key of the operator.

    ``tokens_from`` is operator → the moment from which on the keys of her console page were made that are valid still: she has logged out,
    or changed her password. Not all have one.
    """

    world: world.World
    engine: engine.EngineModel
    tokens: dict[str, str]
    tokens_from: dict[str, float] = {}


def version() -> int:
    """The world's version in the database: one small query, to be asked often."""
    drop_dead_connections()
    return models.WorldVersion.objects.filter(pk=1).values_list("n", flat=True).first() or 0


def load() -> Snapshot:
    """Read everything. Raises ``django.db.Error`` when the database is away."""
    drop_dead_connections()
    with _one_moment():
        return Reader().snapshot()


@contextmanager
def _one_moment() -> Iterator[None]:
    """All queries inside see the database as it is at the first one, and nobody who writes is kept waiting."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # atomic() would begin an IMMEDIATE transaction, which waits for the write lock and holds it.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


class Only(Struct, frozen=True, kw_only=True):
    """The rows to be read, by what they are of: ids, but numbers and SIP users by themselves. ``absent``: whose absences."""

    organisations: frozenset[str] = frozenset()
    units: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    operators: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()
    numbers: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


class Reader:
    """The tables, read once, and what is made of them.

    With ``only``, no more than those rows are read: the rest is taken from ``known``, as far as what is read depends on it.
    """

    def __init__(self, only: Only | None = None, known: world.World | None = None) -> None:
        self.only = only
        self.now = timezone.now()
        self.today = self.now.date()
        self.version = models.WorldVersion.objects.filter(pk=1).values_list("n", flat=True).first() or 0
        self.phones = list(
            self._of(
                models.Phone.objects.order_by("id"), person="people", operator="operators", user="phones"
            ).values_list(
                "user", "password", "kind", "organisation_id", "person_id", "operator_id", "label", "caller_number"
            )
        )
        self.phones_of_person: dict[int, list[str]] = defaultdict(list)
        self.phones_of_operator: dict[int, list[str]] = defaultdict(list)
        for user, _password, _kind, _organisation, person, operator, _label, _number in self.phones:
            if person is not None:
                self.phones_of_person[person].append(user)
            if operator is not None:
                self.phones_of_operator[operator].append(user)
        self._read_numbers()
        self._read_hours()
        self._read_closing_days()
        self.policies = policies.rules_now(self.now) if only is None or only.organisations else {}
        self.zones: dict[str, ZoneInfo] = {}
        rows = self._of(models.Organisation.objects.all(), pk="organisations")
        read = {row.id: self._organisation(row) for row in rows}
        self.organisations = read if known is None else {**known.organisations, **read}
        self.units = self._units() if known is None else {**known.units, **self._units()}
        self._read_further_functions()
        self.people = self._people()
        self.groups = self._groups()
        self._lay_over_those_above(known.schedules if known is not None else {})
        self.operators = self._operators()
        self.absences = self._absences()

    def _of(self, rows: Any, **fields: str) -> Any:
        """``rows`` whose field is among those of ``only`` named beside it."""
        if self.only is None:
            return rows
        wanted = Q(pk__in=[])
        for field, among in fields.items():
            ids = getattr(self.only, among)
            if ids:
                wanted |= Q(**{f"{field}__in": ids})
        return rows.filter(wanted)

    def _of_organisations(self, rows: Any, *owners: str) -> Any:
        """``rows`` that belong to whole organisations of ``only``, and to none of their ``owners``."""
        ids = self.only.organisations if self.only is not None else ()
        return rows.filter(organisation__in=ids, **dict.fromkeys(owners))

    def _read_numbers(self) -> None:
        self.numbers: dict[str, world.Number] = {}
        self.main_number: dict[str, str] = {}
        self.number_of: dict[str, str] = {}
        found = self._of(models.Number.objects.all(), person="people", group="groups", number="numbers")
        if self.only is not None:
            found |= self._of_organisations(models.Number.objects.all(), "person", "group")
        rows = found.order_by("id").values_list("number", "organisation_id", "kind", "person_id", "group_id")
        for number, organisation, kind, person, group in rows.iterator(chunk_size=10_000):
            owner = f"p{person}" if person else f"g{group}" if group else ""
            self.numbers[number] = world.Number(
                number=number, organisation=organisation, kind=world.NumberKind(kind), owner=owner
            )
            if owner:
                self.number_of.setdefault(owner, number)
            else:
                self.main_number.setdefault(organisation, number)

    def _read_hours(self) -> None:
        """Schedules, and by the owner's key (an organisation's is its id) which is whose."""
        exceptions: dict[int, list[models.HoursException]] = defaultdict(list)
        # A day behind: the calendar's date is UTC's, and a municipality may still have yesterday's.
        to_come = opening.still_to_come(self.today - timedelta(days=1))
        found = self._of(models.Hours.objects.all(), unit="units", group="groups", person="people")
        rows = models.HoursException.objects.filter(**to_come)
        if self.only is not None:
            found |= self._of_organisations(models.Hours.objects.all(), "unit", "group", "person")
            rows = rows.filter(hours__in=found)
        for row in rows.order_by("id"):
            exceptions[row.hours_id].append(row)
        self.schedules: dict[str, Schedule] = {}
        self.schedule_of: dict[str, str] = {}
        for hours in found.order_by("id").iterator(chunk_size=10_000):
            self.schedules[hours.key] = opening.schedule(hours, exceptions[hours.pk])
            self.schedule_of[hours.owner_key] = hours.key

    def _lay_over_those_above(self, known: dict[str, Schedule]) -> None:
        """Whoever keeps the hours above but on certain dates gets both together."""
        owners: dict[str, world.Unit | world.Group | world.Person] = {}
        for key, id_ in self.schedule_of.items():
            owner = self.units.get(key) or self.groups.get(key) or self.people.get(key)
            if owner is not None and self.schedules[id_].base is not None:
                owners[id_] = owner
        if owners:
            own = {id_: self.schedules[id_] for id_ in owners}
            others = {**known, **self.schedules}
            self.schedules |= laid_over(own, lambda id_: world.schedule_above(owners[id_], self.units), others)

    def _read_closing_days(self) -> None:
        self.closing_days: dict[str, list[tuple[date, str, bool]]] = defaultdict(list)
        rows = self._of(models.ClosingDay.objects.all(), organisation="organisations")
        for organisation, day, name, half in rows.values_list("organisation_id", "day", "name", "half"):
            self.closing_days[organisation].append((day, name, half))

    def _calendar(self, row: models.Organisation) -> Calendar:
        years = calendars.years_around(self.today)
        return calendars.calendar(row.country, row.language, years, row.eves, self.closing_days[row.id])

    def _midnight(self, organisation: str, day: date | None) -> float | None:
        """When ``day`` begins in the organisation's time, seconds since the epoch."""
        if day is None:
            return None
        zone = self.zones.setdefault(organisation, ZoneInfo(self.organisations[organisation].time_zone))
        return datetime.combine(day, time(), zone).timestamp()

    def _midnight_after(self, organisation: str, day: date | None) -> float | None:
        return None if day is None else self._midnight(organisation, day + timedelta(days=1))

    def _organisation(self, row: models.Organisation) -> world.Organisation:
        return world.Organisation(
            id=row.id,
            name=row.name,
            language=row.language,
            country=row.country,
            time_zone=row.time_zone,
            main_number=self.main_number.get(row.id, ""),
            welcome_phrase=row.welcome_phrase,
            rules=self.policies[row.id].rules if row.id in self.policies else Rules(),
            schedule=self.schedule_of.get(row.id, ""),
            calendar=self._calendar(row),
            offer_seconds=row.offer_seconds,
            recall_seconds=row.recall_seconds,
            park_seconds=row.park_seconds,
            hold_seconds=row.hold_seconds,
            voicemail_seconds=row.voicemail_seconds,
            welcome_prompt=row.welcome_prompt,
            languages=tuple(row.announced_in.split()),
        )

    def _units(self) -> dict[str, world.Unit]:
        rows = self._of(models.Unit.objects.order_by("id"), pk="units").values_list(
            "id", "organisation_id", "name", "parent_id", "transfer_person_id", "transfer_number"
        )
        return {
            f"u{id_}": world.Unit(
                id=f"u{id_}",
                organisation=organisation,
                name=name,
                parent=_key("u", parent),
                schedule=self.schedule_of.get(f"u{id_}", ""),
                transfer_to=_key("p", person) or number,
            )
            for id_, organisation, name, parent, person, number in rows
        }

    def _read_further_functions(self) -> None:
        """By person's row: the functions beside the main one, and those in which she stands in."""
        self.more_functions: dict[int, list[str]] = defaultdict(list)
        self.stands_in: dict[int, list[str]] = defaultdict(list)
        found = self._of(models.FurtherFunction.objects.order_by("id"), person="people")
        rows = found.values_list("person_id", "name", "role")
        for person, name, role in rows.iterator(chunk_size=10_000):
            (self.more_functions if role == models.FunctionRole.DOES else self.stands_in)[person].append(name)

    def _people(self) -> dict[str, world.Person]:
        rows = self._of(models.Person.objects.order_by("id"), pk="people").values_list(*_PERSON)
        people = {}
        for row in rows.iterator(chunk_size=10_000):
            (
                id_,
                organisation,
                name,
                unit,
                function,
                no_answer,
                greeting,
                mobile,
                consent,
                protected,
                last,
                successor,
            ) = row
            key = f"p{id_}"
            unit_key = _key("u", unit)
            consented = consent is not None and consent <= self.today
            people[key] = world.Person(
                id=key,
                organisation=organisation,
                name=name,
                unit=self.units[unit_key].name if unit_key else "",
                number=self.number_of.get(key, ""),
                phones=tuple(self.phones_of_person.get(id_, ())),
                unit_id=unit_key,
                function=function,
                more_functions=tuple(self.more_functions.get(id_, ())),
                stands_in=tuple(self.stands_in.get(id_, ())),
                schedule=self.schedule_of.get(key, ""),
                no_answer=world.NoAnswer(no_answer) if no_answer else None,
                has_greeting=greeting,
                mobile=mobile if consented else "",
                mobile_withheld=bool(mobile) and not consented,
                protected=protected,
                ended=self._midnight_after(organisation, last),
                successor=_key("p", successor),
            )
        return people

    def _groups(self) -> dict[str, world.Group]:
        members: dict[int, list[str]] = defaultdict(list)
        enrolled: dict[int, int] = defaultdict(int)
        rows = self._of(models.Membership.objects.order_by("group", "position", "id"), group="groups")
        for group, person, logged_in in rows.values_list("group_id", "person_id", "logged_in"):
            enrolled[group] += 1
            if logged_in:
                members[group].append(f"p{person}")
        found = self._of(models.Group.objects.order_by("id"), pk="groups")
        return {row.key: self._group(row, members[row.pk], enrolled[row.pk]) for row in found}

    def _group(self, row: models.Group, members: list[str], enrolled: int) -> world.Group:
        return world.Group(
            id=row.key,
            organisation=row.organisation_id,
            name=row.name,
            number=self.number_of.get(row.key, ""),
            members=tuple(members),
            strategy=world.Strategy(row.strategy),
            seconds=row.seconds,
            schedule=self.schedule_of.get(row.key, ""),
            unit_id=_key("u", row.unit_id),
            overflow=_key("g", row.overflow_group_id) or _key("p", row.overflow_person_id),
            mailbox=row.mailbox,
            pick_up=row.pick_up,
            enrolled=enrolled,
            first=self._midnight(row.organisation_id, row.first_day),
            last=self._midnight_after(row.organisation_id, row.last_day),
        )

    def _absences(self) -> dict[str, tuple[away.Absence, ...]]:
        found: dict[str, list[away.Absence]] = defaultdict(list)
        rows = self._of(Absence.objects.filter(not_over(self.now)).order_by("start", "id"), person="absent")
        for row in rows.iterator(chunk_size=10_000):
            found[f"p{row.person_id}"].append(row.value())
        return {person: tuple(absences) for person, absences in found.items()}

    def _operators(self) -> dict[str, world.Operator]:
        serves, supervises, reserve_for = (
            self._organisations_of(field)
            for field in (models.Operator.organisations, models.Operator.supervises, models.Operator.reserve_for)
        )
        found = self._of(models.Operator.objects.filter(user__is_active=True).order_by("id"), pk="operators")
        rows = list(found.values_list("id", "name", "user_id", "log_on_code"))
        trusting = models.User.objects.with_perm("directory.see_protected")
        trusted = set(trusting.values_list("pk", flat=True)) if rows else set()
        return {
            f"o{id_}": world.Operator(
                id=f"o{id_}",
                name=name,
                organisations=tuple(serves[id_]),
                phone=next(iter(self.phones_of_operator.get(id_, ())), ""),
                phones=tuple(self.phones_of_operator.get(id_, ())),
                finds_protected=user in trusted,
                supervises=tuple(supervises[id_]),
                reserve_for=tuple(reserve_for[id_]),
                code=code or "",
            )
            for id_, name, user, code in rows
        }

    def _organisations_of(self, field: Any) -> dict[int, list[str]]:
        """Operator → organisations, by one of her lists of them."""
        found: dict[int, list[str]] = defaultdict(list)
        through = self._of(field.through.objects.order_by("organisation_id"), operator="operators")
        for operator, organisation in through.values_list("operator_id", "organisation_id"):
            found[operator].append(organisation)
        return found

    def snapshot(self) -> Snapshot:
        revoked = models.Operator.objects.exclude(tokens_from=None).values_list("pk", "tokens_from")
        tokens = models.ApiToken.objects.filter(operator__user__is_active=True).values_list("sha256", "operator_id")
        return Snapshot(
            world=world.World(
                organisations=self.organisations,
                numbers=self.numbers,
                people=self.people,
                groups=self.groups,
                operators=self.operators,
                phones=self.phone_owners(),
                units=self.units,
                schedules=self.schedules,
                absences=self.absences,
                trunk=models.Trunk.objects.order_by("id").values_list("name", flat=True).first() or "",
                version=self.version,
            ),
            engine=engine.EngineModel(
                phones=tuple(self._engine_phones()),
                trunks=tuple(_trunk(row) for row in models.Trunk.objects.order_by("id")),
                numbers=tuple(self._fallback_numbers()),
            ),
            tokens={sha256: f"o{operator}" for sha256, operator in tokens},
            tokens_from={f"o{operator}": moment.timestamp() for operator, moment in revoked if moment is not None},
        )

    def phone_owners(self) -> dict[str, world.PhoneOwner]:
        """SIP user → whose telephone it is."""
        return {row[0]: _phone_owner(row) for row in self.phones}

    def _engine_phones(self) -> Iterable[engine.Phone]:
        for user, password, kind, organisation, person, operator, label, caller_number in self.phones:
            home = self.organisations.get(organisation or "")
            owner = self.people.get(f"p{person}") or self.operators.get(f"o{operator}")
            own_number = owner.number if isinstance(owner, world.Person) else ""
            yield engine.Phone(
                user=user,
                password=password,
                kind=engine.PhoneKind(kind),
                display_name=owner.name if owner else label,
                caller_number=caller_number or own_number or (home.main_number if home else ""),
                organisation=organisation or "",
                language=home.language if home else "en",
                country=home.country if home else "",
            )

    def _fallback_numbers(self) -> Iterable[engine.FallbackNumber]:
        desks: dict[str, list[str]] = defaultdict(list)
        for id_, operator in self.operators.items():
            for organisation in operator.organisations:
                desks[organisation] += self.phones_of_operator[int(id_[1:])]
        for number in self.numbers.values():
            phones = self._phones_of(number.owner) or desks[number.organisation]
            home = self.organisations[number.organisation]
            yield engine.FallbackNumber(
                number=number.number,
                organisation=number.organisation,
                language=home.language,
                phones=tuple(dict.fromkeys(phones)),
                ring_seconds=round(home.rules.ring) if number.owner else 20,
                queue=not number.owner,
            )

    def _phones_of(self, owner: str) -> list[str]:
        if person := self.people.get(owner):
            return list(person.phones)
        if group := self.groups.get(owner):
            return [phone for member in group.members for phone in self.people[member].phones]
        return []


_PERSON = (
    "id",
    "organisation_id",
    "name",
    "unit_id",
    "function",
    "no_answer",
    "has_greeting",
    "mobile",
    "mobile_consent",
    "protected",
    "last_day",
    "successor_id",
)


def _key(letter: str, id_: int | None) -> str:
    return f"{letter}{id_}" if id_ else ""


def _phone_owner(row: tuple[Any, ...]) -> world.PhoneOwner:
    _user, _password, kind, organisation, person, operator, _label, _number = row
    return world.PhoneOwner(
        organisation=organisation or "",
        person=f"p{person}" if person else "",
        operator=f"o{operator}" if operator else "",
        browser=kind == engine.PhoneKind.BROWSER,
    )


def _trunk(row: models.Trunk) -> engine.Trunk:
    return engine.Trunk(
        name=row.name,
        host=row.host,
        port=row.port,
        transport=row.transport,  # type: ignore[arg-type]
        match=tuple(row.match.split()),
        user=row.user,
        password=row.password,
        register=row.register,
        country=row.country,
        most_calls=row.most_calls,
    )
