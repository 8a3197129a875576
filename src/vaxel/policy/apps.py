# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    name = "vaxel.policy"
    label = "policy"
    verbose_name = _("Policies")

    def ready(self) -> None:
        from vaxel.directory.changes import watch_model
        from vaxel.policy.models import PolicyVersion

        watch_model(PolicyVersion)
