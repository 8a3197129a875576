# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to absences: one function a change, the same for pages, REST API and telephone.

Each checks, writes in a transaction, and is published to the controller when that is committed. All raise ``ValidationError``, by field.
Whether somebody *may* is asked beforehand (``directory.rights``).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import Struct
from prometheus_client import Counter

from vaxel.absence import referrals
from vaxel.absence.models import Absence, Reason, Refer, Via, not_over
from vaxel.directory.audit import By, acting
from vaxel.directory.audit import Via as Way
from vaxel.directory.guard import guarded
from vaxel.directory.identity_numbers import refuse_identity_numbers
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Person

ABSENCES = Counter("vaxel_absences_total", "Absences by what was done to them, and how.", ["done", "via"])
LONGEST = timedelta(days=5 * 366)
PATIENCE = timedelta(minutes=2)
"""So long ago a beginning may lie and still count as now: a form takes a while to be filled in."""


RING, LEFT, ONESELF, NO_MOBILE, PAST = "ring", "left", "oneself", "no-mobile", "past"
"""Codes of errors of which a telephone, too, says which it was."""
Errors = dict[str, list[Any]]
"""Field → sentences, or ``ValidationError``s with a code."""


class Wish(Struct, frozen=True, kw_only=True):
    """An absence as somebody wants it. ``start`` None: now; ``end`` None: until further notice.

    ``refer_to`` is the key of a colleague or group.
    """

    reason: str
    start: datetime | None = None
    end: datetime | None = None
    message: str = ""
    refer: str = ""
    refer_to: str = ""


def set_absence(person: Person, by: By, wish: Wish) -> Absence:
    """``person`` is away. By telephone it takes the place of what she keyed before for the same time."""
    absence = prepared(person, by, wish)
    with acting(by), _looked_at(absence):
        if absence.via == Via.PHONE:
            _take_the_place(absence)
        absence.save()
        transaction.on_commit(lambda: ABSENCES.labels("set", absence.via).inc())
    return absence


def change_absence(absence: Absence, by: By, wish: Wish) -> Absence:
    """Another reason, time or referral of an absence that isn't over."""
    now = timezone.now()
    if absence.until is not None and absence.until <= now:
        raise ValidationError(_("This absence is over, and can't be changed."))
    changed = prepared(absence.person, by, wish, began=absence.start)
    changed.pk, changed.made = absence.pk, absence.made
    changed.set_by, changed.set_by_name, changed.via = absence.set_by, absence.set_by_name, absence.via
    changed._state.adding = False
    with acting(by), _looked_at(changed):
        changed.save()
        transaction.on_commit(lambda: ABSENCES.labels("changed", absence.via).inc())
    return changed


def refers_to_somebody(absence: Absence) -> bool:
    """Only a referral to somebody in particular can lead callers astray: what else may be is proved of everybody beforehand."""
    return absence.refer in (Refer.COLLEAGUE, Refer.GROUP)


def _looked_at(absence: Absence) -> AbstractContextManager[object]:
    return guarded(absence.organisation_id) if refers_to_somebody(absence) else transaction.atomic()


def end_absence(absence: Absence, by: By) -> Absence:
    """She is back earlier, or what was to come is taken back. Of two who do it at once, one does."""
    now = timezone.now()
    with acting(by), transaction.atomic():
        current = Absence.objects.select_for_update().filter(not_over(now), pk=absence.pk).first()
        if current is None:
            return absence
        # One that hadn't begun is over before it begins: it never keeps a caller from anybody.
        current.ended = max(now, current.start)
        current.ended_by = by.name
        current.save(update_fields=["ended", "ended_by"])
        transaction.on_commit(lambda: ABSENCES.labels("ended", by.via.value).inc())
    return current


def back(person: Person, by: By) -> int:
    """She is here again: every absence in force ends now. How many there were."""
    now = timezone.now()
    current = list(Absence.objects.filter(not_over(now), person=person, start__lte=now))
    for absence in current:
        end_absence(absence, by)
    return len(current)


def prepared(person: Person, by: By, wish: Wish, began: datetime | None = None) -> Absence:
    """The absence that ``wish`` would make, checked but not saved. ``began``: when it does already, of one that is changed."""
    now = timezone.now()
    start = wish.start or began or now
    absence = Absence(
        organisation_id=person.organisation_id,
        person=person,
        reason=wish.reason,
        start=start if start == began or start > now or now - start > PATIENCE else now,
        end=wish.end,
        message=_cleaned(wish.message),
        refer=wish.refer,
        set_by_id=by.user,
        set_by_name=by.name[:150],
        via=_via(person, by),
    )
    errors: Errors = {}
    _check_times(absence, now, began, errors)
    _check_words(absence, errors)
    _refer(absence, wish.refer_to, errors)
    if errors:
        raise ValidationError(errors)
    return absence


def _via(person: Person, by: By) -> str:
    if by.via is Way.PHONE:
        return Via.PHONE
    if by.via is Way.CALENDAR:
        return Via.CALENDAR
    if person.user_id is None or by.user != person.user_id:
        return Via.PROXY
    return Via.REST if by.via is Way.REST else Via.WEB


