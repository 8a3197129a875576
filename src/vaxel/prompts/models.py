# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's own recordings of what callers hear. The sound lies beside the synthesised prompts (``telephony.media``)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models import Group, Organisation, Person


class Recording(models.Model):
    """One recording. ``name`` is the fragment that it replaces; ``language`` is "" for the organisation's own language.

    ``person`` or ``group``: whose name or greeting it is.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="recordings", verbose_name=_("organisation")
    )
    language = models.CharField(_("language"), max_length=2, blank=True)
    name = models.CharField(_("name"), max_length=64)
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="recordings", null=True, blank=True, verbose_name=_("person")
    )
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="recordings", null=True, blank=True, verbose_name=_("group")
    )
    seconds = models.FloatField(_("length"), help_text=_("Seconds."))
    made_at = models.DateTimeField(_("recorded"), auto_now=True)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["organisation", "language", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "language", "name"], name="recording_once")]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """Below the prompts, without ending: ``own/tana/se/welcome``."""
        return "/".join(part for part in ("own", self.organisation_id, self.language, self.name) if part)
