# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's people have calendars that are read as everybody's are."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from tests import rows
from vaxel.absence.calendars import demo, poll
from vaxel.absence.calendars.addresses import host_of, networks
from vaxel.absence.calendars.models import BusyTime, Calendar
from vaxel.absence.calendars.selectors import until_tonight
from vaxel.site.config import Config, config
from vaxel.site.supervisor import Supervisor

pytestmark = pytest.mark.django_db


def test_some_people_are_busy_today_and_only_when_is_kept() -> None:
    home = rows.organisation()
    for n in range(4):
        rows.person(home, f"Person {n}", f"4698031920{n + 1}")
    demo.load(home)
    demo.read_all(config())
    calendars = Calendar.objects.order_by("-person_id")
    assert [calendar.person.name for calendar in calendars] == ["Person 3", "Person 2", "Person 1"]
    assert all(calendar.read_at and not calendar.failure and not poll.due(timezone.now()) for calendar in calendars)
    evening = calendars[2]
    zone = ZoneInfo(home.time_zone)
    today = datetime.now(zone).date() + timedelta(days=1)
    assert BusyTime.objects.filter(
        calendar=evening, start=datetime(*today.timetuple()[:3], 17, 30, tzinfo=zone)
    ).exists()
    assert until_tonight(evening.person)
    assert "Council" not in str(list(BusyTime.objects.values()) + list(Calendar.objects.values()))
    demo.read_all(config())
    assert Calendar.objects.count() == 3


def test_the_web_serves_them_at_the_address_that_the_worker_may_ask(tmp_path: Path) -> None:
    home = rows.organisation()
    rows.person(home)
    demo.load(home)
    demo.read_all(config())
    address = Calendar.objects.get().address
    assert address.startswith(f"http://127.0.0.1:{config().web_port}/static/")
    answer = Client().get(address.partition(str(config().web_port))[2])
    assert b"".join(answer).startswith(b"BEGIN:VCALENDAR")
    settings = Config(var=tmp_path)
    supervisor = Supervisor(settings, (), ())
    assert "VAXEL_CALENDAR_NETWORKS" not in supervisor._environment("worker"), "there is no demonstration"
    (tmp_path / "demo.json").touch()
    assert "VAXEL_CALENDAR_NETWORKS" not in supervisor._environment("web")
    allowed = supervisor._environment("worker")["VAXEL_CALENDAR_NETWORKS"]
    assert host_of(address, networks(allowed)) == "127.0.0.1"
