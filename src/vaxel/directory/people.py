# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an employee may change of herself in the directory: whether calls may be sent to her mobile (GNO-15)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from vaxel.directory.audit import By, acting
from vaxel.directory.hours import today_in
from vaxel.directory.models import Person
from vaxel.directory.numbers import international


def agree_to_mobile(person: Person, by: By, number: str) -> Person:
    """She agrees that calls are sent to her mobile ``number`` (as written). Callers never learn it. Raises ``ValidationError``."""
    try:
        digits = international(number, person.organisation.country)
    except ValueError as error:
        raise ValidationError({"mobile": _("Write the number like 070-174 06 05 or +46 70 174 06 05.")}) from error
    if person.organisation.numbers.filter(number=digits).exists():
        raise ValidationError({"mobile": _("That is a number of the switchboard, not a mobile.")})
    with acting(by), transaction.atomic():
        person.mobile = digits
        person.mobile_consent = today_in(person.organisation.time_zone)
        person.save(update_fields=["mobile", "mobile_consent"])
    return person


def take_back_mobile(person: Person, by: By) -> Person:
    """No call is sent to her mobile any longer, from this moment on. Absences that refer there go to her voicemail."""
    with acting(by), transaction.atomic():
        person.mobile_consent = None
        person.save(update_fields=["mobile_consent"])
    return person
