# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proofs that were made, with what they found: a manager can see since when something is so."""

from __future__ import annotations

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models import Organisation
from vaxel.domain.proof import Finding, Summary


class Cause(models.TextChoices):
    NIGHT = "night", _("nightly")
    CHANGE = "change", _("after a change")
    ASKED = "asked", _("asked for")


class ProofRun(models.Model):
    """One proof of one organisation, over the period from ``start`` to ``end``; ``findings`` as ``vaxel.domain.proof.Finding``.

    ``checked_at`` and ``world_version`` move on while later proofs find the same: ``made_at`` is since when it is so.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="proofs", verbose_name=_("organisation")
    )
    cause = models.CharField(_("cause"), max_length=8, choices=Cause.choices)
    made_at = models.DateTimeField(_("made"))
    checked_at = models.DateTimeField(_("last made"))
    world_version = models.PositiveBigIntegerField(default=0)
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("until"))
    numbers = models.PositiveIntegerField(_("numbers"))
    shapes = models.PositiveIntegerField(_("shapes"))
    plans = models.PositiveIntegerField(_("decisions"))
    ways = models.PositiveIntegerField(_("ways"))
    seconds = models.FloatField(_("seconds"))
    counterexamples = models.PositiveIntegerField(_("counterexamples"))
    warnings = models.PositiveIntegerField(_("warnings"))
    findings = models.JSONField(default=list)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"], name="proof_of_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.made_at:%Y-%m-%d %H:%M}"

    def found(self) -> list[Finding]:
        """What it found, worst first."""
        return msgspec.convert(self.findings, list[Finding])

    @property
    def summary(self) -> Summary:
        """What it walked."""
        return Summary(
            numbers=self.numbers,
            shapes=self.shapes,
            plans=self.plans,
            ways=self.ways,
            start=self.start.timestamp(),
            end=self.end.timestamp(),
        )


class ProofFailure(models.Model):
    """A proof that couldn't be made: of each organisation the last one, until one can be made again.

    ``what`` names the fault and the line of the program, and nothing of the directory.
    """

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="proof_failure", verbose_name=_("organisation")
    )
    cause = models.CharField(_("cause"), max_length=8, choices=Cause.choices)
    since = models.DateTimeField(_("since"))
    at = models.DateTimeField(_("last tried"))
    what = models.CharField(_("fault"), max_length=200)

    class Meta:
        verbose_name = _("proof that failed")
        verbose_name_plural = _("proofs that failed")

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.at:%Y-%m-%d %H:%M}"
