# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages rendered on the server: for operators the record of calls, for employees their messages."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from vaxel.portal import prompt_views, views
from vaxel.portal.log_in import LogIn

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("log-in", LogIn.as_view(), name="log_in"),
    path("log-out", auth.LogoutView.as_view(), name="log_out"),
    path("language", views.language, name="language"),
    path("calls", views.calls, name="calls"),
    path("calls/<str:call>", views.call, name="call"),
    path("messages", views.messages, name="messages"),
    path("messages/<int:message>/<str:done>", views.move_message, name="move_message"),
    path("voicemails", views.voicemails, name="voicemails"),
    path("prompts", prompt_views.prompts, name="prompts"),
    path("prompts/mine", prompt_views.own_prompts, name="own_prompts"),
    path("prompts/<slug:organisation>/<slug:language>/<slug:name>", prompt_views.prompt, name="prompt"),
    path(
        "prompts/<slug:organisation>/<slug:language>/<slug:name>/revert",
        prompt_views.revert_prompt,
        name="revert_prompt",
    ),
    path(
        "prompts/<slug:organisation>/<slug:language>/<slug:name>/audio/<slug:which>",
        prompt_views.prompt_audio,
        name="prompt_audio",
    ),
    path("voicemails/<int:voicemail>/heard", views.heard, name="heard"),
]
