# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "vaxel.directory"
    label = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from vaxel.directory import changes, search, users

        changes.watch()
        search.watch()
        users.watch()
