# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which calendars are read, what was learned from them, and the absences that they suggest."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.absence.calendars import sealed
from vaxel.directory.models import Person


class Kind(models.TextChoices):
    SUBSCRIBED = "ics", _("Subscribed address (iCalendar)")
    CALDAV = "caldav", _("CalDAV server")


class Failure(models.TextChoices):
    """Why a calendar couldn't be read."""

    ADDRESS = "address", _("The address isn't allowed: it must begin with https and lie on the public internet.")
    UNREACHABLE = "unreachable", _("The server can't be reached.")
    SLOW = "slow", _("The server doesn't answer in time.")
    LOG_IN = "log_in", _("The server wants another user name or password.")
    NOT_FOUND = "not_found", _("There is nothing at this address.")
    REFUSED = "refused", _("The server refuses to give it out.")
    UNREAD = "unread", _("The calendar couldn't be read in time. It is tried again.")
    TOO_LARGE = "too_large", _("The calendar is too large.")
    NO_CALENDAR = "no_calendar", _("What lies at this address isn't a calendar.")


class Calendar(models.Model):
    """A person's calendar. Address and password are kept sealed: many a subscribed address is itself the key to the calendar.

    ``polled_at``: last tried; ``read_at``: last read with success; ``changed_at``: when what was read last differed from before.
    ``identity_numbers``: so many entries held one when it was last read. ``ends_at``: the end of the last busy time known.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendars", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SUBSCRIBED)
    host = models.CharField(_("server"), max_length=255)
    address_sealed = models.TextField(editable=False)
    user = models.CharField(_("user name"), max_length=120, blank=True)
    password_sealed = models.TextField(editable=False, blank=True)
    made = models.DateTimeField(_("entered"), auto_now_add=True)
    polled_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last changed"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    failure = models.CharField(_("fault"), max_length=16, choices=Failure.choices, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    identity_numbers = models.PositiveIntegerField(_("entries with identity numbers"), default=0)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["person", "id"]
        indexes = [models.Index(fields=["polled_at"], name="calendar_polled")]

    def __str__(self) -> str:
        return f"{self.person}: {self.host}"

    @property
    def key(self) -> str:
        return f"c{self.pk}"

    @property
    def address(self) -> str:
        """Raises ``sealed.Unreadable`` when it was sealed by another installation."""
        return sealed.opened(self.address_sealed)

    @property
    def password(self) -> str:
        return sealed.opened(self.password_sealed) if self.password_sealed else ""


class BusyTime(models.Model):
    """From ``start`` to ``end`` the calendar has something. Times of one calendar don't overlap or touch."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="busy_times", verbose_name=_("calendar"))
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("busy time")
        verbose_name_plural = _("busy times")
        ordering = ["start"]
        indexes = [models.Index(fields=["calendar", "end"], name="busy_of_calendar")]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M} – {self.end:%H:%M}"


class Proposal(models.Model):
    """The calendar says that she is out of office: an absence with which she need only agree.

    ``mark`` tells one entry from another without telling what it is.
    """

    class Decision(models.TextChoices):
        OPEN = "", _("Not decided yet")
        TAKEN = "taken", _("Taken")
        LEFT = "left", _("Left out")

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="proposals", verbose_name=_("calendar"))
    mark = models.CharField(max_length=64, editable=False)
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("until"))
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, blank=True, default=Decision.OPEN
    )

    class Meta:
        verbose_name = _("proposed absence")
        verbose_name_plural = _("proposed absences")
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["calendar", "mark"], name="proposal_once")]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M} – {self.end:%Y-%m-%d %H:%M}"
