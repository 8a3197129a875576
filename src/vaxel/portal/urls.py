# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages rendered on the server: for operators the record of calls, for employees their messages."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from vaxel.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("log-in", auth.LoginView.as_view(template_name="portal/log_in.html"), name="log_in"),
    path("log-out", auth.LogoutView.as_view(), name="log_out"),
]
