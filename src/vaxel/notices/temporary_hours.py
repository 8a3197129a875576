# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exceptions from opening hours tell the switchboard of themselves (AAB-13), as soon as they are in force, and are forgotten when over.

A notice is made, changed and withdrawn in the transaction of its exception, whoever saves that.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models.signals import post_save, pre_delete
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from vaxel.directory.audit import actor
from vaxel.directory.models import HoursException, Organisation, Person, Unit
from vaxel.directory.spans import written
from vaxel.notices import actions
from vaxel.notices.models import Kind, Notice, Origin


def watch() -> None:
    """Follow exceptions. Called once, when Django has started."""
    post_save.connect(_saved, sender=HoursException, dispatch_uid="vaxel.notices.exception")
    # Afterwards its notice would no longer know of it.
    pre_delete.connect(_deleted, sender=HoursException, dispatch_uid="vaxel.notices.exception-deleted")


def _saved(instance: HoursException, raw: bool = False, **kwargs: Any) -> None:
    # What stands in the policy itself is no news, and protected people aren't spoken of.
    if not raw and not instance.of_policy and not _hidden(instance):
        tell(instance)


def _deleted(instance: HoursException, **kwargs: Any) -> None:
    for notice in Notice.objects.filter(exception=instance.pk, closed_at=None):
        actions.withdraw(notice, actor())


def _hidden(exception: HoursException) -> bool:
    owner = exception.hours.owner
    return isinstance(owner, Person) and owner.protected


def tell(exception: HoursException) -> Notice | None:
    """Make or renew the notice of ``exception``; None while it isn't in force, or when its days have passed."""
    home = exception.hours.organisation
    zone = ZoneInfo(home.time_zone)
    ends = _midnight(exception.last + timedelta(days=1), zone)
    if not exception.in_force or ends <= timezone.now():
        return None
    known = Notice.objects.filter(exception=exception).first()
    notice = known or Notice(organisation=home, kind=Kind.TEMPORARY_HOURS, origin=Origin.SYSTEM, exception=exception)
    before = (notice.title, notice.text, notice.cover, notice.begins, notice.ends)
    _fill(notice, exception, home)
    notice.begins, notice.ends = _midnight(exception.first, zone), ends
    if known is not None and before == (notice.title, notice.text, notice.cover, notice.begins, notice.ends):
        return notice
    notice.version += known is not None
    notice.told_by = notice.told_by or (exception.approved_by or exception.entered_by or actor().name)[:150]
    notice.save()
    return notice


def catch_up() -> int:
    """Tell of exceptions to come that were entered before there were notices; how many there were."""
    yesterday = timezone.now().date() - timedelta(days=1)
    untold = HoursException.objects.filter(notice=None, of_policy=False, last__gte=yesterday)
    rows = untold.select_related("hours__organisation", "hours__unit", "hours__group", "hours__person")
    return sum(tell(exception) is not None for exception in rows if not _hidden(exception))


def _fill(notice: Notice, exception: HoursException, home: Organisation) -> None:
    owner = exception.hours.owner
    with override(home.language):
        hours = written(exception.spans) or _("closed")
        days = date_format(exception.first, "l j F")
        if exception.last != exception.first:
            days = f"{days} – {date_format(exception.last, 'l j F')}"
        notice.title = _("%(whose)s: %(hours)s, %(days)s") % {
            "whose": _("The switchboard") if isinstance(owner, Organisation) else owner.name,
            "hours": _("other hours") if exception.week is not None else hours,
            "days": days,
        }
    notice.title = notice.title[:160]
    notice.text = exception.name
    notice.cover = exception.cover
    notice.review = exception.review
    notice.unit = owner if isinstance(owner, Unit) else None
    notice.words = "" if isinstance(owner, Organisation) else owner.name


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
