# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who stands in the public list (AAB-6): everybody whom no head has exempted, where the policy in force says that numbers are published.

Elsewhere nobody. Never a protected identity, never a mobile number.
"""

from __future__ import annotations

import hashlib

from django.utils import timezone
from msgspec import Struct

from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation, Published
from vaxel.directory.publication import public_people
from vaxel.directory.publication import published as approved
from vaxel.directory.snapshot import version
from vaxel.exchange.known import unit_paths, with_values
from vaxel.exchange.pdf import sorting
from vaxel.exchange.people import listed
from vaxel.policy.faults import PolicyError
from vaxel.policy.selectors import document, in_force


class Public(Struct, frozen=True, kw_only=True):
    """One line of the public list."""

    name: str
    title: str
    unit: str
    numbers: tuple[str, ...]
    email: str


def publishes(home: Organisation) -> bool:
    """Does the policy in force say that direct numbers and e-mail addresses are published?"""
    policy = in_force(home.pk, timezone.now())
    if policy is None:
        return False
    try:
        clauses = document(policy.text).clause
    except PolicyError:
        return False
    return any(control.use == "publication" for clause in clauses for control in clause.control)


def published(home: Organisation) -> list[Public]:
    """By name, in the order of the organisation's alphabet."""
    if not publishes(home):
        return []
    paths = unit_paths(home)
    found = []
    for person in with_values(public_people(home)):
        what, line = approved(person), listed(person, paths)
        found.append(
            Public(
                name=line.name,
                title=line.title,
                unit=line.unit,
                numbers=line.numbers if Published.NUMBER in what else (),
                email=line.email if Published.EMAIL in what else "",
            )
        )
    order = sorting(home.language)
    return sorted((one for one in found if one.numbers or one.email), key=lambda one: order(one.name))


def etag(home: Organisation, form: str) -> str:
    """Changes with the directory, with the policy, and with the day: people leave without anybody changing anything."""
    policy = in_force(home.pk, timezone.now())
    told = f"{home.pk} {form} {version()} {today_in(home.time_zone)} {policy.pk if policy else 0}"
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'
