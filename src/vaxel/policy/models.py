# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions of organisations' policies. None is ever changed or deleted: a call of last year is judged by the policy of last year."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models import Organisation


class PolicyVersion(models.Model):
    """One version: the file's ``text``, proposed and, from ``begins_at`` until ``replaced_at``, in force.

    ``compiled`` is what the text came to when it was activated: calls go on by it should a later Vaxel no longer read the text.
    ``begun`` is set once it is in force, which may be a moment after ``begins_at``; ``replaced_at`` once another is in force instead.
    ``hindrance``: why it didn't begin on its day, sentences by line; it is a proposal again.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="policies", verbose_name=_("organisation")
    )
    version = models.CharField(_("version"), max_length=120)
    valid_from = models.DateField(_("valid from"))
    text = models.TextField(_("text"))
    digest = models.CharField(_("digest"), max_length=64)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    proposed_by = models.CharField(_("proposed by"), max_length=150, blank=True)
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    activated_by = models.CharField(_("activated by"), max_length=150, blank=True)
    activated_at = models.DateTimeField(_("activated"), null=True, blank=True)
    begins_at = models.DateTimeField(_("in force from"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    begun = models.BooleanField(default=False, editable=False)
    compiled = models.JSONField(null=True, editable=False)
    hindered_at = models.DateTimeField(_("hindered"), null=True, blank=True, editable=False)
    hindrance = models.TextField(_("hindrance"), blank=True, editable=False)

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "begins_at"], name="policy_in_force")]
        permissions = [("activate_policy", _("Can activate policies"))]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.version}"
