# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Absences and referrals: who is away, why, until when, and where callers are sent meanwhile (GNO-3)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vaxel.absence.calendars.models import BusyTime, Calendar, Proposal
from vaxel.directory.audit import Via as ViaValue
from vaxel.directory.models import Group, Organisation, Person, User
from vaxel.domain import absence as domain

__all__ = ["Absence", "BusyTime", "Calendar", "Proposal", "Reason", "Refer", "Via", "not_over"]


class Reason(models.TextChoices):
    MEETING = domain.AbsenceReason.MEETING.value, _("Meeting")
    LUNCH = domain.AbsenceReason.LUNCH.value, _("Lunch")
    ERRAND = domain.AbsenceReason.ERRAND.value, _("Errand")
    TRAVEL = domain.AbsenceReason.TRAVEL.value, _("Travel")
    COURSE = domain.AbsenceReason.COURSE.value, _("Course")
    VACATION = domain.AbsenceReason.VACATION.value, _("Holiday leave")
    SICK = domain.AbsenceReason.SICK.value, _("Sick")
    PARENTAL = domain.AbsenceReason.PARENTAL.value, _("Parental leave")
    LEAVE = domain.AbsenceReason.LEAVE.value, _("Leave of absence")
    GONE_FOR_DAY = domain.AbsenceReason.GONE_FOR_DAY.value, _("Gone for the day")
    BUSY = domain.AbsenceReason.BUSY.value, _("Busy")
    OTHER = domain.AbsenceReason.OTHER.value, _("Away")


class Refer(models.TextChoices):
    NOWHERE = domain.ReferTo.NOWHERE.value, _("Nowhere: the caller chooses what the municipality offers")
    COLLEAGUE = domain.ReferTo.COLLEAGUE.value, _("A colleague")
    GROUP = domain.ReferTo.GROUP.value, _("A group")
    SWITCHBOARD = domain.ReferTo.SWITCHBOARD.value, _("The switchboard")
    VOICEMAIL = domain.ReferTo.VOICEMAIL.value, _("The own voicemail")
    MOBILE = domain.ReferTo.MOBILE.value, _("The own mobile")


class Via(models.TextChoices):
    WEB = ViaValue.WEB.value, _("on the web")
    PHONE = ViaValue.PHONE.value, _("by telephone")
    REST = ViaValue.REST.value, _("by another program")
    PROXY = ViaValue.PROXY.value, _("by somebody else")
    CALENDAR = ViaValue.CALENDAR.value, _("by the calendar")


class Absence(models.Model):
    """``end`` null: until further notice. ``ended``: she came back before ``end``, or it was taken back before it began."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="absences", verbose_name=_("organisation")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="absences", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("until"), null=True, blank=True)
    message = models.CharField(_("message"), max_length=300, blank=True)
    refer = models.CharField(_("refer to"), max_length=16, choices=Refer.choices, blank=True)
    refer_person = models.ForeignKey(
        Person, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("colleague")
    )
    refer_group = models.ForeignKey(
        Group, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("group")
    )
    set_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("entered by")
    )
    set_by_name = models.CharField(_("entered by"), max_length=150, blank=True)
    via = models.CharField(_("way"), max_length=16, choices=Via.choices)
    made = models.DateTimeField(_("entered"), auto_now_add=True)
    ended = models.DateTimeField(_("ended early"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["start", "id"]
        indexes = [models.Index(fields=["person", "end"], name="absence_of_person")]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins", condition=Q(end=None) | Q(end__gt=models.F("start"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.start:%Y-%m-%d %H:%M}"

    @property
    def key(self) -> str:
        return f"a{self.pk}"

    @property
    def until(self) -> datetime | None:
        """When it is over: the moment of an early return, else ``end``."""
        return self.ended or self.end

    @property
    def refer_key(self) -> str:
        """The key of the colleague or group to whom callers are referred."""
        if self.refer == Refer.COLLEAGUE and self.refer_person_id:
            return f"p{self.refer_person_id}"
        if self.refer == Refer.GROUP and self.refer_group_id:
            return f"g{self.refer_group_id}"
        return ""

    def value(self) -> domain.Absence:
        """The domain's value."""
        until = self.until
        return domain.Absence(
            id=self.key,
            person=f"p{self.person_id}",
            reason=domain.AbsenceReason(self.reason),
            start=self.start.timestamp(),
            end=None if until is None else until.timestamp(),
            message=self.message,
            refer=domain.ReferTo(self.refer),
            refer_id=self.refer_key,
            set_by=self.set_by_name,
        )


def not_over(at: datetime) -> Q:
    """Absences in force at ``at`` or later."""
    return Q(ended=None) & (Q(end=None) | Q(end__gt=at))
