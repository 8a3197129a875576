# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows for tests: two municipalities that must not see each other, and journal entries as the controller makes them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from vaxel.directory.models import (
    ApiToken,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Phone,
    PhoneKind,
    Unit,
    User,
)
from vaxel.directory.tokens import hashed
from vaxel.domain.journal import Entry

START = 1_764_000_000.0
PASSWORD = "a-long-enough-passphrase"


def organisation(id_: str = "gnosjo", main: str = "46980319200", **fields: Any) -> Organisation:
    defaults = {
        "name": f"{id_.capitalize()} kommun",
        "language": "sv",
        "country": "SE",
        "time_zone": "Europe/Stockholm",
        "welcome_phrase": "Välkommen",
    }
    made = Organisation.objects.create(id=id_, **{**defaults, **fields})
    Number.objects.create(number=main, organisation=made, kind=NumberKind.MAIN)
    return made


def user(name: str) -> User:
    # One round: a slow hash would be most of what the tests do.
    return User.objects.create(username=name, password=PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1))


def operator(*organisations: Organisation, name: str = "Britta Växel", username: str = "britta") -> Operator:
    made = Operator.objects.create(user=user(username), name=name)
    made.organisations.add(*organisations)
    Phone.objects.create(user=f"{username}-desk", organisation=organisations[0], operator=made)
    Phone.objects.create(user=f"{username}-web", organisation=organisations[0], operator=made, kind=PhoneKind.BROWSER)
    return made


def token(operator: Operator) -> str:
    made = f"token-of-{operator.pk}"
    ApiToken.objects.create(operator=operator, label="test", sha256=hashed(made))
    return made


def person(organisation: Organisation, name: str = "Anna Lind", number: str = "46980319201", **fields: Any) -> Person:
    unit_name = fields.pop("unit", "")
    unit = Unit.objects.get_or_create(organisation=organisation, name=unit_name)[0] if unit_name else None
    made = Person.objects.create(organisation=organisation, name=name, unit=unit, **fields)
    if number:
        Number.objects.create(number=number, organisation=organisation, kind=NumberKind.DIRECT, person=made)
        Phone.objects.create(user=f"phone-{number}", organisation=organisation, person=made)
    return made


def view(call: str, organisation: str = "gnosjo", **fields: Any) -> dict[str, Any]:
    return {
        "id": call,
        "organisation": organisation,
        "state": "waiting",
        "since": START,
        "started": START,
        "direction": "in",
        "dialled": "46980319200",
        "dialled_name": "Gnosjö kommun",
        "caller": {"number": "46701740605", "name": "", "internal": False},
        "reason": {"code": "main_number", "clause": "", "text": "", "person": ""},
        "path": [],
        "waiting_since": START,
        "operator": "",
        "offered_to": [],
        "legs": [],
        "parked_by": "",
        "held_by": "",
        "recall_for": "",
        "priority": 1,
        **fields,
    }


def entry(call: str = "n1-1764000000.1", n: int = 1, organisation: str = "gnosjo", **fields: Any) -> Entry:
    kind = fields.pop("kind", "arrived")
    return Entry(
        stream=call,
        n=n,
        at=START + n,
        kind=kind,
        organisation=organisation,
        data={"at": START + n, "kind": kind},
        view=view(call, organisation, **fields),
    )
