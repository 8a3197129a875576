# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests import rows
from vaxel.absence.actions import Wish, set_absence
from vaxel.absence.models import Absence
from vaxel.directory.audit import By
from vaxel.directory.models import AuditEntry
from vaxel.duties.retention import erase

pytestmark = pytest.mark.django_db


def test_absences_that_are_over_and_old_changes_are_erased(tmp_path: Path) -> None:
    anna = rows.person(rows.organisation())
    soon = timezone.now() + timedelta(hours=1)
    set_absence(anna, By(name="Anna"), Wish(reason="meeting", end=soon))
    forever = set_absence(anna, By(name="Anna"), Wish(reason="sick"))
    erase(tmp_path, timezone.now() + timedelta(days=200))
    assert list(Absence.objects.all()) == [forever]
    assert not AuditEntry.objects.exists()
