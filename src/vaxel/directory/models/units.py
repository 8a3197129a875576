# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Units of an organisation, the places where they are, and who answers for them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models.choices import E164, RoleKind, UnitKind
from vaxel.directory.models.organisations import Organisation


class Place(models.Model):
    """A house or site with its address: where people sit and citizens come."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="places", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("As people call it: “the town hall”."))
    address = models.CharField(_("address"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="place_name_once")]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An administration, department or institution. ``reviewed_at``: when somebody last said that all of it is right (SOL-5)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units", verbose_name=_("organisation"))
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("belongs to")
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=UnitKind.choices, default=UnitKind.DEPARTMENT)
    number = models.CharField(
        _("number"),
        max_length=15,
        blank=True,
        validators=[E164],
        help_text=_("The unit's own: a group's number, for example. Told when nobody in particular is sought."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    place = models.ForeignKey(
        Place, models.SET_NULL, related_name="units", null=True, blank=True, verbose_name=_("place")
    )
    description = models.TextField(
        _("what it does"), blank=True, max_length=1000, help_text=_("In the words of citizens.")
    )
    transfer_person = models.ForeignKey(
        "directory.Person",
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("pass calls on to"),
        help_text=_("The one person to whom the unit wants calls passed on. Empty: to whom the caller seeks."),
    )
    transfer_number = models.CharField(
        _("or to the number"), max_length=15, blank=True, validators=[E164], help_text=_("Instead of a person.")
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=models.Q(parent=None), name="top_unit_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"u{self.pk}"

    def clean(self) -> None:
        for field in ("parent", "transfer_person", "place"):
            other = getattr(self, field)
            if other and other.organisation_id != self.organisation_id:
                raise ValidationError({field: _("It belongs to another organisation.")})
        if self.transfer_person and self.transfer_number:
            raise ValidationError({"transfer_number": _("Choose a person or a number, not both.")})
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("A unit can't belong to itself, or to one below it.")})
            seen.add(above.pk)
            above = above.parent


class Role(models.Model):
    """What someone answers for: a unit with all below it, or, without a unit, the whole organisation (FAL-9, AAB-32)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles", verbose_name=_("organisation"))
    unit = models.ForeignKey(
        Unit,
        models.CASCADE,
        related_name="roles",
        null=True,
        blank=True,
        verbose_name=_("unit"),
        help_text=_("Empty: the whole organisation."),
    )
    person = models.ForeignKey("directory.Person", models.CASCADE, related_name="roles", verbose_name=_("person"))
    kind = models.CharField(_("role"), max_length=16, choices=RoleKind.choices)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["organisation", "unit", "kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "person", "kind"], name="role_once"),
            models.UniqueConstraint(
                fields=["organisation", "person", "kind"],
                condition=models.Q(unit=None),
                name="role_of_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()} – {self.unit or self.organisation}"

    def clean(self) -> None:
        for field, other in (("unit", self.unit), ("person", self.person)):
            if other and other.organisation_id != self.organisation_id:
                raise ValidationError({field: _("It belongs to another organisation.")})
