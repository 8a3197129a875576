# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people may do with their calendars. All raise ``ValidationError``, by field."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vaxel.absence.actions import Wish, set_absence
from vaxel.absence.calendars import addresses
from vaxel.absence.calendars.models import Calendar, Kind, Proposal
from vaxel.absence.calendars.sealed import sealed
from vaxel.absence.models import Absence
from vaxel.directory.audit import By, Via, acting
from vaxel.directory.models import Person
from vaxel.site.config import config

MOST = 3


def add_calendar(person: Person, by: By, *, kind: str, address: str, user: str = "", password: str = "") -> Calendar:
    """Read ``address`` from now on. ``webcal:`` is read as ``https:``. Nothing is fetched here: the worker does that."""
    address = address.strip().replace("\x00", "")
    if address.lower().startswith(("webcal://", "webcals://")):
        address = f"https://{address.partition('://')[2]}"
    errors: dict[str, list[str]] = {}
    host = ""
    try:
        host = addresses.host_of(address, addresses.networks(config().calendar_networks))
    except addresses.NotAllowed:
        errors["address"] = [
            _("Copy the address of the calendar: it begins with https:// and lies on the public internet.")
        ]
    if kind not in Kind.values:
        errors["kind"] = [_("Choose from the list.")]
    if len(user) > 120 or len(password) > 200:
        errors["user"] = [_("User name or password is too long.")]
    if person.calendars.count() >= MOST:
        errors["address"] = [_("There are %(n)d calendars already. Remove one first.") % {"n": MOST}]
    if errors:
        raise ValidationError(errors)
    calendar = Calendar(person=person, kind=kind, host=host, user=user.strip().replace("\x00", ""))
    calendar.address_sealed = sealed(address)
    calendar.password_sealed = sealed(password) if password else ""
    with acting(by), transaction.atomic():
        calendar.save()
    return calendar


def remove_calendar(calendar: Calendar, by: By) -> None:
    """It isn't read any longer, and all that was learned from it is erased."""
    with acting(by), transaction.atomic():
        calendar.delete()


def take(proposal: Proposal, by: By, reason: str) -> Absence:
    """She agrees: the absence is set. Of two who do it at once, one does."""
    now = timezone.now()
    with transaction.atomic():
        _decide(proposal, Proposal.Decision.TAKEN)
        start = proposal.start if proposal.start > now else None
        wish = Wish(reason=reason, start=start, end=proposal.end)
        return set_absence(proposal.calendar.person, By(name=by.name, user=by.user, via=Via.CALENDAR), wish)


def leave_out(proposal: Proposal) -> None:
    """It is no absence, and isn't asked for again."""
    with transaction.atomic():
        _decide(proposal, Proposal.Decision.LEFT)


def _decide(proposal: Proposal, decision: Proposal.Decision) -> None:
    open_ = Proposal.objects.filter(pk=proposal.pk, decision=Proposal.Decision.OPEN)
    if not open_.update(decision=decision):
        raise ValidationError(_("That has been decided already."))
