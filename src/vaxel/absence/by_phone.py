# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feature codes carried out: the same actions as pages and REST API use, answered with what the telephone says."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.utils import timezone

from vaxel.absence import actions, codes
from vaxel.absence.actions import Wish
from vaxel.absence.models import Reason, Refer
from vaxel.absence.presence import Presence, presence, presence_by
from vaxel.directory import groups, numbers
from vaxel.directory.audit import By, Via
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Number, NumberKind, Person
from vaxel.site.database import drop_dead_connections

log = logging.getLogger(__name__)

Prompts = tuple[str, ...]

CALLERS_WILL_HEAR = "callers-will-hear"
HERE: Prompts = ("you-are-here",)
AWAY: Prompts = ("you-are-away",)
NOT_UNDERSTOOD: Prompts = ("not-understood",)
TRY_LATER: Prompts = ("try-later",)
NOT_POSSIBLE: Prompts = ("not-possible",)
UNKNOWN = "unknown"
REFUSED: Mapping[str, Prompts] = {
    actions.RING: ("refer-ring",),
    actions.LEFT: ("refer-left",),
    actions.ONESELF: ("refer-oneself",),
    actions.NO_MOBILE: ("refer-no-mobile",),
    actions.PAST: ("time-past",),
    UNKNOWN: ("refer-unknown",),
}
"""Code of an error → what is said; of others ``NOT_POSSIBLE``."""
NO_GROUP: Prompts = ("no-group",)


def carry_out(person: str, dialled: str) -> Prompts:
    """What ``person`` (a key) keyed on her telephone is done; what she hears, as prompts of a plan. Never raises.

    Takes as long as the database does: to be called in a thread of its own.
    """
    return _answered(person, dialled, _do)


def tried(person: str, dialled: str) -> Prompts:
    """What callers would hear if ``person`` was away as ``dialled`` says, after ``callers-will-hear``; else what is wrong with it."""
    return _answered(person, dialled, _try)


def _answered(person: str, dialled: str, do: Callable[[Person, codes.Code], Prompts]) -> Prompts:
    code = codes.parse(dialled)
    if code is None:
        return NOT_UNDERSTOOD
    try:
        drop_dead_connections()
        found = Person.objects.filter(pk=row(person, "p") or 0).select_related("organisation").first()
        return NOT_POSSIBLE if found is None else do(found, code)
    except ValidationError as error:
        log.info("a feature code was refused", extra={"fields": sorted(_fields(error))})
        return next((REFUSED[code] for code in _codes(error) if code in REFUSED), NOT_POSSIBLE)
    except DatabaseError as error:
        log.warning("a feature code was not carried out, the database is away", extra={"error": type(error).__name__})
        return TRY_LATER
    except Exception:
        log.exception("a feature code was not carried out")
        return TRY_LATER


def _fields(error: ValidationError) -> list[str]:
    return list(error.message_dict) if hasattr(error, "error_dict") else []


def _codes(error: ValidationError) -> list[str]:
    errors = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return [one.code or "" for several in errors for one in several]


def _do(person: Person, code: codes.Code) -> Prompts:
    by = By(name=person.name, user=person.user_id, via=Via.PHONE)
    match code:
        case codes.SetAbsence():
            return _set(person, by, code)
        case codes.Back():
            actions.back(person, by)
            return ("absence-ended",)
        case codes.Status():
            return _status(person)
        case codes.LogIn():
            return _log(person, by, code)
        case codes.PickUp() | codes.LogOnHere() | codes.LogOffHere() | codes.Come() | codes.AbsenceMenu():
            # The controller's own.
            return NOT_POSSIBLE


def _set(person: Person, by: By, code: codes.SetAbsence) -> Prompts:
    actions.set_absence(person, by, _wish(person, code))
    return ("absence-set", *_as_callers_hear(person, presence(person)))


def _try(person: Person, code: codes.Code) -> Prompts:
    if not isinstance(code, codes.SetAbsence):
        return NOT_UNDERSTOOD
    by = By(name=person.name, user=person.user_id, via=Via.PHONE)
    absence = actions.prepared(person, by, _wish(person, code))
    return (CALLERS_WILL_HEAR, *_as_callers_hear(person, presence_by(person, absence)))


def _wish(person: Person, code: codes.SetAbsence) -> Wish:
    zone = ZoneInfo(person.organisation.time_zone)
    refer, refer_to = _referral(person, code.refer_to)
    return Wish(reason=code.reason, end=codes.end_of(code, timezone.now(), zone), refer=refer, refer_to=refer_to)


def _referral(person: Person, keyed: str) -> tuple[str, str]:
    """Where the digit or number leads: within the same organisation. Raises ``ValidationError``."""
    if not keyed:
        return Refer.NOWHERE, ""
    if keyed in codes.SHORT:
        return codes.SHORT[keyed], ""
    found = _number(person, keyed)
    if found is not None and found.kind == NumberKind.MAIN:
        return Refer.SWITCHBOARD, ""
    if found is None or (found.person_id is None and found.group_id is None):
        raise ValidationError({"refer_to": ValidationError("nobody's number", code=UNKNOWN)})
    return (Refer.GROUP, f"g{found.group_id}") if found.group_id else (Refer.COLLEAGUE, f"p{found.person_id}")


def _number(person: Person, keyed: str) -> Number | None:
    """A number of the organisation, keyed whole, or by its last digits where these are one number's only."""
    ours = Number.objects.filter(organisation_id=person.organisation_id).select_related("group")
    try:
        whole = ours.filter(number=numbers.international(keyed, person.organisation.country)).first()
    except ValueError:
        whole = None
    if whole is not None:
        return whole
    ending = list(ours.filter(number__endswith=keyed)[:2])
    return ending[0] if len(ending) == 1 else None


def _status(person: Person) -> Prompts:
    now = presence(person)
    if now.here:
        return HERE
    return (*AWAY, *_as_callers_hear(person, now))


def _as_callers_hear(person: Person, now: Presence) -> Prompts:
    """What a caller is told: so that she knows it, too. Nothing when the absence is still to come."""
    if now.here or now.reason not in Reason.values:
        return ()
    back = () if now.back is None else (f"back:{now.back.timestamp():.0f}",)
    return (f"name:{person.key}", f"absent:{now.reason}", *back)


def _log(person: Person, by: By, code: codes.LogIn) -> Prompts:
    said = ("logged-in",) if code.logged_in else ("logged-out",)
    if not code.group:
        return said if groups.log_everywhere(person, by, logged_in=code.logged_in) else NO_GROUP
    group = _group(person, code.group)
    if group is None:
        return NO_GROUP
    groups.log(person, group, by, logged_in=code.logged_in)
    return (*said, f"name:{group.key}")


def _group(person: Person, keyed: str) -> Group | None:
    found = _number(person, keyed)
    group = found.group if found is not None else None
    return group if group is not None and group.memberships.filter(person=person).exists() else None
