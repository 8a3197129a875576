# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of material on paper: what must be reviewed when, and that it has been (TAN-15)."""

from __future__ import annotations

from django.db import transaction

from vaxel.directory.audit import By, acting
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation
from vaxel.exchange.models import Material


def due(home: Organisation) -> list[Material]:
    """All of an organisation's, the most urgent first."""
    found = Material.objects.filter(organisation=home).select_related("organisation", "owner")
    return sorted(found, key=lambda material: (material.due, material.name))


def keep(material: Material, by: By) -> Material:
    """Save a new or changed one. Raises ``ValidationError``."""
    material.full_clean()
    with acting(by), transaction.atomic():
        material.save()
    return material


def review(material: Material, by: By) -> Material:
    """It was looked through today, and is right."""
    with acting(by), transaction.atomic():
        material.reviewed, material.reviewed_by = today_in(material.organisation.time_zone), by.name[:150]
        material.save(update_fields=["reviewed", "reviewed_by"])
    return material


def remove(material: Material, by: By) -> None:
    """It isn't used any longer."""
    with acting(by), transaction.atomic():
        material.delete()
