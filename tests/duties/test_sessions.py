# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sessions that are over leave nothing behind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from vaxel.directory.models import Phone, PhoneKind
from vaxel.duties import retention

pytestmark = pytest.mark.django_db


def test_visitors_sessions_are_erased_when_they_are_over(tmp_path: Path) -> None:
    Phone.objects.create(user="citizen-01", kind=PhoneKind.BROWSER)
    for _ in range(3):
        Client().get("/citizen")
    assert Session.objects.count() == 3
    retention.erase(tmp_path, timezone.now())
    assert Session.objects.count() == 3
    retention.erase(tmp_path, timezone.now() + timedelta(days=1))
    assert not Session.objects.exists()


def test_where_there_is_no_visitors_telephone_a_visitor_leaves_no_trace() -> None:
    Client().get("/citizen")
    assert not Session.objects.exists()
