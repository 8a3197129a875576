# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "vaxel.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from vaxel.notices import changes, temporary_hours

        changes.watch()
        temporary_hours.watch()
