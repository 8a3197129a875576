# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's console, its fresh tokens, and the citizen's telephone of the demonstration."""

from __future__ import annotations

from django.urls import path

from vaxel.console import views

urlpatterns = [
    path("console", views.console, name="console"),
    path("console/token", views.token, name="console-token"),
    path("console/refusal", views.refusal, name="console-refusal"),
    path("citizen", views.citizen, name="citizen"),
]
