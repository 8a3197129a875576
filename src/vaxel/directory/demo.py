# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demonstration: five municipalities with fictional people, on numbers that reach nobody.

What a municipality consists of stands in ``demonstration/*.toml``. Passwords and keys are derived from the installation's own
secrets: different everywhere, and the same each time they are written down.
"""

from __future__ import annotations

import hmac
import json
import os
import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
from msgspec import Struct, convert

from vaxel.absence.calendars import demo as calendars
from vaxel.cases import demo as cases
from vaxel.directory import audit, demo_contents, demo_life, search
from vaxel.directory.changes import raise_version, together
from vaxel.directory.hours import today_in
from vaxel.directory.models import (
    ApiToken,
    Group,
    Membership,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Phone,
    PhoneKind,
    Strategy,
    Trunk,
    Unit,
    User,
)
from vaxel.directory.text import index_words
from vaxel.directory.tokens import hashed
from vaxel.notices import demo as notices
from vaxel.policy import actions as policies
from vaxel.policy.load import shipped
from vaxel.site.config import Config
from vaxel.staffing import demo as staffing

MUNICIPALITIES = ("tana", "gnosjo", "falkenberg", "aabenraa", "sollentuna")
PEOPLE_A_UNIT = 6
CITIZENS = 12
_CITIZEN_NUMBERS = "4670174{:04d}"  # 070-174 06 05 … 99: mobile numbers that PTS has set aside for use in fiction
_FIRST_CITIZEN = 605
_LAST_NAME_STEP = 7
_GROUP_NUMBERS = (90, 91, 95, 96, 97, 98)
_SERVES_ALSO = {"gnosjo-4": ("falkenberg", "sollentuna")}
_IN_RESERVE = {"gnosjo-3": ("falkenberg",), "sollentuna-3": ("falkenberg",)}
_SUPERVISORS = (1,)
"""Which of a municipality's operators may step in for the others."""


class UnitPlan(Struct, frozen=True):
    """``roles`` are pairs of title and tasks."""

    name: str
    roles: list[tuple[str, str]]


class GroupPlan(Struct, frozen=True, kw_only=True):
    """A group of the people of ``unit``. ``overflow`` is the name of a group before it; ``period``: days from today on."""

    name: str
    unit: str
    strategy: Strategy = Strategy.ALL
    seconds: float | None = None
    overflow: str = ""
    mailbox: bool = False
    period: tuple[int, int] | None = None


class Plan(demo_life.Life, frozen=True, kw_only=True):
    """One file of ``demonstration/``. ``numbers`` is a series of a hundred numbers without its last two digits."""

    name: str
    language: str
    country: str
    time_zone: str
    welcome_phrase: str
    numbers: str
    first_names: list[str]
    last_names: list[str]
    operators: list[str]
    units: list[UnitPlan]
    groups: list[GroupPlan]
    announced_in: str = ""
    colour: str = ""

    def number(self, n: int) -> str:
        return f"{self.numbers}{n:02d}"

    def names(self) -> Iterator[str]:
        """Names without end, no two alike among the first few hundred."""
        n = 0
        while True:
            first = self.first_names[n % len(self.first_names)]
            yield f"{first} {self.last_names[(n * _LAST_NAME_STEP + n // 12) % len(self.last_names)]}"
            n += 1


def plan(municipality: str) -> Plan:
    """The description of one of ``MUNICIPALITIES``."""
    text = (files("vaxel.directory") / "demonstration" / f"{municipality}.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(text), Plan)


class _Secrets:
    """Passwords that are this installation's own and needn't be kept."""

    def __init__(self, config: Config) -> None:
        self._key = config.secrets["internal"].encode()

    def password(self, whose: str) -> str:
        digest = hmac.digest(self._key, f"demonstration:{whose}".encode(), "sha256")
        return urlsafe_b64encode(digest[:15]).decode().replace("-", "a").replace("_", "b")

    def hashed(self, whose: str) -> str:
        # Random passwords of 120 bits can't be guessed, so a slow hash protects nothing here and costs seconds at the start.
        # Django replaces it by the installation's usual one at the first log-in.
        return PBKDF2PasswordHasher().encode(self.password(whose), salt=self.password(f"salt:{whose}"), iterations=1000)

    def code(self, whose: str) -> str:
        """Eight digits."""
        digest = hmac.digest(self._key, f"demonstration:code:{whose}".encode(), "sha256")
        return f"{int.from_bytes(digest[:6]) % 10**8:08d}"

    def token(self, whose: str) -> str:
        return f"vxa_{self.password(f'token:{whose}')}{self.password(f'token2:{whose}')}"


def move_on() -> int:
    """The demonstration's absences and exceptions that have passed happen again, relative to today: there is always somebody away.

    Nothing else is touched, and nothing at all of a municipality that isn't as it was loaded. Returns how many absences moved.
    """
    moved = 0
    with transaction.atomic(), audit.silent():
        for organisation in Organisation.objects.filter(pk__in=MUNICIPALITIES):
            moved += demo_life.move_on(organisation, plan(organisation.pk))
        if moved:
            raise_version()
    return moved


def load(config: Config) -> int:
    """Put those municipalities into the database that aren't there yet; return how many. What is there is left as it is."""
    with transaction.atomic(), audit.silent(), search.later(), together():
        missing = [name for name in MUNICIPALITIES if not Organisation.objects.filter(id=name).exists()]
        for name in missing:
            _Municipality(name, plan(name), _Secrets(config)).create()
        raise_version()  # The proof of each policy looks at the municipality as it is now.
        for name in missing:
            _put_policy_in_force(name)
            demo_life.create(Organisation.objects.get(id=name), plan(name))
            demo_contents.create(Organisation.objects.get(id=name), demo_contents.contents(name))
            calendars.load(Organisation.objects.get(id=name))
        cases.load()
        for name in missing:
            notices.load(Organisation.objects.get(id=name))
            staffing.load(Organisation.objects.get(id=name))
        if missing:
            _serve_also()
            _create_common(config)
    return len(missing)


def _put_policy_in_force(municipality: str) -> None:
    by = audit.By(name="Vaxel")
    policies.activate(policies.propose(shipped()[municipality], by, organisation=municipality), by)


class _Municipality:
    def __init__(self, id_: str, plan: Plan, secrets: _Secrets) -> None:
        self.id = id_
        self.plan = plan
        self.secrets = secrets

    def create(self) -> None:
        self.organisation = Organisation.objects.create(
            id=self.id,
            name=self.plan.name,
            language=self.plan.language,
            country=self.plan.country,
            time_zone=self.plan.time_zone,
            welcome_phrase=self.plan.welcome_phrase,
            announced_in=self.plan.announced_in,
            colour=self.plan.colour,
        )
        Number.objects.create(number=self.plan.number(0), organisation=self.organisation, kind=NumberKind.MAIN)
        for n, name in enumerate(self.plan.operators, 1):
            self._create_operator(n, name)
        self._phone(f"{self.id}-hot-desk", PhoneKind.DESK, label="Hot desk")
        self._create_people()
        self._create_groups()

    def _user(self, username: str, name: str) -> User:
        first, _, last = name.partition(" ")
        return User.objects.create(
            username=username,
            first_name=first,
            last_name=last,
            language=self.plan.language,
            password=self.secrets.hashed(f"user:{username}"),
        )

    def _create_operator(self, n: int, name: str) -> None:
        username = f"{self.id}-{n}"
        operator = Operator.objects.create(
            user=self._user(username, name), name=name, log_on_code=self.secrets.code(username)
        )
        operator.organisations.add(self.organisation)
        if n in _SUPERVISORS:
            operator.supervises.add(self.organisation)
        for kind, user in ((PhoneKind.DESK, f"{self.id}-op{n}"), (PhoneKind.BROWSER, f"{self.id}-op{n}-web")):
            self._phone(user, kind, operator=operator)
        ApiToken.objects.create(operator=operator, label="demo.json", sha256=hashed(self.secrets.token(username)))

    def _phone(self, user: str, kind: PhoneKind, **owner: Any) -> None:
        password = self.secrets.password(f"sip:{user}")
        Phone.objects.create(user=user, password=password, kind=kind, organisation=self.organisation, **owner)

    def _create_people(self) -> None:
        names = self.plan.names()
        n = 0
        for unit_plan in self.plan.units:
            unit = Unit.objects.create(organisation=self.organisation, name=unit_plan.name)
            for place in range(PEOPLE_A_UNIT):
                n += 1
                title, tasks = unit_plan.roles[place % len(unit_plan.roles)]
                self._create_person(n, next(names), unit, title, tasks, logs_in=place == 0)

    def _create_person(self, n: int, name: str, unit: Unit, title: str, tasks: str, logs_in: bool) -> None:
        person = Person.objects.create(
            organisation=self.organisation,
            unit=unit,
            user=self._user(f"{self.id}-p{n:02d}", name) if logs_in else None,
            name=name,
            title=title,
            email=f"{'.'.join(index_words(name)[: len(name.replace('-', ' ').split())])}@{self.id}.example",
            tasks=tasks,
        )
        Number.objects.create(
            number=self.plan.number(n), organisation=self.organisation, kind=NumberKind.DIRECT, person=person
        )
        self._phone(f"{self.id}-p{n:02d}", PhoneKind.DESK, person=person)

    def _create_groups(self) -> None:
        for n, group_plan in enumerate(self.plan.groups):
            group = self._create_group(group_plan)
            number = self.plan.number(_GROUP_NUMBERS[n])
            Number.objects.create(number=number, organisation=self.organisation, kind=NumberKind.GROUP, group=group)
            people = Person.objects.filter(organisation=self.organisation, unit=group.unit).order_by("id")
            for position, person in enumerate(people[:3]):
                Membership.objects.create(group=group, person=person, position=position)

    def _create_group(self, plan: GroupPlan) -> Group:
        today = today_in(self.plan.time_zone)
        first, last = (today + timedelta(days=days) for days in plan.period) if plan.period else (None, None)
        return Group.objects.create(
            organisation=self.organisation,
            name=plan.name,
            unit=Unit.objects.get(organisation=self.organisation, name=plan.unit),
            strategy=plan.strategy,
            seconds=plan.seconds,
            overflow_group=Group.objects.filter(organisation=self.organisation, name=plan.overflow).first(),
            mailbox=plan.mailbox,
            first_day=first,
            last_day=last,
        )


def _serve_also() -> None:
    for username, organisations in _SERVES_ALSO.items():
        for operator in Operator.objects.filter(user__username=username):
            operator.organisations.add(*Organisation.objects.filter(id__in=organisations))
    for username, needing in _IN_RESERVE.items():
        for operator in Operator.objects.filter(user__username=username):
            operator.reserve_for.add(*Organisation.objects.filter(id__in=needing))


def _create_common(config: Config) -> None:
    secrets = _Secrets(config)
    Trunk.objects.get_or_create(
        name="demo", defaults={"host": "127.0.0.1", "port": config.sip_port + 10, "match": "127.0.0.1"}
    )
    for n in range(1, CITIZENS + 1):
        Phone.objects.get_or_create(
            user=f"citizen-{n:02d}",
            defaults={
                "password": secrets.password(f"sip:citizen-{n:02d}"),
                "kind": PhoneKind.BROWSER,
                "caller_number": _citizen_number(n),
            },
        )
    User.objects.get_or_create(
        username="admin",
        defaults={
            "is_staff": True,
            "is_superuser": True,
            "password": secrets.hashed("user:admin"),
        },
    )


def _citizen_number(n: int) -> str:
    return _CITIZEN_NUMBERS.format(_FIRST_CITIZEN + n - 1)


def write_demo_json(config: Config) -> Path:
    """Write ``VAR/demo.json`` (mode 0600): addresses and log-ins of everything in the demonstration. Returns its path."""
    path = config.var / "demo.json"
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(describe(config), file, ensure_ascii=False, indent=2)
    draft.replace(path)
    return path


def describe(config: Config) -> dict[str, Any]:
    """What ``demo.json`` holds. Log-ins are those that ``load`` gave; changed ones aren't known here."""
    secrets = _Secrets(config)
    return {
        "web": config.web_url,
        "live": config.live_url,
        "sip": f"sip:{config.sip_host}:{config.sip_port}",
        "sip_host": config.sip_host,
        "sip_port": config.sip_port,
        "sip_ws": config.sip_ws_url,
        "ari": config.ari_url,
        "ari_user": "vaxel",
        "ari_password": config.secrets["ari"],
        "admin": {"user": "admin", "password": secrets.password("user:admin")},
        "trunk": {"name": "demo", "accepts_calls_from": "127.0.0.1"},
        "citizens": [
            {
                "sip_user": f"citizen-{n:02d}",
                "sip_password": secrets.password(f"sip:citizen-{n:02d}"),
                "number": _citizen_number(n),
                "kind": "browser",
            }
            for n in range(1, CITIZENS + 1)
        ],
        "municipalities": {
            organisation.id: _describe(organisation, secrets)
            for organisation in Organisation.objects.filter(id__in=MUNICIPALITIES)
        },
    }


def _describe(organisation: Organisation, secrets: _Secrets) -> dict[str, Any]:
    people = Person.objects.filter(organisation=organisation).select_related("unit", "user").order_by("id")
    return {
        "name": organisation.name,
        "language": organisation.language,
        "main_number": organisation.main_number,
        "welcome_phrase": organisation.welcome_phrase,
        "hot_desk": {
            "sip_user": f"{organisation.pk}-hot-desk",
            "sip_password": secrets.password(f"sip:{organisation.pk}-hot-desk"),
        },
        "operators": [
            _describe_operator(operator, secrets)
            for operator in Operator.objects.filter(user__username__startswith=f"{organisation.id}-").order_by("id")
        ],
        "people": [_describe_person(person, secrets) for person in people.prefetch_related("numbers", "phones")],
        "groups": [
            {
                "id": group.key,
                "name": group.name,
                "number": next((number.number for number in group.numbers.all()), ""),
                "members": [person.key for person in group.people.order_by("memberships__position")],
            }
            for group in organisation.groups.prefetch_related("numbers")
        ],
    }


def _describe_operator(operator: Operator, secrets: _Secrets) -> dict[str, Any]:
    username = operator.user.username
    desk = next((phone for phone in operator.phones.all() if phone.kind == PhoneKind.DESK), None)
    browser = next((phone for phone in operator.phones.all() if phone.kind == PhoneKind.BROWSER), None)
    return {
        "id": operator.key,
        "name": operator.name,
        "user": username,
        "password": secrets.password(f"user:{username}"),
        "token": secrets.token(username),
        "sip_user": desk.user if desk else "",
        "sip_password": desk.password if desk else "",
        "browser_sip_user": browser.user if browser else "",
        "browser_sip_password": browser.password if browser else "",
        "code": operator.log_on_code or "",
        "supervises": [organisation.pk for organisation in operator.supervises.all()],
        "serves": [organisation.pk for organisation in operator.organisations.all()],
    }


def _describe_person(person: Person, secrets: _Secrets) -> dict[str, Any]:
    phone = next(iter(person.phones.all()), None)
    log_in = (
        {"user": person.user.username, "password": secrets.password(f"user:{person.user.username}")}
        if person.user
        else {}
    )
    return {
        "id": person.key,
        "name": person.name,
        "title": person.title,
        "number": next((number.number for number in person.numbers.all()), ""),
        "sip_user": phone.user if phone else "",
        "sip_password": phone.password if phone else "",
        "unit": person.unit.name if person.unit else "",
        "tasks": [task.strip() for task in person.tasks.split(",")],
        **log_in,
    }
