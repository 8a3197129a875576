# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes as telephone contacts report them, and what became of each."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models import Organisation, Person, Unit, User
from vaxel.notices.models import Notice


class Subject(models.TextChoices):
    JOINER = "joiner", _("Somebody joins")
    LEAVER = "leaver", _("Somebody leaves")
    MOVER = "mover", _("Somebody moves within the organisation")
    TASK = "task", _("A task goes to somebody else")
    CASES = "case_division", _("Cases go to somebody else")
    UNSTAFFED = "unstaffed", _("A unit is unstaffed for a time")


class Status(models.TextChoices):
    """The way of a change: waiting → approved → done; refused and returned ones may be filled in anew."""

    WAITING = "waiting", _("waits for approval")
    APPROVED = "approved", _("approved")
    DONE = "done", _("carried out")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("came back")
    WITHDRAWN = "withdrawn", _("withdrawn")


MOVES: dict[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.APPROVED, Status.REFUSED, Status.WITHDRAWN}),
    Status.APPROVED: frozenset({Status.DONE, Status.RETURNED, Status.WITHDRAWN}),
    Status.REFUSED: frozenset({Status.WAITING, Status.WITHDRAWN}),
    Status.RETURNED: frozenset({Status.WAITING, Status.WITHDRAWN}),
    Status.DONE: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
"""Status → those that may follow it."""


class StaffChange(models.Model):
    """``details`` has the shape of ``staffing.details`` for its ``subject``, ``day`` is the day from which it holds; a leaver's last one.

    ``words``: why it was refused or came back, sentences in lines. ``first_reported`` stays when it is filled in anew. ``joined``: whom it
    brought into the directory.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="staff_changes", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="staff_changes", null=True, blank=True, verbose_name=_("unit")
    )
    subject = models.CharField(_("subject"), max_length=16, choices=Subject.choices)
    day = models.DateField(_("day"))
    details = models.JSONField(_("details"), default=dict)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.WAITING)
    words = models.TextField(_("why"), max_length=4000, blank=True)
    reported_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("reported by")
    )
    reported_by_name = models.CharField(_("reported by"), max_length=150, blank=True)
    first_reported = models.DateTimeField(_("reported"), auto_now_add=True)
    decided_by_name = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    joined = models.ForeignKey(
        Person, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("joined")
    )
    notice = models.OneToOneField(
        Notice, models.SET_NULL, related_name="staff_change", null=True, blank=True, verbose_name=_("notice")
    )

    class Meta:
        verbose_name = _("change of staff")
        verbose_name_plural = _("changes of staff")
        ordering = ["-first_reported", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-first_reported", "-id"], name="staff_change_newest"),
            models.Index(fields=["status", "day"], name="staff_change_due"),
        ]

    def __str__(self) -> str:
        return self.summary or str(Subject(self.subject).label)

    @property
    def key(self) -> str:
        return f"c{self.pk}"

    @property
    def due(self) -> date:
        """The day on which it is carried out: somebody who leaves works on the last day."""
        return self.day + timedelta(days=1) if self.subject == Subject.LEAVER else self.day

    @property
    def open(self) -> bool:
        """It can still be filled in anew."""
        return self.status in (Status.WAITING, Status.REFUSED, Status.RETURNED)

    @property
    def over(self) -> bool:
        return not MOVES[Status(self.status)]
