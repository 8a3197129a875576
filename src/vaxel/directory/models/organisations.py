# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations, and those who log in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models.choices import COLOUR, Country, Language, NumberKind, check_announced_in, check_time_zone


class User(AbstractUser):
    """Someone who logs in: an operator, an employee, an administrator."""

    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        blank=True,
        help_text=_("The language of the pages. Empty: the browser's."),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class Organisation(models.Model):
    """A municipality, or another body with its own main number and policy (``vaxel.policy``)."""

    id = models.SlugField(
        _("id"), primary_key=True, max_length=32, help_text=_("Short name in addresses and file names.")
    )
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, help_text=_("Of its prompts."))
    announced_in = models.CharField(
        _("languages of announcements"),
        max_length=32,
        blank=True,
        validators=[check_announced_in],
        help_text=_(
            "In which callers hear everything, one after the other: se nb. Empty: in its language alone. "
            "Northern Sámi is heard where all of a sentence has been recorded."
        ),
    )
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[check_time_zone])
    welcome_phrase = models.CharField(
        _("welcome phrase"), max_length=200, help_text=_("What the operator says first; shown when a call is offered.")
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[COLOUR],
        help_text=_("By which operators recognise it beside its name: #0a5c8f. Empty: one of the console's own."),
    )
    welcome_prompt = models.BooleanField(
        _("recorded welcome"), default=True, help_text=_("Callers hear a welcome before they wait for an operator.")
    )
    offer_seconds = models.FloatField(
        _("offer"),
        default=20.0,
        validators=[MinValueValidator(1)],
        help_text=_("Seconds for which a call is offered to one operator before the next one gets it."),
    )
    recall_seconds = models.FloatField(
        _("recall"),
        default=25.0,
        validators=[MinValueValidator(1)],
        help_text=_("Seconds after which a transferred call that nobody answers comes back."),
    )
    park_seconds = models.FloatField(
        _("parking"),
        default=120.0,
        validators=[MinValueValidator(1)],
        help_text=_("Seconds after which a parked call comes back."),
    )
    hold_seconds = models.FloatField(
        _("holding"),
        default=90.0,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Seconds after which an operator is reminded of a call that she holds; after as long again it comes back."
        ),
    )
    voicemail_seconds = models.FloatField(
        _("longest voice message"),
        default=180.0,
        validators=[MinValueValidator(5), MaxValueValidator(1800)],
        help_text=_("Seconds."),
    )
    retention_days = models.PositiveIntegerField(
        _("days kept"),
        default=180,
        validators=[MinValueValidator(1)],
        help_text=_("Calls, voice messages and finished messages are erased after so many days."),
    )
    eves = models.JSONField(
        _("eves"), default=dict, blank=True, help_text=_("Eve → closed, half or ordinary, where it isn't the usual.")
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def main_number(self) -> str:
        """The first of its main numbers, "" when it has none. One query."""
        return self.numbers.filter(kind=NumberKind.MAIN).order_by("id").values_list("number", flat=True).first() or ""
