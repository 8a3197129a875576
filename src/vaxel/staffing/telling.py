# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change in words, in the municipality's language: what the switchboard is told of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from vaxel.directory.hours import today_in
from vaxel.directory.models import Person
from vaxel.directory.numbers import readable
from vaxel.notices.models import Kind
from vaxel.notices.plans import NoticePlan
from vaxel.staffing import details as d
from vaxel.staffing.wanted import Wanted, split_tasks

SHOWN_DAYS = 30
"""So long after its day a change is still news."""


def summary(wanted: Wanted, day: date) -> str:
    """One line, as lists show it: to everybody in the municipality's language, whoever reported it."""
    with override(wanted.home.language):
        return _sentence(wanted, day)[:300]


def notice_of(wanted: Wanted, day: date) -> NoticePlan:
    """What the operators are told, with the words by which it is found."""
    zone = ZoneInfo(wanted.home.time_zone)
    unstaffed = wanted.until is not None
    latest = max(day, today_in(wanted.home.time_zone))
    last = wanted.until if wanted.until is not None else latest + timedelta(days=SHOWN_DAYS)
    with override(wanted.home.language):
        return NoticePlan(
            kind=Kind.TEMPORARY_HOURS if unstaffed else Kind.CHANGE,
            title=_sentence(wanted, day)[:160],
            text=_more(wanted),
            cover=wanted.texts.get("cover", ""),
            words=_words(wanted),
            unit=wanted.unit.key if wanted.unit else "",
            people=[wanted.other.key] if wanted.other else [],
            begins=datetime.combine(day, time(), zone),
            ends=datetime.combine(last + timedelta(days=1), time(), zone),
        )


def _sentence(wanted: Wanted, day: date) -> str:
    unit = wanted.unit.name if wanted.unit else wanted.home.name
    told = {
        "day": date_format(day, "j F"),
        "unit": unit,
        "name": wanted.person.name if wanted.person else wanted.texts.get("name", ""),
        "other": wanted.other.name if wanted.other else "",
    }
    match wanted.details:
        case d.Joiner():
            return _("%(name)s begins at %(unit)s on %(day)s") % told
        case d.Leaver():
            if wanted.other is None:
                return _("%(name)s leaves; last day %(day)s") % told
            return _("%(name)s leaves; last day %(day)s. Calls go to %(other)s") % told
        case d.Mover():
            assert wanted.to_unit is not None
            return _("%(name)s moves to %(to)s on %(day)s") % {**told, "to": wanted.to_unit.name}
        case d.Task():
            return _("%(other)s handles “%(task)s” from %(day)s") % {**told, "task": wanted.texts["task"]}
        case d.Cases():
            assert wanted.division is not None
            told["task"] = wanted.division.task
            return _("%(other)s takes over %(name)s's cases of “%(task)s” on %(day)s") % told
        case d.Unstaffed():
            assert wanted.until is not None
            if wanted.until == day:
                return _("%(unit)s is unstaffed on %(day)s") % told
            return _("%(unit)s is unstaffed %(day)s – %(until)s") % {**told, "until": date_format(wanted.until, "j F")}


def _more(wanted: Wanted) -> str:
    match wanted.details:
        case d.Joiner() | d.Mover():
            parts = [wanted.texts["title"], wanted.texts["tasks"], readable(wanted.number) if wanted.number else ""]
            return "\n".join(part for part in parts if part)
        case d.Task() if wanted.person is not None:
            return _("Until then it is %(name)s.") % {"name": wanted.person.name}
        case d.Unstaffed():
            return wanted.texts["why"]
    return ""


def _words(wanted: Wanted) -> list[str]:
    found = [wanted.texts.get("name", ""), wanted.texts.get("task", ""), *split_tasks(wanted.texts.get("tasks", ""))]
    found += [person.name for person in (wanted.person, wanted.other) if isinstance(person, Person)]
    if wanted.division is not None:
        found.append(wanted.division.task)
    return [word for word in dict.fromkeys(found) if word]
