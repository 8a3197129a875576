# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence from the register of material on paper."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vaxel.exchange.models import Material
from vaxel.policy.evidence.base import Case, Evidence, Look, judged, nothing
from vaxel.policy.parameters import duties


def material_review(control: duties.MaterialReview, look: Look) -> Evidence:
    """Everything in the register has been reviewed in time."""
    found = list(Material.objects.filter(organisation=look.organisation).select_related("organisation"))
    if not found:
        return nothing(_("The register of material is empty."))
    overdue = [material for material in found if material.overdue]
    told = _("“%(name)s” should have been reviewed by %(day)s.")
    cases = [Case(text=told % {"name": material.name, "day": material.due.isoformat()}) for material in overdue]
    summary = _("%(n)d kinds of material are in the register; %(overdue)d of them haven't been reviewed in time.")
    figures = {"materials": len(found), "overdue": len(overdue)}
    return judged(bool(overdue), summary % {"n": len(found), "overdue": len(overdue)}, cases, figures)
