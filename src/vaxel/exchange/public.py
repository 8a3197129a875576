# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who stands in the public list (AAB-6): nobody unless it has been approved; never a protected identity, never a mobile number."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from msgspec import Struct

from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation
from vaxel.directory.snapshot import version
from vaxel.exchange.pdf import sorting
from vaxel.exchange.people import Listed, everybody


class Shown(Struct, frozen=True):
    """What of a person may be told to everybody."""

    number: bool
    email: bool


Approved = Callable[[Organisation], dict[str, Shown]]
"""Key of a person → what of her has been approved."""

APPROVED: list[Approved] = []
"""Whoever keeps approvals adds itself. Without one nobody is public."""


class Public(Struct, frozen=True, kw_only=True):
    """One line of the public list."""

    name: str
    title: str
    unit: str
    numbers: tuple[str, ...]
    email: str


def published(home: Organisation) -> list[Public]:
    """By name, in the order of the organisation's alphabet."""
    shown: dict[str, Shown] = {}
    for approved in APPROVED:
        shown |= approved(home)
    order = sorting(home.language)
    found = [_public(person, shown[person.key]) for person in everybody(home) if person.key in shown]
    return sorted((one for one in found if one.numbers or one.email), key=lambda one: order(one.name))


def _public(person: Listed, shown: Shown) -> Public:
    return Public(
        name=person.name,
        title=person.title,
        unit=person.unit,
        numbers=person.numbers if shown.number else (),
        email=person.email if shown.email else "",
    )


def etag(home: Organisation, form: str) -> str:
    """Changes with the directory, and with the day: people leave without anybody changing anything."""
    told = f"{home.pk} {form} {version()} {today_in(home.time_zone)}"
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'
