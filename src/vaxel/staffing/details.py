# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each kind of change tells: its fields, as they are kept and as REST API and pages take them. People, units … are named by key."""

from __future__ import annotations

from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.staffing.models import Subject


class Joiner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody new. ``number`` as people write it, "" for none yet; ``tasks`` with commas between.

    ``log_in``: gets a user of these pages; ``telephone``: gets one on the desk.
    """

    name: str
    title: str = ""
    function: str = ""
    tasks: str = ""
    email: str = ""
    number: str = ""
    log_in: bool = False
    telephone: bool = False


class Leaver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``successor`` gets the calls afterwards; "" for what the policy says."""

    person: str
    successor: str = ""


class Mover(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To another unit, with other work; empty fields stay as they are. ``leaves_groups``: those of the old unit."""

    person: str
    to_unit: str
    title: str = ""
    function: str = ""
    tasks: str = ""
    leaves_groups: bool = True


class Task(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``task`` goes from ``person`` ("": nobody had it) to ``to_person``."""

    task: str
    to_person: str
    person: str = ""


class Cases(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The share of ``person`` in a case division goes to ``to_person``."""

    division: str
    person: str
    to_person: str


class Unstaffed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The unit's telephones are unstaffed until ``until`` (a day, ISO), the last day of it; ``cover`` says who answers meanwhile."""

    until: str
    why: str
    cover: str


Details = Joiner | Leaver | Mover | Task | Cases | Unstaffed

SHAPES: dict[str, type[Details]] = {
    Subject.JOINER: Joiner,
    Subject.LEAVER: Leaver,
    Subject.MOVER: Mover,
    Subject.TASK: Task,
    Subject.CASES: Cases,
    Subject.UNSTAFFED: Unstaffed,
}


def details_of(subject: str, raw: dict[str, Any]) -> Details:
    """``raw`` in the shape of ``subject``. Raises ``ValidationError`` for what doesn't fit it."""
    if subject not in SHAPES:
        raise ValidationError({"subject": _("Choose what is reported.")})
    try:
        found: Details = msgspec.convert(raw, SHAPES[subject])
    except msgspec.ValidationError as error:
        field = str(error).rpartition("`")[0].rpartition("`")[2].removeprefix("$.") or "details"
        raise ValidationError({field: _("This doesn't fit: %(why)s.") % {"why": str(error)[:200]}}) from error
    return found


def plain(details: Details) -> dict[str, Any]:
    """As it is kept."""
    found: dict[str, Any] = msgspec.to_builtins(details)
    return found
