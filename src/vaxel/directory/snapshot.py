# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The directory as one immutable snapshot, for the controller, the engine's configuration and the prover.

One query a table, read in one transaction, so that the parts fit together and a hundred thousand people take a second or two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from msgspec import Struct

from vaxel.directory import models
from vaxel.domain import world
from vaxel.domain.rules import Resort, Rules
from vaxel.site.database import drop_dead_connections
from vaxel.telephony.engine import model as engine


class Snapshot(Struct, frozen=True, kw_only=True):
    """``tokens`` is SHA-256 in hexadecimal → key of the operator."""

    world: world.World
    engine: engine.EngineModel
    tokens: dict[str, str]


def version() -> int:
    """The world's version in the database: one small query, to be asked often."""
    drop_dead_connections()
    return models.WorldVersion.objects.filter(pk=1).values_list("n", flat=True).first() or 0


def load() -> Snapshot:
    """Read everything. Raises ``django.db.Error`` when the database is away."""
    drop_dead_connections()
    with _one_moment():
        return _Reader().snapshot()


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


class _Reader:
    """The tables, read once, and what is made of them."""

    def __init__(self) -> None:
        self.version = models.WorldVersion.objects.filter(pk=1).values_list("n", flat=True).first() or 0
        self.phones = list(
            models.Phone.objects.order_by("id").values_list(
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
        self.organisations = {row.id: self._organisation(row) for row in models.Organisation.objects.all()}
        self.people = self._people()
        self.groups = self._groups()
        self.operators = self._operators()

    def _read_numbers(self) -> None:
        self.numbers: dict[str, world.Number] = {}
        self.main_number: dict[str, str] = {}
        self.number_of: dict[str, str] = {}
        rows = models.Number.objects.order_by("id").values_list(
            "number", "organisation_id", "kind", "person_id", "group_id"
        )
        for number, organisation, kind, person, group in rows.iterator(chunk_size=10_000):
            owner = f"p{person}" if person else f"g{group}" if group else ""
            self.numbers[number] = world.Number(
                number=number, organisation=organisation, kind=world.NumberKind(kind), owner=owner
            )
            if owner:
                self.number_of.setdefault(owner, number)
            else:
                self.main_number.setdefault(organisation, number)

    def _organisation(self, row: models.Organisation) -> world.Organisation:
        return world.Organisation(
            id=row.id,
            name=row.name,
            language=row.language,
            country=row.country,
            time_zone=row.time_zone,
            main_number=self.main_number.get(row.id, ""),
            welcome_phrase=row.welcome_phrase,
            rules=_rules(row),
            offer_seconds=row.offer_seconds,
            recall_seconds=row.recall_seconds,
            park_seconds=row.park_seconds,
            voicemail_seconds=row.voicemail_seconds,
            welcome_prompt=row.welcome_prompt,
        )

    def _people(self) -> dict[str, world.Person]:
        rows = models.Person.objects.order_by("id").values_list(
            "id", "organisation_id", "name", "unit__name", "no_answer", "has_greeting"
        )
        people = {}
        for id_, organisation, name, unit, no_answer, has_greeting in rows.iterator(chunk_size=10_000):
            key = f"p{id_}"
            people[key] = world.Person(
                id=key,
                organisation=organisation,
                name=name,
                unit=unit or "",
                number=self.number_of.get(key, ""),
                phones=tuple(self.phones_of_person.get(id_, ())),
                no_answer=world.NoAnswer(no_answer) if no_answer else None,
                has_greeting=has_greeting,
            )
        return people

    def _groups(self) -> dict[str, world.Group]:
        members: dict[int, list[str]] = defaultdict(list)
        for group, person in models.Membership.objects.order_by("group", "position", "id").values_list(
            "group_id", "person_id"
        ):
            members[group].append(f"p{person}")
        return {
            f"g{id_}": world.Group(
                id=f"g{id_}",
                organisation=organisation,
                name=name,
                number=self.number_of.get(f"g{id_}", ""),
                members=tuple(members[id_]),
            )
            for id_, organisation, name in models.Group.objects.order_by("id").values_list(
                "id", "organisation_id", "name"
            )
        }

    def _operators(self) -> dict[str, world.Operator]:
        serves: dict[int, list[str]] = defaultdict(list)
        for operator, organisation in models.Operator.organisations.through.objects.order_by(
            "organisation_id"
        ).values_list("operator_id", "organisation_id"):
            serves[operator].append(organisation)
        rows = models.Operator.objects.filter(user__is_active=True).order_by("id").values_list("id", "name")
        return {
            f"o{id_}": world.Operator(
                id=f"o{id_}",
                name=name,
                organisations=tuple(serves[id_]),
                phone=next(iter(self.phones_of_operator.get(id_, ())), ""),
                phones=tuple(self.phones_of_operator.get(id_, ())),
            )
            for id_, name in rows
        }

    def snapshot(self) -> Snapshot:
        tokens = models.ApiToken.objects.filter(operator__user__is_active=True).values_list("sha256", "operator_id")
        return Snapshot(
            world=world.World(
                organisations=self.organisations,
                numbers=self.numbers,
                people=self.people,
                groups=self.groups,
                operators=self.operators,
                phones={row[0]: _phone_owner(row) for row in self.phones},
                trunk=models.Trunk.objects.order_by("id").values_list("name", flat=True).first() or "",
                version=self.version,
            ),
            engine=engine.EngineModel(
                phones=tuple(self._engine_phones()),
                trunks=tuple(_trunk(row) for row in models.Trunk.objects.order_by("id")),
                numbers=tuple(self._fallback_numbers()),
            ),
            tokens={sha256: f"o{operator}" for sha256, operator in tokens},
        )

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


def _rules(row: models.Organisation) -> Rules:
    resort = Resort.SWITCHBOARD if row.no_answer == models.NoAnswer.SWITCHBOARD else Resort.MAILBOX
    return Rules(ring=row.rings * row.ring_seconds, order=(resort,))


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
    )
