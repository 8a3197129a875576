# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    name = "vaxel.staffing"
    label = "staffing"
    verbose_name = _("Changes of staff")

    def ready(self) -> None:
        from vaxel.directory import audit
        from vaxel.staffing.models import StaffChange

        audit.watch(StaffChange)
