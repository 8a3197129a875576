# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "vaxel.cases"
    label = "cases"
    verbose_name = _("Case divisions")

    def ready(self) -> None:
        from vaxel.cases import search_words
        from vaxel.cases.models import CaseDivision, CaseShare
        from vaxel.directory import changelog, changes
        from vaxel.directory.search import feed

        feed.SOURCES.append(search_words.tasks)
        changelog.OF_ORGANISATION.add("casedivision")
        changes.watch_model(CaseDivision)
        changes.watch_model(CaseShare)
