# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calendars of some fictional people: files that this installation's own web serves, subscribed to by their addresses as anybody's are.

They are read once whenever the demonstration is prepared, so that there is something to see at once; then by the worker, as all others are.
"""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from django.utils import timezone

from vaxel.absence.calendars import poll
from vaxel.absence.calendars.apart import Reader
from vaxel.absence.calendars.models import Calendar
from vaxel.absence.calendars.reading import Reading, read
from vaxel.absence.calendars.sealed import Unreadable, sealed
from vaxel.directory.models import Organisation, Person
from vaxel.site.config import Config

FILES = ("meetings.ics", "visits.ics", "evenings.ics")
HOST = "127.0.0.1"
FOLDER = "/static/demonstration/"


class _Here(Reader):
    """In this process: these files are known to be harmless."""

    def read(self, files: list[bytes], time_zone: str, start: datetime, end: datetime) -> Reading:
        return read(files, time_zone, start, end)


def load(organisation: Organisation) -> None:
    """Give those who came last a calendar each. It isn't read yet."""
    people = Person.objects.filter(organisation=organisation, protected=False, last_day=None, absences=None)
    for person, name in zip(people.order_by("-id"), FILES, strict=False):
        Calendar.objects.create(person=person, host=HOST, address_sealed=sealed(f"http://{HOST}{FOLDER}{name}"))


def read_all(config: Config) -> None:
    """Read them now, at the port at which the web listens now."""
    now = timezone.now()
    for calendar in Calendar.objects.filter(host=HOST).select_related("person__organisation"):
        name = _name(calendar)
        if name in FILES:
            calendar.address_sealed = sealed(f"http://{HOST}:{config.web_port}{FOLDER}{name}")
            calendar.polled_at = now
            calendar.save(update_fields=["address_sealed", "polled_at"])
            content = (files("vaxel.absence") / "static" / "demonstration" / name).read_bytes()
            poll.take_in(calendar, [content], now, _Here())


def _name(calendar: Calendar) -> str:
    """The file that it is, "" for somebody's own calendar."""
    try:
        _host, folder, name = calendar.address.partition(FOLDER)
    except Unreadable:
        return ""
    return name if folder else ""
