# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Case divisions in the administration."""

from __future__ import annotations

from django.contrib import admin

from vaxel.cases.models import CaseDivision, CaseShare


class ShareRows(admin.TabularInline):
    model = CaseShare
    extra = 1
    autocomplete_fields = ("person", "group")


@admin.register(CaseDivision)
class CaseDivisionPages(admin.ModelAdmin):
    list_display = ("task", "organisation", "by")
    list_filter = ("organisation", "by")
    search_fields = ("task",)
    inlines = (ShareRows,)
