# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests import rows
from vaxel.directory.audit import By
from vaxel.duties import retention
from vaxel.notices import actions
from vaxel.notices.models import Notice
from vaxel.notices.plans import NoticePlan
from vaxel.staffing.models import StaffChange, Status


@pytest.mark.django_db
def test_notices_and_changes_of_staff_are_erased_after_the_organisation_s_term(tmp_path: Path) -> None:
    home = rows.organisation(retention_days=30)
    over, live = (actions.tell(home, By(), NoticePlan(kind="change", title=title)) for title in ("over", "live"))
    actions.withdraw(over, By())
    now = timezone.now()
    for status in (Status.DONE, Status.WAITING, Status.WITHDRAWN):
        done = now if status == Status.DONE else None
        StaffChange.objects.create(
            organisation=home, subject="leaver", day=now.date(), status=status, done_at=done, decided_at=now
        )
    retention.erase(tmp_path, now + timedelta(days=29))
    assert (Notice.objects.count(), StaffChange.objects.count()) == (2, 3)
    retention.erase(tmp_path, now + timedelta(days=31))
    assert list(Notice.objects.all()) == [live]
    assert StaffChange.objects.get().status == Status.WAITING
