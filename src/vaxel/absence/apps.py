# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AbsenceConfig(AppConfig):
    name = "vaxel.absence"
    label = "absence"
    verbose_name = _("Absences")

    def ready(self) -> None:
        from vaxel.absence.models import Absence, Calendar
        from vaxel.directory import audit, changes

        changes.watch_model(Absence)
        # Routing doesn't look into calendars, so the world's version stays.
        audit.watch(Calendar)
