# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked for at each call is found by an index, on either database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests import rows
from vaxel.calls.models import Call

pytestmark = pytest.mark.django_db


def test_what_the_caller_rang_about_before_is_found_without_reading_every_call() -> None:
    home = rows.organisation()
    now = timezone.now()
    Call.objects.bulk_create(
        Call(
            id=f"call-{n}",
            organisation=home,
            state="ended",
            direction="in",
            started=now - timedelta(minutes=n),
            caller_number=f"467017{n:05}",
            n=1,
            view={},
        )
        for n in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = Call.objects.filter(
        organisation__in=[home.pk], caller_number="46701700007", started__gte=now - timedelta(days=1)
    )
    plan = asked.order_by("-started", "-id").explain()
    assert "call_of_caller" in plan, plan
