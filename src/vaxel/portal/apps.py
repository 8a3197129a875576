# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "vaxel.portal"
    label = "portal"

    def ready(self) -> None:
        from django.contrib import admin

        from vaxel.portal.log_in import AdministrationLogInForm

        admin.site.login_form = AdministrationLogInForm
