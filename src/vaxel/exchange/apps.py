# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "vaxel.exchange"
    label = "exchange"
    verbose_name = _("Import and export")

    def ready(self) -> None:
        from vaxel.directory import audit
        from vaxel.exchange.models import Material, Source

        audit.watch(Source)
        audit.watch(Material)
