# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administration: pages of whoever runs the installation. They reach over all organisations, so nobody else gets in."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Administration(AdminSite):
    """Django's, for administrators: users who are superusers."""

    site_header = _("Vaxel administration")
    site_title = _("Vaxel administration")
    index_title = _("Directory and users")

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)
