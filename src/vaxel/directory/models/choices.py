# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What fields may hold: codes with their words, and checks."""

from __future__ import annotations

import secrets
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.domain.world import NoAnswer as NoAnswerValue
from vaxel.domain.world import NumberKind as NumberKindValue
from vaxel.domain.world import Strategy as StrategyValue
from vaxel.telephony.engine.model import PhoneKind as PhoneKindValue

E164 = RegexValidator(
    r"^[1-9][0-9]{1,14}$", _("Write the number in international form, digits only, without + or 00: 46980319201.")
)
SIP_USER = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{0,62}$", _("Use small letters, digits, full stop, hyphen and underscore.")
)

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour like #0a5c8f."))
LOG_ON_CODE = RegexValidator(r"^[0-9]{4,8}$", _("Four to eight digits."))


class Language(models.TextChoices):
    SWEDISH = "sv", _("Swedish")
    NORWEGIAN = "nb", _("Norwegian Bokmål")
    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


class Country(models.TextChoices):
    SWEDEN = "SE", _("Sweden")
    NORWAY = "NO", _("Norway")
    DENMARK = "DK", _("Denmark")
    FINLAND = "FI", _("Finland")
    ALAND = "AX", _("Åland")
    ICELAND = "IS", _("Iceland")
    FAROES = "FO", _("the Faroes")


class NoAnswer(models.TextChoices):
    VOICEMAIL = NoAnswerValue.VOICEMAIL.value, _("Voicemail")
    SWITCHBOARD = NoAnswerValue.SWITCHBOARD.value, _("The switchboard")


class NumberKind(models.TextChoices):
    MAIN = NumberKindValue.MAIN.value, _("Main number")
    DIRECT = NumberKindValue.DIRECT.value, _("Direct number")
    GROUP = NumberKindValue.GROUP.value, _("Group number")


class Strategy(models.TextChoices):
    ALL = StrategyValue.ALL.value, _("All at once")
    ORDERED = StrategyValue.ORDERED.value, _("One after the other, in the order of the list")
    IN_TURN = StrategyValue.IN_TURN.value, _("One after the other, taking turns")
    LONGEST_IDLE = StrategyValue.LONGEST_IDLE.value, _("Who has been left in peace longest comes first")


class RoleKind(models.TextChoices):
    MANAGER = "manager", _("Manager")
    PHONE_CONTACT = "phone_contact", _("Telephone contact")


class UnitKind(models.TextChoices):
    ADMINISTRATION = "administration", _("Administration")
    DEPARTMENT = "department", _("Department")
    INSTITUTION = "institution", _("Institution")


class FunctionRole(models.TextChoices):
    DOES = "does", _("Has it")
    STANDS_IN = "stands_in", _("Stands in")


class Prefers(models.TextChoices):
    """How somebody would rather be reached."""

    PHONE = "phone", _("By telephone")
    MESSAGE = "message", _("By message")
    MAIL = "mail", _("By e-mail")


class Published(models.TextChoices):
    """What is published of a person unless she is exempted (AAB-6)."""

    NUMBER = "number", _("Direct number")
    EMAIL = "email", _("E-mail address")


class PhoneKind(models.TextChoices):
    DESK = PhoneKindValue.DESK.value, _("Desk phone")
    BROWSER = PhoneKindValue.BROWSER.value, _("Browser")


class Transport(models.TextChoices):
    UDP = "udp", "UDP"
    TCP = "tcp", "TCP"
    TLS = "tls", "TLS"


def check_time_zone(value: str) -> None:
    """Refuse what isn't a zone of the IANA database."""
    if value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Write it like Europe/Stockholm."), params={"value": value}
        )


ANNOUNCED = (*Language.values, "se")
"""Languages in which there may be announcements; Northern Sámi only as recordings."""


def check_announced_in(value: str) -> None:
    """Refuse anything but different languages from ``ANNOUNCED``, with spaces between."""
    chosen = value.split()
    if not set(chosen) <= set(ANNOUNCED) or len(set(chosen)) != len(chosen):
        raise ValidationError(
            _("Write the languages in their order, with a space between: se nb. There are %(all)s."),
            params={"all": ", ".join(ANNOUNCED)},
        )


def new_password() -> str:
    """A SIP password that nobody needs to remember."""
    return secrets.token_urlsafe(18)
