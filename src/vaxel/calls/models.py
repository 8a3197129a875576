# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls as they are remembered. All of it but notes is written by ``projection.ship`` from the controller's journal.

Keys to the directory carry no constraint in the database: what has happened must be written down even when a person, an
operator or an organisation was removed meanwhile.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models import Operator, Organisation, Person


class Direction(StrEnum):
    """As the journal says it (``docs/live-hub.md``)."""

    INCOMING = "in"
    OUTGOING = "out"
    INTERNAL = "internal"


class Call(models.Model):
    """One call, as it stood after its newest entry. ``view`` is what the live hub shows of it."""

    id = models.CharField(primary_key=True, max_length=80)
    organisation = models.ForeignKey(
        Organisation,
        models.DO_NOTHING,
        related_name="calls",
        null=True,
        db_constraint=False,
        verbose_name=_("organisation"),
    )
    state = models.CharField(_("state"), max_length=24)
    direction = models.CharField(_("direction"), max_length=16)
    started = models.DateTimeField(_("started"))
    answered = models.DateTimeField(_("answered"), null=True)
    ended = models.DateTimeField(_("ended"), null=True)
    dialled = models.CharField(_("dialled number"), max_length=80, blank=True)
    caller_number = models.CharField(_("caller's number"), max_length=80, blank=True)
    caller_name = models.CharField(_("caller's name"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=32, blank=True)
    cause = models.CharField(_("cause of ending"), max_length=32, blank=True)
    operator = models.ForeignKey(
        Operator, models.SET_NULL, related_name="calls", null=True, db_constraint=False, verbose_name=_("operator")
    )
    n = models.PositiveIntegerField()
    view = models.JSONField()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-started", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-started", "-id"], name="call_newest"),
            models.Index(fields=["organisation", "started"], condition=models.Q(ended=None), name="call_live"),
            # What the caller rang about before is asked for at each call.
            models.Index(fields=["caller_number", "-started"], name="call_of_caller"),
        ]

    def __str__(self) -> str:
        return self.id


class JournalEntry(models.Model):
    """One event of a call. ``n`` is 1, 2, 3 … without gap within the call."""

    call = models.ForeignKey(
        Call, models.CASCADE, related_name="journal", db_constraint=False, db_index=False, verbose_name=_("call")
    )
    n = models.PositiveIntegerField()
    at = models.DateTimeField(_("time"))
    kind = models.CharField(_("event"), max_length=40)
    data = models.JSONField()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["call", "n"]
        constraints = [models.UniqueConstraint(fields=["call", "n"], name="entry_once")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.n} {self.kind}"


class OperatorEvent(models.Model):
    """One event of an operator's shift: logged on, paused, offered … ``view`` is how she stood after it."""

    operator = models.CharField(_("operator"), max_length=32)
    n = models.PositiveIntegerField()
    at = models.DateTimeField(_("time"), db_index=True)
    kind = models.CharField(_("event"), max_length=40)
    data = models.JSONField()
    view = models.JSONField()

    class Meta:
        verbose_name = _("operator event")
        verbose_name_plural = _("operator events")
        ordering = ["operator", "n"]
        constraints = [models.UniqueConstraint(fields=["operator", "n"], name="operator_event_once")]

    def __str__(self) -> str:
        return f"{self.operator} {self.n} {self.kind}"


class Voicemail(models.Model):
    """A recorded message. ``folder`` is the one under the engine's spool in which ``name``.wav lies."""

    name = models.CharField(max_length=100, unique=True)
    folder = models.CharField(max_length=16, default="recording")
    call = models.ForeignKey(
        Call, models.SET_NULL, related_name="voicemails", null=True, db_constraint=False, verbose_name=_("call")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.DO_NOTHING,
        related_name="voicemails",
        null=True,
        db_constraint=False,
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        related_name="voicemails",
        null=True,
        db_constraint=False,
        verbose_name=_("person"),
        help_text=_("Whose mailbox. Empty: the switchboard's."),
    )
    caller_number = models.CharField(_("caller's number"), max_length=80, blank=True)
    caller_name = models.CharField(_("caller's name"), max_length=120, blank=True)
    left = models.DateTimeField(_("left"))
    seconds = models.FloatField(_("length"))
    heard = models.DateTimeField(_("heard"), null=True)

    class Meta:
        verbose_name = _("voice message")
        verbose_name_plural = _("voice messages")
        ordering = ["-left", "-id"]
        indexes = [models.Index(fields=["organisation", "-left"]), models.Index(fields=["person", "-left"])]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """What an operator wrote about a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="notes", db_constraint=False, verbose_name=_("call"))
    operator = models.ForeignKey(Operator, models.SET_NULL, related_name="notes", null=True, verbose_name=_("operator"))
    text = models.TextField(_("text"), max_length=4000)
    written = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["written"]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.written:%Y-%m-%d %H:%M}"
