# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the cases of a task are divided. Nothing that a citizen tells is kept."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models import Group, Organisation, Person
from vaxel.domain import case_division as domain

LIMITS = {domain.By.DAY: 31, domain.By.MONTH: 12}


class By(models.TextChoices):
    DAY = domain.By.DAY.value, _("Day of birth")
    MONTH = domain.By.MONTH.value, _("Month of birth")
    SURNAME = domain.By.SURNAME.value, _("Surname")
    STREET = domain.By.STREET.value, _("Address")
    WARD = domain.By.WARD.value, _("Ward")


class Side(models.TextChoices):
    """Of a street."""

    ODD = "odd", _("odd numbers")
    EVEN = "even", _("even numbers")


class CaseDivision(models.Model):
    """The cases of one task."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="case_divisions", verbose_name=_("organisation")
    )
    task = models.CharField(_("task"), max_length=120, help_text=_("In the words of citizens."))
    by = models.CharField(_("divided by"), max_length=8, choices=By.choices)

    class Meta:
        verbose_name = _("case division")
        verbose_name_plural = _("case divisions")
        ordering = ["organisation", "task"]
        constraints = [models.UniqueConstraint(fields=["organisation", "task"], name="task_divided_once")]

    def __str__(self) -> str:
        return self.task

    @property
    def key(self) -> str:
        return f"d{self.pk}"

    def as_domain(self) -> domain.Division:
        """One query for the shares."""
        return domain.Division(
            id=self.key,
            organisation=self.organisation_id,
            task=self.task,
            by=domain.By(self.by),
            country=self.organisation.country,
            shares=tuple(share.as_domain() for share in self.shares.all()),
        )


class CaseShare(models.Model):
    """One part of the cases, and who handles it."""

    division = models.ForeignKey(CaseDivision, models.CASCADE, related_name="shares", verbose_name=_("case division"))
    first = models.CharField(_("from"), max_length=40, blank=True, help_text=_("A day, a month, or a beginning: Fl."))
    last = models.CharField(_("to and with"), max_length=40, blank=True)
    place = models.CharField(_("street or ward"), max_length=120, blank=True)
    number_from = models.PositiveIntegerField(
        _("from house number"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    number_to = models.PositiveIntegerField(_("to house number"), null=True, blank=True)
    side = models.CharField(_("side"), max_length=4, choices=Side.choices, blank=True)
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="case_shares", null=True, blank=True, verbose_name=_("person")
    )
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="case_shares", null=True, blank=True, verbose_name=_("group")
    )

    class Meta:
        verbose_name = _("share of the cases")
        verbose_name_plural = _("shares of the cases")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="share_has_one_owner",
                condition=models.Q(person__isnull=False, group=None) | models.Q(person=None, group__isnull=False),
                violation_error_message=_("A share belongs to a person or to a group."),
            )
        ]

    def __str__(self) -> str:
        part = " – ".join(part for part in (self.place, self.first, self.last) if part)
        return f"{self.division.task} · {part}" if part else self.division.task

    def clean(self) -> None:
        owner = self.person or self.group
        if owner is not None and owner.organisation_id != self.division.organisation_id:
            raise ValidationError(_("Whoever handles the cases belongs to another organisation."))
        by = domain.By(self.division.by)
        if by in LIMITS:
            self._check_numbers(LIMITS[by])
        elif by is domain.By.SURNAME and not self.first:
            raise ValidationError({"first": _("Write the first letters of the names, such as A.")})
        elif by in (domain.By.STREET, domain.By.WARD) and not self.place:
            raise ValidationError({"place": _("Write the name of the street or ward.")})
        if self.number_from and self.number_to and self.number_from > self.number_to:
            raise ValidationError({"number_to": _("The last house number comes before the first.")})

    def _check_numbers(self, most: int) -> None:
        values: dict[str, Any] = {"first": self.first, "last": self.last or self.first}
        wrong = [name for name, value in values.items() if not (value.isdecimal() and 1 <= int(value) <= most)]
        if wrong:
            raise ValidationError({wrong[0]: _("Write a number from 1 to %(most)d.") % {"most": most}})
        if int(values["first"]) > int(values["last"]):
            raise ValidationError({"last": _("The last comes before the first.")})

    def as_domain(self) -> domain.Share:
        bounded = self.number_from is not None or self.number_to is not None
        return domain.Share(
            owner=f"p{self.person_id}" if self.person_id else f"g{self.group_id}",
            first=self.first,
            last=self.last,
            place=self.place,
            numbers=(self.number_from or 1, self.number_to or 1_000_000) if bounded else None,
            odd=None if not self.side else self.side == Side.ODD,
        )
