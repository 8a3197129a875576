# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Groups and their members."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models.choices import Strategy
from vaxel.directory.models.organisations import Organisation
from vaxel.directory.models.people import Person
from vaxel.directory.models.units import Unit


class Group(models.Model):
    """People who answer the same questions, behind one number."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="groups", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=120)
    people = models.ManyToManyField(Person, through="Membership", related_name="groups", verbose_name=_("members"))
    unit = models.ForeignKey(
        Unit,
        models.SET_NULL,
        related_name="groups",
        null=True,
        blank=True,
        verbose_name=_("unit"),
        help_text=_("Whose hours it keeps when it has none of its own."),
    )
    strategy = models.CharField(_("order of ringing"), max_length=16, choices=Strategy.choices, default=Strategy.ALL)
    seconds = models.FloatField(
        _("seconds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(120)],
        help_text=_("How long each round rings. Empty: as a direct number."),
    )
    overflow_group = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("when nobody answers, the group"),
    )
    overflow_person = models.ForeignKey(
        Person, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("or the person")
    )
    mailbox = models.BooleanField(
        _("mailbox"), default=False, help_text=_("Callers whom nobody answers may leave a message for the group.")
    )
    pick_up = models.BooleanField(
        _("pick-up group"), default=True, help_text=_("Members may take each other's ringing calls with *8.")
    )
    first_day = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Of a group for a period, as a hotline. Empty: always.")
    )
    last_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"g{self.pk}"

    def clean(self) -> None:
        for field in ("unit", "overflow_group", "overflow_person"):
            other = getattr(self, field)
            if other and other.organisation_id != self.organisation_id:
                raise ValidationError({field: _("It belongs to another organisation.")})
        if self.overflow_group and self.overflow_person:
            raise ValidationError({"overflow_person": _("Choose a group or a person, not both.")})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        following, seen = self.overflow_group, {self.pk}
        while following is not None:
            if following.pk in seen:
                raise ValidationError({"overflow_group": _("The groups lead back to where they began.")})
            seen.add(following.pk)
            following = following.overflow_group


class Membership(models.Model):
    """A person's place in a group."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", verbose_name=_("group"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    logged_in = models.BooleanField(_("logged in"), default=True, help_text=_("Gets the group's calls."))

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.person} – {self.group}"

    def clean(self) -> None:
        if self.person.organisation_id != self.group.organisation_id:
            raise ValidationError({"person": _("The person belongs to another organisation than the group.")})
