# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromptsConfig(AppConfig):
    name = "vaxel.prompts"
    label = "prompts"
    verbose_name = _("Announcements")

    def ready(self) -> None:
        from vaxel.directory import changes
        from vaxel.prompts import files
        from vaxel.prompts.models import Recording

        changes.watch_model(Recording)
        files.watch()