def _take_the_place(absence: Absence) -> None:
    now = timezone.now()
    before = Absence.objects.filter(not_over(now), person=absence.person, via=Via.PHONE)
    before = before.filter(start__lt=absence.end) if absence.end else before
    for earlier in before:
        earlier.ended = max(now, earlier.start)
        earlier.ended_by = absence.set_by_name
        earlier.save(update_fields=["ended", "ended_by"])


def _cleaned(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _check_times(absence: Absence, now: datetime, began: datetime | None, errors: Errors) -> None:
    person = absence.person
    zone = ZoneInfo(person.organisation.time_zone)
    if absence.start < now - PATIENCE and absence.start != began:
        errors["start"] = [_("It can't begin in the past. Leave it empty for an absence from now on.")]
    if absence.end is not None:
        if absence.end <= absence.start:
            errors["end"] = [_("It ends before it begins.")]
        elif absence.end <= now:
            errors["end"] = [ValidationError(_("That time has passed already."), code=PAST)]
        elif absence.end - absence.start > LONGEST:
            errors["end"] = [_("Leave the end empty for an absence until further notice.")]
    if person.last_day is not None and absence.start.astimezone(zone).date() > person.last_day:
        told = _("%(name)s doesn't work here any longer: calls go to the successor, or the switchboard.")
        errors["start"] = [told % {"name": person.name}]


def _check_words(absence: Absence, errors: Errors) -> None:
    if absence.reason not in Reason.values:
        errors["reason"] = [_("Choose a reason from the list.")]
    if absence.refer not in Refer.values:
        errors["refer"] = [_("Choose from the list where calls shall go.")]
    if len(absence.message) > 300:
        errors["message"] = [_("Write at most 300 characters.")]
    try:
        refuse_identity_numbers(absence.message)
    except ValidationError as error:
        errors.setdefault("message", []).extend(error.error_list)


def _refer(absence: Absence, key: str, errors: Errors) -> None:
    """Put the one referred to into ``absence``, or say why it can't be."""
    try:
        match absence.refer:
            case Refer.COLLEAGUE:
                absence.refer_person = _colleague(absence, key)
                _refuse_ring(absence, absence.refer_person)
            case Refer.GROUP:
                absence.refer_group = _group(absence, key)
                _refuse_ring(absence, absence.refer_group)
            case Refer.MOBILE:
                _check_mobile(absence.person)
    except ValidationError as error:
        errors["refer_to"] = error.error_list


def _colleague(absence: Absence, key: str) -> Person:
    person = absence.person
    found = Person.objects.filter(pk=row(key, "p") or 0, organisation_id=person.organisation_id).first()
    if found is None:
        raise ValidationError(_("Choose a colleague who works for the same organisation."))
    if found.pk == person.pk:
        raise ValidationError(
            _("A referral to oneself leads nowhere. Choose a colleague, the switchboard or voicemail."), code=ONESELF
        )
    zone = ZoneInfo(person.organisation.time_zone)
    if found.last_day is not None:
        last = absence.end.astimezone(zone).date() if absence.end else None
        if last is None or last > found.last_day:
            told = _("%(name)s's employment ends on %(day)s. Choose somebody who is here for the whole time.")
            raise ValidationError(told % {"name": found.name, "day": _day(found.last_day)}, code=LEFT)
    if not found.numbers.exists() and not found.phones.exists():
        raise ValidationError(_("%(name)s has no telephone.") % {"name": found.name})
    return found


def _group(absence: Absence, key: str) -> Group:
    person = absence.person
    found = Group.objects.filter(pk=row(key, "g") or 0, organisation_id=person.organisation_id).first()
    if found is None:
        raise ValidationError(_("Choose a group of the same organisation."))
    zone = ZoneInfo(person.organisation.time_zone)
    if found.first_day is not None and absence.start.astimezone(zone).date() < found.first_day:
        told = _("The group %(name)s begins on %(day)s.")
        raise ValidationError(told % {"name": found.name, "day": _day(found.first_day)})
    if found.last_day is not None and (absence.end is None or absence.end.astimezone(zone).date() > found.last_day):
        raise ValidationError(
            _("The group %(name)s ends on %(day)s.") % {"name": found.name, "day": _day(found.last_day)}
        )
    return found


def _refuse_ring(absence: Absence, to: Person | Group) -> None:
    names = referrals.ring(absence.person, to, absence.start, absence.end)
    if names:
        told = _("The referrals lead back to where they began: %(names)s. Choose somebody else, or the switchboard.")
        raise ValidationError(told % {"names": " → ".join(names)}, code=RING)


def _check_mobile(person: Person) -> None:
    if not person.mobile:
        raise ValidationError(
            _("%(name)s has no mobile number in the directory.") % {"name": person.name}, code=NO_MOBILE
        )
    if person.mobile_consent is None:
        told = _("%(name)s hasn't agreed that calls are sent to the mobile. She can agree on her own page.")
        raise ValidationError(told % {"name": person.name}, code=NO_MOBILE)


def _day(day: Any) -> str:
    from django.utils.formats import date_format

    return date_format(day)
