# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All addresses of the web."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from vaxel.exchange.scim.views import door
from vaxel.site import health
from vaxel.site.api.root import api

urlpatterns = [
    path("", include("vaxel.portal.urls")),
    path("", include("vaxel.console.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("scim/v2", door, name="scim_root"),
    path("scim/v2/<path:path>", door, name="scim"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
