# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages rendered on the server: for operators the record of calls, for employees their messages."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from vaxel.portal import (
    absence_views,
    case_views,
    group_views,
    hours_views,
    policy_views,
    prompt_views,
    proof_views,
    views,
)
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
    path("cases", case_views.cases, name="cases"),
    path("cases/<slug:division>", case_views.case, name="case"),
    path("voicemails", views.voicemails, name="voicemails"),
    path("absence", absence_views.own_absence, name="own_absence"),
    path("absence/mobile", absence_views.mobile, name="mobile"),
    path("absences", absence_views.absences, name="absences"),
    path("absences/<slug:person>", absence_views.absence_of, name="absence_of"),
    path("absences/<slug:person>/back", absence_views.back, name="back"),
    path("absences/<slug:person>/groups/<slug:group>", absence_views.log_member, name="log_member"),
    path("absences/<slug:person>/<slug:absence>", absence_views.change_absence, name="change_absence"),
    path("absences/<slug:person>/<slug:absence>/end", absence_views.end_absence, name="end_absence"),
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
    path("hours", hours_views.all_hours, name="all_hours"),
    path("hours/<slug:organisation>", hours_views.hours_of_organisation, name="hours"),
    path("hours/<slug:organisation>/closing-days", hours_views.add_closing_day, name="add_closing_day"),
    path(
        "hours/<slug:organisation>/closing-days/<int:day>/remove",
        hours_views.remove_closing_day,
        name="remove_closing_day",
    ),
    path("hours/<slug:organisation>/eves", hours_views.set_eves, name="set_eves"),
    path(
        "hours/<slug:organisation>/exceptions/<int:exception>/<slug:do>",
        hours_views.move_exception,
        name="move_exception",
    ),
    path("hours/<slug:organisation>/<slug:owner>", hours_views.change_hours, name="change_hours"),
    path("hours/<slug:organisation>/<slug:owner>/remove", hours_views.remove_hours, name="remove_hours"),
    path("hours/<slug:organisation>/<slug:owner>/exception", hours_views.add_exception, name="add_exception"),
    path("groups", group_views.all_groups, name="groups"),
    path("groups/<slug:group>", group_views.change_group, name="change_group"),
    path("policy", policy_views.policies, name="policies"),
    path("policy/<slug:organisation>", policy_views.policy, name="policy"),
    path("policy/<slug:organisation>/report.<slug:form>", policy_views.policy_report, name="policy_report"),
    path("policy/<slug:organisation>/new", policy_views.new_policy, name="new_policy"),
    path("policy/<slug:organisation>/<int:version>", policy_views.policy_version, name="policy_version"),
    path("policy/<slug:organisation>/<int:version>/text", policy_views.policy_text, name="policy_text"),
    path("policy/<slug:organisation>/<int:version>/activate", policy_views.activate_policy, name="activate_policy"),
    path("proof", proof_views.proofs, name="proofs"),
    path("proof/<slug:organisation>", proof_views.proof, name="proof"),
    path("proof/<slug:organisation>/now", proof_views.prove_now, name="prove_now"),
    path("explain", proof_views.explain, name="explain"),
    path("voicemails/<int:voicemail>/heard", views.heard, name="heard"),
]
