# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening hours in the database: of an organisation's switchboard, a unit, a group or a person; exceptions; closing days.

A part of ``directory.models``, which names what is here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.spans import check_day, check_seasons, check_week, closed_week, day_of, season_of, week_of
from vaxel.domain.hours import DatedHours, Schedule, exceptions_only

if TYPE_CHECKING:
    from vaxel.directory.models import Group, Organisation, Person, Unit


class Hours(models.Model):
    """The hours of one owner. Without unit, group and person they are the switchboard's own.

    ``week``, ``seasons``, ``holiday`` and ``eve`` have the shapes of ``directory.spans``; ``eve`` is null when an eve is as any weekday.
    ``only_exceptions``: the owner keeps the hours above, but on the dates of its exceptions; then these say nothing.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", models.CASCADE, related_name="hours", verbose_name=_("organisation")
    )
    unit = models.OneToOneField(
        "directory.Unit", models.CASCADE, related_name="hours", null=True, blank=True, verbose_name=_("unit")
    )
    group = models.OneToOneField(
        "directory.Group", models.CASCADE, related_name="hours", null=True, blank=True, verbose_name=_("group")
    )
    person = models.OneToOneField(
        "directory.Person", models.CASCADE, related_name="hours", null=True, blank=True, verbose_name=_("person")
    )
    week = models.JSONField(_("week"), default=closed_week, validators=[check_week])
    seasons = models.JSONField(_("seasons"), default=list, blank=True, validators=[check_seasons])
    holiday = models.JSONField(_("on public holidays"), default=list, blank=True, validators=[check_day])
    eve = models.JSONField(_("on half days"), null=True, blank=True, validators=[check_day])
    clause = models.CharField(_("clause"), max_length=32, blank=True)
    of_policy = models.BooleanField(default=False, editable=False)
    only_exceptions = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(
                name="hours_have_one_owner",
                condition=models.Q(unit=None, group=None)
                | models.Q(unit=None, person=None)
                | models.Q(group=None, person=None),
            ),
            models.UniqueConstraint(
                name="hours_of_organisation_once",
                fields=["organisation"],
                condition=models.Q(unit=None, group=None, person=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.owner)

    @property
    def key(self) -> str:
        return f"h{self.pk}"

    @property
    def owner(self) -> Organisation | Unit | Group | Person:
        return self.unit or self.group or self.person or self.organisation

    @property
    def owner_key(self) -> str:
        """The key of the unit, group or person; an organisation's id."""
        for letter, id_ in (("u", self.unit_id), ("g", self.group_id), ("p", self.person_id)):
            if id_:
                return f"{letter}{id_}"
        return self.organisation_id

    def clean(self) -> None:
        for field in ("unit", "group", "person"):
            owner = getattr(self, field)
            if owner is not None and owner.organisation_id != self.organisation_id:
                raise ValidationError({field: _("The owner belongs to another organisation.")})


class HoursException(models.Model):
    """Longer, shorter or no hours on the days from ``first`` to ``last``, both included.

    ``approved_by`` is who allowed it, where the policy asks for that (AAB-13); it isn't in force before. ``cover`` says who answers
    meanwhile (AAB-14), ``review`` when it must be reassessed (AAB-15).
    """

    hours = models.ForeignKey(Hours, models.CASCADE, related_name="exceptions", verbose_name=_("opening hours"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    spans = models.JSONField(_("hours"), default=list, blank=True, validators=[check_day])
    week = models.JSONField(_("week"), null=True, blank=True, validators=[check_week])
    name = models.CharField(_("reason"), max_length=120, help_text=_("As callers may hear of it: “staff day”."))
    cover = models.CharField(_("who answers meanwhile"), max_length=200, blank=True)
    clause = models.CharField(_("clause"), max_length=32, blank=True)
    needs_approval = models.BooleanField(_("needs approval"), default=False)
    approved_by = models.CharField(_("approved by"), max_length=120, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    review = models.DateField(_("to be reassessed"), null=True, blank=True)
    entered_by = models.CharField(_("entered by"), max_length=120, blank=True)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    of_policy = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["first", "id"]
        indexes = [models.Index(fields=["hours", "last"], name="hours_exception_last")]

    def __str__(self) -> str:
        return f"{self.name}: {self.first:%Y-%m-%d} – {self.last:%Y-%m-%d}"

    @property
    def in_force(self) -> bool:
        return not self.needs_approval or self.approved_at is not None

    @property
    def closed(self) -> bool:
        """Closed on all its days."""
        return not self.spans and self.week is None


class ClosingDay(models.Model):
    """A day on which an organisation keeps closed, or half open, though it is no public holiday."""

    organisation = models.ForeignKey(
        "directory.Organisation", models.CASCADE, related_name="closing_days", verbose_name=_("organisation")
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120)
    half = models.BooleanField(_("half day"), default=False, help_text=_("The hours of half days apply."))

    class Meta:
        verbose_name = _("closing day")
        verbose_name_plural = _("closing days")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="closing_day_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.day:%Y-%m-%d}"


def schedule(hours: Hours, exceptions: list[HoursException]) -> Schedule:
    """The domain's schedule of ``hours``. ``exceptions`` in the order in which they were entered."""
    entered = tuple(dated(exception) for exception in exceptions if exception.in_force)
    if hours.only_exceptions:
        return exceptions_only(hours.key, entered)
    return Schedule(
        id=hours.key,
        week=week_of(hours.week),
        seasons=tuple(season_of(season) for season in hours.seasons),
        dated=entered,
        holiday=day_of(hours.holiday),
        eve=None if hours.eve is None else day_of(hours.eve),
        clause=hours.clause,
    )


def dated(exception: HoursException) -> DatedHours:
    """The domain's value of an exception."""
    return DatedHours(
        first=exception.first,
        last=exception.last,
        spans=day_of(exception.spans),
        week=None if exception.week is None else week_of(exception.week),
        name=exception.name,
        clause=exception.clause,
    )


def still_to_come(day: date) -> dict[str, Any]:
    """Filter of exceptions that aren't over on ``day``."""
    return {"last__gte": day}
