# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises made to citizens: messages to employees, with or without a call back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.calls.models import Call, Voicemail
from vaxel.directory.models import Operator, Organisation, Person


class Status(models.TextChoices):
    NEW = "new", _("New")
    READ = "read", _("Read")
    DONE = "done", _("Done")


class Message(models.Model):
    """What a caller wanted to be told to a person, or to the switchboard when ``person`` is empty."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="citizen_messages", verbose_name=_("organisation")
    )
    call = models.ForeignKey(
        Call,
        models.SET_NULL,
        related_name="citizen_messages",
        null=True,
        blank=True,
        db_constraint=False,
        verbose_name=_("call"),
    )
    voicemail = models.OneToOneField(
        Voicemail, models.SET_NULL, related_name="message", null=True, blank=True, verbose_name=_("voice message")
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, related_name="citizen_messages", null=True, blank=True, verbose_name=_("to")
    )
    caller_name = models.CharField(_("who called"), max_length=120, blank=True)
    caller_number = models.CharField(_("number"), max_length=80, blank=True)
    matter = models.TextField(_("matter"), max_length=4000, blank=True)
    operator = models.ForeignKey(
        Operator,
        models.SET_NULL,
        related_name="promises",
        null=True,
        blank=True,
        verbose_name=_("promised by"),
        help_text=_("The operator who rings back herself (TAN-5)."),
    )
    call_back = models.BooleanField(_("call back"), default=False)
    promised_at = models.DateTimeField(_("promised by"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.NEW)
    taken_by = models.ForeignKey(
        Operator, models.SET_NULL, related_name="messages_taken", null=True, blank=True, verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(_("taken"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-taken_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-taken_at", "-id"], name="message_newest"),
            models.Index(fields=["person", "status"], name="message_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.caller_name} → {self.person or self.organisation}"
